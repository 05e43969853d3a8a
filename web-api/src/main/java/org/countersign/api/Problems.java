package org.countersign.api;

import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.UnknownIdException;
import org.countersign.core.approval.ApprovalRefusedException;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.grant.GrantRefusal;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ManifestException;
import org.countersign.model.port.AccessRefusedException;

/** Which problem an exception is. */
final class Problems {
    private Problems() {}

    /** Returns nothing for what should not have happened. */
    static Optional<Problem> of(Throwable failure) {
        return switch (failure) {
            case ProblemException known -> Optional.of(known.problem());
            case InvalidRequestException invalid ->
                Optional.of(Problem.of(List.of(new Problem.Fault(invalid.field(), text(invalid)))));
            case NotAllowedException refused -> Optional.of(Problem.of(ProblemType.NOT_ALLOWED, text(refused)));
            case UnknownIdException unknown -> Optional.of(notFound());
            case ApprovalRefusedException refused -> Optional.of(Problem.of(type(refused.reason()), text(refused)));
            case GrantRefusedException refused -> Optional.of(Problem.of(type(refused.reason()), text(refused)));
            case ChangeRefusedException refused -> Optional.of(refusal(refused));
            case ManifestException invalid -> Optional.of(Problem.ofManifests(invalid.problems()));
            case AccessRefusedException refused -> Optional.of(refusal(refused));
            case WebApplicationException web -> of(web.getResponse().getStatus());
            default -> Optional.empty();
        };
    }

    /** One answer for what does not exist and for what the caller may not see. */
    static Problem notFound() {
        return Problem.of(ProblemType.NOT_FOUND, "There is nothing here that you may see.");
    }

    private static Optional<Problem> of(int status) {
        return Optional.ofNullable(
                switch (status) {
                    case 400 -> Problem.of(ProblemType.INVALID_REQUEST, "The request cannot be understood.");
                    case 404 -> notFound();
                    case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "See the Allow header.");
                    case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "Nothing here fits the Accept header.");
                    case 413 -> Problem.of(ProblemType.TOO_LARGE, "The body is too large.");
                    case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "See the guide for the content type.");
                    default -> null;
                });
    }

    private static ProblemType type(RefusalReason reason) {
        return switch (reason) {
            case MACHINE_APPROVAL -> ProblemType.MACHINE_APPROVAL;
            case SELF_APPROVAL -> ProblemType.SELF_APPROVAL;
            case NOT_AN_APPROVER -> ProblemType.NOT_AN_APPROVER;
            case CONFLICT_OF_DUTIES -> ProblemType.CONFLICT_OF_DUTIES;
            case EXPIRED -> ProblemType.EXPIRED;
            case ALREADY_DECIDED -> ProblemType.ALREADY_DECIDED;
            case DELEGATOR_CONFLICTED -> ProblemType.DELEGATOR_CONFLICTED;
            case SIGN_IN_AGAIN -> ProblemType.SIGN_IN_AGAIN;
            case NOT_YOUR_STEP_YET -> ProblemType.NOT_YOUR_STEP_YET;
            case REASON_REQUIRED -> ProblemType.REASON_REQUIRED;
        };
    }

    private static ProblemType type(GrantRefusal reason) {
        return switch (reason) {
            case MACHINE_APPROVAL -> ProblemType.MACHINE_APPROVAL;
            case SELF_APPROVAL -> ProblemType.SELF_APPROVAL;
            case NOT_AN_APPROVER -> ProblemType.NOT_AN_APPROVER;
            case NOT_ELIGIBLE -> ProblemType.NOT_ELIGIBLE;
            case CONFLICT_OF_DUTIES -> ProblemType.CONFLICT_OF_DUTIES;
            case REVIEW_PENDING -> ProblemType.REVIEW_PENDING;
            case CONFLICT -> ProblemType.CONFLICT;
        };
    }

    private static Problem refusal(ChangeRefusedException refused) {
        return switch (refused.reason()) {
            case MACHINE_APPROVAL -> Problem.of(ProblemType.MACHINE_APPROVAL, text(refused));
            case NOT_AN_ADMIN -> Problem.of(ProblemType.NOT_AN_ADMIN, text(refused));
            case UNKNOWN_CHANGE, UNKNOWN_OBJECT -> notFound();
            case SELF_APPROVAL -> Problem.of(ProblemType.SELF_APPROVAL, text(refused));
            case NOT_THE_AUTHOR -> Problem.of(ProblemType.NOT_ALLOWED, text(refused));
            case EXPIRED -> Problem.of(ProblemType.EXPIRED, text(refused));
            case ALREADY_DECIDED -> Problem.of(ProblemType.ALREADY_DECIDED, text(refused));
            case CONFLICT -> Problem.of(ProblemType.CONFLICT, text(refused));
        };
    }

    static Problem refusal(AccessRefusedException refused) {
        return Problem.of(
                switch (refused.error()) {
                    case UNKNOWN_TARGET -> ProblemType.UNKNOWN_TARGET;
                    case NOT_SIGNED_IN, WRONG_PASSWORD, EXPIRED -> ProblemType.NOT_SIGNED_IN;
                    case POLICY_NOT_CONFIRMED,
                            TARGET_UNREACHABLE,
                            CANNOT_BE_RECORDED,
                            CANCELED,
                            SESSION_ENDED,
                            TOO_MANY_CONNECTIONS,
                            IDLE,
                            IDLE_IN_TRANSACTION -> ProblemType.UNAVAILABLE;
                    case DENIED, APPROVAL_NEEDED, REJECTED, CONFLICT_OF_DUTIES, CANNOT_BE_INSPECTED, LIMIT_EXCEEDED ->
                        ProblemType.NOT_ALLOWED;
                },
                text(refused));
    }

    /** Messages of these exceptions are written for the caller. */
    private static String text(Exception written) {
        return String.valueOf(written.getMessage());
    }
}
