-- What a pgbench script can do, twice in every mode. Operations are parted by what the shell prints, which shows values as pgbench got them.
\set round :round + 1
\shell echo == :mode :round one row into variables
\set id 40 + :round
select id, name, amount from entries where id = :id \gset e_
\shell echo :e_id :e_name :e_amount
\shell echo == :mode :round variable of a variable
select id + :e_id as next, 'after ' || id as named from entries where id = :e_id \gset
\shell echo :next :named
\shell echo == :mode :round null and empty
select null::text as nothing, '' as empty, 'x' as some \gset
\shell echo :nothing :empty :some
\shell echo == :mode :round unicode
select 'grün ☺ 漢字 😀 ' || name as shown from entries where id = 3 \gset
\shell echo :shown
\shell echo == :mode :round arithmetic
\set a 7
\set b :a * 6 - 2
select :a + :b as sum, :a * :b as product, mod(:b, :a) as rest \gset
\shell echo :sum :product :rest
\shell echo == :mode :round numbers of all kinds
\set d 1.5 * 3
select :d::numeric * 2 as numeric, :d::float8 / 3 as double, 12345678901234567890.0123456789 as long, 'NaN'::float4 as nan \gset
\shell echo :numeric :double :long :nan
\shell echo == :mode :round random values of a seed
\set r random(1, 1000)
\set g random_gaussian(1, 1000, 4.0)
\set z random_zipfian(1, 1000, 1.5)
\set p permute(:r, 1000)
\set h hash(:r) % 100
select :r || ' ' || :g || ' ' || :z || ' ' || :p || ' ' || :h as drawn \gset
\shell echo :drawn
\shell echo == :mode :round conditions
\if :round > 1
select 'second' as branch \gset
\elif :round = 1
select 'first' as branch \gset
\else
select 'none' as branch \gset
\endif
\shell echo :branch
\shell echo == :mode :round variables of pgbench
select :client_id as client, :scale as scale, :random_seed as seed \gset
\shell echo :client :scale :seed
\shell echo == :mode :round insert returning
insert into entries (id, name, amount, tags) values (9000 + :round, :round || ' of bench', 1.5, '{a,NULL}') returning id, name, amount, quote_literal(tags) as tags \gset i_
\shell echo :i_id :i_name :i_amount :i_tags
\shell echo == :mode :round upsert
insert into entries (id, name, amount) values (9000 + :round, 'other', 2) on conflict (id) do update set amount = entries.amount + excluded.amount returning amount \gset
\shell echo :amount
\shell echo == :mode :round update returning
update entries set amount = amount * :round where id = 9000 + :round returning amount, name \gset u_
\shell echo :u_amount :u_name
\shell echo == :mode :round update of many
update entries set data = '{"touched": true}' where id > 9000;
select count(*) from entries where data ? 'touched' \gset
\shell echo :count
\shell echo == :mode :round delete returning
delete from entries where id = 9000 + :round returning id, name \gset d_
\shell echo :d_id :d_name
\shell echo == :mode :round commit
begin;
update entries set amount = amount + 1 where id = 1;
insert into child values (:round, 1);
end;
select amount, (select count(*) from child) as children from entries where id = 1 \gset
\shell echo :amount :children
\shell echo == :mode :round rollback
begin;
update entries set amount = amount + 1000 where id = 1;
delete from child;
rollback;
select amount, (select count(*) from child) as children from entries where id = 1 \gset
\shell echo :amount :children
\shell echo == :mode :round savepoints
begin;
savepoint one;
update entries set amount = 5 where id = 2;
savepoint two;
update entries set amount = 6 where id = 2;
rollback to two;
release one;
commit;
select amount from entries where id = 2 \gset
\shell echo :amount
\shell echo == :mode :round isolation
begin isolation level serializable, read only, deferrable;
show transaction_isolation \gset
show transaction_read_only \gset
commit;
\shell echo :transaction_isolation :transaction_read_only
\shell echo == :mode :round row locks
begin;
select id as locked from entries where id = 5 for update nowait \gset
select id as shared from entries where id = 6 for key share skip locked \gset
lock table child in share mode;
commit;
\shell echo :locked :shared
\shell echo == :mode :round advisory locks
select pg_try_advisory_lock(:round) as got \gset
select pg_advisory_unlock(:round) as released \gset
\shell echo :got :released
\shell echo == :mode :round cursor
begin;
declare reader scroll cursor for select id, name from entries order by id limit 20;
fetch 3 from reader;
fetch next from reader \gset f_
move 5 in reader;
fetch relative 2 from reader \gset m_
fetch first from reader \gset l_
close reader;
commit;
\shell echo :f_id :m_id :m_name :l_id
\shell echo == :mode :round cursor with hold
declare held cursor with hold for select id from entries order by id desc;
fetch next from held \gset
close held;
\shell echo :id
\shell echo == :mode :round temporary table
begin;
create temporary table kept (i int, t text) on commit drop;
insert into kept select i, 'row ' || i from generate_series(1, 5) i;
select count(*), max(t) as last from kept \gset
commit;
select to_regclass('kept') is null as gone \gset
\shell echo :count :last :gone
\shell echo == :mode :round definitions
create table bench_made (id serial primary key, v text default 'x');
alter table bench_made add column w int;
create index bench_made_w on bench_made (w);
insert into bench_made (w) values (7) returning id, v, w \gset
create view bench_view as select w from bench_made;
select count(*) from bench_view \gset
drop view bench_view;
drop table bench_made;
\shell echo :id :v :w :count
\shell echo == :mode :round truncate
truncate child;
select count(*) from child \gset
\shell echo :count
\shell echo == :mode :round arrays
select tags[1] as first, cardinality(tags) as size, quote_literal(array_append(tags, 'x')) as more from entries where id = :id \gset
\shell echo :first :size :more
\shell echo == :mode :round json
select data->>'i' as i, quote_literal(jsonb_build_object('id', id, 'tags', tags)) as built from entries where id = 8 \gset
\shell echo :i :built
\shell echo == :mode :round dates
select quote_literal(timestamp '2024-02-29 23:59:59.999999' + make_interval(days => :round)) as later, date '2024-02-29' - :round as earlier \gset
\shell echo :later :earlier
\shell echo == :mode :round bytes
select quote_literal('\x00ff10'::bytea) as bytes, encode(sha256(convert_to(name, 'UTF8')), 'hex') as hash from entries where id = :id \gset
\shell echo :bytes :hash
\shell echo == :mode :round every type
select md5(string_agg(e::text, ',' order by id)) as all_types from every_type e \gset
select quote_literal(c_composite) as composite, quote_literal(c_hstore) as hstore, c_int4range::text is not null as ranged from every_type where id = 1 \gset
\shell echo :all_types :composite :hstore :ranged
\shell echo == :mode :round large value
select repeat('9', 100000) as large \gset
select length(:large::text) as size, md5(:large::text) as hash \gset
\shell echo :size :hash
\shell echo == :mode :round many rows
select i, repeat('x', 100) from generate_series(1, 2000) i;
\shell echo == :mode :round no rows and no columns
select 1 where false;
select;
select from generate_series(1, 3);
\shell echo == :mode :round many columns
select 1 as c1, 2 as c2, 3 as c3, 4 as c4, 5 as c5, 6 as c6, 7 as c7, 8 as c8, 9 as c9, 10 as c10 \gset
\shell echo :c1 :c2 :c3 :c4 :c5 :c6 :c7 :c8 :c9 :c10
\shell echo == :mode :round many parameters
select :c1 + :c2 + :c3 + :c4 + :c5 + :c6 + :c7 + :c8 + :c9 + :c10 + :a + :b as sum \gset
\shell echo :sum
\shell echo == :mode :round common table expression
with moved as (update entries set amount = amount where id between 10 and 12 returning id), added as (insert into child select id, id from moved returning id)
select count(*), min(id) as least from added \gset
\shell echo :count :least
\shell echo == :mode :round windows and sets
select string_agg(n::text, ' ') as ranks from (select rank() over (partition by id % 3 order by amount desc) n from entries where id < 10 union all select 99) r \gset
\shell echo :ranks
\shell echo == :mode :round functions
select a, b from both_ways(:round) \gset
select sum(s) from series(1, 10) s \gset
\shell echo :a :b :sum
\shell echo == :mode :round procedure
call add_entry('called ' || :round || ' in ' || current_setting('application_name')) \gset
\shell echo :what
delete from entries where name like 'called%';
\shell echo == :mode :round block of code
do $$ begin insert into child values (500, 1); if found then raise notice 'done ☺'; end if; end $$;
select count(*) from child where id = 500 \gset
\shell echo :count
\shell echo == :mode :round notices
select raising('notice', 'nötice') as told \gset
select raising('warning', 'beware') as warned \gset
rollback;
drop table if exists no_such_table;
\shell echo :told :warned
\shell echo == :mode :round settings
set application_name = 'bench of the comparison';
show application_name \gset
set work_mem = '9MB';
show work_mem \gset
begin;
set local statement_timeout = 12345;
show statement_timeout \gset
commit;
select current_setting('statement_timeout') as after \gset
reset all;
\shell echo :application_name :work_mem :statement_timeout :after
\shell echo == :mode :round prepared by SQL
prepare by_id (int) as select name from entries where id = $1;
execute by_id (7) \gset
deallocate by_id;
\shell echo :name
\shell echo == :mode :round explained
explain (costs off) select name from entries where id = 1;
\shell echo == :mode :round listen and notify
listen bench_channel;
notify bench_channel, 'päyload';
select pg_notify('bench_channel', :round::text);
unlisten *;
\shell echo == :mode :round comments and quotes
select /* a /* nested */ comment; */ 'it''s' -- a comment; too
    || $q$ $1 ; $q$ as "Odd" \gset
