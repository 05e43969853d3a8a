"""What a Python program does with psycopg2: each operation on a connection of its own, everything it sees printed."""

import io
import select
import sys
import threading
import time
import traceback
import uuid
from datetime import date, datetime, time as clock, timedelta, timezone
from decimal import Decimal

import psycopg2
import psycopg2.extensions
import psycopg2.extras

operations = []


def operation(function):
    operations.append(function)
    return function


def show(cursor):
    print("status", cursor.statusmessage, "rows", cursor.rowcount)
    if cursor.description:
        for column in cursor.description:
            print("column", column.name, column.type_code if column.type_code < 16384 else "own type",
                  column.internal_size, column.precision, column.scale)
        for row in cursor.fetchall():
            print("row", repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)))


def failed(error):
    diag = error.diag
    fields = ("severity", "severity_nonlocalized", "sqlstate", "message_primary", "message_detail", "message_hint",
              "statement_position", "internal_position", "internal_query", "context", "schema_name", "table_name",
              "column_name", "datatype_name", "constraint_name", "source_file", "source_line", "source_function")
    print(type(error).__name__, error.pgcode, str(error).replace("\n", " / "))
    for field in fields:
        value = getattr(diag, field)
        if value is not None and not field.startswith("source_"):
            print("   ", field, repr(value))
    print(f"    from {diag.source_file or 'null'}:{diag.source_line or 0} {diag.source_function or 'null'}")


def attempt(cursor, sql, values=None):
    try:
        cursor.execute(sql, values)
        show(cursor)
    except psycopg2.Error as error:
        failed(error)


def state(connection):
    print("closed", connection.closed, "status", connection.status, "transaction", connection.info.transaction_status)
    for notice in connection.notices:
        print("notice", repr(notice))
    del connection.notices[:]


