package org.countersign.connector.intercept;

/**
 * A column of a response.
 *
 * @param name as the client sees it
 * @param type the target's name of its type
 */
public record ResultColumn(String name, String type, ValueForm form) {}
