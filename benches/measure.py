"""Runs avstam and its yardsticks by turns and prints the ratios. Started by benches/run, which says how."""

import ast
import csv
import gzip
import itertools
import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

TARGET, DATA = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
ASKED = sys.argv[3:]
BIN = TARGET / "release"
WORK = TARGET / "bench"
AVSTAM, BARE = BIN / "avstam", BIN / "examples" / "bare"
PYTHON, AUDITOR = WORK / "venv/bin/python", WORK / "venv/bin/spreadsheet-auditor"
BOKSLUT = Path("fixtures/workbooks/arsredovisning-2019.xlsx").resolve()
PUBLISHED_SECONDS = 693  # AggreCol on its 385 annotated sheets, as its authors measured it
OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None))
"""

curves = {}  # name → [(size, seconds)]


class Run:
    """One run of a program: seconds by the clock, seconds of processor time, most memory in MB."""

    def __init__(self, command):
        start = time.perf_counter()
        with open(os.devnull, "w") as nothing:
            process = subprocess.Popen([str(part) for part in command], stdout=nothing, stderr=nothing)
            _, status, usage = os.wait4(process.pid, 0)
        self.clock = time.perf_counter() - start
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        # 1 says that something was found, which is no failure.
        if process.returncode not in (0, 1):
            sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")


class Median:
    def __init__(self, runs):
        self.clock = statistics.median(run.clock for run in runs)
        self.processor = statistics.median(run.processor for run in runs)
        self.memory = max(run.memory for run in runs)


def by_turns(times, **commands):
    """The median of so many runs of each; they take turns, so what else the machine does falls on all alike."""
    for command in commands.values():
        Run(command)  # warms the file cache
    runs = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(Run(command))
    return {name: Median(those) for name, those in runs.items()}


def row(what, ours, theirs, yardstick, goal=""):
    ratio = ours.processor / theirs.processor
    told = f"{ratio:.2f} × its time" if ratio >= 0.5 else f"{1 / ratio:.1f} × faster"
    times = f"{ours.clock * 1000:.0f} / {theirs.clock * 1000:.0f} ms"
    work = f"{ours.processor * 1000:.1f} / {theirs.processor * 1000:.1f} ms"
    print(f"| {what} | {yardstick} | {times} | {work} | {told} | {goal} |", flush=True)


def start():
    found = by_turns(
        15, avstam=[AVSTAM, "check", BOKSLUT], cells=[BARE, "cells", BOKSLUT], ranges=[BARE, "ranges", BOKSLUT]
    )
    row("start and one bokslut, `check`", found["avstam"], found["ranges"], "calamine, every sheet", "≤ 1.5 ×")
    row("", found["avstam"], found["cells"], "calamine, streamed")
    found = by_turns(3, avstam=[AVSTAM, "check", BOKSLUT], auditor=[AUDITOR, "--quiet", BOKSLUT])
    row("", found["avstam"], found["auditor"], "spreadsheet-auditor", "faster")


def made(name, *command):
    """A file in the work folder, made by the command if it is not there yet."""
    path = WORK / name
    if not path.exists():
        subprocess.run([str(part) for part in command] + [str(path)], check=True, stdout=subprocess.DEVNULL)
    return path


def workbook():
    for cells in (1_000, 10_000, 100_000, 1_000_000):
        path = made(f"cells-{cells}.xlsx", BIN / "examples/make_workbook", cells)
        found = by_turns(
            3,
            **{
                "check": [AVSTAM, "check", path],
                "inspect": [AVSTAM, "inspect", path],
                "calamine": [BARE, "ranges", path],
                "calamine streamed": [BARE, "cells", path],
                "openpyxl": [PYTHON, "-c", OPENPYXL, path],
            },
        )
        for name, median in found.items():
            curves.setdefault(f"cells: {name}", []).append((cells, median.processor))
    what = "1 000 000 cells, "
    row(what + "`check`", found["check"], found["calamine"], "calamine, every sheet", "≤ 1.3 ×")
    row("", found["check"], found["calamine streamed"], "calamine, streamed, nothing kept")
    row("", found["check"], found["openpyxl"], "openpyxl, read-only", "≥ 10 × faster")
    row(what + "`inspect`", found["inspect"], found["calamine"], "calamine, every sheet", "≤ 1.3 ×")
    print(f"| most memory | | {found['check'].memory:.0f} / {found['calamine'].memory:.0f} MB | | | |")


def books():
    folder = made("bokslut", BIN / "examples/books", "--books", 2_000, "--write")
    files = sorted(folder.iterdir())
    for count in (20, 200, 2_000, 20_000):
        many = WORK / f"bokslut-{count}"
        many.mkdir(exist_ok=True)
        if not any(many.iterdir()):
            for i in range(count):
                os.link(files[i % len(files)], many / f"{i:05}.xlsx")
        runs = [Run([AVSTAM, "check", "--each", "--format", "short", many]) for _ in range(1 if count > 2_000 else 3)]
        median = Median(runs)
        curves.setdefault("bokslut: check --each", []).append((count, median.processor))
        rate, work = count / median.clock, count / median.processor
        print(
            f"| {count} bokslut, `check --each` | | {median.clock * 1000:.0f} ms: {rate:.0f} a second "
            f"| {work:.0f} a second and core | most memory {median.memory:.0f} MB | ≥ 500 a second |",
            flush=True,
        )


def aggrecol():
    folder = WORK / "aggrecol"
    if not folder.exists():
        folder.mkdir()
        literal = lambda value: ast.literal_eval(value) if isinstance(value, str) else value
        for i, line in enumerate(gzip.open(DATA / "aggrecol/dataset.jl.gz", "rt")):
            with open(folder / f"{i:04}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(literal(json.loads(line)["table_array"]))
    runs = [Run([AVSTAM, "inspect", "--each", "--format", "json", folder]) for _ in range(3)]
    median = Median(runs)
    print(
        f"| 385 AggreCol sheets, `inspect` | the published method, {PUBLISHED_SECONDS} s | {median.clock * 1000:.0f} ms "
        f"| {median.processor * 1000:.0f} ms | {PUBLISHED_SECONDS / median.clock:.0f} × faster | ≥ 100 × faster |",
        flush=True,
    )


def write():
    for what in ([], ["--records"]):
        command = [BIN / "examples/clean_speed", *what, BOKSLUT]
        told = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
        print(
            f"| {'`convert`' if what else '`clean`'} | rust_xlsxwriter, the same cells bare "
            f"| | | {told.split(': ', 1)[-1].strip()} | ≤ 2 × |",
            flush=True,
        )


def ledger():
    for rows in (1_000, 10_000, 100_000, 1_000_000):
        path = made(f"ledger-{rows}.se", BIN / "examples/make_ledger", rows)
        found = by_turns(3, avstam=[AVSTAM, "check", path], iconv=["iconv", "-f", "CP437", "-t", "UTF-8", path])
        for name, median in found.items():
            curves.setdefault(f"ledger rows: {name}", []).append((rows, median.processor))
    row("SIE, 1 000 000 rows, `check`", found["avstam"], found["iconv"], "iconv alone")


def shapes():
    """Large files of shapes that real ones do not have: what looks at all for each shows here."""
    folder = WORK / "shapes"
    folder.mkdir(exist_ok=True)
    for name, lines in SHAPES.items():
        found = []
        for size in (2_000, 20_000):
            path = folder / f"{name}-{size}.txt"
            if not path.exists():
                path.write_text("\n".join(itertools.islice(lines(random.Random(size)), size)) + "\n")
            runs = [Run([AVSTAM, "check", path]) for _ in range(3)]
            found.append(Median(runs))
            curves.setdefault(f"lines: {name}", []).append((size, found[-1].processor))
        small, large = found
        print(
            f"| 20 000 lines, {name} | 2 000 lines | {large.clock * 1000:.0f} / {small.clock * 1000:.0f} ms "
            f"| {large.processor * 1000:.0f} / {small.processor * 1000:.0f} ms "
            f"| {large.processor / small.processor:.1f} × its time, {large.memory:.0f} MB | ~10 × |",
            flush=True,
        )


def subtotals(draw):
    yield "\tBudget 2024\tUtfall 2024\tAvvikelse"
    for block in itertools.count(1):
        parts = [(draw.randint(1, 9_999), draw.randint(1, 9_999)) for _ in range(6)]
        for i, (budget, actual) in enumerate(parts, 1):
            yield f"Aktivitet {block}-{i}\t{budget}\t{actual}\t{budget - actual}"
        budget, actual = (sum(column) for column in zip(*parts))
        # A slip in every tenth.
        yield f"Summa block {block}\t{budget + (block % 10 == 0) * block}\t{actual}\t{budget - actual}"


def tables(draw):
    for table in itertools.count(1):
        parts = [(draw.randint(1, 999), draw.randint(1, 999)) for _ in range(4)]
        yield from (f"Not {table % 60 + 1} Tabell {table}", "\t2024\t2023")
        yield from (f"Post {i} i {table}\t{new}\t{old}" for i, (new, old) in enumerate(parts, 1))
        yield "Summa\t" + "\t".join(str(sum(column)) for column in zip(*parts))
        yield ""


def balances(draw):
    yield "\t2024\t2023"
    for i in itertools.count(1):
        new, old = draw.randint(1, 9_999), draw.randint(1, 9_999)
        yield f"Ingående anskaffningsvärde {i}\t{new}\t{old}"
        yield from ("Inköp\t5\t6", "Avyttringar\t-2\t-3")
        yield f"Utgående anskaffningsvärde {i}\t{new + 3}\t{old + 3}"


def sentences(draw):
    for i in itertools.count():
        yield (
            f"Under {2000 + i % 25} blev kostnaderna {draw.randint(1, 999)} {draw.randint(100, 999)} kronor "
            f"och intäkterna {draw.randint(1, 999)} tkr, en ökning med {draw.randint(1, 30)} procent."
        )


def projects(draw):
    """A table of insatser, and texts about them."""
    yield "Insatser\tBudget 2024\tUtfall 2024"
    yield from (f"Projekt nummer {i}\t{draw.randint(100, 999)}\t{draw.randint(100, 999)}" for i in range(500))
    while True:
        yield from ("", f"Projekt nummer {draw.randint(0, 500)}")
        yield f"Insatsen kostade {draw.randint(100, 999)} tkr under 2024."


def words(draw):
    while True:
        yield "\t".join(f"ord {draw.randint(0, 99_999)} text {i}" for i in range(5))


SHAPES = {shape.__name__: shape for shape in (subtotals, tables, balances, sentences, projects, words)}


def picture(path):
    """Size against processor time, both by powers of ten: what grows as its size is a line of slope one."""
    groups = {}
    for name, points in curves.items():
        group, label = name.split(": ", 1)
        groups.setdefault(group, []).append((label, points))
    width, height, left, top, gap = 250, 230, 52, 30, 70
    colours = ("#1f4e79", "#c55a11", "#548235", "#7f7f7f", "#7030a0", "#bf9000")
    svg = []
    for at, (group, lines) in enumerate(groups.items()):
        sizes = [size for _, points in lines for size, _ in points]
        seconds = [second for _, points in lines for _, second in points]
        low_x, high_x = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
        low_y, high_y = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
        x0 = left + at * (width + gap)
        x = lambda size: x0 + width * (math.log10(size) - low_x) / max(1, high_x - low_x)
        y = lambda second: top + height * (1 - (math.log10(second) - low_y) / max(1, high_y - low_y))
        svg.append(f'<text x="{x0}" y="18" font-weight="bold">{group} → processor time</text>')
        for power in range(low_x, high_x + 1):
            svg.append(f'<path d="M{x(10**power):.1f} {top}V{top + height}" stroke="#ddd"/>')
            svg.append(
                f'<text x="{x(10**power):.1f}" y="{top + height + 14}" text-anchor="middle">{10**power:,}</text>'.replace(
                    ",", " "
                )
            )
        for power in range(low_y, high_y + 1):
            label = (
                f"{10**power} s"
                if power >= 0
                else f"{10**(power + 3)} ms" if power >= -3 else f"{10.0**(power + 3):g} ms"
            )
            svg.append(f'<path d="M{x0} {y(10.0**power):.1f}h{width}" stroke="#ddd"/>')
            svg.append(f'<text x="{x0 - 4}" y="{y(10.0**power) + 4:.1f}" text-anchor="end">{label}</text>')
        for i, (label, points) in enumerate(lines):
            colour = colours[i % len(colours)]
            path_of = "L".join(f"{x(size):.1f} {y(second):.1f}" for size, second in points)
            svg.append(f'<path d="M{path_of}" fill="none" stroke="{colour}" stroke-width="2"/>')
            svg += [
                f'<circle cx="{x(size):.1f}" cy="{y(second):.1f}" r="3" fill="{colour}"/>' for size, second in points
            ]
            svg.append(f'<text x="{x0 + 8}" y="{top + 14 + 14 * i}" fill="{colour}">{label}</text>')
    total = left + len(groups) * (width + gap)
    style = 'font-family="sans-serif" font-size="11"'
    body = "\n".join(svg)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{top + height + 24}" {style}>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


MEASURES = {
    "start": start,
    "workbook": workbook,
    "books": books,
    "aggrecol": aggrecol,
    "write": write,
    "ledger": ledger,
    "shapes": shapes,
}

WORK.mkdir(parents=True, exist_ok=True)
print("Times are avstam / yardstick, medians of runs by turns; ratios are of processor time.\n")
print("| measure | yardstick | by the clock | processor | ratio | goal |")
print("|---|---|--:|--:|--:|--:|")
for name in ASKED or MEASURES:
    MEASURES[name]()
if not ASKED:
    picture(Path("benches/growth.svg"))
