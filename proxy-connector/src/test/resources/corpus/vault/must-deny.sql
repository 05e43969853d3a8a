-- # What must be denied. One trick per entry, never deleted. An entry is its name and its reason, then lines of "--+" that
-- # say how it is sent, the statement, and behind "-->" the SQLSTATE and words of the refusal. Without the gateway each
-- # shows a secret of the vault, or what "--+ shows" quotes, or changes the answer of the query in "--+ effect".
-- # Unless "--+ as" says otherwise it is sent by "masked", who may do everything and sees classified values masked.

-- # Predicates, joins, grouping and order: each answers a question about a hidden value

-- equality: asks whether somebody has this address
--+ shows 1 | Ada
SELECT id, name FROM people WHERE email = 'quillon.featherby@vault.example'
--> 42501 public.people.email is masked

-- prefix: guesses letter by letter
--+ shows Ada
SELECT name FROM people WHERE email LIKE 'q%'
--> 42501 public.people.email is masked

-- prefix-insensitive: ILIKE guesses as LIKE does
--+ shows Ada
SELECT name FROM people WHERE email ILIKE 'Q%'
--> 42501 public.people.email is masked

-- regular-expression: a pattern narrows the value down
--+ shows Ada
SELECT name FROM people WHERE email ~ '^q.*by@'
--> 42501 public.people.email is masked

-- similar-to: the third pattern language
--+ shows Ada
SELECT name FROM people WHERE email SIMILAR TO 'q%'
--> 42501 public.people.email is masked

-- range: halving finds any number in 40 questions
--+ shows Ada
SELECT name FROM people WHERE salary > 50000000
--> 42501 public.people.salary is masked

-- between: halving from both sides
--+ shows Ada
SELECT name FROM people WHERE salary BETWEEN 80000000 AND 90000000
--> 42501 public.people.salary is masked

-- in-list: many guesses at once
--+ shows Ada
SELECT name FROM people WHERE card IN ('4539781602943175', '1')
--> 42501 public.people.card is masked

-- any-array: the same with an array
--+ shows Ada
SELECT name FROM people WHERE phone = ANY (ARRAY['+31-20-7719-4083'])
--> 42501 public.people.phone is masked

-- all-array: and its opposite
--+ shows Bob
SELECT name FROM people WHERE phone <> ALL (ARRAY['+31-20-7719-4083'])
--> 42501 public.people.phone is masked

-- is-null: even whether there is a value is a fact about it
--+ shows Ada
SELECT name FROM people WHERE profile IS NOT NULL
--> 42501 public.people.profile is masked

-- is-distinct: equality that knows NULL
--+ shows Ada
SELECT name FROM people WHERE token IS NOT DISTINCT FROM 'c7d40b1e-5a92-4e36-8f07-d19b63aa2c58'
--> 42501 public.people.token is masked

-- date-part: the year alone says enough
--+ shows Ada
SELECT name FROM people WHERE extract(year FROM born) = 1931
--> 42501 public.people.born is masked

-- subnet: an address inside a network
--+ shows Ada
SELECT name FROM people WHERE address << '203.0.113.0/24'
--> 42501 public.people.address is masked

-- array-contains: a word of an array
--+ shows Ada
SELECT name FROM people WHERE tags @> '{thistledown}'
--> 42501 public.people.tags is masked

-- array-element: one element
--+ shows Ada
SELECT name FROM people WHERE tags[2] = 'thistledown'
--> 42501 public.people.tags is masked

-- composite-field: one field of a composite value
--+ shows Ada
SELECT name FROM people WHERE (home).street LIKE 'Obsidian%'
--> 42501 public.people.home is masked

-- json-contains: a document that contains another
--+ shows Ada
SELECT name FROM people WHERE profile @> '{"tier": "gold"}'
--> 42501 public.people.profile is masked

-- json-path: a predicate in SQL/JSON's path language
--+ shows Ada
SELECT name FROM people WHERE profile @? '$.pin ? (@ starts with "zephyr")'
--> 42501 public.people.profile is masked

-- json-key: whether a key is there
--+ shows Ada
SELECT name FROM people WHERE profile ? 'pin'
--> 42501 public.people.profile is masked

-- bytes-prefix: bytes are compared like texts
--+ shows Ada
SELECT name FROM people WHERE substring(photo FROM 1 FOR 2) = '\xdead'
--> 42501 public.people.photo is masked

-- length: the length of a value is not shown by its mask
--+ shows Ada
SELECT name FROM people WHERE length(email) = 31
--> 42501 public.people.email is masked

-- join-on-value: a list of guesses joined with the values
--+ shows Ada
SELECT p.name FROM people p JOIN (VALUES ('quillon.featherby@vault.example')) AS guess (g) ON g = p.email
--> 42501 public.people.email is masked

-- join-using: USING compares without naming an operator
--+ shows Ada
SELECT name FROM people JOIN (VALUES ('4539781602943175')) AS guess (card) USING (card)
--> 42501 public.people.card is masked

-- natural-join: NATURAL compares without even naming a column
--+ shows Ada
SELECT name FROM people NATURAL JOIN (SELECT text '+31-20-7719-4083' AS phone) AS guess
--> 42501 public.people.phone is masked

