#!/usr/bin/env python3
"""sumif.py OUT FILE.xlsx…: copies of workbooks in which SUMIF and SUMIFS name the cells that they add.

The scorer of the Swedish budgets reads SUM, + and -. `SUMIFS(E4:E39,C4:C39,"Subtotal")` adds cells as much as `SUM` does,
those that have the word beside them; written as `(E12+E24)` it is read, too. Only criteria that are a plain text are
spelled out; values, and all formulas that are not conditional sums, stay as they are. Needs openpyxl."""
import re, sys, zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import range_boundaries

RANGE = r"\s*(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)\s*"
TEXT = r'\s*"=?([^"<>=*?]+)"\s*'
SUMIF = re.compile(rf"SUMIF\({RANGE}[,;]{TEXT}[,;]{RANGE}\)", re.I)
SUMIFS = re.compile(rf"SUMIFS\({RANGE}[,;]{RANGE}[,;]{TEXT}\)", re.I)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def cells(sheet, area):
    """The cells of an area in order: of two areas of one shape, the same numbers stand beside each other."""
    left, top, right, bottom = range_boundaries(area.replace("$", "").upper())
    return [sheet.cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def spelled_out(formula, values):
    def added(where, word, what):
        beside = zip(cells(values, where), cells(values, what))
        chosen = [cell for asked, cell in beside if str(asked.value).strip().lower() == word.strip().lower()]
        return "(" + "+".join(cell.coordinate for cell in chosen) + ")" if chosen else "(0)"

    formula = SUMIF.sub(lambda m: added(m[1], m[2], m[3]), formula)
    return SUMIFS.sub(lambda m: added(m[2], m[3], m[1]), formula)


def parts(archive):
    """The part of each sheet by its name."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {relation.get("Id"): relation.get("Target") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    place = lambda path: path.lstrip("/") if path.startswith("/") else "xl/" + path
    return {place(target[sheet.get(LINK)]): sheet.get("name") for sheet in book.iter(MAIN + "sheet")}


def copy(path, out):
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = parts(source)
        for part in source.namelist():
            text = source.read(part)
            if part in names:
                sheet, shown = formulas[names[part]], values[names[part]]

                def rewritten(match):
                    formula = sheet[match[2]].value
                    if not isinstance(formula, str):
                        return match[0]
                    # Every formula is written for itself: one that others share may have changed.
                    return f"{match[1]}<f>{escape(spelled_out(formula, shown)[1:])}</f>"

                cell = r'(<c r="([A-Z]+\d+)"[^>]*>)<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)'
                text = re.sub(cell, rewritten, text.decode()).encode()
            target.writestr(part, text)


for path in map(Path, sys.argv[2:]):
    copy(path, Path(sys.argv[1]) / path.name)
