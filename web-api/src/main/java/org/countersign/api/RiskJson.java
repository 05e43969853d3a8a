package org.countersign.api;

import jakarta.json.JsonValue;
import java.util.Optional;
import org.countersign.core.risk.RiskView;

/** A risk with what adds to it; {@code null} where nobody weighed it. */
final class RiskJson {
    private RiskJson() {}

    static JsonValue of(Optional<RiskView> risk) {
        return risk.<JsonValue>map(weighed -> new Fields()
                        .number("score", weighed.score())
                        .text("level", weighed.level())
                        .each(
                                "parts",
                                weighed.parts(),
                                part -> new Fields()
                                        .text("factor", part.factor())
                                        .number("points", part.points())
                                        .text("reason", part.reason())
                                        .json())
                        .json())
                .orElse(JsonValue.NULL);
    }
}
