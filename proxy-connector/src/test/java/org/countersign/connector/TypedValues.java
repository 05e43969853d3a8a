package org.countersign.connector;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two values of each type that PostgreSQL has.
 *
 * @param type as a column is declared
 * @param text whether it is a plain text, which has room for masked text
 * @param binary whether it has a binary form
 */
record TypedValues(String type, String one, String other, boolean text, boolean binary) {
    static final List<String> DEFINITIONS = List.of(
            "create type mood as enum ('S3cr3t', 'calm')",
            "create type address as (street text, no int, card int8)",
            "create domain short_text as text check (length(value) < 40)",
            "create domain small_int as int check (value < 100000)",
            "create domain some_texts as text[]",
            "create domain an_address as address",
            "create type textrange as range (subtype = text)");

    private static TypedValues of(String type, String one, String other) {
        return new TypedValues(type, one, other, false, true);
    }

    private static TypedValues text(String type, String one, String other) {
        return new TypedValues(type, one, other, true, true);
    }

    static List<TypedValues> all(DemoTarget target) throws SQLException {
        var all = new ArrayList<>(builtIn());
        for (TypedValues extension : List.of(
                of("citext", "S3cr3t-citext", "x"),
                of("hstore", "k=>S3cr3t", "a=>1,b=>2"),
                of("ltree", "S3cr3t.b", "x"),
                of("cube", "(47, 11)", "(3)"))) {
            String name = extension.type();
            boolean there = target.ask("select count(*) from pg_available_extensions where name = '" + name + "'")
                    .equals("1");
            if (there) {
                target.run("create extension " + name);
                all.add(extension);
            }
        }
        return all;
    }

