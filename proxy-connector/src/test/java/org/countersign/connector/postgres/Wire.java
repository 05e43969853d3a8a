package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.ListenerSettings;
import org.countersign.connector.net.SessionLimits;
import org.countersign.connector.net.SessionTimes;
import org.countersign.connector.net.Transport;
import org.countersign.connector.session.CancelKeys;
import org.countersign.connector.session.Core;
import org.countersign.connector.session.LiveSessions;
import org.countersign.connector.session.Surroundings;
import org.countersign.journal.Entry;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.port.AccessDesk;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.SessionControl;
import org.countersign.model.port.SessionGrant;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.countersign.wire.postgres.BackendDecoder;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendWriter;
import org.countersign.wire.postgres.StartupPacket;
import org.countersign.wire.postgres.StartupWriter;

/** A client's end of a connection that has no network: bytes in, messages out. Nobody is let in. */
final class Wire {
    final EmbeddedChannel channel = new EmbeddedChannel();
    final LiveSessions live = new LiveSessions();
    private final Metrics metrics = new Metrics();
    final CancelKeys cancelKeys = new CancelKeys(metrics);
    final List<AccessRequest> asked = new ArrayList<>();
    final List<Byte> frames = new ArrayList<>();

    Wire() throws IOException {
        var settings = new ListenerSettings(
                "127.0.0.1",
                0,
                false,
                Optional.empty(),
                ConnectionLimits.standard(10),
                SessionLimits.standard(SessionTimes.standard()));
        var desks = new Refusing();
        var surroundings = new Surroundings(
                new Core(desks, desks, desks),
                this::append,
                Runnable::run,
                settings.connections(),
                settings.sessions(),
                Transport.NIO,
                live,
                metrics,
                cancelKeys);
        new PostgresProtocol(surroundings, settings).receive(channel, false);
    }

    private CompletionStage<Void> append(UUID session, List<Entry> appended) {
        appended.forEach(frame -> frames.add(frame.type()));
        return CompletableFuture.completedStage(null);
    }

    Wire send(StartupPacket packet) {
        ByteBuf out = Unpooled.buffer();
        StartupWriter.write(packet, out);
        return bytes(out);
    }

    Wire startup(String... pairs) {
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(pairs[i], pairs[i + 1]);
        }
        return send(new StartupPacket.Startup(3, 0, parameters));
    }

    Wire send(FrontendMessage message) {
        ByteBuf out = Unpooled.buffer();
        FrontendWriter.write(message, out);
        return bytes(out);
    }

    Wire bytes(ByteBuf bytes) {
        channel.writeInbound(bytes);
        channel.runPendingTasks();
        return this;
    }

    /** Everything sent to the client since the last call, as messages. */
    List<BackendMessage> received() {
        var decoder = new EmbeddedChannel(new BackendDecoder(1 << 20));
        ByteBuf out = channel.readOutbound();
        while (out != null) {
            decoder.writeInbound(out);
            out = channel.readOutbound();
        }
        var messages = new ArrayList<BackendMessage>();
        BackendMessage message = decoder.readInbound();
        while (message != null) {
            messages.add(message);
            message = decoder.readInbound();
        }
        decoder.finishAndReleaseAll();
        return messages;
    }

    /** The one byte that answers a request for encryption. */
    char answer() {
        ByteBuf out = channel.readOutbound();
        try {
            return (char) out.readByte();
        } finally {
            out.release();
        }
    }

    boolean closed() {
        channel.runPendingTasks();
        return !channel.isOpen();
    }

    private final class Refusing implements AccessDesk, CommandDesk, ApprovalDesk {
        @Override
        public Optional<ScramVerifier> credential(String user) {
            return Optional.empty();
        }

        @Override
        public String issuer() {
            return "https://idp.example/realms/countersign";
        }

        @Override
        public SessionGrant open(AccessRequest request, SessionControl control) throws AccessRefusedException {
            asked.add(request);
            throw new AccessRefusedException(CountersignError.WRONG_PASSWORD, "no", "try again");
        }

        @Override
        public void closed(SessionId session, SessionControl.Counters counters, String reason) {
            throw new IllegalStateException("nothing was opened");
        }

        @Override
        public void explains(Explainer explainer) {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public Ruling decide(SessionFacts session, Command command, long commandsSoFar) {
            throw new IllegalStateException("nobody is in");
        }

        @Override
        public Receipt request(HeldCommand held, Waiter waiter) {
            throw new IllegalStateException("nobody is in");
        }

        @Override
        public Ruling redeem(UUID approval, HeldCommand held) {
            throw new IllegalStateException("nobody is in");
        }

        @Override
        public Ruling settle(SessionFacts session, Command command, long commandsSoFar, Ruling ruling) {
            throw new IllegalStateException("nobody is in");
        }

        @Override
        public void withdraw(UUID approval, String reason) {
            throw new IllegalStateException("nobody is in");
        }

        @Override
        public void finished(UUID approval, End end) {
            throw new IllegalStateException("nobody is in");
        }
    }
}
