SELECT CAST(c.oid AS pg_catalog.text),
       CAST(n.nspname AS pg_catalog.text),
       pg_catalog.quote_ident(CAST(n.nspname AS pg_catalog.text)),
       pg_catalog.quote_ident(CAST(c.relname AS pg_catalog.text)),
       CAST(c.relkind AS pg_catalog.text),
       (WITH RECURSIVE parts (oid) AS (
               SELECT c.oid
               UNION
               SELECT i.inhrelid FROM parts
                 JOIN pg_catalog.pg_inherits AS i ON i.inhparent OPERATOR(pg_catalog.=) parts.oid),
             classes (oid) AS (
               SELECT pg_catalog.unnest(CAST(i.indclass AS pg_catalog.oid[])) FROM parts
                 JOIN pg_catalog.pg_index AS i ON i.indrelid OPERATOR(pg_catalog.=) parts.oid
               UNION
               SELECT pg_catalog.unnest(CAST(p.partclass AS pg_catalog.oid[])) FROM parts
                 JOIN pg_catalog.pg_partitioned_table AS p ON p.partrelid OPERATOR(pg_catalog.=) parts.oid)
        SELECT CAST(pg_catalog.array_agg(DISTINCT p.oid) AS pg_catalog.text)
          FROM classes
          JOIN pg_catalog.pg_opclass AS o ON o.oid OPERATOR(pg_catalog.=) classes.oid
          JOIN pg_catalog.pg_amproc AS f ON f.amprocfamily OPERATOR(pg_catalog.=) o.opcfamily
          JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) CAST(f.amproc AS pg_catalog.oid)
          JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
         WHERE p.oid OPERATOR(pg_catalog.>=) CAST('16384' AS pg_catalog.oid)
           AND NOT (l.lanname OPERATOR(pg_catalog.=) ANY (CAST('{c,internal}' AS pg_catalog.name[]))
                    AND NOT p.prosecdef
                    AND p.provolatile OPERATOR(pg_catalog.<>) CAST('v' AS pg_catalog."char")))
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
 WHERE c.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
