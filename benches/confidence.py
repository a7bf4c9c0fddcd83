#!/usr/bin/env python3
"""confidence.py AVSTAM DATASET: does the confidence of `inspect` say what it means?

Runs AVSTAM on every annotated sheet of AggreCol's dataset.jl.gz and prints, for sums and differences, how many relations
were found at each confidence and what share of them is annotated, cell for cell."""
import ast, collections, concurrent.futures, csv, gzip, json, os, re, subprocess, sys, tempfile

avstam, dataset = sys.argv[1], sys.argv[2]


def literal(value):
    return ast.literal_eval(value) if isinstance(value, str) else value


def at(cell):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1


def as_sum(relation):
    """A difference r = a - b counts as the sum a = r + b, which is what the annotations know."""
    result = at(relation["result"]["cell"])
    terms = [(at(term["cell"]), float(term["coefficient"])) for term in relation["terms"]]
    wholes = [cell for cell, coefficient in terms if coefficient > 0]
    taken = [cell for cell, coefficient in terms if coefficient < 0]
    return (wholes[0], [result, *taken]) if taken and len(wholes) == 1 else (result, [cell for cell, _ in terms])


def buckets(numbered):
    number, row = numbered
    grid = literal(row["table_array"])
    filled = lambda cell: cell[0] < len(grid) and cell[1] < len(grid[cell[0]]) and grid[cell[0]][cell[1]].strip()
    key = lambda result, terms: (tuple(result), frozenset(tuple(term) for term in terms if filled(term)))
    path = os.path.join(folder, f"{number}.csv")
    with open(path, "w", newline="", encoding="utf-8") as sheet:
        csv.writer(sheet).writerows(grid)
    told = subprocess.run([avstam, "inspect", "--format", "json", path], capture_output=True, text=True, timeout=120)
    annotated = {
        key(a["aggregator_index"], a["aggregatee_indices"])
        for a in literal(row["aggregation_annotations"])
        if a["operator"] == "Sum"
    }
    counted = collections.Counter()
    for relation in json.loads(told.stdout)["relations"]:
        if relation["kind"] in ("sum", "difference"):
            right = key(*as_sum(relation)) in annotated
            counted[round(100 * float(relation["confidence"])), relation["holds"], right] += 1
    return counted


rows = [json.loads(line) for line in gzip.open(dataset, "rt")]
with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
    total = sum(pool.map(buckets, enumerate(rows)), collections.Counter())
EDGES = [0, 60, 70, 80, 90, 95, 101]
print(f"{'confidence':>11}{'found':>8}{'right':>8}{'share':>8}{'of those that do not hold':>28}")
for low, high in zip(EDGES, EDGES[1:]):
    def count(**wanted):
        return sum(n for (percent, holds, right), n in total.items() if low <= percent < high
                   and wanted.get("holds", holds) == holds and wanted.get("right", right) == right)
    found, broken = count(), count(holds=False)
    if found:
        share = f"{count(right=True, holds=False) / broken:.2f} of {broken}" if broken else ""
        print(f"{low / 100:5.2f}–{high / 100:5.2f}{found:8}{count(right=True):8}{count(right=True) / found:8.3f}{share:>28}")
