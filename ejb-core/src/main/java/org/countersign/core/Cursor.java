package org.countersign.core;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** The place in a list, newest first, behind which the next page begins. */
public record Cursor(Instant at, UUID id) {
    private static final int MAX_CHARACTERS = 200;

    /** The text that a caller hands back unread. */
    public String encoded() {
        String plain = ChronoUnit.MICROS.between(Instant.EPOCH, at) + ":" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidRequestException when it is not a cursor of ours */
    public static Cursor of(String encoded) {
        if (encoded.length() <= MAX_CHARACTERS) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
                int colon = plain.indexOf(':');
                long micros = colon > 0 ? Long.parseLong(plain.substring(0, colon)) : -1;
                if (micros >= 0) {
                    return new Cursor(
                            Instant.EPOCH.plus(micros, ChronoUnit.MICROS), UUID.fromString(plain.substring(colon + 1)));
                }
            } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException e) {
                throw new InvalidRequestException("after", "after is not a cursor of this list");
            }
        }
        throw new InvalidRequestException("after", "after is not a cursor of this list");
    }
}
