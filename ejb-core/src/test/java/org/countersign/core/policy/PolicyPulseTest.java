package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.countersign.core.grant.ActiveGrants;
import org.countersign.core.grant.TestGrants;
import org.countersign.model.policy.Grants;
import org.countersign.model.policy.PolicySnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyPulseTest {
    private final AtomicLong nanos = new AtomicLong();
    private final PolicyBoard board = new PolicyBoard(nanos::get);
    private final FakePolicies policies = new FakePolicies();
    private final FakeGrants given = new FakeGrants();

    @Test
    void putsUpWhatTheStoreHoldsAndFollowsItsVersion() {
        policies.version = 3;
        var pulse = pulse(Optional.empty());
        pulse.refresh();
        assertThat(board.current()).map(PolicySnapshot::version).hasValue(3L);
        policies.version = 4;
        pulse.refresh();
        assertThat(board.current()).map(PolicySnapshot::version).hasValue(4L);
        pulse.refresh();
        assertThat(policies.loads).isEqualTo(2);
    }

    @Test
    void putsUpWhatIsGivenBesideTheSamePolicyToo() {
        policies.version = 3;
        var pulse = pulse(Optional.empty());
        pulse.refresh();
        given.grants = new Grants(List.of(TestGrants.inForce()));
        pulse.refresh();
        assertThat(board.current()).map(PolicySnapshot::grants).hasValue(given.grants);
        given.grants = Grants.NONE;
        pulse.refresh();
        assertThat(board.current()).map(PolicySnapshot::grants).hasValue(Grants.NONE);
        assertThat(policies.loads).isEqualTo(1);
    }

    @Test
    void storeThatIsGoneLetsThePolicyExpireAndBringsItBack() {
        policies.version = 3;
        var pulse = pulse(Optional.empty());
        pulse.refresh();
        policies.gone = true;
        nanos.addAndGet(Duration.ofSeconds(14).toNanos());
        pulse.refresh();
        assertThat(board.current()).isPresent();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        pulse.refresh();
        assertThat(board.current()).isEmpty();
        policies.gone = false;
        pulse.refresh();
        assertThat(board.current()).isPresent();
    }

    @Test
    void storedPolicyThatDoesNotCompileTakesTheBoardDown() {
        policies.version = 3;
        var pulse = pulse(Optional.empty());
        pulse.refresh();
        policies.version = 4;
        policies.invalid = true;
        pulse.refresh();
        assertThat(board.current()).isEmpty();
    }

    @Test
    void emptyStoreIsFilledFromTheBootstrap() {
        pulse(Optional.of(Path.of("../server/demo"))).refresh();
        assertThat(board.current()).map(PolicySnapshot::version).hasValue(1L);
    }

    @Test
    void invalidBootstrapLeavesTheBoardEmptyAndIsTriedOnce(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("broken.yaml"), "kind: Rule\n");
        var pulse = pulse(Optional.of(directory));
        pulse.refresh();
        pulse.refresh();
        assertThat(board.current()).isEmpty();
        assertThat(policies.version).isZero();
        assertThat(policies.bootstraps).isEqualTo(1);
    }

    @Test
    void missingBootstrapLeavesTheBoardEmpty(@TempDir Path directory) {
        pulse(Optional.of(directory.resolve("nowhere"))).refresh();
        assertThat(board.current()).isEmpty();
    }

    @Test
    void withoutABootstrapAnEmptyStoreIsAPolicyThatPermitsNothing() {
        pulse(Optional.empty()).refresh();
        assertThat(board.current())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.targets()).isEmpty());
    }

    private PolicyPulse pulse(Optional<Path> bootstrap) {
        return new PolicyPulse(policies, given, board, bootstrap);
    }

    private static final class FakeGrants extends ActiveGrants {
        private Grants grants = Grants.NONE;

        @Override
        public Grants load() {
            return grants;
        }
    }

    private static final class FakePolicies extends PolicyService {
        private long version;
        private boolean gone;
        private boolean invalid;
        private int loads;
        private int bootstraps;

        @Override
        public long version() {
            if (gone) {
                throw new IllegalStateException("no connection");
            }
            return version;
        }

        @Override
        public PolicySnapshot load() throws ManifestException {
            loads++;
            if (invalid) {
                throw new ManifestException(List.of(new ManifestProblem("Role/r", 1, 1, "", "broken")));
            }
            return PolicySet.empty().snapshot(version, java.util.Map.of());
        }

        @Override
        public Optional<ChangeView> bootstrap(List<ManifestSource> sources) throws ManifestException {
            bootstraps++;
            PolicySet.empty().with(new ManifestReader(new ConditionCompiler()).read(sources));
            version = 1;
            return Optional.of(ChangeView.unchanged("bootstrap", Instant.EPOCH, "", new Motive("empty")));
        }
    }
}
