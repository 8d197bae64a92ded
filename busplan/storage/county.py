"""The county's data: replaced as a whole, read as a whole."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import delete, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from busplan.domain.county import CountyData
from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.programme import Programme
from busplan.domain.site_facts import SiteFacts
from busplan.storage import county_tables as tables
from busplan.storage import demand_mapping as demand
from busplan.storage import fleet_mapping as fleet
from busplan.storage import place_mapping as places
from busplan.storage import programme_mapping as programme
from busplan.storage.revision import RevisionRepository
from busplan.storage.tables import Row

RowT = TypeVar("RowT", bound=Row)
_TABLES: tuple[type[Row], ...] = (
    tables.CountyRow,
    tables.MunicipalityRow,
    tables.PlaceRow,
    tables.OutlineRow,
    tables.StopRow,
    tables.BusRow,
    tables.CrewRow,
    tables.DemandRow,
    tables.BlockRow,
    tables.CalendarEntryRow,
    tables.ParameterRow,
    tables.OnBoardFactRow,
    tables.GuestRow,
    tables.SignpostRow,
    tables.SiteFactsRow,
)
"""Each after those that it points at."""


class CountyRepository:
    """Stores the one county of this database; plans and stop events are no part of it."""

    def __init__(self, session: Session, revision: RevisionRepository) -> None:
        self._session = session
        self._revision = revision

    def save(self, data: CountyData) -> None:
        """Replace all county data.

        Raises ``InvalidInput`` where ids repeat or name something that the data does not hold.
        """
        self._revision.advance()
        for table in reversed(_TABLES):
            self._session.execute(delete(table))
        try:
            for rows in _rows_of(data):
                self._session.add_all(rows)
                self._session.flush()
        except IntegrityError as error:
            raise InvalidInput(f"the county's data does not hold together: {error.orig}") from error

    def get(self) -> CountyData:
        """All county data. Raises ``NotFound`` while nothing is loaded."""
        county = self._session.exec(select(tables.CountyRow)).one_or_none()
        if county is None:
            raise NotFound("no county is loaded yet; run: busplan data load DIR")
        parameters, sources = demand.parameters_from_rows(self._list(tables.ParameterRow))
        return CountyData(
            county=places.county_from_row(county),
            municipalities=tuple(
                map(places.municipality_from_row, self._list(tables.MunicipalityRow))
            ),
            places=tuple(map(places.place_from_row, self._list(tables.PlaceRow))),
            outlines=tuple(map(places.outline_from_row, self._list(tables.OutlineRow))),
            stops=tuple(map(places.stop_from_row, self._list(tables.StopRow))),
            demands=tuple(map(demand.demand_from_row, self._list(tables.DemandRow))),
            blocks=tuple(map(demand.block_from_row, self._list(tables.BlockRow))),
            buses=tuple(map(fleet.bus_from_row, self._list(tables.BusRow))),
            crew=tuple(map(fleet.crew_from_row, self._list(tables.CrewRow))),
            calendar_entries=tuple(map(demand.entry_from_row, self._list(tables.CalendarEntryRow))),
            parameters=parameters,
            parameter_sources=sources,
            programme=Programme(
                on_board=tuple(map(programme.fact_from_row, self._list(tables.OnBoardFactRow))),
                guests=tuple(map(programme.guest_from_row, self._list(tables.GuestRow))),
                signposts=tuple(map(programme.signpost_from_row, self._list(tables.SignpostRow))),
            ),
            site=next(
                map(programme.site_from_row, self._list(tables.SiteFactsRow)),
                SiteFacts(),
            ),
        )

    def _list(self, table: type[RowT]) -> Sequence[RowT]:
        by_position = inspect(table).columns["position"]
        return self._session.exec(select(table).order_by(by_position)).all()


def _rows_of(data: CountyData) -> Iterator[Iterable[Row]]:
    """The rows of each table, in the order of ``_TABLES``."""
    yield [places.county_to_row(data.county)]
    yield [places.municipality_to_row(town, n) for n, town in enumerate(data.municipalities)]
    yield [places.place_to_row(place, n) for n, place in enumerate(data.places)]
    yield [places.outline_to_row(outline, n) for n, outline in enumerate(data.outlines)]
    yield [places.stop_to_row(stop, n) for n, stop in enumerate(data.stops)]
    yield [fleet.bus_to_row(bus, n) for n, bus in enumerate(data.buses)]
    yield [fleet.crew_to_row(member, n) for n, member in enumerate(data.crew)]
    yield [demand.demand_to_row(record, n) for n, record in enumerate(data.demands)]
    yield [demand.block_to_row(block, n) for n, block in enumerate(data.blocks)]
    yield [demand.entry_to_row(entry, n) for n, entry in enumerate(data.calendar_entries)]
    yield demand.parameters_to_rows(data.parameters, data.parameter_sources)
    yield [programme.fact_to_row(fact, n) for n, fact in enumerate(data.programme.on_board)]
    yield [programme.guest_to_row(guest, n) for n, guest in enumerate(data.programme.guests)]
    yield [programme.signpost_to_row(post, n) for n, post in enumerate(data.programme.signposts)]
    yield [programme.site_to_row(data.site)]
