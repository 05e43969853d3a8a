-- # What must be allowed. One kind of ordinary work per entry, never deleted; the form is that of must-deny.sql. Each has to
-- # be answered through the gateway exactly as without it, or, where "-->" lines stand, with those rows. Unless "--+ as"
-- # says otherwise it is sent by somebody for whom classified columns are masked.

-- # Reads that touch nothing classified

-- one: the question of every pool
SELECT 1

-- empty: an empty statement
;

-- constants: constants of every kind
SELECT 'a''b', E'a\tb', U&'\0061', B'101', X'1F', 1e3, .5, true, NULL, $$d$$, $t$ $$ $t$, date '2026-01-01', interval '1 day'

-- arithmetic: operators and functions
SELECT 1 + 2 * 3, 7 / 2, 7 % 4, 2 ^ 10, abs(-3), round(2.567, 2), greatest(1, 2, 3), sqrt(16)

-- strings: functions over texts
SELECT upper('a'), lower('B'), length('abc'), substring('abcdef' FROM 2 FOR 3), trim('  x '), position('b' IN 'abc'), replace('aa', 'a', 'b'), split_part('a,b', ',', 2), concat('a', 1), format('%s-%s', 1, 2), md5('x'), reverse('abc'), lpad('7', 3, '0')

-- patterns: patterns
SELECT 'abc' LIKE 'a%', 'abc' ILIKE 'A%', 'abc' ~ '^a', 'abc' SIMILAR TO 'a(b|c)+', regexp_replace('a1b2', '\d', '', 'g'), regexp_match('ab12', '([a-z]+)(\d+)')

-- dates: dates
SELECT date_trunc('month', timestamp '2026-03-15 10:00'), extract(year FROM date '2026-03-15'), date '2026-03-15' + 7, age(timestamp '2026-03-15', timestamp '2025-03-15'), to_char(date '2026-03-15', 'DD.MM.YYYY'), timestamp '2026-01-01' AT TIME ZONE 'UTC'

-- json: documents that nobody classified
SELECT document -> 'b' -> 0, document ->> 'a', document @> '{"a": 1}', jsonb_array_length(coalesce(document -> 'b', '[]')), jsonb_path_query_array(document, '$.b[*]') FROM plain ORDER BY id

-- json-build: documents that are made
SELECT json_build_object('id', id, 'label', label), to_jsonb(parts), row_to_json(plain) FROM plain ORDER BY id

-- arrays: arrays
SELECT parts, parts[1], array_length(parts, 1), 2 = ANY (parts), parts || 9, array_to_string(parts, ','), ARRAY[1, 2] && parts FROM plain ORDER BY id

-- ranges: ranges
SELECT during, lower(during), during @> date '2026-01-15', during && daterange('2026-01-20', '2026-05-01') FROM plain ORDER BY id

-- enums: enums
SELECT feeling, feeling = 'calm', enum_range(NULL::mood) FROM plain ORDER BY feeling, id

-- star: every column of a table without secrets
SELECT * FROM plain ORDER BY id

-- table: TABLE
TABLE orders

-- values: VALUES
VALUES (1, 'a'), (2, 'b')

-- where: conditions
SELECT id FROM plain WHERE quantity BETWEEN 5 AND 6 AND label <> 'gamma' AND label IS NOT NULL OR id IN (2)

-- order: order, limit and offset
SELECT id, label FROM plain ORDER BY quantity DESC NULLS LAST, label LIMIT 2 OFFSET 1

-- fetch-first: the standard's limit
SELECT id FROM plain ORDER BY quantity FETCH FIRST 2 ROWS WITH TIES

-- group: groups
SELECT quantity, count(*), sum(id), avg(id), min(label), max(label), string_agg(label, ',' ORDER BY label), array_agg(id ORDER BY id), bool_or(id > 1) FROM plain GROUP BY quantity HAVING count(*) > 0 ORDER BY quantity

-- grouping-sets: grouping sets
SELECT quantity, feeling, grouping(quantity, feeling), count(*) FROM plain GROUP BY CUBE (quantity, feeling) ORDER BY 1 NULLS FIRST, 2 NULLS FIRST

-- filter: filtered and ordered aggregates
SELECT count(*) FILTER (WHERE quantity = 5), percentile_cont(0.5) WITHIN GROUP (ORDER BY quantity), mode() WITHIN GROUP (ORDER BY label) FROM plain

