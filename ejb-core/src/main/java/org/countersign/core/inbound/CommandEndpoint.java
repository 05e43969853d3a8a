package org.countersign.core.inbound;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.countersign.core.agent.PermissionUses;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.CommandJudge;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.session.SessionFacts;
import org.jboss.ejb3.annotation.ResourceAdapter;

/**
 * Decides about every command, on the event loop of its session: it asks the policy on the board, and what the session did
 * before, and nothing else.
 * Carries the settings of the connector's listeners, because a message endpoint is where they can come from the
 * environment.
 */
@MessageDriven(
        messageListenerInterface = CommandDesk.class,
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "bindAddress",
                    propertyValue = "${env.COUNTERSIGN_BIND:127.0.0.1}"),
            @ActivationConfigProperty(
                    propertyName = "postgresPort",
                    propertyValue = "${env.COUNTERSIGN_POSTGRES_PORT:15432}"),
            @ActivationConfigProperty(
                    propertyName = "journalDirectory",
                    propertyValue = "${env.COUNTERSIGN_JOURNAL_DIR:}"),
            @ActivationConfigProperty(
                    propertyName = "requireTls",
                    propertyValue = "${env.COUNTERSIGN_REQUIRE_TLS:false}"),
            @ActivationConfigProperty(propertyName = "tlsKeystore", propertyValue = "${env.COUNTERSIGN_TLS_KEYSTORE:}"),
            @ActivationConfigProperty(
                    propertyName = "tlsKeystorePassword",
                    propertyValue = "${env.COUNTERSIGN_TLS_KEYSTORE_PASSWORD:}"),
            @ActivationConfigProperty(
                    propertyName = "maxConnections",
                    propertyValue = "${env.COUNTERSIGN_MAX_CONNECTIONS:1000}"),
            @ActivationConfigProperty(
                    propertyName = "maxConnectionsPerPrincipal",
                    propertyValue = "${env.COUNTERSIGN_MAX_CONNECTIONS_PER_PRINCIPAL:100}"),
            @ActivationConfigProperty(
                    propertyName = "loginTimeout",
                    propertyValue = "${env.COUNTERSIGN_LOGIN_TIMEOUT:PT10S}"),
            @ActivationConfigProperty(
                    propertyName = "connectTimeout",
                    propertyValue = "${env.COUNTERSIGN_CONNECT_TIMEOUT:PT10S}"),
            @ActivationConfigProperty(
                    propertyName = "maxStartupBytes",
                    propertyValue = "${env.COUNTERSIGN_MAX_STARTUP_BYTES:10000}"),
            @ActivationConfigProperty(
                    propertyName = "maxMessageBytes",
                    propertyValue = "${env.COUNTERSIGN_MAX_MESSAGE_BYTES:67108864}"),
            @ActivationConfigProperty(
                    propertyName = "maxStatementBytes",
                    propertyValue = "${env.COUNTERSIGN_MAX_STATEMENT_BYTES:1048576}"),
            @ActivationConfigProperty(
                    propertyName = "maxTreeBytes",
                    propertyValue = "${env.COUNTERSIGN_MAX_TREE_BYTES:33554432}"),
            @ActivationConfigProperty(
                    propertyName = "maxBatchMessages",
                    propertyValue = "${env.COUNTERSIGN_MAX_BATCH_MESSAGES:10000}"),
            @ActivationConfigProperty(
                    propertyName = "maxPreparedStatements",
                    propertyValue = "${env.COUNTERSIGN_MAX_PREPARED_STATEMENTS:10000}"),
            @ActivationConfigProperty(
                    propertyName = "maxCopySpoolBytes",
                    propertyValue = "${env.COUNTERSIGN_MAX_COPY_SPOOL_BYTES:16777216}"),
            @ActivationConfigProperty(
                    propertyName = "idleTimeout",
                    propertyValue = "${env.COUNTERSIGN_IDLE_TIMEOUT:PT8H}"),
            @ActivationConfigProperty(
                    propertyName = "idleInTransactionTimeout",
                    propertyValue = "${env.COUNTERSIGN_IDLE_IN_TRANSACTION_TIMEOUT:PT1H}"),
            @ActivationConfigProperty(
                    propertyName = "heldTimeout",
                    propertyValue = "${env.COUNTERSIGN_HELD_TIMEOUT:PT24H}")
        })
@ResourceAdapter("#proxy-connector.rar")
@PermitAll
public class CommandEndpoint implements CommandDesk {
    @Inject
    private PolicyBoard board;

    @Inject
    private CommandJudge judge;

    @Inject
    private PermissionUses uses;

    @Inject
    private Clock clock;

    @Override
    public Ruling decide(SessionFacts session, Command command, long commandsSoFar) {
        Optional<PolicySnapshot> snapshot = board.current();
        if (snapshot.isEmpty()) {
            var deny = new Verdict.Deny(
                    List.of("no-policy"),
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The gateway has no confirmed policy, so nothing new runs.",
                    "Try again shortly; if it lasts, tell an administrator.");
            return new Ruling(deny, 0);
        }
        Instant now = now();
        Ruling ruling = judge.decide(snapshot.get(), session, command, commandsSoFar, now);
        uses.note(session, command, ruling, now);
        return ruling;
    }

    /** The store keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
