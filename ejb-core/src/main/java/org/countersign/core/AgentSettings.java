package org.countersign.core;

import java.time.Duration;
import java.util.Map;

/**
 * When the inventory of agents points at something.
 *
 * @param secretIsOldAfter an agent's secret or key is to be rotated by then
 * @param unusedAfter a permission that was not used for so long may not be needed
 */
public record AgentSettings(Duration secretIsOldAfter, Duration unusedAfter) {
    public AgentSettings {
        if (!secretIsOldAfter.isPositive() || !unusedAfter.isPositive()) {
            throw new IllegalArgumentException("both take some time");
        }
    }

    static AgentSettings of(Map<String, String> environment) {
        return new AgentSettings(
                Duration.parse(environment.getOrDefault("COUNTERSIGN_AGENT_SECRET_IS_OLD_AFTER", "P90D")),
                Duration.parse(environment.getOrDefault("COUNTERSIGN_PERMISSION_UNUSED_AFTER", "P30D")));
    }
}
