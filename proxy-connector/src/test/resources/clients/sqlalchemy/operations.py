"""What a Python program does with SQLAlchemy, by expressions and by objects: all SQL it makes of that and all it gets back, printed."""

import enum
import sys
import uuid
import warnings
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import event, func, select
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import (Session, aliased, contains_eager, declarative_base, joinedload, relationship, selectinload, subqueryload)

warnings.simplefilter("ignore")
engine = sa.create_engine("postgresql+psycopg2://", future=True, pool_size=3, max_overflow=2)
metadata = sa.MetaData()
Base = declarative_base(metadata=metadata)
operations = []


def operation(function):
    operations.append(function)
    return function


@event.listens_for(engine, "before_cursor_execute")
def shown(connection, cursor, statement, parameters, context, executemany):
    print("sql", " ".join(statement.split()), "many" if executemany else "")


class Mood(enum.Enum):
    calm = 1
    stormy = 2


class Writer(Base):
    __tablename__ = "writer"
    id = sa.Column(sa.Integer, primary_key=True)
    version = sa.Column(sa.Integer, nullable=False)
    name = sa.Column(sa.String(60), nullable=False, index=True)
    email = sa.Column(sa.Text, unique=True)
    mood = sa.Column(sa.Enum(Mood, name="writer_mood"))
    born = sa.Column(sa.Date)
    fee = sa.Column(sa.Numeric(12, 2), sa.CheckConstraint("fee >= 0", name="fee_is_positive"))
    works = relationship("Work", back_populates="writer", cascade="all, delete-orphan", order_by="Work.title")
    __mapper_args__ = {"version_id_col": version}

    def __repr__(self):
        return f"Writer({self.id}, v{self.version}, {self.name}, {self.email}, {self.mood}, {self.born}, {self.fee})"


work_label = sa.Table(
    "work_label", metadata,
    sa.Column("work_id", sa.ForeignKey("work.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("label_id", sa.ForeignKey("label.id"), primary_key=True))


class Label(Base):
    __tablename__ = "label"
    id = sa.Column(sa.Integer, sa.Identity(start=10), primary_key=True)
    text = sa.Column(sa.Text, nullable=False, unique=True)


class Work(Base):
    __tablename__ = "work"
    id = sa.Column(sa.BigInteger, sa.Sequence("work_numbers", start=100), primary_key=True)
    title = sa.Column(sa.Text, nullable=False)
    kind = sa.Column(sa.String(10), nullable=False)
    price = sa.Column(sa.Numeric(8, 2))
    written = sa.Column(sa.DateTime(timezone=True))
    writer_id = sa.Column(sa.ForeignKey("writer.id"))
    writer = relationship("Writer", back_populates="works")
    labels = relationship("Label", secondary=work_label, order_by="Label.text")
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "work"}
    __table_args__ = (sa.Index("work_lower_title", func.lower(title)), {"comment": "what writers write"})


class Play(Work):
    __tablename__ = "play"
    id = sa.Column(sa.ForeignKey("work.id"), primary_key=True)
    acts = sa.Column(sa.SmallInteger)
    __mapper_args__ = {"polymorphic_identity": "play"}


class Poem(Work):
    __mapper_args__ = {"polymorphic_identity": "poem"}


typed = sa.Table(
    "typed", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("document", pg.JSONB), sa.Column("plain", sa.JSON), sa.Column("numbers", pg.ARRAY(sa.Integer)),
    sa.Column("texts", pg.ARRAY(sa.Text, dimensions=2)), sa.Column("key", pg.UUID(as_uuid=True)), sa.Column("took", sa.Interval),
    sa.Column("bytes", sa.LargeBinary), sa.Column("address", pg.INET), sa.Column("span", pg.INT4RANGE), sa.Column("days", pg.DATERANGE),
    sa.Column("words", pg.HSTORE), sa.Column("found", pg.TSVECTOR), sa.Column("bits", pg.BIT(4)), sa.Column("flag", sa.Boolean),
    sa.Column("ratio", sa.Float), sa.Column("clock", sa.Time), sa.Column("moment", sa.DateTime),
    sa.Column("doubled", sa.Integer, sa.Computed("id * 2")))


def show(result):
    if result.returns_rows:
        rows = result.fetchall()
        print("columns", list(result.keys()))
        for row in rows:
            print("row", repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)))
    print("count", result.rowcount)


