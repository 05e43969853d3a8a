package org.countersign.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import org.countersign.core.grant.EligibleView;
import org.countersign.core.grant.GrantView;
import org.countersign.model.session.Person;

/** A role for a time, and what can be asked for or taken. */
final class GrantJson {
    private GrantJson() {}

    static JsonObject of(GrantView grant) {
        return new Fields()
                .id("id", grant.id())
                .text("kind", grant.kind().label())
                .text("state", grant.state().label())
                .text("rule", grant.rule())
                .text("name", grant.name())
                .text("role", grant.role())
                .value("principal", PrincipalJson.of(grant.principal()))
                .text("target", grant.target())
                .texts("actions", grant.actions())
                .texts("resources", grant.resources())
                .texts("functions", grant.functions())
                .texts("overrides", grant.overrides())
                .flag("single", grant.single())
                .text("duration", grant.duration().toString())
                .text("reason", grant.reason())
                .text("ticket", grant.ticket())
                .text("approval", grant.approval().map(Object::toString))
                .time("requestedAt", grant.requestedAt())
                .time("startsAt", grant.startsAt())
                .time("endsAt", grant.endsAt())
                .time("endedAt", grant.endedAt())
                .text("endedBy", grant.endedBy())
                .text("endedReason", grant.endedReason())
                .number("uses", grant.uses())
                .time("firstUse", grant.firstUse())
                .time("lastUse", grant.lastUse())
                .time("reviewDue", grant.reviewDue())
                .value(
                        "review",
                        grant.review().<JsonValue>map(GrantJson::review).orElse(JsonValue.NULL))
                .flag("mayEnd", grant.mayEnd())
                .flag("mayReview", grant.mayReview())
                .text("whyNot", grant.whyNot())
                .json();
    }

    private static JsonObject review(GrantView.ReviewView review) {
        return new Fields()
                .text("by", review.by())
                .text("finding", review.finding().label())
                .text("words", review.words())
                .time("at", review.at())
                .texts("accounts", names(review.accounts()))
                .texts("reviewed", names(review.reviewed()))
                .json();
    }

    private static Collection<String> names(Collection<Person> persons) {
        return persons.stream().map(Person::name).sorted().distinct().toList();
    }

    static JsonObject of(EligibleView eligible) {
        return new Fields()
                .text("name", eligible.name())
                .text("role", eligible.role())
                .texts("targets", eligible.targets())
                .each("permitted", eligible.permitted(), GrantJson::permitted)
                .text("longest", eligible.longest().toString())
                .flag("single", eligible.singleOnly())
                .flag("ticketRequired", eligible.ticketRequired())
                .text("decidedBy", eligible.decidedBy())
                .text("blocked", eligible.blocked())
                .json();
    }

    private static JsonObject permitted(EligibleView.Permitted permitted) {
        return new Fields()
                .texts("actions", permitted.actions())
                .texts("resources", permitted.resources())
                .texts("functions", permitted.functions())
                .json();
    }
}
