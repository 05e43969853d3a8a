package org.countersign.core.recording;

import org.countersign.model.session.SessionId;

/** Fired within the transaction that puts a session into the index. */
record SessionIndexed(SessionId session) {}
