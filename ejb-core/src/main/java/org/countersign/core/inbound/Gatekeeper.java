package org.countersign.core.inbound;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.core.CoreSettings;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.explain.Inquiries;
import org.countersign.core.identity.AccessToken;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.CallerService;
import org.countersign.core.identity.CredentialService;
import org.countersign.core.identity.HashKeys;
import org.countersign.core.identity.Principals;
import org.countersign.core.identity.ProvedCredential;
import org.countersign.core.identity.SessionProofs;
import org.countersign.core.identity.Suspensions;
import org.countersign.core.identity.TargetAccess;
import org.countersign.core.identity.TokenChecks;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.recording.SessionIndex;
import org.countersign.core.segregation.ConflictLook;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.core.target.SecretUnavailableException;
import org.countersign.core.target.TargetSecrets;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.AccessRequest.Proof;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/** Lets a client in, or says why not. A session that was let in is in the index when {@link #open} returns. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Gatekeeper {
    private static final int MAX_NAME_CHARACTERS = 512;
    private static final String CONFLICT = "conflict-of-duties";

    @Inject
    private CallerService callers;

    @Inject
    private CredentialService credentials;

    @Inject
    private Inquiries inquiries;

    @Inject
    private Principals principals;

    @Inject
    private Suspensions suspensions;

    @Inject
    private TokenChecks checks;

    @Inject
    private SessionProofs proofs;

    @Inject
    private PolicyBoard board;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private ConflictLook look;

    @Inject
    private Attempts attempts;

    @Inject
    private SignInRefusals refusals;

    @Inject
    private TargetSecrets secrets;

    @Inject
    private HashKeys hashKeys;

    @Inject
    private SessionIndex index;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    /**
     * Who it is.
     *
     * @param asker who wants something explained as the principal, where that is what the session is for
     * @param tokenEndsAt when the token ends that the proof is, or was made with
     * @param token the token itself; empty for one who asks for an explanation
     */
    private record Proved(
            Principal principal, Optional<Principal> asker, Instant tokenEndsAt, Optional<AccessToken> token) {
        Proved(Principal principal, AccessToken token) {
            this(principal, Optional.empty(), token.expiresAt(), Optional.of(token));
        }

        Proved at(Optional<String> task) throws AccessRefusedException {
            return new Proved(atWork(principal, task), asker, tokenEndsAt, token);
        }
    }

    /** What works on a task by its token works on no other. */
    private static Principal atWork(Principal principal, Optional<String> task) throws AccessRefusedException {
        if (task.isEmpty() || principal.task().equals(task)) {
            return principal;
        }
        if (principal.task().isPresent()) {
            throw new AccessRefusedException(
                    CountersignError.NOT_SIGNED_IN,
                    "The access token is for the task " + principal.task().get() + ", not for " + task.get() + ".",
                    "Connect without countersign.task, or get a token for that task.");
        }
        return principal.at(task.get());
    }

    public SessionGrant open(AccessRequest request) throws AccessRefusedException {
        if (request.user().length() > MAX_NAME_CHARACTERS || request.database().length() > MAX_NAME_CHARACTERS) {
            throw new AccessRefusedException(
                    CountersignError.NOT_SIGNED_IN,
                    "The user or database name is too long.",
                    "Each may have " + MAX_NAME_CHARACTERS + " characters.");
        }
        int slash = request.database().indexOf('/');
        String target = slash < 0 ? request.database() : request.database().substring(0, slash);
        Proved proved = prove(request, target).at(request.task());
        Optional<PolicySnapshot> snapshot = board.current();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        TargetPolicy policy = admitted(proved, snapshot, target, now);
        if (slash >= 0 && !request.database().substring(slash + 1).equals(policy.database())) {
            throw new AccessRefusedException(
                    CountersignError.UNKNOWN_TARGET,
                    "The target " + target + " offers only the database " + policy.database() + ".",
                    "Connect to " + target + ".");
        }
        Upstream upstream = upstream(snapshot.orElseThrow(), policy, proved.principal());
        if (proved.asker().isEmpty()) {
            principals.admit(proved.principal(), now);
        }
        var facts = new SessionFacts(
                request.session(),
                proved.principal(),
                target,
                request.protocol(),
                policy.labels(),
                request.address(),
                request.tls(),
                now);
        index.opened(facts, responsible.of(proved.asker().orElse(proved.principal())), proved.asker());
        proved.token()
                .ifPresent(
                        token -> proofs.opened(request.session(), new SessionProofs.Proof(proved.principal(), token)));
        return new SessionGrant(
                facts,
                proved.asker(),
                proved.tokenEndsAt().plus(checks.on() ? Duration.ZERO : settings.sessionGrace()),
                upstream,
                policy.classes().keySet(),
                hashKeys.of(target));
    }

    /** The target, if the policy lets him in there: by his own roles and by what others hold. */
    private TargetPolicy admitted(Proved proved, Optional<PolicySnapshot> snapshot, String target, Instant now)
            throws AccessRefusedException {
        try {
            TargetPolicy policy = TargetAccess.check(snapshot, proved.principal(), target, now);
            look.check(snapshot.orElseThrow(), proved.principal(), policy);
            return policy;
        } catch (AccessRefusedException e) {
            if (e.error() == CountersignError.CONFLICT_OF_DUTIES
                    && proved.asker().isEmpty()) {
                // commits: this exception takes nothing back, and a session that does not open has no recording
                attempts.note(
                        proved.principal(),
                        Attempt.OPEN_SESSION,
                        "Target/" + target,
                        CONFLICT,
                        String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private Proved prove(AccessRequest request, String target) throws AccessRefusedException {
        return switch (request.proof()) {
            case Proof.Token proof -> {
                Caller caller = verified(proof.token(), target);
                if (!caller.principal().name().equals(request.user())) {
                    throw new AccessRefusedException(
                            CountersignError.NOT_SIGNED_IN,
                            "The access token belongs to " + caller.principal().name() + ", not to the user "
                                    + request.user() + ".",
                            "Connect as " + caller.principal().name() + ".");
                }
                yield new Proved(caller.principal(), caller.token().orElseThrow());
            }
            case Proof.Credential proof -> {
                ProvedCredential credential = credentials
                        .proved(request.user())
                        .filter(known -> request.user().endsWith("#" + proof.id()))
                        .orElseThrow(() -> new AccessRefusedException(
                                CountersignError.WRONG_PASSWORD,
                                "The credential does not exist or has expired.",
                                "Make a new one."));
                if (!credential.target().equals(target)) {
                    throw new AccessRefusedException(
                            CountersignError.WRONG_PASSWORD,
                            "The credential is for another target.",
                            "Make one for this target.");
                }
                yield new Proved(current(credential, target), credential.token());
            }
            case Proof.Inquiry proof -> {
                Inquiries.Inquiry inquiry = inquiries
                        .redeem(proof.ticket())
                        .orElseThrow(() -> new AccessRefusedException(
                                CountersignError.NOT_SIGNED_IN, "Nobody asks for an explanation.", "Ask again."));
                suspensions.check(inquiry.subject());
                yield new Proved(inquiry.subject(), Optional.of(inquiry.asker()), inquiry.endsAt(), Optional.empty());
            }
        };
    }

    private Caller verified(Secret token, String target) throws AccessRefusedException {
        try {
            return callers.verify(token);
        } catch (AccessRefusedException e) {
            if (e.error() == CountersignError.NOT_SIGNED_IN) {
                callers.named(token).ifPresent(who -> refusals.note(who, target, e));
            }
            throw e;
        }
    }

    private Principal current(ProvedCredential credential, String target) throws AccessRefusedException {
        try {
            return callers.current(credential);
        } catch (AccessRefusedException e) {
            if (e.error() == CountersignError.NOT_SIGNED_IN) {
                refusals.note(credential.principal(), target, e);
            }
            throw e;
        }
    }

    private Upstream upstream(PolicySnapshot snapshot, TargetPolicy target, Principal principal)
            throws AccessRefusedException {
        Set<String> roles = snapshot.rolesOf(principal).stream()
                .filter(role -> role.on(target.name()))
                .map(RolePolicy::name)
                .collect(Collectors.toSet());
        try {
            return secrets.upstream(target, roles, Optional.empty());
        } catch (SecretUnavailableException e) {
            throw new AccessRefusedException(
                    CountersignError.TARGET_UNREACHABLE,
                    "The gateway has no account on target " + target.name() + " for the roles you hold.",
                    "Tell an administrator.");
        }
    }
}