-- semi-join: EXISTS with the value in its condition
--+ shows [exists
SELECT EXISTS (SELECT 1 FROM people WHERE email LIKE 'quillon%')
--> 42501 public.people.email is masked

-- in-subquery: a subquery of values
--+ shows yes
SELECT 'yes' WHERE '4539781602943175' IN (SELECT card FROM people)
--> 42501 public.people.card is masked

-- not-in-subquery: and its opposite
--+ shows no such card
SELECT 'no such card' WHERE '4000000000000000' NOT IN (SELECT card FROM people)
--> 42501 public.people.card is masked

-- any-subquery: a comparison with any of them
--+ shows somebody earns more
SELECT 'somebody earns more' WHERE 80000000 < ANY (SELECT salary FROM people)
--> 42501 public.people.salary is masked

-- scalar-subquery-compared: a comparison with the one of a row
--+ shows orders of
SELECT 'orders of', id FROM orders WHERE (SELECT salary FROM people p WHERE p.id = person_id) > 50000000
--> 42501 public.people.salary is masked

-- row-comparison: compares several columns at once
--+ shows Ada
SELECT name FROM people WHERE (city, salary) > ('Oslo', 50000000)
--> 42501 public.people.salary is masked

-- whole-row-comparison: a row is compared with another
--+ shows Bob
SELECT a.name FROM people a JOIN people b ON a > b
--> 42501 is masked

-- group-by: as many groups as there are different values
--+ shows 2 rows
SELECT count(*) || ' rows' FROM (SELECT 1 FROM people GROUP BY email) AS groups
--> 42501 public.people.email is masked

-- grouping-sets: the same by sets
--+ shows 1
SELECT count(*) FROM people GROUP BY GROUPING SETS ((salary), ())
--> 42501 public.people.salary is masked

-- rollup: the same by ROLLUP
--+ shows 1
SELECT city, count(*) FROM people GROUP BY ROLLUP (city, salary)
--> 42501 public.people.salary is masked

-- cube: the same by CUBE
--+ shows 1
SELECT city, count(*) FROM people GROUP BY CUBE (city, born)
--> 42501 public.people.born is masked

-- having: a condition on a group's value
--+ shows Oslo
SELECT city FROM people GROUP BY city HAVING max(salary) > 50000000
--> 42501 public.people.salary is masked

-- order-by: the order of rows orders the people by their pay
--+ shows Ada
SELECT name FROM people ORDER BY salary DESC
--> 42501 public.people.salary is masked

-- order-by-expression: by an expression over it
--+ shows Ada
SELECT name FROM people ORDER BY right(card, 4)
--> 42501 public.people.card is masked

-- order-by-hidden-number: by the number of a column that is shown masked
--+ shows Ada
SELECT name, salary FROM people ORDER BY 2
--> 42501 public.people.salary is masked

-- top-of-order: who earns most
--+ shows Ada
SELECT name FROM people ORDER BY salary DESC LIMIT 1
--> 42501 public.people.salary is masked

-- distinct-on: the first row of each value
--+ shows Ada
SELECT DISTINCT ON (email) name FROM people
--> 42501 public.people.email is masked

-- distinct: equal values fall together
--+ shows 2
SELECT count(*) FROM (SELECT DISTINCT card FROM people) AS d
--> 42501 public.people.card is masked

-- union-dedupes: UNION compares a guess with the values
--+ shows 2
SELECT count(*) FROM (SELECT card FROM people UNION SELECT '4539781602943175') AS u
--> 42501 public.people.card is masked

-- intersect: INTERSECT tells whether a guess is right
--+ shows 1
SELECT count(*) FROM (SELECT email FROM people INTERSECT SELECT 'quillon.featherby@vault.example') AS i
--> 42501 public.people.email is masked

-- except: so does EXCEPT
--+ shows 1
SELECT count(*) FROM (SELECT email FROM people EXCEPT SELECT 'quillon.featherby@vault.example') AS e
--> 42501 public.people.email is masked

-- window-order: a rank over hidden values
--+ shows Ada | 1
SELECT name, rank() OVER (ORDER BY salary DESC) FROM people
--> 42501 public.people.salary is masked

-- window-partition: partitions of equal values
--+ shows Ada | 1
SELECT name, count(*) OVER (PARTITION BY email) FROM people
--> 42501 public.people.email is masked

-- window-named: the same by a named window
--+ shows Ada | 1
SELECT name, row_number() OVER w FROM people WINDOW w AS (ORDER BY born)
--> 42501 public.people.born is masked

-- window-range-offset: a frame measures the distance of values
--+ shows Ada | 1
SELECT name, count(*) OVER (ORDER BY salary RANGE BETWEEN 100 PRECEDING AND CURRENT ROW) FROM people
--> 42501 public.people.salary is masked

-- filter-clause: an aggregate that counts what fits
--+ shows 1
SELECT count(*) FILTER (WHERE salary > 50000000) FROM people
--> 42501 public.people.salary is masked

-- bool-and: whether all of them are above
--+ shows t
SELECT bool_and(salary > 20000000) FROM people
--> 42501 public.people.salary is masked

-- ordered-aggregate: an unmasked column in the order of a masked one
--+ shows Bob,Ada
SELECT string_agg(name, ',' ORDER BY salary) FROM people
--> 42501 public.people.salary is masked

-- within-group: a hypothetical value's place among the real ones
--+ shows 1
SELECT rank(50000000) WITHIN GROUP (ORDER BY salary) FROM people
--> 42501 public.people.salary is masked

-- case-condition: a CASE that only tells which branch it took
--+ shows rich
SELECT CASE WHEN salary > 50000000 THEN 'rich' ELSE 'poor' END FROM people
--> 42501 public.people.salary is masked

-- case-simple: the form with one operand
--+ shows found
SELECT CASE card WHEN '4539781602943175' THEN 'found' END FROM people
--> 42501 public.people.card is masked

-- boolean-result: the comparison as a result
--+ shows t
SELECT email = 'quillon.featherby@vault.example' FROM people
--> 42501 public.people.email is masked

-- nullif: NULL tells that the guess was right
--+ shows null
SELECT NULLIF(email, 'quillon.featherby@vault.example') IS NULL AS "null" FROM people
--> 42501 public.people.email is masked

-- lateral-condition: the condition stands in a LATERAL subquery
--+ shows Ada
SELECT p.name FROM people p, LATERAL (SELECT 1 WHERE p.salary > 50000000) AS l
--> 42501 public.people.salary is masked

-- lateral-series: as many rows as the value says
--+ shows Ada | 3
SELECT p.name, count(*) FROM people p, LATERAL generate_series(1, length(p.tags[1]) / 5) AS g GROUP BY p.name
--> 42501 public.people.tags is masked

-- limit-by-value: as many rows as a value says
--+ shows [g
SELECT g FROM generate_series(1, 9) AS g LIMIT (SELECT length(card) / 4 FROM people WHERE id = 1)
--> 42501 public.people.card is masked

-- offset-by-value: the same with OFFSET
--+ shows [g
SELECT g FROM generate_series(1, 9) AS g OFFSET (SELECT length(card) / 4 FROM people WHERE id = 1)
--> 42501 public.people.card is masked

-- table-sample-by-value: a sample whose size depends on a value
--+ shows [id
SELECT id FROM orders TABLESAMPLE BERNOULLI ((SELECT length(card) * 5 FROM people WHERE id = 1)) REPEATABLE (1)
--> 42501 public.people.card is masked

-- predicate-in-view: a condition over a view's column
--+ shows Ada
SELECT name FROM contacts WHERE email LIKE 'q%'
--> 42501 public.people.email is masked

-- predicate-in-view-of-view: over a view over a view, under another name
--+ shows 1
SELECT id FROM contacts_again WHERE letterbox LIKE 'q%'
--> 42501 public.people.email is masked

-- predicate-in-materialized-view: a copy keeps the class of what it was made of
--+ shows 1
SELECT id FROM cards WHERE card LIKE '4539%'
--> 42501 card is masked

-- predicate-in-partition: a partition by its own name
--+ shows 1
SELECT id FROM ledger_north WHERE account LIKE 'LT60%'
--> 42501 account is masked

-- predicate-in-child: a child by its own name
--+ shows Dora
SELECT name FROM managers WHERE badge LIKE 'HERON%'
--> 42501 badge is masked

-- predicate-in-generated: a generated column is its source
--+ shows 1
SELECT id FROM derived WHERE shout LIKE 'COBALT%'
--> 42501 is masked

-- predicate-in-cte: inside of a common table expression
--+ shows Ada
WITH rich AS (SELECT name FROM people WHERE salary > 50000000) SELECT name FROM rich
--> 42501 public.people.salary is masked

-- predicate-on-cte: on what one returned under another name
--+ shows Ada
WITH all_of_them (n, s) AS (SELECT name, salary FROM people) SELECT n FROM all_of_them WHERE s > 50000000
--> 42501 public.people.salary is masked

-- predicate-in-recursion: the end of a recursion depends on the value
--+ shows 5
WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up, people p WHERE p.id = 1 AND n < length(p.card) / 3) SELECT max(n) FROM up
--> 42501 public.people.card is masked

-- predicate-of-update: the number of rows an UPDATE reports
--+ shows UPDATE 1
UPDATE orders SET note = 'x' FROM people p WHERE p.id = person_id AND p.salary < 50000000
--> 42501 public.people.salary is masked

-- predicate-of-delete: the number of rows a DELETE reports
--+ shows DELETE 1
DELETE FROM orders USING people p WHERE p.id = person_id AND p.email LIKE 'z%'
--> 42501 public.people.email is masked

-- predicate-of-insert: the number of rows an INSERT reports
--+ shows INSERT 0 1
INSERT INTO plain (label) SELECT 'x' FROM people WHERE card LIKE '4539%'
--> 42501 public.people.card is masked

-- predicate-of-merge: which branch of MERGE was taken
--+ since 15
--+ shows MERGE 1
MERGE INTO plain t USING (SELECT 1 AS id, salary FROM people WHERE id = 1) s ON t.id = s.id WHEN MATCHED AND s.salary > 50000000 THEN UPDATE SET label = 'rich'
--> 42501 public.people.salary is masked

-- predicate-of-conflict: ON CONFLICT compares with what is stored
--+ shows INSERT 0 0
INSERT INTO people (id, name, city, email) VALUES (9, 'Eve', 'Rome', 'quillon.featherby@vault.example') ON CONFLICT (email) DO NOTHING
--> 42501 public.people.email is masked

-- unique-violation: the error of a UNIQUE column tells that the guess is right
--+ shows 23505
INSERT INTO people (id, name, city, email) VALUES (9, 'Eve', 'Rome', 'quillon.featherby@vault.example')
--> 42501 public.people.email is masked

-- predicate-with-parameter: the guess comes as a parameter
--+ via extended
--+ value quillon.featherby@vault.example
--+ shows Ada
SELECT name FROM people WHERE email = $1
--> 42501 public.people.email is masked

-- predicate-named: the guess runs through a named statement
--+ via named
--+ value 50000000
--+ shows Ada
SELECT name FROM people WHERE salary > $1
--> 42501 public.people.salary is masked

-- predicate-prepared: the guess runs through SQL's PREPARE
--+ shows PREPARE
PREPARE guess AS SELECT name FROM people WHERE email LIKE 'q%'
--> 42501 public.people.email is masked

-- predicate-in-cursor: the guess runs through a cursor
--+ shows DECLARE
DECLARE c CURSOR FOR SELECT name FROM people WHERE card LIKE '4539%'
--> 42501 public.people.card is masked

-- predicate-in-copy: the guess runs through COPY
--+ shows Ada
COPY (SELECT name FROM people WHERE card LIKE '4539%') TO STDOUT
--> 42501 public.people.card is masked

-- explain-selectivity: the planner's estimate knows the most common values
--+ shows rows=1
EXPLAIN SELECT 1 FROM people WHERE salary > 50000000
--> 42501 public.people.salary is masked

-- explain-analyze-rows: the rows EXPLAIN ANALYZE counts
--+ shows rows=1
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) SELECT 1 FROM people WHERE email LIKE 'q%'
--> 42501 public.people.email is masked

-- error-oracle-division: divides by zero when the guess is right
--+ shows division by zero
SELECT 1 / (CASE WHEN salary > 50000000 THEN 0 ELSE 1 END) FROM people
--> 42501 public.people.salary is masked

-- error-oracle-cast: quotes the value in the error of a cast
--+ shows invalid input syntax
SELECT email::integer FROM people
--> 42501 public.people.email is masked

-- error-oracle-date: the same by a function that reads a date
--+ shows 22
SELECT to_date(email, 'YYYY-MM-DD') FROM people
--> 42501 public.people.email is masked

-- time-oracle: waits when the guess is right
--+ shows null
SELECT CASE WHEN salary > 50000000 THEN pg_sleep(0.001) END IS NULL AS "null" FROM people
--> 42501 pg_sleep

-- # Functions with SQL inside, and other built-ins that reach beyond their arguments

-- query-to-xml: runs the query in its argument
SELECT query_to_xml('SELECT email FROM people', true, true, '')
--> 42501 the function pg_catalog.query_to_xml

-- query-to-xml-parameter: the query comes as a parameter
--+ via extended
--+ value SELECT card FROM people
SELECT query_to_xml($1, true, true, '')
--> 42501 the function pg_catalog.query_to_xml

-- table-to-xml: reads a table that the tree does not name
SELECT table_to_xml('people', true, true, '')
--> 42501 the function pg_catalog.table_to_xml

-- schema-to-xml: reads every table of a schema
SELECT schema_to_xml('public', true, true, '')
--> 42501 the function pg_catalog.schema_to_xml

-- database-to-xml: reads every table of the database
SELECT database_to_xml(true, true, '')
--> 42501 the function pg_catalog.database_to_xml

-- query-to-xml-and-schema: the variant that adds a schema
SELECT query_to_xml_and_xmlschema('SELECT phone FROM people', true, true, '')
--> 42501 the function pg_catalog.query_to_xml_and_xmlschema

-- table-to-xml-and-schema: reads a table as well
SELECT table_to_xml_and_xmlschema('people', true, true, '')
--> 42501 the function pg_catalog.table_to_xml_and_xmlschema

-- cursor-to-xml: reads a cursor past FETCH
--+ first DECLARE c CURSOR FOR SELECT id, email FROM people
SELECT cursor_to_xml('c', 10, true, true, '')
--> 42501 the function pg_catalog.cursor_to_xml

-- ts-stat: runs the query in its argument and returns its words
--+ shows vault.example
SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', email) FROM people')
--> 42501 the function pg_catalog.ts_stat

-- ts-rewrite: runs a query for its rules
--+ shows '
SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, plainto_tsquery(''simple'', name) FROM people')
--> 42501 the function pg_catalog.ts_rewrite

-- activity-view: shows what other sessions run
--+ shows SELECT query FROM pg_stat_activity
--+ as reader
SELECT query FROM pg_stat_activity
--> 42501 pg_stat_activity

-- activity-function: the same by its function
--+ shows SELECT query FROM pg_stat_get_activity
SELECT query FROM pg_stat_get_activity(NULL)
--> 42501 the function pg_catalog.pg_stat_get_activity

-- activity-of-backend: the same by number
--+ shows pg_stat_get_backend_activity
SELECT pg_stat_get_backend_activity(i) FROM pg_stat_get_backend_idset() AS i
--> 42501 the function pg_catalog.pg_stat_get_backend

-- statistics-view: samples of the values of every column
SELECT attname, histogram_bounds, most_common_vals FROM pg_stats WHERE tablename = 'people'
--> SD005

-- statistics-table: the table below that view
SELECT stavalues1 FROM pg_statistic WHERE starelid = 'people'::regclass
--> SD005

-- statistics-through-cast: the samples as something else
SELECT histogram_bounds::text FROM pg_stats WHERE tablename = 'people'
--> SD005

-- statistics-in-subquery: the samples deeper inside
SELECT (SELECT string_agg(histogram_bounds::text, ',') FROM pg_stats WHERE tablename = 'people')
--> SD005

-- large-object-table: the pages of every large object
SELECT data FROM pg_largeobject
--> SD005

-- toast-table: pieces of long values, in the table that holds them
SELECT chunk_data FROM pieces
--> SD005

-- prepared-statements-view: shows the texts of prepared statements
--+ as reader
--+ first PREPARE other AS SELECT 'quillon' || '.' || 'featherby'
--+ shows quillon
SELECT statement FROM pg_prepared_statements
--> 42501 pg_prepared_statements

-- cursors-view: shows the texts of cursors
--+ as reader
--+ first DECLARE c CURSOR FOR SELECT 7719
--+ shows 7719
SELECT statement FROM pg_cursors
--> 42501 pg_cursors

-- prepared-statements-function: the same by its function
--+ first PREPARE other AS SELECT 'quillon'
--+ shows quillon
SELECT statement FROM pg_prepared_statement()
--> 42501 the function pg_catalog.pg_prepared_statement()

-- password-hashes: the verifiers of every account
--+ as reader
--+ shows SCRAM-SHA-256
SELECT rolpassword FROM pg_authid
--> 42501 pg_authid

-- password-hashes-view: the same by a view
--+ as reader
--+ shows SCRAM-SHA-256
SELECT passwd FROM pg_shadow
--> 42501 pg_shadow

-- settings-view: values of settings, file names among them
--+ as reader
--+ shows postgresql.conf
SELECT setting FROM pg_settings WHERE name = 'config_file'
--> 42501 pg_settings

-- settings-files: what stands in the configuration files
--+ as reader
--+ shows fsync
SELECT name, setting FROM pg_file_settings
--> 42501 pg_file_settings

-- hba-rules: who may sign in from where
--+ as reader
--+ shows scram-sha-256
SELECT auth_method FROM pg_hba_file_rules
--> 42501 pg_hba_file_rules

-- locks-view: who holds what
--+ as reader
--+ shows relation
SELECT locktype FROM pg_locks
--> 42501 pg_locks

-- user-mappings: passwords for other servers
--+ as reader
--+ as reader
SELECT umoptions FROM pg_user_mappings
--> 42501 pg_user_mappings

-- current-setting: a setting by function
--+ shows postgresql.conf
SELECT current_setting('config_file')
--> 42501 the function pg_catalog.current_setting

-- current-setting-custom: a custom setting is a place to keep a value in
--+ shows null
SELECT current_setting('vault.kept', true) IS NULL AS "null"
--> 42501 the function pg_catalog.current_setting

-- set-config: moves a value into a setting
SELECT set_config('vault.kept', email, false) FROM people
--> 42501 the function pg_catalog.set_config

-- set-config-name: moves it into what the server reports to the client
SELECT set_config('application_name', card, false) FROM people WHERE id = 1
--> 42501 the function pg_catalog.set_config

-- set-config-role: becomes somebody else by a function
--+ shows pg_read_all_data
SELECT set_config('role', 'pg_read_all_data', true)
--> 42501 the function pg_catalog.set_config

-- show-all-settings: every setting by function
--+ shows config_file
SELECT name FROM pg_show_all_settings()
--> 42501 the function pg_catalog.pg_show_all_settings

-- notify-value: sends a value to whoever listens
--+ first LISTEN drop_box
--+ apart
SELECT pg_notify('drop_box', email) FROM people
--> 42501 is masked

-- advisory-lock-value: a lock whose number is the value
--+ shows t
SELECT pg_try_advisory_lock(salary::bigint) FROM people
--> 42501 the function pg_catalog.pg_try_advisory_lock

-- advisory-lock: a lock at all
--+ shows t
SELECT pg_try_advisory_lock(7)
--> 42501 the function pg_catalog.pg_try_advisory_lock

-- sequence-value: keeps a value in a sequence
--+ effect SELECT last_value FROM tickets => 84731926
SELECT setval('tickets', trunc(salary)::bigint) FROM people WHERE id = 1
--> 42501 public.people.salary is masked

-- large-object-write: keeps a value in a large object
--+ effect SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4343 => 1
SELECT lo_from_bytea(4343, photo) FROM people WHERE id = 1
--> 42501 public.people.photo is masked

-- sleep: holds a connection
--+ shows null
SELECT pg_sleep(0.001) IS NULL AS "null"
--> 42501 the function pg_catalog.pg_sleep

-- terminate: ends other sessions
--+ shows f
SELECT pg_terminate_backend(0)
--> 42501 the function pg_catalog.pg_terminate_backend

-- cancel: cancels what others run
--+ shows f
SELECT pg_cancel_backend(0)
--> 42501 the function pg_catalog.pg_cancel_backend

-- reload: makes the server read its configuration
--+ shows t
SELECT pg_reload_conf()
--> 42501 the function pg_catalog.pg_reload_conf

-- switch-wal: an effect on the whole server
--+ shows /
SELECT pg_switch_wal()
--> 42501 the function pg_catalog.pg_switch_wal

-- export-snapshot: lets another session see what this one sees
--+ shows -
SELECT pg_export_snapshot()
--> 42501 the function pg_catalog.pg_export_snapshot

-- log-message: replication's way to write into the log
--+ shows /
SELECT pg_logical_emit_message(false, 'a', 'b')
--> 42501 the function pg_catalog.pg_logical_emit_message

-- input-function: calls a type's input function by name
--+ shows 7
SELECT int4in('7')
--> 42501 int4in

-- # Files, programs and the server itself

-- read-file: a file of the server
--+ shows listen_addresses
SELECT pg_read_file('postgresql.conf')
--> 42501 the function pg_catalog.pg_read_file

-- read-binary-file: as bytes
--+ shows \x
SELECT pg_read_binary_file('PG_VERSION')
--> 42501 the function pg_catalog.pg_read_binary_file

-- list-directory: the names of the server's files
--+ shows pg_wal
SELECT pg_ls_dir('.')
--> 42501 the function pg_catalog.pg_ls_dir

-- list-directory-in-from: the same in FROM
--+ shows pg_wal
SELECT * FROM pg_ls_dir('.') AS f
--> 42501 the function pg_catalog.pg_ls_dir

-- list-wal: the names of the log's files
--+ shows 0000
SELECT name FROM pg_ls_waldir()
--> 42501 the function pg_catalog.pg_ls_waldir

-- stat-file: whether there is a file
--+ shows f
SELECT isdir FROM pg_stat_file('PG_VERSION')
--> 42501 the function pg_catalog.pg_stat_file

-- import-file: a file into a large object
--+ effect SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4545 => 1
SELECT lo_import('PG_VERSION', 4545)
--> 42501 the function pg_catalog.lo_import

-- export-file: a large object into a file
--+ shows 1
SELECT lo_export(4242, 'exported')
--> 42501 the function pg_catalog.lo_export

-- copy-program: a program run by the server
--+ as clear
--+ effect SELECT count(*) FROM plain WHERE label LIKE 'uid=%' => 1
COPY plain (label) FROM PROGRAM 'id'
--> SD005

-- copy-to-program: a program that gets the rows
--+ as clear
--+ shows COPY
COPY (SELECT 1) TO PROGRAM 'cat > /dev/null'
--> SD005

-- copy-to-file: a file written by the server
--+ as clear
--+ shows COPY 2
COPY people TO '/dev/null'
--> SD005

-- copy-from-file: a file read by the server
--+ as clear
--+ shows COPY
COPY plain (label) FROM '/dev/null'
--> SD005

-- copy-program-escaped: the word written otherwise
--+ as clear
--+ shows COPY
COPY (SELECT 1) TO /* x */ pRoGrAm E'cat > /dev/n\x75ll'
--> SD005

-- alter-system: settings of the whole server
--+ as clear
--+ apart
--+ undo ALTER SYSTEM RESET work_mem
--+ shows ALTER SYSTEM
ALTER SYSTEM SET work_mem = '5MB'
--> SD005

-- load: foreign code
--+ as clear
--+ apart
--+ shows LOAD
LOAD 'plpgsql'
--> SD005

-- # Another role, another meaning of what follows

-- set-role: becomes another role
--+ as clear
--+ effect SELECT current_user => pg_read_all_data
SET LOCAL ROLE pg_read_all_data
--> SD005

-- set-role-unicode: its name in escapes
--+ as clear
--+ effect SELECT current_user => pg_read_all_data
SET LOCAL U&"\0072ole" TO pg_read_all_data
--> SD005

-- set-role-quoted: its name in quotes
--+ as clear
--+ effect SELECT current_user => pg_read_all_data
SET LOCAL "role" = 'pg_read_all_data'
--> SD005

-- set-role-comment: its name behind comments
--+ as clear
--+ effect SELECT current_user => pg_read_all_data
SET /* a /* b */ ; */ LOCAL -- c
 ROLE pg_read_all_data
--> SD005

-- session-authorization: becomes another user
--+ as clear
--+ effect SELECT session_user => pg_read_all_data
SET LOCAL SESSION AUTHORIZATION pg_read_all_data
--> SD005

-- session-authorization-setting: the same as a setting
--+ as clear
--+ effect SELECT session_user => pg_read_all_data
SET LOCAL session_authorization = 'pg_read_all_data'
--> SD005

-- reset-role: goes back to what the gateway signed in as
--+ as clear
--+ shows RESET
RESET ROLE
--> SD005

-- replication-role: switches triggers off
--+ as clear
--+ effect SELECT current_setting('session_replication_role') => replica
SET LOCAL session_replication_role = replica
--> SD005

-- string-literals: makes a backslash hide a quote
--+ as clear
--+ effect SELECT current_setting('standard_conforming_strings') => off
SET LOCAL standard_conforming_strings = off
--> SD005

-- client-encoding: makes a byte hide a quote
--+ as clear
--+ effect SELECT current_setting('client_encoding') => SJIS
SET LOCAL client_encoding = 'SJIS'
--> SD005

-- set-names: the same by the standard's name
--+ as clear
--+ effect SELECT current_setting('client_encoding') => GBK
SET NAMES 'GBK'
--> SD005

-- transform-null: changes what = NULL means
--+ as clear
--+ effect SELECT current_setting('transform_null_equals') => on
SET LOCAL transform_null_equals = on
--> SD005

-- debug-setting: switches off what the analysis reads
--+ as clear
--+ effect SELECT current_setting('debug_print_parse') => on
SET LOCAL debug_print_parse = on
--> SD005

-- log-setting: switches the target's own log off
--+ as clear
--+ effect SELECT current_setting('log_statement') => all
SET LOCAL log_statement = 'all'
--> SD005

-- custom-setting: what policies of the target may trust
--+ as clear
--+ effect SELECT current_setting('app.tenant', true) => 7
SET LOCAL app.tenant = '7'
--> SD005

-- library-path: where the server looks for libraries
--+ as clear
--+ effect SELECT current_setting('dynamic_library_path') => x
SET LOCAL dynamic_library_path = 'x'
--> SD005

-- role-setting: settings of every later session
--+ as clear
--+ effect SELECT count(*) FROM pg_db_role_setting => 1
ALTER ROLE CURRENT_USER SET search_path = shadow
--> SD005

-- database-setting: the same for the database
--+ as clear
--+ effect SELECT count(*) FROM pg_db_role_setting => 1
ALTER DATABASE shop SET search_path = shadow
--> SD005

-- # Laundering: a hidden value goes where nobody looks for it, to be read from there

-- insert-select: into another table
--+ effect SELECT note FROM mailbox_free => quillon.featherby@vault.example
INSERT INTO mailbox_free (note) SELECT email FROM people WHERE id = 1
--> 42501 public.people.email is masked

-- insert-expression: as part of a text
--+ effect SELECT label FROM plain WHERE id = 9 => card 4539781602943175
INSERT INTO plain (id, label) SELECT 9, 'card ' || card FROM people WHERE id = 1
--> 42501 public.people.card is masked

-- insert-plain-column: as it is
--+ effect SELECT label FROM plain WHERE id = 9 => 4539781602943175
INSERT INTO plain (id, label) SELECT 9, card FROM people WHERE id = 1
--> 42501 public.people.card is masked

-- insert-subquery: as a scalar subquery in VALUES
--+ effect SELECT label FROM plain WHERE id = 9 => +31-20-7719-4083
INSERT INTO plain (id, label) VALUES (9, (SELECT phone FROM people WHERE id = 1))
--> 42501 public.people.phone is masked

-- insert-whole-row: as a row turned into JSON
--+ effect SELECT document ->> 'card' FROM plain WHERE id = 9 => 4539781602943175
INSERT INTO plain (id, document) SELECT 9, to_jsonb(p) FROM people p WHERE id = 1
--> 42501 is masked

-- update-from: an UPDATE that copies
--+ effect SELECT note FROM orders WHERE id = 1 => quillon.featherby@vault.example
UPDATE orders SET note = p.email FROM people p WHERE p.id = person_id
--> 42501 public.people.email is masked

-- update-subquery: an UPDATE with a subquery
--+ effect SELECT label FROM plain WHERE id = 1 => 4539781602943175
UPDATE plain SET label = (SELECT card FROM people WHERE id = 1) WHERE id = 1
--> 42501 public.people.card is masked

-- update-row: several columns at once
--+ effect SELECT label FROM plain WHERE id = 1 => 4539781602943175
UPDATE plain SET (label, quantity) = (SELECT card, 1 FROM people WHERE id = 1) WHERE id = 1
--> 42501 public.people.card is masked

-- update-within-row: from a hidden column into a shown one of the same row
--+ effect SELECT city FROM people WHERE id = 1 => quillon.featherby@vault.example
UPDATE people SET city = email WHERE id = 1
--> 42501 public.people.email is masked

-- merge-insert: MERGE that copies what is missing
--+ since 15
--+ effect SELECT label FROM plain WHERE id = 9 => 4539781602943175
MERGE INTO plain t USING (SELECT 9 AS id, card FROM people WHERE people.id = 1) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, s.card)
--> 42501 public.people.card is masked