-- windows: window functions
SELECT id, row_number() OVER w, rank() OVER (ORDER BY quantity), lag(label) OVER w, sum(quantity) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), ntile(2) OVER w, first_value(label) OVER (PARTITION BY feeling ORDER BY id) FROM plain WINDOW w AS (ORDER BY id) ORDER BY id

-- distinct: DISTINCT
SELECT DISTINCT quantity FROM plain ORDER BY 1

-- distinct-on: DISTINCT ON
SELECT DISTINCT ON (quantity) quantity, label FROM plain ORDER BY quantity, label

-- union: set operations
(SELECT id FROM plain UNION SELECT id FROM orders) EXCEPT SELECT 3 ORDER BY 1

-- intersect: INTERSECT ALL
SELECT quantity FROM plain INTERSECT ALL SELECT 5

-- joins: joins of every kind
SELECT o.id, p.label, q.quantity FROM orders o JOIN plain p ON p.id = o.id LEFT JOIN plain q ON q.id = p.id FULL JOIN (VALUES (9)) AS v (n) ON v.n = o.id ORDER BY o.id NULLS LAST

-- natural: NATURAL JOIN
SELECT id, item FROM orders NATURAL JOIN (SELECT 1 AS id) AS one

-- lateral: LATERAL
SELECT p.id, l.g FROM plain p, LATERAL (SELECT generate_series(1, p.id) AS g) AS l ORDER BY 1, 2

-- subqueries: subqueries
SELECT id, (SELECT count(*) FROM orders o WHERE o.id <= p.id), EXISTS (SELECT 1 FROM orders o WHERE o.id = p.id), id IN (SELECT id FROM orders), id = ALL (SELECT 1) FROM plain p ORDER BY id

-- cte: common table expressions
WITH a AS (SELECT id, label FROM plain), b AS NOT MATERIALIZED (SELECT id FROM a WHERE id > 1) SELECT a.label FROM a JOIN b USING (id) ORDER BY 1

-- recursive: a recursion
WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t

-- recursive-search: SEARCH and CYCLE
WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 4) SEARCH DEPTH FIRST BY n SET way CYCLE n SET again USING path SELECT n, again FROM t ORDER BY way

-- series: set-returning functions
SELECT g, x, n FROM generate_series(1, 3) AS g, unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u (x, n) ORDER BY g, n

-- rows-from: ROWS FROM
SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a', 'b', 'c'])) AS r (a, b)

-- case: CASE, COALESCE, NULLIF
SELECT CASE WHEN quantity > 5 THEN 'many' WHEN quantity IS NULL THEN 'none' ELSE 'few' END, coalesce(during::text, 'open'), nullif(quantity, 5) FROM plain ORDER BY id

-- casts: casts
SELECT '7'::int, 7::text, '2026-01-01'::date, CAST('t' AS boolean), '1.50'::numeric(10, 1), id::bigint, changed::date FROM plain ORDER BY id

-- whole-row: a row as a value
SELECT plain FROM plain ORDER BY id

-- composite: composite values
SELECT (ROW('a', 'b')::place).zip, ROW(1, 'x') = ROW(1, 'x')

-- sample: TABLESAMPLE
SELECT count(*) FROM plain TABLESAMPLE SYSTEM (100)

-- ctid: system columns
SELECT tableoid::regclass, id FROM plain ORDER BY id

-- full-text: full text search
SELECT id FROM plain WHERE to_tsvector('simple', label) @@ to_tsquery('simple', 'alpha | gamma') ORDER BY ts_rank(to_tsvector('simple', label), to_tsquery('simple', 'alpha')) DESC, id

-- xml: XML
SELECT xmlelement(name a, label) FROM plain WHERE id = 1

-- bytes: bytes
SELECT encode('\xdead', 'hex'), decode('zq0=', 'base64'), length('\x00'::bytea)

-- network: addresses
SELECT inet '10.0.0.1' << inet '10.0.0.0/8', host(inet '10.0.0.1/24'), masklen(inet '10.0.0.0/8')

-- geometry: geometry
SELECT point(1, 2) <-> point(4, 6), box '(0,0),(1,1)' @> point '(0.5,0.5)'

-- uuids: uuids
SELECT 'c7d40b1e-5a92-4e36-8f07-d19b63aa2c59'::uuid < gen_random_uuid() OR true

-- session: who and where
SELECT current_database(), current_schema(), current_schemas(true), pg_backend_pid() > 0

-- random: functions that are different each time
SELECT random() < 1, clock_timestamp() >= now(), statement_timestamp() IS NOT NULL

-- comments: comments
/* a /* nested */ ; */ SELECT 1 -- ; the end

