WITH RECURSIVE types (oid) AS (
        SELECT t.oid FROM pg_catalog.pg_type AS t
         WHERE t.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
        UNION
        SELECT part.oid FROM types CROSS JOIN LATERAL (
            SELECT t.typelem FROM pg_catalog.pg_type AS t WHERE t.oid OPERATOR(pg_catalog.=) types.oid
            UNION ALL
            SELECT t.typbasetype FROM pg_catalog.pg_type AS t WHERE t.oid OPERATOR(pg_catalog.=) types.oid
            UNION ALL
            SELECT a.atttypid FROM pg_catalog.pg_type AS t
              JOIN pg_catalog.pg_attribute AS a ON a.attrelid OPERATOR(pg_catalog.=) t.typrelid
             WHERE t.oid OPERATOR(pg_catalog.=) types.oid
               AND a.attnum OPERATOR(pg_catalog.>) CAST(0 AS pg_catalog.int2) AND NOT a.attisdropped
            UNION ALL
            SELECT r.rngsubtype FROM pg_catalog.pg_range AS r
             WHERE r.rngtypid OPERATOR(pg_catalog.=) types.oid OR r.rngmultitypid OPERATOR(pg_catalog.=) types.oid
        ) AS part (oid)
         WHERE part.oid OPERATOR(pg_catalog.>=) CAST('16384' AS pg_catalog.oid))
SELECT CAST(c.conbin AS pg_catalog.text)
  FROM types
  JOIN pg_catalog.pg_constraint AS c ON c.contypid OPERATOR(pg_catalog.=) types.oid
 WHERE c.contype OPERATOR(pg_catalog.=) CAST('c' AS pg_catalog."char")
