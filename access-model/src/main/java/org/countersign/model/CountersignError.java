package org.countersign.model;

/** The refusals a client can meet; the numbers never change their meaning. */
public enum CountersignError {
    DENIED("42501"),
    APPROVAL_NEEDED("SD001"),
    REJECTED("SD002"),
    EXPIRED("SD003"),
    CONFLICT_OF_DUTIES("SD004"),
    CANNOT_BE_INSPECTED("SD005"),
    CANNOT_BE_RECORDED("SD006"),
    NOT_SIGNED_IN("28000"),
    WRONG_PASSWORD("28P01"),
    UNKNOWN_TARGET("3D000"),
    TARGET_UNREACHABLE("08006"),
    POLICY_NOT_CONFIRMED("57P03"),
    CANCELED("57014"),
    SESSION_ENDED("57P01"),
    LIMIT_EXCEEDED("54000"),
    TOO_MANY_CONNECTIONS("53300"),
    IDLE("57P05"),
    IDLE_IN_TRANSACTION("25P03");

    private final String sqlState;

    CountersignError(String sqlState) {
        this.sqlState = sqlState;
    }

    /** The SQLSTATE that PostgreSQL clients receive; also the stable code of other protocols. */
    public String sqlState() {
        return sqlState;
    }
}
