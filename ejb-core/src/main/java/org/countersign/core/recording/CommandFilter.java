package org.countersign.core.recording;

import java.util.Optional;

/**
 * Which commands of a session a list shows.
 *
 * @param verdict {@code allow}, {@code deny} or {@code hold}; a command that was held stays found under {@code hold}
 * @param limit 1 to 200
 * @param after the {@code next} of the page before
 */
public record CommandFilter(Optional<String> verdict, int limit, Optional<String> after) {}
