package org.countersign.connector.ra;

/** Activates the endpoint behind {@link org.countersign.model.port.AccessDesk}. */
public final class AccessActivation extends Activation {}
