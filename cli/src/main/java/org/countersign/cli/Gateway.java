package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The REST interface of the gateway, as one principal. */
final class Gateway {
    private final Web web;
    private final URI api;
    private final String token;

    Gateway(Web web, URI gateway, String token) {
        this.web = web;
        this.api = URI.create(gateway + "/api/v1/");
        this.token = token;
    }

    /** A problem of RFC 9457 that the gateway answered; {@code body} has the members of its type. */
    static final class ProblemException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final transient JsonNode body;

        ProblemException(int status, JsonNode body) {
            super(null, null, false, false);
            this.status = status;
            this.body = body;
        }

        JsonNode body() {
            return body;
        }

        Failure failure() {
            String title = body.path("title").asText("HTTP " + status);
            String detail = body.path("detail").asText("");
            String text = Visible.line(detail.isEmpty() || detail.equals(title) ? title : title + ": " + detail);
            return status == 401
                    ? Failure.notSignedIn("the gateway does not accept the token: " + text)
                    : Failure.refused(text);
        }
    }

    JsonNode read(String path) throws Failure, ProblemException {
        return Web.json(send(request(path).GET()));
    }

    String readYaml(String path) throws Failure, ProblemException {
        return send(request(path)
                .setHeader("Accept", "application/yaml, application/problem+json")
                .GET());
    }

    String readMetrics() throws Failure, ProblemException {
        return send(request("metrics")
                .setHeader("Accept", "text/plain, application/problem+json")
                .GET());
    }

    JsonNode post(String path, JsonNode body) throws Failure, ProblemException {
        return Web.json(send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    JsonNode sendYaml(String method, String path, String yaml) throws Failure, ProblemException {
        return Web.json(send(request(path)
                .header("Content-Type", "application/yaml")
                .method(method, BodyPublishers.ofString(yaml))));
    }

    JsonNode delete(String path) throws Failure, ProblemException {
        return Web.json(send(request(path).DELETE()));
    }

    /** Makes one path segment of what a user typed. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json");
    }

    private String send(HttpRequest.Builder request) throws Failure, ProblemException {
        HttpResponse<String> answer = web.send(request, "the gateway");
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw new ProblemException(answer.statusCode(), Web.json(answer.body()));
    }
}
