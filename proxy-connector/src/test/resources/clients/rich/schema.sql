-- At least one object of every kind that pg_dump writes, with names and values that have to be quoted. For psql; its user is a superuser.
\set ON_ERROR_STOP on
set client_min_messages = error;
select :SERVER_VERSION_NUM >= 150000 as since_15, :SERVER_VERSION_NUM >= 170000 as since_17, :SERVER_VERSION_NUM >= 180000 as since_18 \gset

comment on database :DBNAME is 'a database with "everything" in it''s place';
create extension hstore;
create extension postgres_fdw;
create schema sales;
create schema "Odd Names" authorization clerk;
comment on schema sales is 'what is sold';

-- types
create type sales.state as enum ('new', 'paid', 'it''s gone');
create type sales.money_in as (amount numeric(12, 2), currency char(3));
create type sales.shell;
create type sales.span as range (subtype = float8, subtype_diff = float8mi);
create domain sales.email as text collate "C" not null default 'nobody@example' constraint has_at check (value like '%@%');
create domain sales.emails as sales.email[];
comment on type sales.state is 'where an order is';
comment on domain sales.email is 'with an @';
create collation sales.posix (provider = libc, locale = 'C');
comment on collation sales.posix is 'bytes';

-- functions, procedures, aggregates, operators, casts
create function sales.total(a numeric, b integer default 2) returns numeric language sql immutable strict parallel safe
    cost 7 as $$ select a * b $$;
comment on function sales.total(numeric, integer) is 'a times b';
create function sales.body(x integer) returns integer language sql begin atomic select x + 1; end;
create function sales.table_of(n integer, out i integer, out t text) returns setof record language plpgsql stable rows 42
    as $body$ begin for i, t in select g, 'row '';'' ' || g from generate_series(1, n) as g loop return next; end loop; end $body$;
create function sales.variadic_of(variadic parts text[]) returns text language sql set search_path to 'pg_catalog' set work_mem to '8MB'
    as $$ select array_to_string(parts, ',') $$;
create function sales.touched() returns trigger language plpgsql security definer
    as $$ begin new.changed := coalesce(new.changed, timestamp '2020-01-01'); return new; end $$;
create procedure sales.archive(inout n integer, from_state sales.state default 'paid') language plpgsql
    as $$ begin n := n + 1; end $$;
create function sales.add_up(state numeric, value numeric) returns numeric language sql immutable as 'select state + coalesce(value, 0)';
create aggregate sales.sum_of(numeric) (sfunc = sales.add_up, stype = numeric, initcond = '0');
create aggregate sales.nth(double precision order by anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
comment on aggregate sales.sum_of(numeric) is 'adds';
create function sales.is_near(numeric, numeric) returns boolean language sql immutable as 'select abs($1 - $2) < 1';
create operator sales.=~= (leftarg = numeric, rightarg = numeric, function = sales.is_near, commutator = operator(sales.=~=));
comment on operator sales.=~= (numeric, numeric) is 'nearly the same';
create function sales.to_text(sales.money_in) returns text language sql immutable as $$ select $1.amount::text || ' ' || $1.currency $$;
create cast (sales.money_in as text) with function sales.to_text(sales.money_in) as assignment;
create operator family sales.numbers using btree;
create operator class sales.int_ops for type integer using btree family sales.numbers as
    operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer);
create conversion sales.to_utf for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;

-- text search
create text search dictionary sales.plain (template = simple, stopwords = 'english');
create text search configuration sales.words (copy = pg_catalog.english);
alter text search configuration sales.words alter mapping for asciiword with sales.plain;
comment on text search configuration sales.words is 'few words';

