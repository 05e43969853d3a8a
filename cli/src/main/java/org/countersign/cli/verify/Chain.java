package org.countersign.cli.verify;

/** Where a session's chain stands: its last frame. */
record Chain(long sequence, Digest hash) {}
