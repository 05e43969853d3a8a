// What a Node program does with Sequelize: its models, queries and transactions, with all SQL it makes of them.
import sequelizePackage from 'sequelize';

const { Sequelize, DataTypes, Op, QueryTypes, Transaction } = sequelizePackage;
const print = (...values) => process.stdout.write(values.map(shown).join(' ') + '\n');
const sequelize = new Sequelize(process.env.PGDATABASE, process.env.PGUSER, process.env.PGPASSWORD, {
  host: process.env.PGHOST,
  port: process.env.PGPORT,
  dialect: 'postgres',
  logging: sql => print('sql', sql.replace(/func_[0-9a-f]{32}/g, 'func').replace(/^Executing \((?!default).*?\)/, 'Executing (transaction)')),
  pool: { max: 3, min: 0 },
  define: { timestamps: false },
});

function shown(value) {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (key, v) => {
    if (v && v.type === 'Buffer') return 'bytes ' + Buffer.from(v.data).toString('hex');
    return typeof v === 'bigint' ? v + 'n' : v;
  });
}

async function attempt(work) {
  try {
    print('result', (await work()) ?? null);
  } catch (error) {
    const original = error.original ?? {};
    print('failed', error.name, error.message, { code: original.code, detail: original.detail, constraint: original.constraint });
  }
}

const Maker = sequelize.define('maker', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  name: { type: DataTypes.STRING(40), allowNull: false, unique: true },
  email: { type: DataTypes.STRING, validate: { isEmail: true } },
  mood: DataTypes.ENUM('calm', 'stormy'),
  founded: DataTypes.DATEONLY,
  worth: { type: DataTypes.DECIMAL(12, 2), defaultValue: 0 },
  version: DataTypes.INTEGER,
}, { version: true });
const Thing = sequelize.define('thing', {
  id: { type: DataTypes.UUID, primaryKey: true },
  label: { type: DataTypes.TEXT, field: 'thing_label' },
  document: DataTypes.JSONB,
  plain: DataTypes.JSON,
  tags: DataTypes.ARRAY(DataTypes.TEXT),
  numbers: DataTypes.ARRAY(DataTypes.INTEGER),
  bytes: DataTypes.BLOB,
  at: DataTypes.DATE,
  span: DataTypes.RANGE(DataTypes.INTEGER),
  words: DataTypes.HSTORE,
  ratio: DataTypes.DOUBLE,
  big: DataTypes.BIGINT,
  flag: DataTypes.BOOLEAN,
  address: DataTypes.INET,
  deletedAt: DataTypes.DATE,
}, { paranoid: true, deletedAt: 'deletedAt', timestamps: true, createdAt: false, updatedAt: false, indexes: [{ fields: ['thing_label'] }, { using: 'gin', fields: ['tags'] }] });
const Mark = sequelize.define('mark', { word: { type: DataTypes.STRING, primaryKey: true } });
Maker.hasMany(Thing, { foreignKey: 'makerId', onDelete: 'CASCADE' });
Thing.belongsTo(Maker, { foreignKey: 'makerId' });
Thing.belongsToMany(Mark, { through: 'thing_marks' });
Mark.belongsToMany(Thing, { through: 'thing_marks' });

const key = n => `00000000-0000-1000-8000-0000000000${String(n).padStart(2, '0')}`;
const plain = rows => rows.map(row => row.get({ plain: true }));