@operation
def simple_select(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select 1 as one, 'two' as two, null as nothing, 1.50 as number")


@operation
def parameters(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select %s, %s, %s, %s, %s", (1, "it's \\ ü 😀", None, True, 1.5))
        attempt(cursor, "select %(a)s || %(b)s, '100%%'", {"a": "x", "b": "y"})
        attempt(cursor, "select %s::numeric, %s, %s, %s", (Decimal("1.10"), date(2024, 2, 29), clock(1, 2, 3), timedelta(days=1, seconds=5)))
        attempt(cursor, "select %s, %s::uuid", (datetime(2024, 1, 1, tzinfo=timezone.utc), str(uuid.UUID(int=5))))
        attempt(cursor, "select %s, %s, %s", ([1, 2, None], ["a", "b\"c"], []))
        attempt(cursor, "select %s::bytea", (psycopg2.Binary(bytes(range(256))),))
        attempt(cursor, "select * from entries where id in %s order by id", ((1, 2, 3),))


@operation
def every_type(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select * from every_type where id <> 2 order by id")
        attempt(cursor, "select c_int2, c_numeric, c_float8, c_text, c_bytea, c_int4_array, c_text_array, c_jsonb, c_tstzrange"
                        " from every_type where id = 2")


@operation
def json_values(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select %s::jsonb, '[1, {\"a\": null}]'::json", (psycopg2.extras.Json({"ü": [1, None]}),))


@operation
def ranges_and_composites(connection):
    psycopg2.extras.register_composite("point3", connection)
    with connection.cursor() as cursor:
        attempt(cursor, "select c_composite, c_composites, c_int4range, c_numrange, c_tstzrange from every_type order by id")
        attempt(cursor, "select %s", (psycopg2.extras.NumericRange(1, 5),))


@operation
def hstore_values(connection):
    psycopg2.extras.register_hstore(connection)
    with connection.cursor() as cursor:
        attempt(cursor, "select c_hstore from every_type order by id")
        attempt(cursor, "select %s -> 'a'", ({"a": "1", "b": None},))


@operation
def uuid_values(connection):
    psycopg2.extras.register_uuid(conn_or_curs=connection)
    with connection.cursor() as cursor:
        attempt(cursor, "select c_uuid, %s, %s from every_type order by id", (uuid.UUID(int=7), [uuid.UUID(int=8)]))


@operation
def inserts_and_returning(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "insert into entries (name, amount) values (%s, %s) returning name, amount", ("psycopg one", 5))
        attempt(cursor, "update entries set amount = amount + 1 where name like 'psycopg%'")
        attempt(cursor, "delete from entries where name like 'psycopg%' returning amount")
        attempt(cursor, "delete from entries where name = 'nobody'")


@operation
def commit_and_rollback(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "insert into entries (name) values ('psycopg kept')")
        connection.commit()
        attempt(cursor, "insert into entries (name) values ('psycopg lost')")
        connection.rollback()
        attempt(cursor, "select name from entries where name like 'psycopg%' order by name")


@operation
def context_managers(connection):
    try:
        with connection:
            with connection.cursor() as cursor:
                attempt(cursor, "insert into entries (name) values ('psycopg context')")
                cursor.execute("select 1 / 0")
    except psycopg2.Error as error:
        failed(error)
    with connection, connection.cursor() as cursor:
        attempt(cursor, "select count(*) from entries where name = 'psycopg context'")


@operation
def failed_transaction(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select 1 / 0")
        attempt(cursor, "select 'ignored'")
        state(connection)
        connection.commit()
        state(connection)
        attempt(cursor, "select 'recovered'")


@operation
def savepoints(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "savepoint one")
        attempt(cursor, "insert into entries (name) values ('entry 1')")
        attempt(cursor, "rollback to savepoint one")
        attempt(cursor, "release savepoint one")
        attempt(cursor, "rollback to savepoint one")
    connection.rollback()


@operation
def autocommit(connection):
    connection.autocommit = True
    with connection.cursor() as cursor:
        attempt(cursor, "create temp table auto (i int)")
        attempt(cursor, "insert into auto values (1)")
        attempt(cursor, "select 1 / 0")
        attempt(cursor, "select * from auto")
        attempt(cursor, "vacuum child")
        state(connection)
    connection.autocommit = False


@operation
def isolation_levels(connection):
    for level in ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"):
        connection.set_session(isolation_level=level, readonly=level == "SERIALIZABLE", deferrable=False)
        with connection.cursor() as cursor:
            attempt(cursor, "show transaction_isolation")
            attempt(cursor, "show transaction_read_only")
            attempt(cursor, "delete from child")
        connection.rollback()
    connection.set_session(isolation_level="DEFAULT", readonly="DEFAULT", deferrable="DEFAULT")


@operation
def two_phase(connection):
    try:
        connection.tpc_begin(connection.xid(1, "compared", "branch"))
        with connection.cursor() as cursor:
            attempt(cursor, "select 1")
        connection.tpc_prepare()
        connection.tpc_rollback()
    except psycopg2.Error as error:
        failed(error)


@operation
def several_statements(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select 1; select 2 as two")
        attempt(cursor, "create temp table s (i int); insert into s values (1), (2), (3)")
        attempt(cursor, "insert into s values (4); select 1 / 0")
        connection.rollback()
        attempt(cursor, "select 1; selec 2")
        connection.rollback()
        attempt(cursor, ";")
        attempt(cursor, "-- nothing")


@operation
def execute_many(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "create temp table many (i int, t text)")
        cursor.executemany("insert into many values (%s, %s)", [(i, f"row {i}") for i in range(20)])
        print(cursor.rowcount, cursor.statusmessage)
        attempt(cursor, "select count(*), sum(i) from many")


@operation
def execute_batch_and_values(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "create temp table many (i int, t text)")
        psycopg2.extras.execute_batch(cursor, "insert into many values (%s, %s)", [(i, "ü" * i) for i in range(250)], page_size=100)
        print(cursor.rowcount, cursor.statusmessage)
        rows = psycopg2.extras.execute_values(
            cursor, "insert into many values %s returning i", [(i, None) for i in range(1000, 1250)], page_size=100, fetch=True)
        print(len(rows), rows[0], rows[-1])
        attempt(cursor, "select count(*), sum(i), sum(length(t)) from many")


@operation
def named_cursor(connection):
    with connection.cursor(name="the cursor") as cursor:
        cursor.itersize = 7
        cursor.execute("select i, 'row ' || i from generate_series(1, 30) i")
        print(cursor.fetchone(), cursor.fetchmany(3))
        print([row[0] for row in cursor])
    with connection.cursor(name="scrolling", scrollable=True) as cursor:
        cursor.execute("select i from generate_series(1, 30) i")
        cursor.scroll(10)
        print(cursor.fetchone())
        cursor.scroll(-5)
        print(cursor.fetchone())
        cursor.scroll(20, mode="absolute")
        print(cursor.fetchall())


@operation
def cursor_with_hold(connection):
    cursor = connection.cursor(name="held", withhold=True)
    cursor.execute("select i from generate_series(1, 5) i")
    print(cursor.fetchmany(2))
    connection.commit()
    print(cursor.fetchall())
    cursor.close()
    connection.commit()


@operation
def cursor_of_a_function(connection):
    with connection.cursor() as cursor:
        cursor.execute("select cursors()")
        name = cursor.fetchone()[0]
        stolen = connection.cursor(name)
        print(stolen.fetchall())


@operation
def callproc(connection):
    with connection.cursor() as cursor:
        cursor.callproc("series", (1, 3))
        show(cursor)
        cursor.callproc("both_ways", (21,))
        show(cursor)


@operation
def procedures(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "call add_entry('psycopg called')")


@operation
def prepared_by_sql(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "prepare by_id as select name from entries where id = $1")
        attempt(cursor, "execute by_id (%s)", (7,))
        attempt(cursor, "deallocate by_id")
        attempt(cursor, "execute by_id (1)")


@operation
def dictionaries_and_tuples(connection):
    with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
        cursor.execute("select id, name from entries order by id limit 2")
        print([dict(row) for row in cursor.fetchall()])
    with connection.cursor(cursor_factory=psycopg2.extras.NamedTupleCursor) as cursor:
        cursor.execute("select id, name from entries order by id limit 2")
        print(cursor.fetchall())


@operation
def copy_from_and_to(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "create temp table copied (i int primary key, t text)")
        cursor.copy_from(io.StringIO("1\tone\n2\t\\N\n3\tü😀\n"), "copied")
        print(cursor.rowcount)
        out = io.StringIO()
        cursor.copy_to(out, "copied", sep="|", null="nil")
        print(repr(out.getvalue()))


@operation
def copy_expert(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "create temp table copied (i int primary key, t text)")
        cursor.copy_expert("copy copied from stdin with (format csv, header)", io.StringIO('i,t\n1,"a ""b"""\n2,\n'))
        print(cursor.rowcount, cursor.statusmessage)
        out = io.StringIO()
        cursor.copy_expert("copy (select * from every_type order by id) to stdout with (format csv, header)", out)
        print(cursor.rowcount, out.getvalue())
        binary = io.BytesIO()
        cursor.copy_expert("copy (select i, t from copied order by i) to stdout (format binary)", binary)
        print(binary.getvalue())


@operation
def copy_failures(connection):
    for data in ("x\ty\n", "1\n", "1\ta\n1\tb\n"):
        with connection.cursor() as cursor:
            attempt(cursor, "create temp table copied (i int primary key, t text)")
            try:
                cursor.copy_from(io.StringIO(data), "copied")
            except psycopg2.Error as error:
                failed(error)
        connection.rollback()

    class Broken(io.StringIO):
        def read(self, size=-1):
            raise ValueError("the file broke")

    with connection.cursor() as cursor:
        attempt(cursor, "create temp table copied (i int primary key, t text)")
        try:
            cursor.copy_from(Broken(), "copied")
        except psycopg2.Error as error:
            failed(error)
    connection.rollback()


@operation
def large_values(connection):
    with connection.cursor() as cursor:
        text = "0123456789äöü☃" * 20000
        cursor.execute("select %s, length(%s)", (text, text))
        row = cursor.fetchone()
        print(row[0] == text, row[1])
        cursor.execute("select repeat('x', 1000) from generate_series(1, 5000)")
        print(sum(len(row[0]) for row in cursor))


@operation
def many_rows(connection):
    with connection.cursor() as cursor:
        cursor.execute("select i, i * 1.5, 'row ' || i from generate_series(1, 5000) i")
        print(sum(hash(row[2]) * 0 + row[0] for row in cursor.fetchall()))


@operation
def errors(connection):
    connection.autocommit = True
    with connection.cursor() as cursor:
        for sql in (
            "selec 1", "select * from entries where", "select * from no_such", "select no_such from entries", "select no_such(1)",
            "select 1/0", "select 'x'::int", "select '{'::json", "insert into entries (name) values ('entry 1')",
            "insert into entries (name) values (null)", "insert into entries (name, amount) values ('psycopg negative', -1)",
            "insert into child values (1, -1)", "select (-1)::positive", "select 'angry'::mood", "select raising('error', 'raised ü')",
            "select entries.id from entries e", "select 'ünï' || no_such", "select 1::no_such_type", "drop table no_such",
            "create table entries (i int)", "select $1", "select chr(-1)", "select '\\xzz'::bytea", "select interval 'x'",
            "select array[1, 'x']", "select sum(name) from entries", "select name, count(*) from entries",
        ):
            print(">", sql)
            attempt(cursor, sql)
        attempt(cursor, "select 'recovered'")


@operation
def notices(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select raising('notice', 'one'), raising('warning', 'two')")
        attempt(cursor, "create temp table if not exists n (i serial primary key)")
        attempt(cursor, "create temp table if not exists n (i serial primary key)")
        attempt(cursor, "drop table if exists not_there")


@operation
def notify_and_listen(connection):
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("listen psycopg_channel")
        cursor.execute("notify psycopg_channel, 'päyload'")
        cursor.execute("select pg_notify('psycopg_channel', i::text) from generate_series(1, 2) i")
    end = time.monotonic() + 20
    while len(connection.notifies) < 3 and time.monotonic() < end:
        select.select([connection], [], [], 1)
        connection.poll()
    for notification in connection.notifies:
        print(notification.channel, notification.payload, notification.pid == connection.info.backend_pid)


def cancel_once_asleep(connection):
    other = psycopg2.connect("")
    other.autocommit = True
    with other.cursor() as cursor:
        asleep = False
        while not asleep:
            cursor.execute("select count(*) > 0 from pg_stat_activity where datname = current_database()"
                           " and usename = current_user and wait_event = 'PgSleep'")
            asleep, = cursor.fetchone()
    other.close()
    connection.cancel()


@operation
def cancel(connection):
    cancelling = threading.Thread(target=cancel_once_asleep, args=[connection])
    cancelling.start()
    with connection.cursor() as cursor:
        attempt(cursor, "select pg_sleep(60)")
        cancelling.join()
        connection.rollback()
        attempt(cursor, "select 'usable'")


@operation
def statement_timeout(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "set statement_timeout = 100")
        connection.commit()
        attempt(cursor, "select pg_sleep(5)")
        connection.rollback()
        attempt(cursor, "select 'usable'")


@operation
def asynchronous(connection):
    other = psycopg2.connect("", async_=True)

    def wait():
        while True:
            wanted = other.poll()
            if wanted == psycopg2.extensions.POLL_OK:
                return
            read = [other] if wanted == psycopg2.extensions.POLL_READ else []
            write = [other] if wanted == psycopg2.extensions.POLL_WRITE else []
            select.select(read, write, [], 10)

    wait()
    cursor = other.cursor()
    cursor.execute("select i, repeat('x', 10) from generate_series(1, 3) i")
    wait()
    show(cursor)
    cursor.execute("select 1 / 0")
    try:
        wait()
    except psycopg2.Error as error:
        failed(error)
    other.close()


@operation
def client_encoding(connection):
    print(connection.encoding)
    connection.set_client_encoding("UTF8")
    with connection.cursor() as cursor:
        attempt(cursor, "select 'ü', '漢字'")
        attempt(cursor, "show client_encoding")


@operation
def reported_parameters(connection):
    for name in ("server_version", "server_encoding", "client_encoding", "is_superuser", "session_authorization", "DateStyle",
                 "IntervalStyle", "TimeZone", "integer_datetimes", "standard_conforming_strings", "application_name",
                 "in_hot_standby", "default_transaction_read_only", "scram_iterations", "search_path"):
        print(name, connection.get_parameter_status(name))
    print(connection.server_version, connection.protocol_version, connection.info.user, connection.info.dbname)
    with connection.cursor() as cursor:
        cursor.execute("set application_name = 'compared'")
        cursor.execute("set datestyle = 'German'")
    print(connection.get_parameter_status("application_name"), connection.get_parameter_status("DateStyle"))


@operation
def reset(connection):
    with connection.cursor() as cursor:
        cursor.execute("set work_mem = '7MB'")
        connection.commit()
        connection.reset()
        attempt(cursor, "show work_mem")
    state(connection)


@operation
def large_objects(connection):
    try:
        connection.lobject(0, "w").write("data")
    except psycopg2.Error as error:
        failed(error)
    connection.rollback()


@operation
def settings_by_options(connection):
    with psycopg2.connect("", options="-c work_mem=9MB -c search_path=pg_catalog", application_name="with options") as other:
        with other.cursor() as cursor:
            attempt(cursor, "show work_mem")
            attempt(cursor, "show search_path")
            attempt(cursor, "show application_name")
    other.close()


@operation
def wrong_sign_in(connection):
    for wrong in ({"password": "wrong"}, {"dbname": "no_such"}, {"sslmode": "require"}):
        try:
            psycopg2.connect("", **wrong)
        except psycopg2.Error as error:
            print(type(error).__name__, str(error).strip())


@operation
def terminated(connection):
    with connection.cursor() as cursor:
        attempt(cursor, "select pg_terminate_backend(pg_backend_pid())")
    print(connection.closed)
    again = psycopg2.connect("")
    with again.cursor() as cursor:
        attempt(cursor, "select 'reconnected'")
    again.close()


def main():
    sys.stdout.reconfigure(line_buffering=True, encoding="utf-8")
    for function in operations:
        print("== " + function.__name__.replace("_", " "))
        connection = psycopg2.connect("")
        try:
            function(connection)
        except psycopg2.Error as error:
            failed(error)
        except Exception as error:
            print("not of the database:", type(error).__name__, error)
        if not connection.closed:
            state(connection)
        connection.close()


main()
