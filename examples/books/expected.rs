//! Which relations a book should be tested on: by what was written, not by what was understood.

use avstam::grid::At;
use avstam::period::Measure;

use crate::sheet::Placed;
use crate::table::Part;

/// A relation that should be claimed and hold: the rule and the cell that it should have.
#[derive(Clone, Debug)]
pub struct Expected {
    pub rule: &'static str,
    pub at: At,
    pub key: String,
}

pub fn expected(placed: &[Placed]) -> Vec<Expected> {
    let mut expected = Vec::new();
    for figure in placed {
        let has = |part: Part, key: &str, year: i32| find(placed, part, key, year).is_some();
        let year = figure.column.year;
        let statement = |key: &str| has(statement_of(key), key, year);
        let mut add = |rule: &'static str| expected.push(Expected { rule, at: figure.at, key: figure.key.clone() });
        if figure.column.measure == Measure::Variance {
            // A column of nothings shows no direction.
            let shows = |p: &Placed| p.part == figure.part && p.column == figure.column && !p.written.is_zero();
            if placed.iter().filter(|p| shows(p)).count() >= 2 {
                add("BU01");
            }
            continue;
        }
        let actual = figure.column.measure == Measure::Actual;
        match (figure.part, figure.key.as_str()) {
            (Part::Income, "rr.net" | "rr.operating") => add("RR01"),
            (Part::Income, "rr.after") => add("RR02"),
            (Part::Income, "rr.result") => add("RR03"),
            (Part::Balance, "br.fixed.total" | "br.receivables.total" | "br.current.total" | "br.total") => add("BR01"),
            (Part::Balance, "br.equity.total" | "br.short.total" | "br.liabilities.total") => add("BR02"),
            (Part::Balance, "br.el.total") => add("BR02"),
            (Part::Balance, "br.result") if statement("rr.result") => add("BR04"),
            (Part::CashFlow, "kf.before") => add("KF01"),
            (Part::CashFlow, "kf.operating") => add("KF02"),
            (Part::CashFlow, "kf.investing" | "kf.financing") if has_row(placed, figure) => add("KF03"),
            (Part::CashFlow, "kf.net") => add("KF04"),
            (Part::CashFlow, "kf.closing") => add("KF05"),
            (Part::CashFlow, "kf.result") if statement("rr.result") => add("KF06"),
            (Part::CashFlow, "kf.receivables") if statement("br.total") && has(Part::Balance, "br.total", year - 1) => {
                add("KF07")
            }
            (Part::CashFlow, "kf.liabilities") if statement("br.total") && has(Part::Balance, "br.total", year - 1) => {
                add("KF08")
            }
            (Part::Activities, "in.total") => add("SU01"),
            (Part::Budget, "bu.income" | "bu.costs" | "bu.section") => add("SU01"),
            (Part::Budget, "bu.result") => add("BU03"),
            (Part::MultiYear, "fa.result") => add("FA02"),
            (Part::Summary, "fa.result") => add("FA05"),
            (Part::Note(_), "note.total") => add("NO01"),
            (Part::Note(_), "member.state") | (Part::Budget, "member.state") => add("FB01"),
            _ => {}
        }
        match (figure.part, figure.key.as_str()) {
            (Part::Balance, "br.total") => add("BR03"),
            (Part::Balance, "br.equity.total") if has(Part::Balance, "br.total", year - 1) => add("JF01"),
            (Part::CashFlow, "kf.closing") if statement("br.bank") => add("KF09"),
            (Part::CashFlow, "kf.opening") if has(Part::CashFlow, "kf.closing", year - 1) => add("JF03"),
            (Part::MultiYear, "fa.income") if statement("rr.income") && !has(Part::Income, "rr.members", year) => {
                add("FA01")
            }
            (Part::MultiYear, "fa.result" | "fa.result.alone") if statement("rr.result") => add("FA01"),
            (Part::MultiYear, "fa.equity" | "fa.assets" | "fa.liquid") if statement("br.total") => add("FA01"),
            (Part::MultiYear, "fa.ratio") if statement("br.total") => add("FA03"),
            (Part::Summary, "fa.result" | "fa.result.alone") if actual && statement("rr.result") => add("FA04"),
            (Part::Summary, "fa.equity" | "fa.liquid") if actual && statement("br.total") => add("FA04"),
            (Part::Summary, "fa.equity") if figure.column.measure == Measure::Budget => add("BU02"),
            (Part::Note(_), "note.total") if has_reference(placed, figure) => add("NO02"),
            (Part::Activities, key) if key.starts_with("in.row") && actual && in_note(placed, figure) => add("IN01"),
            _ => {}
        }
    }
    expected
}

fn statement_of(key: &str) -> Part {
    match &key[..2] {
        "rr" => Part::Income,
        "br" => Part::Balance,
        _ => Part::CashFlow,
    }
}

fn find<'a>(placed: &'a [Placed], part: Part, key: &str, year: i32) -> Option<&'a Placed> {
    placed
        .iter()
        .find(|p| p.part == part && p.key == key && p.column.year == year && p.column.measure == Measure::Actual)
}

fn has_row(placed: &[Placed], total: &Placed) -> bool {
    let key = if total.key == "kf.investing" { "kf.investment" } else { "kf.loan" };
    find(placed, Part::CashFlow, key, total.column.year).is_some_and(|row| !row.written.is_zero())
}

/// Whether a statement shows the year of a note's column: then the note's line is there too.
fn has_reference(placed: &[Placed], total: &Placed) -> bool {
    let key = match total.part {
        Part::Note(1 | 2) => "rr.result",
        _ => "br.total",
    };
    find(placed, statement_of(key), key, total.column.year).is_some()
}

fn in_note(placed: &[Placed], row: &Placed) -> bool {
    let key = row.key.replace("in.row", "note.row");
    let in_note = |p: &&Placed| matches!(p.part, Part::Note(n) if n <= 2) && p.key == key && p.column == row.column;
    placed.iter().filter(in_note).count() == 1 && !row.written.is_zero()
}
