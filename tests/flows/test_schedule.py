"""The yearly rhythm: when it fires, what is no cron, where no server is."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.flows.harness import ROOT, admissions, admissions_process

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]
HONG_KONG = ZoneInfo("Asia/Hong_Kong")
START = dt.datetime(2026, 8, 1, 0, 0, tzinfo=HONG_KONG)
AUTUMN = [dt.date(2026, 9, 7) + dt.timedelta(weeks=week) for week in range(13)]  # Mondays
OTHER = [dt.date(2026, 8, 1), dt.date(2026, 12, 1)] + [dt.date(2027, m, 1) for m in range(1, 9)]


def fires(cron: str, timezone: str, until: dt.datetime) -> list[dt.datetime]:
    from prefect.server.schemas.schedules import CronSchedule

    dates = asyncio.run(CronSchedule(cron=cron, timezone=timezone).get_dates(40, start=START))
    return [date.astimezone(HONG_KONG) for date in dates if date < until]


def test_weekly_in_autumn_else_monthly() -> None:
    from flows.scheduling import schedules

    until = dt.datetime(2027, 8, 31, tzinfo=HONG_KONG)
    found = sorted(
        date for one in schedules(None) for date in fires(str(one.cron), str(one.timezone), until)
    )
    assert [date.date() for date in found] == sorted([*AUTUMN, *OTHER])
    assert {(date.hour, date.minute) for date in found} == {(9, 0)}


def test_a_cron_of_ones_own() -> None:
    from flows.scheduling import schedules

    (one,) = schedules("30 7 * * 5")
    (first, *_) = fires(str(one.cron), str(one.timezone), START + dt.timedelta(days=8))
    assert first == dt.datetime(2026, 8, 7, 7, 30, tzinfo=HONG_KONG)


@pytest.mark.parametrize("cron", ["weekly", "99 * * * *", "* * *", "0 9 * 13 1", ""])
def test_what_is_no_cron(cron: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    ended = admissions("schedule", "--cron", cron, "--data", tmp_path)
    if cron:
        assert ended.message.startswith(f"not a cron expression: {cron!r}. Five fields: ")
    else:
        assert "needs a Prefect server" in ended.message  # an empty setting is none


def test_without_a_server(tmp_path: Path) -> None:
    ended = admissions_process("schedule", "--data", tmp_path)
    assert ended.message.startswith("a schedule needs a Prefect server. Run `prefect server start`")


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    ended = admissions_process(
        "schedule", "--data", tmp_path, PREFECT_API_URL="http://127.0.0.1:9/api"
    )
    assert ended.message.startswith("no Prefect server answers at PREFECT_API_URL. Start it, or ")


def test_the_deployment_says_the_same() -> None:
    """prefect.yaml: its entry point is the flow, its schedules and parameters are the command's."""
    from prefect.flows import load_flow_from_entrypoint

    from flows.scheduling import TIMEZONE, YEARLY

    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    path, name = deployment["entrypoint"].split(":")
    flow = load_flow_from_entrypoint(f"{ROOT / path}:{name}")
    assert flow.name == "refresh"
    assert set(deployment["parameters"]) == set(flow.parameters.properties)
    assert [(s["cron"], s["timezone"]) for s in deployment["schedules"]] == [
        (cron, TIMEZONE) for cron in YEARLY
    ]
