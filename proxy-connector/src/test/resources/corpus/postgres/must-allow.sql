-- One statement per entry; each has to be understood. Entries end at an empty line.

-- select
SELECT 'a''b', E'a\'; DROP TABLE t; --', U&'\0061', B'1', X'1F', N'n', $$;$$, $t$ ; $$ $t$

-- select
/* a /* nested; */ comment; */ SELECT 1 -- ; the end

-- select
(SELECT 1) UNION (SELECT 2)

-- select
WITH a AS (SELECT 1) SELECT * FROM a

-- delete
WITH a AS (SELECT 1) DELETE FROM orders

-- values
VALUES (1), (2)

-- table
TABLE orders

-- insert
INSERT INTO orders (note) VALUES ('x') RETURNING id

-- update
UPDATE orders SET note = 'x' WHERE id = 1

-- merge
MERGE INTO orders o USING customers c ON c.id = o.customer_id WHEN MATCHED THEN DELETE

-- begin
BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY

-- start transaction
START TRANSACTION

-- rollback to savepoint
ROLLBACK TO SAVEPOINT a

-- set transaction
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- set
SET search_path = "$user", public

-- set
SET LOCAL statement_timeout = '5s'

-- set
set DateStyle to ISO, MDY

-- set
SET TIME ZONE 'Europe/Berlin'

-- set
SET client_encoding TO 'UTF8'

-- set
SET extra_float_digits = 3

-- set
SET application_name = 'psql'

-- reset
RESET ALL

-- show
SHOW transaction_isolation

-- show
SHOW standard_conforming_strings

-- explain
EXPLAIN (COSTS OFF, FORMAT json) SELECT 1

-- explain
EXPLAIN ANALYZE VERBOSE UPDATE orders SET note = 'x' WHERE id = 1

-- create table
CREATE TABLE t (a int, b text GENERATED ALWAYS AS (upper('x')) STORED)

-- create function
CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END

-- create materialized view
CREATE MATERIALIZED VIEW m AS SELECT 1

-- alter table
ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i

-- grant
GRANT SELECT ON orders TO x

-- drop role
DROP ROLE x

-- truncate
TRUNCATE orders

-- vacuum
VACUUM orders

-- do
DO $$ BEGIN NULL; END $$

-- discard all
DISCARD ALL

-- deallocate all
DEALLOCATE ALL

-- deallocate
DEALLOCATE gateway_helper

-- deallocate
deallocate PREPARE "S ""1"""

-- declare
DECLARE c CURSOR FOR SELECT * FROM customers

-- declare
declare "C x" insensitive no scroll cursor with hold for (values (1))

-- fetch
FETCH ALL FROM c

-- move
move backward 3 in "C x"

-- close all
CLOSE ALL

-- prepare
PREPARE p AS DELETE FROM customers

-- prepare
prepare "P x" (int, "my"."type"[]) as (select $1, $2)

-- execute
EXECUTE p

-- execute
execute "P x"(-1, 'it''s', null, true)

-- set
SET standard_conforming_strings = on

-- alter table
ALTER TABLE ONLY t ADD CONSTRAINT apart EXCLUDE USING gist (period WITH &&)

-- set transaction snapshot
SET TRANSACTION SNAPSHOT '00000003-0000001B-1'

-- set
SET check_function_bodies = false
