"""What a Python program does with Django: migrations, its models and what it makes of the tables of others, all SQL printed."""

import contextlib
import datetime
import io
import os
import pathlib
import re
import shutil
import sys
import uuid
from decimal import Decimal

import django
from django.conf import settings

PROJECT = pathlib.Path.cwd() / "project"

MODELS = '''
from django.contrib.postgres import fields as pg
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class Publisher(models.Model):
    name = models.CharField(max_length=60, unique=True)
    email = models.EmailField(null=True, db_index=True)
    founded = models.DateField(null=True)
    worth = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(check=Q(worth__gte=0), name="worth_is_positive")]


class Genre(models.Model):
    slug = models.SlugField(primary_key=True)


class Title(models.Model):
    key = models.UUIDField(unique=True)
    text = models.TextField(help_text="as printed", db_column="title_text")
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="titles")
    genres = models.ManyToManyField(Genre, through="Shelved")
    price = models.DecimalField(max_digits=8, decimal_places=2)
    printed = models.BooleanField(default=True)
    pages = models.PositiveSmallIntegerField(null=True)
    weight = models.FloatField(null=True)
    made = models.DateTimeField(null=True)
    took = models.DurationField(null=True)
    cover = models.BinaryField(null=True)
    address = models.GenericIPAddressField(null=True)
    document = models.JSONField(default=dict)
    tags = pg.ArrayField(models.CharField(max_length=20), default=list)
    grid = pg.ArrayField(pg.ArrayField(models.IntegerField()), null=True)
    words = pg.HStoreField(null=True)
    sold = pg.IntegerRangeField(null=True)
    season = pg.DateRangeField(null=True)
    found = SearchVectorField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["tags"]), BrinIndex(fields=["made"]), models.Index(fields=["publisher", "-price"], name="dearest"),
                   models.Index(fields=["text"], name="printed_only", condition=Q(printed=True))]
        constraints = [models.UniqueConstraint(fields=["publisher", "text"], name="one_title")]


class Shelved(models.Model):
    title = models.ForeignKey(Title, on_delete=models.CASCADE)
    genre = models.ForeignKey(Genre, on_delete=models.PROTECT)
    place = models.IntegerField()


class Novel(Title):
    chapters = models.IntegerField(default=1)


class Loan(models.Model):
    reader = models.CharField(max_length=30)
    days = pg.DateRangeField()

    class Meta:
        constraints = [ExclusionConstraint(name="one_loan", expressions=[("days", RangeOperators.OVERLAPS)])]
'''


def project():
    """A project as its author would have it, with models and not one migration yet."""
    shutil.rmtree(PROJECT, ignore_errors=True)
    application = PROJECT / "press"
    (application / "migrations").mkdir(parents=True)
    (application / "migrations" / "__init__.py").write_text("")
    (application / "__init__.py").write_text("")
    (application / "models.py").write_text(MODELS)
    sys.path.insert(0, str(PROJECT))
    settings.configure(
        SECRET_KEY="of the test", USE_TZ=True, TIME_ZONE="UTC", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.postgres", "press"],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"], "USER": os.environ["PGUSER"],
            "PASSWORD": os.environ["PGPASSWORD"], "HOST": os.environ["PGHOST"], "PORT": os.environ["PGPORT"]}})
    django.setup()


project()

from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from django.contrib.postgres import aggregates as pga, search  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.db.models import (  # noqa: E402
    Avg, Case, Count, Exists, F, Func, Max, Min, OuterRef, Prefetch, Q, StdDev, Subquery, Sum, Value, When, Window)
from django.db.models import functions as f  # noqa: E402
from django.db.utils import Error  # noqa: E402
from press.models import Genre, Loan, Novel, Publisher, Shelved, Title  # noqa: E402

operations = []


def operation(function):
    operations.append(function)
    return function


def shown(execute, sql, parameters, many, context):
    print("sql", re.sub(r'"s\d+_x', '"s_x', " ".join(str(sql).split())), "many" if many else "")
    return execute(sql, parameters, many, context)


