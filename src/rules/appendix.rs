//! Which table a line refers to, and which of its columns are those of the line.

use crate::book::Book;
use crate::statement::Statement;
use crate::table::{Column, Role};
use crate::words;

/// The heading that a line stands under.
pub fn section(statement: &Statement, line: usize) -> &str {
    let above = statement.lines()[..line].iter().rfind(|line| line.role == Role::Heading);
    above.map_or("", |heading| &heading.label)
}

/// The table whose grand total is named as the line or its section is, and that total: the next one of the document,
/// or else the only one.
pub fn appendix(book: &Book, own: usize, names: &[&str]) -> Option<(usize, usize)> {
    let input = |statement: &Statement| book.grids[statement.table.grid as usize].input;
    let tables = book.statements.iter().enumerate();
    let named = tables.filter_map(|(i, statement)| {
        let other = i != own && statement.copy_of.is_none() && input(statement) == input(&book.statements[own]);
        let total = other.then(|| grand_total(statement)).flatten()?;
        let title = statement.table.title.as_ref().map_or("", |title| &title.text);
        let says = [statement.lines()[total].label.as_str(), title];
        names.iter().any(|name| says.iter().any(|text| words::share_word(name, text))).then_some((i, total))
    });
    let named: Vec<(usize, usize)> = named.collect();
    let next = named.iter().find(|(i, _)| *i > own).copied();
    next.or_else(|| named.first().copied().filter(|_| named.len() == 1))
}

/// The last total of a table that adds lines, and not the one that repeats it.
fn grand_total(statement: &Statement) -> Option<usize> {
    let mut sum = statement.sums.iter().rfind(|sum| sum.declared)?;
    while let [(only, _)] = sum.terms[..] {
        sum = statement.sum_of(only)?;
    }
    Some(sum.result)
}

/// The columns of two tables that are of the same figures: by their order where both have the same periods in the
/// same order, otherwise those of one period and measure that each has as often as the other.
pub fn same_columns(a: &[Column], b: &[Column]) -> Vec<(usize, usize)> {
    let periods = |columns: &[Column]| columns.iter().map(|column| column.period).collect::<Vec<_>>();
    if periods(a) == periods(b) {
        return (0..a.len()).filter(|&i| a[i].period.is_some()).map(|i| (i, i)).collect();
    }
    let key = |column: &Column| (column.period, column.measure);
    let like = |columns: &[Column], column: &Column| -> Vec<usize> {
        (0..columns.len()).filter(|&i| key(&columns[i]) == key(column)).collect()
    };
    let pair = |i: usize| {
        let (own, others) = (like(a, &a[i]), like(b, &a[i]));
        let at = own.iter().position(|own| *own == i)?;
        (a[i].period.is_some() && own.len() == others.len()).then(|| (i, others[at]))
    };
    (0..a.len()).filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::{Measure, Period};

    fn columns(of: &[(i32, Measure)]) -> Vec<Column> {
        let column = |(year, measure): &(i32, Measure)| Column {
            col: 0,
            header: String::new(),
            at: None,
            period: Some(Period::year(*year)),
            measure: Some(*measure),
            entity: None,
            prior: false,
            current: false,
        };
        of.iter().map(column).collect()
    }

    #[test]
    fn columns_are_matched_by_order_or_by_what_they_are() {
        use Measure::{Actual, Budget, Plan};
        let budget = columns(&[(2015, Actual), (2016, Budget), (2016, Budget), (2017, Plan)]);
        let appendix = columns(&[(2015, Actual), (2016, Budget), (2016, Budget), (2017, Budget)]);
        assert_eq!(same_columns(&budget, &appendix), [(0, 0), (1, 1), (2, 2), (3, 3)]);
        assert_eq!(same_columns(&budget, &appendix[1..]), [(1, 0), (2, 1)]);
        assert_eq!(same_columns(&budget, &appendix[2..]), []);
    }
}
