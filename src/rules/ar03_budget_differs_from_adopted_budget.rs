use super::between_files::{column, inputs, repeated, same_cells, statements};
use super::lookup::tie;
use super::rule;
use crate::book::Book;
use crate::book::identity::Role;
use crate::period::{Measure, Period};
use crate::relation::{Confidence, Relation};
use crate::statement::{Kind, Statement};

rule! {
    /// The budget column of the accounts is not the adopted budget.
    ///
    /// The outcome is to be held against the budget that the board adopted (LKBR 10 kap.). Where most lines differ, the accounts rather use another
    /// budget, one revised during the year, say: then each is a mere remark.
    ///
    /// What to do: take the figure from the adopted budget, or say in the heading which budget it is and when it was decided.
    "AR03" "budget-differs-from-adopted-budget" Warning, Relations(relate),
    "Budgetkolumnen i bokslutet är inte den beslutade budgeten.

Utfallet ska ställas mot den budget som styrelsen har beslutat (LKBR 10 kap.). Skiljer sig de flesta raderna använder bokslutet snarare en annan budget, till exempel en som reviderats under året: då blir var och en bara en upplysning.

Gör så här: hämta beloppet ur den beslutade budgeten, eller skriv i rubriken vilken budget det är och när den beslutades."
}

fn relate(book: &Book) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (accounts, year) in inputs(book, &[Role::Accounts, Role::PriorAccounts]) {
        for (i, statement) in statements(book, accounts) {
            let Some(own) = column(statement, Period::year(year), Measure::Budget) else { continue };
            let budgets = inputs(book, &[Role::Budget]).filter(|(_, of)| *of == year);
            let tables = budgets.flat_map(|(input, _)| statements(book, input));
            let tables = tables.filter(|(_, table)| is_alike(statement.kind, table.kind));
            let tied = tables.filter_map(|(there, table)| {
                let its = column(table, Period::year(year), Measure::Budget)?;
                let cells = same_cells(book, (i, own), (there, its));
                Some(cells.into_iter().map(|cells| tie(book, &RULE, cells.0, &repeated(book, cells))).collect())
            });
            relations.extend(best(statement, tied));
        }
    }
    relations
}

/// Whether two tables may be of the same lines.
fn is_alike(accounts: Kind, budget: Kind) -> bool {
    let formed = |kind| matches!(kind, Kind::IncomeStatement | Kind::Summary | Kind::Budget | Kind::MultiYear);
    let listed = |kind| matches!(kind, Kind::Activities | Kind::Note | Kind::Other | Kind::Budget);
    (formed(accounts) && formed(budget)) || (listed(accounts) && listed(budget))
}

/// The table that agrees in most lines. Where fewer than half agree it is another budget, and a difference accuses
/// nobody.
fn best(statement: &Statement, tied: impl Iterator<Item = Vec<Relation>>) -> Vec<Relation> {
    let held = |relations: &Vec<Relation>| relations.iter().filter(|r| r.test().held()).count();
    let mut best: Vec<Relation> = Vec::new();
    for relations in tied {
        if best.is_empty() || held(&relations) > held(&best) {
            best = relations;
        }
    }
    let alike = held(&best);
    if alike == 0 && !is_named_alike(statement, best.len()) {
        return Vec::new();
    }
    if 2 * alike < best.len() {
        best.iter_mut().for_each(|relation| relation.doubt(Confidence::DOUBTFUL));
    }
    best
}

/// One or two lines of a name that may mean anything tie no tables together; the lines of a form do.
fn is_named_alike(statement: &Statement, lines: usize) -> bool {
    statement.kind.has_form() && lines >= 2
}
