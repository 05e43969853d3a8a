package org.countersign.core.identity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.countersign.core.identity.SessionProofs.Proof;
import org.countersign.model.session.SessionId;
import org.jboss.logging.Logger;

/**
 * Asks about the tokens of all open sessions, several at once: one after the other, an identity provider that takes its
 * time would be asked about the last one long after an answer of the first is old.
 */
public final class TokenRound {
    private static final int AT_ONCE = 16;
    private static final Logger LOG = Logger.getLogger(TokenRound.class);

    private final TokenChecks checks;
    private final Clock clock;

    public TokenRound(TokenChecks checks, Clock clock) {
        this.checks = checks;
        this.clock = clock;
    }

    private record Open(SessionId session, Proof proof) {}

    /**
     * Returns once everything was asked.
     *
     * @param lost told of each session that may not go on, with why; from several threads
     */
    public void ask(Map<SessionId, Proof> proofs, BiConsumer<SessionId, String> lost) {
        var byToken = new HashMap<String, List<Open>>();
        proofs.forEach(
                (session, proof) -> byToken.computeIfAbsent(proof.token().text().reveal(), first -> new ArrayList<>())
                        .add(new Open(session, proof)));
        List<Callable<Boolean>> questions = byToken.values().stream()
                .map(sessions -> (Callable<Boolean>) () -> asked(sessions, lost))
                .toList();
        try (var threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("token-round-", 0).factory())) {
            for (Future<Boolean> question : threads.invokeAll(questions)) {
                question.get();
            }
        } catch (ExecutionException e) {
            LOG.error("a session's token was not asked about", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sessions of one token cost one question. */
    private boolean asked(List<Open> sessions, BiConsumer<SessionId, String> lost) {
        for (Open open : sessions) {
            AccessToken token = open.proof().token();
            // one that is over ends its session by itself
            if (clock.instant().isBefore(token.expiresAt())) {
                checks.farewell(open.proof().principal(), token)
                        .ifPresent(farewell -> lost.accept(open.session(), farewell));
            }
        }
        return true;
    }
}
