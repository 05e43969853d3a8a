package org.countersign.connector.ra;

/** Activates the endpoint behind {@link org.countersign.model.port.ApprovalDesk}. */
public final class ApprovalActivation extends Activation {}
