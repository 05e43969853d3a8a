package org.countersign.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** HTTP with time limits. Redirects are not followed: they would carry secrets to another place. */
final class Web {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** @param what names the other side in the failure: {@code "the gateway"} */
    HttpResponse<String> send(HttpRequest.Builder request, String what) throws Failure {
        HttpRequest ready = request.timeout(ANSWER).build();
        try {
            return client.send(ready, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Failure.unreachable(what + " does not answer at " + origin(ready.uri()) + " ("
                    + e.getClass().getSimpleName() + "); is it running?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    /** Returns a missing node for a body that is not JSON. */
    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
