package org.countersign.model.session;

/**
 * One link of a token's {@code act} chain, outermost first.
 *
 * @param subject the {@code sub} of the acting party
 * @param name its {@code preferred_username} or client id; the subject where the token names neither
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.1">RFC 8693, act</a>
 */
public record Actor(String subject, String name) {}
