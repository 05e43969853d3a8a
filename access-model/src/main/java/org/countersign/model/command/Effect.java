package org.countersign.model.command;

/** The kinds of consequence a command has. A command without any only steers its session. */
public enum Effect {
    READ,
    WRITE,
    DEFINE,
    ADMINISTER,
    EXECUTE
}
