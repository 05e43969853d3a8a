package org.countersign.model.session;

import java.util.Locale;

/**
 * A human being as the identity provider knows him. Segregation of duties compares these, never account names.
 *
 * @param issuer the OIDC issuer that vouches for the name
 * @param name the lower-case {@code preferred_username}
 */
public record Person(String issuer, String name) {
    public Person {
        if (issuer.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("a person has an issuer and a name");
        }
        name = name.toLowerCase(Locale.ROOT);
    }
}
