package org.countersign.core.identity;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.port.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Asks the issuer about a token. Safe for all threads; blocks for some seconds at most, whatever the issuer does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662, OAuth 2.0 token introspection</a>
 */
class Introspection {
    private static final int MAX_ANSWER_BYTES = 256 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    private final IssuerDocuments documents;
    private final String authorization;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private volatile @Nullable URI endpoint;

    Introspection(IssuerDocuments documents, String client, Secret secret) {
        this.documents = documents;
        String pair = encoded(client) + ":" + encoded(secret.reveal());
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns what the token says by now; empty when it is good no longer.
     *
     * @throws WholeAnswer.RefusedException when the issuer is there and does not say; other questions may do better
     */
    Optional<Map<String, Object>> ask(Secret token) throws IOException, InterruptedException {
        URI address = endpoint;
        if (address == null) {
            address = documents.endpoint("introspection_endpoint");
            endpoint = address;
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "token=" + encoded(token.reveal()) + "&token_type_hint=access_token"))
                .build();
        String text = WholeAnswer.of(http, request, MAX_ANSWER_BYTES, ANSWER_TIMEOUT);
        try {
            Map<String, Object> answer = JSONObjectUtils.parse(text);
            if (!(answer.get("active") instanceof Boolean active)) {
                throw new WholeAnswer.RefusedException("the issuer does not say whether the token is active");
            }
            return active ? Optional.of(answer) : Optional.empty();
        } catch (ParseException e) {
            throw new WholeAnswer.RefusedException("the issuer's answer cannot be read", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
