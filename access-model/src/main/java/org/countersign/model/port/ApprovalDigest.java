package org.countersign.model.port;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.countersign.model.command.Command;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.HashKey;
import org.countersign.model.session.Actor;
import org.countersign.model.session.SessionFacts;

/**
 * What an approval is bound to, in one number: principal and {@code act} chain, target, database and role there, exact
 * text, parameter types and values, the reason that was given, tracked settings, tree digest, the version of every function and trigger that is not
 * built in, and what all of it reaches; of several commands these for all of them and for each, in order. Every part is
 * written with its length, so no two different commands have the same bytes. It is keyed: values of the command that are
 * masked for whoever sees the digest cannot be tried out.
 */
public final class ApprovalDigest {
    private ApprovalDigest() {}

    /** Returns {@code sha256:} and 64 hex digits, of an HMAC under the target's key. */
    public static String of(SessionFacts session, SessionGrant.Upstream upstream, HashKey key, Command command) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            text(out, "countersign approval 4");
            text(out, session.principal().issuer());
            text(out, session.principal().subject());
            // an exchanged token has the subject of the person it acts for: the name tells two agents of one person
            // apart
            text(out, session.principal().name());
            texts(out, session.principal().act().stream().map(Actor::subject).toList());
            text(out, session.target());
            text(out, upstream.database());
            text(out, upstream.user());
            command(out, command);
            if (command.statements() > 1) {
                out.writeInt(command.statements());
                for (Command part : command.parts()) {
                    command(out, part);
                }
            }
            return "sha256:" + HexFormat.of().formatHex(key.hash(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void command(DataOutputStream out, Command command) throws IOException {
        text(out, command.text());
        out.writeInt(command.parameters().size());
        for (Parameter parameter : command.parameters()) {
            text(out, parameter.type());
            out.writeBoolean(parameter.value().isPresent());
            text(out, parameter.value().orElse(""));
        }
        out.writeBoolean(command.reason().isPresent());
        text(out, command.reason().orElse(""));
        switch (command) {
            case SqlCommand sql -> {
                texts(out, sql.settings());
                text(out, sql.analysis().treeDigest());
                texts(out, sql.analysis().versions());
                reach(out, sql.analysis());
            }
        }
    }

    /** What no tree shows of what it does: rows that other tables lose with it, parts that a table was given. */
    private static void reach(DataOutputStream out, SqlAnalysis analysis) throws IOException {
        texts(out, sorted(analysis.accesses()));
        texts(out, sorted(analysis.effects()));
        texts(out, sorted(analysis.functions()));
        out.writeInt(analysis.outputs().size());
        for (OutputField output : analysis.outputs()) {
            text(out, output.label());
            texts(out, sorted(output.sources()));
        }
        texts(out, sorted(analysis.examined()));
        texts(out, sorted(analysis.moved()));
        texts(out, sorted(analysis.written()));
    }

    private static List<String> sorted(Collection<?> values) {
        return values.stream().map(String::valueOf).sorted().toList();
    }

    private static void texts(DataOutputStream out, List<String> values) throws IOException {
        out.writeInt(values.size());
        for (String value : values) {
            text(out, value);
        }
    }

    private static void text(DataOutputStream out, String value) throws IOException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