-- merge-update: MERGE that overwrites
--+ since 15
--+ effect SELECT label FROM plain WHERE id = 1 => 4539781602943175
MERGE INTO plain t USING (SELECT id, card FROM people) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = s.card
--> 42501 public.people.card is masked

-- conflict-update: ON CONFLICT DO UPDATE copies EXCLUDED
--+ effect SELECT label FROM plain WHERE id = 1 => 4539781602943175
INSERT INTO plain (id, label) SELECT id, card FROM people ON CONFLICT (id) DO UPDATE SET label = EXCLUDED.label
--> 42501 public.people.card is masked

-- cte-insert: a write inside of a WITH
--+ effect SELECT label FROM plain WHERE id = 9 => 4539781602943175
WITH w AS (INSERT INTO plain (id, label) SELECT 9, card FROM people WHERE id = 1 RETURNING id) SELECT id FROM w
--> 42501 public.people.card is masked

-- cte-returning-insert: what one write returns another one writes
--+ effect SELECT label FROM plain WHERE id = 9 => quillon.featherby@vault.example
WITH gone AS (UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING email) INSERT INTO plain (id, label) SELECT 9, email FROM gone
--> 42501 public.people.email is masked

-- create-table-as: a new table of hidden values
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
CREATE TABLE copied AS SELECT email FROM people
--> SD005