select length(:client_id::text || 'it''s; --') as length \gset
\shell echo :length
\shell echo == :mode :round catalog
select count(*) > 100 as many, (select typname from pg_type where oid = 23) as type from pg_class \gset
select version() like 'PostgreSQL%' as is_postgresql, current_user as me, current_database() as here \gset
\shell echo :many :type :is_postgresql :me :here
\shell echo == :mode :round maintenance
vacuum (analyze) entries;
analyze child;
\shell echo == :mode :round sleeping and the shell
\sleep 1 ms
\setshell seven echo 7
select :seven * 2 as twice \gset
\shell echo :twice
\shell echo == :mode :round several statements in one query
\if :simple
select 1 as one \; select 2 as two \; select 3 as three \aset
\shell echo :one :two :three
begin \; update entries set amount = 77 where id = 3 \; commit;
insert into child values (601, 1) \; select count(*) as children from child \gset
\shell echo :children
\endif
\shell echo == :mode :round pipelines
\if not :simple
\startpipeline
select 1;
update entries set amount = amount + 1 where id = 4;
select name from entries where id = :id;
\endpipeline
\startpipeline
begin;
insert into child values (602, :round);
select count(*) from child;
commit;
\endpipeline
\startpipeline
\endpipeline
\endif
select amount, (select count(*) from child where id = 602) as piped from entries where id = 4 \gset
\shell echo :amount :piped
\shell echo == :mode :round pipeline whose statements need each other
\if not :simple
\startpipeline
create temporary table needed (i int);
insert into needed values (1), (:round);
select sum(i) from needed;
drop table needed;
\endpipeline
\endif
\shell echo == :mode :round end
delete from child;
