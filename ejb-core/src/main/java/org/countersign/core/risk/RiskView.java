package org.countersign.core.risk;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.countersign.model.policy.Risk;

/**
 * How risky a command was found to be.
 *
 * @param score 0 to 100
 * @param parts what adds to it
 */
public record RiskView(int score, List<PartView> parts) {
    private static final int HIGH = 60;
    private static final int MIDDLE = 30;

    public RiskView {
        parts = List.copyOf(parts);
    }

    /**
     * @param factor its name in conditions: {@code no-predicate}
     * @param reason a sentence for people
     */
    public record PartView(String factor, int points, String reason) {}

    public static RiskView of(Risk risk) {
        return new RiskView(
                risk.score(),
                risk.parts().stream()
                        .map(part -> new PartView(part.factor().label(), part.points(), part.reason()))
                        .toList());
    }

    /** For people who see their first score: {@code low}, {@code middle} or {@code high}. */
    public String level() {
        return score >= HIGH ? "high" : score >= MIDDLE ? "middle" : "low";
    }

    /** As the store keeps it. */
    public String json() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        parts.forEach(part -> array.add(Json.createObjectBuilder()
                .add("factor", part.factor())
                .add("points", part.points())
                .add("reason", part.reason())));
        return Json.createObjectBuilder()
                .add("score", score)
                .add("parts", array)
                .build()
                .toString();
    }

    /** @param json empty where nobody weighed the risk */
    public static Optional<RiskView> parse(String json) {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            return Optional.of(new RiskView(
                    object.getInt("score"),
                    object.getJsonArray("parts").getValuesAs(JsonObject.class).stream()
                            .map(part -> new PartView(
                                    part.getString("factor"), part.getInt("points"), part.getString("reason")))
                            .toList()));
        }
    }
}
