package org.countersign.portal.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.effect.EffectService;
import org.countersign.core.effect.EffectView;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ChangeView;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.ManifestService;
import org.countersign.core.policy.Motive;

/** Shows changes of policy and takes what administrators say to them. */
public final class ChangesPresenter {
    private static final int PAGE = 20;
    private static final String PROPOSED = "proposed";
    private static final String CONFIRMED = "confirmed";
    private static final String ADMIN = "admin";

    private final ManifestService manifests;
    private final EffectService effects;
    private final Supplier<Caller> caller;

    public ChangesPresenter(ManifestService manifests, EffectService effects, Supplier<Caller> caller) {
        this.manifests = manifests;
        this.effects = effects;
        this.caller = caller;
    }

    /** What there is to see. */
    public sealed interface Listing {}

    public record Changes(List<ChangeView> changes, Optional<String> next) implements Listing {}

    /** @param reason written for the reader */
    public record Closed(String reason) implements Listing {}

    /** @param done whether it was accepted */
    public record Answer(boolean done, String message) {}

    public Listing list(Optional<String> after) {
        try {
            Page<ChangeView> page = manifests.changes(caller.get(), PAGE, after);
            return new Changes(page.items(), page.next());
        } catch (ChangeRefusedException e) {
            return new Closed(e.getMessage());
        }
    }

    /** Returns why this person cannot confirm a change that waits; empty when he can, or when it does not wait. */
    public Optional<String> obstacle(ChangeView change) {
        if (!waits(change)) {
            return Optional.empty();
        }
        Caller now = caller.get();
        if (now.principal().agent()) {
            return Optional.of("Machines do not countersign.");
        }
        if (!now.has(ADMIN)) {
            return Optional.of("Only an administrator can confirm a change.");
        }
        return own(change)
                ? Optional.of("You proposed this. A second administrator has to confirm it.")
                : Optional.empty();
    }

    public boolean waits(ChangeView change) {
        return change.state().equals(PROPOSED);
    }

    /** Returns whether this person can take the change back. */
    public boolean withdrawable(ChangeView change) {
        return waits(change) && caller.get().has(ADMIN) && own(change);
    }

    /** Returns whether this person can propose the inverse of the change. */
    public boolean revertible(ChangeView change) {
        return change.state().equals(CONFIRMED) && caller.get().has(ADMIN);
    }

    private boolean own(ChangeView change) {
        return change.author().equals(caller.get().principal().name());
    }

    public Answer confirm(ChangeView change) {
        return answer(() -> manifests
                .confirm(caller.get(), change.id())
                .version()
                .map(version -> "Confirmed. Policy version " + version + " is in force.")
                .orElse("Confirmed."));
    }

    public Answer reject(ChangeView change, String reason) {
        return answer(() -> {
            manifests.reject(caller.get(), change.id(), new Motive(reason).needed());
            return "Rejected. " + change.author() + " finds your reason here.";
        });
    }

    public Answer withdraw(ChangeView change) {
        return answer(() -> {
            manifests.withdraw(caller.get(), change.id());
            return "Withdrawn.";
        });
    }

    public Answer revert(ChangeView change, String reason) {
        return answer(() -> {
            manifests.revert(caller.get(), change.id(), new Motive(reason).needed());
            return "The inverse is proposed. A second administrator has to confirm it.";
        });
    }

    /** What a change would do, or why that cannot be said. */
    public sealed interface Effect {}

    public record Computed(EffectView view) implements Effect {}

    public record Unknown(String reason) implements Effect {}

    public Effect effect(ChangeView change) {
        try {
            return new Computed(effects.of(caller.get(), change.id(), EffectService.DEFAULT_DAYS));
        } catch (ChangeRefusedException | NotAllowedException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        } catch (ManifestException e) {
            return new Unknown("It does not fit the policy of today any more: " + e.getMessage());
        }
    }

    /** What a service is asked to do; returns the message of its success. */
    private interface Request {
        String send() throws ManifestException, ChangeRefusedException;
    }

    private static Answer answer(Request request) {
        try {
            return new Answer(true, request.send());
        } catch (ChangeRefusedException | InvalidRequestException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        } catch (ManifestException e) {
            return new Answer(false, "It does not fit the policy of today any more: " + e.getMessage());
        }
    }
}
