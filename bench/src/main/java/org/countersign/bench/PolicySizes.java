package org.countersign.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Compares the small and the large policy of {@link ConstraintsBenchmark} by processor time and allocation, by turns in one
 * JVM: a busy machine disturbs both alike.
 */
public final class PolicySizes {
    private static final int WARM_UP = 40_000;
    private static final int ROUNDS = 200;
    private static final int DECISIONS = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ConstraintsBenchmark benchmark = new ConstraintsBenchmark();
    private final double[] nanos = new double[ROUNDS];
    private final double[] bytes = new double[ROUNDS];
    private long asking;

    private PolicySizes(String policy) {
        benchmark.policy = policy;
        benchmark.fill();
    }

    private void decide(int times) {
        for (int i = 0; i < times; i++) {
            asking += benchmark.update() ? 1 : 0;
        }
    }

    private void measure(int round) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long used = THREADS.getCurrentThreadCpuTime();
        decide(DECISIONS);
        nanos[round] = (THREADS.getCurrentThreadCpuTime() - used) / (double) DECISIONS;
        bytes[round] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) DECISIONS;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Prints a line for each policy and their ratios. */
    public static void main(String[] arguments) {
        var small = new PolicySizes("small");
        var large = new PolicySizes("large");
        small.decide(WARM_UP);
        large.decide(WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
            (round % 2 == 0 ? small : large).measure(round);
            (round % 2 == 0 ? large : small).measure(round);
        }
        System.out.printf("small %,6.0f ns %,6.0f B%n", median(small.nanos), median(small.bytes));
        System.out.printf("large %,6.0f ns %,6.0f B%n", median(large.nanos), median(large.bytes));
        System.out.printf(
                "ratio %6.2f    %6.2f   (%d decisions each)%n",
                median(large.nanos) / median(small.nanos),
                median(large.bytes) / median(small.bytes),
                WARM_UP + ROUNDS * DECISIONS);
        if (small.asking != large.asking) {
            throw new IllegalStateException("the two policies decide differently");
        }
    }
}
