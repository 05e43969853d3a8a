-- # What must be masked. One trick per entry, never deleted; the form is that of must-deny.sql. Behind "-->" stand the rows
-- # that are shown, "?" for any value that is not the real one, bytes in hexadecimal digits behind "\x"; or "error" with the
-- # SQLSTATE and what the message contains: of a refusal, or of the target, in words that tell nothing of the value. Without
-- # the gateway each entry shows a secret of the vault, or what "--+ shows" quotes.

-- # A hidden column by itself, of every type

-- text: the plain case
SELECT id, name, email FROM people WHERE id = 1
--> 1 | Ada | q***@vault.example

-- card: of a card number the first six and last four digits
SELECT card FROM people WHERE id = 2
--> 541275******8821

-- phone: a class without a mask of its own is redacted
SELECT phone FROM people WHERE id = 1
--> ***

-- numeric: no masked number exists
SELECT salary FROM people WHERE id = 1
--> ?

-- json: a document
SELECT profile FROM people WHERE id = 1
--> ?

-- date: a date
SELECT born FROM people WHERE id = 1
--> ?

-- uuid: a uuid
SELECT token FROM people WHERE id = 1
--> ?

-- inet: an address
SELECT address FROM people WHERE id = 1
--> ?

-- array: an array
SELECT tags FROM people WHERE id = 1
--> ?

-- composite: a composite value
SELECT home FROM people WHERE id = 1
--> ?

-- bytes: bytes
SELECT photo FROM people WHERE id = 1
--> ?

-- domain: a domain over text is a text
SELECT contact FROM people WHERE id = 1
--> m***@vault.example

-- star: the whole table
SELECT * FROM people WHERE id = 1
--> 1 | Ada | Oslo | q***@vault.example | 453978******3175 | *** | ? | ? | ? | ? | ? | ? | ? | ? | m***@vault.example

-- table: TABLE is SELECT *
TABLE letters
--> 1 | ***

-- long-value: a value that lies in a TOAST table
SELECT id, body FROM letters
--> 1 | ***

-- qualified: by schema, table and column
SELECT public.people.email FROM public.people WHERE public.people.id = 1
--> q***@vault.example

-- renamed: under another name
SELECT email AS name FROM people WHERE id = 1
--> q***@vault.example

-- renamed-table: the table and its columns under other names
SELECT t.c FROM people AS t (a, b, c2, c) WHERE t.a = 1
--> q***@vault.example

-- only: ONLY
SELECT email FROM ONLY people WHERE id = 1
--> q***@vault.example

-- quoted: by quoted and by escaped names
SELECT "email", U&"c\0061rd" FROM "people" WHERE id = 1
--> q***@vault.example | 453978******3175

-- twice: the same column twice
SELECT email, email FROM people WHERE id = 1
--> q***@vault.example | q***@vault.example

-- no-rows-lost: every row is masked
SELECT id, email FROM people ORDER BY id
--> 1 | q***@vault.example
--> 2 | z***@vault.example

-- for-update: FOR UPDATE returns rows as well
SELECT id, email FROM people WHERE id = 1 FOR UPDATE
--> 1 | q***@vault.example

-- for-share-skip: FOR SHARE SKIP LOCKED too
SELECT id, card FROM people WHERE id = 1 FOR SHARE SKIP LOCKED
--> 1 | 453978******3175

-- limit: a page
SELECT email FROM people ORDER BY id OFFSET 1 FETCH NEXT 1 ROWS ONLY
--> z***@vault.example

-- tablesample: a sample
SELECT email FROM people TABLESAMPLE BERNOULLI (100) WHERE id = 1
--> q***@vault.example

-- # Other ways to send it

-- extended-text: the extended protocol
--+ via extended
SELECT id, email, card FROM people WHERE id = 1
--> 1 | q***@vault.example | 453978******3175

-- extended-parameter: with a parameter
--+ via extended
--+ value 1
SELECT email FROM people WHERE id = $1
--> q***@vault.example

-- binary-text: binary results of text
--+ via binary
SELECT email, card, contact FROM people WHERE id = 1
--> q***@vault.example | 453978******3175 | m***@vault.example

-- binary-numeric: binary numbers
--+ via binary
SELECT salary FROM people WHERE id = 1
--> ?

-- binary-json: a binary document
--+ via binary
SELECT profile FROM people WHERE id = 1
--> ?

-- binary-date: a binary date
--+ via binary
SELECT born FROM people WHERE id = 1
--> ?

-- binary-uuid: a binary uuid
--+ via binary
SELECT token FROM people WHERE id = 1
--> ?

-- binary-inet: a binary address
--+ via binary
SELECT address FROM people WHERE id = 1
--> ?

-- binary-array: a binary array
--+ via binary
SELECT tags FROM people WHERE id = 1
--> ?

