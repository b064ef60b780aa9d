"""Measures the program: ``python -m benchmarks [--quick] [--write]``.

Everything is measured in one run on one machine, in rounds that take turns, and given as medians and ratios; the
machine may be noisy, so read the ratios. With ``--write`` the result also goes to docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median, quantiles

from assessor.assessment.trial import Trials
from assessor.band.ranking import rank
from assessor.band.splits import Splits
from benchmarks.engines import ENGINES, STOCK, NotInstalled, Stock, step, verify
from benchmarks.work import AS_OF, CASES, ROOT, assessor, case, record

Table = list[tuple[str, ...]]


def clock(work: Callable[[], object], seconds: float) -> float:
    """Seconds for one call: the mean over as many as fit in the time given, at least one."""
    count, begun = 0, time.perf_counter()
    while True:
        work()
        count += 1
        spent = time.perf_counter() - begun
        if spent >= seconds:
            return spent / count


def resident_kib() -> int:
    """Resident memory of this process."""
    text = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("VmRSS")))


def inference(rounds: int, seconds: float) -> tuple[str, Table]:
    """The inference step by every engine."""
    work = record()
    engines, missing = {}, []
    for name, make in ENGINES.items():
        try:
            engines[name] = make(work)
        except NotInstalled as rival:
            missing.append((name, "not installed", "", str(rival)))
            continue
        verify(work, engines[name])
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            times[name].append(clock(lambda engine=engine: step(work, engine), seconds))  # type: ignore[misc]
    limit = median(times["compiled Python (the limit)"])
    rows: Table = [
        (name, f"{median(found) * 1e6:,.0f}", f"{1 / median(found):,.0f}", f"{median(found) / limit:.1f}")
        for name, found in times.items()
    ]
    rows.append(stock(rounds, seconds))
    rows += missing
    about = f"{work.clauses} clauses in {len(work.program.layers) - 1} layers, both readings: {len(work.passes)} passes"
    return about, [("engine", "µs a step", "steps/s", "× the limit"), *rows]


def stock(rounds: int, seconds: float) -> tuple[str, ...]:
    """The stock Host, in a process of its own and against compiled Python there."""
    command = [sys.executable, "-m", "benchmarks", "--stock", str(rounds), str(seconds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    if done.returncode != 0 or not done.stdout.startswith("{"):
        how = (
            f"crashed (signal {-done.returncode})" if done.returncode < 0 else done.stderr.strip().splitlines()[-1:] or ["failed"]
        )
        return STOCK, str(how), "", ""
    found = json.loads(done.stdout)
    return STOCK, f"{found['stock'] * 1e6:,.0f}", f"{1 / found['stock']:,.0f}", f"{found['stock'] / found['compiled']:.1f}"


def stock_alone(rounds: int, seconds: float) -> None:
    """What the process of ``stock`` does."""
    work = record()
    engine, compiled = Stock(work), ENGINES["compiled Python (the limit)"](work)
    verify(work, engine)
    times: dict[str, list[float]] = {"stock": [], "compiled": []}
    for _ in range(rounds):
        times["stock"].append(clock(lambda: step(work, engine), seconds))
        times["compiled"].append(clock(lambda: step(work, compiled), seconds))
    print(json.dumps({name: median(found) for name, found in times.items()}), flush=True)
    os._exit(0)  # its background threads cannot be ended


def assessments(count: int) -> tuple[str, Table]:
    """Complete assessments of every case, with and without the search for the findings that decide."""
    rows: Table = []
    for explain, how in ((True, ""), (False, ", deciding findings not searched")):
        every: list[float] = []
        for path in CASES:
            it = case(path)
            for _ in range(3):
                assessor().assess(it, as_of=AS_OF, explain=explain)
            times = []
            for _ in range(count):
                begun = time.perf_counter()
                assessor().assess(it, as_of=AS_OF, explain=explain)
                times.append(time.perf_counter() - begun)
            every += times
            rows.append(_timed(f"{path.stem}{how}", times))
        rows.append(_timed(f"all cases{how}", every))
    return f"{count} of each case, read and compiled beforehand", [("case", "median ms", "95 % ms", "assessments/s"), *rows]


def ranking(rounds: int) -> tuple[str, Table]:
    """Ranking the next question, in every case in which some question can still matter."""
    rows: Table = []
    for path in CASES:
        trials = Trials(assessor(), case(path), None, AS_OF)
        splits, times = Splits.over(trials), []
        found = rank(trials, splits)
        for _ in range(rounds):
            fresh = Trials(assessor(), case(path), None, AS_OF)
            begun = time.perf_counter()
            found = rank(fresh, splits)
            times.append(time.perf_counter() - begun)
        if found.next:
            sets = sum(map(len, trials.opened.readings.values()))
            tried = sum(len(each.turns) for each in found.next)
            rows.append((path.stem, str(len(found.next)), str(tried), str(sets), f"{median(times) * 1e3:,.0f}"))
    heads = ("case", "questions that can matter", "answers tried", "rule sets", "median ms")
    return f"{rounds} of each case, rules compiled beforehand", [heads, *rows]


def _timed(name: str, times: list[float]) -> tuple[str, ...]:
    high = quantiles(times, n=20)[-1]
    return name, f"{median(times) * 1e3:.2f}", f"{high * 1e3:.2f}", f"{1 / (sum(times) / len(times)):,.0f}"


def memory(count: int) -> tuple[str, Table]:
    """Resident memory before and after many assessments, in a process of its own."""
    done = subprocess.run([sys.executable, "-m", "benchmarks", "--memory", str(count)], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        return f"{count:,} assessments", [("after", "MiB", "change"), ("failed", done.stderr.strip().splitlines()[-1], "")]
    spent, marks = json.loads(done.stdout)
    rows: Table = [(f"{n:,}", f"{size / 1024:.1f}", f"{(size - marks[0][1]) / 1024:+.1f}") for n, size in marks]
    about = f"{count:,} assessments after 200 to warm up, the cases in turn, one in 100 with deciding findings, {spent:,.0f} s"
    return about, [("after", "MiB", "change"), *rows]


def memory_alone(count: int) -> None:
    """What the process of ``memory`` does."""
    cases = [case(path) for path in CASES]
    for n in range(200):
        assessor().assess(cases[n % len(cases)], as_of=AS_OF)
    marks = [(0, resident_kib())]
    begun = time.perf_counter()
    for n in range(1, count + 1):
        assessor().assess(cases[n % len(cases)], as_of=AS_OF, explain=n % 100 == 0)
        if n % max(1, count // 4) == 0:
            marks.append((n, resident_kib()))
    print(json.dumps([time.perf_counter() - begun, marks]))


def cold(times: int) -> tuple[str, Table]:
    """The command line as whole processes."""
    program = Path(sys.executable).with_name("assessor")
    if not program.exists():
        return "the command line", [("what", "median s", "all s"), ("assessor", "not installed beside this Python", "")]
    rows: Table = [("what", "median s", "all s")]
    with tempfile.TemporaryDirectory() as folder:
        pdf = str(Path(folder) / "memo.pdf")
        commands = {
            "nothing but Python": [sys.executable, "-c", "pass"],
            "text": [str(program), "assess", "cases/alingsas.yaml"],
            "JSON": [str(program), "assess", "cases/alingsas.yaml", "--format", "json"],
            "PDF": [str(program), "assess", "cases/alingsas.yaml", "--format", "pdf", "-o", pdf],
        }
        found: dict[str, list[float]] = {name: [] for name in commands}
        failed: dict[str, str] = {}
        for _ in range(times):
            for name, command in commands.items():
                begun = time.perf_counter()
                done = subprocess.run(command, cwd=ROOT, capture_output=True)
                found[name].append(time.perf_counter() - begun)
                if done.returncode != 0:
                    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
                    failed[name] = f"exit {done.returncode}: {last[0][:60]}"
    for name, seconds in found.items():
        shown = " ".join(f"{each:.2f}" for each in seconds)
        rows.append((name, failed[name], "") if name in failed else (name, f"{median(seconds):.2f}", shown))
    return f"{times} runs of each, in turn", rows


def show(title: str, about: str, table: Table) -> str:
    """A table as plain text that is also Markdown."""
    head, *rows = table
    widths = [max(len(row[n]) if n < len(row) else 0 for row in table) for n in range(len(head))]

    def line(cells: tuple[str, ...]) -> str:
        padded = [
            cell.ljust(width) if n == 0 else cell.rjust(width) for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "| " + " | ".join(padded) + " |"

    rule = "|" + "|".join("-" * (width + 2) if n == 0 else "-" * (width + 1) + ":" for n, width in enumerate(widths)) + "|"
    return "\n".join([f"## {title}", "", f"{about}.", "", line(head), rule, *map(line, rows), ""])


def machine() -> str:
    """What it was measured on."""

    def of(package: str) -> str:
        try:
            return version(package)
        except PackageNotFoundError:
            return "not installed"

    packages = ", ".join(f"{name} {of(name)}" for name in ("durable-rules", "clipspy", "zen-engine"))
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; {packages}."


ABOUT = """\
Written by `python -m benchmarks --write`; `make bench` runs it. One run on one machine, rounds in turn, medians. The machine may
be noisy: read the ratios rather than the times.

