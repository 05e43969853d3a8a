package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CARD;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.EMAIL;
import static org.countersign.model.policy.Drafts.NAME;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.Drafts.several;
import static org.countersign.model.policy.ShopPolicy.CLEAR;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.denied;
import static org.countersign.model.policy.ShopPolicy.select;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.command.Command;
import org.countersign.model.command.OutputField;
import org.countersign.model.masking.MaskKind;
import org.junit.jupiter.api.Test;

/** Why a verdict is what it is, and what a refusal tells to ask for. */
final class ReasonsTest {
    private final ShopPolicy policy = new ShopPolicy();

    private Reasons reasons(Command command) {
        return Reasons.of(policy.snapshot(), policy.session(), command).orElseThrow();
    }

    @Test
    void namesTheRolesThatPermitEachAccess() {
        policy.role("customers", select(CUSTOMERS), Map.of());
        policy.role("orders", select(ORDERS), CLEAR);
        Command command = command(
                        "select", access("select", CUSTOMERS, "id"), access("select", "public.payments", "id"))
                .build();

        Reasons reasons = reasons(command);

        assertThat(reasons.permitting(command.accesses().get(0))).containsExactly("customers");
        assertThat(reasons.permitting(command.accesses().get(1))).isEmpty();
        assertThat(reasons.roles()).extracting(RolePolicy::name).containsExactly("customers", "orders");
        assertThat(reasons.covering()).extracting(RolePolicy::name).containsExactly("customers");
    }

    @Test
    void masksAsTheVerdictDoes() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL, "pan", MaskKind.LAST4));
        Command command =
                reading(CUSTOMERS, "email").returning(Set.of(EMAIL, CARD)).build();

        assertThat(List.of(reasons(command).mask(command.outputs().getFirst())))
                .isEqualTo(ShopPolicy.allowed(policy.decide(command)).masks().columns())
                .containsExactly(MaskKind.LAST4);
        assertThat(reasons(command).mask(EMAIL)).isEqualTo(MaskKind.PARTIAL);
        assertThat(reasons(command).mask(NAME)).isEqualTo(MaskKind.CLEAR);
        assertThat(reasons(command).mask(new OutputField("n", Set.of()))).isEqualTo(MaskKind.CLEAR);
        assertThat(reasons(command).classes(CARD)).containsExactly("pan");
        assertThat(reasons(command).detectors()).contains("pan");
    }

    @Test
    void findsTheGuardrailsOfEveryStatementAndNotThoseThatAreLifted() {
        policy.role("reader", select("*"), CLEAR);
        policy.guardrail(
                "no-deletes",
                Guardrail.Effect.DENY,
                0,
                now -> now.command().kind().equals("delete"));
        policy.guardrail("ask", Guardrail.Effect.APPROVE, 0, now -> true);
        policy.guardrail("lift", Guardrail.Effect.ALLOW, 10, now -> true);

        assertThat(reasons(several(reading(ORDERS, "id"), command("delete", access("delete", ORDERS, "id"))))
                        .guardrails(NOW))
                .extracting(Guardrail::name)
                .containsExactly("no-deletes");
        policy.guardrails.removeLast();
        assertThat(reasons(reading(ORDERS, "id").build()).guardrails(NOW))
                .extracting(Guardrail::name)
                .containsExactly("ask");
    }

    @Test
    void aMissingPermissionIsNamedWithWhatToAskFor() {
        policy.role("reader", select(CUSTOMERS), CLEAR);

        var deny = denied(policy.decide(reading(ORDERS, "note")));

        assertThat(deny.message()).contains("sql:select on public.orders.(note)", "target shop");
        assertThat(deny.hint()).contains("reader", "ask an administrator for a role with that permission");
    }

    @Test
    void aMaskedColumnIsNamedWithTheDataClassToAskFor() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.CLEAR));

        var deny = denied(policy.decide(reading(CUSTOMERS, "id").examining(CARD, EMAIL)));

        assertThat(deny.message()).contains("public.customers.card_number").doesNotContain("email");
        assertThat(deny.hint()).contains("a role that sees the data class pan in clear");
    }

    @Test
    void aGuardrailIsNamedToTheOneWhoAsksAnAdministrator() {
        policy.role("reader", select(CUSTOMERS), CLEAR);
        policy.guardrail("never", Guardrail.Effect.DENY, 0, now -> true);

        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).hint()).contains("never");
    }
}
