"""Keeps the snapshot fresh: a thread that looks for changes, and the way to refresh at once."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from busplan.domain.public_timetable import PublicTimetable
from busplan.web.snapshot import Snapshot, SnapshotHolder, build_snapshot

log = logging.getLogger(__name__)

THREAD_NAME = "busplan-refresh"
REBUILD_AFTER = timedelta(minutes=1)
"""Short-notice visits become due without any event, so the gate is asked again this often."""
GIVE_UP_AFTER = timedelta(minutes=15)
"""A snapshot that cannot be renewed is withdrawn after this, and always at midnight: what the
public must no longer see must not stay because something is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where news come from.

    ``revision`` counts changes; ``build`` makes the public timetable of a moment, raising while
    nothing is published; ``write_pages`` puts a changed one on the public pages.
    """

    revision: Callable[[], int]
    build: Callable[[datetime], PublicTimetable]
    write_pages: Callable[[PublicTimetable], None]
    clock: Callable[[], datetime]


class Refresher:
    """Swaps the holder's snapshot whenever the public timetable may have changed.

    ``refresh`` may be called from any thread; one rebuild runs at a time. Pages are written by
    the background thread alone, after the snapshot.
    """

    def __init__(self, holder: SnapshotHolder, sources: Sources, pause_s: float) -> None:
        self._holder = holder
        self._sources = sources
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None
        self._seen_revision: int | None = None
        self._tried_at: datetime | None = None
        self._told = ""
        self._on_pages: Snapshot | None = None

    def start(self) -> None:
        """Refresh once, then keep looking in the background."""
        self.refresh()
        self._thread = threading.Thread(target=self._keep_looking, name=THREAD_NAME, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End the background thread; returns when it has ended."""
        self._ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def refresh(self) -> None:
        """Rebuild and swap now; a failure is logged and the snapshot kept while it may be."""
        with self._lock:
            now = self._sources.clock()
            try:
                # The revision first: what changes while we build is then seen as news next time.
                revision = self._sources.revision()
                self._tried_at, self._seen_revision = now, revision
                snapshot = build_snapshot(self._sources.build(now))
            except Exception as error:
                self._tried_at = now
                self._tell(f"the snapshot is not renewed: {type(error).__name__}: {error}")
                self._withdraw_if_old(now)
            else:
                self._told = ""
                self._holder.swap(snapshot)

    def changed(self) -> None:
        """Refresh now, and let the pages follow without a pause; for changes made right here."""
        self.refresh()
        self._wake.set()

    def refresh_if_due(self) -> None:
        """Refresh where something changed or time has made a difference; then mind the pages."""
        try:
            due = self._is_due()
        except Exception as error:
            self._tell(f"changes cannot be seen: {type(error).__name__}: {error}")
            self._withdraw_if_old(self._sources.clock())
            return
        if due:
            self.refresh()
        self._write_pages_if_changed()

    def _keep_looking(self) -> None:
        while not self._ending:
            self.refresh_if_due()
            self._wake.wait(self._pause_s)
            self._wake.clear()

    def _is_due(self) -> bool:
        now = self._sources.clock()
        if self._tried_at is None or now - self._tried_at >= REBUILD_AFTER:
            return True
        snapshot = self._holder.current
        if snapshot is not None and self._tried_at < snapshot.stale_at <= now:
            return True
        return self._sources.revision() != self._seen_revision

    def _withdraw_if_old(self, now: datetime) -> None:
        snapshot = self._holder.current
        if snapshot is None:
            return
        if now - snapshot.timetable.as_of >= GIVE_UP_AFTER or snapshot.is_of_another_day(now):
            self._holder.swap(None)

    def _write_pages_if_changed(self) -> None:
        snapshot = self._holder.current
        if snapshot is None or (self._on_pages and _tell_the_same(self._on_pages, snapshot)):
            return
        self._on_pages = snapshot
        try:
            self._sources.write_pages(snapshot.timetable)
        except Exception:
            log.exception("the pages are not written")

    def _tell(self, sentence: str) -> None:
        """Log a trouble once, not every second of it."""
        if sentence != self._told:
            self._told = sentence
            log.warning("%s", sentence)


def _tell_the_same(written: Snapshot, now: Snapshot) -> bool:
    """Whether pages need not be written anew: nothing changed, nothing is over, same day."""
    as_of = now.timetable.as_of
    return as_of < written.stale_at and now.timetable == replace(written.timetable, as_of=as_of)