Every engine gets the same clauses, each as *must fire* and *may fire*, over the same recorded inputs, and the same driver goes
through the layers; each is first checked to conclude the same. The adapters of the rivals are plain and untuned: this is no
ranking of engines. The stock Host runs in a process of its own, its ratio is to compiled Python in that process.
"""


def main() -> int:
    """Runs what is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and memory over 5,000 assessments instead of 100,000")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md too")
    parser.add_argument("--stock", nargs=2, metavar=("ROUNDS", "SECONDS"), help=argparse.SUPPRESS)
    parser.add_argument("--memory", type=int, metavar="COUNT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stock:
        stock_alone(int(options.stock[0]), float(options.stock[1]))
    if options.memory:
        memory_alone(options.memory)
        return 0
    quick = options.quick
    parts = [
        ("Inference step", lambda: inference(3 if quick else 9, 0.1 if quick else 0.3)),
        ("Complete assessment", lambda: assessments(50 if quick else 500)),
        ("Ranking the next question", lambda: ranking(3 if quick else 9)),
        ("The command line, cold", lambda: cold(3 if quick else 5)),
        ("Memory", lambda: memory(5_000 if quick else 100_000)),
    ]
    text = [f"# Benchmarks\n\n{machine()}\n"]
    print(text[0], flush=True)
    for title, measure in parts:
        about, table = measure()
        text.append(show(title, about, table))
        print(text[-1], flush=True)
    if options.write:
        path = ROOT / "docs" / "benchmarks.md"
        path.write_text("\n".join([text[0], ABOUT, *text[1:]]), encoding="utf-8")
        print(f"written: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # freeing its environments, clipspy prints a page of warnings