-- binary-composite: a binary composite value
--+ via binary
SELECT home FROM people WHERE id = 1
--> ?

-- binary-bytes: bytes as they are
--+ via binary
SELECT photo FROM people WHERE id = 1
--> ?

-- binary-long: a long value in binary
--+ via binary
SELECT body FROM letters
--> ***

-- named-statement: a named statement, described first
--+ via named
--+ value 2
SELECT email FROM people WHERE id = $1
--> z***@vault.example

-- row-by-row: one row an Execute
--+ via limited
SELECT id, email FROM people ORDER BY id
--> 1 | q***@vault.example
--> 2 | z***@vault.example

-- portal-by-fetch: a portal of the protocol, read by SQL's FETCH
--+ via portal
SELECT email, card FROM people WHERE id = 1
--> q***@vault.example | 453978******3175

-- cursor: a cursor of SQL
--+ first DECLARE c CURSOR FOR SELECT id, email FROM people ORDER BY id
FETCH 1 FROM c
--> 1 | q***@vault.example

-- cursor-scroll: read backwards
--+ first DECLARE c SCROLL CURSOR FOR SELECT id, card FROM people ORDER BY id
--+ first FETCH ALL FROM c
FETCH BACKWARD 1 FROM c
--> 2 | 541275******8821

-- cursor-absolute: read at a place
--+ first DECLARE c SCROLL CURSOR FOR SELECT email FROM people ORDER BY id
FETCH ABSOLUTE 2 FROM c
--> z***@vault.example

-- cursor-with-hold: kept beyond its transaction
--+ first DECLARE c CURSOR WITH HOLD FOR SELECT email FROM people ORDER BY id
--+ first COMMIT
FETCH NEXT FROM c
--> q***@vault.example

-- cursor-quoted: under a quoted name
--+ first DECLARE "C c" CURSOR FOR SELECT email FROM people WHERE id = 1
FETCH ALL "C c"
--> q***@vault.example

-- cursor-extended: read by the extended protocol
--+ via extended
--+ first DECLARE c CURSOR FOR SELECT phone FROM people WHERE id = 1
FETCH ALL FROM c
--> ***

-- cursor-binary-results: read in binary
--+ via binary
--+ first DECLARE c CURSOR FOR SELECT email FROM people WHERE id = 1
FETCH ALL FROM c
--> q***@vault.example

-- prepared: SQL's PREPARE and EXECUTE
--+ first PREPARE p (integer) AS SELECT email FROM people WHERE id = $1
EXECUTE p (1)
--> q***@vault.example

-- prepared-quoted: under a quoted name
--+ first PREPARE "P p" AS SELECT card FROM people WHERE id = 2
EXECUTE "P p"
--> 541275******8821

-- prepared-extended: EXECUTE by the extended protocol
--+ via extended
--+ first PREPARE p AS SELECT id, phone FROM people WHERE id = 1
EXECUTE p
--> 1 | ***

-- several: two statements in one Query
SELECT email FROM people WHERE id = 1; SELECT card FROM people WHERE id = 1
--> q***@vault.example
--> 453978******3175

-- several-in-block: with transaction control between them
BEGIN; SELECT email FROM people WHERE id = 1; COMMIT; SELECT phone FROM people WHERE id = 2
--> q***@vault.example
--> ***

-- comments: comments wherever they may stand
SELECT/**/email/* FROM x */FROM--
people WHERE id = 1
--> q***@vault.example

-- # Through views, partitions, children, copies

-- view: a view
SELECT * FROM contacts WHERE id = 1
--> 1 | Ada | q***@vault.example

-- view-of-view: a view over a view, renamed
SELECT letterbox FROM contacts_again WHERE id = 2
--> z***@vault.example

-- materialized-view: a copy keeps the class
SELECT id, card FROM cards WHERE id = 1
--> 1 | 453978******3175

-- partitioned: a partitioned table
SELECT id, account FROM ledger ORDER BY id
--> 1 | ***
--> 2 | ***

-- partition: a partition by its own name
SELECT account FROM ledger_south
--> ***

-- inherited: a child's rows through its parent
SELECT name, badge FROM staff ORDER BY id
--> Cleo | ***
--> Dora | ***

-- child: a child by its own name
SELECT name, badge, car FROM managers
--> Dora | *** | blue

-- generated: a generated column
SELECT secret, shout FROM derived
--> *** | ***

-- view-that-computes: a view that computes with the value
SELECT shout FROM loud WHERE id = 1
--> null

-- # Passed on through the clauses of a query

-- subquery: a subquery in FROM
SELECT s.e FROM (SELECT email AS e FROM people WHERE id = 1) AS s
--> q***@vault.example

