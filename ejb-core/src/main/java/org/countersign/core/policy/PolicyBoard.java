package org.countersign.core.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.countersign.model.policy.Grants;
import org.countersign.model.policy.PolicySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force on this node, for everyone who decides. Reading it takes no lock and no store. A policy that the
 * store has not confirmed for {@link #CONFIRMATION_HOLDS} is no longer shown.
 */
@ApplicationScoped
public class PolicyBoard {
    public static final Duration CONFIRMATION_HOLDS = Duration.ofSeconds(15);

    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Posted> posted = new AtomicReference<>();

    public PolicyBoard() {
        this(System::nanoTime);
    }

    PolicyBoard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Posted(PolicySnapshot snapshot, long confirmedAt) {}

    /** The policy that decides; empty when there is none or the store has not confirmed it lately. */
    public Optional<PolicySnapshot> current() {
        Posted last = posted.get();
        return last == null || nanoTime.getAsLong() - last.confirmedAt >= CONFIRMATION_HOLDS.toNanos()
                ? Optional.empty()
                : Optional.of(last.snapshot);
    }

    /**
     * Puts up what the store holds.
     *
     * @param asked {@link #now} from before the store was asked: time spent waiting for it counts
     */
    void post(PolicySnapshot snapshot, long asked) {
        posted.accumulateAndGet(
                new Posted(snapshot, asked),
                (last, next) -> last != null && next != null && newer(last, next) ? last : next);
    }

    /** Notes that the store still holds this version, and what is given beside it; returns false when another one is up. */
    boolean confirm(long version, Grants grants, long asked) {
        Posted last = posted.get();
        if (last == null || last.snapshot.version() != version) {
            return false;
        }
        post(last.snapshot.grants().equals(grants) ? last.snapshot : last.snapshot.with(grants), asked);
        return true;
    }

    /** Takes the policy down: nothing is decided until one is posted again. */
    void clear() {
        posted.set(null);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Two refreshes may overtake each other: the older answer loses. */
    private static boolean newer(Posted last, Posted next) {
        return last.snapshot.version() > next.snapshot.version()
                || (last.snapshot.version() == next.snapshot.version() && last.confirmedAt - next.confirmedAt > 0);
    }
}
