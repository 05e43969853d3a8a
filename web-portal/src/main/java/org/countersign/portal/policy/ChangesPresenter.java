package org.countersign.portal.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ChangeView;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.ManifestService;

/** Shows proposed changes of policy and takes the second administrator's confirmation. */
public final class ChangesPresenter {
    private static final int PAGE = 20;
    private static final String PROPOSED = "proposed";

    private final ManifestService manifests;
    private final Supplier<Caller> caller;

    public ChangesPresenter(ManifestService manifests, Supplier<Caller> caller) {
        this.manifests = manifests;
        this.caller = caller;
    }

    /** What there is to see. */
    public sealed interface Listing {}

    public record Changes(List<ChangeView> changes, Optional<String> next) implements Listing {}

    /** @param reason written for the reader */
    public record Closed(String reason) implements Listing {}

    /** @param done whether the change is in force now */
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
        if (!now.has("admin")) {
            return Optional.of("Only an administrator can confirm a change.");
        }
        return change.author().equals(now.principal().name())
                ? Optional.of("You proposed this. A second administrator has to confirm it.")
                : Optional.empty();
    }

    public boolean waits(ChangeView change) {
        return change.state().equals(PROPOSED);
    }

    public Answer confirm(ChangeView change) {
        try {
            ChangeView confirmed = manifests.confirm(caller.get(), change.id());
            return new Answer(
                    true,
                    confirmed
                            .version()
                            .map(version -> "Confirmed. Policy version " + version + " is in force.")
                            .orElse("Confirmed."));
        } catch (ChangeRefusedException e) {
            return new Answer(false, e.getMessage());
        } catch (ManifestException e) {
            return new Answer(false, "It does not fit the policy of today any more: " + e.getMessage());
        }
    }
}
