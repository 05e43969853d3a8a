WITH RECURSIVE written (relation, part) AS (
        SELECT c.oid, c.oid FROM pg_catalog.pg_class AS c
         WHERE c.oid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
        UNION
        SELECT w.relation, i.inhrelid FROM written AS w
          JOIN pg_catalog.pg_inherits AS i ON i.inhparent OPERATOR(pg_catalog.=) w.part)
SELECT CAST(w.relation AS pg_catalog.text), 'trigger', CAST(t.tgfoid AS pg_catalog.text),
       pg_catalog.quote_ident(CAST(t.tgname AS pg_catalog.text)), CAST(t.xmin AS pg_catalog.text),
       CAST(t.tgtype AS pg_catalog.text), CAST(c.relispartition OR c.relkind OPERATOR(pg_catalog.=) CAST('p' AS pg_catalog."char") AS pg_catalog.text)
  FROM written AS w
  JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) w.part
  JOIN pg_catalog.pg_trigger AS t ON t.tgrelid OPERATOR(pg_catalog.=) w.part
 WHERE NOT (t.tgisinternal AND t.tgfoid OPERATOR(pg_catalog.<) CAST('16384' AS pg_catalog.oid))
   AND t.tgenabled OPERATOR(pg_catalog.<>) CAST('D' AS pg_catalog."char")
UNION ALL
SELECT CAST(w.relation AS pg_catalog.text), 'expression', NULL, x.tree, NULL, NULL, NULL
  FROM written AS w
  CROSS JOIN LATERAL (
        SELECT CAST(c.conbin AS pg_catalog.text) FROM pg_catalog.pg_constraint AS c
         WHERE c.conrelid OPERATOR(pg_catalog.=) w.part
        UNION ALL
        SELECT CAST(d.adbin AS pg_catalog.text) FROM pg_catalog.pg_attrdef AS d
          JOIN pg_catalog.pg_attribute AS a
            ON a.attrelid OPERATOR(pg_catalog.=) d.adrelid AND a.attnum OPERATOR(pg_catalog.=) d.adnum
         WHERE d.adrelid OPERATOR(pg_catalog.=) w.part
           AND a.attgenerated OPERATOR(pg_catalog.<>) CAST('' AS pg_catalog."char")
        UNION ALL
        SELECT CAST(i.indexprs AS pg_catalog.text) FROM pg_catalog.pg_index AS i
         WHERE i.indrelid OPERATOR(pg_catalog.=) w.part
        UNION ALL
        SELECT CAST(i.indpred AS pg_catalog.text) FROM pg_catalog.pg_index AS i
         WHERE i.indrelid OPERATOR(pg_catalog.=) w.part
        UNION ALL
        SELECT CAST(p.partexprs AS pg_catalog.text) FROM pg_catalog.pg_partitioned_table AS p
         WHERE p.partrelid OPERATOR(pg_catalog.=) w.part
        UNION ALL
        SELECT CAST(t.tgqual AS pg_catalog.text) FROM pg_catalog.pg_trigger AS t
         WHERE t.tgrelid OPERATOR(pg_catalog.=) w.part AND NOT t.tgisinternal
  ) AS x (tree)
 WHERE x.tree IS NOT NULL
UNION ALL
SELECT CAST(w.relation AS pg_catalog.text),
       CASE WHEN c.confdeltype OPERATOR(pg_catalog.=) CAST('c' AS pg_catalog."char") THEN 'delete cascades'
            WHEN c.confdeltype OPERATOR(pg_catalog.=) ANY (CAST('{n,d}' AS pg_catalog."char"[])) THEN 'delete updates' END,
       CAST(c.conrelid AS pg_catalog.text), CAST(c.conkey AS pg_catalog.text), CAST(c.confkey AS pg_catalog.text), NULL, NULL
  FROM written AS w
  JOIN pg_catalog.pg_constraint AS c ON c.confrelid OPERATOR(pg_catalog.=) w.part
 WHERE c.confdeltype OPERATOR(pg_catalog.=) ANY (CAST('{c,n,d}' AS pg_catalog."char"[]))
UNION ALL
SELECT CAST(w.relation AS pg_catalog.text), 'update updates',
       CAST(c.conrelid AS pg_catalog.text), CAST(c.conkey AS pg_catalog.text), CAST(c.confkey AS pg_catalog.text), NULL, NULL
  FROM written AS w
  JOIN pg_catalog.pg_constraint AS c ON c.confrelid OPERATOR(pg_catalog.=) w.part
 WHERE c.confupdtype OPERATOR(pg_catalog.=) ANY (CAST('{c,n,d}' AS pg_catalog."char"[]))
UNION ALL
SELECT CAST(w.relation AS pg_catalog.text), 'foreign', NULL, NULL, NULL, NULL, NULL
  FROM written AS w
  JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) w.part
 WHERE c.relkind OPERATOR(pg_catalog.=) CAST('f' AS pg_catalog."char")
UNION ALL
SELECT CAST(w.relation AS pg_catalog.text), 'compares', CAST(CAST(o.oprcode AS pg_catalog.oid) AS pg_catalog.text),
       NULL, NULL, NULL, NULL
  FROM written AS w
  JOIN pg_catalog.pg_constraint AS c
    ON w.part OPERATOR(pg_catalog.=) c.conrelid OR w.part OPERATOR(pg_catalog.=) c.confrelid
 CROSS JOIN LATERAL pg_catalog.unnest(
           pg_catalog.array_cat(pg_catalog.array_cat(c.conpfeqop, c.conppeqop),
                                pg_catalog.array_cat(c.conffeqop, c.conexclop))) AS used (operator)
  JOIN pg_catalog.pg_operator AS o ON o.oid OPERATOR(pg_catalog.=) used.operator
 WHERE o.oid OPERATOR(pg_catalog.>=) CAST('16384' AS pg_catalog.oid)
