package org.countersign.model.command;

/** One action on one resource; a command needs a permission for each of its accesses. */
public record Access(Action action, Resource resource) {}
