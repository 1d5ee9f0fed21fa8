"""Wrong documents: one plain line, nothing released, nothing lost, the next good one works."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from errors import AdmissionsError
from tests.flows.conftest import made_once
from tests.flows.harness import Ended, admissions, admissions_process, archived, whole_release
from tests.flows.steps import refreshed
from tests.flows.wrong_documents import WRONG, with_a_bonus_that_does_not_add_up

pytestmark = pytest.mark.slow  # many refused refreshes


@pytest.fixture(scope="module")
def released(leaflets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one release, of the conversion leaflet. To be read only."""
    return made_once(
        tmp_path_factory,
        "conversion-data",
        lambda data: refreshed(data, [leaflets / "conversion.pdf"]),
    )


@pytest.fixture
def data(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "data", symlinks=True))


def check_message(message: str, document: Path) -> None:
    _, page, text, todo = WRONG[document.name]
    assert message.startswith(f"{document.name}{page}: "), message
    assert text in message and todo in message, message
    assert len(message) < 400 and str(document.parent) not in message


@pytest.mark.parametrize("name", WRONG)
def test_refused_in_one_line(name: str, data: Path, leaflets: Path, tmp_path: Path) -> None:
    document = tmp_path / name
    WRONG[name][0](document)
    before = archived(data), whole_release(data)
    with pytest.raises(AdmissionsError) as refused:
        refreshed(data, [leaflets / "scholarships.pdf", document])
    check_message(str(refused.value), document)
    assert (archived(data), whole_release(data)) == before
    report = (data / "last-failure.md").read_text(encoding="utf-8")
    assert name in report and f"still current: {before[1]}" in report


def test_the_next_good_refresh_works(data: Path, leaflets: Path, tmp_path: Path) -> None:
    """After all of them, one after the other, nothing has to be cleaned up by hand."""
    for name, (make, *_) in WRONG.items():
        make(tmp_path / name)
        with pytest.raises(AdmissionsError):
            refreshed(data, [tmp_path / name])
    release = refreshed(data, [leaflets / "scholarships.pdf"])
    assert release is not None and release.id.startswith("0002-")
    assert whole_release(data) == release.id
    assert len(archived(data)) == 2 * 2
    assert not (data / "last-failure.md").exists()


def test_what_a_check_blocks_does_not_stay_in_the_archive(
    data: Path, leaflets: Path, tmp_path: Path
) -> None:
    document = tmp_path / "bonus.pdf"
    with_a_bonus_that_does_not_add_up(document)
    before = archived(data), whole_release(data)
    with pytest.raises(AdmissionsError) as refused:
        refreshed(data, [document])
    message = str(refused.value)
    assert "4.99" in message and "nothing was released" in message
    assert (archived(data), whole_release(data)) == before
    assert refreshed(data) is None
    assert refreshed(data, [leaflets / "scholarships.pdf"]) is not None


@pytest.mark.usefixtures("prefect")
def test_under_prefect(data: Path, leaflets: Path, tmp_path: Path) -> None:
    """The same through the command and the flow: one line on stderr, exit 1."""
    before = archived(data), whole_release(data)
    for name, (make, *_) in WRONG.items():
        make(tmp_path / name)
        ended = admissions("refresh", "--data", data, tmp_path / name)
        check_message(ended.message, tmp_path / name)
        assert ended.out == ""
        assert (archived(data), whole_release(data)) == before
    missing = admissions("refresh", tmp_path / "missing.pdf", "--data", data)
    assert "missing.pdf: cannot be read (No such file or directory)" in missing.message
    folder = admissions("refresh", tmp_path, "--data", data)
    assert "cannot be read (Is a directory)" in folder.message
    two = admissions("refresh", tmp_path / "renamed.pdf", tmp_path / "level-9.pdf", "--data", data)
    logged, said = two.err.splitlines()  # all are named, the first by name is the message
    assert logged.startswith("renamed.pdf, page 1: ")
    assert said.startswith("admissions: level-9.pdf, page 1: ") and two.code == 1
    good = admissions("refresh", "--data", data, leaflets / "scholarships.pdf")
    assert good.code == 0, good


def test_in_a_shell(data: Path, prefect_url: str, tmp_path: Path) -> None:
    """Nothing of Prefect's own, of worker processes or of the interpreter's end gets to stderr."""
    document = tmp_path / "renamed.pdf"
    WRONG[document.name][0](document)
    ended: Ended = admissions_process(
        "refresh", document, "--data", data, PREFECT_API_URL=prefect_url
    )
    check_message(ended.message, document)
    assert ended.out == ""