def failed(error):
    print("failed", type(error).__name__, str(error).replace("\n", " / "))
    diag = getattr(error.__cause__, "diag", None)
    if diag is not None:
        print("    sqlstate", diag.sqlstate, "detail", diag.message_detail, "constraint", diag.constraint_name)


def attempt(work):
    try:
        with transaction.atomic():
            result = work()
            print(list(result) if isinstance(result, models.QuerySet) else result)
    except Exception as error:
        failed(error)


def command(*arguments, **options):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            call_command(*arguments, no_color=True, **options)
    except BaseException as error:
        out.write(f"\n{type(error).__name__} {error}\n")
    print(out.getvalue())


@operation
def extensions():
    with connection.cursor() as cursor:
        cursor.execute("create extension if not exists hstore")
        cursor.execute("create extension if not exists btree_gist")


@operation
def make_migrations():
    command("makemigrations", "press", verbosity=0)
    print(sorted(path.name for path in (PROJECT / "press" / "migrations").glob("0*.py")))


@operation
def show_sql_of_migrations():
    command("sqlmigrate", "press", "0001")


@operation
def migrate():
    command("showmigrations")
    command("migrate", verbosity=1)
    command("migrate", verbosity=1)
    command("migrate", check_unapplied=True)
    command("showmigrations")
    command("check")


@operation
def inspect_tables():
    command("inspectdb")


@operation
def inspect_all():
    command("inspectdb", include_views=True, include_partitions=True)


@operation
def create_objects():
    for i in range(1, 5):
        publisher = Publisher.objects.create(name=f"Publisher {i}", email=f"publisher{i}@books.example",
                                             founded=datetime.date(1900 + i, i, i), worth=Decimal("1000.25") * i)
        for j in range(1, i + 1):
            Title.objects.create(
                key=uuid.UUID(int=i * 10 + j), text=f"Title {i}.{j}", publisher=publisher, price=Decimal(f"{i}{j}.50"), pages=100 * j,
                weight=j / 8, made=datetime.datetime(2026, i, j, 1, 2, 3, 456, tzinfo=datetime.timezone.utc), took=datetime.timedelta(days=j, microseconds=5),
                cover=bytes([0, 255, i, j]), address=f"10.0.{i}.{j}", document={"a": [1, {"b": None}], "n": i, "ü": "x"}, tags=[f"tag{j}", "all"],
                grid=[[1, 2], [3, j]], words={"k": "v", "none": None}, sold=(i, 10 * i), season=(datetime.date(2026, 1, j), datetime.date(2026, 2, 1)))
    for slug in ("novel", "poems", "ünï"):
        print(Genre.objects.get_or_create(slug=slug))
        print(Genre.objects.get_or_create(slug=slug)[1])
    print(Publisher.objects.update_or_create(name="Publisher 1", defaults={"worth": 5}))
    novel = Novel.objects.create(key=uuid.UUID(int=99), text="Novel", publisher_id=1, price=1, chapters=12)
    novel.chapters = 13
    novel.save()
    print(Novel.objects.get(pk=novel.pk).chapters, Title.objects.get(pk=novel.pk).novel.chapters)
    for i, title in enumerate(Title.objects.order_by("id")):
        Shelved.objects.create(title=title, genre_id="novel" if i % 2 else "poems", place=i)


@operation
def bulk():
    made = Publisher.objects.bulk_create([Publisher(name=f"Bulk {i:02}") for i in range(25)], batch_size=10)
    print(len(made), all(one.pk for one in made))
    Publisher.objects.bulk_create([Publisher(name="Bulk 01"), Publisher(name="Bulk new")], ignore_conflicts=True)
    for one in made:
        one.worth = len(one.name)
    Publisher.objects.bulk_update(made, ["worth"], batch_size=10)
    print(Publisher.objects.filter(name__startswith="Bulk").aggregate(Sum("worth"), n=Count("*")))
    print(Publisher.objects.in_bulk(["Publisher 1", "none"], field_name="name"))
    print(Publisher.objects.filter(name__startswith="Bulk").update(worth=F("worth") * 2))
    print(Publisher.objects.filter(name__startswith="Bulk").delete())
    print(Publisher.objects.filter(pk=-1)._raw_delete("default"))