-- subquery-deep: four of them
SELECT d.x FROM (SELECT c.x FROM (SELECT b.x FROM (SELECT card AS x FROM people WHERE id = 1) b) c) d
--> 453978******3175

-- cte: a common table expression
WITH w AS (SELECT id, email FROM people) SELECT email FROM w WHERE id = 1
--> q***@vault.example

-- cte-columns: with names of its own
WITH w (a, b) AS (SELECT id, phone FROM people) SELECT b FROM w WHERE a = 1
--> ***

-- cte-materialized: kept apart
WITH w AS MATERIALIZED (SELECT id, card FROM people) SELECT card FROM w WHERE id = 2
--> 541275******8821

-- cte-chain: one that reads another
WITH a AS (SELECT email AS x FROM people WHERE id = 1), b AS (SELECT x AS y FROM a) SELECT y FROM b
--> q***@vault.example

-- recursive: a recursion that passes the value on
WITH RECURSIVE r (n, v) AS (SELECT 1, email FROM people WHERE id = 1 UNION ALL SELECT n + 1, v FROM r WHERE n < 2) SELECT n, v FROM r
--> 1 | q***@vault.example
--> 2 | q***@vault.example

-- recursive-swap: a recursion that swaps its columns
WITH RECURSIVE r (n, a, b) AS (SELECT 1, city, card FROM people WHERE id = 1 UNION ALL SELECT n + 1, b, a FROM r WHERE n < 2) SELECT a FROM r
--> ***
--> ***

-- union-all: a set operation
SELECT name FROM people WHERE id = 1 UNION ALL SELECT card FROM people WHERE id = 1
--> ***
--> ***

-- union-all-first: with the hidden one first
SELECT email FROM people WHERE id = 1 UNION ALL SELECT 'x'
--> ***
--> ***

-- union-of-tables: two hidden columns in one
SELECT email FROM people WHERE id = 1 UNION ALL SELECT badge FROM staff
--> ***
--> ***
--> ***

-- union-in-view: a set operation inside of a subquery
SELECT u.v FROM (SELECT city AS v FROM people UNION ALL SELECT phone FROM people) AS u
--> ***
--> ***
--> ***
--> ***

-- except-all: EXCEPT ALL
SELECT email FROM people EXCEPT ALL SELECT 'nobody'
--> error 42501 public.people.email is masked

-- join-on: a join over a shown column
SELECT o.item, p.email FROM orders o JOIN people p ON p.id = o.person_id WHERE o.id = 1
--> lamp | q***@vault.example

-- join-alias: a join under a name of its own
SELECT j.card FROM (orders o JOIN people p ON p.id = o.person_id) AS j WHERE j.item = 'desk'
--> 453978******3175

-- join-using: USING over a shown column
SELECT email FROM people JOIN (SELECT 1 AS id) AS one USING (id)
--> q***@vault.example

-- left-join: an outer join
SELECT p.phone FROM orders o LEFT JOIN people p ON p.id = o.person_id WHERE o.id = 3
--> ***

-- full-join-merged: a merged column of a FULL JOIN is of both sides
SELECT id FROM (SELECT email AS id FROM people WHERE people.id = 1) a FULL JOIN (SELECT 'x' AS id) b USING (id)
--> error 42501 public.people.email is masked

-- cross-join: every pair
SELECT a.email, b.card FROM people a CROSS JOIN people b WHERE a.id = 1 AND b.id = 2
--> q***@vault.example | 541275******8821

-- self-join: a table with itself
SELECT b.email FROM people a, people b WHERE a.id = b.id AND a.id = 1
--> q***@vault.example

-- lateral: a LATERAL subquery
SELECT l.e FROM people p, LATERAL (SELECT p.email AS e) AS l WHERE p.id = 1
--> q***@vault.example

-- lateral-values: LATERAL over VALUES
SELECT v.x FROM people p, LATERAL (VALUES (p.email)) AS v (x) WHERE p.id = 1
--> q***@vault.example

-- lateral-unpivot: columns turned into rows
SELECT v.x FROM people p, LATERAL (VALUES (p.name), (p.card), (p.phone)) AS v (x) WHERE p.id = 1
--> ***
--> ***
--> ***

-- lateral-function: LATERAL over a function
SELECT w FROM people p, LATERAL regexp_split_to_table(p.email, '@') AS w WHERE p.id = 1
--> error 42501 public.people.email is masked

-- unnest: an array turned into rows
SELECT t FROM people p, unnest(p.tags) AS t WHERE p.id = 1
--> error 42501 public.people.tags is masked

-- unnest-ordinality: with numbers
SELECT t, n FROM people p, unnest(p.tags) WITH ORDINALITY AS u (t, n) WHERE p.id = 1
--> error 42501 public.people.tags is masked

