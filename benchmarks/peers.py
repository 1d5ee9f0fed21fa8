"""The same pages read by everyone: seconds, memory, cells right; and how ours grows with the page.

Input: the samples and, where there, HKUST's own PDFs (timed only: nobody has reviewed what others
should read in them). Output: Markdown tables. Grain: a table a question. Raises nothing.
"""

from __future__ import annotations

import os
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.child import Figures
from benchmarks.contenders import CONTENDERS, ROOT, Contender
from benchmarks.measuring import best_of
from benchmarks.pages import CELLS_A_ROW, write_score_pages
from benchmarks.truth import DOCUMENTS, Share, share

PUBLISHED = Path(os.environ.get("SHARED", ROOT.parent / "shared")) / "published"
OURS, FLOOR = CONTENDERS[:2]
CELLS_ON_A_PAGE = (625, 2500, 10_000)
PAGES = (2, 10, 100)


def peers_on_samples(times: int) -> str:
    """Both samples: the figures of everyone, the sum over the documents, ours first."""
    runs = [best_of(CONTENDERS, ROOT / "samples" / name, times) for name in DOCUMENTS]
    floor = [run[FLOOR.name] for run in runs]
    lines = [
        "| reader | version | CPU s | x floor | wall s | peak MB | in the row | in its own cell |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in CONTENDERS:
        figures = [run[each.name] for run in runs]
        told = [f for f in figures if isinstance(f, Figures)]
        if len(told) < len(figures):
            why = next(f for f in figures if isinstance(f, str))
            lines.append(f"| {each.name} | {_version(each)} | {why} | | | | | |")
            continue
        cpu = sum(f.cpu_seconds for f in told)
        ratio = cpu / sum(f.cpu_seconds for f in floor if isinstance(f, Figures))
        wall, peak = sum(f.wall_seconds for f in told), max(f.peak_mb for f in told)
        line = (
            f"| {each.name} | {_version(each)} | {cpu:.2f} | {ratio:.2f} | {wall:.2f} | {peak:.0f} "
        )
        if each.reads_tables:
            total = Share(0, 0, 0)
            for name, one in zip(DOCUMENTS, told, strict=True):
                total += share(name, one.rows)
            line += (
                f"| {_part(total.in_row, total.facts)} | {_part(total.in_own_cell, total.facts)} |"
            )
        else:
            line += "| | |"
        lines.append(line)
    return "\n".join(lines)


def peers_on_published(times: int) -> str:
    """HKUST's own PDFs, CPU seconds only."""
    paths = sorted(PUBLISHED.glob("*.pdf"))
    if not paths:
        return "HKUST's own PDFs are not on this machine."
    lines = [
        f"| reader, CPU s | {' | '.join(path.stem for path in paths)} |",
        "|---" * (len(paths) + 1) + "|",
    ]
    runs = [best_of(CONTENDERS, path, times) for path in paths]
    for each in CONTENDERS:
        cells = [
            f"{f.cpu_seconds:.2f}" if isinstance(f := run[each.name], Figures) else f
            for run in runs
        ]
        lines.append(f"| {each.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def growth(times: int) -> str:
    """Ours and the floor: cost a cell, memory over pages."""
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for cells in CELLS_ON_A_PAGE:
            path = Path(folder) / f"{cells}.pdf"
            write_score_pages(path, cells // CELLS_A_ROW)
            pages.append((f"{cells:,} cells on 1 page", cells, path))
        for count in PAGES:
            path = Path(folder) / f"pages-{count}.pdf"
            write_score_pages(path, 125, count)
            pages.append((f"625 cells on each of {count} pages", 625 * count, path))
        lines = [
            "| table | ours CPU s | microseconds a cell | peak MB | floor CPU s | floor peak MB |",
            "|---|---|---|---|---|---|",
        ]
        for what, cells, path in pages:
            run = best_of((OURS, FLOOR), path, times)
            mine, floor = run[OURS.name], run[FLOOR.name]
            if isinstance(mine, str) or isinstance(floor, str):
                lines.append(f"| {what} | {mine if isinstance(mine, str) else floor} | | | | |")
                continue
            read = sum(len(row) for row in mine.rows)
            note = "" if read == cells else f" ({read:,} cells read)"
            lines.append(
                f"| {what}{note} | {mine.cpu_seconds:.2f} | {mine.cpu_seconds / cells * 1e6:.0f} "
                f"| {mine.peak_mb:.0f} | {floor.cpu_seconds:.2f} | {floor.peak_mb:.0f} |"
            )
    return "\n".join(lines)


def _version(each: Contender) -> str:
    try:
        return f"{each.package} {version(each.package)}"
    except PackageNotFoundError:
        return each.package


def _part(found: int, facts: int) -> str:
    return f"{found} of {facts} ({found / facts:.0%})" if found < facts else f"all {facts}"
