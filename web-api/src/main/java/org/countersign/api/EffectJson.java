package org.countersign.api;

import jakarta.json.JsonObject;
import org.countersign.core.effect.EffectView;

/** What a proposed change would do. */
final class EffectJson {
    private EffectJson() {}

    static JsonObject of(EffectView effect) {
        return new Fields()
                .time("since", effect.since())
                .number("commands", effect.commands())
                .flag("limited", effect.limited())
                .number("unclear", effect.unclear())
                .texts("sentences", effect.sentences())
                .each("shifts", effect.shifts(), EffectJson::shift)
                .each("rights", effect.rights(), EffectJson::rights)
                .json();
    }

    private static JsonObject shift(EffectView.Shift shift) {
        return new Fields()
                .text("before", shift.before())
                .text("after", shift.after())
                .number("count", shift.count())
                .each("examples", shift.examples(), EffectJson::example)
                .json();
    }

    private static JsonObject example(EffectView.Example example) {
        return new Fields()
                .id("session", example.session())
                .id("command", example.command())
                .time("at", example.at())
                .text("principal", example.principal())
                .text("target", example.target())
                .text("kind", example.kind())
                .json();
    }

    private static JsonObject rights(EffectView.Rights rights) {
        return new Fields()
                .text("principal", rights.principal())
                .flag("agent", rights.agent())
                .texts("gains", rights.gains())
                .texts("loses", rights.loses())
                .json();
    }
}
