package org.countersign.core.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the reader of manifests once: setting up CEL takes a while. */
@ApplicationScoped
public class PolicyProducer {
    @Produces
    @Singleton
    ManifestReader reader() {
        return new ManifestReader(new ConditionCompiler());
    }
}
