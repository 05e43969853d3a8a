package org.countersign.core.grant;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.countersign.core.approval.ApproverText;
import org.countersign.core.policy.Actions;
import org.countersign.model.policy.BreakGlass;
import org.countersign.model.policy.Eligibility;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;

/** What can be asked for, or taken, as whoever may sees it. */
final class Eligibles {
    private Eligibles() {}

    static Optional<EligibleView> of(PolicySnapshot snapshot, Eligibility rule) {
        return snapshot.role(rule.role())
                .map(role -> new EligibleView(
                        rule.name(),
                        role.name(),
                        targets(snapshot, role, rule::on),
                        permitted(role),
                        rule.longest(),
                        rule.singleOnly(),
                        rule.ticketRequired(),
                        ApproverText.of(rule.approval()),
                        ""));
    }

    static Optional<EligibleView> of(PolicySnapshot snapshot, BreakGlass rule, String blocked) {
        return snapshot.role(rule.role())
                .map(role -> new EligibleView(
                        rule.name(),
                        role.name(),
                        targets(snapshot, role, rule::on),
                        permitted(role),
                        rule.longest(),
                        false,
                        false,
                        ApproverText.of(rule.reviewers()),
                        blocked));
    }

    private static List<String> targets(PolicySnapshot snapshot, RolePolicy role, Predicate<String> offered) {
        return snapshot.targets().keySet().stream()
                .filter(offered)
                .filter(role::on)
                .sorted()
                .toList();
    }

    private static List<EligibleView.Permitted> permitted(RolePolicy role) {
        return role.permissions().stream()
                .map(permission -> new EligibleView.Permitted(
                        Actions.meantBy(permission.actions()),
                        permission.resources().stream()
                                .map(ResourcePattern::toString)
                                .toList(),
                        permission.functions().stream().map(Object::toString).toList()))
                .toList();
    }
}
