package org.countersign.api;

/** The verdicts a list can be filtered by. */
enum VerdictKind {
    ALLOW,
    DENY,
    HOLD
}
