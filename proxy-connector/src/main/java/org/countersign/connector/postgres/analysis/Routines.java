package org.countersign.connector.postgres.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.connector.postgres.analysis.CatalogQuestion.Kind;

/** Sorts what a statement calls into harmless, effectful and everything else. */
final class Routines {
    /** Built-in functions with effects that the statement itself calls. */
    final Set<String> effectful = new TreeSet<>();
    /** Everything that is not on the harmless list. */
    final Set<String> listed = new TreeSet<>();

    final Set<String> versions = new TreeSet<>();
    boolean volatileOnes;

    private final CatalogFacts facts;
    private final Set<Long> calledByName = new HashSet<>();

    Routines(CatalogFacts facts) {
        this.facts = facts;
    }

    /**
     * Add what the statement names first.
     *
     * @param named whether the statement itself calls them, not a default, a view or a constraint
     */
    void add(Callees callees, boolean named) throws TreeException {
        Set<Long> functions = new HashSet<>(callees.functions);
        for (long operator : callees.operators) {
            OptionalLong known = BuiltIns.functionOf(operator);
            if (known.isPresent()) {
                functions.add(known.getAsLong());
            } else if (facts.known(Kind.OPERATORS, operator)) {
                functions.add(facts.operatorFunction(operator));
            }
        }
        for (long function : functions) {
            boolean judged = !named && (calledByName.contains(function) || BuiltIns.inDefaults(function));
            if (!BuiltIns.harmless(function) && !judged) {
                add(function, named);
            }
            if (named) {
                calledByName.add(function);
            }
        }
        if (!callees.types.isEmpty() && facts.known(Kind.DOMAINS, callees.types)) {
            for (String check : facts.domainChecks()) {
                add(expression(check), false);
            }
        }
    }

    void addTrigger(long function, String trigger, String version) throws TreeException {
        if (!BuiltIns.harmless(function)) {
            add(function, false);
        }
        versions.add(trigger + "@" + version);
    }

    /** What an expression of the catalog calls: a check, an index, a generated column. */
    static Callees expression(String tree) throws TreeException {
        Node expression = NodeReader.read(tree);
        TreeShape.check(expression);
        Callees callees = new Callees();
        callees.addAll(expression);
        // a check's own conversions were judged when it was made; following them could go round in circles
        callees.types.clear();
        return callees;
    }

    private void add(long oid, boolean named) throws TreeException {
        if (!facts.known(Kind.FUNCTIONS, List.of(oid))) {
            return;
        }
        var function = facts.function(oid);
        if (BuiltIns.harmless(oid, function.signature())) {
            return;
        }
        if (named && BuiltIns.effectful(oid)) {
            effectful.add(function.signature());
            return;
        }
        listed.add(function.signature());
        volatileOnes |= function.volatileOne();
        if (oid >= Column.FIRST_USER_OID) {
            versions.add(function.signature() + "@" + function.version());
        }
    }
}
