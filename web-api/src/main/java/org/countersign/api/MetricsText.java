package org.countersign.api;

import java.util.Locale;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Every number that a management bean of the domain {@code org.countersign} shows, in the text format of Prometheus:
 * {@code countersign_<type>_<attribute>}. An attribute whose descriptor says {@code metricType=counter} is one.
 */
final class MetricsText {
    static final String TYPE = "text/plain;version=0.0.4;charset=utf-8";

    private static final String DOMAIN = "org.countersign:*";

    private MetricsText() {}

    static String of(MBeanServer server) {
        var metrics = new TreeMap<String, String>();
        try {
            for (ObjectName bean : server.queryNames(new ObjectName(DOMAIN), null)) {
                add(server, bean, metrics);
            }
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
        return String.join("", metrics.values());
    }

    private static void add(MBeanServer server, ObjectName bean, TreeMap<String, String> metrics) {
        try {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                if (attribute.isReadable() && server.getAttribute(bean, attribute.getName()) instanceof Number value) {
                    boolean counter = "counter".equals(attribute.getDescriptor().getFieldValue("metricType"));
                    String name = name(bean, attribute.getName()) + (counter ? "_total" : "");
                    metrics.put(name, metric(name, attribute.getDescription(), counter, value));
                }
            }
        } catch (JMException e) {
            // it was removed while it was read: a gateway that is being redeployed has no metrics
        }
    }

    private static String metric(String name, String description, boolean counter, Number value) {
        return "# HELP " + name + " " + description.replace("\\", "\\\\").replace("\n", "\\n") + "\n# TYPE " + name
                + " " + (counter ? "counter" : "gauge") + "\n" + name + " " + value + "\n";
    }

    /** {@code SessionsOpened} of {@code type=Gateway} is {@code countersign_gateway_sessions_opened}. */
    private static String name(ObjectName bean, String attribute) {
        String type = bean.getKeyProperty("type");
        return "countersign_" + snake((type == null ? "" : type) + attribute);
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9_]", "_")
                .toLowerCase(Locale.ROOT);
    }
}
