"""A week as plain text, to be pasted into messengers and mails."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from busplan.domain.dates import DAYS_PER_WEEK, monday_of, week_of
from busplan.domain.public_timetable import PublicStatus, PublicTimetable, PublicVisit
from busplan.publishing.address import PublicAddress
from busplan.publishing.draft import Draft, digest
from busplan.publishing.export_words import WORDS, ExportWords, ways_to_ask
from busplan.publishing.site.paths import week_page
from busplan.publishing.visit_view import service_today

FOLDER = "texte"


def messenger_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, Draft]:
    """The text of every week by path."""
    monday, found = monday_of(timetable.first_day), {}
    while monday <= timetable.last_day:
        told = list(_lines(timetable, monday, address))
        facts = digest([*told, service_today(timetable)])
        text = _signed(told, timetable).encode()
        found[f"{FOLDER}/{week_of(monday)}.txt"] = Draft(facts=facts, make=partial(bytes, text))
        monday += timedelta(days=DAYS_PER_WEEK)
    return found


def week_text(timetable: PublicTimetable, monday: date, address: PublicAddress | None) -> str:
    """The week from that Monday, a line per visit, and whom to ask."""
    return _signed(_lines(timetable, monday, address), timetable)


def _signed(lines: Iterable[str], timetable: PublicTimetable) -> str:
    return "\n".join((*lines, ExportWords(timetable).as_of)) + "\n"


def _lines(
    timetable: PublicTimetable, monday: date, address: PublicAddress | None
) -> Iterator[str]:
    words = ExportWords(timetable)
    sunday = monday + timedelta(days=DAYS_PER_WEEK - 1)
    visits = [visit for visit in timetable.visits if monday <= visit.service_date <= sunday]
    yield f"{words.brand} {timetable.county.name}, {words.dates(monday, sunday)}"
    for day, of_day in groupby(visits, key=lambda visit: visit.service_date):
        yield ""
        yield words.day(day)
        for visit in of_day:
            yield f"• {_visit(visit, words)}"
    if not visits:
        yield "In dieser Woche ist kein Termin veröffentlicht."
    yield ""
    ways = ways_to_ask(timetable.county)
    if ways and any(visit.stop_id is None for visit in visits):
        yield f"{words.ask}: {ways}"
    if address:
        yield f"Alle Termine: {address.of(week_page(week_of(monday)))}"
    if words.demo:
        yield words.demo


def _visit(visit: PublicVisit, words: ExportWords) -> str:
    stop = words.stop(visit)
    where = words.place(stop) if stop else f"{words.town(visit)} ({words.ask})"
    guests = "".join(f" ({WORDS.say('guest')}: {guest.name})" for guest in visit.guests)
    line = f"{words.when(visit)} {where}{guests}"
    change = words.change(visit).upper() if visit.status is PublicStatus.CANCELLED else ""
    return f"{change}: {line}" if change else line
