package org.countersign.connector.postgres;

import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage.Bind;

/** A client's portal. On the target it comes to be under a name of ours, once an Execute of it was allowed. */
final class Portal {
    private final Prepared prepared;
    private final Bind bind;
    private final boolean call;
    private String name = "";
    private boolean open;
    private boolean spent;
    private boolean holds;

    Portal(Prepared prepared, Bind bind) {
        this(prepared, bind, false);
    }

    private Portal(Prepared prepared, Bind bind, boolean call) {
        this.prepared = prepared;
        this.bind = bind;
        this.call = call;
    }

    /** Of a SELECT that stands for a call of a function by protocol: its one value is the answer. */
    static Portal ofCall(Prepared select, Bind arguments) {
        return new Portal(select, arguments, true);
    }

    /** A cursor that a DECLARE has opened on the target. */
    static Portal declared(Prepared query, Bind none, String name, boolean holds) {
        var portal = new Portal(query, none);
        portal.name = name;
        portal.open = true;
        portal.holds = holds;
        return portal;
    }

    /** Whether it outlives its transaction. */
    boolean holds() {
        return holds;
    }

    /** Whether its one value is the answer to a call of a function by protocol. */
    boolean isCall() {
        return call;
    }

    Prepared prepared() {
        return prepared;
    }

    Statement statement() {
        return prepared.statement();
    }

    Bind bind() {
        return bind;
    }

    /** Its name on the target. */
    String name() {
        return name;
    }

    /** The name it has on the target or will have there. */
    String reserved() {
        if (!spent && name.isEmpty()) {
            name = Names.random();
        }
        return name;
    }

    /** Whether it was run to its end in one go and is no more on the target: nothing is left to be had of it. */
    boolean spent() {
        return spent;
    }

    /** It is run to its end at once, so that it needs no name of its own. */
    void spend() {
        spent = true;
    }

    Format format(int column) {
        return bind.resultFormat(column);
    }

    boolean open() {
        return open;
    }

    void opened() {
        open = true;
    }

    /** What was bound on the target was undone. */
    void undone() {
        open = false;
        spent = false;
        name = "";
    }

    /** The Bind that makes it on the target, under a name of ours. */
    Bind onTarget() {
        return new Bind(
                reserved(),
                statement().target().orElseThrow(),
                bind.parameterFormats(),
                bind.values(),
                bind.resultFormats());
    }
}