def failed(error):
    print("failed", type(error).__name__, str(error).replace("\n", " / "))
    original = getattr(error, "orig", None)
    if original is not None and getattr(original, "diag", None) is not None:
        print("    sqlstate", original.pgcode, "detail", original.diag.message_detail, "constraint", original.diag.constraint_name)


def attempt(statement, values=None, connection=None):
    try:
        if connection is None:
            with engine.begin() as own:
                show(own.execute(statement, values) if values is not None else own.execute(statement))
        else:
            show(connection.execute(statement, values) if values is not None else connection.execute(statement))
    except sa.exc.SQLAlchemyError as error:
        failed(error)


@operation
def create_all():
    metadata.create_all(engine)
    metadata.create_all(engine)


@operation
def insert_and_returning():
    label = Label.__table__
    attempt(label.insert().values(text="new"))
    attempt(label.insert().returning(label.c.id, label.c.text), {"text": "returned"})
    attempt(label.insert().values([{"text": "one"}, {"text": "two"}, {"text": "ünï"}]))
    with engine.begin() as connection:
        result = connection.execute(label.insert(), {"text": "keyed"})
        print(result.inserted_primary_key)
    attempt(label.insert(), [{"text": "many %d" % i} for i in range(5)])
    attempt(label.insert().from_select(["text"], select(func.upper(label.c.text)).where(label.c.text.like("many%"))))
    attempt(label.insert(), {"text": "one"})


@operation
def on_conflict():
    label = Label.__table__
    statement = pg.insert(label).values(text="one")
    attempt(statement.on_conflict_do_nothing())
    attempt(statement.on_conflict_do_update(index_elements=["text"], set_={"text": statement.excluded.text + "!"}).returning(label))
    attempt(statement.on_conflict_do_update(constraint="label_text_key", set_={"text": "x"}, where=label.c.id > 1000))


@operation
def types():
    values = {"id": 1, "document": {"a": [1, None, "ü"], "b": {"c": 1.5}}, "plain": [1, {"x": None}], "numbers": [1, None, 3],
              "texts": [["a", "b\"c"], ["d,e", None]], "key": uuid.UUID(int=7), "took": timedelta(days=1, seconds=3, microseconds=5),
              "bytes": bytes(range(256)), "address": "10.1.2.3/8", "span": "[1,5)", "days": "[2026-01-01,2026-02-01)",
              "words": {"k": "v", "n": None}, "found": "a fat cat", "bits": "1010", "flag": True, "ratio": 0.1,
              "clock": datetime(2026, 1, 1, 2, 3, 4).time(), "moment": datetime(2026, 1, 1, 2, 3, 4, 5)}
    attempt(typed.insert(), values)
    attempt(typed.insert(), {"id": 2})
    attempt(typed.insert(), {"id": 3, "document": None, "plain": sa.null(), "numbers": [], "words": {}, "bytes": b""})
    attempt(select(typed).order_by(typed.c.id))
    attempt(select(typed.c.document["a"], typed.c.document["a"][2].astext, typed.c.document[("b", "c")].as_float()))
    attempt(select(typed.c.id).where(typed.c.document.contains({"b": {"c": 1.5}})))
    attempt(select(typed.c.id).where(typed.c.document.has_key("a")))
    attempt(select(typed.c.numbers[1], func.array_length(typed.c.numbers, 1), typed.c.numbers.contains([1])).order_by(typed.c.id))
    attempt(select(typed.c.id).where(sa.literal(3) == sa.any_(typed.c.numbers)))
    attempt(select(typed.c.words["k"], typed.c.words.has_key("n")).order_by(typed.c.id))
    attempt(select(typed.c.span.contains(3), typed.c.days.overlaps("[2026-01-15,2026-03-01)")).order_by(typed.c.id))
    attempt(select(typed.c.id).where(typed.c.found.match("cat")))
    attempt(select(sa.cast("5", sa.Integer), sa.type_coerce(1, sa.Text), sa.literal_column("1.5"), sa.null(), sa.true()))
    attempt(typed.update().where(typed.c.id == 1).values(numbers=typed.c.numbers + [4], document=typed.c.document.concat({"z": 1})))
    attempt(select(typed.c.numbers, typed.c.document, typed.c.doubled).where(typed.c.id == 1))


