// What somebody does who is shown a column masked.
import pg from 'pg';

const client = new pg.Client();
await client.connect();

async function operation(name, query, values) {
  console.log('==', name);
  try {
    const result = await client.query(query, values);
    console.log(result.command, JSON.stringify(result.rows.map((row) =>
      Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value)))));
  } catch (e) {
    console.log(e.code, e.message, e.detail);
  }
}

await operation('read', 'select id, email from person order by id');
await operation('read binary', { text: 'select email from person where id = $1', values: [1], binary: true });
for (let i = 0; i < 2; i++) {
  await operation('prepared', { name: 'p', text: 'select email from person where id = $1', values: [1] });
}
await operation('error', 'select email::int from person');
await operation('duplicate', 'insert into person select id + $1::int, name, email from person', [10]);
await operation('update', 'update person set name = $1 where id = 2', ['Of Node']);
await operation('begin', 'begin');
await operation('declare', 'declare c cursor for select email from person order by id');
await operation('fetch', 'fetch all from c');
await operation('commit', 'commit');
await operation('at last', "select 'usable', count(*)::int from person");
await client.end();
