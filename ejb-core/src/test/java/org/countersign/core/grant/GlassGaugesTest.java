package org.countersign.core.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.core.grant.TestGrants.NOW;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class GlassGaugesTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @Test
    void countsWhatIsOpenUnreviewedAndOverdueForWhoeverWatches() throws Exception {
        GrantEntity open = TestGrants.taken();
        GrantEntity over = TestGrants.taken();
        over.revoke("frank", "", NOW);
        Instant soon = NOW.plus(Duration.ofMinutes(1));
        Instant late = NOW.plus(Duration.ofDays(1)).plusSeconds(1);
        var gauges = new GlassGauges();
        gauges.show();
        try {
            gauges.count(List.of(open, over), soon);
            assertThat(shown()).containsExactly(1L, 2L, 0L);
            gauges.count(List.of(over), late);
            assertThat(shown()).containsExactly(0L, 1L, 1L);
            assertThat(SERVER.getMBeanInfo(new ObjectName(GlassGauges.NAME)).getAttributes())
                    .allSatisfy(
                            attribute -> assertThat(attribute.getDescription()).startsWith("uses of break-glass"));
        } finally {
            gauges.hide();
        }
        assertThat(SERVER.isRegistered(new ObjectName(GlassGauges.NAME))).isFalse();
    }

    private static List<Object> shown() throws Exception {
        var name = new ObjectName(GlassGauges.NAME);
        return List.of(
                SERVER.getAttribute(name, "Open"),
                SERVER.getAttribute(name, "Unreviewed"),
                SERVER.getAttribute(name, "Overdue"));
    }
}
