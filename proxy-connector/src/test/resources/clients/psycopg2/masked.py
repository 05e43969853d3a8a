"""What somebody does who is shown a column masked."""

import io

import psycopg2

connection = psycopg2.connect("")
connection.autocommit = True


def operation(name, sql, *values):
    print("==", name)
    cursor = connection.cursor()
    try:
        cursor.execute(sql, values or None)
        print(cursor.fetchall() if cursor.description else cursor.statusmessage)
    except psycopg2.Error as e:
        print(e.pgcode, e, e.diag.message_detail)


operation("read", "select id, email from person order by id")
operation("read with a value", "select id, email from person where id = %s", 1)
operation("prepare", "prepare p as select email from person where id = $1")
operation("execute", "execute p(1)")
operation("error", "select email::int from person")
operation("duplicate", "insert into person select id + 10, name, email from person")
operation("update", "update person set name = 'Of Python' where id = 2")
print("== copy")
out = io.StringIO()
try:
    connection.cursor().copy_expert("copy (select id, email from person order by id) to stdout", out)
except psycopg2.Error as e:
    print(e.pgcode, e)
print(out.getvalue())
print("== cursor")
connection.autocommit = False
named = connection.cursor("named")
named.itersize = 1
named.execute("select email from person order by id")
print(list(named))
named.close()
connection.commit()
connection.autocommit = True
operation("at last", "select 'usable', count(*) from person")
connection.close()
