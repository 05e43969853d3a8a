package org.countersign.connector.postgres;

import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage.Bind;

/** A client's portal. On the target it comes to be under a name of ours, once an Execute of it was allowed. */
final class Portal {
    private final Prepared prepared;
    private final Bind bind;
    private final String name = Names.random();
    private boolean open;

    Portal(Prepared prepared, Bind bind) {
        this.prepared = prepared;
        this.bind = bind;
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

    String name() {
        return name;
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
    }

    /** The Bind that makes it on the target. */
    Bind onTarget() {
        return new Bind(
                name, statement().target().orElseThrow(), bind.parameterFormats(), bind.values(), bind.resultFormats());
    }
}
