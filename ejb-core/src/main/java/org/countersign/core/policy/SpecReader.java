package org.countersign.core.policy;

import java.util.function.Supplier;

/** Reads what belongs to one kind of manifest. */
@FunctionalInterface
interface SpecReader {
    /** @return makes the spec; called only when the manifest turned out to have no problem */
    Supplier<Manifest.Spec> read(String name, Fields metadata, Value spec);
}
