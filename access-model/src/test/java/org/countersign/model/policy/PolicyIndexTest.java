package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class PolicyIndexTest {
    private static final int NAMES = 4;
    private final Random random = new Random(5);

    @Test
    void findsWhatAskingEachRoleAndEachGuardrailFinds() {
        for (int round = 0; round < 200; round++) {
            List<RolePolicy> roles = IntStream.range(0, 12).mapToObj(this::role).toList();
            List<Guardrail> guardrails =
                    IntStream.range(0, 12).mapToObj(this::guardrail).toList();
            List<TargetPolicy> targets =
                    IntStream.range(0, NAMES).mapToObj(PolicyIndexTest::target).toList();
            var index = new PolicyIndex(targets, roles, guardrails);
            Principal who = principal();

            assertThat(index.heldBy(who))
                    .isEqualTo(roles.stream()
                            .filter(role -> role.holders().include(who))
                            .toList());
            for (TargetPolicy target : targets) {
                assertThat(index.guardrailsOn(target))
                        .isEqualTo(guardrails.stream()
                                .filter(guardrail -> guardrail.targets().selects(target))
                                .toList());
            }
        }
    }

    private RolePolicy role(int i) {
        return new RolePolicy(
                "role-" + i,
                new RolePolicy.Holders(some("r"), some("g"), some("p"), some("p")),
                List.of(),
                Map.of(),
                1);
    }

    private Guardrail guardrail(int i) {
        return new Guardrail(
                "guardrail-" + i,
                random.nextBoolean()
                        ? new TargetSelector(List.of(new Glob("t" + random.nextInt(NAMES))), Map.of())
                        : new TargetSelector(List.of(), Map.of("env", "e" + random.nextInt(2))),
                situation -> true,
                Guardrail.Effect.DENY,
                0,
                "",
                Optional.empty());
    }

    private static TargetPolicy target(int i) {
        return new TargetPolicy(
                "t" + i,
                Map.of("env", "e" + i % 2),
                "postgresql",
                "127.0.0.1",
                5432,
                "shop",
                "disable",
                List.of(),
                Map.of(),
                Set.of(),
                Set.of());
    }

    private Principal principal() {
        boolean agent = random.nextBoolean();
        String name = "p" + random.nextInt(NAMES);
        return new Principal(
                "issuer",
                "subject",
                name,
                agent,
                agent ? Optional.of(new Person("issuer", "alice")) : Optional.empty(),
                Optional.empty(),
                List.of(),
                some("r"),
                some("g"),
                name,
                Optional.empty());
    }

    private Set<String> some(String prefix) {
        return IntStream.range(0, NAMES)
                .filter(i -> random.nextInt(3) == 0)
                .mapToObj(i -> prefix + i)
                .collect(Collectors.toSet());
    }
}
