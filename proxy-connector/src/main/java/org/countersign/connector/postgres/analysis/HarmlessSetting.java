package org.countersign.connector.postgres.analysis;

import java.util.Optional;

/** Settings a client may change or show: none of them changes who acts, what is recorded or how strings are read. */
public enum HarmlessSetting {
    APPLICATION_NAME,
    BYTEA_OUTPUT,
    /** Whether the bodies of new functions are looked at; they are anyway where they are called. */
    CHECK_FUNCTION_BODIES,
    /** UTF8 and SQL_ASCII only; others could hide a quote in a multi-byte character. */
    CLIENT_ENCODING,
    /** Virtual: the gateway answers it and filters. */
    CLIENT_MIN_MESSAGES,
    DATESTYLE,
    DEFAULT_TABLE_ACCESS_METHOD,
    DEFAULT_TABLESPACE,
    DEFAULT_TRANSACTION_DEFERRABLE,
    DEFAULT_TRANSACTION_ISOLATION,
    DEFAULT_TRANSACTION_READ_ONLY,
    EFFECTIVE_CACHE_SIZE,
    ENABLE_BITMAPSCAN,
    ENABLE_HASHAGG,
    ENABLE_HASHJOIN,
    ENABLE_INDEXONLYSCAN,
    ENABLE_INDEXSCAN,
    ENABLE_MATERIAL,
    ENABLE_MERGEJOIN,
    ENABLE_NESTLOOP,
    ENABLE_SEQSCAN,
    ENABLE_SORT,
    EXTRA_FLOAT_DIGITS,
    FROM_COLLAPSE_LIMIT,
    GEQO,
    IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    IDLE_SESSION_TIMEOUT,
    INTERVALSTYLE,
    JIT,
    JOIN_COLLAPSE_LIMIT,
    LC_MONETARY,
    LC_NUMERIC,
    LC_TIME,
    LOCK_TIMEOUT,
    RANDOM_PAGE_COST,
    ROW_SECURITY,
    SEARCH_PATH,
    STATEMENT_TIMEOUT,
    SYNCHRONIZE_SEQSCANS,
    TIMEZONE,
    TRANSACTION_DEFERRABLE,
    TRANSACTION_ISOLATION,
    TRANSACTION_READ_ONLY,
    TRANSACTION_TIMEOUT,
    WORK_MEM,
    XMLBINARY,
    XMLOPTION;

    static Optional<HarmlessSetting> named(String folded) {
        for (HarmlessSetting setting : values()) {
            if (setting.setting().equals(folded)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /** The setting's name in lower case. */
    public String setting() {
        return SqlLexer.fold(name());
    }
}
