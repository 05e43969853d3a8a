package org.countersign.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.UUID;
import org.countersign.core.recording.CommandView;
import org.countersign.core.recording.SessionView;

/** A session and its commands. */
final class SessionJson {
    private SessionJson() {}

    static JsonObject of(SessionView session) {
        return new Fields()
                .id("id", session.id())
                .value("principal", PrincipalJson.of(session.principal()))
                .text("target", session.target())
                .text("protocol", session.protocol())
                .text("address", session.address())
                .flag("tls", session.tls())
                .time("startedAt", session.startedAt())
                .time("endedAt", session.endedAt())
                .text("endReason", session.endReason())
                .number("commands", session.commands())
                .number("denied", session.denied())
                .number("held", session.held())
                .flag("mayTerminate", session.mayTerminate())
                .json();
    }

    static JsonObject of(CommandView command) {
        return new Fields()
                .id("id", command.id())
                .number("sequence", command.sequence())
                .text("kind", command.kind())
                .text("text", command.text())
                .each("parameters", command.parameters(), ParameterJson::of)
                .texts("actions", command.actions())
                .texts("resources", command.resources())
                .text("verdict", command.verdict())
                .text("finalVerdict", command.finalVerdict())
                .texts("rules", command.rules())
                .number("policyVersion", command.policyVersion())
                .text("approval", command.approval().map(UUID::toString))
                .value(
                        "decision",
                        command.decision().<JsonValue>map(SessionJson::decision).orElse(JsonValue.NULL))
                .text("message", command.message())
                .text("sqlState", command.sqlState())
                .text("outcome", command.outcome())
                .number("rows", command.rows())
                .number("bytes", command.bytes())
                .number("masked", command.masked())
                .time("receivedAt", command.receivedAt())
                .number("durationMicros", command.durationMicros())
                .json();
    }

    private static JsonObject decision(CommandView.DecisionView decision) {
        return new Fields()
                .text("state", decision.state())
                .texts("by", decision.by())
                .text("reason", decision.reason())
                .time("at", decision.at())
                .json();
    }
}
