package org.countersign.core;

import java.util.Optional;

/**
 * A value that a command came with.
 *
 * @param type as the target calls it
 * @param value as text; empty for null
 */
public record ParameterView(String type, Optional<String> value) {}