-- create-temporary-table-as: one that only this session sees
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
CREATE TEMP TABLE copied AS SELECT email FROM people
--> SD005

-- select-into: the same by SELECT INTO
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
SELECT email INTO TEMP copied FROM people
--> SD005

-- select-into-table: with a word more
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
SELECT email INTO UNLOGGED TABLE copied FROM people
--> SD005

-- with-select-into: INTO behind a WITH
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
WITH x AS (SELECT email FROM people) SELECT * INTO copied FROM x
--> SD005

-- parenthesised-select-into: INTO inside of parentheses
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
(SELECT email INTO copied FROM people)
--> SD005

-- union-select-into: INTO in the first branch of a UNION
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
SELECT email INTO copied FROM people UNION ALL SELECT 'x'
--> SD005

-- create-view: a view that computes with a hidden value
--+ effect SELECT to_regclass('window_in') IS NOT NULL => t
CREATE VIEW window_in AS SELECT upper(email) FROM people
--> SD005

-- create-materialized-view: a copy under another name
--+ effect SELECT to_regclass('copied') IS NOT NULL => t
CREATE MATERIALIZED VIEW copied AS SELECT email FROM people
--> SD005

-- create-function: a function that returns a hidden value
--+ effect SELECT to_regproc('peep') IS NOT NULL => t
CREATE FUNCTION peep() RETURNS text LANGUAGE sql AS 'SELECT email FROM people LIMIT 1'
--> SD005

