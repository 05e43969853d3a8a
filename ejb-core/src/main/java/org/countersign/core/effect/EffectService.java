package org.countersign.core.effect;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.countersign.core.CoreSettings;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.effect.EffectView.Rights;
import org.countersign.core.effect.EffectView.Shift;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.PolicyService;
import org.countersign.core.recording.RecentCommands;
import org.countersign.core.recording.RecordedCommand;
import org.countersign.core.recording.SessionIndex;
import org.countersign.core.segregation.ConstraintService;
import org.countersign.model.session.SessionFacts;

/**
 * Says what a proposed change would do, for administrators and auditors: it judges the latest recorded commands of this
 * node under the policy in force and under the proposed one. Nothing is held in a transaction while recordings are read.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class EffectService {
    public static final int DEFAULT_DAYS = 7;
    public static final int MAX_DAYS = 90;
    public static final int MAX_COMMANDS = 10_000;

    /** Principals that were not here for so long are asked about only where a role names them. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    /** Reading recordings is work for a disk that commands wait for. */
    private static final Semaphore READING = new Semaphore(1);

    @Inject
    private PolicyService policies;

    @Inject
    private RecentCommands recent;

    @Inject
    private SessionIndex sessions;

    @Inject
    private ConstraintService constraints;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    /**
     * Computes the effect of a change that can still be confirmed.
     *
     * @param days how far back, 1 to {@link #MAX_DAYS}
     * @throws ChangeRefusedException when the change is not open any more, or its objects changed since
     */
    public EffectView of(Caller caller, UUID change, int days) throws ManifestException, ChangeRefusedException {
        if (caller.machine() || !(caller.has("admin") || caller.has("auditor"))) {
            throw new NotAllowedException("Only administrators and auditors may see the effect of a change.");
        }
        if (days < 1 || days > MAX_DAYS) {
            throw new InvalidRequestException("days", "days is " + days + ", allowed are 1 to " + MAX_DAYS);
        }
        PolicyService.Alternative alternative = policies.alternative(change);
        Instant now = clock.instant();
        Instant since = now.minus(Duration.ofDays(days));
        RecentCommands.Recent commands = read(since);
        Map<UUID, SessionFacts> facts = sessions.facts(
                commands.commands().stream().map(RecordedCommand::session).collect(Collectors.toSet()));
        var replay = new Replay(alternative.inForce(), alternative.proposed(), facts);
        commands.commands().forEach(replay::judge);
        List<Rights> rights = RightsDiff.between(
                alternative.inForce(),
                alternative.proposed(),
                NamedPrincipals.with(
                        sessions.principalsSince(now.minus(REMEMBERED)),
                        settings.issuer().toString(),
                        alternative.inForce(),
                        alternative.proposed()));
        List<Shift> shifts = replay.shifts();
        return new EffectView(
                since,
                replay.judged(),
                commands.limited(),
                commands.unclear() + replay.unknown(),
                EffectWords.of(
                        rights,
                        shifts,
                        replay.judged(),
                        constraints.report(caller, alternative.proposed(), alternative.constraints())),
                shifts,
                rights);
    }

    private RecentCommands.Recent read(Instant since) {
        READING.acquireUninterruptibly();
        try {
            return recent.since(since, MAX_COMMANDS);
        } finally {
            READING.release();
        }
    }

    /** Reads a number of days as callers write it. */
    public static int days(Optional<String> text) {
        try {
            return text.map(Integer::parseInt).orElse(DEFAULT_DAYS);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("days", "days must be a whole number of 1 to " + MAX_DAYS);
        }
    }
}
