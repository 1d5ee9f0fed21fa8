"""What the object layer and the sandbox cost: seconds of CPU, peak memory, start-up.

    python benchmarks/bench_objects.py [PDF ...]

The floor is pdfplumber opening the same pages and materialising chars, rects and lines. Each
figure comes from a process of its own, best of three. Without PDFs: samples/ and, where there, the
PDFs under $SHARED/published.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PUBLISHED = Path(os.environ.get("SHARED", ROOT.parent / "shared")) / "published"


def floor(path: Path) -> int:
    """pdfplumber's objects."""
    import pdfplumber

    count = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            count += len(page.chars) + len(page.rects) + len(page.lines)
            page.close()
    return count


def ours(path: Path) -> int:
    """Our objects, seen and hidden."""
    from extract.page_objects import open_pages

    return sum(
        len(page.chars) + len(page.rules) + len(page.fills) + len(page.hidden) + page.clutter
        for page in open_pages(path)
    )


MEASURED: dict[str, Callable[[Path], int]] = {"floor": floor, "ours": ours}


def measure(name: str, path: Path) -> None:
    """Print seconds of CPU without imports, peak memory and count; runs in its own process."""
    function = MEASURED[name]
    if name == "floor":
        import pdfplumber  # noqa: F401
    else:
        import extract.page_objects  # noqa: F401
    imported_mb = peak_mb()
    start = time.process_time()
    count = function(path)
    seconds = time.process_time() - start
    answer = {"seconds": seconds, "mb": peak_mb(), "imported_mb": imported_mb, "count": count}
    sys.stdout.write(json.dumps(answer))


def peak_mb() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def best(name: str, path: Path, times: int = 3) -> dict[str, float]:
    runs = []
    for _ in range(times):
        command = [sys.executable, __file__, "--measure", name, str(path)]
        runs.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    return min(runs, key=lambda run: float(run["seconds"]))


def grid(side: int) -> bytes:
    """A page with a table of side x side cells: a filled rectangle, four edges, five characters."""
    sys.path.insert(0, str(ROOT))
    from tests.hostile.corpus import pdf

    parts = []
    for row in range(side):
        for column in range(side):
            x, y = 20 + column * 30, 20 + row * 12
            parts.append(
                f".9 .95 .{row % 9 + 1} rg {x} {y} 30 12 re f 0 g "
                f"{x} {y} m {x + 30} {y} l S {x} {y} m {x} {y + 12} l S "
                f"BT /F1 8 Tf {x + 2} {y + 3} Td (12.34) Tj ET\n"
            )
    box = f"[0 0 {40 + side * 30} {40 + side * 12}]"
    return pdf("".join(parts).encode(), media=box.encode())


def sandboxed(paths: list[Path]) -> dict[str, float]:
    """Seconds of wall for the documents in this process and in the sandbox, cold and warm."""
    sys.path.insert(0, str(ROOT))
    from extract.sandbox import Job, run_many
    from tests.hostile.readers import pages_print

    jobs = [Job("tests.hostile.readers:pages_print", path, path.name) for path in paths]
    figures = {}
    for when in ("cold", "warm"):
        start = time.perf_counter()
        outcomes = list(run_many(jobs))
        figures[f"sandbox_{when}"] = time.perf_counter() - start
        assert not [outcome.error for outcome in outcomes if outcome.error]
    start = time.perf_counter()
    for path in paths:
        pages_print(path, document=path.name)
    figures["in_process"] = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.pdf"
        empty.write_bytes(b"")
        start = time.perf_counter()
        list(run_many([Job("tests.hostile.readers:echoed", empty, "x")] * 100))
        figures["per_document"] = (time.perf_counter() - start) / 100
    return figures


def main(paths: list[Path]) -> None:
    say = sys.stdout.write
    say("| document | objects | floor s | ours s | ours / floor | floor MB | ours MB |\n")
    say("|---|---|---|---|---|---|---|\n")
    for path in paths:
        theirs, mine = best("floor", path), best("ours", path)
        name = f"{path.parent.name}/{path.name}"
        share = mine["seconds"] / theirs["seconds"]
        say(f"| {name} | {mine['count']:,} | {theirs['seconds']:.2f} | {mine['seconds']:.2f} ")
        say(f"| {share:.2f} | {theirs['mb']:.0f} | {mine['mb']:.0f} |\n")
    say("\n| cells on one page | ours s | microseconds per cell | MB |\n|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as folder:
        for side in (25, 50, 100):
            page = Path(folder) / f"{side}.pdf"
            page.write_bytes(grid(side))
            mine = best("ours", page)
            each = mine["seconds"] / side**2 * 1e6
            say(f"| {side**2:,} | {mine['seconds']:.2f} | {each:.0f} | {mine['mb']:.0f} |\n")
    figures = sandboxed([path for path in paths if path.parent.name == "samples"])
    say("\n| two samples | wall s |\n|---|---|\n")
    for name, seconds in figures.items():
        say(f"| {name} | {seconds:.3f} |\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        chosen = [Path(name) for name in sys.argv[1:]]
        main(chosen or [*(ROOT / "samples").glob("*.pdf"), *sorted(PUBLISHED.glob("*.pdf"))])
