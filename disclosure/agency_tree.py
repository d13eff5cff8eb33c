"""The tree of agencies in a year (机关汇总关系): who enters whose roll-up, each exactly once.

Pure: it is made from what is on record of every agency, and knows nothing of reports.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from disclosure.agency_commands import AgencyCommand, MergeAgency, MoveAgency, RegisterAgency
from disclosure.agency_place import Place
from disclosure.refusals import Refused


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency by its id, with its name and its place."""

    agency: str
    name: str
    place: Place


class AgencyTree:
    """All agencies on record, asked by year."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies = {known.agency: known for known in agencies}

    def __contains__(self, agency: str) -> bool:
        return agency in self._agencies

    def __getitem__(self, agency: str) -> Agency:
        return self._agencies[agency]

    def __iter__(self) -> Iterator[Agency]:
        return iter(self._agencies.values())

    def name_of(self, agency: str) -> str:
        """Return an agency's name, its id where it is not registered."""
        return self._agencies[agency].name if agency in self._agencies else agency

    def children(self, agency: str, year: int) -> list[str]:
        """Return the agencies whose year enters this one's roll-up, by their ids."""
        return sorted(
            known.agency
            for known in self
            if known.place.exists_in(year) and known.place.parent_in(year) == agency
        )

    def children_on(self, agency: str | None, day: date) -> list[str]:
        """Return the agencies that stand under this one on a day; under None, those under none.

        One whose superior is not registered stands under none.
        """
        return sorted(
            known.agency
            for known in self
            if known.place.exists_on(day) and self._superior_on(known.place, day) == agency
        )

    def _superior_on(self, place: Place, day: date) -> str | None:
        parent = place.parent_on(day)
        return parent if parent in self._agencies else None

    def members(self, agency: str, year: int) -> list[str]:
        """Return an agency and all below it in a year, each once, even where a circle is."""
        found = {agency: None}
        waiting = [agency]
        while waiting:
            new = [child for child in self.children(waiting.pop(0), year) if child not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return list(found)

    def governments(self, year: int) -> list[str]:
        """Return the registered agencies with others below them in a year."""
        above = {known.place.parent_in(year) for known in self if known.place.exists_in(year)}
        return sorted(agency for agency in above if agency is not None and agency in self)

    def circles(self, year: int) -> list[tuple[str, ...]]:
        """Return the circles of a year, each once, beginning with its first id."""
        return self._circles(lambda place: place.parent_in(year) if place.exists_in(year) else None)

    def circles_on(self, day: date) -> list[tuple[str, ...]]:
        """Return the circles of a day, each once, beginning with its first id."""
        return self._circles(lambda place: place.parent_on(day) if place.exists_on(day) else None)

    def _circles(self, parent_of: Callable[[Place], str | None]) -> list[tuple[str, ...]]:
        def parent(agency: str) -> str | None:
            known = self._agencies.get(agency)
            return parent_of(known.place) if known is not None else None

        found = set()
        for agency in self._agencies:
            circle = _circle(agency, parent)
            if circle:
                first = circle.index(min(circle))
                found.add((*circle[first:], *circle[:first]))
        return sorted(found)


def refuse_impossible_place(
    command: AgencyCommand,
    registered: Callable[[str], bool],
    superior_on: Callable[[str, date], str | None],
) -> None:
    """Refuse a superior or a successor that is not on record, and a circle of superiors.

    Args:
        command: about an agency; most place it by no other.
        registered: tells whether an agency is.
        superior_on: tells an agency's superior on a day.

    Raises:
        Refused: naming the field that places the agency.
    """
    match command:
        case MergeAgency():
            other, field = command.into, "into"
        case MoveAgency() | RegisterAgency() if command.parent is not None:
            other, field = command.parent, "parent"
        case _:
            return
    if other == command.agency:
        return
    if not registered(other):
        raise Refused("unknown_agency", field, "该机关尚未登记，请先登记该机关")
    if isinstance(command, MergeAgency):
        return
    if closes_circle(command.agency, other, command.on, superior_on):
        raise Refused("circle", field, "汇总关系成环：上级机关经由其上级又汇总到本机关")


def closes_circle(
    agency: str, parent: str, day: date, superior_on: Callable[[str, date], str | None]
) -> bool:
    """Tell whether an agency under this parent from a day on would stand above itself.

    Args:
        agency: that is to be moved.
        parent: under whom.
        day: from when on.
        superior_on: tells an agency's superior on a day.
    """

    def superior(on: date, name: str) -> str | None:
        return parent if name == agency else superior_on(name, on)

    return any(_circle(agency, partial(superior, on)) for on in (day, date.max))


def _circle(agency: str, parent: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the circle an agency stands in, upwards from it; empty where it stands in none."""
    path = [agency]
    while (above := parent(path[-1])) is not None:
        if above == agency:
            return tuple(path)
        if above in path:
            return ()
        path.append(above)
    return ()
