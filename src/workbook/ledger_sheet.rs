//! `Bokföring`: what the lines of the statements should be by the ledger, as live sums, and the accounts themselves.

use rust_xlsxwriter::XlsxError;

use super::Material;
use super::checks::Control;
use super::checks_sheet;
use super::listing::{CHANGE_COL, CLOSING_COL, Listing, OPENING_COL};
use super::pen::{Pen, Target};
use super::statements;
use super::styles::{Ink, Look, Number};
use super::wording::{LEDGER, say};
use crate::book::accounts::{self, Proposal};
use crate::finding::Language;
use crate::grid::{At, a1};
use crate::ledger::Ledger;
use crate::money::Money;
use crate::relation::Check;
use crate::report::ledgers::{self, Row};
use crate::statement::Kind;

const WIDTHS: [u16; 7] = [14, 38, 17, 17, 17, 36, 30];
/// Where an account goes: the line of a statement.
const LINE_COL: u16 = 5;
const NOTE_COL: u16 = 6;
const OUTCOME_COL: u16 = 6;

/// Amounts of ledgers, to the öre.
const AMOUNT: Look = Look { number: Some(Number::Amount { decimals: 2 }), ..Look::NONE };

pub fn write(material: &Material<'_>) -> Result<Option<Pen>, XlsxError> {
    if material.layout.listings.is_empty() {
        return Ok(None);
    }
    let mut pen = Pen::new(LEDGER)?;
    for (col, width) in (0..).zip(WIDTHS) {
        pen.column_width(col, width)?;
    }
    let proposals = accounts::proposals(material.book);
    for listing in &material.layout.listings {
        Writer { material, listing, proposals: &proposals }.write(&mut pen)?;
    }
    match material.layout.listings.as_slice() {
        [only] if only.ties.is_empty() => {
            pen.sheet.set_freeze_panes(only.head() + 1, 2)?;
            pen.sheet.set_repeat_rows(only.top, only.head())?;
        }
        _ => {
            pen.sheet.set_freeze_panes(0, 2)?;
        }
    }
    Ok(Some(pen))
}

struct Writer<'a> {
    material: &'a Material<'a>,
    listing: &'a Listing<'a>,
    proposals: &'a [Proposal<'a>],
}

