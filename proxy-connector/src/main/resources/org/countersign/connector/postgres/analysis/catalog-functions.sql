SELECT CAST(p.oid AS pg_catalog.text),
       pg_catalog.concat(
           pg_catalog.quote_ident(CAST(n.nspname AS pg_catalog.text)), '.',
           pg_catalog.quote_ident(CAST(p.proname AS pg_catalog.text)), '(',
           (SELECT pg_catalog.string_agg(
                       CASE WHEN coalesce(e.typnamespace, t.typnamespace)
                                 OPERATOR(pg_catalog.=) CAST('pg_catalog' AS pg_catalog.regnamespace)
                            THEN pg_catalog.format_type(t.oid, NULL)
                            ELSE pg_catalog.concat(
                                pg_catalog.quote_ident(CAST(coalesce(en.nspname, tn.nspname) AS pg_catalog.text)), '.',
                                pg_catalog.quote_ident(CAST(coalesce(e.typname, t.typname) AS pg_catalog.text)),
                                CASE WHEN e.oid IS NULL THEN '' ELSE '[]' END) END,
                       ',' ORDER BY a.place)
              FROM ROWS FROM (pg_catalog.unnest(CAST(p.proargtypes AS pg_catalog.oid[]))) WITH ORDINALITY AS a (type, place)
              JOIN pg_catalog.pg_type AS t ON t.oid OPERATOR(pg_catalog.=) a.type
              JOIN pg_catalog.pg_namespace AS tn ON tn.oid OPERATOR(pg_catalog.=) t.typnamespace
              LEFT JOIN pg_catalog.pg_type AS e
                ON e.oid OPERATOR(pg_catalog.=) t.typelem AND e.typarray OPERATOR(pg_catalog.=) t.oid
              LEFT JOIN pg_catalog.pg_namespace AS en ON en.oid OPERATOR(pg_catalog.=) e.typnamespace),
           ')'),
       CAST(p.xmin AS pg_catalog.text),
       CAST(p.provolatile AS pg_catalog.text),
       CAST(p.prosecdef AS pg_catalog.text),
       CAST(p.proargdefaults AS pg_catalog.text),
       (SELECT CAST(pg_catalog.array_agg(CAST(s.function AS pg_catalog.oid)) AS pg_catalog.text)
          FROM pg_catalog.pg_aggregate AS a
         CROSS JOIN LATERAL (VALUES (a.aggtransfn), (a.aggfinalfn), (a.aggcombinefn), (a.aggserialfn),
                             (a.aggdeserialfn), (a.aggmtransfn), (a.aggminvtransfn), (a.aggmfinalfn)) AS s (function)
         WHERE a.aggfnoid OPERATOR(pg_catalog.=) p.oid
           AND CAST(s.function AS pg_catalog.oid) OPERATOR(pg_catalog.>=) CAST('16384' AS pg_catalog.oid))
  FROM pg_catalog.pg_proc AS p
  JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace
 WHERE p.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
