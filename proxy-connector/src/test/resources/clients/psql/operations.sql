\set VERBOSITY verbose
\set SHOW_CONTEXT always
\pset pager off
\pset null <null>
\encoding UTF8
\echo == select
select 1 as one, 'two' as "Two", null as nothing;
\echo == empty queries
;
-- nothing but a comment
/* and another */;
\echo == connection information
\conninfo
select current_user, session_user, current_database(), current_schema(), current_setting('server_encoding');
\echo == status variables
\echo :SERVER_VERSION_NUM :ENCODING :ERROR :ROW_COUNT :SQLSTATE
\echo == every type
\x on
select * from every_type order by id;
\x off
\echo == gdesc
select * from every_type \gdesc
\echo == gset
select 40 + 2 as answer, 'a b' as words \gset mine_
\echo :mine_answer :'mine_words' :"mine_words"
\echo == gexec
select format('select %s * 2 as doubled', i) from generate_series(1, 3) as i \gexec
\echo == gx and crosstab
select 1 as a, 2 as b \gx
select i % 2 as r, i % 3 as c, count(*) from generate_series(1, 12) i group by 1, 2 order by 1, 2 \crosstabview
\echo == insert update delete
insert into entries (name, amount) values ('psql one', 1.5), ('psql two', 2.5);
insert into entries (name) values ('psql three') returning id, name, amount;
update entries set amount = amount + 1 where name like 'psql%' returning name, amount;
delete from entries where name = 'psql one';
delete from entries where name = 'nobody';
\echo == merge
select :SERVER_VERSION_NUM >= 150000 as can_merge \gset
\if :can_merge
merge into entries e using (values ('psql two', 9.0), ('psql four', 4.0)) as v (name, amount) on e.name = v.name
when matched then update set amount = v.amount when not matched then insert (name, amount) values (v.name, v.amount);
\endif
\echo == upsert
insert into entries (name, amount) values ('psql two', 7) on conflict (name) do update set amount = excluded.amount returning name, amount;
insert into entries (name, amount) values ('psql two', 7) on conflict do nothing;
\echo == commit and rollback
begin;
insert into entries (name) values ('psql kept');
commit;
begin;
insert into entries (name) values ('psql lost');
rollback;
select name from entries where name in ('psql kept', 'psql lost');
\echo == failed transaction
begin;
select 1 / 0;
select 'ignored';
commit;
\echo == savepoints
begin;
savepoint a;
insert into entries (name) values ('psql a');
savepoint b;
select nothing;
rollback to b;
release b;
rollback to savepoint a;
select count(*) from entries where name = 'psql a';
release savepoint a;
rollback to a;
rollback;
\echo == transaction commands out of place
commit;
rollback;
savepoint outside;
begin;
begin;
end;
abort;
\echo == commit and chain
begin isolation level serializable read only;
commit and chain;
show transaction_isolation;
show transaction_read_only;
rollback and no chain;
start transaction isolation level repeatable read, read write, not deferrable;
set transaction isolation level serializable;
end;
\echo == deferred constraint
begin;
insert into child values (1, -1);
commit;
begin;
set constraints all immediate;
insert into child values (1, -1);
rollback;
\echo == on error rollback
\set ON_ERROR_ROLLBACK on
begin;
insert into entries (name) values ('psql survives');
select 1 / 0;
insert into entries (name) values ('psql survives');
select count(*) from entries where name = 'psql survives';
rollback;
\set ON_ERROR_ROLLBACK off
\echo == autocommit off
\set AUTOCOMMIT off
select 1;
insert into entries (name) values ('psql without autocommit');
rollback;
select count(*) from entries where name = 'psql without autocommit';
commit;
\set AUTOCOMMIT on
\echo == syntax errors
selec 1;
select * from entries where;
select 'unterminated
';
select 1 as a, from entries;
select "ünïcode";
\errverbose
\echo == semantic errors
select * from no_such_table;
select no_such_column from entries;
select no_such_function(1);
select entries.no from entries;
select id from entries, child;
select '1' + 'a'::text;
select 'x'::integer;
select sum(name) from entries;
select name, count(*) from entries;
\echo == run-time errors
select 1 / (id - 3) from entries where id = 3;
insert into entries (name) values (null);
insert into entries (name) values ('entry 1');
insert into entries (name, amount) values ('psql negative', -1);
insert into entries (name, amount) values ('psql large', 1e20);
select 5::positive, (-5)::positive;
select 'angry'::mood;
select '{"a":'::json;
select cast('2024-13-45' as date);
select repeat('x', -1), chr(0);
select (array[1, 2])[1:2][3], 'a'::"char", '(1,2)'::point3;
\echo == raised messages
select raising('notice', 'a notice');
select raising('warning', 'a warning');
select raising('error', 'an error');
do $$ begin raise info 'info from do'; raise notice 'notice from do'; raise sqlstate '22012'; end $$;
do $$ begin perform raising('error', 'nested'); exception when others then raise warning 'caught %', sqlerrm; end $$;
\echo == several statements in one query
select 1 \; select 2 \; select 3;
select 1 \; select 1 / 0 \; select 3;
insert into entries (name) values ('psql multi') \; select 1 / 0;
select count(*) from entries where name = 'psql multi';
begin \; insert into entries (name) values ('psql multi') \; commit \; select count(*) from entries where name = 'psql multi';
select 1 \; selec 2;
select 1 \; \; select 2;
select 1 \; begin \; select 2;
rollback;
select 1 \; rollback;
create temporary table multi (i int) \; insert into multi values (1), (2) \; select * from multi \; drop table multi;
\echo == cursors
begin;
declare c scroll cursor for select id, name from entries order by id;
fetch 2 from c;
fetch backward 1 from c;
fetch last from c;
fetch absolute 3 from c;
fetch relative -1 from c;
fetch 0 from c;
move forward 5 in c;
fetch next c;
close c;
fetch c;
rollback;
\echo == cursor with hold
begin;
declare held cursor with hold for select i from generate_series(1, 4) i;
commit;
fetch all from held;
close held;
close held;
declare outside cursor for select 1;
\echo == cursor for update
begin;
declare u cursor for select * from entries where id in (1, 2) order by id for update;
fetch u;
update entries set amount = 99 where current of u;
fetch u;
delete from entries where current of u;
close all;
rollback;
\echo == fetch count
\set FETCH_COUNT 3
select i, repeat('x', i) from generate_series(1, 10) i;
select 1 / (i - 5) from generate_series(1, 10) i;
\unset FETCH_COUNT
\echo == prepared statements
prepare by_id (integer) as select id, name from entries where id = $1;
execute by_id (1);
execute by_id (2);
execute by_id ('x');
execute by_id;
execute nobody;
prepare by_id as select 1;
deallocate by_id;
deallocate by_id;
prepare ins (text) as insert into entries (name) values ($1) returning name;
execute ins ('psql prepared');
deallocate all;
execute ins ('psql prepared');
\echo == large values
select length(repeat('0123456789', 500000));
select md5(repeat('ü', 1000000)) as m, repeat('ab', 100000) as long;
select sum(length(s)) from (select repeat('x', 1000) s from generate_series(1, 20000)) q;
select i, repeat(chr(64 + i), 20000) from generate_series(1, 5) i;
\echo == many rows and columns
select i, i * i, 'row ' || i from generate_series(1, 3000) i;
\echo == unicode
select 'Grüße, 世界, 😀, ‏שלום' as "naïve ☃", U&'\0441\043B\043E\043D', E'\u00e9', length('😀');
select e'\xff';
select convert_from('\xff', 'UTF8');
\echo == dollar quotes and comments
select $$it's$$, $tag$with $$ inside$tag$ /* comment /* nested */ */ -- end
;
select 'a' 'b';
select 'a'
'b';
\echo == json
select data -> 'i', data ->> 'i', data @> '{"i": 2}', jsonb_pretty(data) from entries where id = 2;
select jsonb_agg(id order by id), json_object_agg(id, name) from entries where id < 4;
select * from jsonb_to_recordset('[{"a": 1, "b": "x"}, {"a": 2}]') as r (a int, b text);
select jsonb_path_query('{"a": [1, 2, 3]}', '$.a[*] ? (@ > 1)');
\echo == arrays
select array[1, 2, 3], array[[1, 2], [3, 4]], '{}'::int[], array_agg(i) from generate_series(1, 3) i;
select unnest(array['a', null, 'b']) with ordinality;
select * from unnest(array['a', null, 'b']) with ordinality;
\echo == queries of many shapes
with recursive r (n) as (select 1 union all select n + 1 from r where n < 5) select sum(n) from r;
with moved as (delete from child returning *) select count(*) from moved;
select id, rank() over (order by amount desc), lag(name) over w from entries where id < 4 window w as (order by id);
select * from (values (1, 'a'), (2, 'b')) as v (n, t) union select 3, 'c' except select 1, 'a' order by 1;
select e.id, l.x from entries e cross join lateral (select e.id * 2 as x) l where e.id < 3 order by 1;
select grouping(a), a, count(*) from (values (1), (1), (2)) v (a) group by rollup (a) order by 1, 2;
select count(*) filter (where i > 2), percentile_cont(0.5) within group (order by i), string_agg(i::text, ',' order by i desc) from generate_series(1, 5) i;
select case when true then 1 end, coalesce(null, 2), nullif(1, 1), greatest(1, 2), least(1, 2), (1, 2) = (1, 2), 1 in (1, 2), 5 between 1 and 9;
select distinct on (amount > 100) id from entries order by amount > 100, id;
select * from entries tablesample system (100) repeatable (1) order by id limit 1;
table child;
values (1), (2);
select exists (select from entries), array(select id from entries order by id limit 2), row(1, 'a', null);
select name from entries order by id offset 2 fetch first 2 rows with ties;
select name from entries where id = 1 for update skip locked;
\echo == dates under settings
set datestyle = 'German, DMY';
show datestyle;
select c_date, c_timestamp, c_timestamptz from every_type order by id;
set timezone = 'Asia/Kolkata';
show timezone;
select c_timestamptz from every_type order by id;
set intervalstyle = 'iso_8601';
select c_interval from every_type order by id;
reset datestyle;
reset timezone;
reset intervalstyle;
set extra_float_digits = 0;
select c_float4, c_float8 from every_type order by id;
reset extra_float_digits;
set bytea_output = escape;
select c_bytea from every_type order by id;
reset bytea_output;
set xmloption = document;
select c_xml from every_type where id = 1;
reset xmloption;
\echo == settings
show work_mem;
set work_mem = '7MB';
show work_mem;
begin;
set local work_mem = '9MB';
show work_mem;
rollback;
show work_mem;
reset work_mem;
set application_name = 'psql of the comparison';
show application_name;
set statement_timeout = '1min';
show statement_timeout;
reset all;
show statement_timeout;
set no_such_setting = 1;
set work_mem = 'abc';
show no_such_setting;
set search_path = pg_catalog;
select count(*) > 0 from pg_class;
set search_path to default;
set names 'UTF8';
set time zone 'UTC';
\echo == statement timeout
set statement_timeout = 200;
select pg_sleep(5);
reset statement_timeout;
select 'alive';
\echo == definitions
create table made (id serial primary key, v text default 'x', g integer generated always as (1 + 1) stored);
insert into made (v) values ('a') returning *;
alter table made add column w date;
create index made_v on made (v);
create unique index concurrently made_w on made (w);
create view made_view as select id, v from made;
select * from made_view;
create or replace function made_double(i int) returns int language sql immutable as 'select i * 2';
select made_double(21);
comment on table made is 'a comment';
create schema made_schema create table inside (i int);
create sequence made_sequence start 5 increment 5;
select nextval('made_sequence'), currval('made_sequence'), setval('made_sequence', 50), lastval();
create table made (id int);
create table if not exists made (id int);
drop view made_view;
drop table made;
drop table if exists made;
drop table made;
drop schema made_schema cascade;
drop sequence made_sequence;
drop function made_double;
\echo == create table as
create table made_as as select id, name from entries where id < 4;
select * from made_as order by id;
select id into temporary made_into from entries where id < 4;
select * from made_into order by id;
create materialized view made_materialized as select count(*) from entries where id < 4;
select * from made_materialized;
refresh materialized view made_materialized;
drop materialized view made_materialized;
drop table made_as;
\echo == maintenance
vacuum child;
vacuum (analyze) child;
analyze child;
reindex table child;
cluster child using child_pkey;
truncate child;
begin;
vacuum child;
rollback;
checkpoint;
\echo == databases
create database other_database;
begin;
drop database other_database;
rollback;
drop database other_database;
\echo == explain
explain (costs off) select * from entries where id = 1;
explain (analyze, costs off, timing off, summary off, buffers off) select 1;
explain (format json, costs off) select 1;
explain select no_such;
\echo == procedures and functions
call add_entry('psql called');
call add_entry('psql called');
call no_such();
select * from both_ways(4);
select series(1, 3);
select * from series(1, 2) s;
begin;
select cursors();
fetch all in "cursor one";
commit;
\echo == locks
begin;
lock table child in exclusive mode;
select count(*) from child;
commit;
lock table child;
select pg_advisory_lock(4711), pg_advisory_unlock(4711), pg_advisory_unlock(4711);
\echo == notifications
listen psql_channel;
notify psql_channel, 'a payload';
select pg_notify('psql_channel', 'another');
unlisten psql_channel;
unlisten *;
\echo == large objects
begin;
select lo_from_bytea(0, '\x0102') > 0;
rollback;
\echo == discard
set work_mem = '7MB';
prepare gone as select 1;
create temporary table gone (i int);
discard plans;
discard sequences;
discard temp;
discard all;
show work_mem;
execute gone;
select * from gone;
\echo == describe relation
\d entries
\d child
\dt
\di entries*
\echo == describe everything else
\dv
\df raising
\dn
\dT mood
\l shop
\du frank
\dx
\sf raising
\z child
\echo == reconnect
\c
select 'connected again';
\c shop frank
select current_user;
\echo == bind
select :VERSION_NUM >= 160000 as can_bind \gset
\if :can_bind
select $1::int + $2::int as sum \bind 40 2 \g
select $1::int as n \bind x \g
select $1 \bind 'text' \g
insert into entries (name) values ($1) returning name \bind 'psql bound' \g
\endif
\echo == parameters without bind
select $1;
\echo == copy out
copy (select id, name, amount, tags from entries order by id limit 3) to stdout;
copy (select id, name, amount, tags from entries order by id limit 3) to stdout (format csv, header, force_quote *);
copy every_type (id, c_text, c_bytea, c_text_array) to stdout with (delimiter '|', null 'NULL');
copy entries (id) to stdout where id < 3;
copy (select 1 / 0) to stdout;
copy no_such to stdout;
\echo == copy in
create temporary table loaded (i integer primary key, t text);
copy loaded from stdin;
1	one
2	\N
3	tab\there \\ \x41 ü
\.
copy loaded from stdin with (format csv, header true);
i,t
4,"quoted ""x"", comma"
5,
\.
select * from loaded order by i;
copy loaded from stdin;
x	not a number
\.
copy loaded from stdin;
1	duplicate
\.
copy loaded from stdin;
7	too	many
\.
select count(*) from loaded;
begin;
copy loaded from stdin;
8	eight
\.
rollback;
select count(*) from loaded;
\echo == client copy
\copy (select i, 'line ' || i from generate_series(1, 3) i) to pstdout
\copy loaded to 'loaded.copy'
truncate loaded;
\copy loaded from 'loaded.copy'
select * from loaded order by i;
\copy loaded from 'no such file'
\copy (select * from every_type order by id) to 'types.binary' (format binary)
create temporary table types_back (like every_type);
\copy types_back from 'types.binary' (format binary)
select (select count(*) from types_back), (select count(*) from (select to_jsonb(types_back) from types_back except select to_jsonb(every_type) from every_type) d);
\echo == copy among statements
copy (select 1) to stdout \; select 2 \; copy (select 3) to stdout;
\echo == terminated backend
select pg_terminate_backend(pg_backend_pid());
select 'after';

\echo == unknown database
\c shop frank
\c no_such_database
