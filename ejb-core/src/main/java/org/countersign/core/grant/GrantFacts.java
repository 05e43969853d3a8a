package org.countersign.core.grant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Grant;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.session.SessionId;
import org.jspecify.annotations.Nullable;

/** What the decision is told of a grant that is, or lately was, in force. */
final class GrantFacts {
    private GrantFacts() {}

    static Grant of(GrantEntity entity, GrantView view, @Nullable String lastSession, @Nullable Long lastCommand) {
        boolean spent = entity.state() == GrantState.USED && lastSession != null && lastCommand != null;
        return new Grant(
                view.id(),
                view.kind(),
                Grant.Holder.of(entity.principal()),
                view.role(),
                scope(view.target(), view.actions(), view.resources(), view.functions()),
                view.endsAt().orElseThrow(),
                Set.copyOf(view.overrides()),
                view.single(),
                spent && lastSession != null && lastCommand != null
                        ? Optional.of(new Grant.Use(SessionId.of(lastSession), lastCommand))
                        : Optional.empty(),
                entity.state().over() && !spent
                        ? Optional.of(new Grant.End(entity.over(), entity.describedEnd()))
                        : Optional.empty());
    }

    /** What it would be if it began now. */
    static Grant foreseen(GrantEntity entity, Instant now) {
        GrantView view = entity.view();
        return new Grant(
                view.id(),
                view.kind(),
                Grant.Holder.of(entity.principal()),
                view.role(),
                scope(view.target(), view.actions(), view.resources(), view.functions()),
                now.plus(view.duration()),
                Set.copyOf(view.overrides()),
                view.single(),
                Optional.empty(),
                Optional.empty());
    }

    static Permission scope(String target, List<String> actions, List<String> resources, List<String> functions) {
        return new Permission(
                List.of(new Glob(target)),
                actions.stream().map(Glob::new).toList(),
                resources.stream().map(ResourcePattern::new).toList(),
                functions.stream().map(Glob::new).toList());
    }
}
