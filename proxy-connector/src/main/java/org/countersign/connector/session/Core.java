package org.countersign.connector.session;

import org.countersign.model.port.AccessDesk;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.CommandDesk;

/** Everything the connector may ask of the core. */
public record Core(AccessDesk access, CommandDesk commands, ApprovalDesk approvals) {}
