package org.countersign.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.countersign.core.policy.ManifestProblem;

/**
 * What went wrong, as RFC 9457 says it.
 *
 * @param detail for the caller
 * @param problems one object for each thing that is wrong with the request; may be empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, problem details</a>
 */
record Problem(ProblemType type, String detail, JsonArray problems) {
    static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, JsonValue.EMPTY_JSON_ARRAY);
    }

    /** @param field the parameter or member that is wrong */
    record Fault(String field, String message) {}

    static Problem of(List<Fault> faults) {
        return new Problem(
                ProblemType.INVALID_REQUEST,
                faults.getFirst().message(),
                Fields.array(
                        faults,
                        fault -> new Fields()
                                .text("field", fault.field())
                                .text("message", fault.message())
                                .json()));
    }

    static Problem ofManifests(List<ManifestProblem> problems) {
        return new Problem(
                ProblemType.INVALID_MANIFEST,
                problems.size() == 1 ? "There is one problem." : "There are " + problems.size() + " problems.",
                Fields.array(
                        problems,
                        problem -> new Fields()
                                .text("file", problem.file())
                                .number("line", problem.line())
                                .number("column", problem.column())
                                .text("path", problem.path())
                                .text("message", problem.message())
                                .json()));
    }

    JsonObject json() {
        var fields = new Fields()
                .text("type", type.uri())
                .text("title", type.title())
                .number("status", type.status())
                .text("detail", detail);
        return problems.isEmpty()
                ? fields.json()
                : fields.value("problems", problems).json();
    }

    Response.ResponseBuilder builder() {
        return Response.status(type.status()).type(Api.PROBLEM).entity(json().toString());
    }

    Response response() {
        return builder().build();
    }
}
