select 'a\'; select 2
====
select e'a\''; select 2
====
select e'a' 
 '\'' ; select 2
====
select e'a' --x
 '\'' ; select 2
====
select 'a' 
 '\' ; select 2
====
select U&'\'; select 2
====
select a$b$; select 2 -- $b$
====
select $a$ $b$ ; $a$; select 2
====
select 1 -- x; select 2
====
select 1 /* /* ; */ ; */; select 2
====
select "a"";"; select 2
====
select 1*/*;*/2; select 2
====
select 1e5e'\'';select 2
====
select 1+--;
 2; select 2
====
create function f() returns int begin atomic select case when true then 1 end; end; select 2
====
create or replace procedure p() begin atomic begin; end; end
====
create rule r as on insert to t do (select 1; select 2); select 2
====
select 'a
====
select e'a\'
====
select "a
====
/* /* */
====
select $a$ $b$
====
 ;; select 1 /* ; */ ; -- x
 select 2; /* end */
====
select 1_000$$;$$, 0x1F$a$;$a$
====
select 1.5e+;select 1..2
====
select $1a; select $$;$$
====
select n'x';select b'1';select x'f';select u&"a";"b"
====
select é$$;$$ as  ; select 2
====
select 1 +-*/ 2;select @-- 3
4
====
begin; insert into t values (';'); commit
====
select (1; select 2)
====
select [1;2]
====
create function "f"() returns int begin atomic select 1; end; select 2
====
create function f() returns int language sql as $f$ select 1; $f$; select 2
====
select 'a' /* x */ 'b'; select 1
====
select 'a' -- ;
 -- ;
 'b;'; select 2
====
select e'\\';select '\\'
====
select "a"
";"