package org.countersign.core.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.audit.PrivilegedView.Row;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.recording.RecentCommands;
import org.countersign.core.recording.RecordedCommand;
import org.countersign.core.recording.SessionIndex;
import org.countersign.journal.JournalException;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Effect;

/**
 * Finds commands with consequences in the recordings of this node, whether somebody approved them or not, and those that
 * would have brought together what is kept apart. The journal is read for it, the newest part first; nothing is held in
 * a transaction meanwhile.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class PrivilegedCommands {
    static final int MAX_ROWS = 10_000;

    /** One at a time keeps so many commands in memory. */
    private static final Semaphore READING = new Semaphore(1);

    @Inject
    private RecentCommands recent;

    @Inject
    private SessionIndex sessions;

    /** Returns the latest {@link #MAX_ROWS} of the period. */
    PrivilegedView in(Period period) {
        READING.acquireUninterruptibly();
        try {
            RecentCommands.Recent found =
                    recent.between(period.start(), period.end(), MAX_ROWS, PrivilegedCommands::privileged);
            var rows = new ArrayList<Row>();
            long unknown = rows(found.commands(), rows::add);
            return new PrivilegedView(rows, found.limited(), found.unclear() + unknown, Optional.empty());
        } catch (JournalException e) {
            return new PrivilegedView(List.of(), false, 0, Optional.of(String.valueOf(e.getMessage())));
        } finally {
            READING.release();
        }
    }

    /**
     * Gives every one of the period, nearly the latest first.
     *
     * @return what the recordings do not tell, in words; empty when they tell all
     */
    List<String> each(Period period, Consumer<Row> reader) {
        var unknown = new long[1];
        try {
            long unclear = recent.each(
                    period.start(),
                    period.end(),
                    PrivilegedCommands::privileged,
                    commands -> unknown[0] += rows(commands, reader));
            unknown[0] += unclear;
        } catch (JournalException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        return unknown[0] == 0 ? List.of() : List.of(unknown[0] + " recorded commands do not say what they do");
    }

    private static boolean privileged(RecordedCommand command) {
        return command.command().effects().stream().anyMatch(effect -> effect != Effect.READ)
                || command.sqlState()
                        .filter(CountersignError.CONFLICT_OF_DUTIES.sqlState()::equals)
                        .isPresent();
    }

    /** Returns how many belong to a session that the index does not know. What was only explained is none. */
    private long rows(List<RecordedCommand> commands, Consumer<Row> reader) {
        Map<UUID, SessionIndex.Kept> kept =
                sessions.kept(commands.stream().map(RecordedCommand::session).collect(Collectors.toSet()));
        long unknown = 0;
        for (RecordedCommand command : commands) {
            SessionIndex.Kept session = kept.get(command.session());
            if (session == null) {
                unknown++;
            } else if (!session.explained()) {
                reader.accept(row(command, session));
            }
        }
        return unknown;
    }

    private static Row row(RecordedCommand command, SessionIndex.Kept session) {
        return new Row(
                command.session(),
                command.id(),
                command.at(),
                PrincipalView.of(session.principal()),
                session.responsible(),
                session.target(),
                command.command().kind(),
                command.command().effects().stream()
                        .map(effect -> effect.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                distinct(command.command().accesses().stream()
                        .map(access -> access.action().toString())),
                distinct(command.command().accesses().stream()
                        .map(access -> access.resource().toString())),
                command.verdict(),
                command.sqlState(),
                command.message(),
                command.rules(),
                command.policyVersion(),
                command.outcome(),
                command.command().reason().orElse(""));
    }

    private static List<String> distinct(Stream<String> texts) {
        return texts.distinct().toList();
    }
}
