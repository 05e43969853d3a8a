package org.countersign.model.policy;

import java.util.Set;
import org.countersign.model.command.Resource;

/**
 * What a permission is given on: a glob over resource names, or a glob with a set of columns such as
 * {@code public.customers.(id,full_name)}.
 */
public final class ResourcePattern {
    private static final String SET_OPENS = ".(";

    private final String text;
    private final Glob name;
    private final Set<String> columns;

    /** @throws IllegalArgumentException with what is wrong with the text */
    public ResourcePattern(String text) {
        this.text = text;
        int opens = text.indexOf(SET_OPENS);
        if (text.isBlank()) {
            throw new IllegalArgumentException("a resource is not empty");
        }
        if (opens > 0 && text.endsWith(")")) {
            this.name = new Glob(text.substring(0, opens));
            this.columns =
                    Set.copyOf(SqlNames.split(text.substring(opens + SET_OPENS.length(), text.length() - 1), ','));
            if (columns.contains(Resource.WHOLE_ROW)) {
                throw new IllegalArgumentException("a column set lists columns; leave it out to mean all of them");
            }
        } else {
            this.name = new Glob(text);
            this.columns = Set.of();
        }
    }

    /** Returns whether a permission on this suffices for the resource. */
    public boolean covers(Resource resource) {
        return switch (resource) {
            case Resource.Everything everything -> columns.isEmpty() && name.everything();
            case Resource.Routine routine -> columns.isEmpty() && name.matches(routine.name());
            case Resource.Relation relation ->
                (columns.isEmpty() || columns.containsAll(relation.columns())) && name.matches(relation.name());
        };
    }

    /** Returns whether it is about the resource of this name, or about columns of it. */
    public boolean reaches(String resource) {
        return name.matches(resource);
    }

    /** Returns whether the column is listed by name. */
    public boolean lists(String relation, String column) {
        return columns.contains(column) && name.matches(relation);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourcePattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
