package org.countersign.core.policy;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.countersign.core.grant.ActiveGrants;
import org.countersign.model.policy.Grants;
import org.countersign.model.policy.PolicySnapshot;
import org.jboss.logging.Logger;

/**
 * Keeps the board of this node in step with the store, every second and after every change made here. A store that
 * holds something this release cannot compile takes the board down: nothing is decided by a policy that is no longer
 * in force.
 */
@Singleton
@Startup
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class PolicyPulse {
    private static final Logger LOG = Logger.getLogger(PolicyPulse.class);

    @Inject
    private PolicyService policies;

    @Inject
    private ActiveGrants grants;

    @Inject
    private PolicyBoard board;

    private final Optional<Path> bootstrap;
    private final AtomicBoolean bootstrapFailed = new AtomicBoolean();
    private final AtomicBoolean troubled = new AtomicBoolean();

    public PolicyPulse() {
        this.bootstrap = Bootstrap.path(System.getenv());
    }

    PolicyPulse(PolicyService policies, ActiveGrants grants, PolicyBoard board, Optional<Path> bootstrap) {
        this.policies = policies;
        this.grants = grants;
        this.board = board;
        this.bootstrap = bootstrap;
    }

    @PostConstruct
    void start() {
        refresh();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "policy pulse")
    void beat() {
        refresh();
    }

    /** Asks the store for the version in force and loads it when it is another one than the board's. */
    public void refresh() {
        long asked = board.now();
        try {
            long version = policies.version();
            if (version == 0 && !bootstrapped()) {
                return;
            }
            Grants given = grants.load();
            if (!board.confirm(version, given, asked)) {
                PolicySnapshot snapshot = policies.load().with(given);
                board.post(snapshot, asked);
                LOG.infof(
                        "policy in force version=%d targets=%d",
                        snapshot.version(), snapshot.targets().size());
            }
            troubled.set(false);
        } catch (ManifestException e) {
            board.clear();
            once("stored policy is not valid, everything is denied problems=\n" + e.getMessage());
        } catch (RuntimeException e) {
            once("policy store not reachable, its policy expires cause=" + e);
        }
    }

    /** Returns whether the store may be taken as it is: filled, or empty because nothing was to be put in. */
    private boolean bootstrapped() {
        if (bootstrap.isEmpty()) {
            return true;
        }
        if (bootstrapFailed.get()) {
            return false;
        }
        try {
            List<ManifestSource> sources = Bootstrap.read(bootstrap.get());
            policies.bootstrap(sources)
                    .ifPresent(change -> LOG.infof(
                            "policy bootstrapped objects=%d", change.diff().size()));
            return true;
        } catch (ManifestException e) {
            bootstrapFailed.set(true);
            LOG.errorf("The bootstrap has errors, nothing of it was applied and no session opens:%n%s", e.getMessage());
            return false;
        }
    }

    private void once(String trouble) {
        if (!troubled.getAndSet(true)) {
            LOG.error(trouble);
        }
    }
}
