package org.countersign.core.approval;

import java.util.List;

/**
 * A person who answers for a request, and so never decides it.
 *
 * @param why in words, such as {@code owns orders-agent}
 * @param accounts further accounts of the same human being
 */
public record Answerable(String name, List<String> why, List<String> accounts) {
    public Answerable {
        why = List.copyOf(why);
        accounts = List.copyOf(accounts);
    }
}