const operations = {
  async 'sync'() {
    await attempt(() => sequelize.sync({ force: true }).then(() => 'made'));
    await attempt(() => sequelize.sync().then(() => 'there'));
    await attempt(() => sequelize.sync({ alter: true }).then(() => 'altered'));
  },
  async 'create'() {
    for (let i = 1; i <= 4; i++) {
      await attempt(async () => (await Maker.create({ name: `Maker ${i}`, email: `maker${i}@things.example`, mood: i % 2 ? 'calm' : 'stormy',
        founded: `190${i}-01-0${i}`, worth: `${i}000.25` })).get({ plain: true }));
    }
    for (let i = 1; i <= 10; i++) {
      await attempt(() => Thing.create({ id: key(i), label: `thing ${i} ü`, document: { a: [1, { b: null }], n: i }, plain: [i], tags: ['all', `t${i}`, 'q"u,o'],
        numbers: [i, null], bytes: Buffer.from([0, 255, i]), at: new Date(1.7e12 + i), span: [i, i + 5], words: { k: 'v', n: String(i) }, ratio: i / 8,
        big: '9007199254740993', flag: i % 2 === 0, address: '10.0.0.1', makerId: 1 + i % 4 }).then(() => 'created'));
    }
    await attempt(async () => plain(await Mark.bulkCreate([{ word: 'one' }, { word: 'two' }, { word: 'ünï' }])));
    await attempt(async () => plain(await Mark.bulkCreate([{ word: 'one' }], { ignoreDuplicates: true })));
    await attempt(async () => plain(await Maker.bulkCreate([{ name: 'Maker 1', worth: 7 }], { updateOnDuplicate: ['worth'], conflictAttributes: ['name'] })));
    await attempt(() => Maker.upsert({ name: 'Maker 2', email: 'changed@things.example' }, { conflictFields: ['name'] }).then(([, made]) => made));
    await attempt(() => Maker.findOrCreate({ where: { name: 'Maker 5' }, defaults: { worth: 5 } }).then(([one, made]) => [one.name, made]));
    await attempt(() => Maker.findOrCreate({ where: { name: 'Maker 5' } }).then(([one, made]) => [one.name, made]));
    await attempt(() => Maker.create({ name: 'Maker 1' }));
    await attempt(() => Maker.create({ name: null }));
    await attempt(() => Maker.create({ name: 'x', email: 'none' }));
    await attempt(() => Maker.create({ name: 'x'.repeat(41) }));
    await attempt(() => Thing.create({ id: key(99), makerId: 999 }));
    await attempt(() => sequelize.query("insert into makers (name, mood) values ('odd', 'odd')"));
  },
  async 'find'() {
    const all = { order: ['id'] };
    for (const where of [
      { label: 'thing 1 ü' }, { label: { [Op.like]: 'thing%' } }, { label: { [Op.iLike]: 'THING 2%' } }, { label: { [Op.startsWith]: 'thing 3' } },
      { label: { [Op.regexp]: '^thing [12] ' } }, { label: { [Op.in]: ['x', 'thing 4 ü'] } }, { label: { [Op.notIn]: ['x'] } }, { label: { [Op.is]: null } },
      { label: { [Op.any]: ['thing 5 ü'] } }, { ratio: { [Op.between]: [0.2, 0.6] } }, { ratio: { [Op.gt]: 0.5, [Op.lt]: 1 } }, { [Op.or]: [{ flag: true }, { ratio: 0.125 }] },
      { [Op.not]: { flag: true } }, { tags: { [Op.contains]: ['t1'] } }, { tags: { [Op.overlap]: ['t2', 't3'] } }, { numbers: { [Op.contained]: [1, 2, 3] } },
      { 'document.n': 4 }, { document: { a: { [Op.ne]: null } } }, { document: { [Op.contains]: { n: 5 } } }, { span: { [Op.contains]: 7 } },
      { span: { [Op.overlap]: [1, 3] } }, { bytes: Buffer.from([0, 255, 6]) }, { at: { [Op.gte]: new Date(1.7e12 + 9) } }, { id: key(7) },
      sequelize.where(sequelize.fn('length', sequelize.col('thing_label')), 10), { [Op.and]: [sequelize.literal("words -> 'k' = 'v'"), { flag: false }] }]) {
      await attempt(async () => plain(await Thing.findAll({ where, attributes: ['id', 'label'], ...all })));
    }
    await attempt(async () => plain(await Thing.findAll(all)));
    await attempt(async () => (await Thing.findByPk(key(1))).label);
    await attempt(() => Thing.findByPk(key(98)));
    await attempt(async () => (await Maker.findOne({ where: { mood: 'stormy' }, order: [['name', 'DESC']] })).name);
    await attempt(async () => plain(await Maker.findAll({ order: [['mood', 'DESC NULLS LAST'], ['id', 'ASC']], limit: 2, offset: 1 })));
    await attempt(async () => (({ count, rows }) => [count, rows.length])(await Thing.findAndCountAll({ limit: 3 })));
    for (const [name, column] of [['count', 'id'], ['sum', 'ratio'], ['min', 'at'], ['max', 'big']]) {
      await attempt(() => Thing[name](column));
      await attempt(() => Thing[name](column, { where: { flag: true } }));
    }
  },
  async 'include'() {
    for (const options of [
      { include: Thing }, { include: { model: Thing, required: true, where: { flag: true } } }, { include: { model: Thing, separate: true, order: ['id'] } },
      { include: { model: Thing, include: [Mark] } }, { include: { model: Thing, attributes: [] }, limit: 2, subQuery: false },
      { include: { model: Thing, limit: 1, order: ['id'] } }, { include: { model: Thing, right: true } }]) {
      await attempt(async () => (await Maker.findAll({ order: ['id'], ...options })).map(m => [m.name, (m.things ?? []).map(t => t.label).sort()]));
    }
    await attempt(async () => (await Thing.findAll({ include: Maker, order: [[Maker, 'name'], ['id']] })).map(t => [t.label, t.maker?.name]));
    await attempt(async () => plain(await Thing.findAll({ attributes: ['makerId', [sequelize.fn('count', sequelize.col('id')), 'n']], group: 'makerId',
      having: sequelize.where(sequelize.fn('count', sequelize.col('id')), { [Op.gt]: 1 }), order: ['makerId'] })));
    await attempt(async () => plain(await Thing.findAll({ attributes: ['id', [sequelize.literal('row_number() over (partition by "makerId" order by id)'), 'place']], order: ['id'] })));
    await attempt(async () => {
      const thing = await Thing.findByPk(key(1));
      const marks = await Mark.findAll({ order: ['word'] });
      await thing.setMarks(marks);
      await thing.removeMark(marks[0]);
      await thing.addMark('one');
      return [await thing.countMarks(), await thing.hasMark('two'), (await thing.getMarks({ order: ['word'] })).map(m => m.word), (await thing.getMaker()).name];
    });
  },
  async 'change'() {
    await attempt(async () => {
      const maker = await Maker.findByPk(1);
      maker.worth = 99;
      await maker.save();
      await maker.update({ mood: null });
      await maker.increment('worth', { by: 2 });
      await maker.reload();
      return maker.get({ plain: true });
    });
    await attempt(async () => {
      const [one, two] = [await Maker.findByPk(2), await Maker.findByPk(2)];
      await one.update({ worth: 1 });
      return two.update({ worth: 2 });
    });
    await attempt(() => Thing.update({ flag: true, tags: ['new'] }, { where: { flag: false } }));
    await attempt(() => Thing.update({ ratio: sequelize.literal('ratio * 2') }, { where: { id: key(1) }, returning: ['id', 'ratio'] }).then(([n, rows]) => [n, plain(rows)]));
    await attempt(() => Thing.destroy({ where: { id: key(10) } }));
    await attempt(() => Thing.count());
    await attempt(() => Thing.count({ paranoid: false }));
    await attempt(() => Thing.restore({ where: { id: key(10) } }).then(() => 'restored'));
    await attempt(() => Thing.destroy({ where: { id: key(9) }, force: true }));
    await attempt(() => Maker.destroy({ where: { name: 'Maker 4' } }));
    await attempt(() => Mark.truncate({ cascade: true }).then(() => 'truncated'));
    await attempt(() => Maker.decrement({ worth: 1 }, { where: { id: [1, 2] } }).then(() => 'less'));
  },
  async 'transactions'() {
    await attempt(() => sequelize.transaction(async transaction => {
      await Mark.create({ word: 'kept' }, { transaction });
      return 'committed';
    }));
    await attempt(() => sequelize.transaction(async transaction => {
      await Mark.create({ word: 'lost' }, { transaction });
      await Mark.create({ word: 'lost' }, { transaction });
    }));
    for (const isolationLevel of Object.values(Transaction.ISOLATION_LEVELS)) {
      await attempt(() => sequelize.transaction({ isolationLevel }, async transaction => (await sequelize.query('show transaction_isolation', { transaction }))[0]));
    }
    await attempt(() => sequelize.transaction({ type: 'DEFERRED' }, transaction => Mark.count({ transaction })));
    await attempt(() => sequelize.transaction(async outer => {
      await Mark.create({ word: 'outer' }, { transaction: outer });
      await sequelize.transaction({ transaction: outer }, async inner => {
        await Mark.create({ word: 'inner' }, { transaction: inner });
        throw new Error('undone');
      }).catch(() => {});
      return plain(await Mark.findAll({ transaction: outer, order: ['word'] }));
    }));
    await attempt(async () => {
      const transaction = await sequelize.transaction();
      await Mark.create({ word: 'by hand' }, { transaction });
      await transaction.rollback();
      return Mark.count();
    });
    await attempt(() => sequelize.transaction({ readOnly: true }, transaction => Mark.create({ word: 'never' }, { transaction })));
  },
  async 'locks'() {
    const first = await sequelize.transaction();
    await Maker.findByPk(1, { transaction: first, lock: first.LOCK.UPDATE });
    for (const options of [{ lock: Transaction.LOCK.UPDATE, skipLocked: true }, { lock: Transaction.LOCK.NO_KEY_UPDATE, skipLocked: true }, { lock: Transaction.LOCK.KEY_SHARE, skipLocked: true }]) {
      await attempt(() => sequelize.transaction(async transaction => (await Maker.findAll({ ...options, order: ['id'], transaction })).map(m => m.id)));
    }
    await attempt(() => sequelize.transaction(async transaction => {
      await sequelize.query("set local lock_timeout = '50ms'", { transaction });
      return Maker.update({ worth: 3 }, { where: { id: 1 }, transaction });
    }));
    await first.rollback();
  },
  async 'raw queries'() {
    await attempt(() => sequelize.query('select :a::int as a, :b as b', { replacements: { a: 1, b: "it's" }, type: QueryTypes.SELECT }));
    await attempt(() => sequelize.query('select $1::int as a, $x::text as b', { bind: { 1: 1, x: 'x' }, type: QueryTypes.SELECT }));
    await attempt(() => sequelize.query('select * from makers where id in (:ids) order by id', { replacements: { ids: [1, 2] }, model: Maker, mapToModel: true }).then(plain));
    await attempt(() => sequelize.query('update makers set worth = 0 where id = 2 returning id', { type: QueryTypes.UPDATE }));
    await attempt(() => sequelize.query("insert into marks values ('raw') returning *", { type: QueryTypes.INSERT }));
    for (const sql of ['select 1 / 0', 'select * from no_such', 'selec 1', "delete from marks where word = 'raw'; select 1 as one"]) {
      await attempt(() => sequelize.query(sql));
    }
  },
  async 'interface'() {
    const queries = sequelize.getQueryInterface();
    await attempt(() => queries.showAllTables().then(tables => tables.map(t => t.tableName ?? t).sort()));
    await attempt(() => queries.describeTable('things'));
    await attempt(() => queries.describeTable('every_type').then(columns => Object.keys(columns)));
    await attempt(() => queries.showIndex('things').then(all => all.map(i => [i.name, i.unique, i.fields.map(f => f.attribute)])));
    await attempt(() => queries.getForeignKeyReferencesForTable('things'));
    await attempt(() => queries.createTable('drafts', { id: { type: DataTypes.INTEGER, primaryKey: true }, a: DataTypes.STRING }).then(() => 'made'));
    await attempt(() => queries.addColumn('drafts', 'b', { type: DataTypes.INTEGER, defaultValue: 3 }).then(() => 'added'));
    await attempt(() => queries.changeColumn('drafts', 'b', { type: DataTypes.BIGINT, allowNull: false }).then(() => 'changed'));
    await attempt(() => queries.changeColumn('drafts', 'a', { type: DataTypes.ENUM('x', 'y') }).then(() => 'changed'));
    await attempt(() => queries.renameColumn('drafts', 'b', 'c').then(() => 'renamed'));
    await attempt(() => queries.addIndex('drafts', ['c'], { name: 'by_c', concurrently: true }).then(() => 'indexed'));
    await attempt(() => queries.addConstraint('drafts', { fields: ['c'], type: 'check', name: 'c_is_small', where: { c: { [Op.lt]: 10 } } }).then(() => 'checked'));
    await attempt(() => queries.bulkInsert('drafts', [{ id: 1, c: 2 }, { id: 2, c: 3 }]).then(() => 'filled'));
    await attempt(() => queries.bulkInsert('drafts', [{ id: 3, c: 20 }]));
    await attempt(() => queries.bulkUpdate('drafts', { c: 4 }, { id: 1 }).then(() => 'filled'));
    await attempt(() => queries.bulkDelete('drafts', { id: 2 }).then(() => 'less'));
    await attempt(() => queries.removeConstraint('drafts', 'c_is_small').then(() => 'unchecked'));
    await attempt(() => queries.removeColumn('drafts', 'a').then(() => 'removed'));
    await attempt(() => queries.createFunction('sq_doubled', [{ type: 'integer', name: 'i' }], 'integer', 'plpgsql', 'return i * 2;').then(() => 'made'));
    await attempt(() => sequelize.query('select sq_doubled(21)', { type: QueryTypes.SELECT }));
    await attempt(() => queries.dropFunction('sq_doubled', [{ type: 'integer' }]).then(() => 'dropped'));
    await attempt(() => queries.renameTable('drafts', 'kept').then(() => 'renamed'));
    await attempt(() => queries.dropTable('kept').then(() => 'dropped'));
    await attempt(() => sequelize.databaseVersion().then(version => /^\d+/.test(version)));
    await attempt(() => sequelize.authenticate().then(() => 'there'));
  },
  async 'drop'() {
    await attempt(() => sequelize.drop().then(() => 'dropped'));
  },
};

for (const [name, operation] of Object.entries(operations)) {
  print('== ' + name);
  await attempt(operation);
}
await sequelize.close();
