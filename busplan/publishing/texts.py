"""What visitors read, in German, in one place."""

from collections.abc import Mapping
from datetime import date, datetime

from busplan.domain.dates import BERLIN, clock
from busplan.domain.public_timetable import DayPart, PublicStatus

TEXTS: Mapping[str, str] = {
    "brand": "Jugendmobil",
    "overview_title": "Jugendmobil {county}: alle Wochen",
    "overview_heading": "Wo steht der Bus?",
    "overview_lead": "Alle veröffentlichten Wochen der Jugendbusse im Gebiet {county}.",
    "week_title": "Jugendmobil {county}: Woche {number}, {dates}",
    "week": "Woche {number}",
    "weeks": "Wochen",
    "as_of": "Stand: {day}, {time} Uhr",
    "demo": "Demodaten: viele Halte sind erfunden.",
    "demo_more": "Fahr bitte nicht hin, ohne nachzufragen.",
    "to_table": "Zur Tabelle",
    "table_heading": "Wann und wo",
    "table_caption": "Halte der Woche {number}, nach Tagen und Uhrzeit geordnet",
    "column_time": "Zeit",
    "column_bus": "Bus",
    "column_town": "Gemeinde",
    "column_place": "Halt",
    "column_state": "Status",
    "no_visits": "In dieser Woche sind keine Halte veröffentlicht.",
    "ask_place": "Ort bitte erfragen",
    "ask_heading": "Ort erfragen",
    "ask_text": "Manche Halte nennen wir nicht öffentlich. Frag uns, wir sagen dir den Ort gern.",
    "ask_phone": "Telefon",
    "ask_mail": "E-Mail",
    "invented": "erfunden",
    "invented_long": "Dieser Halt ist erfunden.",
    "moved_from": "zuerst angekündigt: {name}",
    "indoor": "Drinnen: {name}",
    "transit": "Nächste Haltestelle: {name}",
    "changed": "seit {day}, {time} Uhr",
    "map_heading": "Karte",
    "map_lead": "Ein Zusatz: Die Karte zeigt dieselben Angaben wie die Tabelle.",
    "map_label": "Karte der Halte in Woche {number}",
    "map_script": "Die Karte braucht JavaScript. Alle Angaben stehen auch in der Tabelle.",
    "legend_heading": "Zeichen",
    "legend_stop": "Form, Farbe und Buchstabe zeigen den Bus",
    "legend_area": "Gestrichelter Ring: nur die Gemeinde ist bekannt, Ort bitte erfragen",
    "legend_cancelled": "Durchgestrichen: fällt aus",
    "legend_line": "Linien zeigen die Reihenfolge der Halte, nicht die Straße",
    "figures_heading": "Zahlen der Woche",
    "figures_visits": "Halte",
    "figures_hours": "Stunden",
    "figures_km": "Kilometer",
    "figures_note": "Ausfälle sind nicht gezählt, Stunden nur bei veröffentlichten Zeiten,"
    " Kilometer geschätzt und nur für gezeichnete Touren.",
    "visits_in_towns": "{visits} Halte in {towns} Gemeinden",
    "one_visit": "1 Halt",
    "visits_in_town": "{visits} Halte in 1 Gemeinde",
    "previous": "Woche davor",
    "next": "Woche danach",
    "sources_heading": "Quellen",
    "sources_towns": "Gemeinden",
    "sources_places": "Ortsteile",
    "sources_county": "Angaben",
    "software": "Karte gezeichnet mit Folium und Leaflet; kein fremder Server wird gefragt.",
    "software_tiles": "Karte gezeichnet mit Folium und Leaflet; der Kartenhintergrund kommt von"
    " {host}.",
    "layers": "Ebenen wählen",
    "layer_borders": "Gemeinden",
    "layer_tiles": "Hintergrund",
    "layer_names": "Ortsnamen",
    "zoom_in": "Karte vergrößern",
    "zoom_out": "Karte verkleinern",
    "close": "Schließen",
}

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
    *("September", "Oktober", "November", "Dezember"),
)
DAY_PARTS: Mapping[DayPart, str] = {
    DayPart.MORNING: "vormittags",
    DayPart.AFTERNOON: "nachmittags",
    DayPart.EVENING: "abends",
}
STATES: Mapping[PublicStatus, str] = {
    PublicStatus.PLANNED: "geplant",
    PublicStatus.MOVED: "verlegt",
    PublicStatus.OPEN: "ist da",
    PublicStatus.DONE: "vorbei",
    PublicStatus.CANCELLED: "fällt aus",
}


def say(key: str, **values: object) -> str:
    """One text with its gaps filled. Raises ``KeyError`` for an unknown key or gap."""
    return TEXTS[key].format(**values)


def day_title(day: date) -> str:
    """Montag, 30. November."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]}"


def day_short(day: date) -> str:
    """Mo 30.11."""
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day}.{day.month}."


def dates_title(first: date, last: date) -> str:
    """30. November bis 6. Dezember 2026; month and year are said once where they are the same."""
    until = f"{last.day}. {MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}. bis {until}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day}. {MONTHS[first.month - 1]}{year} bis {until}"


def as_of(when: datetime) -> str:
    """Stand: Montag, 30. November 2026, 08:05 Uhr; by the Berlin wall clock."""
    day, time = _local(when)
    return say("as_of", day=f"{day_title(day)} {day.year}", time=time)


def changed(when: datetime) -> str:
    """Seit Mo 30.11., 08:05 Uhr; by the Berlin wall clock."""
    day, time = _local(when)
    return say("changed", day=day_short(day), time=time)


def times(open_min: int, close_min: int) -> str:
    """15:00–20:00."""
    return f"{clock(open_min)}–{clock(close_min)}"


def visits_in_towns(visits: int, towns: int) -> str:
    """12 Halte in 9 Gemeinden."""
    if visits == 1:
        return say("one_visit")
    key = "visits_in_town" if towns == 1 else "visits_in_towns"
    return say(key, visits=visits, towns=towns)


def _local(when: datetime) -> tuple[date, str]:
    local = when.astimezone(BERLIN)
    return local.date(), clock(local.hour * 60 + local.minute)
