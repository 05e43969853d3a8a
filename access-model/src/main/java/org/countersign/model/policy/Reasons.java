package org.countersign.model.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.session.SessionFacts;

/**
 * What {@link PolicyDecision} looks at when it judges a command, for people who want to know why. Made of the same parts;
 * decides nothing.
 */
public final class Reasons {
    private final PolicySnapshot snapshot;
    private final SessionFacts session;
    private final Command command;
    private final TargetPolicy target;
    private final Entitlement entitlement;
    private final Masks masks;
    private final Background background;

    private Reasons(
            PolicySnapshot snapshot,
            SessionFacts session,
            Command command,
            TargetPolicy target,
            Background background) {
        this.background = background;
        this.snapshot = snapshot;
        this.session = session;
        this.command = command;
        this.target = target;
        entitlement = Entitlement.of(snapshot, target, session.principal(), command);
        masks = entitlement.masks();
    }

    /** Returns nothing when the target is not configured any more. */
    public static Optional<Reasons> of(PolicySnapshot snapshot, SessionFacts session, Command command) {
        return of(snapshot, session, command, Background.NONE);
    }

    /** As it was judged before this background. */
    public static Optional<Reasons> of(
            PolicySnapshot snapshot, SessionFacts session, Command command, Background background) {
        return snapshot.target(session.target())
                .map(target -> new Reasons(snapshot, session, command, target, background));
    }

    /** The roles with a permission on the target. */
    public List<RolePolicy> roles() {
        return with(entitlement.onTarget());
    }

    /** The roles whose masks hold for the command. */
    public List<RolePolicy> covering() {
        return with(entitlement.covering());
    }

    private List<RolePolicy> with(List<RolePolicy> held) {
        return Stream.concat(held.stream(), entitlement.granted().stream().map(GrantedRole::role))
                .toList();
    }

    /** Names of the roles that permit the access; empty when it is missing. */
    public List<String> permitting(Access access) {
        return with(permission -> permission.covers(access));
    }

    /** Names of the roles that name the function; empty when none does. */
    public List<String> naming(String function) {
        return with(permission -> permission.names(function));
    }

    private List<String> with(Predicate<Permission> permits) {
        return roles().stream()
                .filter(role -> role.permissions().stream()
                        .anyMatch(permission -> permission.on(target.name()) && permits.test(permission)))
                .map(RolePolicy::name)
                .toList();
    }

    public Set<String> classes(FieldName field) {
        return target.classesOf(field);
    }

    /** How the principal sees the field when it runs this command. */
    public MaskKind mask(FieldName field) {
        return masks.of(field);
    }

    /** The mask of the column that comes back: the strictest of all it may carry. */
    public MaskKind mask(OutputField output) {
        return masks.of(output);
    }

    /** The content detectors whose finds are masked in everything else. */
    public Set<String> detectors() {
        return masks.planFor(command).detectors().keySet();
    }

    /** The guardrails that apply to the command or one of its statements and are not lifted. */
    public List<Guardrail> guardrails(Instant now) {
        var applying = new LinkedHashSet<Guardrail>();
        applying.addAll(applyingTo(entitlement, command, now));
        if (command.statements() > 1) {
            for (Command part : command.parts()) {
                applying.addAll(applyingTo(Entitlement.of(snapshot, target, session.principal(), part), part, now));
            }
        }
        return List.copyOf(applying);
    }

    private List<Guardrail> applyingTo(Entitlement entitled, Command judged, Instant now) {
        var check = GuardrailCheck.of(
                snapshot.index().guardrailsOn(target),
                PolicyDecision.situation(snapshot, session, target, entitled, judged, 0, now, background));
        var both = new ArrayList<>(check.denying());
        both.addAll(check.approving());
        return both;
    }
}
