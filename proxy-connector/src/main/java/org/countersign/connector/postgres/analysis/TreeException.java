package org.countersign.connector.postgres.analysis;

/** A tree says something this class does not understand: the statement cannot be inspected. */
final class TreeException extends Exception {
    private static final long serialVersionUID = 1;

    TreeException(String reason) {
        super(reason);
    }
}
