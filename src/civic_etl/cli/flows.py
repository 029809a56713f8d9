"""Find and load the Prefect flows: of the checkout this code runs from, else of the installed package."""

from pathlib import Path
from typing import Any

import civic_etl
from civic_etl.errors import CivicEtlError
from civic_etl.pipeline.prefect_database import set_aside_if_damaged
from civic_etl.pipeline.prefect_home import keep_server, settle
from civic_etl.settings import Settings

FLOWS = ("nightly", "backfill", "reparse", "release")


def flows_dir() -> Path:
    """The folder of the flows. Raises CivicEtlError where the installation has none."""
    package = Path(civic_etl.__file__).resolve().parent
    for folder in (package.parent.parent / "flows", package / "flows"):
        if (folder / "nightly.py").is_file():
            return folder
    raise CivicEtlError("the flows are missing from this installation: install civic-etl again", file="flows")


def load_flow(name: str, settings: Settings) -> Any:
    """The flow of a name, with Prefect set up for this home and the task runner of the settings."""
    settle(settings)
    set_aside_if_damaged()
    keep_server()
    from prefect.exceptions import ScriptError
    from prefect.flows import load_flow_from_entrypoint

    try:
        return load_flow_from_entrypoint(f"{flows_dir() / name}.py:{name}")
    except ScriptError as error:
        # Prefect wraps what a flow's file raises while it is read, such as a setting that does not fit.
        raise error.user_exc from error
