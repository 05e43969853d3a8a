package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.core.approval.Requests.NOW;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.CoreSettings;
import org.countersign.core.FakeEvent;
import org.countersign.core.TickingClock;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Principals;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table {@code who-may-decide.txt}, through the service. */
class WhoMayDecideTest {
    /** Whoever is no approver of it need not see what he may not decide. */
    private static final Set<String> UNSEEN = Set.of("not-an-approver", "self-approval", "machine-approval");

    private static final Pattern DELEGATED = Pattern.compile("(expired|revoked|suspended)? ?(\\w+)\\(([^)]*)\\)");

    record Row(
            int line,
            String request,
            String who,
            Set<String> roles,
            String linked,
            String delegated,
            String constraint,
            String answer) {
        @Override
        public String toString() {
            return "line " + line + ": " + who + " " + roles + (linked.isEmpty() ? "" : " = " + linked)
                    + (delegated.isEmpty() ? "" : " for " + delegated)
                    + (constraint.isEmpty() ? "" : " against a " + constraint + " constraint") + ", " + request + ": "
                    + answer;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream table = WhoMayDecideTest.class.getResourceAsStream("/who-may-decide.txt")) {
            List<String> lines = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return Stream.iterate(0, line -> line < lines.size(), line -> line + 1)
                    .filter(line -> !lines.get(line).startsWith("#"))
                    .map(line -> row(line + 1, lines.get(line).split("\\|")));
        }
    }