-- sequences, tables with all constraints
create sequence sales.numbers as integer increment by 5 minvalue 10 maxvalue 1000 start 15 cache 3 cycle;
create table sales.customers (
    id bigint generated always as identity (start with 100 increment by 10) primary key,
    name varchar(40) collate "C" not null,
    email sales.email,
    card text,
    since date default date '2020-02-03',
    score numeric(6, 2) check (score >= 0),
    labels text[] default '{}',
    extra jsonb,
    bytes bytea,
    options hstore,
    paid sales.money_in,
    shouted text generated always as (upper(name::text)) stored,
    constraint customers_name_key unique (name),
    constraint sane check (score is null or name <> 'bad') no inherit
);
comment on table sales.customers is 'who buys; "quoted" and \ backslashed';
comment on column sales.customers.card is E'secret\nwith two lines';
comment on constraint sane on sales.customers is 'sane';
alter table sales.customers alter column name set statistics 50;
alter table sales.customers alter column extra set storage external;
alter table sales.customers alter column score set (n_distinct = 5);
alter table sales.customers set (fillfactor = 70, autovacuum_enabled = off);
create table sales.orders (
    id integer generated by default as identity,
    customer bigint references sales.customers on update cascade on delete set null deferrable initially deferred,
    state sales.state default 'new',
    placed timestamptz not null,
    changed timestamp,
    period sales.span,
    exclude using gist (period with &&),
    primary key (id, placed)
);
create table sales.lines (
    order_id integer,
    placed timestamptz,
    no smallint,
    amount numeric,
    foreign key (order_id, placed) references sales.orders match full on delete cascade,
    unique (order_id, no) deferrable
);
alter table sales.lines add constraint positive check (amount > 0) not valid;
create unlogged table sales.scratch (a integer, b text);
create table sales.dropped (a integer, b integer, c text default 'c');
alter table sales.dropped drop column b;
create table "Odd Names"."Tàble ""x"" y" ("select" integer, "a b" text, "ü" text default 'it''s; --', primary key ("select"));
alter table "Odd Names"."Tàble ""x"" y" owner to clerk;
create type sales.typed_row as (a integer, b text);
create table sales.of_type of sales.typed_row (a with options primary key);

-- inheritance and partitions
create table sales.base (id integer not null, note text default 'base');
create table sales.derived (more text, constraint more_set check (more is not null)) inherits (sales.base);
alter table sales.derived alter column note set default 'derived';
create table sales.events (at date not null, kind text, amount integer) partition by range (at);
create table sales.events_2020 partition of sales.events for values from ('2020-01-01') to ('2021-01-01');
create table sales.events_2021 partition of sales.events (amount default 7) for values from ('2021-01-01') to ('2022-01-01') partition by list (kind);
create table sales.events_2021_a partition of sales.events_2021 for values in ('a', null);
create table sales.events_2021_rest partition of sales.events_2021 default;
create table sales.hashed (k integer, v text) partition by hash (k);
create table sales.hashed_0 partition of sales.hashed for values with (modulus 2, remainder 0);
create table sales.hashed_1 partition of sales.hashed for values with (modulus 2, remainder 1);
create index events_at on sales.events (at);
alter table sales.events add constraint kinds check (kind <> 'z');

-- indexes, statistics
create index customers_lower on sales.customers (lower(name::text) text_pattern_ops desc nulls last) include (since) where score > 1;
create index customers_labels on sales.customers using gin (labels) with (fastupdate = off);
create index customers_search on sales.customers using gin (to_tsvector('sales.words', name::text));
create index orders_brin on sales.orders using brin (placed) with (pages_per_range = 16);
create unique index lines_key on sales.lines (order_id, no);
alter table sales.lines alter column order_id set not null, alter column no set not null;
alter table sales.lines replica identity using index lines_key;
alter table sales.customers cluster on customers_pkey;
comment on index sales.customers_labels is 'by label';
create statistics sales.customers_stats (ndistinct, dependencies, mcv) on since, score from sales.customers;
create statistics sales.customers_expr on (lower(name::text)), score from sales.customers;
alter statistics sales.customers_stats set statistics 77;
comment on statistics sales.customers_stats is 'correlated';

-- views, rules, triggers
create view sales.active with (security_barrier) as select id, name, email from sales.customers where score > 0 with local check option;
create view sales.overview as
    select c.name, count(*) filter (where o.state = 'paid') as paid, sales.sum_of(l.amount) as sum, string_agg(distinct o.state::text, ', ' order by o.state::text)
    from sales.customers c left join sales.orders o on o.customer = c.id left join lateral (select amount from sales.lines where order_id = o.id) l on true
    group by c.id having count(*) > 0;
