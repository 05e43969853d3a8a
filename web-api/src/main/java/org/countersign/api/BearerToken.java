package org.countersign.api;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countersign.model.port.Secret;

/**
 * The token of a request, from its {@code Authorization} header and nowhere else.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750, sending tokens</a>
 */
sealed interface BearerToken {
    int MAX_LENGTH = 16 * 1024;
    Pattern HEADER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*) *");

    record Present(Secret token) implements BearerToken {}

    record Absent() implements BearerToken {}

    /** @param why for the caller; holds nothing of the token */
    record Misplaced(String why) implements BearerToken {}

    /**
     * @param headers every {@code Authorization} header
     * @param parameters names of the query parameters
     */
    static BearerToken of(List<String> headers, Set<String> parameters) {
        if (parameters.contains("access_token")) {
            return new Misplaced("A token in the address ends up in logs: send it in the Authorization header.");
        }
        if (headers.isEmpty()) {
            return new Absent();
        }
        if (headers.size() > 1) {
            return new Misplaced("There is more than one Authorization header.");
        }
        String header = headers.getFirst();
        Matcher matcher = HEADER.matcher(header);
        if (header.length() > MAX_LENGTH || !matcher.matches()) {
            return new Misplaced("The Authorization header must be: Bearer, a space and the token.");
        }
        return new Present(new Secret(matcher.group(1)));
    }
}
