"""Migrations lead from nothing to the tables of the code, and back."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from busplan.storage.county_tables import CountyRow
from busplan.storage.migrate import downgrade, upgrade
from busplan.storage.store import Store
from busplan.storage.tables import Row
from tests.storage.weeks import make_county_data


def test_migrations_and_models_agree(engine: Engine) -> None:
    """A table changed without its migration would show here as a difference."""
    assert CountyRow.metadata is Row.metadata

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_migrations_go_back_to_nothing_and_forward_again(engine: Engine) -> None:
    downgrade(engine, "base")
    nothing = tables_of(engine)
    upgrade(engine)

    assert nothing == {"alembic_version"}
    assert tables_of(engine) == {"alembic_version", *Row.metadata.tables}
    with Store(engine) as store:
        store.county.save(make_county_data())


def test_going_back_leaves_nothing_behind_in_the_schema(engine: Engine) -> None:
    downgrade(engine, "base")

    catalogue = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT count(*) FROM pg_proc WHERE proname = 'refuse_change'",
    }
    with engine.connect() as connection:
        assert connection.scalar(text(catalogue[engine.dialect.name])) == 0


def test_upgrading_again_keeps_what_is_stored(engine: Engine) -> None:
    data = make_county_data()
    with Store(engine) as store:
        store.county.save(data)

    upgrade(engine)

    with Store.reading(engine) as store:
        assert store.county.get() == data


def test_each_step_back_and_forward_works_alone(engine: Engine) -> None:
    for revision in ("0004", "0002", "0001", "0002", "0003", "0005"):
        step = downgrade if revision < current(engine) else upgrade
        step(engine, revision)

        assert current(engine) == revision


def current(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(MigrationContext.configure(connection).get_current_revision())


def tables_of(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())
