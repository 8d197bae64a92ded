"""The week as text: short lines that survive being pasted."""

from busplan.publishing.address import PublicAddress
from busplan.publishing.draft import made
from busplan.publishing.messenger_text import messenger_files, week_text
from tests.factories import MONDAY
from tests.publishing.timetables import make_public_visit, make_timetable

HOME = PublicAddress(url="https://bus.example/")


def test_a_week_is_told_by_day_with_whom_to_ask() -> None:
    text = week_text(make_timetable(), MONDAY, HOME)

    assert text.startswith("Jugendmobil Testkreis, 30. November – 6. Dezember 2026\n")
    assert "Montag, 30. November\n• 15:00–20:00 Marktplatz, Oberdorf, Altdorf" in text
    assert "Altdorf (Zu Gast: Familienbüro)\n" in text
    assert "• vormittags Beerenau (Ort bitte erfragen)\n" in text
    assert "• FÄLLT AUS: 15:00–20:00 Marktplatz" in text
    assert "Ort bitte erfragen: 02421 1, jugend@example.org\n" in text
    assert "Alle Termine: https://bus.example/2026-W49/\n" in text
    assert text.endswith("Stand: 30. November 2026, 08:05 Uhr\n")


def test_nobody_is_named_to_ask_where_all_places_are_public() -> None:
    text = week_text(make_timetable(visits=(make_public_visit(),)), MONDAY, None)

    assert "erfragen" not in text
    assert "Alle Termine" not in text


def test_every_published_week_has_a_file() -> None:
    timetable = make_timetable(visits=(), stops=(), tours=(), last_day=MONDAY.replace(month=12))

    files = made(messenger_files(timetable, HOME))

    assert list(files)[:2] == ["texte/2026-W49.txt", "texte/2026-W50.txt"]
    assert "kein Termin veröffentlicht" in files["texte/2026-W50.txt"].decode()
