package org.countersign.connector;

import static org.countersign.model.policy.Guardrail.Effect.APPROVE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.countersign.connector.session.Core;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.HashKey;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Background;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.Judgement;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.port.AccessDesk;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.Allowance;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.SessionControl;
import org.countersign.model.port.SessionGrant;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.jspecify.annotations.Nullable;

/** The core by hand: the demo's policy over the real decision, principals by name, approvals in a map. */
final class TestCore implements AccessDesk, CommandDesk, ApprovalDesk {
    static final String PASSWORD = "token";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String ISSUER = "https://idp.example/realms/countersign";
    private static final Map<FieldName, Set<String>> CLASSES = Map.of(
            new FieldName("public.customers", "email"), Set.of("email"),
            new FieldName("public.customers", "phone"), Set.of("phone"),
            new FieldName("public.customers", "card_number"), Set.of("pan"),
            new FieldName("public.customers", "salary"), Set.of("confidential"),
            new FieldName("public.customers", "profile"), Set.of("email"),
            new FieldName("public.payments", "card_number"), Set.of("pan"));
    private final Upstream upstream;
    final Map<UUID, Pending> approvals = new ConcurrentHashMap<>();
    final Map<String, ScramVerifier> credentials = new ConcurrentHashMap<>();
    final Map<SessionId, SessionControl> sessions = new ConcurrentHashMap<>();
    volatile Duration lifetime = LIFETIME;
    volatile boolean deskBroken;

    /** What happens to the answer of an approval that was used up. */
    volatile Runnable redeemed = () -> {};

    /** The demo's, unless a test has another for the target {@code shop}. */
    volatile PolicySnapshot policy;

    /** What the store says to a command that may run as far as the policy goes; empty when it is not asked. */
    volatile Optional<UnaryOperator<Ruling>> settling = Optional.empty();

    /** What commands draw on. */
    volatile Allowance allowance = Allowance.UNLIMITED;

    /** What was decided about last. */
    volatile @Nullable Command decided;

    /** An approval in the making. */
    static final class Pending {
        final UUID id = UUID.randomUUID();
        final HeldCommand held;
        final Waiter waiter;
        volatile State state = State.PENDING;
        volatile @Nullable End end;

        Pending(HeldCommand held, Waiter waiter) {
            this.held = held;
            this.waiter = waiter;
        }
    }

    TestCore(Upstream upstream) {
        this(upstream, demo(upstream));
    }

    /** With a policy of its own, for the target {@code shop}. */
    TestCore(Upstream upstream, PolicySnapshot policy) {
        this.upstream = upstream;
        this.policy = policy;
    }