@operation
def lookups():
    day = datetime.date(2026, 2, 1)
    for where in (
            Q(text="Title 1.1"), Q(text__iexact="TITLE 1.1"), Q(text__contains="le 2"), Q(text__icontains="LE 2"), Q(text__startswith="Title 3"),
            Q(text__endswith=".1"), Q(text__regex=r"^Title [12]"), Q(text__iregex="TITLE"), Q(text__in=["Title 1.1", "x"]), Q(text__in=[]),
            Q(pages__gt=100) & ~Q(price__lt=20), Q(pages__range=(100, 200)), Q(pages__isnull=True), Q(made__year=2026), Q(made__date=day),
            Q(made__month__gte=3), Q(made__time__lt=datetime.time(2)), Q(made__week_day=1), Q(publisher__name="Publisher 2"),
            Q(publisher__founded__lt=datetime.date(1903, 1, 1)), Q(genres="novel"), Q(novel__isnull=False), Q(printed=True), Q(cover=b"\x00\xff\x01\x01"),
            Q(key=uuid.UUID(int=11)), Q(document__n=2), Q(document__a__0=1), Q(document__a__1__b=None), Q(document__n__gt=2), Q(document__has_key="ü"),
            Q(document__has_any_keys=["x", "n"]), Q(document__has_keys=["a", "n"]), Q(document__contains={"n": 3}), Q(document__contained_by={}),
            Q(document__missing__isnull=True), Q(tags__contains=["all"]), Q(tags__overlap=["tag2", "tag3"]), Q(tags__len=2), Q(tags__0="tag1"),
            Q(tags__0_1=["tag1"]), Q(tags__contained_by=["tag1", "all", "x"]), Q(grid__1__1=2), Q(words__k="v"), Q(words__has_key="k"), Q(words__contains={"k": "v"}),
            Q(words__values__contains=["v"]), Q(sold__contains=3), Q(sold__overlap=(3, 5)), Q(sold__startswith=2), Q(sold__isempty=True), Q(season__contains=day),
            Q(season__fully_lt=(day, day)), Q(text__search="title"), Q(text__unaccent="x"), Q(text__trigram_similar="x"), Q(took__gt=datetime.timedelta(days=2)),
            Q(address="10.0.1.1"), Q(Exists(Shelved.objects.filter(title=OuterRef("pk"), place__gt=3)))):
        print(where if "Exists" not in str(where) else "exists")
        attempt(lambda: list(Title.objects.filter(where).order_by("id").values_list("text", flat=True)))