    private static List<TypedValues> builtIn() {
        return List.of(
                text("text", "S3cr3t-value-4711", "x"),
                text("varchar", "anna.abel@mail.example", "b@c.example"),
                text("varchar(40)", "S3cr3t-value-4711", "xy"),
                text("varchar(2)", "Xy", "Z"),
                text("varchar(8)", "S3c@mail", "Zü"),
                text("bpchar", "S3cr3t-value  ", "x"),
                text("char(20)", "S3cr3t-4711", "x"),
                text("char(1)", "Q", "W"),
                text("name", "S3cr3t" + "n".repeat(57), "x"),
                text("name", "a@" + "n".repeat(61), "y"),
                text("short_text", "S3cr3t-domain", "x"),
                of("\"char\"", "Z", "Y"),
                of("xml", "<a>S3cr3t</a>", "<b/>"),
                of("json", "{\"a\": \"S3cr3t\"}", "[1]"),
                of("jsonb", "{\"a\": \"S3cr3t\"}", "[1]"),
                of("jsonpath", "$.\"S3cr3t\"", "$"),
                of("bytea", "\\x533363723374", "\\x00"),
                of("bool", "t", "f"),
                of("int2", "4711", "1"),
                of("int4", "471147", "1"),
                of("int8", "4711471147", "1"),
                of("small_int", "4711", "1"),
                of("oid", "471147", "1"),
                of("xid", "4711", "1"),
                of("xid8", "4711", "1"),
                of("cid", "4711", "1"),
                of("tid", "(4711,1)", "(0,1)"),
                of("pg_lsn", "47/11", "0/1"),
                of("pg_snapshot", "10:20:", "1:2:"),
                of("regclass", "pg_class", "pg_type"),
                of("regtype", "int4", "text"),
                of("regproc", "now", "pi"),
                of("regprocedure", "now()", "pi()"),
                of("regoper", "pg_catalog.||/", "pg_catalog.|/"),
                of("regoperator", "+(integer,integer)", "-(integer,integer)"),
                of("regnamespace", "pg_catalog", "public"),
                of("regrole", "pg_monitor", "pg_read_all_data"),
                of("regconfig", "english", "simple"),
                of("regdictionary", "english_stem", "simple"),
                of("refcursor", "S3cr3t", "x"),
                new TypedValues("aclitem", "postgres=r/postgres", "postgres=w/postgres", false, false),
                of("float4", "4711.5", "1"),
                of("float8", "4711.25", "1"),
                of("numeric", "47114711.4711", "1"),
                of("numeric(9,3)", "4711.471", "NaN"),
                of("money", "4711.47", "1"),
                of("date", "1947-11-04", "infinity"),
                of("time", "04:07:11", "00:00"),
                of("timetz", "04:07:11+01", "00:00+00"),
                of("timestamp", "1947-11-04 04:07:11", "-infinity"),
                of("timestamptz", "1947-11-04 04:07:11+00", "2000-01-01"),
                of("interval", "4 mons 7 days 11:00", "1 s"),
                of("inet", "47.11.47.11", "::1"),
                of("cidr", "47.11.0.0/16", "::/0"),
                of("macaddr", "08:00:2b:47:11:03", "00:00:00:00:00:00"),
                of("macaddr8", "08:00:2b:01:02:47:11:05", "00:00:00:00:00:00:00:00"),
                of("uuid", "47114711-4711-4711-4711-471147114711", "00000000-0000-0000-0000-000000000000"),
                of("point", "(47,11)", "(0,0)"),
                of("line", "{47,11,1}", "{1,1,1}"),
                of("lseg", "[(47,11),(1,1)]", "[(0,0),(1,1)]"),
                of("box", "(47,11),(1,1)", "(1,1),(0,0)"),
                of("path", "((47,11),(1,1))", "[(0,0),(1,1)]"),
                of("polygon", "((47,11),(1,1),(2,2))", "((0,0))"),
                of("circle", "<(47,11),1>", "<(0,0),1>"),
                of("bit(8)", "01000111", "00000000"),
                of("varbit", "0100011100010001", "0"),
                of("tsvector", "'S3cr3t':1", "'a'"),
                of("tsquery", "'S3cr3t' & 'b'", "'a'"),
                of("int4range", "[47,4711)", "empty"),
                of("int8range", "[47,4711)", "(,)"),
                of("numrange", "[47,4711)", "empty"),
                of("daterange", "[1947-11-04,1947-11-05)", "empty"),
                of("tsrange", "[\"1947-11-04 04:07:11\",)", "empty"),
                of("tstzrange", "[\"1947-11-04 04:07:11+00\",)", "empty"),
                of("textrange", "[S3cr3t,S3cr4t)", "empty"),
                of("int4multirange", "{[47,4711)}", "{}"),
                of("int8multirange", "{[47,4711)}", "{}"),
                of("nummultirange", "{[47,4711)}", "{}"),
                of("datemultirange", "{[1947-11-04,1947-11-05)}", "{}"),
                of("tsmultirange", "{}", "{}"),
                of("tstzmultirange", "{}", "{}"),
                of("textmultirange", "{[S3cr3t,S3cr4t)}", "{}"),
                of("text[]", "{S3cr3t,NULL}", "{}"),
                of("varchar(9)[]", "{{S3cr3t},{b}}", "{}"),
                of("bpchar[]", "{S3cr3t}", "{}"),
                of("name[]", "{S3cr3t}", "{}"),
                of("some_texts", "{S3cr3t}", "{}"),
                of("bool[]", "{t,f}", "{}"),
                of("int4[]", "{4711}", "{}"),
                of("int8[]", "[0:1]={4711,1}", "{}"),
                of("numeric[]", "{4711.47}", "{}"),
                of("uuid[]", "{47114711-4711-4711-4711-471147114711}", "{}"),
                of("jsonb[]", "{\"{\\\"a\\\": \\\"S3cr3t\\\"}\"}", "{}"),
                of("bytea[]", "{\"\\\\x5333\"}", "{}"),
                of("date[]", "{1947-11-04}", "{}"),
                of("inet[]", "{47.11.47.11}", "{}"),
                of("xml[]", "{<a>S3cr3t</a>}", "{}"),
                of("int2vector", "47 11", "1"),
                of("oidvector", "47 11", "1"),
                of("mood", "S3cr3t", "calm"),
                of("mood[]", "{S3cr3t}", "{}"),
                of("address", "(S3cr3t,4711,1)", "(,,)"),
                of("address[]", "{\"(S3cr3t,4711,1)\"}", "{}"),
                of("an_address", "(S3cr3t,4711,1)", "(,,)"));
    }
}