-- quoted-semicolon: semicolons that separate nothing
SELECT ';', $$;$$, "a;b" FROM (SELECT 1 AS "a;b") AS s

-- quotes-in-names: names that begin with, end in and consist of quotes
SELECT 1 AS """", 2 AS "a""", 3 AS """b", q."""", q."a""" FROM (SELECT 4 AS """", 5 AS "a""") AS q WHERE q."a""" = 5

-- braces-in-names: names with brackets, braces, backslashes and line breaks
WITH "w(""" AS (SELECT 1 AS "{a} :b", 2 AS "c\""
d") SELECT "{a} :b", "c\""
d" FROM "w("""

-- backslash: a backslash that escapes nothing
SELECT 'a\', '; DROP TABLE orders; --'

-- unicode: letters of everybody
SELECT 'Žluťoučký kůň', '日本語', '🙂', length('🙂'), U&'\+01F642'

-- long: a long list
SELECT count(*) FROM plain WHERE id IN (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40)

-- many-columns: many columns
SELECT 1 a, 2 b, 3 c, 4 d, 5 e, 6 f, 7 g, 8 h, 9 i, 10 j, 11 k, 12 l, 13 m, 14 n, 15 o, 16 p, 17 q, 18 r, 19 s, 20 t

-- keywords-as-names: names that are keywords elsewhere
SELECT 1 AS "select", 2 AS "from", value.key FROM (SELECT 1 AS key) AS value

-- # Shown columns of a table that has hidden ones

-- shown-columns: only what is shown
SELECT id, name, city FROM people ORDER BY name

-- shown-condition: conditions over what is shown
SELECT name FROM people WHERE city = 'Oslo' AND id < 9

-- shown-group: groups of what is shown
SELECT city, count(*), max(name) FROM people GROUP BY city ORDER BY city

-- shown-count: how many rows
SELECT count(*) FROM people

-- shown-join: joins over what is shown
SELECT p.name, sum(o.amount) FROM people p JOIN orders o ON o.person_id = p.id GROUP BY p.name ORDER BY 2 DESC

-- shown-exists: EXISTS over a table with secrets
SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM people p WHERE p.id = o.person_id AND p.city = 'Bern')

-- shown-exists-star: EXISTS (SELECT *) reads no column
SELECT o.id FROM orders o WHERE EXISTS (SELECT * FROM people p WHERE p.id = o.person_id AND p.city = 'Bern')

-- shown-view: a view without secrets over a table with some
SELECT * FROM towns ORDER BY id

-- shown-of-view: shown columns of a view with a hidden one
SELECT id, name FROM contacts ORDER BY id

-- shown-of-partitioned: shown columns of a partitioned table
SELECT id, region FROM ledger ORDER BY id

-- shown-of-inherited: shown columns of a parent
SELECT id, name FROM staff ORDER BY id

-- shown-window: windows over what is shown
SELECT name, row_number() OVER (PARTITION BY city ORDER BY id) FROM people ORDER BY id

-- shown-union: set operations over what is shown
SELECT name FROM people UNION SELECT item FROM orders ORDER BY 1

-- shown-order-of-masked: masked columns beside an order by a shown one
SELECT email, card FROM people ORDER BY name DESC
--> z***@vault.example | 541275******8821
--> q***@vault.example | 453978******3175

-- masked-and-shown: what an ORM loads: every column
SELECT p.id, p.name, p.city, p.email, p.card, p.phone FROM people p WHERE p.id = 1
--> 1 | Ada | Oslo | q***@vault.example | 453978******3175 | ***

-- masked-join-fetch: what an ORM loads with a join
SELECT o.id, o.item, p.id, p.name, p.email FROM orders o LEFT JOIN people p ON p.id = o.person_id WHERE o.id = 3
--> 3 | chair | 2 | Bob | z***@vault.example

-- masked-paging: a page of a list
--+ via extended
--+ value 1
--+ value 1
SELECT id, email FROM people ORDER BY id LIMIT $1 OFFSET $2
--> 2 | z***@vault.example

-- masked-derived-table: what a BI tool wraps around everything
SELECT * FROM (SELECT id, name, email FROM people) AS virtual_table WHERE id = 1 LIMIT 1000
--> 1 | Ada | q***@vault.example

-- masked-export: an export as CSV
COPY (SELECT name, email FROM people ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER)
--> name,email
--> Ada,q***@vault.example
--> Bob,z***@vault.example

-- masked-null: NULL stays NULL
--+ first INSERT INTO people (id, name, city) VALUES (8, 'Gus', 'Rome')
SELECT id, email, card, salary, tags FROM people WHERE id = 8

-- masked-no-rows: no rows are no rows
SELECT email FROM people WHERE id = 99

-- masked-explain: a plan that shows no value
EXPLAIN (VERBOSE, COSTS OFF) SELECT email FROM people WHERE id = 1

-- # Ways to send it

-- extended: parameters
--+ via extended
--+ value 2
SELECT label, quantity FROM plain WHERE id = $1

-- extended-types: parameters of several types
--+ via extended
--+ value 5
--+ value calm
--+ value 2026-01-15
SELECT id FROM plain WHERE quantity = $1 AND feeling = $2::mood AND during @> $3::date

-- extended-array: an array as a parameter
--+ via extended
--+ value {1,3}
SELECT id FROM plain WHERE id = ANY ($1::int[]) ORDER BY id

-- extended-json: a document as a parameter
--+ via extended
--+ value {"a": 1}
SELECT id FROM plain WHERE document @> $1

-- binary: binary results
--+ via binary
SELECT id, label, quantity, parts, changed, document FROM plain ORDER BY id

-- named: a named statement
--+ via named
--+ value 1
SELECT id, label FROM plain WHERE id > $1 ORDER BY id

-- limited: a row at a time
--+ via limited
SELECT id FROM plain ORDER BY id

-- portal: a portal and FETCH
--+ via portal
SELECT id FROM plain ORDER BY id

-- extended-write: a write with parameters
--+ via extended
--+ value delta
--+ value 4
INSERT INTO plain (id, label, quantity) VALUES (9, $1, $2) RETURNING id, label

-- extended-empty: an empty statement
--+ via extended
;

-- several: several statements
SELECT 1; SELECT label FROM plain WHERE id = 1; VALUES (2)

-- several-writes: several writes in one Query
INSERT INTO plain (id) VALUES (9); UPDATE plain SET label = 'x' WHERE id = 9; SELECT label FROM plain WHERE id = 9; DELETE FROM plain WHERE id = 9

-- several-with-transaction: a transaction in one Query
--+ apart
BEGIN; INSERT INTO plain (id) VALUES (9); SAVEPOINT a; DELETE FROM plain; ROLLBACK TO a; SELECT count(*) FROM plain; ROLLBACK

-- cursor: a cursor
--+ first DECLARE c SCROLL CURSOR FOR SELECT id, label FROM plain ORDER BY id
FETCH LAST FROM c

-- cursor-move: MOVE and CLOSE
--+ first DECLARE c CURSOR FOR SELECT id FROM plain ORDER BY id
MOVE 2 IN c; FETCH c; CLOSE c

-- prepared: PREPARE, EXECUTE
--+ first PREPARE p (int, text) AS SELECT id, $2 FROM plain WHERE id >= $1 ORDER BY id
EXECUTE p (2, 'it''s')

-- prepared-write: PREPARE of a write
--+ first PREPARE w (text) AS UPDATE plain SET label = $1 WHERE id = 1 RETURNING label
EXECUTE w ('new')

-- deallocate: DEALLOCATE
--+ first PREPARE p AS SELECT 1
DEALLOCATE p

-- discard: what a pool sends
--+ apart
DISCARD ALL

-- reset-all: RESET ALL
RESET ALL

-- # Writes

-- insert: INSERT
INSERT INTO plain (id, label, quantity) VALUES (9, 'delta', 1), (10, 'epsilon', 2)

-- insert-default: defaults
INSERT INTO orders (id, person_id, item, amount) VALUES (9, 1, 'pen', 1.5) RETURNING *

-- insert-identity: a generated key is returned
INSERT INTO plain (label) VALUES ('x') RETURNING id > 0

-- insert-select: from a query
INSERT INTO plain (id, label) SELECT id + 10, item FROM orders RETURNING id, label

-- insert-shown-of-people: from shown columns of a table with secrets
INSERT INTO plain (id, label) SELECT id + 10, name FROM people RETURNING id, label

-- insert-into-people: into shown columns of a table with secrets
INSERT INTO people (id, name, city) VALUES (9, 'Eve', 'Rome') RETURNING id, name

-- insert-json: a document
INSERT INTO plain (id, document, parts) VALUES (9, '{"k": [1, {"x": null}]}', ARRAY[7, 8]) RETURNING document, parts

-- upsert: ON CONFLICT DO UPDATE
INSERT INTO plain (id, label, quantity) VALUES (1, 'again', 1) ON CONFLICT (id) DO UPDATE SET label = EXCLUDED.label, quantity = plain.quantity + EXCLUDED.quantity RETURNING label, quantity

-- upsert-nothing: ON CONFLICT DO NOTHING
INSERT INTO plain (id) VALUES (1) ON CONFLICT DO NOTHING

-- upsert-where: with a condition
INSERT INTO plain (id, quantity) VALUES (1, 9) ON CONFLICT (id) DO UPDATE SET quantity = EXCLUDED.quantity WHERE plain.quantity < EXCLUDED.quantity RETURNING quantity

-- update: UPDATE
UPDATE plain SET label = upper(label), quantity = quantity + 1, document = document || '{"z": 1}', parts = array_append(parts, 9) WHERE id = 1 RETURNING *

-- update-from: UPDATE from another table
UPDATE plain SET label = o.item FROM orders o WHERE o.id = plain.id RETURNING plain.id, plain.label

-- update-people: shown columns of a table with secrets
UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING id, city

-- update-view: through a view
UPDATE towns SET city = 'Rome' WHERE id = 2 RETURNING city

-- update-rows: several columns from one query
UPDATE plain SET (label, quantity) = (SELECT item, 3 FROM orders WHERE orders.id = plain.id) WHERE id <= 3 RETURNING id, label, quantity

-- update-optimistic: what an ORM does for a version
UPDATE orders SET note = 'x', placed = '2026-03-03 00:00:00+00' WHERE id = 1 AND placed = '2026-01-05 10:00:00+00'

-- delete: DELETE
DELETE FROM plain WHERE id = 1 RETURNING id

-- delete-using: DELETE with a join
DELETE FROM plain USING orders o WHERE o.id = plain.id AND o.item = 'desk' RETURNING plain.id

-- delete-all: all rows
DELETE FROM plain

-- merge: MERGE
--+ since 15
MERGE INTO plain p USING (VALUES (1, 'x'), (9, 'y')) AS s (id, label) ON s.id = p.id WHEN MATCHED THEN UPDATE SET label = s.label WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, s.label)

-- merge-returning: MERGE that returns
--+ since 17
MERGE INTO plain p USING (VALUES (1, 'x')) AS s (id, label) ON s.id = p.id WHEN MATCHED THEN UPDATE SET label = s.label RETURNING merge_action(), p.label

-- returning-old-new: old and new
--+ since 18
UPDATE plain SET quantity = quantity * 2 WHERE id = 1 RETURNING old.quantity, new.quantity

-- write-in-cte: a write in a WITH
WITH gone AS (DELETE FROM plain WHERE quantity = 5 RETURNING id, label) INSERT INTO plain (id, label) SELECT id + 20, label FROM gone RETURNING id, label

-- lock-rows: FOR UPDATE
SELECT id FROM plain WHERE id = 1 FOR UPDATE

-- lock-rows-queue: what a job queue does
SELECT id FROM plain WHERE feeling = 'calm' ORDER BY id LIMIT 1 FOR NO KEY UPDATE OF plain SKIP LOCKED

-- queue-take: and in one statement
UPDATE plain SET feeling = 'stormy' WHERE id = (SELECT id FROM plain WHERE feeling = 'calm' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id

-- sequence: a number of a sequence
SELECT nextval('tickets') > 0

-- sequence-current: the last one
--+ first SELECT nextval('tickets')
SELECT currval('tickets') > 0, lastval() > 0

-- notify: LISTEN and NOTIFY
--+ as clear
LISTEN news

-- large-object: a large object
--+ as clear
SELECT lo_create(0) > 0

-- # COPY

-- copy-out: COPY as text
COPY plain (id, label, quantity) TO STDOUT

-- copy-out-query: a query
COPY (SELECT id, label FROM plain ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER, QUOTE '''', NULL 'none')

-- copy-out-binary: as binary
COPY plain (id, label) TO STDOUT WITH (FORMAT binary)

-- copy-in: COPY in
--+ data 9	delta	4
--+ data 10	\N	5
COPY mailbox_free (id, note, size) FROM STDIN

-- copy-in-csv: as CSV
--+ data id,label
--+ data 9,"a, b"
COPY plain (id, label) FROM STDIN WITH (FORMAT csv, HEADER true)

-- copy-in-people: into shown columns of a table with secrets
--+ data 9	Eve	Rome
COPY people (id, name, city) FROM STDIN

-- # Transactions and settings

-- begin: BEGIN
--+ apart
BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE

-- start: START TRANSACTION
--+ apart
START TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- set-transaction: SET TRANSACTION
--+ first ROLLBACK
--+ first BEGIN
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- commit-chain: COMMIT AND CHAIN
COMMIT AND CHAIN

-- savepoints: savepoints
SAVEPOINT a; SAVEPOINT b; RELEASE b; ROLLBACK TO SAVEPOINT a

-- set-search-path: what migrations set
SET search_path TO "$user", public

-- set-time-zone: what drivers set
SET TIME ZONE 'Europe/Berlin'

-- set-local: for a transaction
SET LOCAL statement_timeout = '5s'

-- set-datestyle: dates
SET DateStyle = ISO, DMY

-- set-application-name: who it is
SET application_name = 'report'

-- set-client-encoding: the encoding there is
SET client_encoding = 'UTF8'

-- set-messages: how much to hear
SET client_min_messages = warning

-- set-float: digits
SET extra_float_digits = 3

-- set-characteristics: the session's transactions
SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY

-- set-constraints: deferred constraints
SET CONSTRAINTS ALL DEFERRED

-- show: SHOW
SHOW transaction_isolation

-- show-version: the version
SHOW server_version_num

-- show-search-path: the path
SHOW search_path

-- show-encoding: the encoding
SHOW server_encoding

-- show-strings: how strings are read
SHOW standard_conforming_strings

-- show-isolation: in words
SHOW TRANSACTION ISOLATION LEVEL

-- # Catalogs: what tools ask before they do anything

-- version: the version as text
SELECT version()

-- tables: the tables there are
SELECT n.nspname, c.relname, c.relkind FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname = 'public' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1, 2

-- columns: the columns of a table
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = 'people'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum

-- indexes: the indexes of a table
SELECT i.relname, pg_catalog.pg_get_indexdef(x.indexrelid), x.indisprimary, x.indisunique FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = 'plain'::regclass ORDER BY 1

-- constraints: the constraints of a table
SELECT conname, contype, pg_catalog.pg_get_constraintdef(oid, true) FROM pg_catalog.pg_constraint WHERE conrelid = 'orders'::regclass ORDER BY 1

-- foreign-keys: who refers to whom
SELECT conname, conrelid::regclass, confrelid::regclass FROM pg_catalog.pg_constraint WHERE contype = 'f' ORDER BY 1

-- view-definitions: what a view is
SELECT viewname, definition FROM pg_catalog.pg_views WHERE schemaname = 'public' ORDER BY 1

-- functions: the functions there are
SELECT p.proname, pg_catalog.pg_get_function_arguments(p.oid), pg_catalog.pg_get_function_result(p.oid) FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'public'::regnamespace ORDER BY 1, 2

-- triggers: the triggers of a table
SELECT tgname, pg_catalog.pg_get_triggerdef(oid) FROM pg_catalog.pg_trigger WHERE tgrelid = 'mailbox'::regclass AND NOT tgisinternal

-- enum-labels: the labels of an enum
SELECT e.enumlabel FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'mood' ORDER BY e.enumsortorder

-- sequences: the sequences there are
SELECT sequencename, data_type, increment_by FROM pg_catalog.pg_sequences WHERE schemaname = 'public' ORDER BY 1

-- comments-of-objects: comments
SELECT obj_description('plain'::regclass), col_description('plain'::regclass, 1)

-- partitions: partitions
SELECT inhrelid::regclass, inhparent::regclass FROM pg_catalog.pg_inherits ORDER BY 1

-- roles: who there is
SELECT rolname, rolsuper, rolcanlogin FROM pg_catalog.pg_roles WHERE rolname = 'pg_monitor'

-- databases: the databases there are
SELECT datname, pg_catalog.pg_encoding_to_char(encoding) FROM pg_catalog.pg_database WHERE datname = 'shop'

-- types: types by name
SELECT oid, typname, typcategory FROM pg_catalog.pg_type WHERE typname IN ('int4', 'text', 'jsonb', 'uuid') ORDER BY 1

-- type-arrays: what psycopg asks for every type
SELECT typname, oid, typarray, oid::regtype::text, typdelim FROM pg_type t WHERE t.oid = to_regtype('mood')

-- hibernate-sequences: what Hibernate asks
SELECT * FROM information_schema.sequences ORDER BY sequence_name

-- information-tables: the standard's tables
SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 2

-- information-columns: the standard's columns
SELECT column_name, data_type, is_nullable, column_default, character_maximum_length FROM information_schema.columns WHERE table_name = 'people' ORDER BY ordinal_position

-- information-keys: the standard's keys
SELECT tc.constraint_name, kcu.column_name FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu ON kcu.constraint_name = tc.constraint_name WHERE tc.table_name = 'plain' AND tc.constraint_type = 'PRIMARY KEY'

-- privileges: what may be done
SELECT has_table_privilege('people', 'SELECT'), has_schema_privilege('public', 'USAGE')

-- sizes: how large it is
SELECT pg_size_pretty(pg_relation_size('plain')), pg_total_relation_size('plain') > 0

-- exists: whether there is a table
SELECT to_regclass('public.plain') IS NOT NULL, to_regclass('public.none') IS NULL

-- recovery: whether it is a replica
SELECT pg_is_in_recovery()

-- explain: a plan
EXPLAIN (COSTS OFF) SELECT id FROM plain WHERE label = 'alpha'

-- explain-json: a plan as JSON
EXPLAIN (COSTS OFF, FORMAT json) SELECT count(*) FROM orders JOIN plain USING (id)

-- explain-analyze: a plan that runs
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) SELECT 1

-- explain-write: the plan of a write
EXPLAIN (COSTS OFF) UPDATE plain SET label = 'x' WHERE id = 1

-- # Definitions, by somebody who sees everything

-- create-table: a table with all that belongs to it
--+ as clear
CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(40) NOT NULL UNIQUE, kind text CHECK (kind IN ('a', 'b')), parent bigint REFERENCES made ON DELETE CASCADE, total numeric GENERATED ALWAYS AS (id * 2) STORED, made_at timestamptz DEFAULT now())

-- create-if-not-exists: with a notice
--+ as clear
CREATE TABLE IF NOT EXISTS plain (id integer)

-- create-temporary: a temporary table, used at once
--+ as clear
CREATE TEMP TABLE scratch (id integer) ON COMMIT DROP; INSERT INTO scratch VALUES (1); SELECT * FROM scratch

-- create-table-as: from a query
--+ as clear
CREATE TABLE made AS SELECT id, label FROM plain

-- alter-table: columns come and go
--+ as clear
ALTER TABLE plain ADD COLUMN extra text DEFAULT 'x', ALTER COLUMN label DROP NOT NULL, ADD CONSTRAINT few CHECK (quantity < 1000)

-- alter-rename: another name
--+ as clear
ALTER TABLE plain RENAME COLUMN label TO title

-- drop-column: a column less
--+ as clear
ALTER TABLE plain DROP COLUMN parts

-- drop-table: a table less
--+ as clear
DROP TABLE IF EXISTS mailbox_free, never_there CASCADE

-- create-index: an index
--+ as clear
CREATE UNIQUE INDEX made ON plain USING btree (lower(label) text_pattern_ops DESC, id) WHERE quantity > 0

-- create-index-concurrently: outside of a transaction
--+ as clear
--+ apart
--+ undo DROP INDEX made_concurrently
CREATE INDEX CONCURRENTLY made_concurrently ON plain (quantity)

-- create-view: a view
--+ as clear
CREATE OR REPLACE VIEW made AS SELECT id, label FROM plain WHERE quantity > 5 WITH CHECK OPTION

-- create-materialized-view: a materialized view
--+ as clear
CREATE MATERIALIZED VIEW made AS SELECT count(*) FROM plain WITH DATA

-- refresh: refreshed
--+ as clear
REFRESH MATERIALIZED VIEW cards

-- create-function: a function
--+ as clear
CREATE OR REPLACE FUNCTION made(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE AS $f$ SELECT a + b; $f$

-- create-function-atomic: a function with a body of SQL
--+ as clear
CREATE FUNCTION made() RETURNS integer BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END

-- create-procedure: a procedure
--+ as clear
CREATE PROCEDURE made() LANGUAGE plpgsql AS 'BEGIN NULL; END'

-- create-trigger: a trigger
--+ as clear
CREATE TRIGGER made AFTER UPDATE OF label ON plain FOR EACH ROW WHEN (OLD.label IS DISTINCT FROM NEW.label) EXECUTE FUNCTION suppress_redundant_updates_trigger()

-- create-type: types
--+ as clear
CREATE TYPE made AS ENUM ('x', 'y'); CREATE DOMAIN made_too AS text CHECK (VALUE <> '')

-- alter-type: another label
--+ as clear
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'calm'

-- create-sequence: a sequence
--+ as clear
CREATE SEQUENCE made START 10 INCREMENT BY 5 OWNED BY NONE

-- create-schema: a schema
--+ as clear
CREATE SCHEMA made CREATE TABLE inside (id integer)

-- create-partition: a partition
--+ as clear
CREATE TABLE ledger_west PARTITION OF ledger FOR VALUES IN ('west')

-- attach-partition: taken away
--+ as clear
ALTER TABLE ledger DETACH PARTITION ledger_south

-- comment: a comment
--+ as clear
COMMENT ON COLUMN plain.label IS 'what it says; or not'

-- grant: rights
--+ as clear
GRANT SELECT (id, label), UPDATE (label) ON plain TO pg_monitor

-- revoke: and back
--+ as clear
REVOKE ALL ON plain FROM PUBLIC

-- alter-column-type: a column's values in another type, as migrations write it
--+ as clear
ALTER TABLE plain ALTER COLUMN "quantity" TYPE bigint USING "quantity"::bigint

-- exclusion-constraint: USING names the method of an index
--+ as clear
ALTER TABLE plain ADD CONSTRAINT apart EXCLUDE USING btree (id WITH =)

-- create-policy: row-level security
--+ as clear
ALTER TABLE plain ENABLE ROW LEVEL SECURITY; CREATE POLICY made ON plain USING (id > 0)

-- truncate: TRUNCATE
--+ as clear
TRUNCATE plain RESTART IDENTITY

-- lock: LOCK
--+ as clear
LOCK TABLE plain IN SHARE MODE

-- analyze: ANALYZE
--+ as clear
ANALYZE plain

-- vacuum: VACUUM
--+ as clear
--+ apart
VACUUM (ANALYZE) plain

-- reindex: REINDEX
--+ as clear
REINDEX TABLE plain

-- do: a block of code
--+ as clear
DO $$ DECLARE n integer; BEGIN SELECT count(*) INTO n FROM plain; IF n > 100 THEN RAISE EXCEPTION 'many'; END IF; END $$

-- call: a procedure
--+ as clear
CALL wipe_orders()

-- user-function: a function of the target's own
--+ as clear
SELECT email_of(1), 0 @+@ 1, email_as_owner(2)

-- migration-history: what a migration tool does for itself
--+ as clear
CREATE TABLE IF NOT EXISTS history (rank integer NOT NULL, version varchar(50), script varchar(1000) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(), CONSTRAINT history_pk PRIMARY KEY (rank)); CREATE INDEX history_version ON history (version); INSERT INTO history (rank, version, script) VALUES (1, '1', 'V1__init.sql'); SELECT version FROM history ORDER BY rank

-- clear-secrets: everything in clear for whom nothing is masked
--+ as clear
SELECT * FROM people ORDER BY id

-- clear-predicate: and usable
--+ as clear
SELECT name, upper(email), salary * 2 FROM people WHERE email LIKE 'q%' ORDER BY salary

-- # A reader with two tables

-- reader-select: what the role names
--+ as reader
SELECT id, item, amount FROM orders ORDER BY id

-- reader-join: both of them
--+ as reader
SELECT p.name, o.item FROM people p JOIN orders o ON o.person_id = p.id ORDER BY o.id

-- reader-copy: out by COPY
--+ as reader
COPY orders (id, item) TO STDOUT

-- reader-catalog: the catalog
--+ as reader
SELECT relname FROM pg_class WHERE oid = 'orders'::regclass

-- reader-cursor: a cursor
--+ as reader
--+ first DECLARE c CURSOR FOR SELECT id FROM orders ORDER BY id
FETCH ALL FROM c

-- reader-functions: harmless functions
--+ as reader
SELECT upper(item), round(amount), coalesce(note, '-') FROM orders ORDER BY id

-- trigger-of-another-event: a trigger that would not fire is no reason to refuse
INSERT INTO changing VALUES (2, 'two')

-- delete-under-update-trigger: nor for a DELETE
DELETE FROM changing WHERE id = 1

-- composite-with-user-class: values of a type with functions of its own may be read
SELECT id, piece, pieces[1] FROM purses WHERE id = 1

-- count-of-user-type: and counted
SELECT count(piece), array_length(array_agg(piece), 1) FROM purses

-- range-of-user-class: a range may be read
SELECT lower(stairs), upper(stairs), stairs FROM flights WHERE id = 2

-- named-with-its-functions: who may call everything may sort
--+ as clear
SELECT id FROM purses ORDER BY id

-- # Calls of functions by protocol

-- call-length: a harmless function, with a text
--+ as reader
--+ via call
--+ value grün
1317

-- call-power: two numbers
--+ as reader
--+ via call
--+ value 2
--+ value 10
1368

-- call-lo-create: a large object by one who may do everything
--+ as clear
--+ via call
--+ value 4747
715