    private static Row row(int line, String... cells) {
        List<String> values = Arrays.stream(cells).map(String::strip).toList();
        return new Row(
                line,
                values.get(0),
                values.get(1),
                names(values.get(2)),
                values.get(3),
                values.get(4),
                values.get(5),
                values.get(6));
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersAsTheTableSays(Row row) {
        check(row, new World(row, World::command), State.APPROVED);
    }

    /** A grant begins with its approval: nothing is left to be executed. */
    @ParameterizedTest
    @MethodSource("rows")
    void answersTheSameWhenAGrantIsAskedFor(Row row) {
        check(row, new World(row, World::grant), State.EXECUTED);
    }

    private static void check(Row row, World world, State approved) {
        UUID approval = world.request();
        boolean accepted = row.answer().equals("accepted");

        if (UNSEEN.contains(row.answer())) {
            assertThat(world.why(approval)).isIn(row.answer(), "unseen");
        } else {
            assertThat(world.why(approval)).isEqualTo(row.answer());
        }
        assertThat(world.finds(approval)).isEqualTo(!world.why(approval).equals("unseen"));
        assertThat(world.decide(approval)).isEqualTo(row.answer());
        assertThat(world.state(approval)).isEqualTo(accepted ? approved : State.PENDING);
        assertThat(world.attempts.kept)
                .isEqualTo(
                        accepted
                                ? List.of()
                                : List.of(row.who() + " decide-approval " + approval + " " + row.answer()));
    }

    /** One row: who there is, who asks, who delegated. */
    private static final class World {
        private static final CoreSettings SETTINGS = new CoreSettings(
                URI.create(Requests.ISSUER),
                "countersign-api",
                URI.create("http://localhost:8080"),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Path.of("unused"),
                Path.of("unused"));

        private final Row row;
        private final BiFunction<Principal, ApprovalRequirement, ApprovalEntity> form;
        private final FakeApprovals approvals = new FakeApprovals();
        private final FakeDelegations delegations = new FakeDelegations();
        private final KeptAttempts attempts = new KeptAttempts();
        private final Map<Person, AccountFacts> facts = new HashMap<>();
        private final FakeSuspensions suspensions = new FakeSuspensions();
        private final Accounts accounts = new LinkedAccounts();
        private final ApprovalService service;

        World(Row row, BiFunction<Principal, ApprovalRequirement, ApprovalEntity> form) {
            this.row = row;
            this.form = form;
            var board = new EmptyPolicy();
            var responsible = new ResponsiblePersons(new TokenPrincipals(), accounts, board);
            var deciders = new Deciders(responsible, accounts, delegations, suspensions, board);
            service = new ApprovalService(
                    approvals,
                    new OpenRequests(approvals, deciders),
                    deciders,
                    attempts,
                    new NoHabits(),
                    new DecidersPast(past(), board),
                    board,
                    SETTINGS,
                    new TickingClock(NOW),
                    new FakeEvent<>());
            delegate();
        }

        /** What it takes to be in conflict is PastCheck's to know; it is tried in the container. */
        private FakePast past() {
            var past = new FakePast();
            String[] conflict = row.constraint().split(" ");
            Person whose = person(
                    switch (conflict.length == 1 ? "" : conflict[1]) {
                        case "linked" -> row.linked();
                        case "delegator" -> row.delegated().replaceAll("\\(.*", "");
                        default -> row.who();
                    });
            if (conflict[0].equals("static")) {
                past.holding = Optional.of(whose);
            }
            past.acted = Optional.of(conflict[0].equals("history") ? whose : person("nobody"));
            past.obstacle = Optional.of(new Verdict.Deny(
                    List.of("a-constraint"), CountersignError.CONFLICT_OF_DUTIES, "Kept apart.", "Ask another."));
            return past;
        }

        private void delegate() {
            Matcher delegated = DELEGATED.matcher(row.delegated());
            if (!delegated.matches()) {
                return;
            }
            Person from = person(delegated.group(2));
            facts.put(
                    from,
                    new AccountFacts(
                            from,
                            Optional.empty(),
                            realmRoles(names(delegated.group(3))),
                            groups(names(delegated.group(3))),
                            NOW));
            boolean expired = "expired".equals(delegated.group(1));
            var delegation = new DelegationEntity(
                    from, row.who(), "holiday", NOW.minusSeconds(100), expired ? NOW : NOW.plusSeconds(100));
            if ("suspended".equals(delegated.group(1))) {
                suspensions.suspended.add(from);
            }
            if ("revoked".equals(delegated.group(1))) {
                delegation.revoke("bob", NOW.minusSeconds(1));
            }
            delegations.add(delegation);
        }

        UUID request() {
            Principal requester = switch (row.request()) {
                case "agent" -> Requests.ORDERS_AGENT;
                case "agent-for" -> actingFor("frank");
                case "person" -> Requests.person("frank", "countersign-cli");
                default -> throw new IllegalArgumentException(row.request());
            };
            ApprovalEntity approval = form.apply(
                    requester,
                    new ApprovalRequirement(
                            List.of(new Approvers(Set.of("approver"), Set.of("/reviewers"), Set.of())),
                            1,
                            Duration.ofMinutes(15),
                            Duration.ofMinutes(5)));
            approvals.add(approval);
            return approval.id();
        }

        static ApprovalEntity command(Principal requester, ApprovalRequirement requirement) {
            HeldCommand held = Requests.held(requester, SessionId.random(), Requests.update("7"), 1, false);
            return new ApprovalEntity(
                    UUID.randomUUID(),
                    new HeldCommand(
                            held.session(),
                            held.command(),
                            held.commandsSoFar(),
                            held.digest(),
                            new Verdict.Hold(List.of("rule"), requirement, ""),
                            held.policyVersion(),
                            false),
                    Set.of(),
                    NOW);
        }

        static ApprovalEntity grant(Principal requester, ApprovalRequirement requirement) {
            return new ApprovalEntity(
                    UUID.randomUUID(),
                    new Application(
                            UUID.randomUUID(),
                            requester,
                            "shop",
                            Map.of(),
                            "the role maker for an hour",
                            List.of("sql:update"),
                            List.of("public.orders"),
                            List.of("rule"),
                            "",
                            requirement,
                            1,
                            "a correction"),
                    "sha256:00",
                    requester.responsiblePersons(),
                    NOW);
        }

        private static Principal actingFor(String person) {
            Principal agent = Requests.ORDERS_AGENT;
            return new Principal(
                    agent.issuer(),
                    agent.subject(),
                    agent.name(),
                    true,
                    agent.owner(),
                    Optional.of(person(person)),
                    List.of(),
                    Set.of(),
                    Set.of(),
                    agent.client(),
                    Optional.empty());
        }

        private Caller caller() {
            return switch (row.who()) {
                case "orders-agent" -> Requests.caller(Requests.ORDERS_AGENT);
                case "bob-bot" -> Requests.caller(Requests.agent("bob-bot", "bob", List.of()));
                default ->
                    Requests.caller(new Principal(
                            Requests.ISSUER,
                            "subject-of-" + row.who(),
                            row.who(),
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            realmRoles(row.roles()),
                            groups(row.roles()),
                            "countersign-portal",
                            Optional.empty()));
            };
        }

        String why(UUID approval) {
            return service.list(caller(), ApprovalFilter.newest(1)).items().stream()
                    .filter(view -> view.id().equals(approval))
                    .map(view -> view.why().map(RefusalReason::label).orElse("accepted"))
                    .findFirst()
                    .orElse("unseen");
        }

        boolean finds(UUID approval) {
            return service.find(caller(), approval).isPresent();
        }

        String decide(UUID approval) {
            try {
                service.decide(caller(), approval, DecisionKind.APPROVE, "seen");
                return "accepted";
            } catch (ApprovalRefusedException e) {
                return e.reason().label();
            }
        }

        State state(UUID approval) {
            return approvals.find(approval).orElseThrow().state();
        }

        private static Set<String> realmRoles(Set<String> names) {
            return names.stream().filter(name -> !name.startsWith("/")).collect(Collectors.toSet());
        }

        private static Set<String> groups(Set<String> names) {
            return names.stream().filter(name -> name.startsWith("/")).collect(Collectors.toSet());
        }

        private static Person person(String name) {
            return new Person(Requests.ISSUER, name);
        }

        private final class LinkedAccounts extends Accounts {
            @Override
            public Set<Person> linked(Collection<Person> persons) {
                var linked = new HashSet<>(persons);
                if (!row.linked().isEmpty()) {
                    var both = Set.of(person(row.who()), person(row.linked()));
                    if (persons.stream().anyMatch(both::contains)) {
                        linked.addAll(both);
                    }
                }
                return linked;
            }

            @Override
            public Optional<AccountFacts> facts(Person account) {
                return Optional.ofNullable(facts.get(account));
            }
        }
    }

    private static final class TokenPrincipals extends Principals {
        @Override
        public Set<Person> responsibleNow(Principal principal) {
            return principal.responsiblePersons();
        }
    }

    private static final class EmptyPolicy extends PolicyBoard {
        @Override
        public Optional<PolicySnapshot> current() {
            return Optional.of(new PolicySnapshot(1, Map.of(), List.of(), List.of(), List.of()));
        }
    }
}
