package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.countersign.core.CoreSettings;
import org.countersign.core.IntrospectionSettings;

/** Makes the one verifier, which remembers the issuer's keys. */
@ApplicationScoped
public class IdentityProducer {
    @Produces
    @Singleton
    TokenVerifier verifier(CoreSettings settings, Clock clock) {
        return new TokenVerifier(settings, new IssuerKeys(new IssuerDocuments(settings.issuer()), clock), clock);
    }

    @Produces
    @Singleton
    TokenChecks checks(CoreSettings settings, IntrospectionSettings introspection, Clock clock) {
        return new TokenChecks(
                introspection,
                introspection
                        .secret()
                        .map(secret -> new Introspection(
                                new IssuerDocuments(settings.issuer()), introspection.client(), secret)),
                clock);
    }

    @Produces
    @Singleton
    HashKeys hashKeys(CoreSettings settings) {
        return new HashKeys(settings.home());
    }
}