@operation
def queries():
    titles = Title.objects.order_by("id")
    for query in (
            lambda: titles.count(), lambda: titles.exists(), lambda: titles.first().text, lambda: titles.last().text, lambda: titles.earliest("made").text,
            lambda: titles.none().count(), lambda: titles.values("publisher").annotate(n=Count("id"), most=Max("price")).order_by("publisher"),
            lambda: Publisher.objects.annotate(n=Count("titles"), avg=Avg("titles__price")).filter(n__gt=1).values_list("name", "n", "avg"),
            lambda: Title.objects.aggregate(Sum("price"), Avg("pages"), Min("made"), Max("weight"), StdDev("pages")),
            lambda: Title.objects.aggregate(some=Count("id", filter=Q(price__gt=20)), different=Count("publisher", distinct=True)),
            lambda: Title.objects.aggregate(a=pga.ArrayAgg("text", ordering="text"), s=pga.StringAgg("text", ", ", ordering="-text", output_field=models.TextField()), j=pga.JSONBAgg("pages", ordering="id")),
            lambda: Title.objects.aggregate(x=pga.BoolAnd("printed"), y=pga.BoolOr("printed"), z=pga.BitAnd("pages"), c=pga.Corr("pages", "weight"), r=pga.RegrSlope("pages", "weight")),
            lambda: titles.annotate(row=Window(f.RowNumber(), partition_by=F("publisher"), order_by=F("id").asc())).values_list("text", "row"),
            lambda: titles.annotate(before=Window(f.Lag("price"), order_by=F("id").asc()), total=Window(Sum("price"), order_by=F("id").asc())).values_list("before", "total"),
            lambda: titles.annotate(kind=Case(When(price__gt=30, then=Value("dear")), default=Value("cheap"), output_field=models.CharField())).values_list("text", "kind"),
            lambda: Publisher.objects.annotate(dearest=Subquery(Title.objects.filter(publisher=OuterRef("pk")).order_by("-price").values("text")[:1])).values_list("name", "dearest"),
            lambda: titles.annotate(upper=f.Upper("text"), size=f.Length("text"), sub=f.Substr("text", 2, 3), joined=f.Concat("text", Value("!", models.TextField()))).values_list("upper", "size", "sub", "joined")[:3],
            lambda: titles.annotate(a=f.Lower("text"), b=f.Left("text", 2), c=f.LPad("text", 12, Value("x", models.TextField())), d=f.MD5("text"), e=f.Reverse("text"), g=f.Replace("text", Value("T", models.TextField()), Value("t", models.TextField())),
                                    h=f.StrIndex("text", Value("t", models.TextField())), i=f.Trim("text"), k=f.Repeat("text", 2), m=f.Chr(F("pages")), n=f.Ord("text")).values_list("a", "b", "c", "d", "e", "g", "h", "i", "k", "m", "n")[:2],
            lambda: titles.annotate(a=f.Abs("pages"), b=f.Ceil("weight"), c=f.Floor("weight"), d=f.Mod("pages", 7), e=f.Power("pages", 2), g=f.Round("weight"), h=f.Sqrt("pages"), i=f.Sign("pages"),
                                    j=f.Ln("pages"), k=f.Greatest("pages", Value(150)), m=f.Least("pages", Value(150)), n=f.Coalesce("pages", Value(0)), o=f.NullIf("pages", Value(100))).values_list("a", "b", "c", "d", "e", "g", "h", "i", "j", "k", "m", "n", "o")[:2],
            lambda: titles.annotate(a=f.TruncMonth("made"), b=f.ExtractYear("made"), c=f.TruncDate("made"), d=f.ExtractWeek("made"), e=f.ExtractQuarter("made"), g=f.Cast("price", models.IntegerField()),
                                    h=f.ExtractIsoYear("made"), i=f.TruncHour("made")).values_list("a", "b", "c", "d", "e", "g", "h", "i")[:2],
            lambda: titles.dates("made", "month"), lambda: titles.datetimes("made", "day"), lambda: Title.objects.distinct("publisher_id").order_by("publisher_id", "id").values_list("text"),
            lambda: titles.values_list("text").union(Publisher.objects.values_list("name")).order_by("text")[:3], lambda: titles.values_list("publisher_id").intersection(Publisher.objects.values_list("id")).count(),
            lambda: titles.values_list("publisher_id").difference(Publisher.objects.filter(name="Publisher 2").values_list("id")).count(),
            lambda: titles[2:4].values_list("text"), lambda: titles.reverse()[:2].values_list("text"), lambda: titles.order_by(F("pages").desc(nulls_last=True), "id").values_list("pages")[:3],
            lambda: titles.values("tags__0", "grid__1")[:2], lambda: bytes(titles.defer("cover").first().cover), lambda: titles.only("text").first().price,
            lambda: [(t.text, t.publisher.name) for t in titles.select_related("publisher", "novel")[:3]],
            lambda: [(p.name, [t.text for t in p.titles.all()]) for p in Publisher.objects.prefetch_related(Prefetch("titles", titles.filter(price__gt=10)))],
            lambda: [(t.text, [g.slug for g in t.genres.all()]) for t in titles.prefetch_related("genres")[:3]],
            lambda: titles.extra(select={"twice": "pages * 2"}, where=["pages > %s"], params=[100]).values_list("twice"),
            lambda: [(p.name, p.more) for p in Publisher.objects.raw("select *, worth + 1 as more from press_publisher where id < %s order by id", [3])],
            lambda: titles.annotate(v=search.SearchVector("text"), rank=search.SearchRank(search.SearchVector("text"), search.SearchQuery("title"))).filter(v="title").values_list("rank")[:2],
            lambda: titles.explain()[:4],
            lambda: titles.filter(genres__slug="novel", publisher__worth__gt=F("price")).values_list("text"), lambda: Genre.objects.filter(title__publisher__name="Publisher 4").distinct().count(),
            lambda: titles.annotate(x=Func(F("price"), Value(0), function="round", output_field=models.DecimalField())).values_list("x")[:1], lambda: titles.filter(pk__in=Subquery(titles.values("pk")[:2])).count(),
            lambda: Title.objects.get(text="none"), lambda: Title.objects.get(printed=True), lambda: titles.update(found=search.SearchVector("text")), lambda: titles.filter(found="title").count()):
        attempt(query)


