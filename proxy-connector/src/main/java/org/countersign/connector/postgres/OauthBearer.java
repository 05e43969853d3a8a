package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.countersign.connector.intercept.JsonText;
import org.countersign.model.port.Secret;
import org.countersign.wire.WireException;

/**
 * The server's side of SASL OAUTHBEARER, as PostgreSQL 18 speaks it: the client sends its access token, or none to learn
 * where to get one. No message here ever quotes a token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7628">RFC 7628</a>
 */
final class OauthBearer {
    static final String MECHANISM = "OAUTHBEARER";

    private static final char SEPARATOR = 1;
    private static final String SCOPE = "openid";
    private static final Pattern HEADER = Pattern.compile("[ny],,\\x01");
    private static final Pattern PAIR = Pattern.compile("[A-Za-z]+=[\\x20-\\x7e\\t\\r\\n]*");
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([-A-Za-z0-9._~+/]+=*)");

    private OauthBearer() {}

    /**
     * Returns the token of the client's first message; empty when it asks where to get one.
     *
     * @throws WireException for anything that is neither
     */
    static Optional<Secret> token(byte[] response) {
        String message = new String(response, StandardCharsets.ISO_8859_1);
        var header = HEADER.matcher(message);
        if (!header.lookingAt() || !message.endsWith("\1\1") || header.end() > message.length() - 2) {
            throw malformed();
        }
        String auth = null;
        for (String pair : message.substring(header.end(), message.length() - 2).split("\1", -1)) {
            if (!PAIR.matcher(pair).matches() || (auth != null && pair.startsWith("auth="))) {
                throw malformed();
            }
            if (pair.startsWith("auth=")) {
                auth = pair.substring("auth=".length());
            }
        }
        if (auth == null) {
            throw new WireException("the OAUTHBEARER message does not contain an auth value");
        }
        if (auth.isEmpty()) {
            return Optional.empty();
        }
        var bearer = BEARER.matcher(auth);
        if (!bearer.matches()) {
            throw new WireException("the auth value of the OAUTHBEARER message is no bearer token");
        }
        return Optional.of(new Secret(bearer.group(1)));
    }

    /** What a client without a token that is good hears: where to get one. */
    static byte[] failure(String issuer) {
        return new JsonText()
                .put("status", "invalid_token")
                .put("openid-configuration", issuer + "/.well-known/openid-configuration")
                .put("scope", SCOPE)
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the client took note of a failure, as it has to before it hears the rest. */
    static boolean acknowledges(byte[] response) {
        return response.length == 1 && response[0] == SEPARATOR;
    }

    private static WireException malformed() {
        return new WireException("malformed OAUTHBEARER message");
    }
}
