package org.countersign.api;

import java.util.Locale;

/** The kinds of problems. Their names are part of the interface and never change their meaning. */
enum ProblemType {
    INVALID_REQUEST(400, "The request is not valid"),
    INVALID_MANIFEST(400, "The manifests are not valid"),
    REASON_REQUIRED(400, "A reason is required"),
    NOT_SIGNED_IN(401, "Not signed in"),
    MACHINE_APPROVAL(403, "A machine cannot countersign"),
    SELF_APPROVAL(403, "Nobody countersigns himself"),
    DELEGATOR_CONFLICTED(403, "Nobody countersigns for somebody who may not"),
    SIGN_IN_AGAIN(403, "Sign in again"),
    NOT_AN_APPROVER(403, "Not an approver"),
    CONFLICT_OF_DUTIES(403, "A constraint keeps the duties apart"),
    NOT_ELIGIBLE(403, "Nothing lets you ask for this"),
    NOT_AN_ADMIN(403, "Not an administrator"),
    NOT_ALLOWED(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    UNKNOWN_TARGET(404, "Unknown target"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "No such representation"),
    EXPIRED(409, "Expired"),
    ALREADY_DECIDED(409, "Already decided"),
    NOT_YOUR_STEP_YET(409, "An earlier step comes first"),
    CONFLICT(409, "Changed in the meantime"),
    REVIEW_PENDING(409, "The last break-glass has not been reviewed"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
    INTERNAL(500, "Unexpected failure"),
    UNAVAILABLE(503, "Not available now");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The {@code type} member: {@code /problems/self-approval}. */
    String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
