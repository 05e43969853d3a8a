package org.countersign.connector.postgres.analysis;

import org.countersign.connector.postgres.analysis.Node.Struct;

/** PostgreSQL's CmdType. The numbers of MERGE and utility moved in version 15. */
enum CommandType {
    SELECT,
    UPDATE,
    INSERT,
    DELETE,
    MERGE,
    OTHER;

    static CommandType of(Struct query, int serverVersionNum) throws TreeException {
        return switch ((int) query.number("commandType")) {
            case 1 -> SELECT;
            case 2 -> UPDATE;
            case 3 -> INSERT;
            case 4 -> DELETE;
            case 5 -> serverVersionNum >= 150000 ? MERGE : OTHER;
            default -> OTHER;
        };
    }

    boolean writes() {
        return this == UPDATE || this == INSERT || this == DELETE || this == MERGE;
    }
}
