package org.countersign.connector.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanConstructorInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/**
 * The gateway's counts as a management bean: one attribute for each {@link Metric}, whose descriptor says under
 * {@code metricType} whether it is a counter or a gauge. Registered for as long as it is open. Safe for all threads.
 */
public final class MetricsBean implements DynamicMBean, AutoCloseable {
    public static final String NAME = "org.countersign:type=Gateway";

    private static final Logger LOG = Logger.getLogger(MetricsBean.class);
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private final Metrics metrics;
    private final Map<String, Metric> attributes = new HashMap<>();

    private MetricsBean(Metrics metrics) {
        this.metrics = metrics;
        for (Metric metric : Metric.values()) {
            attributes.put(metric.attribute(), metric);
        }
    }

    /** Registers the counts, in the place of an earlier gateway's. A gateway that cannot be watched still works. */
    public static MetricsBean open(Metrics metrics) {
        var bean = new MetricsBean(metrics);
        try {
            var name = new ObjectName(NAME);
            if (SERVER.isRegistered(name)) {
                SERVER.unregisterMBean(name);
            }
            SERVER.registerMBean(bean, name);
        } catch (JMException e) {
            LOG.warn("the metrics cannot be shown", e);
        }
        return bean;
    }

    @Override
    public void close() {
        try {
            SERVER.unregisterMBean(new ObjectName(NAME));
        } catch (JMException e) {
            LOG.debug("the metrics were not shown", e);
        }
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Metric metric = attributes.get(attribute);
        if (metric == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return metrics.value(metric);
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        var list = new AttributeList();
        for (String name : names) {
            Metric metric = attributes.get(name);
            if (metric != null) {
                list.add(new Attribute(name, metrics.value(metric)));
            }
        }
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("counts are only read");
    }

    @Override
    public AttributeList setAttributes(AttributeList list) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException("counts are only read");
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return new MBeanInfo(
                Metrics.class.getName(),
                "What the gateway counts",
                Stream.of(Metric.values()).map(MetricsBean::info).toArray(MBeanAttributeInfo[]::new),
                new MBeanConstructorInfo[0],
                new MBeanOperationInfo[0],
                new MBeanNotificationInfo[0]);
    }

    private static MBeanAttributeInfo info(Metric metric) {
        return new MBeanAttributeInfo(
                metric.attribute(),
                "long",
                metric.description(),
                true,
                false,
                false,
                new ImmutableDescriptor("metricType=" + metric.kind().label()));
    }
}
