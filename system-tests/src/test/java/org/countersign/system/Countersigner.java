package org.countersign.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** bob, who approves whatever an agent asks for on {@code lab18} as soon as he sees it. */
final class Countersigner {
    private final Api api;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** What he was answered that is neither a success nor a well-formed problem. */
    final Map<String, Integer> unclear = new ConcurrentHashMap<>();

    Countersigner(Gateway gateway) {
        api = gateway.api("bob");
        thread = Thread.ofPlatform().daemon().name("countersigner").start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(50, TimeUnit.MILLISECONDS)) {
                Api.Answer inbox = api.read("approvals?state=pending&target=lab18&limit=100");
                if (succeeded(inbox)) {
                    inbox.json().required("items").forEach(this::approve);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void approve(JsonNode approval) {
        succeeded(api.post(
                "approvals/" + approval.required("id").asText() + "/decisions",
                "{\"decision\":\"approve\",\"reason\":\"seen in a test\"}"));
    }

    private boolean succeeded(Api.Answer answer) {
        if (answer.status() != 200 && !answer.contentType().startsWith("application/problem+json")) {
            unclear.merge(answer.status() + " " + answer.body(), 1, Integer::sum);
        }
        return answer.status() == 200;
    }

    void stop() throws InterruptedException {
        stop.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(60));
    }
}
