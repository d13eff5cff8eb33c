"""Record the golden histories of this release: `python -m tests.replay.record`.

Run it once a release, before its tag. What is there already is left alone: a history that has been
released is evidence and is never recorded again. They are encrypted, as all histories are, under
`tests.workflows.servers.MASTER_KEY`.
"""

import asyncio
import dataclasses
import importlib.metadata
import sys
import tempfile
from pathlib import Path

from temporalio.api.failure.v1 import Failure
from temporalio.client import WorkflowHistory
from temporalio.converter import DefaultFailureConverterWithEncodedAttributes, PayloadConverter

from tests.replay.lives import LIVES, Life
from tests.workflows.servers import new_data_folder, time_skipping_office
from vault.codec import data_converter
from worker import running_worker

HISTORIES = Path(__file__).with_name("histories")


class FailuresWithoutTraces(DefaultFailureConverterWithEncodedAttributes):
    """Leave stack traces out: they name the folders of the machine that recorded."""

    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        """Convert without trace."""
        super().to_failure(exception.with_traceback(None), payload_converter, failure)


async def lived(life: Life) -> WorkflowHistory:
    """Live one life on a server of its own and return its history."""
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-record-") as folder,
        new_data_folder(Path(folder)) as parts,
    ):
        converter = dataclasses.replace(
            data_converter(parts.keyring), failure_converter_class=FailuresWithoutTraces
        )
        async with (
            time_skipping_office(parts, converter) as office,
            running_worker(parts, office.client),
        ):
            workflow_id = await life(office)
            return await office.request(workflow_id).fetch_history()


def record(folder: Path) -> list[Path]:
    """Record what the folder lacks; return the new files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, life in LIVES.items():
        file = folder / f"{name}.json"
        if not file.exists():
            history = asyncio.run(lived(life))
            file.write_text(history.to_json() + "\n", encoding="utf-8")
            made.append(file)
    return made


if __name__ == "__main__":
    for written in record(HISTORIES / importlib.metadata.version("gongkai")):
        sys.stdout.write(f"{written.relative_to(HISTORIES)}\n")
