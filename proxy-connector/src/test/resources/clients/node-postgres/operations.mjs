// What a Node program does with node-postgres: each operation on a client of its own, everything it sees printed.
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

const print = (...values) => process.stdout.write(values.map(shown).join(' ') + '\n');

function shown(value) {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (key, v) => {
    if (typeof v === 'bigint') return v + 'n';
    if (v && v.type === 'Buffer') return 'bytes ' + Buffer.from(v.data).toString('hex');
    if (typeof v === 'number' && !Number.isFinite(v)) return String(v);
    return v;
  });
}

function showResult(result) {
  for (const one of Array.isArray(result) ? result : [result]) {
    print(one.command, one.rowCount, one.fields.map(f => [f.name, f.dataTypeID < 16384 ? f.dataTypeID : 'own', f.dataTypeSize,
      f.dataTypeModifier, f.format, f.columnID]));
    for (const row of one.rows) print('row', row);
  }
}

function showError(error) {
  const fields = {};
  for (const name of ['severity', 'code', 'detail', 'hint', 'position', 'internalPosition', 'internalQuery', 'where', 'schema', 'table',
    'column', 'dataType', 'constraint']) {
    if (error[name] !== undefined) fields[name] = error[name];
  }
  print('error', error.message, fields, `from ${error.file ?? null}:${error.line ?? 0} ${error.routine ?? null}`);
}

async function attempt(client, ...query) {
  try {
    showResult(await client.query(...query));
  } catch (error) {
    showError(error);
  }
}

const text = (sql, values) => ({ text: sql, values });
const array = (sql, values) => ({ text: sql, values, rowMode: 'array' });
const binary = (sql, values) => ({ text: sql, values, binary: true, rowMode: 'array', types: { getTypeParser: () => v => v } });
const raw = (sql, values) => ({ text: sql, values, rowMode: 'array', types: { getTypeParser: () => v => v } });

