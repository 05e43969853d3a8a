package org.countersign.connector.postgres;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.countersign.model.command.SqlAnalysis;

/** About how many bytes of memory a remembered value takes, rather too many than too few. */
final class Weight {
    private static final long OBJECT = 32;
    private static final long ENTRY = 64;

    private Weight() {}

    static long of(Predictions.Key key) {
        return ENTRY + OBJECT + sum(key.place(), key.account(), key.settings(), key.form());
    }

    static long of(Foresight foresight) {
        SqlAnalysis analysis = foresight.analysis();
        return 2 * OBJECT
                + sum(foresight.kind(), foresight.shape(), analysis.treeDigest())
                + sum(analysis.accesses(), analysis.effects(), analysis.functions(), analysis.outputs())
                + sum(analysis.examined(), analysis.moved(), analysis.written(), analysis.routines())
                + sum(
                        foresight.columns(),
                        foresight.catalog().questions(),
                        foresight.catalog().digest());
    }

    private static long sum(Object... parts) {
        return Stream.of(parts).mapToLong(Weight::of).sum();
    }

    /** Records are weighed by their text, which names each of their parts. */
    private static long of(Object part) {
        return switch (part) {
            case Collection<?> list ->
                OBJECT + list.stream().mapToLong(item -> ENTRY + of(item)).sum();
            case Map<?, ?> map -> OBJECT + of(map.entrySet());
            case Optional<?> optional -> OBJECT + optional.map(Weight::of).orElse(0L);
            case Enum<?> shared -> 0;
            default -> OBJECT + 2L * String.valueOf(part).length();
        };
    }
}
