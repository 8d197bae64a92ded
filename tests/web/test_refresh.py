"""The snapshot follows what is published, and time itself."""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from busplan.domain.dates import at
from busplan.domain.errors import NotFound
from busplan.domain.public_timetable import PublicTimetable
from busplan.web.refresh import GIVE_UP_AFTER, REBUILD_AFTER, THREAD_NAME, Refresher, Sources
from busplan.web.snapshot import SnapshotHolder
from tests.factories import MONDAY
from tests.web.timetables import NOW, day, make_area_visit, make_public_visit, make_timetable

SECOND = timedelta(seconds=1)
PATIENCE_S = 60


@dataclass
class World:
    """A house whose publications, troubles and time a test decides."""

    published: PublicTimetable | None = field(default_factory=make_timetable)
    revision: int = 1
    now: datetime = NOW
    pages: list[PublicTimetable] = field(default_factory=list)
    holder: SnapshotHolder = field(default_factory=SnapshotHolder)

    has_pages_with_visits: threading.Event = field(default_factory=threading.Event)

    def write(self, timetable: PublicTimetable) -> None:
        self.pages.append(timetable)
        if timetable.visits:
            self.has_pages_with_visits.set()

    def build(self, now: datetime) -> PublicTimetable:
        if self.published is None:
            raise NotFound("no published plan")
        return replace(self.published, as_of=now)

    def refresher(self) -> Refresher:
        sources = Sources(
            revision=lambda: self.revision,
            build=self.build,
            write_pages=self.write,
            clock=lambda: self.now,
        )
        refresher = Refresher(self.holder, sources, pause_s=0.001)
        refresher.refresh()
        return refresher

    @property
    def shown(self) -> list[str] | None:
        snapshot = self.holder.current
        return None if snapshot is None else [shown.visit.id for shown in snapshot.visits]


def test_news_are_seen_when_the_revision_moves() -> None:
    world = World()
    refresher = world.refresher()
    world.published = make_timetable(make_public_visit())
    refresher.refresh_if_due()
    before = world.shown

    world.revision += 1
    refresher.refresh_if_due()

    assert (before, world.shown) == ([], ["v1"])


def test_an_unchanged_world_is_not_rebuilt() -> None:
    world = World()
    refresher = world.refresher()
    snapshot = world.holder.current
    world.now += REBUILD_AFTER - SECOND

    refresher.refresh_if_due()

    assert world.holder.current is snapshot


@pytest.mark.parametrize(
    ("begin", "later"),
    [
        (NOW, NOW + REBUILD_AFTER),
        (at(day(1), 0) - SECOND, at(day(1), 0)),
        (at(MONDAY, 1080) - SECOND, at(MONDAY, 1080)),
    ],
    ids=["after a while", "at midnight", "when a visit closes"],
)
def test_time_alone_makes_a_rebuild_due(begin: datetime, later: datetime) -> None:
    world = World(published=make_timetable(make_public_visit()), now=begin)
    refresher = world.refresher()
    world.now = later

    refresher.refresh_if_due()

    assert world.holder.current is not None
    assert world.holder.current.timetable.as_of == later


def test_a_failure_keeps_the_snapshot_for_a_while_only() -> None:
    world = World(published=make_timetable(make_public_visit()))
    refresher = world.refresher()
    world.published = None

    world.now += GIVE_UP_AFTER - SECOND
    refresher.refresh_if_due()
    kept = world.shown
    world.now += REBUILD_AFTER
    refresher.refresh_if_due()

    assert (kept, world.shown) == (["v1"], None)


def test_yesterdays_area_visits_do_not_survive_midnight_even_if_the_house_is_broken() -> None:
    visit = make_area_visit(service_date=MONDAY)
    world = World(published=make_timetable(visit), now=at(MONDAY, 1440) - SECOND)
    refresher = world.refresher()
    world.published = None
    world.now += SECOND

    refresher.refresh_if_due()

    assert world.shown is None


def test_what_is_published_after_a_start_without_anything_appears() -> None:
    world = World(published=None)
    refresher = world.refresher()
    before = world.shown

    world.published, world.revision = make_timetable(make_public_visit()), 2
    refresher.refresh_if_due()

    assert (before, world.shown) == (None, ["v1"])


def test_pages_are_written_when_the_timetable_differs_and_only_then() -> None:
    world = World()
    refresher = world.refresher()

    refresher.refresh_if_due()
    world.now += REBUILD_AFTER
    refresher.refresh_if_due()
    world.published, world.revision = make_timetable(make_public_visit()), 2
    refresher.refresh_if_due()

    assert [len(timetable.visits) for timetable in world.pages] == [0, 1]


def test_pages_are_written_anew_when_a_visit_is_over_and_at_midnight() -> None:
    """Pages name the next visit and the day, and neither may stay there when it has passed."""
    world = World(published=make_timetable(make_public_visit()))
    refresher = world.refresher()
    refresher.refresh_if_due()

    for moment in (at(MONDAY, 1080), at(day(1), 0)):
        world.now = moment
        refresher.refresh_if_due()

    assert [timetable.as_of for timetable in world.pages] == [NOW, at(MONDAY, 1080), at(day(1), 0)]


def test_the_thread_sees_changes_by_itself_and_ends_when_told() -> None:
    world = World()
    refresher = world.refresher()
    refresher.start()
    world.published, world.revision = make_timetable(make_public_visit()), 2

    assert world.has_pages_with_visits.wait(PATIENCE_S)
    refresher.end()

    assert world.shown == ["v1"]
    assert all(thread.name != THREAD_NAME for thread in threading.enumerate())
