package org.countersign.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Access tokens of the demo realm, fetched as any client would. */
final class Tokens {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String issuer;

    Tokens(String issuer) {
        this.issuer = issuer;
    }

    String ofAgent(String client) {
        return accessToken(
                Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", client + "-demo"));
    }

    String ofPerson(String name) {
        return accessToken(Map.of(
                "grant_type",
                "password",
                "client_id",
                "countersign-cli",
                "username",
                name,
                "password",
                name + "-demo",
                "scope",
                "openid"));
    }

    /** A token whose subject is a person but which another client obtained, as after a token exchange. */
    String ofPersonThrough(String client, String name) {
        return accessToken(Map.of(
                "grant_type",
                "password",
                "client_id",
                client,
                "client_secret",
                client + "-demo",
                "username",
                name,
                "password",
                name + "-demo",
                "scope",
                "openid"));
    }

    private String accessToken(Map<String, String> form) {
        return answer(form).required("access_token").asText();
    }

    JsonNode answer(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("no token: " + response.statusCode() + " " + response.body());
            }
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
