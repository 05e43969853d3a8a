SELECT CAST(c.oid AS pg_catalog.text),
       CAST(n.nspname AS pg_catalog.text),
       pg_catalog.quote_ident(CAST(n.nspname AS pg_catalog.text)),
       pg_catalog.quote_ident(CAST(c.relname AS pg_catalog.text)),
       CAST(c.relkind AS pg_catalog.text)
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
 WHERE c.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
