package org.countersign.core.policy;

/**
 * What a change does to one object.
 *
 * @param action {@code create}, {@code change} or {@code remove}
 * @param before the object's YAML before the change; empty when it is created
 * @param after the object's YAML after the change; empty when it is removed
 */
public record DiffEntry(String action, String kind, String name, String before, String after) {
    static final String CREATE = "create";

    public static DiffEntry created(String kind, String name, String after) {
        return new DiffEntry(CREATE, kind, name, "", after);
    }

    public static DiffEntry changed(String kind, String name, String before, String after) {
        return new DiffEntry("change", kind, name, before, after);
    }

    public static DiffEntry removed(String kind, String name, String before) {
        return new DiffEntry("remove", kind, name, before, "");
    }

    /** What takes it back. */
    DiffEntry inverse() {
        return switch (action) {
            case CREATE -> removed(kind, name, after);
            case "remove" -> created(kind, name, before);
            default -> changed(kind, name, after, before);
        };
    }

    boolean removes() {
        return action.equals("remove");
    }

    Manifest.Key key() {
        return new Manifest.Key(ManifestKind.of(kind).orElseThrow(), name);
    }
}
