\set VERBOSITY verbose
\echo == read
select id, name, email from person order by id;
\echo == describe
\d person
\d+ person
\dt+ person
select id, email from person \gdesc
\echo == copy
\copy person to stdout
\copy (select id, email from person order by id) to stdout
\echo == cursor
begin;
declare c cursor for select email from person order by id;
fetch 1 from c;
fetch all from c;
commit;
\echo == errors
select email::int from person;
insert into person select id + 10, name, email from person;
select 1 / (length(email) - length(email)) from person;
\echo == update
update person set name = 'Renamed' where id = 2 returning id, email;
\echo == at last
select 'usable', count(*) from person;
