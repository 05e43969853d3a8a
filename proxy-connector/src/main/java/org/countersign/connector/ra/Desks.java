package org.countersign.connector.ra;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.countersign.connector.session.Core;
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
import org.jspecify.annotations.Nullable;

/** The core's desks behind message endpoints. What goes wrong on the way is thrown, and whoever asked refuses. */
final class Desks {
    private Desks() {}

    static Core of(
            Supplier<@Nullable MessageEndpointFactory> access,
            Supplier<@Nullable MessageEndpointFactory> command,
            Supplier<@Nullable MessageEndpointFactory> approval) {
        return new Core(new Access(access), new Commands(command), new Approvals(approval));
    }

    private static <T, R> R ask(EndpointCall<T> call, Method method, EndpointCall.Question<T, R> question) {
        try {
            return call.call(method, question, null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new EndpointCall.UnavailableException(e);
        }
    }

    private static <T> void tell(EndpointCall<T> call, Method method, Consumer<T> news) {
        Desks.<T, Boolean>ask(call, method, desk -> {
            news.accept(desk);
            return true;
        });
    }

    private static final class Access implements AccessDesk {
        private final EndpointCall<AccessDesk> call;
        private final Method credential;
        private final Method issuer;
        private final Method open;
        private final Method closed;
        private final Method explains;

        Access(Supplier<@Nullable MessageEndpointFactory> factory) {
            call = new EndpointCall<>(factory, AccessDesk.class);
            credential = call.method("credential");
            issuer = call.method("issuer");
            open = call.method("open");
            closed = call.method("closed");
            explains = call.method("explains");
        }

        @Override
        public Optional<ScramVerifier> credential(String user) {
            return ask(call, credential, desk -> desk.credential(user));
        }

        @Override
        public String issuer() {
            return ask(call, issuer, AccessDesk::issuer);
        }

        @Override
        public SessionGrant open(AccessRequest request, SessionControl control) throws AccessRefusedException {
            try {
                return call.call(open, desk -> desk.open(request, control), AccessRefusedException.class);
            } catch (AccessRefusedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new EndpointCall.UnavailableException(e);
            }
        }

        @Override
        public void closed(SessionId session, SessionControl.Counters counters, String reason) {
            tell(call, closed, desk -> desk.closed(session, counters, reason));
        }

        @Override
        public void explains(Explainer explainer) {
            tell(call, explains, desk -> desk.explains(explainer));
        }
    }

    private static final class Commands implements CommandDesk {
        private final EndpointCall<CommandDesk> call;
        private final Method decide;

        Commands(Supplier<@Nullable MessageEndpointFactory> factory) {
            call = new EndpointCall<>(factory, CommandDesk.class);
            decide = call.method("decide");
        }

        @Override
        public Ruling decide(SessionFacts session, Command command, long commandsSoFar) {
            return ask(call, decide, desk -> desk.decide(session, command, commandsSoFar));
        }
    }

    private static final class Approvals implements ApprovalDesk {
        private final EndpointCall<ApprovalDesk> call;
        private final Method request;
        private final Method redeem;
        private final Method settle;
        private final Method withdraw;
        private final Method finished;

        Approvals(Supplier<@Nullable MessageEndpointFactory> factory) {
            call = new EndpointCall<>(factory, ApprovalDesk.class);
            request = call.method("request");
            redeem = call.method("redeem");
            settle = call.method("settle");
            withdraw = call.method("withdraw");
            finished = call.method("finished");
        }

        @Override
        public Receipt request(HeldCommand held, Waiter waiter) {
            return ask(call, request, desk -> desk.request(held, waiter));
        }

        @Override
        public CommandDesk.Ruling redeem(UUID approval, HeldCommand held) {
            return ask(call, redeem, desk -> desk.redeem(approval, held));
        }

        @Override
        public CommandDesk.Ruling settle(
                SessionFacts session, Command command, long commandsSoFar, CommandDesk.Ruling ruling) {
            return ask(call, settle, desk -> desk.settle(session, command, commandsSoFar, ruling));
        }

        @Override
        public void withdraw(UUID approval, String reason) {
            tell(call, withdraw, desk -> desk.withdraw(approval, reason));
        }

        @Override
        public void finished(UUID approval, End end) {
            tell(call, finished, desk -> desk.finished(approval, end));
        }
    }
}
