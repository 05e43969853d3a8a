-- Statements that together print every node an analysed or rewritten tree may have, one a line. "-- since N" holds to the end.
-- Never deleted; a new feature of a new version gets its own.
-- since 14
select 1, 'a', null, $$x$$, 1.5, true, B'101', '1'::int8
select *, t, t.*, (t).a from t
select distinct on (a) a,b from t order by a desc nulls last, b using ~<~
select a, count(*), count(distinct b), sum(a) filter (where a>1), string_agg(b, ',' order by a) from t group by a having count(*)>1
select grouping(a,b), a,b from t group by grouping sets ((a),(b),()), rollup(a,b), cube(a)
select a, b from t group by distinct rollup(a,b)
select percentile_cont(0.5) within group (order by a), rank(3) within group (order by a) from t
select row_number() over w, lag(a) over (partition by b order by a), sum(a) over (order by a range between 1 preceding and 2 following exclude ties), first_value(a) over (order by id groups 2 preceding) from t window w as (order by id)
select * from t join u using (id) left join c on c.id=t.a cross join lateral (select 1) z full join inh on true cross join p
select * from (t join u using (id) as ju) as j2
select ju.id from t join u using (id) as ju
select * from t, lateral (select * from u where u.id=t.id) l, lateral generate_series(1,t.a) g
select * from rows from (generate_series(1,2), srf() ) with ordinality as z(a,b,c,d)
select * from json_to_record('{}') as x(a int, b comp, c posint)
select * from srf() s, unnest(array[1,2], array['a']) as un(a,b)
with recursive q(n) as (select 1 union all select n+1 from q where n<3) search depth first by n set ord cycle n set cyc to true default false using path select * from q
with q as materialized (select 1), q2 as not materialized (select 2) select * from q,q2
with i as (insert into u(id) values (1) returning *), d as (delete from u where id=2 returning id), up as (update u set c='b' returning c) select * from i,d,up
select a from t union select id from u intersect all select 1 except (values (1),(2)) order by 1 limit 3 offset 1
select a from t order by a fetch first 3 rows with ties
select exists(select 1), a in (select id from u), a=any(select 1), (a,b)=(select 1,'x'), array(select id from u), (select max(id) from u), a<all(select 2) from t order by 1
select (a,b) = any(select id,c from u), row(a,b) < row(1,'x'), row(1,2)=row(a,3), not (a is null), b is not null, row(a,b) is null from t
select case a when 1 then 'x' when 2 then 'y' end, case when a>1 then 1 else 2 end, coalesce(a,1), nullif(a,1), greatest(a,2), least(1,a) from t
select a is distinct from 1, a is not distinct from id, a between 1 and 2, a between symmetric 2 and 1, b like 'x', b ilike 'y', b similar to 'z', b ~ 'q' from t
select (a>1) is true, (a>1) is not unknown, a>1 and b='x' or not id<3 from t
select arr[1], arr[1:2], arr[:], array[1,2], array[[1],[2]], array[]::int[], arr || 1, 1 = any(arr), 1 <> all(arr), a in (1,2,3), a not in (1,2), a in (1,a) from t
select j->'a', j['a'], j['a']['b'], j @> '{}', jsonb_path_query(j,'$.a') from t
update t set j['a']='1', arr[2]=5, arr[1:2]='{1,2}' where id=1
update c set v.p=1, vs[1].q=3, dom=4, e[1]=3
insert into c(v.p, vs[1].q, e[1]) values (1,2,3)
select a.id from t a natural join u b
select (c.v).p from c
select (v).p, (vs[1]).q, v::text, row(1,2)::comp, (id::posint)::int, vs::text[], e::int[], '{1}'::posint[], array[1,2]::posint[], dom+1 from c
select 1::int8, '1'::text::int, a::text, cast(a as varchar(3)), b collate "C", b::char(3), 'x'::name, now()::date, interval '1' day, a::numeric(10,2) from t
select current_date, current_timestamp, current_time(2), localtime, localtimestamp, current_user, session_user, current_catalog, current_schema, user, current_role
select extract(year from now()), overlay('abc' placing 'x' from 2), position('a' in 'b'), substring('abc' from 1 for 2), substring('a' similar 'b' escape '#'), trim(both from ' x '), normalize('x', nfc), 'x' is normalized, timestamp '2020-01-01' at time zone 'UTC', (date '2020-01-01', date '2020-01-02') overlaps (date '2020-01-01', date '2020-02-02'), collation for ('x')
select xmlelement(name a, xmlattributes(b as c), b), xmlforest(b, a as z), xmlconcat(x,x), xmlpi(name p, 'q'), xmlparse(document '<a/>'), xmlserialize(content x as text), xmlroot(x, version '1.0', standalone yes), x is document, xmlagg(x) over () from t
select xmlexists('/a' passing by value x) from t
select xt.* from t, xmltable(xmlnamespaces('http://x' as n), '/a/b' passing x columns i for ordinality, q int path '@q' default 1 not null, z posint path 'z') xt
select f(1), f(1,2), f(1, 2, variadic array['a']), f(1,2,'a','b'), ag(a) from t group by id
select pg_catalog.format('%s', variadic array[1,2]), make_interval(days => 3), concat(variadic array['a','b'])
select * from t tablesample bernoulli(10) repeatable (3), u tablesample system(1)
select * from only inh, inh as i2, p, mv, v, w
select * from t for update of t nowait
select * from t for no key update skip locked
select * from (select * from t for share) s for key share
select ctid, xmin, tableoid::regclass, cmax from t
insert into t(id,a,b) values (1,2,'x'),(2,default,'y') on conflict (id) do update set a=excluded.a, b=t.b where t.a<3 returning *, id+1
insert into t default values
insert into u select id,b from t on conflict on constraint u_pkey do nothing
insert into u(id) select 1 where false on conflict do nothing
insert into v values (1,2)
insert into w values (1,'x')
update v set a=3 where id=1 returning *
delete from v using u where v.id=u.id
update t set (a,b)=(select 1,'x'), id=default from u where u.id=t.id returning t.*, u.c
update p set id=5 where k=1
delete from t where id in (select id from u) returning a
select * from rls
insert into rls values (1,'x') returning id
update rls set id=2
select t.a, sub.* from t, (select distinct b, count(*) over () from u, t t2) sub
select (select count(*) from u where u.id=t.id and exists (select 1 from c where c.id=u.id and c.id=t.id)) from t
values (1,'a'),(2,null)
table t
select nextval('sq'), currval('sq'), setval('sq',3), lastval()
select set_config('a.b','c',false), current_setting('a.b',true), lo_get(1), pg_notify('a','b')
select $1::int + $2, $3::posint
select array_agg(t) from t
select t1 = t2, t1.*::text from t t1, t t2
select json_agg(t), row_to_json(t.*), jsonb_build_object('a', t) from t group by id
select count(*) from generate_series(1,3) g(x) where x > all(array[1])
select a from t where a = (select 1) and (b, a) in (('x',1),('y',2))
select * from p where id = 3
-- since 15
merge into t using u on t.id=u.id when matched and u.c='x' then update set a=1, b=default when matched then delete when not matched then insert (id,b) values (u.id,u.c)
merge into t using (select 1 as id) s on t.id=s.id when matched then do nothing when not matched then insert default values
merge into p using (select 1 as id) s on p.id=s.id when not matched then insert values (s.id, 2)
-- since 16
select json_object('a': 1, 'b' value 2 null on null with unique keys returning jsonb), json_array(1,2 absent on null), json_array(select id from t), json_objectagg(id: b absent on null with unique keys) filter (where id>0), json_arrayagg(b order by b null on null returning jsonb), json_arrayagg(b) over (), '{}' is json, '[]' is json array with unique keys, b is not json object from t group by id,b
select any_value(a) from t
select json_object('a': 'x'::bytea format json encoding utf8 returning bytea) from t
select * from t, unnest(array[1])
-- since 17
select json('{}' with unique keys), json_scalar(1), json_serialize('{}' returning bytea), json_exists(j, '$.a' passing 1 as x error on error), json_value(j, '$.a' returning posint default 3 on empty error on error), json_query(j,'$.a' with conditional array wrapper null on empty empty array on error), json_query(j, '$' returning comp[]), json_query(j, '$' returning text keep quotes) from t
select jt.* from t, json_table(j, '$.a[*]' as path1 passing 3 as y columns (n for ordinality, a posint path '$.a' default 1 on empty, e boolean exists path '$.b' error on error, f jsonb format json path '$.c' with wrapper, nested path '$.d' as p2 columns (z text path '$'), nested path '$.q' columns (zz int))  error on error) jt
merge into t using u on t.id=u.id when not matched by source then delete when matched then update set a=2 returning merge_action(), t.*, u.c
merge into v using u on v.id=u.id when matched then update set a=2
select json_value(j, '$.a' returning int default 2+1 on error) from t
select json_query(j,'$.a' omit quotes) from t
-- since 18
update t set a=3 returning old.a, new.a, old, new, old.*, (select old.b), old is null
insert into t(id) values (3) on conflict (id) do update set a=4 returning with (old as o, new as n) o.a, n.a, o.ctid
delete from t returning old.id, new.id
merge into t using u on t.id=u.id when matched then update set a=2 returning old.a, new.b, merge_action()
update v set a=3 returning old.a, new.*
select id, g from vg where g>1
select * from spans
update spans set during = int4range(1,2) where id=1
select * from t group by id
select array_sort(arr), array_reverse(arr), casefold(b), uuidv7() from t
with x as (select a, b from t group by a,b) select a+1 from x group by a
select a+1, count(*) from t group by a+1 order by a+1
select (select count(*) from u where u.id=q.a) from (select a from t group by a) q group by q.a