const operations = {
  async 'simple query'(c) { await attempt(c, "select 1 as one, 'two' as two, null as nothing, 1.5 as number"); },
  async 'no rows and no columns'(c) {
    await attempt(c, 'select 1 where false');
    await attempt(c, 'select');
    await attempt(c, 'select from generate_series(1, 3)');
  },
  async 'empty queries'(c) {
    await attempt(c, '');
    await attempt(c, ';');
    await attempt(c, '-- nothing');
    await attempt(c, text('', []));
    await attempt(c, { text: '', name: 'empty' });
  },
  async 'several statements'(c) {
    await attempt(c, "select 1 as a; select 'x' as b; select 3");
    await attempt(c, 'create temp table s (i int); insert into s values (1), (2); select * from s');
    await attempt(c, 'insert into s values (3); select 1 / 0; select 1');
    await attempt(c, 'select * from s');
    await attempt(c, 'select 1; selec 2');
    await attempt(c, 'begin; insert into s values (4); commit; select count(*) from s');
    await attempt(c, 'begin; insert into s values (5); select 1 / 0; commit');
    await attempt(c, 'rollback');
    await attempt(c, text('select 1; select 2', [1]));
  },
  async 'parameters'(c) {
    await attempt(c, text('select $1::int as i, $2::text as t, $3::bool as b, $4::numeric as n', [1, 'ü 😀 \' \\', true, '1.10']));
    await attempt(c, text('select $1::jsonb as j, $2::int[] as a, $3::text[] as t', [{ a: [1, null] }, [1, null, 3], ['a"b', null, '']]));
    await attempt(c, text('select $1::bytea as b, $2::timestamptz as t, $3 as unknown', [Buffer.from([0, 255, 92]), new Date(0), 'guess']));
    await attempt(c, text('select $1::int', [null]));
    await attempt(c, text('select $1::int', ['x']));
    await attempt(c, text('select $1::int, $2::int', [1]));
    await attempt(c, text('select $2::int', [1, 2]));
    await attempt(c, text('select name from entries where id = any($1) order by id', [[1, 2, 3]]));
    await attempt(c, text('select $1', []));
  },
  async 'named statements'(c) {
    for (const id of [1, 2, 3]) await attempt(c, { name: 'by id', text: 'select id, name from entries where id = $1', values: [id] });
    await attempt(c, { name: 'by id', text: 'select id, name from entries where id = $1', values: ['x'] });
    await attempt(c, { name: 'by id', text: 'select id, name from entries where id = $1', values: [4] });
    await attempt(c, { name: 'wrong', text: 'select no_such from entries', values: [] });
    await attempt(c, { name: 'ins', text: 'insert into entries (name) values ($1) returning name', values: ['node named'] });
    await attempt(c, { name: 'ins', text: 'insert into entries (name) values ($1) returning name', values: ['node named'] });
    await attempt(c, 'deallocate all');
    await attempt(c, { name: 'by id', text: 'select id, name from entries where id = $1', values: [5] });
  },
  async 'every type as text'(c) { await attempt(c, raw('select * from every_type order by id')); },
  async 'every type parsed'(c) { await attempt(c, array('select * from every_type order by id', [])); },
  async 'every type in binary'(c) { await attempt(c, binary('select * from every_type order by id', [])); },
  async 'row limit'(c) { await attempt(c, { text: 'select i from generate_series(1, 10) i', rows: 3, values: [] }); },
  async 'writes'(c) {
    await attempt(c, "insert into entries (name, amount) values ('node one', 1), ('node two', 2)");
    await attempt(c, text('update entries set amount = amount + $1 where name like $2 returning name, amount', [1, 'node%']));
    await attempt(c, "delete from entries where name = 'node one'");
    await attempt(c, "delete from entries where name = 'nobody'");
    await attempt(c, "insert into entries (name) values ('node two') on conflict do nothing");
  },
  async 'commit and rollback'(c) {
    await attempt(c, 'begin');
    await attempt(c, "insert into entries (name) values ('node kept')");
    await attempt(c, 'commit');
    await attempt(c, 'begin');
    await attempt(c, text('insert into entries (name) values ($1)', ['node lost']));
    await attempt(c, 'rollback');
    await attempt(c, "select name from entries where name in ('node kept', 'node lost')");
  },
  async 'failed transaction'(c) {
    await attempt(c, 'begin');
    await attempt(c, 'select 1 / 0');
    await attempt(c, "select 'ignored'");
    await attempt(c, text('select $1::text', ['ignored']));
    await attempt(c, 'commit');
    await attempt(c, "select 'recovered'");
  },
  async 'savepoints'(c) {
    for (const sql of ['begin', 'savepoint a', "insert into entries (name) values ('entry 1')", 'rollback to a', 'release a', 'rollback to a',
      'rollback', 'savepoint outside', 'commit']) await attempt(c, sql);
  },
  async 'isolation'(c) {
    for (const sql of ['begin isolation level serializable read only', 'show transaction_isolation', 'delete from child', 'rollback',
      'start transaction isolation level repeatable read', 'commit and chain', 'show transaction_isolation', 'rollback']) await attempt(c, sql);
  },
  async 'errors'(c) {
    for (const sql of ['selec 1', 'select * from entries where', 'select * from no_such', 'select no_such from entries', 'select no_such(1)',
      'select 1 / 0', "select 'x'::int", "select '{'::json", "insert into entries (name) values ('entry 1')",
      'insert into entries (name) values (null)', "insert into entries (name, amount) values ('node negative', -1)",
      'insert into child values (1, -1)', 'select (-1)::positive', "select 'angry'::mood", "select raising('error', 'raised')",
      "select 'ünï' || no_such", 'drop table no_such', "select 'unterminated"]) {
      await attempt(c, sql);
      await attempt(c, text(sql, []));
    }
    await attempt(c, "select 'recovered'");
  },
  async 'notices'(c) {
    c.on('notice', notice => print('notice', notice.severity, notice.code, notice.message, notice.detail, notice.hint, notice.where));
    await attempt(c, "select raising('notice', 'one'), raising('warning', 'two')");
    await attempt(c, 'drop table if exists no_such');
    await attempt(c, "do $$ begin raise info 'info'; raise debug 'debug'; end $$");
    await attempt(c, 'commit');
  },
  async 'queued queries'(c) {
    const results = await Promise.allSettled([
      c.query('select 1 as a'), c.query(text('select $1::int as b', [2])), c.query('select 1 / 0'), c.query("select 'after' as c"),
      c.query({ name: 'queued', text: 'select $1::text as d', values: ['x'] }), c.query({ name: 'queued', text: 'select $1::text as d', values: ['y'] })]);
    for (const result of results) result.status === 'fulfilled' ? showResult(result.value) : showError(result.reason);
  },
  async 'many queued queries'(c) {
    const results = await Promise.all(Array.from({ length: 200 }, (_, i) => c.query(text('select $1::int as i', [i]))));
    print(results.reduce((sum, result) => sum + result.rows[0].i, 0));
  },
  async 'cursor'(c) {
    await attempt(c, 'begin');
    const cursor = c.query(new Cursor('select i, repeat($1, i) as t from generate_series(1, 10) i', ['x']));
    print(await cursor.read(3));
    print(await cursor.read(100));
    print(await cursor.read(1));
    await cursor.close();
    await attempt(c, 'commit');
  },
  async 'cursor closed early'(c) {
    const cursor = c.query(new Cursor('select i from generate_series(1, 100000) i'));
    print(await cursor.read(2));
    await cursor.close();
    await attempt(c, "select 'usable'");
  },
  async 'cursor that fails'(c) {
    const cursor = c.query(new Cursor('select 1 / (3 - i) as q from generate_series(1, 5) i'));
    try {
      print(await cursor.read(2));
      print(await cursor.read(2));
    } catch (error) {
      showError(error);
    }
    await attempt(c, "select 'usable'");
  },
  async 'cursor of a mistake'(c) {
    try {
      print(await c.query(new Cursor('selec 1')).read(2));
    } catch (error) {
      showError(error);
    }
    await attempt(c, "select 'usable'");
  },
  async 'query stream'(c) {
    let sum = 0;
    for await (const row of c.query(new QueryStream('select i from generate_series(1, $1) i', [2000], { batchSize: 70 }))) sum += row.i;
    print(sum);
  },
  async 'sql cursor'(c) {
    for (const sql of ['begin', 'declare c scroll cursor for select i from generate_series(1, 10) i', 'fetch 2 from c', 'fetch backward 1 from c',
      'move last in c', 'fetch prior from c', 'close c', 'fetch c', 'rollback']) await attempt(c, sql);
  },
  async 'sql prepare'(c) {
    for (const sql of ['prepare p (int) as select name from entries where id = $1', 'execute p (3)', "execute p ('x')", 'deallocate p', 'execute p (3)'])
      await attempt(c, sql);
  },
  async 'copy in'(c) {
    await attempt(c, 'create temp table copied (i int primary key, t text)');
    const stream = c.query(copyFrom('copy copied from stdin'));
    await pipeline(Readable.from(['1\tone\n2\t', '\\N\n', '3\tü😀\n']), stream);
    print(stream.rowCount);
    const csv = c.query(copyFrom('copy copied from stdin with (format csv, header)'));
    await pipeline(Readable.from(['i,t\n4,"a ""b"""\n']), csv);
    print(csv.rowCount);
    await attempt(c, 'select * from copied order by i');
  },
  async 'copy in that fails'(c) {
    await attempt(c, 'create temp table copied (i int primary key, t text)');
    for (const data of ['x\ty\n', '1\n', '1\ta\n1\tb\n']) {
      try {
        await pipeline(Readable.from([data]), c.query(copyFrom('copy copied from stdin')));
      } catch (error) {
        showError(error);
      }
    }
    try {
      await pipeline(Readable.from(['1\n']), c.query(copyFrom('copy no_such from stdin')));
    } catch (error) {
      showError(error);
    }
    await attempt(c, 'select count(*) from copied');
  },
  async 'copy out'(c) {
    for (const sql of ['copy (select * from every_type order by id) to stdout', 'copy (select id, name from entries where id < 9) to stdout with (format csv, header)',
      'copy (select 1 / (3 - i) from generate_series(1, 5) i) to stdout', 'copy (select i, null from generate_series(1, 3) i) to stdout (format binary)']) {
      const chunks = [];
      try {
        const stream = c.query(copyTo(sql));
        await pipeline(stream, new Writable({ write(chunk, encoding, done) { chunks.push(chunk); done(); } }));
        print(stream.rowCount);
      } catch (error) {
        showError(error);
      }
      const all = Buffer.concat(chunks);
      print(sql.includes('binary') ? all.toString('hex') : all.toString());
    }
  },
  async 'copy large'(c) {
    await attempt(c, 'create temp table copied (i int, t text)');
    function* lines() { for (let i = 0; i < 20000; i++) yield `${i}\t${'row '.repeat(i % 30)}\n`; }
    const stream = c.query(copyFrom('copy copied from stdin'));
    await pipeline(Readable.from(lines()), stream);
    print(stream.rowCount);
    await attempt(c, 'select count(*), sum(length(t)) from copied');
  },
  async 'large values'(c) {
    const large = '0123456789äöü☃'.repeat(30000);
    const { rows } = await c.query(text('select $1::text as t, $2::bytea as b', [large, Buffer.alloc(300000, 7)]));
    print(rows[0].t === large, rows[0].b.length);
  },
  async 'many rows'(c) {
    const { rows } = await c.query("select i, 'row ' || i as t from generate_series(1, 5000) i");
    print(rows.length, rows[4999]);
  },
  async 'wide rows'(c) {
    const { fields, rows } = await c.query('select ' + Array.from({ length: 500 }, (_, i) => `${i} as c${i}`).join(', '));
    print(fields.length, Object.values(rows[0]).reduce((a, b) => a + b));
  },
  async 'notifications'(c) {
    const heard = [];
    c.on('notification', n => heard.push([n.channel, n.payload]));
    await attempt(c, 'listen node_channel');
    await attempt(c, "notify node_channel, 'päyload'");
    await attempt(c, text("select pg_notify('node_channel', $1)", ['second']));
    const end = Date.now() + 20_000;
    while (heard.length < 2 && Date.now() < end) await c.query('select 1');
    print(heard);
  },
  async 'cancel'(c) {
    const sleeping = attempt(c, 'select pg_sleep(60)');
    const watching = new pg.Client();
    await watching.connect();
    for (let asleep = false; !asleep;) {
      const { rows } = await watching.query(`select count(*) > 0 as asleep from pg_stat_activity
        where datname = current_database() and usename = current_user and wait_event = 'PgSleep'`);
      asleep = rows[0].asleep;
    }
    await watching.end();
    const other = new pg.Client();
    const query = c._activeQuery ?? c.activeQuery;
    other.cancel(c, query);
    await sleeping;
    await attempt(c, "select 'usable'");
  },
  async 'statement timeout'(c) {
    await attempt(c, 'set statement_timeout = 100');
    await attempt(c, 'select pg_sleep(5)');
    await attempt(c, "select 'usable'");
  },
  async 'reported parameters'() {
    const statuses = {};
    const client = new pg.Client({ application_name: 'node', options: '-c work_mem=9MB' });
    client.connection.on('parameterStatus', m => { statuses[m.parameterName] = m.parameterValue; });
    await client.connect();
    print(Object.entries(statuses).sort());
    await attempt(client, 'show work_mem');
    await attempt(client, "set timezone = 'Asia/Tokyo'");
    await attempt(client, "set datestyle = 'German'");
    print(Object.entries(statuses).sort());
    await attempt(client, 'reset all');
    print(Object.entries(statuses).sort());
    await client.end();
  },
  async 'settings'(c) {
    for (const sql of ["set work_mem = '7MB'", 'show work_mem', 'discard all', 'show work_mem', 'begin', "set local work_mem = '8MB'", 'show work_mem',
      'commit', 'show work_mem', 'set search_path = pg_catalog', 'show search_path', 'reset search_path']) await attempt(c, sql);
  },
  async 'definitions'(c) {
    for (const sql of ['create temp table made (i int primary key, t text)', 'insert into made select i, md5(i::text) from generate_series(1, 3) i',
      'select * from made', 'alter table made add column n numeric default 1.5', 'select * from made', 'create index on made (t)', 'drop table made'])
      await attempt(c, text(sql, []));
  },
  async 'explain'(c) {
    await attempt(c, 'explain (costs off) select * from entries where id = 1');
    await attempt(c, text('explain (costs off) select * from entries where id = $1', [1]));
  },
  async 'functions'(c) {
    await attempt(c, text('select * from both_ways($1)', [21]));
    await attempt(c, text('select * from series($1, $2)', [1, 3]));
    await attempt(c, "call add_entry('node called')");
    await attempt(c, text('call add_entry($1)', ['node called again']));
  },
  async 'pool'() {
    const pool = new pg.Pool({ max: 3, idleTimeoutMillis: 200 });
    const results = await Promise.all(Array.from({ length: 12 }, (_, i) => pool.query('select $1::int as i', [i])));
    print(results.map(result => result.rows[0].i));
    const client = await pool.connect();
    await attempt(client, 'begin');
    await attempt(client, 'select 1 / 0');
    client.release(true);
    print((await pool.query("select 'fresh' as state")).rows);
    await pool.end();
  },
  async 'wrong sign-in'() {
    for (const wrong of [{ password: 'wrong' }, { database: 'no_such' }, { ssl: { rejectUnauthorized: false } }]) {
      const client = new pg.Client(wrong);
      try {
        await client.connect();
        print('connected');
      } catch (error) {
        showError(error);
      }
      await client.end().catch(() => {});
    }
  },
  async 'terminated'(c) {
    c.on('error', error => print('connection', error.message));
    await attempt(c, 'select pg_terminate_backend(pg_backend_pid())');
    const again = new pg.Client();
    await again.connect();
    await attempt(again, "select 'reconnected'");
    await again.end();
  },
};

for (const [name, operation] of Object.entries(operations)) {
  print('== ' + name);
  const client = new pg.Client();
  await client.connect();
  try {
    await operation(client);
  } catch (error) {
    showError(error);
  }
  await client.end().catch(() => {});
}
