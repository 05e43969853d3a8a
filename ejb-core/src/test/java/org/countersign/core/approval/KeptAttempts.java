package org.countersign.core.approval;

import java.util.ArrayList;
import java.util.List;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.model.session.Principal;

/** Remembers which attempts were refused. */
public final class KeptAttempts extends Attempts {
    public final List<String> kept = new ArrayList<>();

    @Override
    public void note(Principal who, Attempt attempt, String object, String reason, String message) {
        kept.add(who.name() + " " + attempt.label() + " " + object + " " + reason);
    }
}
