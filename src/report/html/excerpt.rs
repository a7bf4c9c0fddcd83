//! The piece of a sheet that a finding is about, drawn as a table: its letters and row numbers, the cells that take
//! part marked, what is expected and the difference under what is stated.

use super::Paper;
use super::markup::Markup;
use crate::finding::Finding;
use crate::grid::{At, Source, column_name};
use crate::money::Swedish;
use crate::report::evidence::{Mark, Part, Pointer, Window, rows};
use crate::report::shown::text;
use crate::report::stated;
use crate::report::wording::{name, place_in, sheet};

pub fn write(page: &mut Markup, paper: &Paper<'_>, finding: &Finding, part: &Part) {
    let at = part.at();
    let grid = &paper.book.grids[at.grid as usize];
    let window = part.window(paper.book);
    let rows = rows(grid, &window, &part.marks);
    let shown = |col: &u32| {
        part.marks.iter().any(|mark| mark.col == *col)
            || rows.iter().any(|&row| grid.get(row, *col).is_some_and(|cell| !text(cell, false).is_empty()))
    };
    let columns: Vec<u32> = (window.columns.0..=window.columns.1.min(window.columns.0 + 60)).filter(shown).collect();
    let caption = match part.statement {
        Some(i) => {
            let statement = &paper.book.statements[i];
            format!("{}, {}", name(statement, paper.language), place_in(paper.book, at))
        }
        None => [sheet(paper.book, at.grid, paper.language), place_in(paper.book, at)].join(" ").trim().to_string(),
    };
    let group = [("class", "wide"), ("role", "group"), ("aria-label", caption.as_str()), ("tabindex", "0")];
    page.element("div", &group, |page| {
        page.element("table", &[("class", "excerpt")], |page| {
            page.leaf("caption", &[], &caption);
            // A text document has lines, not columns with letters.
            if grid.source != Source::Text {
                page.element("thead", &[], |page| {
                    page.element("tr", &[], |page| {
                        page.leaf("td", &[], "");
                        columns.iter().for_each(|&col| page.leaf("th", &[("scope", "col")], column_name(col)));
                    });
                });
            }
            page.element("tbody", &[], |page| {
                let mut last: Option<u32> = None;
                for &row in &rows {
                    let gap = last.is_some_and(|last| grid.rows_between(last, row).next().is_some());
                    if gap {
                        page.element("tr", &[("class", "gap")], |page| {
                            page.leaf("td", &[], "⋮");
                            columns.iter().for_each(|_| page.leaf("td", &[], ""));
                        });
                    }
                    last = Some(row);
                    drawn(page, paper, finding, part, &window, &columns, row);
                    if stated(finding).is_some_and(|at| at.grid == part.at().grid && at.row == row) {
                        beneath(page, paper, finding, part, &columns, row);
                    }
                }
            });
        });
    });
}

fn drawn(
    page: &mut Markup,
    paper: &Paper<'_>,
    finding: &Finding,
    part: &Part,
    window: &Window,
    columns: &[u32],
    row: u32,
) {
    let grid = &paper.book.grids[part.at().grid as usize];
    let heading = window.headings.contains(&row);
    page.element("tr", &[("class", if heading { "heading" } else { "line" })], |page| {
        page.leaf("th", &[("scope", "row")], grid.origin(row, 0).0 + 1);
        for &col in columns {
            let text = grid.get(row, col).map(|cell| text(cell, heading)).unwrap_or_default();
            let mark = part.marks.iter().find(|mark| (mark.row, mark.col) == (row, col));
            let at = Some(At { grid: part.at().grid, row, col });
            let mut class = if window.figures.contains(&col) { "n".to_string() } else { String::new() };
            if let Some(mark) = mark {
                class.push_str(if mark.pointer == Pointer::Strong { " strong" } else { " part" });
            }
            page.element("td", &[("class", class.trim())], |page| {
                if let Some(mark) = mark {
                    page.leaf("span", &[("class", "sign")], format_args!("{} ", sign(mark)));
                }
                page.text(text);
                // What is expected of the stated figure stands beneath it; else only the suspect is told what to be.
                let told =
                    |mark: &&Mark| !mark.note.is_empty() && mark.pointer == Pointer::Strong && at != stated(finding);
                if let Some(mark) = mark.filter(told) {
                    page.leaf("span", &[("class", "note")], format_args!(" {}", mark.note));
                }
            });
        }
    });
}

/// A marked cell has a sign also where the equation gives none.
fn sign(mark: &Mark) -> &'static str {
    match (mark.sign, mark.pointer) {
        ("", Pointer::Strong) => "▸",
        ("", _) => "•",
        (sign, _) => sign,
    }
}

/// What is expected where the figure is stated, and the difference.
fn beneath(page: &mut Markup, paper: &Paper<'_>, finding: &Finding, part: &Part, columns: &[u32], row: u32) {
    let (Some(at), Some(expected), Some(difference)) = (stated(finding), finding.expected, finding.difference()) else {
        return;
    };
    let holds = |at: At| part.marks.iter().any(|mark| (mark.row, mark.col) == (at.row, at.col));
    if at.row != row || !holds(at) || !columns.contains(&at.col) {
        return;
    }
    let first = columns.iter().position(|&col| col == at.col).unwrap_or(0);
    for (name, amount) in
        [(paper.say("väntat", "expected"), expected), (paper.say("skillnad", "difference"), difference)]
    {
        page.element("tr", &[("class", "beneath")], |page| {
            page.leaf("td", &[], "");
            for (i, _) in columns.iter().enumerate() {
                match i {
                    _ if i == first && first == 0 => page.leaf("td", &[], format_args!("{name} {}", Swedish(amount))),
                    _ if i == first => page.leaf("td", &[("class", "n")], Swedish(amount)),
                    0 => page.leaf("td", &[], name),
                    _ => page.leaf("td", &[], ""),
                }
            }
        });
    }
}
