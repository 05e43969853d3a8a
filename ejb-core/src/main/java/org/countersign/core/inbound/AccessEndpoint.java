package org.countersign.core.inbound;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.util.Optional;
import org.countersign.core.CoreSettings;
import org.countersign.core.agent.PermissionUses;
import org.countersign.core.explain.Explainers;
import org.countersign.core.grant.Standing;
import org.countersign.core.identity.CredentialService;
import org.countersign.core.identity.SessionProofs;
import org.countersign.core.recording.LiveSessions;
import org.countersign.core.recording.SessionEnds;
import org.countersign.core.risk.UseBoard;
import org.countersign.core.risk.UseStore;
import org.countersign.core.segregation.ActBacklog;
import org.countersign.core.segregation.SessionDuties;
import org.countersign.model.port.AccessDesk;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.SessionControl;
import org.countersign.model.port.SessionGrant;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.jboss.ejb3.annotation.ResourceAdapter;

/** The connector's way to the gatekeeper. */
@MessageDriven(messageListenerInterface = AccessDesk.class)
@ResourceAdapter("#proxy-connector.rar")
@PermitAll
public class AccessEndpoint implements AccessDesk {
    @Inject
    private Gatekeeper gatekeeper;

    @Inject
    private CredentialService credentials;

    @Inject
    private CoreSettings settings;

    @Inject
    private SessionEnds ends;

    @Inject
    private LiveSessions live;

    @Inject
    private SessionProofs proofs;

    @Inject
    private SessionDuties duties;

    @Inject
    private Standing standing;

    @Inject
    private ActBacklog backlog;

    @Inject
    private PermissionUses uses;

    @Inject
    private UseBoard used;

    @Inject
    private UseStore past;

    @Inject
    private Explainers explainers;

    @Override
    public Optional<ScramVerifier> credential(String user) {
        return credentials.verifier(user);
    }

    @Override
    public String issuer() {
        return settings.issuer().toString();
    }

    @Override
    public SessionGrant open(AccessRequest request, SessionControl control) throws AccessRefusedException {
        try {
            SessionGrant grant = gatekeeper.open(request);
            if (grant.asker().isPresent()) {
                backlog.asking(request.session());
                uses.asking(request.session());
            }
            SessionFacts facts = grant.facts();
            used.opened(facts, past.past(facts.principal(), facts.target(), facts.startedAt()));
            live.opened(request.session(), grant.facts().principal(), control);
            return grant;
        } catch (RuntimeException e) {
            ends.notOpened(request.session());
            proofs.closed(request.session());
            throw e;
        }
    }

    @Override
    public void closed(SessionId session, SessionControl.Counters counters, String reason) {
        live.closed(session);
        proofs.closed(session);
        uses.closed(session);
        duties.closed(session);
        standing.closed(session);
        used.closed(session);
        backlog.closed(session);
        ends.ended(session, counters, reason);
    }

    @Override
    public void explains(Explainer explainer) {
        explainers.introduce(explainer);
    }
}
