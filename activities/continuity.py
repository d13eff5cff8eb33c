"""Why this year does not begin where the last published report ended, request by request.

二、上年结转 must be last year's 四、结转下年度继续办理, and 现行有效 follows from last year's.
Where they differ, something was learned after that report went out: here it is named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from activities.agency_fold import AgencyFold, agency_events
from disclosure.addresses import case_stream
from disclosure.agency_events import DocumentsOpened, DocumentsRecorded
from eventstore import EventStore
from projections import RequestFacts
from projections.annual_statistics import Facts, Year, facts_of, is_carried_out
from records import Entry
from records.record_log import entry_of

_OF_DOCUMENTS = (DocumentsOpened, DocumentsRecorded)


@dataclass(frozen=True, slots=True)
class CarriedOtherwise:
    """A request that last year's published report carried over otherwise than the record now does.

    Attributes:
        case: its reference.
        published: the column it was carried over in; None where it was not.
        now: the column it is carried over in; None where it is not.
        causes: the events recorded since that touch its figures.
    """

    case: str
    published: str | None
    now: str | None
    causes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Continuity:
    """What breaks the thread between two years; empty where nothing does.

    Attributes:
        requests: carried over otherwise than published.
        documents: facts about 现行有效 of last year or before, recorded since.
    """

    requests: tuple[CarriedOtherwise, ...] = ()
    documents: tuple[Entry, ...] = ()


def continuity(
    store: EventStore, agency: str, year: int, position: int, through: int
) -> Continuity:
    """Compare what stood at last year's published position with what stands now.

    Args:
        store: the log.
        agency: whose report.
        year: this year; the report before it was published.
        position: of the published report of the year before.
        through: last position to look at.
    """
    fold = AgencyFold.through(store, agency, position)
    before = _carried(fold, year - 1)
    since: dict[str, list[Entry]] = {}
    documents = []
    for event in agency_events(store, agency, position, through):
        fold.take(event)
        if event.type in RequestFacts().types:
            since.setdefault(event.stream, []).append(entry_of(event))
        elif event.type in {kind.type for kind in _OF_DOCUMENTS} and event.legal_date.year < year:
            documents.append(entry_of(event))
    now = _carried(fold, year - 1)
    moved = sorted(case for case in before.keys() | now.keys() if before.get(case) != now.get(case))
    return Continuity(
        requests=tuple(
            CarriedOtherwise(
                case=case,
                published=before.get(case),
                now=now.get(case),
                causes=tuple(since.get(case_stream(agency, case), ())),
            )
            for case in moved
        ),
        documents=tuple(documents),
    )


def _carried(fold: AgencyFold, year: int) -> dict[str, str]:
    """Return the requests open at the end of a year, each with its column."""
    facts: Iterable[Facts] = facts_of(fold.rows_of(RequestFacts.name))
    return dict(_open_at_the_end(facts, Year.of(year)))


def _open_at_the_end(facts: Iterable[Facts], year: Year) -> Iterator[tuple[str, str]]:
    for request in facts:
        if is_carried_out(request, year):
            yield request.case, request.column
