"""Compares annotated workbooks with their sources as openpyxl reads both: values, formulas, number formats, fonts,
borders, alignments and protection of every cell that the source has a value or a style in.

    python compare.py OUT        # the folder that examples/annotate_corpus wrote

Needs openpyxl, which reads no strict workbooks: those are skipped, and so are files above 60 kB and those that it
cannot read itself.
"""

import os
import sys
import warnings

import openpyxl

MOST_BYTES = 60_000


def look(cell):
    return repr((cell.number_format, cell.font, cell.border, cell.alignment, cell.protection))


def value(cell):
    """Array formulas are objects."""
    return str(getattr(cell.value, "text", cell.value))


def compare(source, annotated):
    """The cells compared, and what differs."""
    assert annotated.sheetnames[: len(source.sheetnames)] == source.sheetnames, "other sheets"
    cells, faults = 0, []
    for sheet in source.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                # A blank cell that was put in takes its look from its column.
                if cell.value is None and not cell.has_style:
                    continue
                now = annotated[sheet.title][cell.coordinate]
                cells += 1
                if (value(cell), look(cell)) != (value(now), look(now)):
                    faults.append(
                        f"{sheet.title}!{cell.coordinate}: {cell.value!r} became {now.value!r}, or looks another way"
                    )
    return cells, faults


def main(out):
    warnings.simplefilter("ignore")
    books = cells = skipped = bad = 0
    with open(os.path.join(out, "pairs.tsv"), encoding="utf-8") as pairs:
        for path, name in (line.rstrip("\n").split("\t") for line in pairs):
            try:
                source = openpyxl.load_workbook(path) if os.path.getsize(path) <= MOST_BYTES else None
            except Exception:
                source = None
            if source is None or not source.worksheets:
                skipped += 1
                continue
            try:
                count, faults = compare(source, openpyxl.load_workbook(os.path.join(out, name)))
            except Exception as error:
                count, faults = 0, [f"{type(error).__name__}: {error}"]
            books, cells, bad = books + 1, cells + count, bad + bool(faults)
            for fault in faults[:3]:
                print(f"{path}\t{name}\t{fault}")
    print(f"{books} workbooks, {cells} cells compared, {bad} with differences, {skipped} skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
