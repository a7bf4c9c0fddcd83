use super::between_files::{column, counterpart, inputs, repeated, same_cells, says_restated, statements};
use super::lookup::tie;
use super::rule;
use crate::book::Book;
use crate::book::identity::Role;
use crate::period::Measure;
use crate::relation::{Confidence, Relation};
use crate::statement::Kind;

rule! {
    /// A figure of one year is another one in another file: the comparative column does not repeat last year's report, or two files of the same
    /// year differ.
    ///
    /// The comparatives are last year's adopted figures. Where they were changed, the reader must be told why (RKR R12). The finding is a mere
    /// remark where the column, the line or the text says that figures were restated.
    ///
    /// What to do: explain the change in a note, or put back the figure of last year's report.
    "AR01" "year-differs-between-files" Warning, Relations(relate),
    "Ett belopp för ett år är ett annat i en annan fil: jämförelsekolumnen upprepar inte förra årets årsredovisning, eller två filer för samma år skiljer sig.

Jämförelsetalen är förra årets fastställda belopp. Har de ändrats ska läsaren få veta varför (RKR R12). Fyndet blir en upplysning om kolumnen, raden eller texten säger att belopp har räknats om eller rättats.

Gör så här: förklara ändringen i en not, eller rätta till beloppet i förra årets årsredovisning."
}

/// The kinds that are the same table from year to year.
const KINDS: [Kind; 5] = [Kind::IncomeStatement, Kind::BalanceSheet, Kind::CashFlow, Kind::Note, Kind::Activities];

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    let reports = || inputs(book, &[Role::Accounts, Role::PriorAccounts]);
    for (this, year) in reports() {
        // Of two files of one year, the later in order is held against the earlier.
        let earlier = reports().filter(|(other, of)| *of < year || (*of == year && *other < this));
        for (other, of) in earlier {
            for (i, statement) in statements(book, this).filter(|(_, s)| KINDS.contains(&s.kind)) {
                let Some(there) = counterpart(book, statement, other) else { continue };
                let periods = statement.columns().iter().filter_map(|column| column.period);
                for period in periods.filter(|period| period.year == of) {
                    let own = column(statement, period, Measure::Actual);
                    let its = column(&book.statements[there], period, Measure::Actual);
                    let (Some(own), Some(its)) = (own, its) else { continue };
                    for cells in same_cells(book, (i, own), (there, its)) {
                        let mut relation = tie(book, &RULE, cells.0, &repeated(book, cells));
                        if says_restated(book, cells.0, of) {
                            relation.doubt(Confidence::DOUBTFUL);
                        }
                        relations.push(relation);
                    }
                }
            }
        }
    }
    relations
}
