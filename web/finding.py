"""Finding cases by their words (检索), and requests that read alike (相似申请).

The texts are read from the log once, in a thread of their own, while pages go on; until then a
search says that it is being prepared. Every search first reads what the log has gained since.

A search goes through the texts one by one: at a hundred thousand cases that takes some hundredths
of a second, needs no index to be kept, and finds any part of any word, which is what Chinese needs.
"""

import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import structlog
from fastapi import Request

from engine.parts import Parts
from eventstore import RecordedEvent
from web.access import the_office
from web.finding_texts import (
    TYPES,
    Texts,
    description_of,
    erased_among,
    found_in,
    on_any_list,
    plain,
)

_log = structlog.get_logger(__name__)

_SWEEP_SECONDS: Final = 60.0
"""How often all erasures are looked up; those among what is found are looked up each time."""

_PORTION: Final = 1000
"""Events whose keys are read at once."""

_MOST_WORDS: Final = 8
_MOST_PAIRS: Final = 24
_LOOKED_AT: Final = 200
_ALIKE: Final = 0.35
"""From this share of common pairs of characters on, two texts are shown as alike."""


@dataclass(frozen=True, slots=True)
class Found:
    """A case that was found; `places` are of `finding_texts.PLACES`."""

    stream: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A request that reads like another; `likeness` is between 0 and 1."""

    stream: str
    likeness: float


class FindingNotReadyError(Exception):
    """The texts are still being read."""


class Finding:
    """The texts of one installation, in memory."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._texts = Texts()
        self._position = 0
        self._swept_at = 0.0
        self._changing = threading.Lock()
        self._begun = threading.Lock()
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def ready(self) -> bool:
        """Whether a search can be answered."""
        return self._ready.is_set()

    def __len__(self) -> int:
        return len(self._texts)

    def begin(self) -> None:
        """Begin to read the texts beside everything else; once begun, this does nothing."""
        with self._begun:
            if self.ready or (self._thread is not None and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._prepare, name="finding", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until it is ready; tell whether it is."""
        return self._ready.wait(seconds)

    def search(
        self, agencies: Sequence[str], query: str, limit: int, *, sealed_to: Collection[str] = ()
    ) -> list[Found]:
        """Return the cases in which every word of a query stands, the latest first.

        Args:
            agencies: whose cases are looked at.
            sealed_to: those of them of whose cases only reference and numbers are looked at: a hit
                would tell what stands in a text that who asks may not read.
            query: words between spaces; a part of a word is enough.
            limit: so many at most.

        Raises:
            FindingNotReadyError: begin, and ask again later.
        """
        self._keep_up()
        words = plain(query).split()[:_MOST_WORDS]
        if not words:
            return []
        found: dict[str, str] = {}
        for agency in agencies:
            legible = on_any_list if agency in sealed_to else str
            for stream, text in reversed(self._texts.of(agency)):
                if all(word in legible(text) for word in words):
                    found[stream] = legible(text)
                    if len(found) >= limit:
                        break
        found = self._without_erased(found)
        return [
            Found(stream, tuple(found_in(text, words)))
            for stream, text in found.items()
            if all(word in text for word in words)
        ][:limit]

    def similar(self, agency: str, text: str, limit: int, *, but: str = "") -> list[Alike]:
        """Return the requests of an agency that read like a text, the most alike first.

        Likeness is the share of common pairs of neighbouring characters (Dice's coefficient).

        Args:
            agency: whose requests.
            text: what is asked for, as the applicant wrote it.
            limit: so many at most.
            but: a stream that is left out.

        Raises:
            FindingNotReadyError: begin, and ask again later.
        """
        self._keep_up()
        pairs = _pairs(plain(text))
        if not pairs:
            return []
        sample = sorted(pairs)[:: -(-len(pairs) // _MOST_PAIRS)]
        rated = (
            (sum(pair in other for pair in sample), stream, other)
            for stream, other in self._texts.of(agency)
            if stream != but
        )
        closest = sorted(each for each in rated if each[0])[-_LOOKED_AT:]
        candidates = self._without_erased({stream: other for _, stream, other in closest})
        alike = [
            Alike(stream, _likeness(pairs, _pairs(description_of(other))))
            for stream, other in candidates.items()
        ]
        alike.sort(key=lambda each: (-each.likeness, each.stream))
        return [each for each in alike if each.likeness >= _ALIKE][:limit]

    def _keep_up(self) -> None:
        if not self.ready:
            raise FindingNotReadyError
        with self._changing:
            self._read_on()
            if time.monotonic() - self._swept_at >= _SWEEP_SECONDS:
                self._sweep()

    def _prepare(self) -> None:
        begun = time.perf_counter()
        try:
            with self._changing:
                self._read_on()
                self._sweep()
        except Exception:  # noqa: BLE001 - whatever it is, the pages go on without a search
            # The next page begins anew: a database that is away comes back.
            _log.exception("texts for finding could not be read")
            return
        self._ready.set()
        _log.info("finding ready", cases=len(self), seconds=round(time.perf_counter() - begun, 1))

    def _read_on(self) -> None:
        head = self._parts.store.head()
        log = self._parts.store.read_log(self._position, types=TYPES, through_position=head)
        while portion := list(islice(log, _PORTION)):
            self._parts.vault.look_up(event.stream for event in portion if event.sealed)
            for event in portion:
                self._texts.take(event, self._opened)
            self._position = portion[-1].position
        self._position = head

    def _opened(self, event: RecordedEvent) -> dict[str, Any]:
        if event.sealed is None:
            return {}
        return self._parts.vault.open(event.stream, event.event_id, event.sealed) or {}

    def _sweep(self) -> None:
        for stream in erased_among(self._parts.engine):
            self._texts.forget(stream)
        self._swept_at = time.monotonic()

    def _without_erased(self, found: dict[str, str]) -> dict[str, str]:
        """Look up what was erased a moment ago, and drop it before it is shown."""
        erased = erased_among(self._parts.engine, list(found)) if found else set()
        if not erased:
            return found
        with self._changing:
            for stream in erased:
                self._texts.forget(stream)
        return {
            stream: on_any_list(text) if stream in erased else text
            for stream, text in found.items()
        }


_making = threading.Lock()


def finding_of(request: Request) -> Finding:
    """Return the texts of the installation these pages belong to; they begin to be read."""
    state = request.app.state
    with _making:
        if not hasattr(state, "finding"):
            state.finding = Finding(the_office(request).parts)
    finding: Finding = state.finding
    finding.begin()
    return finding


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if " " not in text[at : at + 2]}


def _likeness(some: set[str], others: set[str]) -> float:
    together = len(some) + len(others)
    return 2 * len(some & others) / together if together else 0.0
