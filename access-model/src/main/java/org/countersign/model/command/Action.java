package org.countersign.model.command;

/**
 * What is done to a resource, prefixed by its protocol: {@code sql:select}.
 *
 * @param name lower case, {@code protocol:verb}
 */
public record Action(String name) {
    public Action {
        if (!name.matches("[a-z]+:[a-z-]+")) {
            throw new IllegalArgumentException("not an action: " + name);
        }
    }

    public static Action sql(String verb) {
        return new Action("sql:" + verb);
    }

    @Override
    public String toString() {
        return name;
    }
}
