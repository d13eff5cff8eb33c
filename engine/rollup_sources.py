"""The sources of roll-ups, put together from the parts: for the worker and the command line."""

from activities.rollup_sources import RollupSources
from engine.parts import Parts


def sources_of(parts: Parts) -> RollupSources:
    """Return what roll-ups are made from."""
    return RollupSources(parts.log, parts.engine, parts.projector, parts.files)