@operation
def objects():
    with Session(engine, future=True) as session:
        labels = {text: session.execute(select(Label).where(Label.text == text)).scalar_one() for text in ("two", "new")}
        for i in range(1, 5):
            writer = Writer(name=f"Writer {i}", email=f"writer{i}@books.example", mood=Mood.calm if i % 2 else Mood.stormy,
                            born=date(1900 + i, i, i), fee=Decimal("100.25") * i)
            for j in range(1, i + 1):
                cls = Play if j % 2 else Poem
                work = cls(title=f"Work {i}.{j}", price=Decimal(f"{i}{j}.50"), written=datetime(2026, i, j, tzinfo=timezone.utc))
                work.labels.append(labels["two" if j % 2 else "new"])
                if cls is Play:
                    work.acts = j
                writer.works.append(work)
            session.add(writer)
            session.flush()
        session.commit()
        for writer in session.execute(select(Writer).order_by(Writer.id)).scalars():
            print(writer, [(type(work).__name__, work.title, [label.text for label in work.labels]) for work in writer.works])


@operation
def loading():
    for option in (None, selectinload(Writer.works), joinedload(Writer.works), subqueryload(Writer.works),
                   selectinload(Writer.works).selectinload(Work.labels), selectinload(Writer.works.of_type(Play))):
        with Session(engine, future=True) as session:
            query = select(Writer).order_by(Writer.id)
            for writer in session.execute(query if option is None else query.options(option)).unique().scalars():
                print(writer.name, [work.title for work in writer.works])
    with Session(engine, future=True) as session:
        query = select(Work).join(Work.writer).options(contains_eager(Work.writer)).where(Writer.name > "Writer 2").order_by(Work.id)
        print([(work.title, work.writer.name) for work in session.execute(query).scalars()])
        print(session.get(Writer, 1), session.get(Writer, 1), session.get(Writer, 999))
        polymorphic = sa.orm.with_polymorphic(Work, "*")
        print([(work.title, getattr(work, "acts", None)) for work in session.execute(select(polymorphic).order_by(polymorphic.id)).scalars()])


