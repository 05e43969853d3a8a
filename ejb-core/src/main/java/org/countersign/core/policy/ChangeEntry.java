package org.countersign.core.policy;

import jakarta.persistence.Embeddable;

/** A {@link DiffEntry} in the store. */
@Embeddable
public class ChangeEntry {
    private String action;
    private String kind;
    private String name;
    private String before;
    private String after;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected ChangeEntry() {}

    ChangeEntry(DiffEntry entry) {
        this.action = entry.action();
        this.kind = entry.kind();
        this.name = entry.name();
        this.before = entry.before();
        this.after = entry.after();
    }

    DiffEntry diff() {
        return new DiffEntry(action, kind, name, before, after);
    }
}
