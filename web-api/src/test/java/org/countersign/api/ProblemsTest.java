package org.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.UnknownIdException;
import org.countersign.core.approval.ApprovalRefusedException;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.grant.GrantRefusal;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.ManifestProblem;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static String typeAndStatus(Exception failure) {
        Problem problem = Problems.of(failure).orElseThrow();
        return problem.json().getString("type") + " " + problem.json().getInt("status");
    }

    @Test
    void givesEveryRefusedDecisionItsTypeAndStatus() {
        Map<RefusalReason, String> found = Arrays.stream(RefusalReason.values())
                .collect(Collectors.toMap(
                        reason -> reason, reason -> typeAndStatus(new ApprovalRefusedException(reason))));

        assertThat(found)
                .isEqualTo(Map.of(
                        RefusalReason.MACHINE_APPROVAL, "/problems/machine-approval 403",
                        RefusalReason.SELF_APPROVAL, "/problems/self-approval 403",
                        RefusalReason.NOT_AN_APPROVER, "/problems/not-an-approver 403",
                        RefusalReason.CONFLICT_OF_DUTIES, "/problems/conflict-of-duties 403",
                        RefusalReason.EXPIRED, "/problems/expired 409",
                        RefusalReason.ALREADY_DECIDED, "/problems/already-decided 409",
                        RefusalReason.DELEGATOR_CONFLICTED, "/problems/delegator-conflicted 403",
                        RefusalReason.SIGN_IN_AGAIN, "/problems/sign-in-again 403",
                        RefusalReason.NOT_YOUR_STEP_YET, "/problems/not-your-step-yet 409",
                        RefusalReason.REASON_REQUIRED, "/problems/reason-required 400"));
    }

    @Test
    void givesEveryRefusedChangeItsTypeAndStatus() {
        Map<ChangeRefusedException.Reason, String> found = Arrays.stream(ChangeRefusedException.Reason.values())
                .collect(Collectors.toMap(
                        reason -> reason, reason -> typeAndStatus(new ChangeRefusedException(reason, "why"))));

        assertThat(found)
                .isEqualTo(Map.of(
                        ChangeRefusedException.Reason.MACHINE_APPROVAL, "/problems/machine-approval 403",
                        ChangeRefusedException.Reason.NOT_AN_ADMIN, "/problems/not-an-admin 403",
                        ChangeRefusedException.Reason.UNKNOWN_CHANGE, "/problems/not-found 404",
                        ChangeRefusedException.Reason.UNKNOWN_OBJECT, "/problems/not-found 404",
                        ChangeRefusedException.Reason.SELF_APPROVAL, "/problems/self-approval 403",
                        ChangeRefusedException.Reason.NOT_THE_AUTHOR, "/problems/not-allowed 403",
                        ChangeRefusedException.Reason.EXPIRED, "/problems/expired 409",
                        ChangeRefusedException.Reason.ALREADY_DECIDED, "/problems/already-decided 409",
                        ChangeRefusedException.Reason.CONFLICT, "/problems/conflict 409"));
    }

    @Test
    void answersAlikeForWhatIsMissingAndWhatIsForbiddenToSee() {
        Problem unknown = Problems.of(new UnknownIdException("session", UUID.randomUUID()))
                .orElseThrow();

        assertThat(unknown).isEqualTo(Problems.notFound());
        assertThatThrownBy(() -> Ids.of("../x"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problems.notFound()));
        assertThatThrownBy(() -> Ids.of("1-1-1-1-1")).isInstanceOf(ProblemException.class);
    }

    @Test
    void listsWhatIsWrongWithManifests() {
        var failure = new ManifestException(List.of(
                new ManifestProblem("request", 2, 7, "spec.effect", "unknown (allowed: deny)"),
                new ManifestProblem("request", 9, 1, "", "unknown kind")));

        assertThat(Problems.of(failure).orElseThrow().json())
                .hasToString("{\"type\":\"/problems/invalid-manifest\",\"title\":\"The manifests are not"
                        + " valid\",\"status\":400,\"detail\":\"There are 2"
                        + " problems.\",\"problems\":[{\"file\":\"request\",\"line\":2,\"column\":7,\"path\":\"spec.effect\",\"message\":\"unknown"
                        + " (allowed:"
                        + " deny)\"},{\"file\":\"request\",\"line\":9,\"column\":1,\"path\":\"\",\"message\":\"unknown"
                        + " kind\"}]}");
    }

    @Test
    void givesEveryRefusedGrantItsTypeAndStatus() {
        Map<GrantRefusal, String> found = Arrays.stream(GrantRefusal.values())
                .collect(Collectors.toMap(
                        reason -> reason, reason -> typeAndStatus(new GrantRefusedException(reason, "m"))));

        assertThat(found)
                .isEqualTo(Map.of(
                        GrantRefusal.MACHINE_APPROVAL, "/problems/machine-approval 403",
                        GrantRefusal.SELF_APPROVAL, "/problems/self-approval 403",
                        GrantRefusal.NOT_AN_APPROVER, "/problems/not-an-approver 403",
                        GrantRefusal.NOT_ELIGIBLE, "/problems/not-eligible 403",
                        GrantRefusal.CONFLICT_OF_DUTIES, "/problems/conflict-of-duties 403",
                        GrantRefusal.REVIEW_PENDING, "/problems/review-pending 409",
                        GrantRefusal.CONFLICT, "/problems/conflict 409"));
    }

    @Test
    void tellsRefusedAccessApart() {
        assertThat(typeAndStatus(new AccessRefusedException(CountersignError.UNKNOWN_TARGET, "m", "h")))
                .isEqualTo("/problems/unknown-target 404");
        assertThat(typeAndStatus(new AccessRefusedException(CountersignError.NOT_SIGNED_IN, "m", "h")))
                .isEqualTo("/problems/not-signed-in 401");
        assertThat(typeAndStatus(new AccessRefusedException(CountersignError.POLICY_NOT_CONFIRMED, "m", "h")))
                .isEqualTo("/problems/unavailable 503");
        assertThat(typeAndStatus(new NotAllowedException("m"))).isEqualTo("/problems/not-allowed 403");
        assertThat(typeAndStatus(new InvalidRequestException("after", "m"))).isEqualTo("/problems/invalid-request 400");
    }

    @Test
    void knowsNothingOfFailuresThatNobodyForesaw() {
        assertThat(Problems.of(new IllegalStateException("jdbc:postgresql://internal")))
                .isEmpty();
    }
}
