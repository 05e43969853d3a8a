package org.countersign.connector.postgres.analysis;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.connector.postgres.analysis.CatalogFacts.Function;
import org.countersign.connector.postgres.analysis.CatalogFacts.TypeCall;
import org.countersign.connector.postgres.analysis.CatalogQuestion.Kind;
import org.countersign.model.command.UserRoutine;
import org.countersign.model.command.Volatility;

/**
 * Sorts what a statement calls into harmless, effectful and everything else, with what those call that no node names:
 * operator classes, conversions of the user's types, the steps of aggregates, default arguments.
 */
final class Routines {
    /** Built-in functions with effects that the statement itself calls. */
    final Set<String> effectful = new TreeSet<>();
    /** Everything that is not on the harmless list. */
    final Set<String> listed = new TreeSet<>();

    /** What of it is not built in, and triggers. */
    final Set<UserRoutine> userOnes = new TreeSet<>();

    boolean volatileOnes;

    private final CatalogFacts facts;
    private final Set<Long> calledByName = new HashSet<>();
    private final Set<String> followed = new HashSet<>();

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
                functions.add(facts.operator(operator).function());
                addUnnamed(facts.operator(operator).supports());
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
        addCallsOf(callees.types, Set.of(TypeCall.CHECKS, TypeCall.READS));
        if (callees.compares || functions.stream().anyMatch(BuiltIns::compares)) {
            addCallsOf(callees.present, Set.of(TypeCall.COMPARES));
        }
        if (callees.makesJson || functions.stream().anyMatch(BuiltIns::convertsToJson)) {
            addCallsOf(callees.present, Set.of(TypeCall.PRINTS));
        }
    }

    /** Adds what reading or writing a relation may call through its indexes and partitions. */
    void addSupports(long relation) throws TreeException {
        if (facts.known(Kind.RELATIONS, relation)) {
            addUnnamed(facts.relation(relation).supports());
        }
    }

    void addTrigger(long function, String trigger, String version) throws TreeException {
        if (!BuiltIns.harmless(function)) {
            add(function, false);
        }
        if (facts.known(Kind.FUNCTIONS, function)) {
            Function called = facts.function(function);
            userOnes.add(new UserRoutine(trigger, version, called.volatility(), called.definer()));
        }
    }

    void addUnnamed(Set<Long> functions) throws TreeException {
        for (long function : functions) {
            if (!BuiltIns.harmless(function)) {
                add(function, false);
            }
        }
    }

    /** Adds what an expression of the catalog calls: a check, an index, a generated column, a default argument. */
    void addExpression(String tree) throws TreeException {
        if (!followed.add(tree)) {
            return;
        }
        Node expression = NodeReader.read(tree);
        TreeShape.check(expression);
        Callees callees = new Callees();
        callees.addAll(expression);
        add(callees, false);
    }

    private void addCallsOf(Set<Long> types, Set<String> does) throws TreeException {
        if (types.isEmpty() || !facts.known(Kind.TYPES, types)) {
            return;
        }
        for (long type : types) {
            for (TypeCall call : facts.typeCalls(type)) {
                if (!does.contains(call.does())) {
                    continue;
                }
                if (call.does().equals(TypeCall.CHECKS)) {
                    addExpression(call.callee());
                } else {
                    addUnnamed(CatalogFacts.numbers(call.callee()));
                }
            }
        }
    }

    private void add(long oid, boolean named) throws TreeException {
        if (!facts.known(Kind.FUNCTIONS, oid)) {
            return;
        }
        Function function = facts.function(oid);
        if (BuiltIns.harmless(oid, function.signature())) {
            return;
        }
        if (named && BuiltIns.effectful(oid)) {
            effectful.add(function.signature());
            return;
        }
        listed.add(function.signature());
        if (oid < Column.FIRST_USER_OID) {
            volatileOnes |= function.volatility() == Volatility.VOLATILE;
            return;
        }
        addUserOne(function);
        for (long part : function.parts()) {
            addPart(part);
        }
        if (function.defaults().isPresent()) {
            addExpression(function.defaults().get());
        }
    }

    /** Who names an aggregate trusts its steps, unless they may do more than compute. */
    private void addPart(long oid) throws TreeException {
        if (facts.known(Kind.FUNCTIONS, oid)) {
            Function part = facts.function(oid);
            addUserOne(part);
            if (part.volatility() == Volatility.VOLATILE || part.definer()) {
                listed.add(part.signature());
            }
        }
    }

    private void addUserOne(Function function) {
        volatileOnes |= function.volatility() == Volatility.VOLATILE;
        userOnes.add(
                new UserRoutine(function.signature(), function.version(), function.volatility(), function.definer()));
    }
}
