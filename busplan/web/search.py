"""Finding towns, places and stops by what people type, typing errors included."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from busplan.domain.folding import fold, squeeze
from busplan.domain.places import Ags
from busplan.domain.public_timetable import PublicTimetable

LEAST_SIMILARITY = 0.75
"""One wrong letter in four still counts; two in five do not."""
LEAST_FUZZY_LETTERS = 4
"""Shorter texts are within reach of almost any name."""


class Kind(StrEnum):
    """What a name belongs to, most important first."""

    MUNICIPALITY = "municipality"
    PLACE = "place"
    STOP = "stop"


class Closeness(StrEnum):
    """How a query meets a name, best first."""

    EXACT = "exact"
    BEGINNING = "beginning"
    WORDS = "words"
    SIMILAR = "similar"
    SIMILAR_WORD = "similar_word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with a name that people search for; ``ways`` are all the ways to write it."""

    kind: Kind
    id: str
    name: str
    ags: Ags
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A name found; ``similarity`` is 1 where nothing had to be guessed."""

    named: Named
    closeness: Closeness
    similarity: float = 1.0

    @property
    def rank(self) -> tuple[int, float]:
        """Lower is better."""
        return (_CLOSEST_FIRST[self.closeness], -self.similarity)


_CLOSEST_FIRST = {closeness: rank for rank, closeness in enumerate(Closeness)}


@dataclass(frozen=True, slots=True)
class _Key:
    """A folded text that leads to a name, whole or as one of its words."""

    named: Named
    whole: bool


class NameIndex:
    """Every name of a public timetable, ready to be searched; immutable once built."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._texts: list[str] = []
        self._keys: list[_Key] = []
        self._exact: dict[str, list[Named]] = {}
        for named in names:
            self._add(named)

    def search(self, query: str, limit: int) -> tuple[Match, ...]:
        """The best matches first, at most ``limit``; equal ones by kind and name."""
        return tuple(self._ranked(query, tuple(Kind))[:limit])

    def best(self, query: str, kinds: Collection[Kind]) -> tuple[Match, ...]:
        """All matches that are equally the best; the first kind present hides the later ones."""
        ranked = self._ranked(query, kinds)
        return tuple(
            match
            for match in ranked
            if match.rank == ranked[0].rank and match.named.kind is ranked[0].named.kind
        )

    def exact(self, query: str, kinds: Collection[Kind]) -> tuple[Named, ...]:
        """The names written just so, umlauts and case apart; needs no search."""
        return tuple(
            named for named in self._exact.get(squeeze(fold(query)), ()) if named.kind in kinds
        )

    def _add(self, named: Named) -> None:
        ways = {fold(way) for way in named.ways} - {""}
        words = {word for way in ways for word in way.split() if len(word) >= LEAST_FUZZY_LETTERS}
        for squeezed in dict.fromkeys(squeeze(way) for way in sorted(ways)):
            self._exact.setdefault(squeezed, []).append(named)
        for text in sorted(ways | words):
            for form in dict.fromkeys((text, squeeze(text))):
                self._texts.append(form)
                self._keys.append(_Key(named, whole=text in ways))

    def _ranked(self, query: str, kinds: Collection[Kind]) -> list[Match]:
        plain = fold(query)
        if not plain:
            return []
        found: dict[tuple[Kind, str], Match] = {}
        for match in self._candidates(plain, squeeze(plain)):
            key = (match.named.kind, match.named.id)
            if match.named.kind in kinds and (key not in found or match.rank < found[key].rank):
                found[key] = match
        order = list(Kind)
        return sorted(
            found.values(),
            key=lambda m: (m.rank, order.index(m.named.kind), m.named.name, m.named.id),
        )

    def _candidates(self, plain: str, squeezed: str) -> Iterable[Match]:
        for named in self._exact.get(squeezed, ()):
            yield Match(named=named, closeness=Closeness.EXACT)
        words = squeezed.split()
        for text, key in zip(self._texts, self._keys, strict=True):
            if key.whole and text.startswith((plain, squeezed)):
                yield Match(named=key.named, closeness=Closeness.BEGINNING)
            elif key.whole and _each_begins_a_word(words, text):
                yield Match(named=key.named, closeness=Closeness.WORDS)
        if len(plain) >= LEAST_FUZZY_LETTERS and not plain.isdigit():
            for form in {plain, squeezed}:
                yield from self._similar(form)

    def _similar(self, form: str) -> Iterable[Match]:
        hits = extract(
            form,
            self._texts,
            scorer=OSA.normalized_similarity,
            score_cutoff=LEAST_SIMILARITY,
            limit=None,
        )
        for _, similarity, position in hits:
            key = self._keys[position]
            closeness = Closeness.SIMILAR if key.whole else Closeness.SIMILAR_WORD
            yield Match(named=key.named, closeness=closeness, similarity=similarity)


def names_of(timetable: PublicTimetable) -> Iterable[Named]:
    """Municipalities with their postcodes, places and public stops, also with the town's name."""
    towns = {m.ags: m.name for m in timetable.municipalities}
    for town in timetable.municipalities:
        yield Named(
            kind=Kind.MUNICIPALITY,
            id=town.ags,
            name=town.name,
            ags=town.ags,
            ways=(town.name, *town.postcodes),
        )
    for place in timetable.places:
        ways = _with(place.name, towns.get(place.ags, ""))
        yield Named(kind=Kind.PLACE, id=place.id, name=place.name, ags=place.ags, ways=ways)
    for stop in timetable.stops:
        ways = _with(stop.name, towns.get(stop.ags, "")) + _with(stop.name, stop.place)[1:]
        yield Named(kind=Kind.STOP, id=stop.id, name=stop.name, ags=stop.ags, ways=ways)


def _with(name: str, other: str) -> tuple[str, ...]:
    return (name, f"{name} {other}", f"{other} {name}") if other else (name,)


def _each_begins_a_word(words: list[str], text: str) -> bool:
    padded = f" {text}"
    return all(f" {word}" in padded for word in words)
