package org.countersign.core.grant;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.NotCompliantMBeanException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jboss.logging.Logger;

/** How many uses of break-glass stand where, in the whole store, as a management bean. Safe for all threads. */
final class GlassGauges extends StandardMBean implements GlassCounts {
    static final String NAME = "org.countersign:type=BreakGlass";

    private static final Logger LOG = Logger.getLogger(GlassGauges.class);
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "Open", "uses of break-glass that are in force",
            "Unreviewed", "uses of break-glass that nobody has reviewed, in force or over",
            "Overdue", "uses of break-glass whose review is late");

    private volatile long open;
    private volatile long unreviewed;
    private volatile long overdue;

    GlassGauges() throws NotCompliantMBeanException {
        super(GlassCounts.class);
    }

    /** Shows them, in the place of an earlier deployment's. A gateway that cannot be watched still works. */
    void show() {
        try {
            var name = new ObjectName(NAME);
            if (SERVER.isRegistered(name)) {
                SERVER.unregisterMBean(name);
            }
            SERVER.registerMBean(this, name);
        } catch (JMException e) {
            LOG.warn("the numbers of break-glass cannot be shown", e);
        }
    }

    void hide() {
        try {
            SERVER.unregisterMBean(new ObjectName(NAME));
        } catch (JMException e) {
            LOG.debug("the numbers of break-glass were not shown", e);
        }
    }

    /** @param waiting what nobody has reviewed */
    void count(List<GrantEntity> waiting, Instant now) {
        open = waiting.stream().filter(use -> use.active(now)).count();
        unreviewed = waiting.size();
        overdue = waiting.stream()
                .filter(use -> use.review().due().filter(now::isAfter).isPresent())
                .count();
    }

    @Override
    public long getOpen() {
        return open;
    }

    @Override
    public long getUnreviewed() {
        return unreviewed;
    }

    @Override
    public long getOverdue() {
        return overdue;
    }

    @Override
    protected String getDescription(MBeanAttributeInfo attribute) {
        return DESCRIPTIONS.getOrDefault(attribute.getName(), attribute.getName());
    }
}
