SELECT CAST(r.ev_class AS pg_catalog.text), CAST(r.ev_action AS pg_catalog.text)
  FROM pg_catalog.pg_rewrite AS r
 WHERE r.ev_class OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
   AND r.rulename OPERATOR(pg_catalog.=) CAST('_RETURN' AS pg_catalog.name)
