-- What every client of the comparison works on: one column for each common type, with ordinary, odd and absent values.
CREATE EXTENSION hstore;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy ☺');
CREATE TYPE point3 AS (x integer, y numeric(6, 2), label text);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN short_text AS varchar(5) NOT NULL;
CREATE TYPE text_range AS RANGE (subtype = text);

CREATE TABLE every_type (
    id integer PRIMARY KEY,
    c_bool boolean,
    c_int2 smallint,
    c_int4 integer,
    c_int8 bigint,
    c_numeric numeric,
    c_numeric_scaled numeric(12, 4),
    c_float4 real,
    c_float8 double precision,
    c_money money,
    c_text text,
    c_varchar varchar(40),
    c_char char(6),
    c_one_byte "char",
    c_name name,
    c_bytea bytea,
    c_uuid uuid,
    c_date date,
    c_time time(3),
    c_timetz timetz,
    c_timestamp timestamp,
    c_timestamptz timestamptz,
    c_interval interval,
    c_json json,
    c_jsonb jsonb,
    c_jsonpath jsonpath,
    c_xml xml,
    c_int4_array integer[],
    c_text_array text[],
    c_int4range int4range,
    c_numrange numrange,
    c_tstzrange tstzrange,
    c_multirange int4multirange,
    c_text_range text_range,
    c_composite point3,
    c_composites point3[],
    c_enum mood,
    c_enums mood[],
    c_domain positive,
    c_inet inet,
    c_cidr cidr,
    c_macaddr macaddr,
    c_macaddr8 macaddr8,
    c_bit bit(5),
    c_varbit varbit,
    c_tsvector tsvector,
    c_tsquery tsquery,
    c_point point,
    c_line line,
    c_lseg lseg,
    c_box box,
    c_path path,
    c_polygon polygon,
    c_circle circle,
    c_oid oid,
    c_regclass regclass,
    c_regtype regtype,
    c_regproc regprocedure,
    c_pg_lsn pg_lsn,
    c_hstore hstore
);

INSERT INTO every_type VALUES
(1, true, 32767, 2147483647, 9223372036854775807, 12345678901234567890.0123456789, 99999999.9999, 3.4028235e38,
    2.2250738585072014e-308, 1234.56, 'plain', 'varchar', 'abc', 'x', 'a_name', '\xdeadbeef',
    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2024-02-29', '23:59:59.999', '04:05:06.789+05:30',
    '2024-02-29 23:59:59.999999', '2024-02-29 23:59:59.999999+02', '1 year 2 months 3 days 04:05:06.789',
    '{"a" : [1, 2, null], "b": "ü"}', '{"b": 1, "a": [true, null]}', '$.a[*] ? (@ > 1)', '<a b="c">d</a>', '{1,2,3}',
    '{plain,"with space","with \"quote\"",NULL,"null",""}', '[1,10)', '(1.5,2.5]', '["2024-01-01 00:00:00+00",)',
    '{[1,3),[5,7)}', '[a,b]', '(1,2.50,"a ""label"", and more")', '{"(1,2.50,a)","(,,)"}', 'happy ☺',
    '{sad,"happy ☺"}', 7, '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', B'10101',
    B'1011', 'a:1A fat:2 cat:3', 'fat & (rat | !cat)', '(1.5,-2.5)', '{1,-1,0}', '[(0,0),(1,1)]', '(1,1),(0,0)',
    '[(0,0),(1,1),(2,0)]', '((0,0),(1,1),(2,0))', '<(0,0),2.5>', 4294967295, 'pg_class', 'integer[]', 'lower(text)',
    '16/B374D848', 'a=>1, "b c"=>NULL, "ü"=>"\"quoted\""'),