-- rows-from: two functions side by side
SELECT a, b FROM people p, ROWS FROM (unnest(p.tags), unnest(ARRAY[p.email])) AS r (a, b) WHERE p.id = 1
--> error 42501 public.people.email, public.people.tags is masked

-- scalar-subquery: a subquery as a value
SELECT (SELECT email FROM people WHERE id = 1)
--> q***@vault.example

-- correlated-subquery: a correlated one
SELECT id, (SELECT p.card FROM people p WHERE p.id = o.person_id) FROM orders o WHERE o.id = 1
--> 1 | 453978******3175

-- array-subquery: ARRAY(…)
SELECT ARRAY(SELECT email FROM people)
--> error 42501 public.people.email is masked

-- values-subquery: a subquery in VALUES
VALUES ((SELECT phone FROM people WHERE id = 1))
--> ***

-- exists-is-no-value: a row's columns inside of EXISTS are not read, beside it they are
SELECT email FROM people WHERE id = 1 AND EXISTS (SELECT email FROM people)
--> q***@vault.example

-- # In expressions

-- case: a branch of CASE
SELECT CASE WHEN id = 1 THEN email ELSE 'x' END FROM people WHERE id = 1
--> ***

-- case-else: its ELSE
SELECT CASE id WHEN 9 THEN 'x' ELSE card END FROM people WHERE id = 1
--> ***

-- coalesce: COALESCE
SELECT coalesce(email, 'none') FROM people WHERE id = 1
--> ***

-- nullif: NULLIF returns its first argument
SELECT nullif(phone, '') FROM people WHERE id = 1
--> error 42501 public.people.phone is masked

-- greatest: GREATEST
SELECT greatest(email, 'a') FROM people WHERE id = 1
--> null

-- least: LEAST
SELECT least(email, 'zz') FROM people WHERE id = 1
--> null

-- cast-varchar: a cast that changes nothing
SELECT email::varchar FROM people WHERE id = 1
--> q***@vault.example

-- cast-char: a cast to characters
SELECT card::char(16) FROM people WHERE id = 1
--> null

-- cast-name: a cast to name
SELECT email::name FROM people WHERE id = 1
--> null

-- cast-bytea: a text as bytes
SELECT email::bytea FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- cast-number-text: a number as text
SELECT salary::text FROM people WHERE id = 1
--> null

-- cast-card-number: a card number as a number
SELECT card::numeric FROM people WHERE id = 1
--> error 42501 public.people.card is masked

-- cast-money: a number as money
SELECT salary::money FROM people WHERE id = 1
--> null

-- cast-uuid-text: a uuid as text
SELECT token::text FROM people WHERE id = 1
--> null

-- cast-date-text: a date as text
SELECT born::text FROM people WHERE id = 1
--> null

-- cast-inet-text: an address as text
SELECT address::text FROM people WHERE id = 1
--> null

-- cast-json-text: a document as text
SELECT profile::text FROM people WHERE id = 1
--> null

-- cast-array-text: an array as text
SELECT tags::text FROM people WHERE id = 1
--> null

-- cast-array-varchar: an array of another type
SELECT tags::varchar[] FROM people WHERE id = 1
--> null

-- cast-domain: into a domain
SELECT email::mail FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- collate: another collation
SELECT email COLLATE "C" FROM people WHERE id = 1
--> q***@vault.example

-- upper: upper case
SELECT upper(email) FROM people WHERE id = 1
--> null

-- reverse: backwards
SELECT reverse(email) FROM people WHERE id = 1
--> null

-- concatenation: beside something else
SELECT 'it is ' || email FROM people WHERE id = 1
--> null

-- concat: by function
SELECT concat(name, ' ', card) FROM people WHERE id = 1
--> null

-- concat-ws: with separators
SELECT concat_ws('-', left(phone, 6), right(phone, 9)) FROM people WHERE id = 1
--> null

-- format: by format
SELECT format('%s <%s>', name, email) FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- quote-literal: as a literal
SELECT quote_literal(email) FROM people WHERE id = 1
--> null

-- replace: without its domain
SELECT replace(email, '@vault.example', '') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- translate: without its separators
SELECT translate(phone, '+-', '') FROM people WHERE id = 1
--> null

-- split-part: its first part
SELECT split_part(email, '@', 1) FROM people WHERE id = 1
--> null

-- substring: a part
--+ shows 160294
SELECT substring(card FROM 7 FOR 6) FROM people WHERE id = 1
--> null

-- substring-pattern: a part by pattern
SELECT substring(email FROM '^(.*)@') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- regexp-replace: with something between its letters
SELECT regexp_replace(email, '(.)', '\1.', 'g') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- regexp-matches: its parts in an array
SELECT regexp_matches(email, '^([a-z]+)\.([a-z]+)@') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- string-to-array: its letters in an array
SELECT string_to_array(email, NULL) FROM people WHERE id = 1
--> null

