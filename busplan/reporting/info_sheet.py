"""The first sheet: what the file is, of when, for whom, and how its figures are meant."""

from collections.abc import Iterator

from busplan.domain.dates import BERLIN
from busplan.reporting.sheets import Column, Kind, Sheet
from busplan.reporting.visit_report import VisitReport
from busplan.reporting.words import CODE_LIST

PROFILE = "intern"
"""Exact figures, for the team and its head (domain research 3.3); file names say so too."""


def build_info_sheet(report: VisitReport, version: str) -> Sheet:
    """Facts and notes for readers; ``version`` is busplan's."""
    return Sheet(
        name="Info",
        columns=(Column("Angabe", Kind.TEXT, 22), Column("Wert", Kind.TEXT, 100)),
        rows=(*_facts(report, version), *_NOTES),
    )


def _facts(report: VisitReport, version: str) -> Iterator[tuple[str, str]]:
    yield "Bericht", "Besuche der Jugendbusse: geplant und stattgefunden"
    yield "Vertraulichkeit", f"{PROFILE}: nur für das Team und seine Leitung, genaue Zahlen"
    yield "Träger", report.county.county.name
    yield "Zeitraum", f"{report.period.first:%d.%m.%Y} bis {report.period.last:%d.%m.%Y}"
    yield "Auswahl", "veröffentlichte Pläne, alle Busse, alle Gemeinden"
    for plan in report.versions:
        moment = plan.published_at.astimezone(BERLIN) if plan.published_at else None
        published = f", veröffentlicht {moment:%d.%m.%Y %H:%M}" if moment else ""
        yield "Plan", f"{plan.solution.plan.week}, Fassung {plan.id}{published}"
    yield "Stand", f"{report.as_of.astimezone(BERLIN):%d.%m.%Y %H:%M}"
    yield "Erstellt mit", f"busplan {version}"
    yield "Codelisten", f"{CODE_LIST} (Altersgruppen, Ausfallgründe); kein amtlicher Schlüssel"
    if report.county.county.demo:
        yield (
            "Beispieldaten",
            "Halte und Bedarf sind teils erfunden: kein Bericht über echte Arbeit",
        )


_NOTES = (
    (
        "Kontakte",
        "Gezählt werden Kontakte, nicht Personen: Wer zweimal kommt, zählt zweimal."
        " Leer heißt nicht gezählt, 0 heißt niemand.",
    ),
    (
        "Geschlecht",
        "wird nicht erfasst.",
    ),
    (
        "Öffnung",
        "geplante Zeit, in der der Bus für Besucher offen ist.",
    ),
    (
        "Anwesenheit",
        "Zeit von Ankunft bis Abfahrt des Busses; gemessen nur, wenn beide erfasst sind."
        " Stunden sind aus ganzen Minuten berechnet.",
    ),
    (
        "nicht erfasst",
        "Der Tag ist vorbei, aber niemand hat Ankunft oder Ausfall gemeldet.",
    ),
    (
        "Verlegte Besuche",
        "zählen als geplant in der angekündigten Gemeinde, als stattgefunden dort, wo der Bus war.",
    ),
    (
        "Kilometer",
        "gehören zu Touren und werden nicht auf Gemeinden verteilt. Gefahren heißt: geplante"
        " Länge der Touren, von denen mindestens ein Besuch stattfand; kein Tachostand.",
    ),
)
