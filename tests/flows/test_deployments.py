"""prefect.yaml: every entrypoint is a flow, every schedule a schedule, every parameter one of the flow's."""

import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml

from civic_etl.cli.flows import FLOWS, flows_dir, load_flow
from civic_etl.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: str(deployment["name"]))
def test_deployment_fits_its_flow(deployment: dict[str, Any], tmp_path: Path) -> None:
    from prefect.client.schemas.schedules import CronSchedule

    file, name = deployment["entrypoint"].split(":")
    assert (ROOT / file).is_file()
    flow = load_flow(name, Settings(home=tmp_path))
    parameters = inspect.signature(flow.fn).parameters
    assert set(deployment.get("parameters", {})) <= set(parameters)
    for schedule in deployment["schedules"]:
        required = [key for key, value in parameters.items() if value.default is value.empty]
        assert set(required) <= set(deployment.get("parameters", {})), "a scheduled run can ask nobody"
        assert CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"]).timezone == "Asia/Ho_Chi_Minh"


def test_no_deployment_has_a_slot_of_prefects() -> None:
    """A run that is killed together with its worker keeps its slot for minutes, and the next night would wait for it.

    What must not run twice at a time has a lock of ours, which the kernel takes back with the process.
    """
    assert [found["name"] for found in DEPLOYMENTS if "concurrency_limit" in found] == []
    pools = [found["work_pool"] for found in DEPLOYMENTS]
    assert all(set(pool) <= {"name", "job_variables"} for pool in pools), "nor a queue that could have a limit"


def test_nightly_is_scheduled() -> None:
    crons = {d["name"]: [schedule["cron"] for schedule in d["schedules"]] for d in DEPLOYMENTS}
    assert crons["nightly"] == ["30 2 * * *"]


def test_every_flow_is_deployed_and_thin() -> None:
    assert {deployment["entrypoint"] for deployment in DEPLOYMENTS} >= {f"flows/{name}.py:{name}" for name in FLOWS}
    for name in FLOWS:
        lines = (flows_dir() / f"{name}.py").read_text(encoding="utf-8").splitlines()
        assert len(lines) < 40, f"{name}: a flow has no logic of its own"
