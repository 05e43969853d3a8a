package org.countersign.core.grant;

import java.time.Duration;
import java.util.List;

/**
 * What somebody asks for.
 *
 * @param actions of the role; none: all of them
 * @param resources within the role, down to columns; none: all of them
 * @param functions within the role
 * @param ticket may be empty
 * @param single whether for one command only
 */
public record Wish(
        String role,
        String target,
        List<String> actions,
        List<String> resources,
        List<String> functions,
        Duration duration,
        boolean single,
        String reason,
        String ticket) {
    public Wish {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        functions = List.copyOf(functions);
    }
}
