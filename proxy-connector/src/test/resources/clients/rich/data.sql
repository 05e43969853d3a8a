-- Rows for it, large objects among them.
set timezone = 'UTC';
insert into sales.customers (name, email, card, score, labels, extra, bytes, options, paid) values
    ('Ann "A"', 'quillon.featherby@secret.example', '4539781602943175', 10.5, '{a,"b c",NULL,"d\"e"}', '{"k": [1, "ü", null]}', '\x00ff10', 'a=>1,"b c"=>NULL', '(12.50,EUR)'),
    (E'Bob\tTab\nLine', 'ottoline.vance@secret.example', '5281947360158823', 0, '{}', '[]', '', '', '(,)'),
    ('Çelik; -- $1 \.', 'c@secret.example', '340000000000009', null, null, null, null, null, null);
insert into sales.customers (name, card) select 'customer ' || i, '6011' || lpad(i::text, 12, '7') from generate_series(1, 300) as i;
insert into sales.orders (customer, state, placed, changed, period)
    select 100 + 10 * (i % 3), (array['new', 'paid', 'it''s gone'])[1 + i % 3]::sales.state, timestamptz '2020-01-01 00:00+00' + i * interval '7 hours',
        case when i % 2 = 0 then timestamp '2020-06-01' + i * interval '1 minute' end, sales.span(i, i + 0.5) from generate_series(1, 200) as i;
insert into sales.lines select id, placed, no, id * no + 0.25 from sales.orders, generate_series(1, 2) as no;
insert into sales.scratch values (1, 'scratch'), (null, null);
insert into sales.dropped values (1, 'x'), (2, null);
insert into "Odd Names"."Tàble ""x"" y" values (1, 'a', 'ü'), (2, E'\\', default);
insert into sales.of_type values (1, 'typed');
insert into sales.base values (1, 'b'), (1001, 'logs');
insert into sales.derived values (2, 'd', 'more');
insert into sales.events select date '2020-06-01' + i * 20, (array['a', 'b', null])[1 + i % 3], i from generate_series(0, 28) as i;
insert into sales.hashed select i, 'v' || i from generate_series(1, 20) as i;
insert into sales.in_own_heap values (1);
select setval('sales.numbers', 35, false);
refresh materialized view sales.by_state;
select lo_from_bytea(40001, convert_to('a large object, 40001', 'UTF8'));
select lo_from_bytea(40002, decode(repeat('00ff5c0a', 300), 'hex'));
comment on large object 40001 is 'large';
grant select on large object 40002 to clerk;
alter large object 40002 owner to clerk;
