SELECT CAST(o.oid AS pg_catalog.text), CAST(CAST(o.oprcode AS pg_catalog.oid) AS pg_catalog.text),
       (SELECT CAST(pg_catalog.array_agg(DISTINCT p.oid) AS pg_catalog.text)
          FROM pg_catalog.pg_amop AS a
          JOIN pg_catalog.pg_amproc AS f ON f.amprocfamily OPERATOR(pg_catalog.=) a.amopfamily
          JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) CAST(f.amproc AS pg_catalog.oid)
          JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
         WHERE a.amopopr OPERATOR(pg_catalog.=) o.oid
           AND p.oid OPERATOR(pg_catalog.>=) CAST('16384' AS pg_catalog.oid)
           AND NOT (l.lanname OPERATOR(pg_catalog.=) ANY (CAST('{c,internal}' AS pg_catalog.name[]))
                    AND NOT p.prosecdef
                    AND p.provolatile OPERATOR(pg_catalog.<>) CAST('v' AS pg_catalog."char")))
  FROM pg_catalog.pg_operator AS o
 WHERE o.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