@operation
def selects():
    writer, work = Writer.__table__, Work.__table__
    other = aliased(Writer)
    top = select(work.c.writer_id, func.max(work.c.price).label("most")).group_by(work.c.writer_id).subquery()
    chain = select(sa.literal(1).label("n")).cte("chain", recursive=True)
    chain = chain.union_all(select(chain.c.n + 1).where(chain.c.n < 5))
    lateral = select(work.c.title).where(work.c.writer_id == writer.c.id).order_by(work.c.price.desc()).limit(1).lateral("best")
    window = {"partition_by": work.c.writer_id, "order_by": work.c.id}
    for statement in (
            select(writer.c.name, func.count(work.c.id)).outerjoin(work, work.c.writer_id == writer.c.id).group_by(writer.c.name).order_by(writer.c.name),
            select(writer.c.name, top.c.most).join(top, top.c.writer_id == writer.c.id).order_by(writer.c.id),
            select(chain.c.n),
            select(writer.c.name, lateral.c.title).join(lateral, sa.true()).order_by(writer.c.id),
            select(work.c.title, func.row_number().over(**window), func.lag(work.c.price).over(**window)).order_by(work.c.id),
            select(work.c.title, func.sum(work.c.price).over(order_by=work.c.id, rows=(-1, 1))).order_by(work.c.id),
            select(func.percentile_cont(0.5).within_group(work.c.price), func.count().filter(work.c.price > 20)).select_from(work),
            select(func.array_agg(pg.aggregate_order_by(work.c.title, work.c.title.desc()))),
            select(func.string_agg(work.c.title, ", ")).where(work.c.writer_id == 1),
            sa.union(select(writer.c.name), select(work.c.title)).order_by("name").limit(4),
            select(writer.c.id).except_(select(work.c.writer_id)), select(writer.c.id).intersect(select(work.c.writer_id)).order_by("id"),
            select(sa.case((work.c.price > 40, "dear"), (work.c.price.is_(None), "free"), else_="cheap"), func.coalesce(work.c.price, 0)).order_by(work.c.id),
            select(writer.c.name).where(sa.exists().where(work.c.writer_id == writer.c.id, work.c.price > 40)).order_by(writer.c.name),
            select(writer.c.name).where(writer.c.id.in_([1, 2, 3]), writer.c.name.ilike("%WRITER%"), sa.not_(writer.c.email.is_(None))).order_by(writer.c.id),
            select(writer.c.id).where(writer.c.id.in_([])), select(writer.c.name).distinct(writer.c.mood).order_by(writer.c.mood, writer.c.id),
            select(sa.extract("year", writer.c.born), func.date_trunc("month", writer.c.born), writer.c.born + timedelta(days=1)).order_by(writer.c.id),
            select(sa.tuple_(writer.c.id, writer.c.name)).where(sa.tuple_(writer.c.id, writer.c.name).in_([(1, "Writer 1"), (2, "x")])),
            select(Writer.name, other.name).join(other, other.id == Writer.id + 1).order_by(Writer.id),
            select(func.generate_series(1, 3)), select(func.json_each_text(sa.cast('{"a": "1"}', sa.JSON)).table_valued("key", "value")),
            select(sa.values(sa.column("a", sa.Integer), sa.column("b", sa.Text), name="v").data([(1, "x"), (2, "y")])),
            select(func.grouping(writer.c.mood), func.count()).group_by(func.rollup(writer.c.mood)).order_by(sa.literal_column("2"), sa.literal_column("1")),
            select(writer.c.name).order_by(writer.c.mood.desc().nullslast(), writer.c.name).offset(1).limit(2),
            select(writer.c.name).order_by(writer.c.id).fetch(2, with_ties=True), select(sa.func.current_schema(), sa.func.version().op("~")("Postgre"))):
        attempt(statement)
    attempt(select(writer).tablesample(func.system(100)) if hasattr(select(writer), "tablesample") else select(sa.tablesample(writer, 100).c.name))


@operation
def changes():
    writer, work = Writer.__table__, Work.__table__
    attempt(writer.update().where(writer.c.id == 1).values(fee=writer.c.fee * 2).returning(writer.c.id, writer.c.fee))
    attempt(work.update().values(title=writer.c.name + ": " + work.c.title).where(work.c.writer_id == writer.c.id, writer.c.id == 2))
    attempt(work.update().where(work.c.id == sa.bindparam("key")).values(price=sa.bindparam("cost")), [{"key": 100, "cost": 1}, {"key": 101, "cost": 2}])
    attempt(work.delete().where(work.c.writer_id == writer.c.id, writer.c.name == "nobody"))
    moved = work.delete().where(work.c.price > 9999).returning(work.c.id).cte("moved")
    attempt(select(func.count()).select_from(moved))
    attempt(writer.update().values(fee=-1))
    with Session(engine, future=True) as session:
        print(session.execute(sa.update(Writer).where(Writer.name == "Writer 3").values(mood=Mood.calm).execution_options(synchronize_session="fetch")).rowcount)
        print(session.execute(sa.delete(Label).where(Label.text.like("MANY%")).execution_options(synchronize_session=False)).rowcount)
        session.commit()


