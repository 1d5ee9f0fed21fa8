"""Marks of hand-made pages: where they stand, what they are made of, turned pages, rules."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from extract.page.marks import PATTERN, Char, PageObjects, Rule
from extract.page.objects import open_pages
from tests.hostile.corpus import flate, pdf, stream, text


def page_of(folder: Path, *contents: bytes, **parts: object) -> PageObjects:
    path = folder / "page.pdf"
    path.write_bytes(pdf(*contents, **parts))  # type: ignore[arg-type]
    (page,) = open_pages(path)
    return page


def ends(rule: Rule) -> tuple[float, ...]:
    return (rule.position, rule.start, rule.end, rule.thickness)


def test_a_character_knows_its_box_size_weight_and_baseline(tmp_path: Path) -> None:
    page = page_of(tmp_path, text(b"5", 50, 200, 10, before=b"1 0 0 rg"))
    (char,) = page.chars
    # Helvetica's figures are 556/1000 wide, its descent is 207/1000.
    assert (char.x0, char.x1) == pytest.approx((50, 55.56))
    assert (char.top, char.bottom) == pytest.approx((300 - 200 - 10 + 2.07, 300 - 200 + 2.07))
    assert (char.baseline, char.size, char.angle) == pytest.approx((100, 10, 0))
    assert (char.color, char.bold, char.font) == ("#ff0000", False, "Helvetica")


@pytest.mark.parametrize(
    ("matrix", "angle"),
    [
        (b"1 0 0 1", 0),
        (b"0 1 -1 0", 90),
        (b"-1 0 0 -1", 180),
        (b"0 -1 1 0", 270),
        (b"1 0.0001 -0.0001 1", 0),  # noise of a typesetter's sums
        (b".707107 .707107 -.707107 .707107", 45),
    ],
)
def test_angle_comes_from_the_matrix(matrix: bytes, angle: int, tmp_path: Path) -> None:
    page = page_of(tmp_path, b"BT /F1 10 Tf " + matrix + b" 200 150 Tm (5) Tj ET")
    shown = [*page.chars, *(mark for mark in page.hidden if isinstance(mark, Char))]
    assert [(char.angle, round(char.size, 3)) for char in shown] == [(angle, 10)]
    assert bool(page.hidden) == (angle == 45)  # set aslant, as watermarks are


@pytest.mark.parametrize(
    ("rotate", "x0", "bottom", "angle", "size"),
    [
        (0, 50, 102.07, 0, (400, 300)),
        (90, 200 - 2.07, 55.56, 270, (300, 400)),
        (180, 350 - 5.56, 208 - 0.07, 180, (400, 300)),
        (270, 92.07, 350, 90, (300, 400)),
    ],
)
def test_a_turned_page_is_read_as_a_viewer_turns_it(
    rotate: int, x0: float, bottom: float, angle: int, size: tuple[int, int], tmp_path: Path
) -> None:
    page = page_of(tmp_path, text(b"5", 50, 200, 10), page=b"/Rotate %d" % rotate)
    (char,) = page.chars
    assert (page.width, page.height) == size
    assert char.angle == angle
    assert (char.x0, char.bottom) == pytest.approx((x0, bottom), abs=0.01)


def test_cropbox_turns_with_the_page(tmp_path: Path) -> None:
    seen, cut = text(b"5", 50, 200), text(b"6", 300, 200)
    page = page_of(tmp_path, seen + cut, page=b"/Rotate 90/CropBox[0 150 200 300]")
    assert [char.text for char in page.chars] == ["5"]
    assert page.visible == (150, 0, 300, 200)


def test_a_rule_is_a_rule_whatever_drew_it(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        b"0 0 1 RG .5 w 50 100 m 150 100 l S\n"  # a line
        b"0 g 50 79.75 100 .5 re f\n"  # a thin filled rectangle
        b"50 60 m 150 60 l 150 60.5 l 50 60.5 l h f\n"  # the same as a path
        b"50 40 m 150 40 l 150 20 l S\n",  # a polyline
    )
    horizontal = [rule for rule in page.rules if rule.horizontal]
    assert [ends(rule) for rule in horizontal] == [
        pytest.approx((200, 50, 150, 0.5)),
        pytest.approx((220, 50, 150, 0.5)),
        pytest.approx((239.75, 50, 150, 0.5)),
        pytest.approx((260, 50, 150, 0.5)),
    ]
    (vertical,) = [rule for rule in page.rules if not rule.horizontal]
    assert ends(vertical) == pytest.approx((150, 260, 280, 0.5))
    assert [rule.color for rule in page.rules] == ["#0000ff", "#000000", "#000000"] + [
        "#0000ff"
    ] * 2
    assert not page.fills


def test_a_stroked_rectangle_is_four_rules_and_a_frame_is_four_bars(tmp_path: Path) -> None:
    page = page_of(tmp_path, b"50 50 100 40 re S\n200 50 100 40 re 201 51 98 38 re f*\n")
    edges = [rule for rule in page.rules if rule.drawn == "edge"]
    bars = [rule for rule in page.rules if rule.drawn == "fill"]
    assert sorted((rule.horizontal, rule.position) for rule in edges) == [
        (False, 50), (False, 150), (True, 210), (True, 250),
    ]  # fmt: skip
    assert sorted((rule.horizontal, rule.position) for rule in bars) == [
        (False, 200.5), (False, 299.5), (True, 210.5), (True, 249.5),
    ]  # fmt: skip
    assert not page.fills


def test_rules_nobody_sees_are_no_rules(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        b"1 G 50 100 m 150 100 l S\n"  # white on paper
        b".8 g 50 50 100 30 re f 50 60 m 150 60 l S\n"  # white on grey: seen
        b"0 G 50 20 m 150 20 l S 1 g 40 10 200 20 re f\n",  # painted over
    )
    assert [rule.position for rule in page.rules] == [240]
    assert [mark.hidden for mark in page.hidden if isinstance(mark, Rule)] == [
        "same colour as its ground",
        "painted over",
    ]


def test_rounded_boxes_are_fills_and_blobs_are_not_rectangular(tmp_path: Path) -> None:
    pill = b"54 50 m 146 50 l 150 50 150 54 150 54 c 150 76 l 150 80 146 80 146 80 c 54 80 l 50 80 "
    pill += b"50 76 50 76 c 50 54 l 50 50 54 50 54 50 c h f\n"
    page = page_of(tmp_path, b".2 .4 .6 rg " + pill + b"200 50 m 300 50 l 250 120 l h f\n")
    assert [(fill.rectangular, fill.color) for fill in page.fills] == [
        (True, "#336699"),
        (False, "#336699"),
    ]


def test_fills_are_cut_at_the_clip(tmp_path: Path) -> None:
    page = page_of(tmp_path, b"q 60 60 20 20 re W n 0 1 0 rg 0 0 400 300 re f Q\n")
    (fill,) = page.fills
    assert (fill.x0, fill.top, fill.x1, fill.bottom) == (60, 220, 80, 240)


def test_colours_of_every_space(tmp_path: Path) -> None:
    spot = b"[/Separation/Teal/DeviceRGB<</FunctionType 2/Domain[0 1]/C0[1 1 1]/C1[0 .4 .6]/N 1>>]"
    odd = b"[/Separation/Gold/DeviceRGB<</FunctionType 4/Domain[0 1]>>]"
    box = b" 10 10 50 50 re f\n"
    page = page_of(
        tmp_path,
        b".2 g" + box + b"0 .5 1 rg" + box + b"0 1 0 .5 k" + box
        + b"/S cs .5 scn" + box + b"/O cs .5 scn" + box,
        resources=b"/ColorSpace<</S %s/O %s>>" % (spot, odd),
    )  # fmt: skip
    colors = [fill.color for fill in page.fills + page.hidden if hasattr(fill, "rectangular")]
    assert sorted(colors) == sorted(["#333333", "#0080ff", "#800080", "#80b2cc", PATTERN])


def test_a_form_inherits_colour_and_gives_back_the_matrix(tmp_path: Path) -> None:
    form = stream(text(b"5"), b"/Subtype/Form/BBox[0 0 400 300]/Matrix[1 0 0 1 100 0]"
                  b"/Resources<</Font<</F1 3 0 R>>>>")  # fmt: skip
    page = page_of(
        tmp_path,
        b"1 0 0 rg /X Do " + text(b"6"),
        resources=b"/XObject<</X 100 0 R>>",
        objects={100: form},
    )
    assert [(c.text, c.x0, c.color) for c in page.chars] == [
        ("5", 150, "#ff0000"),
        ("6", 50, "#ff0000"),
    ]


def test_qr_code_in_any_drawing_is_clutter(tmp_path: Path) -> None:
    squares = b"".join(
        b"%d %d 1.5 1.5 re%s"
        % (50 + 2 * (i % 20), 50 + 2 * (i // 20), b" f\n" if i % 3 else b" f*\n")
        for i in range(400)
        if i % 7
    )
    bars = b"".join(b"50 %d 14 1.5 re f\n" % (50 + 2 * i) for i in range(5))
    page = page_of(tmp_path, squares + bars + text(b"5", 200))
    assert (page.rules, page.fills) == ([], [])
    assert page.clutter > 300


def test_pages_are_let_go(tmp_path: Path) -> None:
    """What a page unpacks to isn't kept: the streams of 30 pages would be 30 MB."""
    content = flate(b" " * 1_000_000 + text(b"5"))
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf(*[content] * 30))
    tracemalloc.start()
    kept = [tracemalloc.get_traced_memory()[0] for _page in open_pages(path)]
    tracemalloc.stop()
    assert kept[-1] - kept[5] < 1_500_000