-- create-rule: a rule that copies what others write
--+ effect SELECT count(*) FROM pg_rules WHERE rulename = 'copying' => 1
CREATE RULE copying AS ON UPDATE TO orders DO ALSO INSERT INTO mailbox SELECT id, email FROM people
--> SD005

-- create-trigger: a trigger that copies what others write
--+ effect SELECT count(*) FROM pg_trigger WHERE tgname = 'copying' => 1
CREATE TRIGGER copying BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION fill_mailbox()
--> SD005

-- create-event-trigger: one that fires with every definition
--+ effect SELECT count(*) FROM pg_event_trigger => 1
CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watch_definitions()
--> SD005

-- create-publication: sends the tables to a subscriber
--+ effect SELECT count(*) FROM pg_publication => 1
CREATE PUBLICATION outwards FOR TABLE people
--> SD005

-- create-index-expression: an index whose statistics hold the value
--+ effect SELECT count(*) FROM pg_indexes WHERE indexname = 'peep' => 1
CREATE INDEX peep ON people (upper(email))
--> SD005

-- alter-column-using: a hidden value into a column of another name
--+ effect SELECT name FROM ONLY staff => OSPREY-7741-DUSK
ALTER TABLE staff ALTER COLUMN name TYPE text USING badge
--> SD005

-- alter-column-using-behind-a-cast: a cast of the column itself, and a hidden value behind it
--+ effect SELECT name FROM ONLY staff => CleoOSPREY-7741-DUSK
ALTER TABLE staff ALTER COLUMN name TYPE text USING name::text || badge
--> SD005

-- add-generated-column: a generated column copies it
--+ effect SELECT count(*) FROM pg_attribute WHERE attrelid = 'people'::regclass AND attname = 'copy' => 1
ALTER TABLE people ADD COLUMN copy text GENERATED ALWAYS AS (email) STORED
--> SD005

-- rename-column: a name under which it is not classified
--+ effect SELECT count(*) FROM pg_attribute WHERE attrelid = 'people'::regclass AND attname = 'letterbox' => 1
ALTER TABLE people RENAME COLUMN email TO letterbox
--> SD005

-- rename-table: the same with the table
--+ effect SELECT to_regclass('folk') IS NOT NULL => t
ALTER TABLE people RENAME TO folk
--> SD005

-- swap-schema: another table under the classified name
--+ effect SELECT to_regclass('shadow.people') IS NOT NULL => t
ALTER TABLE people SET SCHEMA shadow
--> SD005

-- inherit: a child reads as its parent
--+ effect SELECT to_regclass('people_too') IS NOT NULL => t
CREATE TABLE people_too () INHERITS (people)
--> SD005

-- grant: rights for other accounts of the target
--+ effect SELECT has_table_privilege('pg_monitor', 'people', 'SELECT') => t
GRANT SELECT ON people TO pg_monitor
--> SD005

-- comment-on: a comment is readable by everybody
--+ effect SELECT obj_description('plain'::regclass) => x
COMMENT ON TABLE plain IS 'x'
--> SD005

-- copy-query-to-program: out by COPY past the client
--+ shows COPY
COPY (SELECT email FROM people) TO PROGRAM 'cat > /dev/null'
--> SD005