@operation
def unit_of_work():
    with Session(engine, future=True) as session:
        writer = session.get(Writer, 4)
        writer.name = "Renamed"
        del writer.works[0]
        writer.works.append(Poem(title="Late", price=1))
        session.commit()
        session.refresh(writer)
        print(writer, [work.title for work in writer.works])
        session.expire_all()
        print(writer.name)
        session.delete(session.get(Writer, 2))
        session.commit()
        print(session.execute(select(func.count()).select_from(Work)).scalar())
        session.bulk_insert_mappings(Label, [{"text": f"bulk {i}"} for i in range(30)])
        session.bulk_save_objects([Label(text="saved")])
        session.bulk_update_mappings(Writer, [{"id": 1, "version": 1, "name": "Bulk"}])
        session.commit()


@operation
def stale():
    with Session(engine, future=True) as one, Session(engine, future=True) as two:
        first, second = one.get(Writer, 1), two.get(Writer, 1)
        first.name = "first"
        one.commit()
        second.name = "second"
        try:
            two.commit()
        except sa.orm.exc.StaleDataError as error:
            failed(error)


@operation
def locks():
    with Session(engine, future=True) as one, Session(engine, future=True) as two:
        print(one.execute(select(Writer).where(Writer.id == 1).with_for_update()).scalar_one())
        for lock in ({"nowait": True}, {"skip_locked": True}, {"read": True, "nowait": True}, {"key_share": True, "skip_locked": True}):
            try:
                print(two.execute(select(Writer.id).where(Writer.id < 4).order_by(Writer.id).with_for_update(**lock)).all())
            except sa.exc.SQLAlchemyError as error:
                failed(error)
            two.rollback()
        two.execute(sa.text("set local lock_timeout = '50ms'"))
        try:
            two.execute(sa.update(Writer).where(Writer.id == 1).values(name="waits").execution_options(synchronize_session=False))
        except sa.exc.SQLAlchemyError as error:
            failed(error)


@operation
def transactions():
    with engine.connect() as connection:
        outer = connection.begin()
        attempt(Label.__table__.insert(), {"text": "outer"}, connection)
        inner = connection.begin_nested()
        attempt(Label.__table__.insert(), {"text": "outer"}, connection)
        inner.rollback()
        with connection.begin_nested():
            attempt(Label.__table__.insert(), {"text": "inner"}, connection)
        attempt(select(Label.text).where(Label.text.in_(["outer", "inner"])).order_by(Label.text), None, connection)
        attempt(sa.text("select 1 / 0"), None, connection)
        attempt(sa.text("select 1"), None, connection)
        outer.rollback()
        print(connection.in_transaction(), connection.closed, connection.invalidated)
    for level in ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "AUTOCOMMIT"):
        with engine.connect().execution_options(isolation_level=level) as connection:
            attempt(sa.text("show transaction_isolation"), None, connection)
            print(connection.get_isolation_level())
    with engine.connect().execution_options(postgresql_readonly=True, postgresql_deferrable=True) as connection:
        attempt(Label.__table__.insert(), {"text": "never"}, connection)
    with Session(engine, future=True) as session:
        session.add(Label(text="kept"))
        with session.begin_nested():
            session.add(Label(text="nested"))
        try:
            with session.begin_nested():
                session.add(Label(text="kept"))
        except sa.exc.IntegrityError as error:
            failed(error)
        session.commit()


@operation
def streaming():
    series = select(func.generate_series(1, 2500).label("i")).subquery()
    with engine.connect().execution_options(stream_results=True, max_row_buffer=100) as connection:
        result = connection.execute(select(series.c.i))
        print(sum(row.i for row in result))
    with Session(engine, future=True) as session:
        result = session.execute(select(Label).order_by(Label.id).execution_options(yield_per=7))
        print([len(part) for part in result.scalars().partitions()])


