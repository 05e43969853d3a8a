package org.countersign.core.explain;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Explainer;
import org.jspecify.annotations.Nullable;

/** The connector of this node, as far as it explains. Safe for all threads. */
@ApplicationScoped
public class Explainers {
    private final AtomicReference<@Nullable Explainer> introduced = new AtomicReference<>();

    public void introduce(Explainer explainer) {
        introduced.set(explainer);
    }

    /** @throws AccessRefusedException 57P03 as long as the connector does not listen */
    Explainer current() throws AccessRefusedException {
        Explainer explainer = introduced.get();
        if (explainer == null) {
            throw new AccessRefusedException(
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The gateway is still starting.",
                    "Try again shortly; if it lasts, tell an administrator.");
        }
        return explainer;
    }
}