-- letters-in-rows: one letter a row
SELECT substr(email, g, 1) FROM people, generate_series(1, 20) AS g WHERE id = 1
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null

-- letters-in-columns: one piece a column
SELECT left(email, 6), substr(email, 7, 6), substr(email, 13, 8) FROM people WHERE id = 1
--> null | null | null

-- letters-backwards-in-rows: one letter a row, the last one first
SELECT substr(email, 18 - g, 1) FROM people, generate_series(1, 16) AS g WHERE id = 1
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null
--> null

-- code-points: as numbers
SELECT string_agg(ascii(substr(email, g, 1))::text, ',') FROM people, generate_series(1, 17) AS g WHERE id = 1
--> error 42501 public.people.email is masked

-- hexadecimal: in hexadecimal digits
SELECT encode(convert_to(email, 'UTF8'), 'hex') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- hexadecimal-upper: in capitals
SELECT upper(encode(convert_to(email, 'UTF8'), 'hex')) FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- base64: in base64
SELECT encode(email::bytea, 'base64') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- base64-shifted: in base64 behind something
SELECT encode(('x' || email)::bytea, 'base64') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- octal: in octal escapes
SELECT string_agg('\' || lpad(to_oct.o, 3, '0'), '') FROM (SELECT ((ascii(c) / 64)::text || (ascii(c) / 8 % 8)::text || (ascii(c) % 8)::text) AS o FROM people, regexp_split_to_table(split_part(email, '@', 1), '') AS c WHERE id = 1) AS to_oct
--> error 42501 public.people.email is masked

-- url-encoded: in percent signs
SELECT regexp_replace(encode(email::bytea, 'hex'), '(..)', '%\1', 'g') FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- bits: in bits
SELECT string_agg(ascii(substr(email, g, 1))::bit(8)::text, '') FROM people, generate_series(2, 17) AS g WHERE id = 1
--> error 42501 public.people.email is masked

-- hash: as a hash that can be guessed
SELECT md5(email) FROM people WHERE id = 1
--> null

-- sha: as another one
SELECT sha256(convert_to(phone, 'UTF8')) FROM people WHERE id = 1
--> error 42501 public.people.phone is masked

-- photo-encoded: bytes as text
SELECT encode(photo, 'base64') FROM people WHERE id = 1
--> null

-- photo-escaped: bytes in escapes
SELECT encode(photo, 'hex') || encode(photo, 'escape') FROM people WHERE id = 1
--> null

-- number-format: a number in a format
SELECT to_char(salary, 'FM999,999,999.99') FROM people WHERE id = 1
--> error 42501 public.people.salary is masked

-- number-plus: plus something known
--+ shows 84731927.57
SELECT salary + 1 FROM people WHERE id = 1
--> null

-- number-halved: divided and multiplied
--+ shows 42365963
SELECT salary / 2 FROM people WHERE id = 1
--> null

-- date-format: a date in a format
SELECT to_char(born, 'YYYY MM DD') FROM people WHERE id = 1
--> null

-- date-difference: the days since
--+ shows 38487
SELECT date '2037-01-09' - born FROM people WHERE id = 1
--> null

-- date-parts: year, month and day
--+ shows 1931 | 8 | 27
SELECT extract(year FROM born)::int, extract(month FROM born)::int, extract(day FROM born)::int FROM people WHERE id = 1
--> error 42501 public.people.born is masked

-- inet-host: the host
SELECT host(address) FROM people WHERE id = 1
--> null

-- inet-arithmetic: the next address
--+ shows 203.0.113.78
SELECT address + 1 FROM people WHERE id = 1
--> error 42501 public.people.address is masked

-- array-element: an element
SELECT tags[1] FROM people WHERE id = 1
--> null

-- array-slice: a slice
SELECT tags[1:1] FROM people WHERE id = 1
--> null

-- array-join: joined
SELECT array_to_string(tags, ', ') FROM people WHERE id = 1
--> null

-- array-constructor: put into an array
SELECT ARRAY[email, card] FROM people WHERE id = 1
--> null

-- row-constructor: put into a row
SELECT ROW(id, email) FROM people WHERE id = 1
--> null

-- row-of-type: put into a row of a named type
SELECT ROW(email, card)::place FROM people WHERE id = 1
--> null

-- composite-field: a field
SELECT (home).street FROM people WHERE id = 1
--> null

-- composite-star: all fields
SELECT (home).* FROM people WHERE id = 1
--> null | null

-- whole-row: the row as a value
SELECT people FROM people WHERE id = 1
--> null

-- whole-row-text: the row as text
SELECT people::text FROM people WHERE id = 1
--> null

-- whole-row-of-view: the row of a view
SELECT contacts FROM contacts WHERE id = 1
--> null

-- whole-row-of-subquery: the row of a subquery
SELECT s FROM (SELECT id, email FROM people WHERE id = 1) AS s
--> null

-- whole-row-field: a field of a row that was a value
SELECT (p).email FROM (SELECT people AS p FROM people WHERE id = 1) AS s
--> q***@vault.example

-- whole-row-as-argument: the row in functional notation
SELECT email(people) FROM people WHERE id = 1
--> q***@vault.example

-- row-to-json: the row as JSON
SELECT row_to_json(people) FROM people WHERE id = 1
--> null

-- to-jsonb: a value as JSON
SELECT to_jsonb(email) FROM people WHERE id = 1
--> null

-- json-build: in a JSON object
SELECT json_build_object('name', name, 'card', card) FROM people WHERE id = 1
--> null

-- json-keys: as the name of a key
SELECT json_build_object(email, 1) FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- json-agg: rows in a JSON array
SELECT json_agg(p) FROM people p
--> null

-- json-object-agg: rows in a JSON object
SELECT json_object_agg(name, email) FROM people
--> null

-- json-field: a field of a document
SELECT profile ->> 'pin' FROM people WHERE id = 1
--> null

-- json-path: by a path
SELECT jsonb_path_query(profile, '$.pin') FROM people WHERE id = 1
--> error 42501 public.people.profile is masked

-- json-each: in rows
SELECT e.value FROM people p, jsonb_each_text(p.profile) AS e WHERE p.id = 1
--> error 42501 public.people.profile is masked

-- json-to-record: in columns
SELECT r.pin FROM people p, jsonb_to_record(p.profile) AS r (pin text) WHERE p.id = 1
--> error 42501 public.people.profile is masked

-- json-table: by JSON_TABLE
--+ since 17
SELECT t.pin FROM people p, JSON_TABLE(p.profile, '$' COLUMNS (pin text PATH '$.pin')) AS t WHERE p.id = 1
--> error 42501 public.people.profile is masked

-- json-value: by JSON_VALUE
--+ since 17
SELECT JSON_VALUE(profile, '$.pin') FROM people WHERE id = 1
--> error 42501 public.people.profile is masked

-- json-object-constructor: by JSON_OBJECT
--+ since 16
SELECT JSON_OBJECT('card' : card) FROM people WHERE id = 1
--> null

-- json-populate: through a record
SELECT (json_populate_record(NULL::place, json_build_object('street', email))).street FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- xml-element: in XML
--+ shows quillon
SELECT xmlelement(name person, xmlattributes(email AS mail), card) FROM people WHERE id = 1
--> error 42501 public.people.card, public.people.email is masked

-- xml-forest: in more of it
SELECT xmlforest(email, card) FROM people WHERE id = 1
--> error 42501 public.people.card, public.people.email is masked

-- xml-agg: rows in XML
SELECT xmlagg(xmlelement(name e, phone)) FROM people
--> error 42501 public.people.phone is masked

-- tsvector: as a document to search in
--+ shows featherby
SELECT to_tsvector('simple', replace(replace(email, '.', ' '), '@', ' ')) FROM people WHERE id = 1
--> error 42501 public.people.email is masked

-- tsquery: as a question
SELECT plainto_tsquery('simple', phone) FROM people WHERE id = 1
--> error 42501 public.people.phone is masked

-- headline: as an excerpt
--+ shows marmalade
SELECT ts_headline('simple', body, to_tsquery('simple', 'marmalade')) FROM letters
--> error 42501 public.letters.body is masked

-- range-bound: as the end of a range
SELECT numrange(0, salary) FROM people WHERE id = 1
--> error 42501 public.people.salary is masked

-- interval: as a span of time
--+ shows 23536:38:46.57
SELECT make_interval(secs => salary) FROM people WHERE id = 1
--> error 42501 public.people.salary is masked

-- geometry: as a place
SELECT point(salary, id) FROM people WHERE id = 1
--> error 42501 public.people.salary is masked

-- # Aggregates and windows

-- max: the greatest
SELECT max(email) FROM people
--> null

-- min: the smallest
SELECT min(card) FROM people
--> null

-- sum-of-one: the sum of one
SELECT sum(salary) FROM people WHERE id = 1
--> null

-- average-of-one: the average of one
SELECT avg(salary) FROM people WHERE id = 1
--> null

-- string-agg: all of them in one text
SELECT string_agg(email, ',') FROM people
--> null

-- array-agg: all of them in one array
SELECT array_agg(card) FROM people
--> null

-- percentile: the middle one
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY salary) FROM people
--> error 42501 public.people.salary is masked

