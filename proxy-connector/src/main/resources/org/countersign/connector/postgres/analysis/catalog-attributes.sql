SELECT CAST(a.attrelid AS pg_catalog.text),
       CAST(a.attnum AS pg_catalog.text),
       pg_catalog.quote_ident(CAST(a.attname AS pg_catalog.text)),
       CASE WHEN a.attgenerated OPERATOR(pg_catalog.<>) CAST('' AS pg_catalog."char")
            THEN CAST(d.adbin AS pg_catalog.text) END
  FROM pg_catalog.pg_attribute AS a
  LEFT JOIN pg_catalog.pg_attrdef AS d
    ON d.adrelid OPERATOR(pg_catalog.=) a.attrelid AND d.adnum OPERATOR(pg_catalog.=) a.attnum
 WHERE a.attrelid OPERATOR(pg_catalog.=) ANY (CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.oid[]))
   AND NOT a.attisdropped
