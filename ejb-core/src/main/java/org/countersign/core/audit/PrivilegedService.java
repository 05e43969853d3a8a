package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.core.audit.PrivilegedView.Row;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.recording.RecentCommands;
import org.countersign.core.recording.RecordedCommand;
import org.countersign.core.recording.SessionIndex;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/**
 * Finds commands with consequences in the recordings of this node, whether somebody approved them or not. The journal is
 * read for it, the newest part first; nothing is held in a transaction meanwhile.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class PrivilegedService {
    public static final int MAX_ROWS = 10_000;

    @Inject
    private EvidenceService evidence;

    @Inject
    private RecentCommands recent;

    @Inject
    private SessionIndex sessions;

    @Inject
    private ResponsiblePersons responsible;

    /** Returns the latest {@link #MAX_ROWS} of the period. */
    public PrivilegedView in(Caller caller, Period period) {
        evidence.check(caller);
        RecentCommands.Recent found =
                recent.between(period.start(), period.end(), MAX_ROWS, PrivilegedService::privileged);
        Map<UUID, SessionFacts> facts = sessions.facts(
                found.commands().stream().map(RecordedCommand::session).collect(Collectors.toSet()));
        var behind = new HashMap<Principal, Set<Person>>();
        List<Row> rows = found.commands().stream()
                .flatMap(
                        command -> Optional.ofNullable(facts.get(command.session()))
                                .map(session -> row(command, session, behind))
                                .stream())
                .toList();
        return new PrivilegedView(
                rows, found.limited(), found.unclear() + found.commands().size() - rows.size());
    }

    private static boolean privileged(Command command) {
        return command.effects().stream().anyMatch(effect -> effect != Effect.READ);
    }

    private Row row(RecordedCommand command, SessionFacts session, Map<Principal, Set<Person>> behind) {
        return new Row(
                command.session(),
                command.id(),
                command.at(),
                PrincipalView.of(session.principal()),
                behind.computeIfAbsent(session.principal(), responsible::behind),
                session.target(),
                command.command().kind(),
                command.command().effects().stream()
                        .map(effect -> effect.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                command.command().accesses().stream()
                        .map(access -> access.resource().toString())
                        .distinct()
                        .toList(),
                command.verdict(),
                command.rules(),
                command.policyVersion(),
                command.outcome());
    }
}
