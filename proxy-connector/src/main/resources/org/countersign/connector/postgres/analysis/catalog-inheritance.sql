WITH RECURSIVE up (relation, related) AS (
        SELECT i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits AS i
         WHERE i.inhrelid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
        UNION
        SELECT u.relation, i.inhparent FROM up AS u
          JOIN pg_catalog.pg_inherits AS i ON i.inhrelid OPERATOR(pg_catalog.=) u.related),
     down (relation, related) AS (
        SELECT i.inhparent, i.inhrelid FROM pg_catalog.pg_inherits AS i
         WHERE i.inhparent OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
        UNION
        SELECT d.relation, i.inhrelid FROM down AS d
          JOIN pg_catalog.pg_inherits AS i ON i.inhparent OPERATOR(pg_catalog.=) d.related)
SELECT CAST(relation AS pg_catalog.text), CAST(related AS pg_catalog.text) FROM up
UNION ALL
SELECT CAST(relation AS pg_catalog.text), CAST(related AS pg_catalog.text) FROM down
