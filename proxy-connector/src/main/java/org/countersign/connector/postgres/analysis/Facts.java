package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.countersign.connector.postgres.analysis.StatementKind.Explain;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;

/** What the trees say, joined with what the catalog says. */
final class Facts {
    /** The one column an EXPLAIN returns. */
    private static final String PLAN = "QUERY PLAN";

    private final Names names;
    private final Flows flows;
    private final boolean explained;
    private final List<String> labels;
    private final String digest;
    private final CatalogFacts catalog;
    private final Closure closure;

    private Facts(
            Names names,
            Flows flows,
            boolean explained,
            List<String> labels,
            String digest,
            CatalogFacts catalog,
            Closure closure) {
        this.names = names;
        this.flows = flows;
        this.explained = explained;
        this.labels = List.copyOf(labels);
        this.digest = digest;
        this.catalog = catalog;
        this.closure = closure;
    }

    static Facts of(
            StatementKind kind,
            Struct analysed,
            List<Struct> rewritten,
            int serverVersionNum,
            List<String> labels,
            String digest,
            CatalogFacts catalog)
            throws TreeException {
        Names names = new Names(serverVersionNum);
        names.add(analysed);
        Flows flows = new Flows(serverVersionNum);
        flows.add(rewritten);
        if (!(kind instanceof Explain) && flows.outputs.size() != labels.size()) {
            throw new TreeException("The columns of the result do not match the statement's tree.");
        }
        boolean explained = kind instanceof Explain explain && !explain.analyze();
        List<String> shown = kind instanceof Explain ? List.of(PLAN) : labels;
        if (kind instanceof Explain) {
            // a plan quotes the statement's own constants and no values of tables
            flows.outputs.clear();
            flows.outputs.add(Flows.Result.NOTHING);
        }
        return new Facts(names, flows, explained, shown, digest, catalog, new Closure(catalog, serverVersionNum));
    }

    /** The analysis as far as the catalog has answered; complete when it has no open questions. */
    SqlAnalysis resolve() throws TreeException {
        closure.refresh();
        Routines routines = new Routines(catalog);
        routines.add(names.callees, true);
        routines.add(flows.callees, false);
        for (long relation : flows.relations) {
            routines.addSupports(relation);
        }
        WriteEffects writes = new WriteEffects(catalog, routines);
        if (!explained) {
            writes.add(flows.targets, flows.written);
        }
        Accesses accesses = new Accesses(catalog);
        accesses.add(explained ? reads(names.accesses) : names.accesses);
        accesses.add(writes.cascades);
        List<Access> all = new ArrayList<>(accesses.all());
        routines.effectful.forEach(
                signature -> all.add(new Access(Action.sql("execute"), new Resource.Routine(signature))));
        Set<Column> nothing = Set.of();
        return new SqlAnalysis(
                all,
                effects(routines),
                List.copyOf(routines.listed),
                explained || names.hasPredicate,
                outputs(),
                closure.names(flows.examined),
                closure.names(explained ? nothing : flows.moved),
                closure.names(explained ? nothing : flows.written),
                List.copyOf(routines.userOnes),
                digest);
    }

    /** EXPLAIN without ANALYZE runs nothing: its statement's tables are read, as far as planning reads them. */
    private static Set<NamedAccess> reads(Set<NamedAccess> accesses) {
        Set<NamedAccess> reads = new LinkedHashSet<>();
        accesses.forEach(access -> reads.add(new NamedAccess("select", access.relation(), access.attributes())));
        return reads;
    }

    private Set<Effect> effects(Routines routines) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        boolean writes = !explained && names.commands.stream().anyMatch(CommandType::writes);
        boolean writesInRules = !explained && !flows.targets.isEmpty();
        if (writes || writesInRules || routines.volatileOnes) {
            effects.add(Effect.WRITE);
        }
        if (names.commands.contains(CommandType.SELECT)
                || explained
                || names.accesses.stream().anyMatch(access -> access.verb().equals("select"))
                || !labels.isEmpty()) {
            effects.add(Effect.READ);
        }
        if (!routines.effectful.isEmpty() || !routines.listed.isEmpty()) {
            effects.add(Effect.EXECUTE);
        }
        return effects;
    }

    private List<OutputField> outputs() throws TreeException {
        List<OutputField> outputs = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            Flows.Result result = flows.outputs.get(i);
            outputs.add(new OutputField(labels.get(i), closure.names(result.sources()), closure.content(result)));
        }
        return outputs;
    }
}
