package org.countersign.core.identity;

/** Fired within the transaction that suspends somebody; observed once that is committed. */
public record PrincipalSuspended(Suspension suspension) {}
