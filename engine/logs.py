"""Logs (structlog): on stderr, for people or as JSON; never during replay, never personal data."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from temporalio import activity, workflow
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter


def configure_logs(level: str, form: str) -> None:
    """Send structlog's and the standard library's messages through one chain to stderr."""
    shared: list[structlog.typing.Processor] = [
        drop_during_replay,
        bind_engine_ids,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(frames_without_text),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    _quiet_core("ERROR" if level == "ERROR" else "WARN")


def _quiet_core(level: str) -> None:
    """Let the SDK's own core, which writes to stderr by itself, say no less than this.

    A runtime that something has already made in this process stays as it is.
    """
    telemetry = TelemetryConfig(
        logging=LoggingConfig(filter=TelemetryFilter(core_level=level, other_level="ERROR"))
    )
    Runtime.set_default(Runtime(telemetry=telemetry), error_if_already_set=False)


def frames_without_text(exc_info: Any) -> str:
    """Write an error as its kind and the lines that raised it.

    Its own text is left out, all along the chain: it may quote what somebody entered.
    """
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def drop_during_replay(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop what a workflow says again while its history is replayed."""
    if workflow.in_workflow() and workflow.unsafe.is_replaying():
        raise structlog.DropEvent
    return event


def bind_engine_ids(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Add workflow, run and update ids, which hold no personal data."""
    if workflow.in_workflow():
        info = workflow.info()
        event["workflow_id"], event["run_id"] = info.workflow_id, info.run_id
        update = workflow.current_update_info()
        if update is not None:
            event["update_id"] = update.id
    elif activity.in_activity():
        at = activity.info()
        event["workflow_id"], event["run_id"] = at.workflow_id, at.workflow_run_id
        event["activity"] = at.activity_type
    return event