-- mode: the most frequent one
SELECT mode() WITHIN GROUP (ORDER BY phone) FROM people
--> error 42501 public.people.phone is masked

-- first-value: the first of a window
SELECT first_value(email) OVER (ORDER BY id) FROM people
--> null
--> null

-- lag: the one before
SELECT lag(card) OVER (ORDER BY id) FROM people
--> null
--> null

-- nth-value: the one at a place
SELECT nth_value(phone, 1) OVER (ORDER BY id) FROM people
--> null
--> null

-- window-aggregate: all up to here
SELECT string_agg(email, ';') OVER (ORDER BY id) FROM people
--> null
--> null

-- any-value: any of them
--+ since 16
SELECT any_value(email) FROM people
--> null

-- count-of-column: counts what is not null
--+ shows 2
SELECT count(email) FROM people
--> null

-- # What does not depend on a hidden column stays

-- computed-beside-shown: beside a value that is computed
SELECT id, name, upper(email), length(city) FROM people WHERE id = 1
--> 1 | Ada | null | 4

-- counted-beside-hidden: rows are counted, hidden values are not
SELECT city, count(*), max(email), sum(id) FROM people WHERE id = 1 GROUP BY city
--> Oslo | 1 | null | 1

-- numbered-beside-hidden: a window that looks at nothing hidden
SELECT row_number() OVER (ORDER BY id), first_value(name) OVER (ORDER BY id), lag(card) OVER (ORDER BY id) FROM people
--> 1 | Ada | null
--> 2 | Ada | null

