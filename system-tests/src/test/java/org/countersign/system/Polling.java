package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Waiting for what other parties see. */
final class Polling {
    private Polling() {}

    /** The approval that is pending for exactly this text, as bob's inbox shows it. */
    static JsonNode pendingApproval(Gateway gateway, String text) {
        Api bob = gateway.api("bob");
        var found = new AtomicReference<JsonNode>();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    for (JsonNode approval : items(bob.read("approvals?state=pending&limit=100"))) {
                        if (approval.required("commands")
                                .get(0)
                                .required("text")
                                .asText()
                                .equals(text)) {
                            found.set(approval);
                            return true;
                        }
                    }
                    return false;
                });
        return found.get();
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    static List<JsonNode> items(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var items = new ArrayList<JsonNode>();
        answer.json().required("items").forEach(items::add);
        return items;
    }

    static Api.Answer decide(Gateway gateway, String person, JsonNode approval, String decision) {
        return gateway.api(person)
                .post(
                        "approvals/" + approval.required("id").asText() + "/decisions",
                        "{\"decision\":\"" + decision + "\",\"reason\":\"seen in a test\"}");
    }
}
