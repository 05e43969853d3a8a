package org.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.management.ManagementFactory;
import javax.management.DescriptorKey;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name = new ObjectName("org.countersign:type=Sample");

    MetricsTextTest() throws Exception {}

    /** Says which kind of metric an attribute is. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Kind {
        @DescriptorKey("metricType")
        String value();
    }

    /** A bean with numbers and something else. */
    public interface SampleMBean {
        @Kind("counter")
        long getSessionsOpened();

        int getHeld();

        String getWord();
    }

    private static final class Sample implements SampleMBean {
        @Override
        public long getSessionsOpened() {
            return 7;
        }

        @Override
        public int getHeld() {
            return 2;
        }

        @Override
        public String getWord() {
            return "no number";
        }
    }

    @BeforeEach
    void register() throws Exception {
        SERVER.registerMBean(new StandardMBean(new Sample(), SampleMBean.class), name);
    }

    @AfterEach
    void unregister() throws Exception {
        SERVER.unregisterMBean(name);
    }

    @Test
    void showsTheNumbersOfEveryBeanOfTheDomain() {
        assertThat(MetricsText.of(SERVER))
                .contains("# TYPE countersign_sample_sessions_opened_total counter\n"
                        + "countersign_sample_sessions_opened_total 7\n")
                .contains("# TYPE countersign_sample_held gauge\ncountersign_sample_held 2\n")
                .doesNotContain("word");
    }
}