-- chosen-by-shown: which value it is, is decided by what is shown
SELECT CASE WHEN p.id = 1 THEN p.email ELSE p.city END, coalesce(p.city, p.card) FROM people p ORDER BY p.id
--> *** | ***
--> *** | ***

-- field-of-row: a shown field of a whole row that was a value
SELECT (p).name, (p).card FROM (SELECT people AS p FROM people WHERE id = 1) AS s
--> Ada | 453978******3175

-- field-of-subquery: a field of a subquery's row
SELECT (s).id, (s).e FROM (SELECT id, email AS e FROM people WHERE id = 1) AS s
--> 1 | q***@vault.example

-- recursive-beside-shown: a recursion computes with what is shown
WITH RECURSIVE r (n, city, v) AS (SELECT 1, city, upper(phone) FROM people WHERE id = 1 UNION ALL SELECT n + 1, city || n, v FROM r WHERE n < 2) SELECT n, city, v FROM r
--> 1 | Oslo | null
--> 2 | Oslo1 | null

-- recursive-late: what comes in by the second round only
WITH RECURSIVE r (n, a, b, c) AS (SELECT 1, 'x', 'y', card FROM people WHERE id = 1 UNION ALL SELECT n + 1, b, c, 'z' FROM r WHERE n < 3) SELECT n, a FROM r
--> 1 | ***
--> 2 | ***
--> 3 | ***

-- nothing-is-nothing-else: whether a computed value is there at all
--+ shows examplex
SELECT id, substr(email, 25, 99) || 'x' FROM people UNION ALL SELECT 3, NULL ORDER BY 1
--> 1 | null
--> 2 | null
--> 3 | null

-- # What a write returns

-- update-returning: UPDATE
UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING id, email, card
--> 1 | q***@vault.example | 453978******3175

-- update-returning-star: all columns
UPDATE people SET city = 'Rome' WHERE id = 2 RETURNING *
--> 2 | Bob | Rome | z***@vault.example | 541275******8821 | *** | ? | ? | ? | ? | ? | ? | ? | ? | p***@vault.example

-- delete-returning: DELETE
--+ first DELETE FROM orders
DELETE FROM people WHERE id = 1 RETURNING email
--> q***@vault.example

-- update-returning-other: columns of a table that is only read
UPDATE orders SET note = 'x' FROM people p WHERE p.id = person_id AND orders.id = 1 RETURNING p.email
--> q***@vault.example

-- update-view-returning: through a view
UPDATE contacts SET name = 'Eve' WHERE id = 1 RETURNING email
--> q***@vault.example

-- insert-returning-subquery: INSERT that returns what it read elsewhere
INSERT INTO plain (id) VALUES (9) RETURNING (SELECT email FROM people WHERE people.id = 1)
--> q***@vault.example

-- cte-returning: a write in a WITH
WITH u AS (UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING email) SELECT email FROM u
--> q***@vault.example

-- merge-returning: MERGE
--+ since 17
MERGE INTO people p USING (SELECT 1 AS id) s ON p.id = s.id WHEN MATCHED THEN UPDATE SET city = 'Rome' RETURNING p.email
--> q***@vault.example

-- returning-old: the row as it was
--+ since 18
UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING old.email, new.card
--> q***@vault.example | 453978******3175

-- returning-old-row: the whole row as it was
--+ since 18
UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING old
--> null