create view sales.first_of_two as select 1 as a;
create view sales.second_of_two as select a, a + 1 as b from sales.first_of_two;
create materialized view sales.by_state with (fillfactor = 80) as select state, count(*) as n from sales.orders group by state;
create unique index by_state_key on sales.by_state (state);
create materialized view sales.never_filled as select * from sales.customers with no data;
set search_path = sales, public;
create recursive view counted (n) as values (1) union all select n + 1 from counted where n < 4;
reset search_path;
comment on view sales.active is 'with score';
comment on column sales.active.name is 'of a view';
comment on materialized view sales.by_state is 'counted';
create rule no_delete as on delete to sales.active do instead nothing;
create rule log_insert as on insert to sales.base where new.id > 1000 do also insert into sales.scratch values (new.id, 'logged');
comment on rule no_delete on sales.active is 'nobody leaves';
create function sales.nothing() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger touch before insert or update of state on sales.orders for each row when (new.state is not null) execute function sales.touched();
create constraint trigger later after insert on sales.orders deferrable initially deferred for each row execute function sales.touched();
create trigger transitions after insert on sales.customers referencing new table as added for each statement execute function sales.nothing();
alter table sales.orders disable trigger later;
comment on trigger touch on sales.orders is 'touches';
create function sales.on_ddl() returns event_trigger language plpgsql as $$ begin perform 1; end $$;
create event trigger watch_ddl on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function sales.on_ddl();
alter event trigger watch_ddl disable;
comment on event trigger watch_ddl is 'off';

-- row-level security, grants
create policy own_rows on sales.customers as permissive for select to clerk using (name = current_user::text);
create policy no_bad on sales.customers as restrictive for insert with check (name <> 'bad');
alter table sales.customers enable row level security;
alter table sales.orders force row level security;
comment on policy own_rows on sales.customers is 'own';
grant usage on schema sales to public, clerk;
grant select, insert (name, email), update (score) on sales.customers to clerk with grant option;
grant select on sales.active to public;
grant execute on function sales.total(numeric, integer) to clerk;
revoke all on function sales.body(integer) from public;
grant usage, select on sequence sales.numbers to clerk;
grant usage on type sales.state to clerk;
revoke usage on domain sales.email from public;
revoke all on language sql from public;
grant usage on language sql to public;
alter default privileges in schema sales grant select on tables to clerk;
alter default privileges for role clerk revoke execute on functions from public;
revoke temporary on database :DBNAME from public;
grant create on database :DBNAME to clerk;

-- foreign data
create foreign data wrapper nothing_wrapper options (debug 'true');
create server elsewhere type 'test' version '1' foreign data wrapper postgres_fdw options (host 'localhost', dbname 'it''s');
create user mapping for clerk server elsewhere options (user 'remote', password 'mapped');
create foreign table sales.far (id integer options (column_name 'ID') not null, name text) server elsewhere options (table_name 'far away');
comment on server elsewhere is 'far';
grant usage on foreign server elsewhere to clerk;

-- publications
create publication some_tables for table sales.orders, only sales.base with (publish = 'insert, update');
create publication everything for all tables;
\if :since_15
create publication filtered for table sales.lines (order_id, no) where (no > 1);
create publication odd for tables in schema "Odd Names";
create table sales.not_distinct (a integer, unique nulls not distinct (a));
create view sales.as_invoker with (security_invoker) as select 1 as one;
alter database :DBNAME set work_mem = '7MB';
\endif
\if :since_17
create table sales.with_access (a integer generated by default as identity (sequence name sales.access_seq), b integer generated always as (a * 2) stored);
\endif
\if :since_18
create table sales.virtual (a integer, b integer generated always as (a * 3) virtual, constraint a_there not null a not valid);
create table sales.not_enforced (a integer constraint never check (a > 5) not enforced);
create table sales.without_overlaps (room int4range, during daterange, unique (room, during without overlaps));
\endif
create access method own_heap type table handler heap_tableam_handler;
create table sales.in_own_heap (a integer) using own_heap;
create transform for hstore language sql (from sql with function prsd_lextype(internal), to sql with function hstore_recv(internal));