@operation
def changes():
    title = Title.objects.get(text="Title 2.1")
    title.price = F("price") + 1
    title.save(update_fields=["price"])
    title.refresh_from_db()
    print(title.price, title.tags, title.grid, title.document, bytes(title.cover), title.took, title.made, title.words, title.sold, title.season)
    title.tags.append("more")
    title.document["new"] = [True]
    title.save()
    print(Title.objects.filter(pk=title.pk).update(sold=None, text=f.Upper("text")))
    publisher = Publisher.objects.get(name="Publisher 3")
    publisher.titles.add(title)
    publisher.titles.create(key=uuid.UUID(int=200), text="Created", price=1)
    print(publisher.titles.count(), publisher.delete())
    attempt(lambda: Genre.objects.get(slug="novel").delete())
    attempt(lambda: Publisher.objects.create(name="Publisher 1"))
    attempt(lambda: Publisher.objects.create(name="Negative", worth=-1))
    attempt(lambda: Publisher.objects.create(name="x" * 61))
    attempt(lambda: Title.objects.create(key=uuid.UUID(int=201), text="Lost", price=1, publisher_id=999))
    attempt(lambda: Loan.objects.create(reader="one", days=(datetime.date(2026, 1, 1), datetime.date(2026, 1, 9))))
    attempt(lambda: Loan.objects.create(reader="two", days=(datetime.date(2026, 1, 5), datetime.date(2026, 1, 6))))


@operation
def transactions():
    class Undone(Exception):
        pass

    with contextlib.suppress(Undone), transaction.atomic():
        Genre.objects.create(slug="undone")
        raise Undone
    with transaction.atomic():
        Genre.objects.create(slug="outer")
        with contextlib.suppress(Error), transaction.atomic():
            Genre.objects.bulk_create([Genre(slug="outer")])
        with contextlib.suppress(Undone), transaction.atomic():
            Genre.objects.create(slug="inner")
            raise Undone
        savepoint = transaction.savepoint()
        Genre.objects.create(slug="by hand")
        transaction.savepoint_rollback(savepoint)
        transaction.savepoint_commit(transaction.savepoint())
        transaction.on_commit(lambda: print("committed"))
    print(list(Genre.objects.order_by("slug").values_list("slug", flat=True)))
    with contextlib.suppress(Error), transaction.atomic():
        with contextlib.suppress(Error):
            connection.cursor().execute("select 1 / 0")
        print(Genre.objects.count())
    try:
        Publisher.objects.select_for_update().first()
    except Exception as error:
        failed(error)


@operation
def locks():
    with transaction.atomic():
        print(Publisher.objects.select_for_update().get(name="Publisher 1"))
        print([t.text for t in Title.objects.select_for_update(of=("self",), skip_locked=True).select_related("publisher").order_by("id")[:2]])
        print(len(Publisher.objects.select_for_update(nowait=True)), len(Publisher.objects.select_for_update(no_key=True)))
        other = connection.copy()
        with other.cursor() as cursor:
            for sql in ("select id from press_publisher order by id for update skip locked", "select id from press_publisher order by id for update nowait"):
                try:
                    cursor.execute(sql)
                    print(len(cursor.fetchall()))
                except Error as error:
                    failed(error)
        other.close()


