package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The grants of the OIDC issuer that the command line uses. */
final class IdentityProvider {
    private static final String CLIENT = "countersign-cli";
    private static final String WHAT = "the identity provider";

    private final Web web;
    private final URI issuer;
    private final JsonNode metadata;

    private IdentityProvider(Web web, URI issuer, JsonNode metadata) {
        this.web = web;
        this.issuer = issuer;
        this.metadata = metadata;
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414, authorization server metadata</a> */
    static IdentityProvider discover(Web web, URI issuer) throws Failure {
        URI address = URI.create(issuer + "/.well-known/openid-configuration");
        HttpResponse<String> answer = web.send(HttpRequest.newBuilder(address), WHAT);
        JsonNode metadata = Web.json(answer.body());
        if (answer.statusCode() != 200) {
            throw Failure.unreachable(WHAT + " answers " + answer.statusCode() + " for " + address);
        }
        if (!metadata.path("issuer").asText().equals(issuer.toString())) {
            throw Failure.unreachable("what answers at " + address + " is not the issuer " + issuer);
        }
        return new IdentityProvider(web, issuer, metadata);
    }

    /** @param origin says in a failure where the secret came from */
    Tokens agent(String client, String secret, String origin) throws Failure {
        String pair = encoded(client) + ":" + encoded(secret);
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = web.send(
                form("token_endpoint", Map.of("grant_type", "client_credentials"))
                        .header("Authorization", "Basic " + basic),
                WHAT);
        return tokens(
                answer, "the agent " + client + " (unknown client or wrong secret; the secret is from " + origin + ")");
    }

    Tokens person(String name, String password, String origin) throws Failure {
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "password");
        fields.put("client_id", CLIENT);
        fields.put("username", name);
        fields.put("password", password);
        return tokens(
                web.send(form("token_endpoint", fields), WHAT),
                "the person " + name + " (unknown name or wrong password; the password is from " + origin + ")");
    }

    /** Returns nothing when the sign-in is over and has to be repeated. */
    Optional<Tokens> refresh(String refreshToken) throws Failure {
        HttpResponse<String> answer = web.send(
                form(
                        "token_endpoint",
                        Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", refreshToken)),
                WHAT);
        return answer.statusCode() == 200 ? Optional.of(tokens(answer, "the sign-in")) : Optional.empty();
    }

    /**
     * A sign-in that a person completes in a browser.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.2">RFC 8628, device authorization response</a>
     */
    record DeviceCode(String code, String userCode, URI page, URI completePage, Duration interval, Instant expiresAt) {}

    DeviceCode deviceCode(Instant now) throws Failure {
        HttpResponse<String> answer =
                web.send(form("device_authorization_endpoint", Map.of("client_id", CLIENT, "scope", "openid")), WHAT);
        JsonNode json = Web.json(answer.body());
        if (answer.statusCode() != 200) {
            throw refusal(json, answer.statusCode(), "the client " + CLIENT);
        }
        String page = json.path("verification_uri").asText();
        return new DeviceCode(
                json.path("device_code").asText(),
                json.path("user_code").asText(),
                URI.create(page),
                URI.create(json.path("verification_uri_complete").asText(page)),
                Duration.ofSeconds(json.path("interval").asLong(5)),
                now.plusSeconds(json.path("expires_in").asLong(600)));
    }

    /** What a poll found. */
    sealed interface Poll {
        record Pending() implements Poll {}

        record SlowDown() implements Poll {}

        record Granted(Tokens tokens) implements Poll {}
    }

    Poll poll(DeviceCode code) throws Failure {
        HttpResponse<String> answer = web.send(
                form(
                        "token_endpoint",
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "client_id",
                                CLIENT,
                                "device_code",
                                code.code())),
                WHAT);
        return switch (Web.json(answer.body()).path("error").asText()) {
            case "authorization_pending" -> new Poll.Pending();
            case "slow_down" -> new Poll.SlowDown();
            case "access_denied" -> throw Failure.notSignedIn("the sign-in was refused in the browser");
            case "expired_token" -> throw Failure.notSignedIn("nobody signed in in time; run login again");
            default -> new Poll.Granted(tokens(answer, "the sign-in"));
        };
    }

    /** Ends the session behind a refresh token; an answer of any kind will do, the token is thrown away. */
    void end(String refreshToken) throws Failure {
        if (metadata.hasNonNull("end_session_endpoint")) {
            web.send(form("end_session_endpoint", Map.of("client_id", CLIENT, "refresh_token", refreshToken)), WHAT);
        }
    }

    private HttpRequest.Builder form(String endpoint, Map<String, String> fields) throws Failure {
        String address = metadata.path(endpoint).asText();
        if (address.isEmpty()) {
            throw Failure.unreachable("the issuer " + issuer + " offers no " + endpoint);
        }
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static Tokens tokens(HttpResponse<String> answer, String whom) throws Failure {
        JsonNode json = Web.json(answer.body());
        String access = json.path("access_token").asText();
        if (answer.statusCode() != 200 || access.isEmpty()) {
            throw refusal(json, answer.statusCode(), whom);
        }
        return new Tokens(
                access,
                Instant.now().plusSeconds(json.path("expires_in").asLong(60)),
                Optional.ofNullable(json.path("refresh_token").textValue()));
    }

    private static Failure refusal(JsonNode json, int status, String whom) {
        String error = Visible.line(json.path("error").asText("HTTP " + status));
        return Failure.notSignedIn(WHAT + " does not accept " + whom + ": " + error);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
