package org.countersign.connector.metrics;

import java.util.concurrent.atomic.LongAdder;

/** The gateway's counts. Cheap enough for every command; safe for all threads. */
public final class Metrics {
    private final LongAdder[] values = new LongAdder[Metric.values().length];

    public Metrics() {
        for (int i = 0; i < values.length; i++) {
            values[i] = new LongAdder();
        }
    }

    /** One more. */
    public void count(Metric metric) {
        values[metric.ordinal()].increment();
    }

    /** @param amount negative where a gauge falls */
    public void add(Metric metric, long amount) {
        values[metric.ordinal()].add(amount);
    }

    public long value(Metric metric) {
        return values[metric.ordinal()].sum();
    }
}
