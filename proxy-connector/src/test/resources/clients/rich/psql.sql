\pset pager off
\pset null <null>
\set VERBOSITY verbose
\encoding UTF8
\echo '== \\d'
\d
\echo '== \\d sales.*'
\d sales.*
\echo '== \\d+ sales.*'
\d+ sales.*
\echo '== \\d "Odd Names".*'
\d "Odd Names".*
\echo '== \\dtvmsiE+ sales.*'
\dtvmsiE+ sales.*
\echo '== \\dS pg_catalog.pg_am*'
\dS pg_catalog.pg_am*
\echo '== \\d pg_class'
\d pg_class
\echo '== \\d no_such_relation'
\d no_such_relation
\echo '== \\d sales.cust?mers'
\d sales.cust?mers
\echo '== \\da+ sales.*'
\da+ sales.*
\echo '== \\daS pg_catalog.avg'
\daS pg_catalog.avg
\echo '== \\dA+'
\dA+
\echo '== \\dAc+ btree integer'
\dAc+ btree integer
\echo '== \\dAf+ btree numeric'
\dAf+ btree numeric
\echo '== \\dAo btree numeric'
\dAo btree numeric
\echo '== \\dAp+ btree numeric'
\dAp+ btree numeric
\echo '== \\db+'
\db+
\echo '== \\dc+ sales.*'
\dc+ sales.*
\echo '== \\dcS+ pg_catalog.utf8_to*'
\dcS+ pg_catalog.utf8_to*
\echo '== \\dC+ sales.*'
\dC+ sales.*
\echo '== \\dd sales.*'
\dd sales.*
\echo '== \\dD+ sales.*'
\dD+ sales.*
\echo '== \\ddp'
\ddp
\echo '== \\dE+ sales.*'
\dE+ sales.*
\echo '== \\des+'
\des+
\echo '== \\det+ sales.*'
\det+ sales.*
\echo '== \\deu+'
\deu+
\echo '== \\dew+'
\dew+
\echo '== \\df sales.*'
\df sales.*
\echo '== \\df+ sales.*'
\df+ sales.*
\echo '== \\dfa sales.*'
\dfa sales.*
\echo '== \\dfn sales.*'
\dfn sales.*
\echo '== \\dfp sales.*'
\dfp sales.*
\echo '== \\dft sales.*'
\dft sales.*
\echo '== \\dfw sales.*'
\dfw sales.*
\echo '== \\df sales.total numeric'
\df sales.total numeric
\echo '== \\dfS+ pg_catalog.abs'
\dfS+ pg_catalog.abs
\echo '== \\dF+ sales.*'
\dF+ sales.*
\echo '== \\dFd+ sales.*'
\dFd+ sales.*
\echo '== \\dFp+'
\dFp+
\echo '== \\dFt+'
\dFt+
\echo '== \\dg+ clerk'
\dg+ clerk
\echo '== \\di+ sales.*'
\di+ sales.*
\echo '== \\dl+'
\dl+
\echo '== \\dL+'
\dL+
\echo '== \\dm+ sales.*'
\dm+ sales.*
\echo '== \\dn+ sales'
\dn+ sales
\echo '== \\dnS'
\dnS
\echo '== \\do+ sales.*'
\do+ sales.*
\echo '== \\doS pg_catalog.~~'
\doS pg_catalog.~~
\echo '== \\dO+ sales.*'
\dO+ sales.*
\echo '== \\dOS+ pg_catalog."C"'
\dOS+ pg_catalog."C"
\echo '== \\dp sales.*'
\dp sales.*
\echo '== \\dP+ sales.*'
\dP+ sales.*
\echo '== \\dPtin sales.*'
\dPtin sales.*
\echo '== \\drds'
\drds
\echo '== \\dRp+'
\dRp+
\echo '== \\dRs+'
\dRs+
\echo '== \\ds+ sales.*'
\ds+ sales.*
\echo '== \\dt+ sales.*'
\dt+ sales.*
\echo '== \\dtS pg_catalog.pg_c*'
\dtS pg_catalog.pg_c*
\echo '== \\dT+ sales.*'
\dT+ sales.*
\echo '== \\dTS pg_catalog.int*'
\dTS pg_catalog.int*
\echo '== \\du+ clerk'
\du+ clerk
\echo '== \\dv+ sales.*'
\dv+ sales.*
\echo '== \\dx+'
\dx+
\echo '== \\dX sales.*'
\dX sales.*
\echo '== \\dy+'
\dy+
\echo '== \\l shop'
\l shop
\echo '== \\lo_list+'
\lo_list+
\echo '== \\sf sales.touched'
\sf sales.touched
\echo '== \\sf+ sales.table_of'
\sf+ sales.table_of
\echo '== \\sf sales.no_such_function'
\sf sales.no_such_function
\echo '== \\sv sales.overview'
\sv sales.overview
\echo '== \\sv+ sales.active'
\sv+ sales.active
\echo '== \\z sales.*'
\z sales.*
\echo '== \\z no_such_relation'
\z no_such_relation
\echo == hidden queries
\set ECHO_HIDDEN on
\d sales.hashed
\set ECHO_HIDDEN off
\echo == expanded
\x on
\dt+ sales.lines
\x off
\echo == in a transaction
begin;
create table sales.seen_inside (a integer primary key);
\d sales.seen_inside
select 1 / 0;
\d sales.customers
rollback;
\d sales.seen_inside
\echo == gdesc
select c, c.paid, extra -> 'k' as k, o.* from sales.customers c join sales.orders o on o.customer = c.id \gdesc
\echo == classified values
select id, email, card from sales.customers order by id limit 3;
table sales.customers limit 2;
copy sales.customers (id, email, card) to stdout;
\echo == gset and gexec
select id as some_id, name as some_name from sales.customers order by id limit 1 \gset
\echo :some_id :'some_name' :"some_name"
select format('select %L as said, %s as doubled', kind, amount * 2) from sales.events where kind is not null order by at limit 3 \gexec
\echo == crosstab
select state, customer, count(*) from sales.orders group by 1, 2 order by 1, 2 \crosstabview state customer count
\echo == copy
\copy sales.lines to 'lines.txt'
\copy (select id, name, extra from sales.customers where id < 150 order by id) to 'customers.csv' with (format csv, header, force_quote *)
begin;
create temporary table copied (like sales.lines) on commit drop;
\copy copied from 'lines.txt'
select count(*), sum(amount), md5(string_agg(t::text, ';' order by order_id, no)) from copied as t;
\copy copied from 'customers.csv' with (format csv, header)
rollback;
\copy sales.scratch to stdout
\copy sales.no_such_table to 'nothing.txt'
\echo == large objects
\set QUIET on
\lo_import lines.txt 'imported'
\lo_export :LASTOID exported.txt
select length(lo_get(:LASTOID)) = length(pg_read_file('/dev/null')) as empty;
\lo_unlink :LASTOID
\lo_export 40002 object
\! cmp lines.txt exported.txt && md5sum object
\set QUIET off
\echo == binds
select :VERSION_NUM >= 160000 as binds \gset
\if :binds
select $1::integer + $2::integer as sum \bind 1 2 \g
select $1::integer + $2::integer as sum \bind 1 x \g
select id, name from sales.customers where id = $1 \bind 100 \gx
select i from generate_series(1, 2) as i \watch c=2 i=0.05
\endif
select :VERSION_NUM >= 180000 as parses \gset
\if :parses
select name from sales.customers where id = $1 \parse by_id
\bind_named by_id 110 \g
\bind_named by_id 100 \g
\close_prepared by_id
\bind_named by_id 100 \g
\startpipeline
select $1::text as first \bind 'a' \sendpipeline
select 1 / $1::integer \bind 0 \sendpipeline
select 'skipped' \bind \sendpipeline
\syncpipeline
select 'after' as last \bind \sendpipeline
\endpipeline
\endif
