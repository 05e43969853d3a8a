-- One trick per entry; never delete one. "kind:" is refused before a byte reaches the target, "tree:" by what its trees
-- or its catalog say, for everybody without an explicit permission, "everything:" to whoever has anything masked, as
-- it may reach that. Entries end at an empty line.

-- kind: a program run by the server
COPY (SELECT 1) TO PROGRAM 'id'

-- kind: a file written by the server
COPY customers TO '/tmp/x'

-- kind: copy with a condition, and defaults that no INSERT of selected rows shows
COPY customers FROM STDIN (DEFAULT 'x') WHERE pg_sleep(1) IS NULL

-- kind: another role
SET ROLE postgres

-- kind: another role by a Unicode identifier
SET U&"\0072ole" TO postgres

-- kind: another role by a quoted identifier
SET "role" TO 'postgres'

-- kind: another role, hidden behind comments
SET /* x /* nested */ */ LOCAL -- y
 ROLE postgres

-- kind: session authorization
SET SESSION AUTHORIZATION postgres

-- kind: session authorization as a setting
SET session_authorization = 'postgres'

-- kind: reset of the role
RESET ROLE

-- kind: the settings the analysis depends on
SET debug_print_parse = off

-- kind: string literals read differently
SET standard_conforming_strings = off

-- kind: triggers off
SET session_replication_role = replica

-- kind: a multi-byte encoding that can hide a quote
SET client_encoding = 'SJIS'

-- kind: the same by its standard name
SET NAMES 'GBK'

-- kind: a setting of an extension
SET app.tenant = '7'

-- kind: a value that is computed
SET search_path = (SELECT 1)

-- kind: every setting
SHOW ALL

-- kind: a setting that tells a file name
SHOW config_file

-- kind: what cannot be analysed, under a name
PREPARE p AS VACUUM customers

-- kind: run of a prepared statement with code for its values
EXECUTE p((SELECT email FROM customers LIMIT 1))

-- kind: run of a prepared statement with a cast
EXECUTE p('x'::harmless)

-- kind: a table made of a prepared statement
CREATE TABLE copied AS EXECUTE p

-- kind: explanation of a prepared statement
EXPLAIN ANALYZE EXECUTE p

-- kind: drop of a helper's name, in escapes
DEALLOCATE U&"gateway_helper"

-- kind: foreign code
LOAD 'x'

-- kind: settings of the whole server
ALTER SYSTEM SET log_statement = 'none'

-- kind: settings of every later session of the gateway
ALTER ROLE CURRENT_USER SET search_path = evil

-- everything: laundering through a temporary table
CREATE TEMP TABLE x AS SELECT email FROM customers

-- kind: the same, by EXECUTE
CREATE TABLE x AS EXECUTE p

-- everything: laundering through a change of type
ALTER TABLE orders ALTER COLUMN note TYPE text USING national_id

-- kind: two-phase commit
PREPARE TRANSACTION 'x'

-- kind: end of one
COMMIT PREPARED 'x'

-- kind: explain of something that is not analysed
EXPLAIN ANALYZE EXECUTE p

-- kind: unknown
FROBNICATE everything

-- kind: a name that only looks like a keyword
"select" 1

-- kind: a keyword with a letter outside ASCII
ſelect 1

-- everything: the same, into a type that is called like what begins a constraint
ALTER TABLE orders ALTER COLUMN note TYPE exclude USING national_id

-- everything: a snapshot of another session
SET TRANSACTION SNAPSHOT '00000003-0000001B-1'

-- tree: a table read without naming it
SELECT table_to_xml('customers', true, true, '')

-- tree: a query in a string
SELECT query_to_xml('SELECT * FROM payments', true, true, '')

-- tree: the whole database in one call
SELECT database_to_xml(true, true, '')

-- tree: statistics of a query in a string
SELECT * FROM ts_stat('SELECT to_tsvector(email) FROM customers')

-- tree: other people's statements
SELECT query FROM pg_stat_activity

-- tree: the same by its function
SELECT * FROM pg_stat_get_activity(NULL)

-- tree: other people's prepared statements
SELECT * FROM pg_prepared_statements

-- tree: sampled values
SELECT most_common_vals FROM pg_stats

-- tree: password hashes
SELECT rolpassword FROM pg_authid

-- tree: a setting by a function
SELECT set_config('role', 'postgres', false)

-- tree: a setting's value
SELECT current_setting('data_directory')

-- tree: a file
SELECT pg_read_file('/etc/passwd')

-- tree: a sleeping function
SELECT pg_sleep(10)

-- tree: a large object
SELECT lo_import('/etc/passwd')

-- everything: laundering by SELECT INTO
SELECT email INTO TEMP x FROM customers

-- tree: a TOAST table
SELECT * FROM pg_toast.pg_toast_16386

-- tree: a name torn by the server's line breaks so that its brackets count
SELECT email AS ")(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}{)(}" FROM customers

-- tree: a row of a cursor
DELETE FROM orders WHERE CURRENT OF c