@operation
def iterators():
    Genre.objects.bulk_create([Genre(slug=f"g{i:04}") for i in range(500)])
    print(sum(1 for _ in Genre.objects.iterator(chunk_size=100)))
    with transaction.atomic():
        print(sum(len(slug) for slug in Genre.objects.order_by("slug").values_list("slug", flat=True).iterator(chunk_size=50)))
    print(Genre.objects.filter(slug__startswith="g0").delete()[0])


@operation
def users():
    user = User.objects.create(username="reader", email="reader@books.example", password="!")
    group = Group.objects.create(name="readers")
    user.groups.add(group)
    group.permissions.set(Permission.objects.filter(content_type__app_label="press").order_by("id")[:3])
    print(user.has_perm("press.add_genre"), sorted(user.get_all_permissions()))
    from django.contrib.sessions.backends.db import SessionStore
    session = SessionStore("k" * 32)
    session["seen"] = 1
    session.save(must_create=True)
    print(SessionStore("k" * 32).get("seen"))


@operation
def cursors():
    with connection.cursor() as cursor:
        for sql, values in (("select %s, %s::int", ["x", 5]), ("select 100 %% 7", []), ("select * from press_publisher order by id limit 1", None),
                            ("create function dj_doubled(i integer) returns integer language sql as 'select i * 2'", None)):
            cursor.execute(sql, values)
            print(cursor.rowcount, cursor.fetchall() if cursor.description else None)
        cursor.callproc("dj_doubled", [21])
        print(cursor.fetchall())
        cursor.executemany("insert into press_genre values (%s)", [["m1"], ["m2"]])
        cursor.copy_expert("copy press_genre to stdout", sys.stdout)
    print(connection.introspection.table_names()[:40])
    for table in ("press_title", "every_type", "customers"):
        with connection.cursor() as cursor:
            print(connection.introspection.get_table_description(cursor, table)[:5])
            print(connection.introspection.get_relations(cursor, table), connection.introspection.get_sequences(cursor, table))
            print(sorted((name, sorted((k, str(v)) for k, v in one.items())) for name, one in connection.introspection.get_constraints(cursor, table).items()))


@operation
def second_migration():
    changed = MODELS.replace("place = models.IntegerField()", "place = models.BigIntegerField(db_index=True)\n    note = models.CharField(max_length=9, default='n')")
    (PROJECT / "press" / "models.py").write_text(changed.replace("founded = models.DateField(null=True)", "established = models.DateField(null=True)"))
    (PROJECT / "press" / "migrations" / "0002_changed.py").write_text('''
from django.db import migrations, models


def fill(apps, schema_editor):
    apps.get_model("press", "Shelved").objects.update(note="filled")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("press", "0001_initial")]
    operations = [
        migrations.RenameField("publisher", "founded", "established"),
        migrations.AlterField("shelved", "place", models.BigIntegerField(db_index=True)),
        migrations.AddField("shelved", "note", models.CharField(max_length=9, default="n")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL("create view press_dear as select * from press_title where price > 20", "drop view press_dear"),
        migrations.AlterUniqueTogether("shelved", {("title", "genre", "place")}),
    ]
''')
    command("migrate", "press", "0002", verbosity=1)
    command("migrate", "press", "0001", verbosity=1)
    command("migrate", "press", "zero", verbosity=1)


@operation
def flush():
    command("sqlflush")
    command("flush", interactive=False, verbosity=1)
    command("dumpdata", "contenttypes")


@operation
def shell():
    command("dbshell", "--", "-X", "-c", "select count(*) from django_migrations")
    command("sqlsequencereset", "auth")


def main():
    sys.stdout.reconfigure(line_buffering=True, encoding="utf-8")
    with connection.execute_wrapper(shown):
        for function in operations:
            print("== " + function.__name__.replace("_", " "))
            try:
                function()
            except Exception as error:
                failed(error)
    connection.close()


main()