-- returning-renamed: under other names
--+ since 18
UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING WITH (OLD AS before, NEW AS after) before.email, after.phone
--> q***@vault.example | ***

-- update-returning-binary: in binary
--+ via binary
UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING salary, email
--> ? | q***@vault.example

-- # COPY

-- copy-table: a table as text
COPY people (id, email, card) TO STDOUT
--> 1	q***@vault.example	453978******3175
--> 2	z***@vault.example	541275******8821

-- copy-query: a query
COPY (SELECT id, phone FROM people ORDER BY id) TO STDOUT
--> 1	***
--> 2	***

-- copy-csv: as CSV
COPY (SELECT id, email FROM people WHERE id = 1) TO STDOUT WITH (FORMAT csv)
--> 1,q***@vault.example

-- copy-csv-header: as CSV with a header
COPY (SELECT id, email FROM people WHERE id = 1) TO STDOUT WITH (FORMAT csv, HEADER true)
--> id,email
--> 1,q***@vault.example

-- copy-csv-quoted: as CSV with quotes everywhere
COPY (SELECT email FROM people WHERE id = 1) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)
--> "q***@vault.example"

-- copy-csv-delimiter: a delimiter that splits the value
COPY (SELECT id, email FROM people WHERE id = 1) TO STDOUT WITH (FORMAT csv, DELIMITER 'e')
--> 1e"q***@vault.example"

-- copy-text-delimiter: so does a text's
COPY (SELECT id, phone FROM people WHERE id = 1) TO STDOUT WITH (DELIMITER '-')
--> 1-***

-- copy-old-options: the options of old
COPY people (email) TO STDOUT WITH CSV
--> q***@vault.example
--> z***@vault.example

-- copy-binary: as binary
COPY (SELECT email, salary FROM people WHERE id = 1) TO STDOUT WITH (FORMAT binary)
--> \x5047434f50590aff0d0a000000000000000000000200000012712a2a2a407661756c742e6578616d706c65ffffffff
--> \xffff

-- copy-binary-bytes: bytes in it
COPY (SELECT photo, token, born FROM people WHERE id = 1) TO STDOUT WITH (FORMAT binary)
--> \x5047434f50590aff0d0a0000000000000000000003ffffffffffffffffffffffff
--> \xffff

-- copy-expression: an expression
COPY (SELECT id, upper(email) FROM people) TO STDOUT
--> 1	\N
--> 2	\N

-- copy-returning: a write that returns
--+ first SAVEPOINT s
COPY (UPDATE people SET city = 'Rome' WHERE id = 1 RETURNING email) TO STDOUT
--> q***@vault.example

-- copy-materialized: a copy of the values
COPY (SELECT card FROM cards WHERE id = 1) TO STDOUT
--> 453978******3175

-- copy-partition: a partition
COPY ledger_north TO STDOUT
--> 1	***	north

-- copy-extended: by the extended protocol
--+ via extended
COPY (SELECT email FROM people WHERE id = 1) TO STDOUT
--> q***@vault.example

-- # Errors, notices, names, plans

-- error-of-row: a failed UPDATE quotes every column of the row
UPDATE people SET name = NULL WHERE id = 1
--> error 23502

-- column-name-is-not-a-value: a column is called like a value, the value is masked
SELECT email AS "q***" FROM people WHERE id = 1
--> q***@vault.example

-- current-value: what another statement of this session wrote
--+ first UPDATE people SET city = 'Rome' WHERE id = 1
SELECT city, email FROM people WHERE id = 1
--> Rome | q***@vault.example

-- savepoint: behind a rollback to a savepoint
--+ first SAVEPOINT s
--+ first UPDATE people SET city = 'Rome' WHERE id = 1
--+ first ROLLBACK TO s
SELECT city, email FROM people WHERE id = 1
--> Oslo | q***@vault.example

-- search-path: another schema's table of a harmless name
--+ first SET search_path = shadow, public
SELECT id, label FROM plain WHERE id OPERATOR(pg_catalog.=) 1
--> 1 | q***@vault.example

-- shadow-qualified: the same by its full name
SELECT label FROM shadow.plain WHERE id = 1
--> q***@vault.example

-- bytea-output: bytes in escapes
--+ first SET bytea_output = 'escape'
SELECT photo FROM people WHERE id = 1
--> ?

-- date-style: a date in another style
--+ first SET DateStyle = 'German'
SELECT born FROM people WHERE id = 1
--> ?

-- float-digits: numbers with more digits
--+ first SET extra_float_digits = 3
SELECT salary::float8 FROM people WHERE id = 1
--> null

-- xml-binary: bytes in XML
--+ first SET xmlbinary = hex
SELECT xmlelement(name p, photo) FROM people WHERE id = 1
--> error 42501 public.people.photo is masked
