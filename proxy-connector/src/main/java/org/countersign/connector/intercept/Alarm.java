package org.countersign.connector.intercept;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.countersign.model.policy.Grant;
import org.countersign.model.policy.Verdict;

/**
 * Break-glass is loud: each command of a session that runs by it is counted, and its client is told of each use once.
 * Confined to the session's event loop.
 */
final class Alarm {
    private final Metrics metrics;
    private final Set<String> told = new HashSet<>();

    Alarm(Metrics metrics) {
        this.metrics = metrics;
    }

    /** @param verdict by which a command runs */
    void raise(Verdict verdict, Requester requester) {
        if (!(verdict instanceof Verdict.Allow allow)) {
            return;
        }
        List<String> broken = allow.rules().stream().filter(Grant::breaksGlass).toList();
        if (!broken.isEmpty()) {
            metrics.count(Metric.BREAK_GLASS_COMMANDS);
        }
        broken.stream().filter(told::add).forEach(requester::glassBroken);
    }
}
