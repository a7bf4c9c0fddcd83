use super::books::named;
use super::{Observed, rule};
use crate::book::accounts::{closing, columns};
use crate::book::{Book, Spot};
use crate::finding::{Finding, Language, Role, Text};
use crate::ledger::Ledger;
use crate::money::{Interval, Money, Swedish};
use crate::period::Period;
use crate::relation::{Check, Confidence, Kind as RelationKind, Operand, Relation};
use crate::statement::Kind;
use crate::words;

rule! {
    /// A row of a note is not what its accounts come to in the ledger.
    ///
    /// Which accounts make a row is told under `[note-rows]` in `avstam.toml`, and nowhere else: `avstam inspect` proposes the rows whose names
    /// and amounts agree with accounts, ready to be copied there.
    ///
    /// What to do: look at the accounts that are named, or mend the row. Where other accounts make it, say so under `[note-rows]`.
    "LB02" "note-row-differs-from-accounts" Error, Observations(observe),
    "En rad i en not är inte vad dess konton kommer till i bokföringen.

Vilka konton som blir en rad står under `[note-rows]` i `avstam.toml`, ingen annanstans: `avstam inspect` föreslår de rader vars namn och belopp stämmer med konton, färdiga att kopiera dit.

Gör så här: se på kontona som nämns, eller rätta raden. Om andra konton hör till den, skriv det under `[note-rows]`."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let home = book.grids[ledger.grid as usize].input;
        for row in &book.chart.notes {
            let spots = spots(book, ledger, home, &row.label);
            // A label that several notes have tells no row.
            let years: Vec<i32> = spots.iter().map(|(.., year)| *year).collect();
            let alone = |year: &i32| years.iter().filter(|other| *other == year).count() == 1;
            for (spot, period, year) in spots.iter().filter(|(.., year)| alone(year)) {
                match relation(book, ledger, row, (*spot, *period, *year)) {
                    Some(relation) => judge(book, ledger, relation, *spot, &mut observed),
                    None => observed.untestable += 1,
                }
            }
            observed.untestable += usize::from(!years.iter().any(alone));
        }
    }
    if book.chart.notes.is_empty() || book.ledgers.is_empty() {
        observed.untestable = 1;
    }
    observed
}

/// The cells of a row in the ledger's years.
fn spots(book: &Book, ledger: &Ledger, home: usize, label: &str) -> Vec<(Spot, Period, i32)> {
    let mut spots = Vec::new();
    let label = words::fold(label);
    for (statement, note) in book.of_kind(Kind::Note).filter(|(_, note)| book.together(home, book.input(note))) {
        // Last year's figures stand in last year's report too: this year's is the one that is accounted for.
        if !columns(ledger, note).any(|(_, _, year)| year == 0) {
            continue;
        }
        for (line, _) in note.lines().iter().enumerate().filter(|(_, line)| words::fold(&line.label) == label) {
            let own = columns(ledger, note);
            spots.extend(own.map(|(column, period, year)| (Spot { statement, line, column }, period, year)));
        }
    }
    spots.retain(|(spot, ..)| book.interval(*spot).is_some());
    spots
}

fn relation(
    book: &Book,
    ledger: &Ledger,
    row: &crate::chart::NoteRow,
    (spot, period, year): (Spot, Period, i32),
) -> Option<Relation> {
    let own = ledger.counted().iter().filter(|account| row.has(&account.number));
    let figures: Vec<_> = own.filter_map(|account| closing(account, year)).collect();
    let sum: Money = figures.iter().map(|figure| figure.value).sum();
    // Notes have their rows with the sign that their readers expect.
    let turned = book.interval(spot)?.middle.is_negative() != sum.is_negative();
    let sign = if turned { -1 } else { 1 };
    let term = |figure: &crate::ledger::Figure| {
        Operand::new(ledger.at(figure.place), Some(Interval::exact(figure.value)), sign)
    };
    (!figures.is_empty()).then(|| Relation {
        rule: RULE.code,
        kind: RelationKind::Sum,
        result: book.operand(spot, 1),
        terms: figures.iter().map(term).collect(),
        period: Some(period),
        unit: book.statements[spot.statement].unit,
        table: spot.statement,
        gravest: RULE.severity,
        confidence: Confidence::SURE,
        derived: false,
    })
}

fn judge(book: &Book, ledger: &Ledger, relation: Relation, spot: Spot, observed: &mut Observed) {
    let check = Check::of(relation.clone());
    if check.broke() {
        observed.findings.push(finding(book, ledger, &relation, spot));
    }
    observed.relations.push(relation);
}

fn finding(book: &Book, ledger: &Ledger, relation: &Relation, spot: Spot) -> Finding {
    let statement = &book.statements[spot.statement];
    let booked = statement.written(relation.expected().middle);
    let stated = book.interval(spot).map(|figure| statement.written(figure.middle));
    let amount = stated.unwrap_or_default();
    let (label, note) = (book.label(spot).trim(), statement.name());
    let period = relation.period.map_or(String::new(), |period| format!(" {period}"));
    let ledger_name = named(book, ledger);
    let (file, file_en) = (ledger_name.get(Language::Swedish), ledger_name.get(Language::English));
    let (is, by, comes) = (Swedish(amount), Swedish(amount - booked), Swedish(booked));
    let message = Text::new(
        format!("{label}{period} i {note} är {is}, men kontona i {file} ger {comes}: skillnaden är {by}."),
        format!(
            "{label}{period} in {note} is {is}, but the accounts in {file_en} come to {comes}: the difference is {by}."
        ),
    );
    let mut finding = Finding::new(RULE.code, RULE.severity, message);
    (finding.period, finding.unit) = (relation.period, Some(statement.unit));
    (finding.stated, finding.expected) = (stated, Some(booked));
    finding.cells = vec![(book.at(spot), Role::Total)];
    finding.cells.extend(relation.terms.iter().map(|term| (term.at, Role::Tie)));
    finding
}
