#!/usr/bin/env python3
"""Card-minimal repair by an exact MILP (HiGHS), for comparison with avstam's search. See README.md.

usage: compare.py DIR     where DIR holds the instances that `cause_bench --export DIR` wrote
"""

import json
import statistics
import sys
import time
from pathlib import Path

import highspy


def fewest(instance):
    """The least number of cells that must change so that every equation holds, and the seconds that it took.

    Flesca, Furfaro and Parisi (2010): a cell i may change by y[i], in whole steps, only where the binary d[i] is 1;
    |y[i]| <= M d[i]; every equation holds; the sum of d is least. M comes from the data: no repair needs to move a
    cell by more than all residuals together.
    """
    cells, equations = instance["cells"], instance["equations"]
    residuals = [sum(c * cells[i] for i, c in equation) for equation in equations]
    most = float(sum(abs(residual) for residual in residuals))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("threads", 1)
    # Amounts are large: a looser tolerance would let a cell change though its binary is nothing.
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
    solver.setOptionValue("time_limit", 60.0)
    changes = [solver.addVariable(lb=-most, ub=most) for _ in cells]
    chosen = [solver.addBinary(obj=1.0) for _ in cells]
    for change, choice in zip(changes, chosen):
        solver.addConstr(change - most * choice <= 0)
        solver.addConstr(change + most * choice >= 0)
    for equation, residual in zip(equations, residuals):
        solver.addConstr(sum(c * changes[i] for i, c in equation) == -residual)
    start = time.perf_counter()
    solver.minimize()
    seconds = time.perf_counter() - start
    solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (round(solver.getObjectiveValue()) if solved else None), seconds


def main():
    rows = []
    for path in sorted(Path(sys.argv[1]).glob("*.json")):
        instance = json.loads(path.read_text())
        minimum, seconds = fewest(instance)
        rows.append((path.stem, instance["minimum"], minimum, instance["nanoseconds"] / 1e9, seconds))
    print(f"{'instance':12}{'avstam':>8}{'HiGHS':>8}{'avstam µs':>12}{'HiGHS µs':>12}{'times':>10}")
    for name, ours, theirs, own, seconds in rows:
        print(f"{name:12}{ours:8}{theirs or '-':>8}{own * 1e6:12.0f}{seconds * 1e6:12.0f}{seconds / own:10.0f}")
    same = sum(ours == theirs for _, ours, theirs, _, _ in rows)
    times = [seconds / own for _, _, _, own, seconds in rows]
    print(f"same minimum: {same} of {len(rows)}; times faster: median {statistics.median(times):.0f}, least {min(times):.0f}")


if __name__ == "__main__":
    main()