impl<'a> Writer<'a> {
    fn say(&self, swedish: &'a str, english: &'a str) -> &'a str {
        say(self.material.language, swedish, english)
    }

    fn ledger(&self) -> &'a Ledger {
        self.listing.ledger
    }

    fn write(&self, pen: &mut Pen) -> Result<(), XlsxError> {
        let (listing, book) = (self.listing, self.material.book);
        let name = ledgers::name(book, self.ledger());
        let period = listing.balance.period();
        pen.text(listing.top, 0, format!("{name} {period}").trim_end(), Look::of(Ink::Title))?;
        let (source, file) = (self.say("Källa", "Source"), self.material.place(self.ledger().grid));
        let form = ledgers::form(self.ledger(), self.material.language);
        let signs = self.say("debet är plus och kredit minus", "debit is plus and credit minus");
        pen.text(listing.top + 1, 0, &format!("{source}: {file} ({form}); {signs}"), Look::of(Ink::Small))?;
        if !listing.ties.is_empty() {
            self.ties(pen)?;
        }
        self.accounts(pen)
    }

    fn heads(&self, pen: &mut Pen, row: u32, heads: [&str; 7]) -> Result<(), XlsxError> {
        for (col, head) in (0..).zip(heads) {
            let right = (OPENING_COL..=CLOSING_COL).contains(&col);
            let indent = u8::from(col == LINE_COL);
            pen.text(row, col, head, Look { right, indent, ..Look::of(Ink::Head) })?;
        }
        Ok(())
    }

    /// The lines, each with the sum of its accounts, what the statement has, and the difference.
    fn ties(&self, pen: &mut Pen) -> Result<(), XlsxError> {
        let head = self.listing.ties_head();
        let heads = match self.material.language {
            Language::Swedish => {
                ["Konton", "Rad", "Enligt bokföringen", "Enligt räkningen", "Differens", "Räkning", "Kontroll"]
            }
            Language::English => {
                ["Accounts", "Line", "By the ledger", "By the statement", "Difference", "Statement", "Check"]
            }
        };
        self.heads(pen, head, heads)?;
        for (row, &i) in (head + 1..).zip(&self.listing.ties) {
            self.tie(pen, row, i)?;
        }
        checks_sheet::colour(
            pen,
            self.material.language,
            (head + 1, head + self.listing.ties.len() as u32),
            OUTCOME_COL,
        )
    }

    fn tie(&self, pen: &mut Pen, row: u32, i: usize) -> Result<(), XlsxError> {
        let check = &self.material.report.checks[i];
        let (relation, layout) = (&check.relation, &self.material.layout);
        pen.text(row, 0, &self.listing.span(relation), Look::NONE)?;
        let statement = &self.material.book.statements[relation.table];
        let label = self.label(relation.result.at);
        let period = relation.period.map_or(String::new(), |period| format!(" {period}"));
        let of = format!("{}{period}, {}", statements::title(statement, ""), relation.unit.code());
        pen.text(row, LINE_COL, &of, Look::after_figures())?;
        let (Some(place), Some(control)) = (layout.place(relation.result.at), Control::of(check, layout)) else {
            return pen.text(row, 1, label, Look::NONE);
        };
        pen.link(row, 1, place.stated, label, Look::NONE)?;
        let shown = |value: Money| Look::number(Number::Amount { decimals: value.normalize().decimals().min(4) });
        pen.formula(row, 2, &control.expected, control.expected_value, shown(control.expected_value))?;
        let stated = format!("={}", place.stated.qualified());
        pen.formula(row, 3, &stated, control.stated_value, shown(control.stated_value))?;
        let less = format!("=ROUND({}-{},{})", a1(row, 3), a1(row, 2), control.decimals);
        let number = Number::Difference { decimals: control.difference.decimals().min(4) };
        pen.formula(row, 4, &less, control.difference, Look::number(number))?;
        let outcome = checks_sheet::outcome(&control, self.material.language);
        let formula = format!("={}", checks_sheet::outcome_of(i).qualified());
        pen.text_formula(row, OUTCOME_COL, &formula, outcome, Look::NONE)
    }

    fn label(&self, at: At) -> &'a str {
        let spot = self.material.layout.spot(at);
        spot.map_or("", |spot| statements::label(&self.material.book.statements[spot.statement], spot.line))
    }

    fn accounts(&self, pen: &mut Pen) -> Result<(), XlsxError> {
        let listing = self.listing;
        let heads = match self.material.language {
            Language::Swedish => {
                ["Konto", "Namn", "Ingående", "Förändring", "Utgående/resultat", "Rad i räkningen", "Rad i not"]
            }
            Language::English => {
                ["Account", "Name", "Opening", "Change", "Closing/result", "Line of the statement", "Row of a note"]
            }
        };
        self.heads(pen, listing.head(), heads)?;
        for (i, row) in listing.balance.rows.iter().enumerate() {
            self.account(pen, listing.row(i), row)?;
        }
        let (first, last, sum) =
            (listing.row(0), listing.row(listing.balance.rows.len() - 1), listing.row(listing.balance.rows.len()));
        let total = Look { bold: true, ruled: true, ..Look::NONE };
        pen.text(sum, 0, "", total)?;
        pen.text(sum, 1, self.say("Summa", "Total"), total)?;
        let columns = listing.balance.rows.iter().map(|row| self.amounts(row)).collect::<Vec<_>>();
        for col in OPENING_COL..=CLOSING_COL {
            let figures: Vec<Money> = columns.iter().filter_map(|row| row[usize::from(col - OPENING_COL)]).collect();
            if figures.is_empty() {
                pen.text(sum, col, "", total)?;
                continue;
            }
            let formula = format!("=ROUND(SUM({}:{}),2)", a1(first, u32::from(col)), a1(last, u32::from(col)));
            let look = Look { bold: true, ruled: true, ..AMOUNT };
            pen.formula(sum, col, &formula, figures.into_iter().sum::<Money>().round(2).normalize(), look)?;
        }
        Ok(())
    }

    fn account(&self, pen: &mut Pen, row: u32, about: &Row) -> Result<(), XlsxError> {
        pen.text(row, 0, &about.account.number, Look::NONE)?;
        pen.text(row, 1, &about.account.name, Look::wrapped())?;
        for (col, figure) in self.listing.figures(about) {
            let cell = Target { sheet: LEDGER, row, col };
            if let Some(note) = self.material.marks.note(cell) {
                pen.note(row, col, &note)?;
            }
            pen.number(row, col, figure.value, AMOUNT.marked(self.material.marks.severity(cell)))?;
        }
        match (about.figures[1], self.change(about)) {
            (Some(moved), _) => pen.number(row, CHANGE_COL, moved, AMOUNT)?,
            (None, Some(change)) => {
                let cell = |col: u16| a1(row, u32::from(col));
                let formula = format!("=ROUND({}-{},2)", cell(CLOSING_COL), cell(OPENING_COL));
                pen.formula(row, CHANGE_COL, &formula, change, AMOUNT)?;
            }
            (None, None) => {}
        }
        let Some(at) = self.listing.at(about) else { return Ok(()) };
        if let Some(check) = self.narrowest(at, false) {
            let to = check.relation.result.at;
            self.leads(pen, (row, LINE_COL), to, self.label(to), Look::after_figures())?;
        }
        if let Some(check) = self.narrowest(at, true) {
            let to = check.relation.result.at;
            return self.leads(pen, (row, NOTE_COL), to, self.label(to), Look::NONE);
        }
        let proposed = self.listing.balance.year.is_some_and(|year| year.index == 0);
        let own = |proposal: &&Proposal| {
            proposal.ledger.grid == self.ledger().grid
                && proposal.accounts.iter().any(|account| account.number == about.account.number)
        };
        let Some(proposal) = self.proposals.iter().find(own).filter(|_| proposed) else { return Ok(()) };
        let to = self.material.book.at(proposal.spot);
        let label = format!("{} ({})", self.label(to), self.say("förslag", "proposed"));
        self.leads(pen, (row, NOTE_COL), to, &label, Look { italic: true, ..Look::NONE })
    }

    /// A text that leads to where a cell of a statement stands.
    fn leads(&self, pen: &mut Pen, (row, col): (u32, u16), to: At, text: &str, look: Look) -> Result<(), XlsxError> {
        match self.material.layout.place(to) {
            Some(place) => pen.link(row, col, place.stated, text, look),
            None => pen.text(row, col, text, look),
        }
    }

    /// The change by its balances, of a list that tells no vouchers.
    fn change(&self, about: &Row) -> Option<Money> {
        let [opening, _, closing] = about.figures;
        Some((closing? - opening?).round(2).normalize()).filter(|_| !self.ledger().has_vouchers())
    }

    /// What the three columns of amounts hold.
    fn amounts(&self, about: &Row) -> [Option<Money>; 3] {
        let [opening, moved, closing] = about.figures;
        [opening, moved.or(self.change(about)), closing]
    }

    /// Of the checks that an account is in, the one with the fewest: the others are of totals.
    fn narrowest(&self, at: At, of_note: bool) -> Option<&'a Check> {
        let statements = &self.material.book.statements;
        let checks = self.listing.ties.iter().map(|&i| &self.material.report.checks[i]);
        let checks = checks.filter(|check| (statements[check.relation.table].kind == Kind::Note) == of_note);
        let own = checks.filter(|check| check.relation.terms.iter().any(|term| term.at == at));
        own.min_by_key(|check| (check.relation.terms.len(), self.is_total(check.relation.result.at)))
    }

    fn is_total(&self, at: At) -> bool {
        let spot = self.material.layout.spot(at);
        spot.is_some_and(|spot| self.material.book.statements[spot.statement].lines()[spot.line].role.adds())
    }
}
