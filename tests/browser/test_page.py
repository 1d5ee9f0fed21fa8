"""The report as people use it: typing, filtering, comparing, keys, screens, hostile titles."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import findings, needs_axe
from tests.browser.chromium import Page
from tests.browser.conftest import release_rows, release_with_report

pytestmark = pytest.mark.slow  # a real browser

EXAMPLE = (
    "#results=A:English+Language:5,A:Chinese+Language:4,A:Mathematics:5*,"
    "A:Citizenship+and+Social+Development:Attained,A:Physics:5,A:Chemistry:4,A:M2:5"
)
Opened = Callable[..., Page]


def choose(page: Page, selector: str, value: str) -> None:
    """What typing or choosing in a form field does."""
    page.evaluate(
        f"""{{ const field = document.querySelector({selector!r}); field.value = {value!r};
               field.dispatchEvent(new Event('input', {{bubbles: true}}));
               field.dispatchEvent(new Event('change', {{bubbles: true}})); }}"""
    )


def visible_codes(page: Page) -> list[str]:
    codes: list[str] = page.evaluate(
        """[...document.querySelectorAll('#glance tbody tr[data-code]')]
           .filter(row => row.offsetParent).map(row => row.dataset.code)"""
    )
    return codes


def own_score(page: Page, code: str) -> list[str]:
    cells: list[str] = page.evaluate(
        f"""[...document.querySelectorAll('tr[data-code={code}] td.yours')]
            .map(cell => cell.textContent)"""
    )
    return cells


# ---- nothing goes out, nothing comes in ----------------------------------------------------


def test_the_page_asks_for_nothing_and_the_policy_refuses_nothing(page: Page):
    assert page.requests == [page.evaluate("location.href")]
    assert page.console == []


def test_nothing_is_kept_in_the_browser(opened: Opened, release: Path):
    page = opened(release, EXAMPLE)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""


def test_the_policy_stops_scripts_requests_and_handlers_that_are_not_the_pages(page: Page):
    page.evaluate(
        """document.body.insertAdjacentHTML('beforeend',
            '<img src="https://example.org/x.png" onerror="window.hacked = 1">');
           const added = document.createElement('script');
           added.textContent = 'window.hacked = 1'; document.body.append(added);"""
    )
    page.wait_for("true")
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert len([line for line in page.console if "Content Security Policy" in line]) >= 2
    assert page.evaluate("fetch('https://example.org').then(() => 'sent', () => 'refused')") == (
        "refused"
    )


def test_what_a_document_says_stays_text(opened: Opened, tmp_path: Path):
    rows = release_rows()
    evil = '<script>window.hacked = 1</script></script><img src=x onerror="window.hacked = 1">&amp;'
    rows["programmes"][0]["title"] = evil
    rows["programmes"][1]["school"] = '"><svg onload="window.hacked = 1">'
    rows["study_options"][0]["title"] = "<!--<script>"
    rows["documents"][0] |= {"url": "javascript:window.hacked = 1", "name": "</title>a.pdf"}
    rows["observations"][0]["text"] = "</script><script>window.hacked = 1</script>\u202e\x07"
    rows["changes"][0]["new_value"] = "<b onmouseover=alert(1)>" * 3
    folder = release_with_report(rows, tmp_path / "release")

    text = (folder / "report" / "index.html").read_text(encoding="utf-8")
    assert not [c for c in text if (ord(c) < 32 and c != "\n") or "\u202a" <= c <= "\u202e"]
    page = opened(folder, EXAMPLE)
    code = rows["programmes"][0]["jupas_code"]
    assert page.console == []
    assert page.evaluate("typeof window.hacked") == "undefined"
    shown = page.evaluate(f"document.querySelector('tr[data-code={code}] .title').innerText")
    assert evil in shown
    assert page.evaluate("document.querySelectorAll('a[href^=\"javascript\"]').length") == 0
    page.evaluate("document.querySelector('#moves button.f').click()")
    printed = page.evaluate("document.querySelector('dialog .printed').textContent")
    assert printed == "</script><script>window.hacked = 1</script>\ufffd\ufffd"


# ---- the explorer --------------------------------------------------------------------------


def test_the_page_says_that_it_was_made_from_samples(page: Page):
    assert "Sample documents" in page.evaluate("document.querySelector('.banner').innerText")


def test_no_mark_is_not_read_as_no_interview(page: Page):
    for code, words in (("JS5101", "compulsory"), ("JS5102", "not compulsory")):
        row = page.evaluate(f"document.querySelector('tr[data-code={code}]').innerText")
        assert words in row.split("\t"), row


def test_moves_between_years_of_unknown_formulae_are_said_to(page: Page):
    note = page.evaluate("document.querySelector('#moves .note').innerText")
    assert note.endswith("a change without ≠ may be across two as well.")


def test_weights_that_may_not_all_count_are_said_to(page: Page):
    rows = page.evaluate("document.querySelector('#weightings').innerText").splitlines()
    capped = [above for above, row in pairwise(rows) if "at most 2 weighted electives" in row]
    assert [row[:6] for row in capped] == ["JS5102", "JS5103", "JS5118", "JS5181"]


def test_programmes_are_searched_and_filtered(page: Page):
    assert len(visible_codes(page)) == 33
    choose(page, "#q", "js53")
    assert visible_codes(page)[0] == "JS5300"
    assert len(visible_codes(page)) == 11
    choose(page, "#interview", "yes")
    assert visible_codes(page) == ["JS5332"]
    choose(page, "#q", "")
    assert visible_codes(page) == ["JS5101", "JS5332"]
    choose(page, "#interview", "")
    choose(page, "#major", "ai_major")
    assert visible_codes(page) == ["JS5102"]
    choose(page, "#major", "")
    options = page.evaluate("document.querySelector('tr[data-code=JS5102] .options').textContent")
    assert options == "BSc in JS5102 (AI); BSc in Chemistry"
    # only one formula weights Design and Applied Technology, and its list of subjects names it
    choose(page, "#subject", "Design and Applied Technology")
    assert visible_codes(page) == ["JS5711"]
    why = page.evaluate("document.querySelector('tr[data-code=JS5711] .why').innerText")
    assert why.startswith("Design and Applied Technology ×2")


def test_scores_follow_what_is_typed(page: Page):
    assert page.evaluate("document.querySelector('th.yours').hidden")
    for subject, level in {
        "English Language": "4",
        "Chinese Language": "3",
        "Mathematics": "4",
    }.items():
        choose(page, f'[data-subject="{subject}"]', level)
    assert own_score(page, "JS5300")[0] == "19.00"  # 2 x 4 + 2 x 4 + 3
    for number, (subject, level) in enumerate(
        (("A:Physics", "4"), ("A:Economics", "3"), ("A:History", "2")), start=1
    ):
        choose(page, f'[aria-label="Elective {number}"]', subject)
        choose(page, f'[aria-label="Level of elective {number}"]', level)
    # History in the five, Economics earns the bonus: SCORING.md's own example
    assert own_score(page, "JS5300") == ["26.05", "–", "no"]
    # its formula of 2025 is not in this release, so last year's scores don't compare
    assert own_score(page, "JS5311")[1] == "–"
    choose(page, '[data-subject="Citizenship and Social Development"]', "Attained")
    # English 4, Chinese 3, Mathematics 4 and two electives at 3 are just what JS5300 asks for
    assert own_score(page, "JS5300")[2] == "yes"
    assert "results=A:English+Language:4" in page.evaluate("location.hash")


def test_an_address_holds_results_filters_and_comparison(opened: Opened, release: Path):
    page = opened(release, EXAMPLE + "&school=School+52&compare=JS5212,JS5220")
    assert visible_codes(page)[0] == "JS5212"
    assert len(visible_codes(page)) == 8
    assert page.evaluate("document.querySelector('[data-subject=Mathematics]').value") == "5*"
    # JS5212: English 2 x 5.5, Mathematics 2 x 7, Physics 2 x 5.5, M2 2 x 5.5, Chemistry or
    # Chinese 4, and the other of them as bonus: 4 / 8.5 x 5 % x 76.5 = 1.8
    assert own_score(page, "JS5212") == ["52.80", "+8.80", "yes"]
    compared = page.evaluate("document.querySelector('#compare').innerText")
    assert "JS5212 Programme JS5212" in compared
    assert "JS5220 Programme JS5220" in compared
    address = page.evaluate("location.href")
    again = opened(release, address[address.index("#") :])
    assert again.evaluate("document.querySelector('#glance').innerText") == page.evaluate(
        "document.querySelector('#glance').innerText"
    )


@pytest.mark.parametrize(
    "fragment",
    ["#results=%", "#results=A:Nothing:9,:::,B", "#compare=JS9999", "#q=%E0%A4%A", "#x="],
)
def test_a_broken_address_breaks_nothing(opened: Opened, release: Path, fragment: str):
    page = opened(release, fragment)
    assert page.console == []
    assert page.evaluate("document.querySelector('#status').innerText").endswith("programmes.")


def test_a_score_is_explained_subject_by_subject(opened: Opened, release: Path):
    page = opened(release, EXAMPLE)
    page.evaluate("document.querySelector('tr[data-code=JS5212] button.how').click()")
    told = page.evaluate("document.querySelector('tr.explained').innerText").replace("\t", " ")
    assert "English Language 5 5.5 ×2 11.00" in told
    assert "2.35 % of 76.5 1.80" in told
    assert "+8.80 to the lower quartile 44" in told
    assert "simulated scores of 2025" in told
    assert "Eligible: all minimum requirements are met" in told


def test_an_explanation_fits_a_narrow_screen(opened: Opened, release: Path):
    page = opened(release, EXAMPLE)
    page.resize(390)
    page.evaluate("document.querySelector('tr[data-code=JS5212] button.how').click()")
    edges = page.evaluate(
        """[...document.querySelectorAll('tr.explained > td > *')].map(
            part => Math.round(part.getBoundingClientRect().right))"""
    )
    assert edges and max(edges) <= 390


def test_two_to_four_programmes_stand_side_by_side(page: Page):
    tick = """[...document.querySelectorAll('#glance tbody input')].slice(0, {})
              .forEach(box => box.checked || box.click())"""
    page.evaluate(tick.format(1))
    assert page.evaluate("document.querySelector('#compare').hidden")
    page.evaluate(tick.format(6))
    heads = "document.querySelectorAll('#compare thead th').length"
    assert page.evaluate(heads) == 4
    assert page.evaluate("document.querySelectorAll('#glance input:disabled').length") == 29


def test_results_that_contradict_each_other_are_not_scored(opened: Opened, release: Path):
    page = opened(release, "#results=A:M1:5,A:M2:5,A:Mathematics:4")
    assert "M1 with M2" in page.evaluate("document.querySelector('#status').innerText")
    assert page.evaluate("document.querySelector('th.yours').hidden")


# ---- keys, screens, readers ----------------------------------------------------------------


def test_a_figure_tells_its_place_from_the_keyboard_alone(page: Page):
    focused = "document.activeElement.textContent"
    page.evaluate("document.querySelector('#scores .scroll').focus()")
    page.press("Tab")
    assert page.evaluate(focused) == "37.88"
    page.press("ArrowRight")
    assert page.evaluate(focused) == "38.25"
    page.press("Enter")
    assert page.evaluate("document.querySelector('dialog').open")
    told = page.evaluate("document.querySelector('dialog').innerText")
    assert "brochure.pdf" in told
    assert "page 6 of 9" in told
    assert "admissions trace scores scores_year=2025 jupas_code=JS5101" in told
    page.press("Escape")
    page.wait_for("!document.querySelector('dialog').open")
    assert page.evaluate(focused) == "38.25"


def test_the_place_is_drawn_to_scale_among_what_else_was_read_there(page: Page):
    page.evaluate("document.querySelector('#scores button.f').click()")  # 37.88
    drawn = "document.querySelector('dialog svg.map {}')"
    box = f"['x', 'y', 'width', 'height'].map(name => {drawn}.getAttribute(name)).join()"
    assert page.evaluate(box.format(".here")) == "150,200,40,9"
    assert page.evaluate(drawn.format("text") + ".textContent") == "37.88"
    assert page.evaluate("document.querySelectorAll('dialog svg.map .beside').length") == 2
    assert "Page 6" in page.evaluate(drawn.format("").strip() + ".getAttribute('aria-label')")
    assert page.console == []


@pytest.mark.parametrize("within", ["current", "releases/0001-ffffffffff", ""])
def test_a_command_names_the_data_folder_as_a_shell_reads_it(
    opened: Opened, release: Path, tmp_path: Path, within: str
):
    data = tmp_path / "our data's"
    shutil.copytree(release / "report", data / within / "report")
    page = opened(data / within)
    page.evaluate("document.querySelector('#scores button.f').click()")
    command = page.evaluate("document.querySelector('dialog p.printed').textContent")
    assert shlex.split(command)[-2:] == ["--data", str(data)]
    page.evaluate("document.querySelector('dialog').close()")
    page.evaluate("document.querySelector('#example').click()")
    told = page.evaluate("document.querySelector('#profile code').textContent")
    assert shlex.split(told)[-2:] == ["--data", str(data)]


# ---- what compares with what ---------------------------------------------------------------


def test_scores_by_another_formula_are_marked(page: Page):
    row = "document.querySelector('tr[data-code={}]').innerText.replace(/\\s+/g, ' ')"
    told = page.evaluate(row.format("JS5212"))
    assert "46 simulated ≠ 43.49 by the 2025 formula 44 simulated ≠ 41.97" in told
    assert "≠" not in page.evaluate(row.format("JS5101"))
    caption = page.evaluate("document.querySelector('#glance caption').innerText")
    assert "another formula than that of 2026" in caption


def test_what_stands_over_a_wide_table_is_read_whole_on_a_phone(opened: Opened, release: Path):
    page = opened(release, width=390)
    right_edges = page.evaluate(
        "[...document.querySelectorAll('caption > *')].map(c => c.getBoundingClientRect().right)"
    )
    assert len(right_edges) >= 3 and max(right_edges) <= 390


def test_the_effect_of_a_new_formula_is_shown_by_applicant(page: Page):
    told = page.evaluate("document.querySelector('#effects').innerText.replace(/\\s+/g, ' ')")
    assert "+2.75 52.75 → 55.5 same 52.75 → 52.75" in told
    assert "Mathematics 5*, Physics 5*" in told  # what the applicant had


def test_citizenship_is_attained_or_not(page: Page):
    options = "[...document.querySelector('[data-subject^=Citizenship]').options].slice(1)"
    assert page.evaluate(f"{options}.map(one => one.value)") == ["Attained", "Unattained"]


def test_a_doubt_is_no_failure(page: Page):
    told = "[...document.querySelectorAll('.findings .tag')].map(one => one.textContent)"
    assert page.evaluate(told) == ["to look at"]
    assert "2 Mar 2026 09:30 UTC" in page.evaluate("document.querySelector('#quality').innerText")


def test_no_row_is_mostly_blank_on_a_narrow_screen(opened: Opened, tmp_path: Path):
    rows = release_rows()
    first = rows["study_options"][0]
    rows["study_options"] += [
        first | {"position": n, "title": f"BSc in Science number {n}"} for n in range(2, 9)
    ]
    page = opened(release_with_report(rows, tmp_path / "release"), width=390)
    blank = """(row => row.offsetHeight - Math.max(...[...row.cells].slice(0, 4).map(cell =>
        [...cell.childNodes].reduce((low, node) => { const range = document.createRange();
        range.selectNode(node); return Math.max(low, range.getBoundingClientRect().bottom); }, 0)
        - row.getBoundingClientRect().top)))(document.querySelector('#glance tbody tr'))"""
    assert page.evaluate(blank) < 40


def test_the_dialog_closes_by_its_button(page: Page):
    page.evaluate("document.querySelector('#moves button.f').click()")
    page.evaluate("document.querySelector('dialog form button').click()")
    assert not page.evaluate("document.querySelector('dialog').open")
    assert page.console == []


def test_a_value_is_looked_up_by_table_and_row(page: Page):
    choose(page, "#lookup-key", "js5101 2025")
    found = page.evaluate("document.querySelector('#lookup-found').innerText")
    assert "2 values" in found
    assert "38.25" in found


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_never_wider_than_the_screen(opened: Opened, release: Path, width: int):
    page = opened(release, EXAMPLE + "&compare=JS5101,JS5102,JS5212", width=width)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@needs_axe
@pytest.mark.parametrize("size", [{"width": 1280}, {"width": 390, "dark": True}, {"dark": True}])
def test_axe_has_no_findings(opened: Opened, release: Path, size: dict[str, Any]):
    page = opened(release, EXAMPLE + "&compare=JS5101,JS5212", **size)
    page.evaluate(
        """document.querySelectorAll('details').forEach(one => { one.open = true; });
           document.querySelector('button.how').click();"""
    )
    choose(page, "#lookup-key", "js5101")
    assert findings(page) == []
    page.evaluate("document.querySelector('#moves button.f').click()")
    assert findings(page, "'dialog'") == []