    private static PolicySnapshot demo(Upstream upstream) {
        return new PolicySnapshot(
                7,
                Map.of("shop", TestTargets.shop(upstream, Map.of("env", "prod"), CLASSES, Set.of("pan", "email"))),
                List.of(
                        role("support-reader", "support-agent", List.of("sql:select")),
                        role(
                                "orders-writer",
                                "orders-agent",
                                List.of(
                                        "sql:select",
                                        "sql:insert",
                                        "sql:update",
                                        "sql:delete",
                                        "sql:copy-in",
                                        "sql:copy-out")),
                        new RolePolicy(
                                "masked-engineer",
                                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(), Set.of("mallory")),
                                List.of(new Permission(
                                        globs(List.of("*")),
                                        globs(List.of("*")),
                                        List.of(new ResourcePattern("*")),
                                        globs(List.of("*move_card*")))),
                                Map.of("pan", MaskKind.FIRST6LAST4, "email", MaskKind.PARTIAL),
                                Long.MAX_VALUE),
                        new RolePolicy(
                                "engineer",
                                new RolePolicy.Holders(Set.of(), Set.of(), Set.of("free-agent"), Set.of("frank")),
                                List.of(new Permission(
                                        globs(List.of("*")),
                                        globs(List.of("*")),
                                        List.of(new ResourcePattern("*")),
                                        globs(List.of("*")))),
                                Map.of("*", MaskKind.CLEAR),
                                Long.MAX_VALUE)),
                List.of(new Guardrail(
                        "agent-writes-need-a-person",
                        TargetSelector.everyTarget(),
                        situation -> situation.session().principal().name().equals("orders-agent")
                                && situation.command().effects().contains(Effect.WRITE),
                        APPROVE,
                        0,
                        "Writes by agents on production need a person.",
                        Optional.of(new ApprovalRequirement(
                                List.of(new ApprovalRequirement.Approvers(Set.of("approver"), Set.of(), Set.of())),
                                1,
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1))))),
                List.of());
    }

    private static RolePolicy role(String name, String client, List<String> actions) {
        return new RolePolicy(
                name,
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(client), Set.of()),
                List.of(new Permission(
                        globs(List.of("shop")),
                        globs(actions),
                        List.of(
                                new ResourcePattern("public.customers"),
                                new ResourcePattern("public.orders"),
                                new ResourcePattern("public.customer_contact")),
                        List.of())),
                Map.of("pan", MaskKind.FIRST6LAST4, "email", MaskKind.PARTIAL),
                2000);
    }

    private static List<Glob> globs(List<String> texts) {
        return texts.stream().map(Glob::new).toList();
    }

    Core core() {
        return new Core(this, this, this);
    }

    @Override
    public Optional<ScramVerifier> credential(String user) {
        return Optional.ofNullable(credentials.get(user));
    }

    @Override
    public String issuer() {
        return ISSUER;
    }

    @Override
    public SessionGrant open(AccessRequest request, SessionControl control) throws AccessRefusedException {
        if (deskBroken) {
            throw new IllegalStateException("the endpoint is gone");
        }
        if (request.proof() instanceof AccessRequest.Proof.Token token
                && !token.token().reveal().equals(PASSWORD)) {
            throw new AccessRefusedException(
                    CountersignError.WRONG_PASSWORD, "The token is not valid.", "Get another.");
        }
        if (!request.database().equals("shop")) {
            throw new AccessRefusedException(
                    CountersignError.UNKNOWN_TARGET, "There is no target " + request.database() + ".", "");
        }
        Principal principal = principal(request.user().split("#", 2)[0]);
        var facts = new SessionFacts(
                request.session(),
                principal,
                "shop",
                request.protocol(),
                Map.of("env", "prod"),
                request.address(),
                request.tls(),
                Instant.now());
        sessions.put(request.session(), control);
        return new SessionGrant(
                facts,
                request.proof() instanceof AccessRequest.Proof.Inquiry
                        ? Optional.of(principal("erin"))
                        : Optional.empty(),
                Instant.now().plus(lifetime),
                upstream,
                classified(),
                new HashKey(new byte[16]));
    }

    private Set<FieldName> classified() {
        return policy.target("shop").orElseThrow().classes().keySet();
    }

    private static Principal principal(String name) {
        boolean agent = name.endsWith("-agent");
        return new Principal(
                ISSUER,
                "subject-" + name,
                name,
                agent,
                agent ? Optional.of(new Person(ISSUER, "alice")) : Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                name,
                Optional.empty());
    }

    @Override
    public void explains(Explainer explainer) {
        throw new IllegalStateException("only the resource adapter says so");
    }

    @Override
    public void closed(SessionId session, SessionControl.Counters counters, String reason) {
        sessions.remove(session);
    }

    @Override
    public Ruling decide(SessionFacts session, Command command, long commandsSoFar) {
        if (deskBroken) {
            throw new IllegalStateException("the endpoint is gone");
        }
        decided = command;
        Judgement judgement = PolicyDecision.judge(
                policy, session, command, commandsSoFar, Instant.now(), Optional.empty(), Background.NONE);
        return new Ruling(
                judgement.verdict(),
                7,
                settling.isPresent() && !command.accesses().isEmpty(),
                judgement.risk(),
                judgement.estimateMissing(),
                allowance);
    }

    @Override
    public Ruling settle(SessionFacts session, Command command, long commandsSoFar, Ruling ruling) {
        return settling.orElseThrow().apply(ruling);
    }

    @Override
    public Receipt request(HeldCommand held, Waiter waiter) {
        for (Pending earlier : approvals.values()) {
            if (held.deferred()
                    && earlier.held.digest().equals(held.digest())
                    && (earlier.state == State.PENDING || earlier.state == State.APPROVED)) {
                return receipt(earlier);
            }
        }
        var pending = new Pending(held, waiter);
        approvals.put(pending.id, pending);
        return receipt(pending);
    }

    private static Receipt receipt(Pending pending) {
        return new Receipt(
                pending.id,
                "http://localhost:8080/approvals/" + pending.id,
                pending.state,
                Instant.now().plusSeconds(60));
    }

    /** A person's decision. */
    void settle(Pending pending, State state, String reason) {
        pending.state = state;
        pending.waiter.settled(new Outcome(state, List.of("bob"), reason));
    }

    /** A person's decision on everything that waits for one. */
    void settleAll(State state) {
        approvals.values().stream()
                .filter(pending -> pending.state == State.PENDING)
                .forEach(pending -> settle(pending, state, "by the test"));
    }

    /** As at the start, but for what was asked and decided. */
    void mend() {
        lifetime = LIFETIME;
        deskBroken = false;
        redeemed = () -> {};
        settling = Optional.empty();
        allowance = Allowance.UNLIMITED;
    }

    @Override
    public Ruling redeem(UUID approval, HeldCommand held) {
        Pending pending = approvals.get(approval);
        if (pending == null
                || pending.state != State.APPROVED
                || !pending.held.digest().equals(held.digest())) {
            throw new IllegalStateException("not approved");
        }
        pending.state = State.EXECUTED;
        redeemed.run();
        return new Ruling(
                PolicyDecision.decideApproved(
                        policy,
                        held.session(),
                        held.command(),
                        held.commandsSoFar(),
                        Instant.now(),
                        held.hold().requirement()),
                7);
    }

    @Override
    public void withdraw(UUID approval, String reason) {
        Pending pending = approvals.get(approval);
        if (pending != null && pending.state == State.PENDING) {
            pending.state = State.WITHDRAWN;
        }
    }

    @Override
    public void finished(UUID approval, End end) {
        Pending pending = approvals.get(approval);
        if (pending != null) {
            pending.end = end;
            pending.state = end == End.EXECUTED ? State.EXECUTED : State.FAILED;
        }
    }
}
