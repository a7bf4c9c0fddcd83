use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Cause, Finding, Role, Slip, Text};
use crate::statement::{Kind, Statement};
use crate::table;

rule! {
    /// A label stands on two lines of one statement with different amounts, while a line above has a label and no amount.
    ///
    /// The amounts have slipped by a row, or the label was typed twice; the reader takes last year's equity for this year's result.
    ///
    /// What to do: let each amount stand on its own line.
    "TX03" "label-on-wrong-row" Warning, Observations(observe),
    "En benämning står på två rader i samma räkning med olika belopp, medan en rad ovanför har benämning men inget belopp.

Beloppen har glidit en rad, eller så har benämningen skrivits två gånger; läsaren tar förra årets kapital för årets resultat.

Gör så här: låt varje belopp stå på sin egen rad."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let forms = [Kind::IncomeStatement, Kind::BalanceSheet, Kind::CashFlow];
    for statement in book.statements.iter().filter(|s| s.copy_of.is_none() && forms.contains(&s.kind)) {
        observed.tested += 1;
        observed.findings.extend(slipped(statement));
    }
    observed
}

fn slipped(statement: &Statement) -> Option<Finding> {
    let lines = statement.lines();
    let (first, second) = lines.iter().enumerate().find_map(|(i, line)| {
        // *Övriga skulder* stands once under the long-term and once under the short-term ones: another block.
        let block = lines[i + 1..].iter().take_while(|other| other.role == table::Role::Line);
        let twin = |other: &table::Line| other.wording == line.wording && other.entries != line.entries;
        let after = block.map(|other| other.has_figures() && twin(other)).position(|found| found)?;
        line.has_figures().then_some((i, i + 1 + after))
    })?;
    let label = &lines[first].label;
    let above = first
        .checked_sub(1)
        .map(|i| &lines[i])
        .filter(|line| line.role == table::Role::Heading && line.concept.is_some());
    let message = match above {
        Some(above) => Text::new(
            format!("{label} står på två rader; det första beloppet hör till {}, som saknar belopp.", above.label),
            format!("{label} stands on two lines; the first amount belongs to {}, which has none.", above.label),
        ),
        None => Text::new(
            format!("{label} står på två rader med olika belopp."),
            format!("{label} stands on two lines with different amounts."),
        ),
    };
    let mut finding = Finding::new(RULE.code, RULE.severity, message.clone());
    finding.suspect = Some(lines[first].at);
    finding.cells = vec![(lines[first].at, Role::Label), (lines[second].at, Role::Label)];
    finding.cells.extend(above.map(|line| (line.at, Role::Label)));
    finding.causes.push(Cause { slip: Slip::WrongRow, text: message, edits: Vec::new() });
    Some(finding)
}
