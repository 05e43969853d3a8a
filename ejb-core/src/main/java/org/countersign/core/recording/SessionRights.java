package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.countersign.core.CoreSettings;
import org.countersign.core.identity.Rotation;
import org.countersign.core.identity.Rotations;
import org.countersign.core.identity.SessionProofs;
import org.countersign.core.identity.Suspensions;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.session.Principal;

/** Ends the sessions on this node whose principal would not be let in any more, as far as the store and the policy say. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class SessionRights {
    @Inject
    private LiveSessions live;

    @Inject
    private SessionProofs proofs;

    @Inject
    private Suspensions suspensions;

    @Inject
    private Rotations rotations;

    @Inject
    private PolicyBoard board;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    void enforce() {
        endSuspended();
        endBarred();
        endRotated();
    }

    /** Also ends a session that was let in while its principal was being suspended, and one of a linked account. */
    private void endSuspended() {
        var farewells = new HashMap<Principal, String>();
        suspensions.among(live.principals()).forEach((who, suspension) -> farewells.put(who, suspension.farewell()));
        live.end(farewells);
    }

    private void endBarred() {
        board.current().ifPresent(policy -> {
            Instant now = clock.instant();
            var farewells = new HashMap<Principal, String>();
            live.principals()
                    .forEach(who -> PolicyDecision.barred(policy.registry(), who, now)
                            .ifPresent(refusal -> farewells.put(who, "The session was ended: " + refusal.message())));
            live.end(farewells);
        });
    }

    private void endRotated() {
        Map<String, Rotation> latest = rotations.latest(settings.issuer().toString());
        proofs.all()
                .forEach((session, proof) -> Rotations.outdating(proof.principal(), proof.token(), latest)
                        .ifPresent(rotation -> live.end(session, rotation.farewell())));
    }
}
