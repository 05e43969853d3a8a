SELECT CAST(o.oid AS pg_catalog.text), CAST(CAST(o.oprcode AS pg_catalog.oid) AS pg_catalog.text)
  FROM pg_catalog.pg_operator AS o
 WHERE o.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