(2, false, -32768, -2147483648, -9223372036854775808, 'NaN', -0.0001, '-Infinity', 'NaN', '-0.01', '', '', '', '',
    '', '', '00000000-0000-0000-0000-000000000000', '-infinity', '24:00:00', '00:00:00-15:59', '-infinity', 'infinity',
    '-178000000 years', 'null', 'null', '$', '', '{}', '{}', 'empty', '(,)', 'empty', '{}', 'empty', '(,,)', '{}', 'sad',
    '{}', 1, '::1', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00:00:00', B'00000', B'', '', 'a', '(0,0)',
    '{0,1,0}', '[(0,0),(0,0)]', '(0,0),(0,0)', '((0,0),(1,1))', '((0,0))', '<(0,0),0>', 0, 'every_type', 'text',
    'pg_catalog.upper(text)', '0/0', ''),
(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
(4, true, 0, -1, 1, 'Infinity', 1, '-0', 'Infinity', 92233720368547758.07, E'tab\tnew\nline back\\slash 漢字 😀 \u200b', '😀',
    'ä', '\377', 'naïve', '\x00ff10', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '0044-03-15 BC', '00:00', '12:00+00',
    '0001-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999+00', '-1 mons +2 days -00:00:00.000001', '[]', '"\u00e9"', 'strict $.*',
    '<?xml version="1.0"?><r>é</r>', '[0:1]={5,6}', '{{a,b},{NULL,"d,e"}}', '[-5,-1]', '[0,0]',
    '("2024-01-01 00:00:00+00","2024-01-02 00:00:00+00"]', '{[-10,-5],[0,0]}', '["a b","c,d")', '(-1,,"")',
    '{"(1,1.00,\"x y\")",NULL}', 'ok', '{{sad,ok},{ok,NULL}}', 2147483647, '192.168.100.128/25', '0.0.0.0/0', '00:00:00:00:00:00',
    'ff:ff:ff:ff:ff:ff:ff:ff', B'11111', B'0000000000000000000000000000000000001', '''with quote'':1', '''a b'' <-> c', '(NaN,Infinity)',
    '{1e300,1,1}', '[(1,2),(3,4)]', '(3,4),(1,2)', '((0,0))', '((0,0),(0,1),(1,1),(1,0))', '<(1e10,1),1e-10>', 1,
    'pg_type', 'numeric(10,2)', 'pg_catalog.now()', 'FFFFFFFF/FFFFFFFF', '"a,b"=>"c=>d"');

CREATE TABLE entries (
    id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
    name text NOT NULL,
    amount numeric(10, 2) CHECK (amount >= 0),
    tags text[],
    data jsonb,
    UNIQUE (name)
);
INSERT INTO entries (name, amount, tags, data)
SELECT 'entry ' || i, i * 1.25, (ARRAY['even', 'odd', NULL])[1 + i % 3 : 2 + i % 3], jsonb_build_object('i', i)
FROM generate_series(1, 500) AS i;

CREATE TABLE child (
    id integer PRIMARY KEY,
    entry integer REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE FUNCTION raising(severity text, message text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF severity = 'notice' THEN
        RAISE NOTICE '%', message USING DETAIL = 'the detail', HINT = 'the hint';
    ELSIF severity = 'warning' THEN
        RAISE WARNING '%', message USING ERRCODE = '01001';
    ELSE
        RAISE EXCEPTION '%', message USING ERRCODE = 'ZZ999', DETAIL = 'the detail', HINT = 'the hint', TABLE = 'a table';
    END IF;
    RETURN message;
END $$;

CREATE FUNCTION series(first integer, last integer) RETURNS SETOF integer LANGUAGE sql AS
    $$ SELECT generate_series(first, last) $$;

CREATE FUNCTION both_ways(INOUT a integer, OUT b text) LANGUAGE plpgsql AS
    $$ BEGIN b := 'was ' || a; a := a * 2; END $$;

CREATE PROCEDURE add_entry(INOUT what text) LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO entries (name) VALUES (what); what := what || ' added'; END $$;

CREATE FUNCTION cursors() RETURNS SETOF refcursor LANGUAGE plpgsql AS $$
DECLARE
    one refcursor := 'cursor one';
BEGIN
    OPEN one FOR SELECT i FROM generate_series(1, 3) AS i;
    RETURN NEXT one;
END $$;
