use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Severity, Text};
use crate::grid::At;
use crate::table::transcript::{Unread, Why};

rule! {
    /// Lines of a text document look like a table, but could not be read as one.
    ///
    /// Text that is copied out of a page loses the borders of cells. Where nothing tells which figures belong to which row and column, no amount
    /// is guessed: none of those on the lines named is in any check. The lines have many figures and labels or titles that statements have;
    /// sentences with amounts in them are no tables. The number of amounts is the least that they can be, for spaces part figures and thousands
    /// alike.
    ///
    /// What to do: check the original document, or a spreadsheet of the table, where the cells are. Text taken out with the layout kept (spaces or
    /// tabs between columns, a row on a line) can be read too.
    "TX09" "table-not-read" Info, Observations(observe),
    "Rader i ett textdokument ser ut som en tabell, men kunde inte läsas som en.

Text som kopieras ur en sida tappar cellernas gränser. Där inget säger vilka belopp som hör till vilken rad och kolumn gissas inga: inget av beloppen på raderna som nämns ingår i någon kontroll. Raderna har många belopp, och benämningar eller rubriker som hör till räkningar och noter; meningar med belopp i är inga tabeller. Antalet belopp är det minsta möjliga, eftersom mellanslag skiljer både belopp och tusental.

Gör så här: granska originaldokumentet, eller ett kalkylblad med tabellen, där cellerna finns. Text som tagits ut med bevarad uppställning (mellanslag eller tabbar mellan kolumnerna, en tabellrad per rad) går också att läsa."
}

fn observe(book: &Book) -> Observed {
    // Tables that only lines held: those that were laid out, and those that were not.
    let tested = book.statements.iter().filter(|s| book.grids[s.table.grid as usize].line.is_some()).count();
    let mut observed = Observed { tested, untestable: book.unread.len(), ..Observed::default() };
    for (grid, unread) in &book.unread {
        let at = |row: u32| At { grid: *grid, row, col: 0 };
        let mut finding = Finding::new(RULE.code, Severity::Info, told(unread));
        finding.cells = unread.rows.iter().map(|&row| (at(row), Role::Term)).collect();
        observed.remarks.push(finding);
    }
    observed
}

fn told(unread: &Unread) -> Text {
    let Unread { first, last, amounts, .. } = unread;
    let (first, last) = (first + 1, last + 1);
    let (sv, en) = match unread.why {
        Why::Cells => (
            "varje cell står på en egen rad, och det framgår inte vilka som hör ihop",
            "every cell stands on a line of its own, and nothing tells which belong together",
        ),
        Why::Line => (
            "hela tabellen står på en rad, och det framgår inte var beloppen börjar och slutar",
            "the whole table stands on one line, and nothing tells where the amounts begin and end",
        ),
        Why::NotedLine => (
            "hela tabellen står på en rad, och notnumren går inte att skilja från tusental",
            "the whole table stands on one line, and the note numbers cannot be told from thousands",
        ),
        Why::Rows => ("det framgår inte vilka kolumner den har", "nothing tells which columns it has"),
    };
    let (lines_sv, lines_en) = match first == last {
        true => (format!("Rad {first}"), format!("Line {first} looks")),
        false => (format!("Raderna {first}–{last}"), format!("Lines {first}–{last} look")),
    };
    Text::new(
        format!("{lines_sv} ser ut som en tabell med minst {amounts} belopp, men kunde inte läsas: {sv}."),
        format!("{lines_en} like a table of at least {amounts} amounts, but could not be read: {en}."),
    )
}
