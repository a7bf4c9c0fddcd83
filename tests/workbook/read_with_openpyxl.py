"""Reads a cleaned workbook with openpyxl, another reader than ours: every sheet, link, note, validation, name and chart.

    pip install -r tests/workbook/requirements.txt
    avstam clean bokslut.xlsx -o ut.xlsx
    python3 tests/workbook/read_with_openpyxl.py ut.xlsx

Says what it read, one line a kind; ends with 1 and says what is wrong if a link leads nowhere, a name names nothing,
a cell has an error, a list has no statuses, or a sheet is not set up for print.
"""

import re
import sys

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

LISTS = ["Avvikelser", "Kontroller", "Ändringar", "Källor", "Regler"]


def place(reference):
    """('Noter', 'C5') of "'Noter'!C5"."""
    sheet, _, cell = reference.rpartition("!")
    return sheet.strip("'").replace("''", "'"), cell.replace("$", "")


def read(path):
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    faults, counts = [], dict.fromkeys(
        ["sheets", "cells", "formulas", "links", "notes", "validations", "names", "charts"], 0
    )
    for sheet in formulas:
        counts["sheets"] += 1
        counts["charts"] += len(sheet._charts)
        setup = sheet.page_setup
        if setup.paperSize not in (9, "9") or not sheet.sheet_properties.pageSetUpPr.fitToPage:
            faults.append(f"{sheet.title} is not set up for A4")
        if sheet.title in LISTS and not (sheet.freeze_panes and sheet.print_title_rows):
            faults.append(f"{sheet.title} has no frozen and repeated heading")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None and cell.comment is None:
                    continue
                counts["cells"] += 1
                where = f"{sheet.title}!{cell.coordinate}"
                cached = values[sheet.title][cell.coordinate]
                if cached.data_type == "e":
                    faults.append(f"{where} has the error {cached.value}")
                if cell.data_type == "f":
                    counts["formulas"] += 1
                    if cached.value is None:
                        faults.append(f"{where} has no cached result")
                    if "(källa" in sheet.title:
                        faults.append(f"{where} is calculated")
                if cell.hyperlink:
                    counts["links"] += 1
                    target, address = place(cell.hyperlink.location or "")
                    if target not in formulas.sheetnames or not re.fullmatch(r"[A-Z]+[0-9]+", address):
                        faults.append(f"{where} leads to {cell.hyperlink.location}")
                if cell.comment:
                    counts["notes"] += 1
                    if not cell.comment.text.strip():
                        faults.append(f"{where} has an empty note")
        for validation in sheet.data_validations.dataValidation:
            counts["validations"] += 1
            if validation.type != "list" or "Öppen" not in validation.formula1:
                faults.append(f"{sheet.title} {validation.sqref}: {validation.formula1}")
    for name, defined in formulas.defined_names.items():
        counts["names"] += 1
        target, address = place(defined.attr_text)
        first_col, first_row, _, _ = range_boundaries(address)
        if formulas[target].cell(first_row, first_col).value is None:
            faults.append(f"{name} names the empty {defined.attr_text}")
    return counts, faults


def main():
    counts, faults = read(sys.argv[1])
    for kind, count in counts.items():
        print(f"{count} {kind}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