@operation
def inspection():
    inspector = sa.inspect(engine)
    print(inspector.default_schema_name, sorted(name for name in inspector.get_schema_names() if not name.startswith("pg_")))
    for table in ("writer", "work", "play", "label", "work_label", "typed", "every_type", "customers"):
        for name in ("columns", "pk_constraint", "foreign_keys", "indexes", "unique_constraints", "check_constraints", "table_comment"):
            found = getattr(inspector, "get_" + name)(table)
            for one in found if isinstance(found, list) else [found]:
                print(table, name, sorted((k, repr(v)) for k, v in one.items() if k != "dialect_options"))
    print(sorted(inspector.get_view_names()), sorted(inspector.get_sequence_names() if hasattr(inspector, "get_sequence_names") else []))
    for view in sorted(inspector.get_view_names()):
        print(view, inspector.get_view_definition(view))
    print([(one["name"], one["labels"]) for one in inspector.get_enums()])
    print(inspector.has_table("writer"), inspector.has_table("no_such"))


@operation
def reflection():
    reflected = sa.MetaData()
    reflected.reflect(engine, views=True)
    for table in sorted(reflected.tables.values(), key=lambda one: one.name):
        print(table.name, [(column.name, str(column.type), column.nullable, column.primary_key) for column in table.columns])
    attempt(select(reflected.tables["writer"]).order_by(reflected.tables["writer"].c.id))
    one = sa.Table("work", sa.MetaData(), autoload_with=engine)
    print(sorted(str(key.column) for key in one.foreign_keys))


@operation
def text_and_functions():
    for sql in ("select :a || :b", "select * from writer where name = :a order by id", "select 1 as a, 2 as a", "select '\\:x'"):
        attempt(sa.text(sql), {"a": "Writer 3", "b": "y"})
    attempt(sa.text("create function sa_doubled(i integer) returns integer language sql as 'select i * 2'"))
    attempt(select(func.sa_doubled(21)))
    attempt(sa.text("do $$ begin raise notice 'noticed'; end $$"))
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.callproc("sa_doubled", (4,))
        print(raw.fetchall())
        print([notice.strip() for notice in connection.connection.dbapi_connection.notices])
    for sql in ("select 1 / 0", "select * from no_such", "selec 1", "insert into writer (name) values (null)", "select no_such(1)"):
        attempt(sa.text(sql))


@operation
def schema_changes():
    for sql in ("create schema drafts", "alter table label add column weight integer default 3", "create index on label (weight)",
                "comment on column label.weight is 'how heavy'", "create view heavy as select * from label where weight > 2",
                "create materialized view counted as select count(*) from label", "refresh materialized view counted",
                "alter table label rename column weight to mass", "alter type writer_mood add value 'wild'"):
        attempt(sa.text(sql))
    attempt(sa.schema.CreateTable(sa.Table("draft", sa.MetaData(schema="drafts"), sa.Column("id", sa.Integer, primary_key=True))))
    attempt(sa.schema.CreateSequence(sa.Sequence("made")))
    attempt(select(sa.Sequence("made").next_value()))
    attempt(sa.schema.DropSequence(sa.Sequence("made")))
    inspector = sa.inspect(engine)
    print(inspector.get_table_names("drafts"), inspector.get_columns("label")[-1]["name"])


@operation
def drop_all():
    attempt(sa.text("drop materialized view counted"))
    attempt(sa.text("drop view heavy"))
    metadata.drop_all(engine)


def main():
    sys.stdout.reconfigure(line_buffering=True, encoding="utf-8")
    for function in operations:
        print("== " + function.__name__.replace("_", " "))
        try:
            function()
        except Exception as error:
            failed(error)
    engine.dispose()


main()
