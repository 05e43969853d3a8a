package org.countersign.connector.clients;

import java.util.LinkedHashMap;
import java.util.Map;

/** PostgreSQL's JDBC driver in each of its query modes, with text and binary values. */
record PgjdbcClient() implements Client {
    private static final Map<String, String> MODES = modes();

    private static Map<String, String> modes() {
        var modes = new LinkedHashMap<String, String>();
        modes.put("binary", "preferQueryMode=extended&prepareThreshold=-1");
        modes.put("threshold", "preferQueryMode=extended&prepareThreshold=2&preparedStatementCacheQueries=2");
        modes.put("text", "preferQueryMode=extended&binaryTransfer=false&prepareThreshold=0");
        modes.put("simple", "preferQueryMode=simple");
        modes.put("for prepared", "preferQueryMode=extendedForPrepared&autosave=conservative");
        modes.put("cache everything", "preferQueryMode=extendedCacheEverything&autosave=always&cleanupSavepoints=true");
        return modes;
    }

    @Override
    public String name() {
        return "pgjdbc";
    }

    @Override
    public String operate(Endpoint endpoint) {
        var out = new JdbcTranscript();
        MODES.forEach((mode, properties) -> {
            PgjdbcStatements.all()
                    .forEach((name, operation) ->
                            out.operation(mode + ": " + name, endpoint.url(properties), operation));
            PgjdbcTransactions.all()
                    .forEach((name, operation) ->
                            out.operation(mode + ": " + name, endpoint.url(properties), operation));
        });
        PgjdbcBulk.all().forEach((name, operation) -> out.operation(name, endpoint.url(), operation));
        out.operation("rewritten batch", endpoint.url("reWriteBatchedInserts=true"), PgjdbcBulk::batch);
        out.operation(
                "adaptive fetch",
                endpoint.url("adaptiveFetch=true", "defaultRowFetchSize=10", "maxResultBuffer=1M"),
                PgjdbcBulk::cursor);
        PgjdbcCancels.all().forEach((name, operation) -> out.operation(name, endpoint.url(), operation));
        PgjdbcSpecials.all().forEach((name, operation) -> out.operation(name, endpoint.url(), operation));
        return out.text();
    }
}
