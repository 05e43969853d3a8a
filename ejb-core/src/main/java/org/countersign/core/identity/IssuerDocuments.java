package org.countersign.core.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Fetches what an OIDC issuer publishes.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery</a>
 */
final class IssuerDocuments {
    private static final int MAX_DOCUMENT_BYTES = 512 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

    private final URI issuer;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    IssuerDocuments(URI issuer) {
        this.issuer = issuer;
    }

    /** Returns the signature keys by their id; keys without an id are left out. */
    Map<String, JWK> keys() throws IOException, InterruptedException {
        try {
            var keys = new HashMap<String, JWK>();
            for (JWK key : JWKSet.parse(text(endpoint("jwks_uri"))).getKeys()) {
                boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
                if (key.getKeyID() != null && signs && !key.isPrivate()) {
                    keys.put(key.getKeyID(), key);
                }
            }
            return Map.copyOf(keys);
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("the issuer's documents cannot be read", e);
        }
    }

    /** Returns an address that the discovery document names. */
    URI endpoint(String name) throws IOException, InterruptedException {
        try {
            Map<String, Object> configuration =
                    JSONObjectUtils.parse(text(URI.create(issuer + "/.well-known/openid-configuration")));
            if (!issuer.toString().equals(configuration.get("issuer"))) {
                throw new IOException("the discovery document is another issuer's");
            }
            if (!(configuration.get(name) instanceof String address)) {
                throw new IOException("the discovery document names no " + name);
            }
            return URI.create(address);
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("the issuer's documents cannot be read", e);
        }
    }

    private String text(URI address) throws IOException, InterruptedException {
        return WholeAnswer.of(http, HttpRequest.newBuilder(address).build(), MAX_DOCUMENT_BYTES, ANSWER_TIMEOUT);
    }
}
