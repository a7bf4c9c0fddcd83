use super::lookup::claim;
use super::of_which::{Signs, Whole, wholes};
use super::rule;
use crate::book::Book;
use crate::money::Money;
use crate::relation::{Kind as RelationKind, Relation};

rule! {
    /// The parts that a row is said to hold (`varav`) do not come to the row, though they are all of it in another column.
    ///
    /// Tried where two parts or more come to the row in some column, whichever sign they are written with. A row that is a net (a result, equity, a cash flow) is not tried.
    ///
    /// What to do: look for a slip in a part or in the row that they are parts of.
    "SU06" "of-which-rows-do-not-sum" Warning, Relations(relate),
    "Raderna `varav` ger inte raden som de är delar av, fast de är hela raden i en annan kolumn.

Prövas där två delar eller fler ger raden i någon kolumn, vilket tecken de än skrivs med. En rad som är ett netto (resultat, eget kapital, kassaflöde) prövas inte.

Gör så här: leta efter ett skrivfel i någon del eller i raden som de är delar av."
}

fn relate(book: &Book) -> Vec<Relation> {
    let made = wholes(book).filter_map(|whole| Some((whole.made_of_parts()?, whole)));
    made.flat_map(|(signs, whole)| equations(&whole, signs)).collect()
}

fn equations(whole: &Whole<'_>, signs: Signs) -> Vec<Relation> {
    let columns = whole.columns();
    let held = |column: usize| whole.comes_out(column, signs);
    // The parts of a cost may be written without its minus.
    let turned = |column: usize| {
        let stated = whole.interval(column).is_some_and(|stated| stated.middle < Money::ZERO);
        stated != (whole.sum(column, Signs::Kept).middle < Money::ZERO)
    };
    let (turn, keep): (Vec<usize>, Vec<usize>) =
        columns.iter().copied().filter(|&column| held(column)).partition(|&column| turned(column));
    let mostly_turned = turn.len() > keep.len();
    // The signs of the columns may differ as those of the years of a budget do: that alone is no fault of the parts.
    let is_meant = |column: &usize| signs == Signs::Dropped || !held(*column) || turned(*column) == mostly_turned;
    let equation = |column: usize| {
        let opposes = |part: usize| {
            let negative = |line| whole.statement.interval(line, column).map(|figure| figure.middle < Money::ZERO);
            negative(part).is_some_and(|part| negative(whole.line) != Some(part))
        };
        let term = |&part: &usize| {
            let is_taken = if signs == Signs::Kept { mostly_turned } else { opposes(part) };
            let mut term = whole.statement.operand(part, column, if is_taken { -1 } else { 1 });
            term.unknown |= whole.is_open_below(column);
            term
        };
        let terms = whole.parts.iter().map(term).collect();
        let row = (whole.statement.operand(whole.line, column, 1), terms);
        claim(&RULE, (whole.table, whole.statement), column, RelationKind::Sum, row)
    };
    columns.iter().copied().filter(is_meant).map(equation).collect()
}