-- copy-in-masked-column: overwrites values whose mask was read
--+ data 9	Eve	Rome	q***@vault.example
--+ effect SELECT email FROM people WHERE id = 9 => q***@vault.example
COPY people (id, name, city, email) FROM STDIN
--> 42501 public.people.email is masked

-- write-mask-back: an ORM writes back the mask that it read
--+ effect SELECT email FROM people WHERE id = 1 => q***@vault.example
UPDATE people SET name = 'Ada', email = 'q***@vault.example' WHERE id = 1
--> 42501 public.people.email is masked

-- write-null: destroys a value that was never seen
--+ effect SELECT email IS NULL FROM people WHERE id = 1 => t
UPDATE people SET email = NULL WHERE id = 1
--> 42501 public.people.email is masked

-- write-element: one element of a hidden array
--+ effect SELECT tags[1] FROM people WHERE id = 1 => x
UPDATE people SET tags[1] = 'x' WHERE id = 1
--> 42501 public.people.tags is masked

-- write-field: one field of a hidden composite
--+ effect SELECT (home).street FROM people WHERE id = 1 => x
UPDATE people SET home.street = 'x' WHERE id = 1
--> 42501 public.people.home is masked

-- write-through-view: the same through a view
--+ effect SELECT email FROM people WHERE id = 1 => x@y.example
UPDATE contacts SET email = 'x@y.example' WHERE id = 1
--> 42501 is masked

-- # Code of the target's own: functions, operators, casts, aggregates, triggers, rules

-- user-function: returns what it likes
SELECT email_of(1)
--> 42501 the function public.email_of

-- user-function-in-from: as a table
SELECT * FROM email_of(1) AS f
--> 42501 the function public.email_of

-- security-definer: with its owner's rights
SELECT email_as_owner(1)
--> 42501 the function public.email_as_owner

-- set-returning: returns the whole table
SELECT name, email FROM everybody()
--> 42501 the function public.everybody

-- set-returning-star: of which only shown columns are taken
--+ shows Ada
SELECT name FROM everybody()
--> 42501 the function public.everybody

-- set-returning-in-list: in the select list
SELECT (everybody()).card
--> 42501 the function public.everybody

-- function-as-attribute: functional notation without parentheses
SELECT (s.h).place_text FROM (SELECT ROW('a', 'b')::place AS h) AS s
--> 42501 the function public.place_text

-- user-operator: an operator is a function
SELECT 0 @+@ 1
--> 42501 the function public.shift_up

-- user-operator-qualified: by the long form
SELECT 0 OPERATOR(public.@+@) 1
--> 42501 the function public.shift_up

-- user-cast: a cast is a function
SELECT CAST(ROW('a', 'b')::place AS text)
--> 42501 the function public.place_text

-- user-aggregate: an aggregate is a function
--+ shows alpha
SELECT gather(label ORDER BY id) FROM plain
--> 42501 public.gather

-- user-window: the same over a window
--+ shows alpha
SELECT gather(label) OVER (ORDER BY id) FROM plain
--> 42501 public.gather

-- dynamic-sql: a function that runs its argument
SELECT run_it('SELECT card FROM people WHERE id = 1')
--> 42501 the function public.run_it

-- dynamic-sql-delete: and deletes what it is told to
--+ effect SELECT count(*) FROM orders => 0
SELECT run_it('DELETE FROM orders RETURNING 1')
--> 42501 the function public.run_it

-- notice-of-function: a notice quotes the value
SELECT complain(1)
--> 42501 the function public.complain

-- function-in-predicate: a function that is called for each row
SELECT id FROM orders WHERE complain(1) = 1
--> 42501 the function public.complain

