package org.countersign.model.command;

/**
 * A place that holds values of one meaning: a column.
 *
 * @param container the relation as {@code schema.relation}, quoted as SQL quotes it
 * @param field the column, quoted as SQL quotes it
 */
public record FieldName(String container, String field) {
    @Override
    public String toString() {
        return container + "." + field;
    }
}
