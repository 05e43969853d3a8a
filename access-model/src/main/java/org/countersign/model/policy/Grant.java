package org.countersign.model.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;

/**
 * A role, or a part of one, that one principal has for a time.
 *
 * @param role the name of the role
 * @param scope what of the role; nothing beyond it and nothing beyond the role is given
 * @param overrides names of static constraints that do not count this role
 * @param single whether it is used up by one command
 * @param use the command that used it up
 * @param end why it is over, if it is
 */
public record Grant(
        UUID id,
        Kind kind,
        Holder holder,
        String role,
        Permission scope,
        Instant endsAt,
        Set<String> overrides,
        boolean single,
        Optional<Use> use,
        Optional<End> end) {
    public Grant {
        overrides = Set.copyOf(overrides);
    }

    /** How it came about. */
    public enum Kind {
        /** Others approved it. */
        GRANT,
        /** The holder took it in an emergency. */
        BREAK_GLASS;

        /** The stable name: {@code break-glass}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whose it is: this account, and the whole chain through which it acts. */
    public record Holder(String issuer, String subject, String name, boolean agent, List<Actor> act) {
        public Holder {
            act = List.copyOf(act);
        }

        public static Holder of(Principal who) {
            return new Holder(who.issuer(), who.subject(), who.name(), who.agent(), who.act());
        }
    }

    /** @param command its number in the session, from 1 */
    public record Use(SessionId session, long command) {}

    /** @param how in words that go on after its name: {@code was revoked by bob} */
    public record End(Instant at, String how) {}

    /** What names it as the rule that let a command run: {@code grant:5c1e…}. */
    public String rule() {
        return rule(kind, id);
    }

    public static String rule(Kind kind, UUID id) {
        return kind.label() + ":" + id;
    }

    /** The grant that a rule of a verdict names; empty when it names something else. */
    public static Optional<UUID> named(String rule) {
        for (Kind kind : Kind.values()) {
            if (rule.startsWith(kind.label() + ":")) {
                return Optional.of(UUID.fromString(rule.substring(kind.label().length() + 1)));
            }
        }
        return Optional.empty();
    }

    /** Returns whether a rule of a verdict names a break-glass. */
    public static boolean breaksGlass(String rule) {
        return rule.startsWith(Kind.BREAK_GLASS.label() + ":");
    }

    /** Returns whether it gives anything. */
    public boolean inForce() {
        return end.isEmpty() && use.isEmpty();
    }

    /** What it is to one command at one moment: the command that used it up still has it. */
    Grant at(SessionId session, long command, Instant now) {
        if (end.isPresent()) {
            return this;
        }
        if (!now.isBefore(endsAt)) {
            return with(Optional.of(new End(endsAt, "has run out")));
        }
        if (use.isEmpty()) {
            return this;
        }
        return use.get().equals(new Use(session, command))
                ? new Grant(id, kind, holder, role, scope, endsAt, overrides, single, Optional.empty(), end)
                : with(Optional.of(new End(now, "was for one command, which has run")));
    }

    private Grant with(Optional<End> over) {
        return new Grant(id, kind, holder, role, scope, endsAt, overrides, single, use, over);
    }

    /** The part of the role that it gives. */
    RolePolicy of(RolePolicy whole) {
        return new RolePolicy(
                whole.name(),
                RolePolicy.Holders.NOBODY,
                whole.permissions().stream()
                        .map(permission -> permission.within(scope))
                        .toList(),
                whole.masking(),
                whole.rowsPerCommand(),
                whole.budgets());
    }
}