-- function-in-order: or for the order
--+ shows [id
SELECT id FROM orders ORDER BY email_of(person_id)
--> 42501 the function public.email_of

-- function-in-limit: or once
--+ shows [id
SELECT id FROM orders LIMIT complain(1)
--> 42501 the function public.complain

-- function-in-default: a default's function
--+ effect SELECT count(*) FROM calling => 1
INSERT INTO calling (id) VALUES (1)
--> 42501 the function public.email_of

-- function-in-view: a view calls it
SELECT * FROM calling_view
--> 42501 the function public.email_of

-- domain-check: a cast runs the check of a domain
SELECT 7::chatty
--> 42501 the function public.told

-- domain-check-of-parameter: so does a parameter
--+ via extended
--+ value 7
SELECT $1::chatty
--> 42501 the function public.told

-- domain-check-of-literal: and a typed literal
SELECT chatty '7'
--> 42501 the function public.told

-- trigger: an INSERT fires code that copies
--+ effect SELECT note FROM mailbox => quillon.featherby@vault.example
INSERT INTO mailbox (id) VALUES (1)
--> 42501 the function public.fill_mailbox

-- trigger-returning: and returns what it copied
INSERT INTO mailbox (id) VALUES (1) RETURNING note
--> 42501 the function public.fill_mailbox

-- rule: an INSERT does also something else
--+ effect SELECT count(*) > 0 FROM mailbox => t
INSERT INTO stamped (id) VALUES (1)
--> 42501

-- do-block: code without a name
--+ effect SELECT count(*) FROM orders => 0
DO $$ BEGIN DELETE FROM orders; END $$
--> SD005

-- do-block-notice: code that tells a value
DO $$ BEGIN RAISE NOTICE '%', (SELECT email FROM people WHERE id = 1); END $$
--> SD005

-- do-block-error: code that tells it in an error
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT card FROM people WHERE id = 1); END $$
--> SD005

-- call: a procedure
--+ effect SELECT count(*) FROM orders => 0
CALL wipe_orders()
--> SD005

-- shadowed-table: search_path makes a name another table's
--+ first SET search_path = shadow, public
--+ shows Ada
SELECT name FROM people p WHERE p.id = (SELECT id FROM plain WHERE label LIKE 'q%')
--> 42501 public.people.email is masked

-- shadowed-function: a harmless name is another function's
--+ first SET search_path = shadow, pg_catalog, public
SELECT lower('x')
--> 42501 the function shadow.lower

-- shadowed-operator: even = is another one's
--+ first SET search_path = shadow, pg_catalog, public
SELECT id FROM orders WHERE id = 1
--> 42501 the function shadow.same

-- shadowed-operator-in-case: where CASE calls it
--+ first SET search_path = shadow, pg_catalog, public
SELECT CASE 1 WHEN 1 THEN 2 END
--> 42501 the function shadow.same

-- shadowed-operator-in-join: where USING calls it
--+ first SET search_path = shadow, pg_catalog, public
SELECT a.id FROM orders a JOIN orders b USING (id)
--> 42501 the function shadow.same

-- # A statement that hides another one

-- second-statement: behind a semicolon
--+ effect SELECT count(*) FROM orders => 0
SELECT 1; DELETE FROM orders; DROP TABLE tickets_of
--> SD005

-- drop-behind-comment: a comment that ends earlier than it looks
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT 1 /* /* */ */ ; DROP TABLE orders --*/
--> SD005

-- drop-behind-line-comment: a line comment that a line ends
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT 1 -- ;
; DROP TABLE orders
--> SD005

-- drop-behind-string: a backslash that hides no quote
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT 'a\'; DROP TABLE orders; --'
--> SD005

-- drop-behind-escape-string: a quote that is doubled, not ended
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT E'a\\'; DROP TABLE orders; SELECT E'\''
--> SD005

-- drop-behind-dollar-quote: a tag that looks like another
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT $a$ $A$ $a$; DROP TABLE orders; SELECT $A$ $A$
--> SD005

-- drop-behind-name: a dollar sign inside of a name opens nothing
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT 1 AS a$b$; DROP TABLE orders; SELECT 1 AS c$b$
--> SD005

-- drop-behind-quoted-name: a quoted name with a doubled quote
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT 1 AS "a"";"; DROP TABLE orders; SELECT 2 AS """"
--> SD005

-- drop-behind-unicode-string: an escape that is no quote
--+ effect SELECT to_regclass('orders') IS NULL => t
SELECT U&'\0027'; DROP TABLE orders; --'
--> SD005

-- drop-in-explain: EXPLAIN of one, then another
--+ effect SELECT to_regclass('orders') IS NULL => t
EXPLAIN SELECT 1; DROP TABLE orders
--> SD005

-- drop-behind-begin: transaction control between them
--+ effect SELECT to_regclass('orders') IS NULL => t
SAVEPOINT a; DROP TABLE orders; RELEASE a
--> SD005

-- mixed-statements: a harmless one does not carry a hidden value out
SELECT 1; SELECT id, upper(email) FROM people WHERE email LIKE '%a%'; SELECT 2
--> 42501 public.people.email is masked

-- mixed-predicate: the question stands in the last one
--+ shows Ada
SELECT id FROM orders; SELECT name FROM people WHERE salary > 50000000
--> 42501 public.people.salary is masked

-- explain-analyze-write: EXPLAIN that runs what it explains
--+ as reader
--+ effect SELECT count(*) FROM orders => 0
EXPLAIN ANALYZE DELETE FROM orders
--> 42501 sql:delete on public.orders

-- explain-analyze-copies: and copies
--+ effect SELECT label FROM plain WHERE id = 9 => 4539781602943175
EXPLAIN (ANALYZE) INSERT INTO plain (id, label) SELECT 9, card FROM people WHERE id = 1
--> 42501 public.people.card is masked

-- # What a role does not have

-- no-insert: a reader writes
--+ as reader
--+ effect SELECT count(*) FROM orders => 4
INSERT INTO orders VALUES (9, 1, 'x', 1)
--> 42501 sql:insert on public.orders

-- no-update: a reader changes
--+ as reader
--+ effect SELECT item FROM orders WHERE id = 1 => x
UPDATE orders SET item = 'x' WHERE id = 1
--> 42501 sql:update on public.orders

-- no-delete: a reader deletes
--+ as reader
--+ effect SELECT count(*) FROM orders => 2
DELETE FROM orders WHERE id = 1
--> 42501 sql:delete on public.orders

-- no-merge: a reader merges
--+ as reader
--+ since 15
--+ effect SELECT count(*) FROM orders => 2
MERGE INTO orders o USING (SELECT 1 AS id) s ON o.id = s.id WHEN MATCHED THEN DELETE
--> 42501 sql:merge on public.orders

-- no-truncate: a reader empties
--+ as reader
--+ effect SELECT count(*) FROM orders => 0
TRUNCATE orders
--> 42501

-- no-lock: a reader locks out others
--+ as reader
--+ shows LOCK TABLE
LOCK TABLE orders
--> 42501

-- no-lock-rows: FOR UPDATE locks as well
--+ as reader
--+ shows [id
SELECT id FROM orders FOR UPDATE
--> 42501 sql:lock on public.orders

-- no-other-table: a table beside
--+ as reader
--+ shows alpha
SELECT label FROM plain
--> 42501 sql:select on public.plain

-- no-other-table-in-subquery: hidden in a subquery
--+ as reader
--+ shows alpha
SELECT id, (SELECT label FROM plain p WHERE p.id = o.id) FROM orders o
--> 42501 sql:select on public.plain

-- no-other-table-in-cte: hidden in a WITH that is never used
--+ as reader
--+ shows [id
WITH unused AS (SELECT label FROM plain) SELECT id FROM orders
--> 42501 sql:select on public.plain

-- no-write-in-cte: a write hidden in a WITH
--+ as reader
--+ effect SELECT count(*) FROM orders => 2
WITH gone AS (DELETE FROM orders WHERE id = 1 RETURNING id) SELECT id FROM gone
--> 42501 sql:delete on public.orders

-- no-view: a view over tables that may be read
--+ as reader
--+ shows Ada
SELECT name FROM towns
--> 42501 sql:select on public.towns

-- no-copy-in: a reader copies in
--+ as reader
--+ data 9	1	x	1
--+ effect SELECT count(*) FROM orders => 4
COPY orders (id, person_id, item, amount) FROM STDIN
--> 42501 sql:copy-in on public.orders

-- no-nextval: takes a number from a sequence
--+ as reader
--+ shows nextval
SELECT nextval('tickets')
--> 42501 sql:execute on pg_catalog.nextval

-- no-large-object: reads a large object
--+ as reader
SELECT lo_get(4242)
--> 42501 lo_get

-- no-create: a reader defines
--+ as reader
--+ effect SELECT to_regclass('mine') IS NOT NULL => t
CREATE TABLE mine (id integer)
--> 42501

-- no-listen: a reader listens
--+ as reader
--+ shows LISTEN
LISTEN drop_box
--> 42501

-- no-vacuum: a reader maintains
--+ as reader
--+ apart
--+ shows VACUUM
VACUUM plain
--> 42501

-- system-catalog-write: changes the catalog itself
--+ as clear
--+ effect SELECT reltuples FROM pg_class WHERE oid = 'orders'::regclass => 99
UPDATE pg_class SET reltuples = 99 WHERE oid = 'orders'::regclass
--> SD005

-- current-of: the row of a cursor, which the trees do not tell
--+ as clear
--+ first DECLARE c CURSOR FOR SELECT * FROM orders FOR UPDATE
--+ first FETCH 1 FROM c
--+ shows DELETE 1
DELETE FROM orders WHERE CURRENT OF c
--> SD005

-- execute-with-code: an argument of EXECUTE is an expression
--+ first PREPARE show_it (text) AS SELECT $1
EXECUTE show_it(email_of(1))
--> SD005

-- large-object-of-secret: a large object's content is nobody's column
SELECT convert_from(lo_get(4242), 'UTF8')
--> SD005

-- # Code of the user's that the server calls although no word of the statement names it

-- class-of-greatest: GREATEST compares through the type's operator class
SELECT greatest(piece, piece) FROM purses
--> 42501 the function public.coin_cmp

-- class-of-whole-rows: a row's comparison compares its columns
SELECT p.* IS NOT NULL AND p = p AS same FROM purses p
--> 42501 the function public.coin_

-- class-of-distinct-rows: so does DISTINCT over rows
SELECT DISTINCT p FROM purses p
--> 42501 the function public.coin_

-- class-of-ordered-rows: and ORDER BY
SELECT id FROM purses ORDER BY ROW(piece)
--> 42501 the function public.coin_

-- class-of-row-constructor: and a row made on the spot
SELECT ROW(piece, 1) < ROW(piece, 2) FROM purses
--> 42501 the function public.coin_

-- class-of-arrays: an array's comparison compares its elements
SELECT pieces < pieces FROM purses
--> 42501 the function public.coin_cmp

-- class-of-array-search: a search in an array
SELECT array_position(pieces, piece) FROM purses
--> 42501 the function public.coin_

-- class-of-array-aggregate: the greatest array
SELECT max(pieces) FROM purses
--> 42501 the function public.coin_cmp

-- class-of-union: UNION compares rows
SELECT pieces FROM purses UNION SELECT pieces FROM purses
--> 42501 the function public.coin_

-- class-named-without-its-functions: who may use the operators has not named what sorts
--+ as namer
SELECT id FROM purses ORDER BY piece
--> 42501 the function public.coin_cmp

-- class-of-groups: nor what hashes
--+ as namer
SELECT count(*) FROM purses GROUP BY piece
--> 42501 the function public.coin_

-- class-of-a-range: a range compares its bounds
SELECT stairs && stairs FROM flights WHERE id = 1
--> 42501 the function public.step

-- class-of-a-range-order: in an order as well
SELECT id FROM flights ORDER BY stairs
--> 42501 the function public.step

-- class-of-a-range-parameter: and when it is read
--+ via extended
--+ value [7,7777]
SELECT $1::flight
--> 42501 the function public.step

-- class-of-a-range-from-json: out of a document
SELECT * FROM json_to_record('{"a": "[7,7777]"}') AS x (a flight)
--> 42501 the function public.step

-- class-of-an-index: an index searches with functions of its own, whatever the operator is
SELECT id FROM sorted WHERE id = 7777
--> 42501 the function public.step

-- class-of-a-written-index: and when a row is written
INSERT INTO sorted VALUES (7777)
--> 42501 the function public.step

-- class-of-a-copied-index: or copied
--+ data 7777
COPY sorted FROM STDIN
--> 42501 the function public.step

-- class-of-partitions: partitions are found with functions of their own
SELECT id FROM cut WHERE id = 7777
--> 42501 the function public.step

-- class-of-partitions-written: also for a new row
INSERT INTO cut VALUES (7777)
--> 42501 the function public.step

-- operator-of-an-exclusion: a constraint compares with an operator of its own
INSERT INTO unalike VALUES (5) ON CONFLICT DO NOTHING
--> 42501 the function public.alike

-- cast-to-json: a value becomes JSON through a cast that nobody wrote
SELECT to_json(made) FROM purses
--> 42501 the function public.metal_json

-- cast-to-json-of-a-row: inside of a row
SELECT row_to_json(p) FROM purses p
--> 42501 the function public.metal_json

-- cast-to-json-aggregate: in an aggregate
SELECT json_agg(made) FROM purses
--> 42501 the function public.metal_json

-- cast-to-json-array: in an array
SELECT array_to_json(array_agg(made)) FROM purses
--> 42501 the function public.metal_json

-- cast-to-jsonb-object: in an object
SELECT jsonb_build_object('a', made) FROM purses
--> 42501 the function public.metal_json

-- cast-to-json-constructor: by SQL's own constructor
--+ since 16
SELECT JSON_OBJECT('a': made) FROM purses
--> 42501 the function public.metal_json

-- domain-check-of-a-check: a domain's check converts to another domain
SELECT quantity::chattier FROM plain
--> 42501 the function public.told

-- domain-check-in-json: out of a document
SELECT * FROM json_to_record('{"a": 1}') AS x (a chatty)
--> 42501 the function public.told

-- domain-check-in-composite: inside of a composite
SELECT jsonb_populate_record(NULL::parcel, '{"inside": 1}')
--> 42501 the function public.told

-- domain-check-in-xmltable: out of an XML document
SELECT x.a FROM XMLTABLE('/r' PASSING ('<r>1</r>'::xml) COLUMNS a chatty PATH '.') AS x
--> 42501 the function public.told

-- domain-check-in-json-table: out of JSON_TABLE
--+ since 17
SELECT x.a FROM JSON_TABLE('{"a": 1}'::jsonb, '$' COLUMNS (a chatty PATH '$.a')) AS x
--> 42501 the function public.told

-- domain-check-in-json-value: out of JSON_VALUE
--+ since 17
SELECT JSON_VALUE('{"a": 1}'::jsonb, '$.a' RETURNING chatty)
--> 42501 the function public.told

-- domain-check-in-json-query: out of JSON_QUERY
--+ since 17
SELECT JSON_QUERY('{"a": {"inside": 1}}'::jsonb, '$.a' RETURNING parcel)
--> 42501 the function public.told

-- domain-check-of-array: of an array's elements
SELECT '{7}'::integer[]::chatty[]
--> 42501 the function public.told

-- domain-check-of-column: of a column that is written
INSERT INTO parcels SELECT 1, 7
--> 42501 the function public.told

-- domain-check-of-copy: or copied into
--+ data 1	7
COPY parcels FROM STDIN
--> 42501 the function public.told

-- default-of-argument: an argument that is left out calls its default
--+ as namer
SELECT greet()
--> 42501 the function public.whisper

-- steps-of-aggregate: an aggregate may be named without its steps, unless they may do anything
--+ as namer
SELECT tally(id) FROM plain
--> 42501 the function public.tally_step

-- steps-of-window: over a window too
--+ as namer
SELECT tally(id) OVER () FROM plain
--> 42501 the function public.tally_step

-- trigger-of-a-moved-row: an UPDATE that moves a row inserts it elsewhere
UPDATE moving SET id = 11 WHERE id = 1
--> 42501 the function public.moved

-- trigger-of-merge: MERGE fires what its actions would fire
--+ since 15
MERGE INTO changing c USING (SELECT 1 AS id) s ON s.id = c.id WHEN MATCHED THEN UPDATE SET note = 'x'
--+ effect SELECT note FROM changing => quillon.featherby@vault.example
--> 42501 the function public.fill_mailbox

-- trigger-of-conflict: so does ON CONFLICT
--+ effect SELECT string_agg(note, ' ' ORDER BY id) FROM mailbox => quillon.featherby@vault.example
INSERT INTO mailbox VALUES (1, 'x') ON CONFLICT DO NOTHING
--> 42501 the function public.fill_mailbox

-- # What a hidden result would still tell, by failing

-- fails-by-division: fails for one letter
--+ shows 1
SELECT 1 / (ascii(email) - 112) FROM people WHERE id = 1
--> 42501 public.people.email is masked

-- fails-by-limit: a number that overflows above a value
--+ shows 84731926.57
SELECT salary + 1e300 FROM people WHERE id = 1
--> 42501 public.people.salary is masked

-- fails-by-limit-of-column: a column can hold such a number, too
--+ shows 84731966.57
SELECT p.salary + o.amount FROM people p JOIN orders o ON o.person_id = p.id WHERE o.id = 1
--> 42501 public.people.salary is masked

-- fails-by-steps: many small steps reach the limit
--+ shows 84731928.57
SELECT salary + 1 + 1 FROM people WHERE id = 1
--> 42501 public.people.salary is masked

-- fails-by-precision: a number with fewer digits
SELECT salary::numeric(10, 2) FROM people WHERE id = 1
--> 42501 public.people.salary is masked

-- fails-by-length: a cast that is told to fail
SELECT pg_catalog.varchar(email, 35, false) FROM people WHERE id = 1
--> 42501 public.people.email is masked

-- fails-by-place: a length below zero
--+ shows ab
SELECT substr('abcdef', 1, length(phone) - 14) FROM people WHERE id = 1
--> 42501 public.people.phone is masked

-- fails-by-date: a date beyond the last one
--+ shows 1931-08-28
SELECT born + 1 FROM people WHERE id = 1
--> 42501 public.people.born is masked

-- fails-by-size: so long that only a short value still fits
--+ shows 131
SELECT length(email || b) FROM (SELECT email, repeat('x', 100) AS b FROM people WHERE id = 1) AS s
--> 42501 public.people.email is masked

-- fails-by-doubling: the same in steps
--+ shows 124
SELECT length(a || a) FROM (SELECT email || email AS a FROM people WHERE id = 1) AS s
--> 42501 public.people.email is masked

-- fails-if-looked-at: a subquery's column is computed when COALESCE comes to it
SELECT coalesce(email, y) FROM (SELECT email, (1 / id)::text AS y FROM people WHERE id = 1) AS s
--> 42501 public.people.email is masked

-- fails-by-shape: arrays that differ cannot be put together
SELECT array_agg(tags) FROM people
--> 42501 public.people.tags is masked

-- fails-by-null: a key that is not there
--+ shows quillon
SELECT json_object_agg(email, id) FROM people
--> 42501 public.people.email is masked

-- sequence-by-length: what a sequence keeps
--+ shows 31
SELECT coalesce(setval('tickets', length(email)), 0) FROM people WHERE id = 1
--> 42501

-- chooses-by-hidden: a hidden column decides which value is shown
--+ shows Oslo
SELECT CASE WHEN email LIKE 'q%' THEN city END FROM people WHERE id = 1
--> 42501 public.people.email is masked

-- chooses-by-null: whether there is one
--+ shows t
SELECT email IS NOT NULL FROM people WHERE id = 1
--> 42501 public.people.email is masked

-- orders-inside: an aggregate's own order
--+ shows {2,1}
SELECT array_agg(id ORDER BY salary) FROM people
--> 42501 public.people.salary is masked

-- counts-distinct: how many different ones
--+ shows 2
SELECT count(DISTINCT email) FROM people
--> 42501 public.people.email is masked

-- # Calls of functions by protocol, which are judged as the SELECT of the function

-- call-lo-get: a large object may hold what is masked
--+ via call
--+ value 4242
3458
--> SD005

-- call-table-to-xml: reads a table without naming it in a statement
--+ via call
--+ value people
--+ value t
--+ value f
--+ value x
2923
--> 42501 table_to_xml

-- call-query-to-xml: runs whatever its text says
--+ via call
--+ value SELECT email FROM people
--+ value t
--+ value f
--+ value x
2924
--> 42501 query_to_xml

-- call-lo-create: writes what outlives the transaction; one who reads may not
--+ as reader
--+ via call
--+ value 4747
--+ effect SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4747 => 1
715
--> 42501

-- call-terminate-all: has an effect outside of the session
--+ as reader
--+ via call
--+ value 1
--+ value 0
--+ shows f
2096
--> 42501 pg_terminate_backend
