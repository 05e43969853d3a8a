WITH RECURSIVE types (root, oid) AS (
        SELECT t.oid, t.oid FROM pg_catalog.pg_type AS t
         WHERE t.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
        UNION
        SELECT types.root, part.oid FROM types CROSS JOIN LATERAL (
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
             WHERE r.rngtypid OPERATOR(pg_catalog.=) types.oid
            UNION ALL
            SELECT r.rngtypid FROM pg_catalog.pg_range AS r
             WHERE r.rngmultitypid OPERATOR(pg_catalog.=) types.oid
            UNION ALL
            SELECT c.casttarget FROM pg_catalog.pg_cast AS c
             WHERE c.castsource OPERATOR(pg_catalog.=) types.oid
               AND c.castmethod OPERATOR(pg_catalog.=) CAST('b' AS pg_catalog."char")
        ) AS part (oid)
         WHERE part.oid OPERATOR(pg_catalog.>=) CAST('16384' AS pg_catalog.oid)),
     families (root, kind, oid) AS (
        SELECT types.root, 'compares', o.opcfamily
          FROM types
          JOIN pg_catalog.pg_opclass AS o ON o.opcintype OPERATOR(pg_catalog.=) types.oid
         WHERE o.opcdefault AND o.opcmethod OPERATOR(pg_catalog.=) ANY (CAST('{403,405}' AS pg_catalog.oid[]))
        UNION
        SELECT types.root, k.kind, o.opcfamily
          FROM types
          JOIN pg_catalog.pg_range AS r ON r.rngtypid OPERATOR(pg_catalog.=) types.oid
          JOIN pg_catalog.pg_opclass AS o ON o.oid OPERATOR(pg_catalog.=) r.rngsubopc
         CROSS JOIN (VALUES ('reads'), ('compares')) AS k (kind)),
     calls (root, kind, function) AS (
        SELECT families.root, families.kind, CAST(p.amproc AS pg_catalog.oid)
          FROM families
          JOIN pg_catalog.pg_amproc AS p ON p.amprocfamily OPERATOR(pg_catalog.=) families.oid
        UNION
        SELECT types.root, k.kind, CAST(r.rngcanonical AS pg_catalog.oid)
          FROM types
          JOIN pg_catalog.pg_range AS r ON r.rngtypid OPERATOR(pg_catalog.=) types.oid
         CROSS JOIN (VALUES ('reads'), ('compares')) AS k (kind)
        UNION
        SELECT types.root, 'reads', CAST(f.function AS pg_catalog.oid)
          FROM types
          JOIN pg_catalog.pg_type AS t ON t.oid OPERATOR(pg_catalog.=) types.oid
         CROSS JOIN LATERAL (VALUES (t.typinput), (t.typreceive), (t.typmodin), (t.typsubscript)) AS f (function)
        UNION
        SELECT types.root, 'prints', c.castfunc
          FROM types
          JOIN pg_catalog.pg_cast AS c ON c.castsource OPERATOR(pg_catalog.=) types.oid
         WHERE c.casttarget OPERATOR(pg_catalog.=) ANY (CAST('{114,3802}' AS pg_catalog.oid[])))
SELECT CAST(types.root AS pg_catalog.text), 'checks', CAST(c.conbin AS pg_catalog.text)
  FROM types
  JOIN pg_catalog.pg_constraint AS c ON c.contypid OPERATOR(pg_catalog.=) types.oid
 WHERE c.contype OPERATOR(pg_catalog.=) CAST('c' AS pg_catalog."char")
UNION ALL
SELECT CAST(calls.root AS pg_catalog.text), calls.kind, CAST(calls.function AS pg_catalog.text)
  FROM calls
  JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) CAST(calls.function AS pg_catalog.oid)
  JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
 WHERE p.oid OPERATOR(pg_catalog.>=) CAST('16384' AS pg_catalog.oid)
   AND NOT (l.lanname OPERATOR(pg_catalog.=) ANY (CAST('{c,internal}' AS pg_catalog.name[]))
            AND NOT p.prosecdef
            AND p.provolatile OPERATOR(pg_catalog.<>) CAST('v' AS pg_catalog."char"))
