package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CARD;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.EMAIL;
import static org.countersign.model.policy.Drafts.NAME;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.PROFILE;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.Drafts.utility;
import static org.countersign.model.policy.ShopPolicy.allowed;
import static org.countersign.model.policy.ShopPolicy.denied;
import static org.countersign.model.policy.ShopPolicy.holders;
import static org.countersign.model.policy.ShopPolicy.permission;
import static org.countersign.model.policy.ShopPolicy.select;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField.Content;
import org.countersign.model.masking.MaskKind;
import org.junit.jupiter.api.Test;

/** How what is permitted is shown, and what may not be done with what is masked. */
final class MaskDecisionTest {
    private final ShopPolicy policy = new ShopPolicy();

    @Test
    void masksAColumnAsItsClassIsListed() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL));
        var plan = allowed(
                        policy.decide(reading(CUSTOMERS, "email", "full_name").returning(Set.of(EMAIL), Set.of(NAME))))
                .masks();
        assertThat(plan.columns()).containsExactly(MaskKind.PARTIAL, MaskKind.CLEAR);
        assertThat(plan.messagesScrubbed()).isTrue();
    }

    @Test
    void classThatIsNotListedTakesTheStarAndWithoutOneIsRedacted() {
        policy.role("reader", select(CUSTOMERS), Map.of("*", MaskKind.HASH));
        assertThat(policy.columns(CARD)).containsExactly(MaskKind.HASH);
        policy.roles.clear();
        policy.role("reader", select(CUSTOMERS), Map.of());
        assertThat(policy.columns(CARD)).containsExactly(MaskKind.REDACT);
    }

    @Test
    void strictestOfSeveralSourcesAndOfSeveralClassesHolds() {
        policy.role(
                "reader",
                select(CUSTOMERS),
                Map.of("email", MaskKind.PARTIAL, "phone", MaskKind.LAST4, "pan", MaskKind.NULL));
        assertThat(policy.columns(EMAIL, CARD)).containsExactly(MaskKind.NULL);
        assertThat(policy.columns(PROFILE)).containsExactly(MaskKind.REDACT);
    }

    @Test
    void showsAPartOfOneStoredFieldOnly() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.HASH, "pan", MaskKind.CLEAR));
        assertThat(shown(Content.FIELD, EMAIL)).containsExactly(MaskKind.HASH);
        assertThat(shown(Content.SEVERAL, EMAIL, CARD)).containsExactly(MaskKind.REDACT);
        assertThat(shown(Content.COMPUTED, EMAIL, CARD)).containsExactly(MaskKind.NULL);
        assertThat(shown(Content.SEVERAL, CARD)).containsExactly(MaskKind.CLEAR);
        assertThat(shown(Content.COMPUTED, CARD)).containsExactly(MaskKind.CLEAR);
    }

    private List<MaskKind> shown(Content content, FieldName... sources) {
        return allowed(policy.decide(reading(CUSTOMERS, "email").returning(content, sources)))
                .masks()
                .columns();
    }

    @Test
    void strictestOfSeveralRolesHolds() {
        policy.role("one", select(CUSTOMERS), Map.of("pan", MaskKind.CLEAR));
        policy.role("two", select(CUSTOMERS), Map.of("pan", MaskKind.FIRST6LAST4));
        assertThat(policy.columns(CARD)).containsExactly(MaskKind.FIRST6LAST4);
    }

    @Test
    void roleThatCoversNothingOfTheCommandDoesNotMask() {
        policy.role("one", select(CUSTOMERS), Map.of("pan", MaskKind.CLEAR));
        policy.role("two", select(ORDERS), Map.of());
        assertThat(policy.columns(CARD)).containsExactly(MaskKind.CLEAR);
    }

    @Test
    void detectorsUseTheMaskOfTheirClass() {
        policy.role("reader", select(CUSTOMERS), Map.of("pan", MaskKind.FIRST6LAST4, "secret", MaskKind.CLEAR));
        var plan = allowed(policy.decide(reading(CUSTOMERS, "id"))).masks();
        assertThat(plan.detectors()).isEqualTo(Map.of("pan", MaskKind.FIRST6LAST4, "iban", MaskKind.REDACT));
    }

    @Test
    void whoSeesEveryClassInClearGetsMessagesAsTheyAre() {
        policy.role("dpo", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        var plan = allowed(policy.decide(reading(CUSTOMERS, "email").returning(Set.of(EMAIL))))
                .masks();
        assertThat(plan.messagesScrubbed()).isFalse();
        assertThat(plan.clear()).isTrue();
    }

    @Test
    void smallestRowLimitHolds() {
        policy.roles.add(new RolePolicy("a", holders("support-agent"), List.of(select("*")), Map.of(), 500));
        policy.roles.add(new RolePolicy("b", holders("support-agent"), List.of(select("*")), Map.of(), 20));
        assertThat(allowed(policy.decide(reading(CUSTOMERS, "id"))).masks().maxRows())
                .isEqualTo(20);
    }

    @Test
    void maskedColumnInAnExpressionIsDenied() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        var deny = denied(policy.decide(reading(CUSTOMERS, "id", "email").examining(EMAIL)));
        assertThat(deny.rules()).containsExactly("masked-column-in-expression");
        assertThat(deny.message()).contains("public.customers.email");
    }

    @Test
    void clearColumnInAnExpressionIsAllowed() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.CLEAR));
        assertThat(policy.decide(reading(CUSTOMERS, "id", "email").examining(EMAIL, NAME)))
                .isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void maskedColumnMayNotBeMoved() {
        policy.role("writer", permission(List.of("shop"), "sql:*", "public.*"), Map.of());
        var deny = denied(
                policy.decide(command("insert", access("insert", ORDERS, "note"), access("select", CUSTOMERS, "email"))
                        .moving(EMAIL)));
        assertThat(deny.rules()).containsExactly("masked-column-moved");
    }

    @Test
    void maskedColumnMayBeWrittenOnlyWhenAPermissionListsIt() {
        policy.role("writer", permission(List.of("shop"), "sql:*", "public.*"), Map.of());
        var update = command("update", access("update", CUSTOMERS, "email")).writing(EMAIL);
        assertThat(denied(policy.decide(update)).rules()).containsExactly("masked-column-written");
        policy.role("mailer", permission(List.of("shop"), "sql:update", "public.customers.(email)"), Map.of());
        assertThat(policy.decide(update)).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void maskIsNeverWrittenInThePlaceOfTheValue() {
        policy.role(
                "mailer",
                permission(List.of("shop"), "sql:update", "public.customers.(email)"),
                Map.of("email", MaskKind.PARTIAL));
        var update = command("update", access("update", CUSTOMERS, "email")).writing(EMAIL);
        assertThat(policy.decide(update.saying("anna@mail.example", "7"))).isInstanceOf(Verdict.Allow.class);
        for (Command masked :
                List.of(update.saying("a***@mail.example", "7"), update.saying("x", "a***@mail.example"))) {
            var deny = denied(policy.decide(masked));
            assertThat(deny.rules()).containsExactly("mask-written");
            assertThat(deny.message()).contains("public.customers.email").doesNotContain("mail.example");
        }
    }

    @Test
    void whoSeesTheValueMayWriteWhatLooksLikeAMask() {
        policy.role("owner", permission(List.of("shop"), "sql:*", "public.*"), Map.of("*", MaskKind.CLEAR));
        var update = command("update", access("update", CUSTOMERS, "email")).writing(EMAIL);
        assertThat(policy.decide(update.saying("***", "***"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void permissionToReadAColumnByNameDoesNotAllowToWriteIt() {
        policy.role("writer", permission(List.of("shop"), "sql:update", CUSTOMERS), Map.of());
        policy.role("reader", select("public.customers.(id,email)"), Map.of());
        var update = command("update", access("update", CUSTOMERS, "email"), access("select", CUSTOMERS, "email"))
                .writing(EMAIL);
        assertThat(denied(policy.decide(update)).rules()).containsExactly("masked-column-written");
    }

    @Test
    void statementThatCannotBeInspectedNeedsEverythingInClear() {
        policy.role("dba", permission(List.of("shop"), "sql:*", "*"), Map.of("pan", MaskKind.CLEAR));
        var deny = denied(policy.decide(utility("vacuum", "maintain")));
        assertThat(deny.rules()).containsExactly("cannot-be-inspected");
        assertThat(deny.error()).isEqualTo(CountersignError.CANNOT_BE_INSPECTED);
    }
}
