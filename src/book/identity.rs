//! Whose each file is, of which years, and what part it has in the book: found from what it says, never from its name.

use std::collections::BTreeSet;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::Book;
use super::bodies::Bodies;
use super::figures::Outcomes;
use crate::finding::Text;
use crate::ledger::{Form, Ledger, Said};
use crate::period::Measure;
use crate::profile::Profile;
use crate::read::Input;
use crate::statement::{Kind, Statement};
use crate::table::{Table, heading};
use crate::words::body;

/// What a file is in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The accounts of the last year.
    Accounts,
    /// The accounts of an earlier year.
    PriorAccounts,
    /// Accounts of a part of a year.
    Interim,
    Budget,
    /// Accounts and their balances, as a sheet.
    TrialBalance,
    /// Vouchers or balances from the bookkeeping itself.
    Ledger,
    Other,
}

impl Role {
    /// The code of machine output.
    pub fn code(self) -> &'static str {
        match self {
            Role::Accounts => "accounts",
            Role::PriorAccounts => "prior-accounts",
            Role::Interim => "interim",
            Role::Budget => "budget",
            Role::TrialBalance => "trial-balance",
            Role::Ledger => "ledger",
            Role::Other => "other",
        }
    }

    pub fn name(self) -> Text {
        let (swedish, english) = match self {
            Role::Accounts => ("bokslut", "annual accounts"),
            Role::PriorAccounts => ("tidigare års bokslut", "accounts of an earlier year"),
            Role::Interim => ("delårsbokslut", "interim accounts"),
            Role::Budget => ("budget", "budget"),
            Role::TrialBalance => ("saldobalans", "trial balance"),
            Role::Ledger => ("bokföring", "ledger"),
            Role::Other => ("övrigt", "other"),
        };
        Text::new(swedish, english)
    }
}

/// Whether a file is reconciled with the others of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Together,
    /// The files are of several förbund, and this one does not say of which.
    Unnamed,
    /// Nothing says whose it is, but its figures are not those that the others have of the same years.
    Contradicting(Contradiction),
    /// It says that it is a draft, and another file is of the same year and does not.
    Draft,
    /// No statement, budget or ledger was found in it.
    Empty,
}

/// How the figures of a file differ from those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The input that has most figures of the same lines and years.
    pub with: usize,
    /// How many the two have, and how many of these agree.
    pub shared: usize,
    pub agreeing: usize,
}

/// A file as a part of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub role: Role,
    pub name: Option<String>,
    /// With its hyphen and a right check digit.
    pub number: Option<String>,
    /// The years of its figures, the one that it is about first.
    pub years: Vec<i32>,
    pub standing: Standing,
    /// At its head.
    pub says_draft: bool,
    /// The group of files of one body that it is in.
    pub group: usize,
}

/// So many lines that begin with an account make a list of accounts.
const ACCOUNTS: usize = 5;

/// What each input says that it is.
pub fn documents(book: &Book) -> Vec<Document> {
    let mut ledgers: Vec<Option<&Ledger>> = vec![None; book.inputs.len()];
    for ledger in book.ledgers.iter().rev() {
        if let Some(own) = ledgers.get_mut(book.grids[ledger.grid as usize].input) {
            *own = Some(ledger);
        }
    }
    let texts = texts(book);
    let one = |(input, texts): (usize, &Texts)| {
        let own: Vec<&Statement> = book.of_input(input).map(|(_, statement)| statement).collect();
        // A workbook of statements may have the accounts on a sheet of its own.
        let states = own.iter().any(|s| !matches!(s.kind, Kind::Other | Kind::Contents));
        match ledgers[input] {
            Some(ledger) if ledger.form != Form::Export || !states => of_ledger(ledger),
            _ => document(&own, &book.inputs[input], texts),
        }
    };
    texts.iter().enumerate().map(one).collect()
}

/// Finds how the files of a book stand to the others of their body, and whose each is.
pub fn settle(book: &Book, documents: &mut [Document], Bodies { groups, apart }: Bodies) -> Vec<Vec<usize>> {
    for (group, files) in groups.iter().enumerate() {
        set_drafts_apart(documents, files);
        files.iter().for_each(|&input| documents[input].group = group);
    }
    if book.inputs.len() > 1 {
        let outcomes = Outcomes::of(book.inputs.len(), &book.grids, &book.statements);
        groups.iter().filter(|files| files.len() > 1).for_each(|files| outcomes.set_apart(documents, files));
    }
    for (input, standing) in apart {
        documents[input].standing = standing;
    }
    // What the settings say is of the förbund is so whatever its figures are.
    for ledger in book.ledgers.iter().filter(|ledger| ledger.part.is_some()) {
        let document = &mut documents[book.grids[ledger.grid as usize].input];
        if groups[document.group].len() > 1
            && matches!(document.standing, Standing::Unnamed | Standing::Contradicting(_))
        {
            document.standing = Standing::Together;
        }
    }
    for files in &groups {
        let of_year = |input: &&usize| {
            let document = &documents[**input];
            document.role == Role::Accounts && document.standing == Standing::Together
        };
        let accounts: Vec<usize> = files.iter().filter(of_year).copied().collect();
        let last = accounts.iter().filter_map(|&input| documents[input].years.first().copied()).max();
        for input in accounts {
            if documents[input].years.first().copied() < last {
                documents[input].role = Role::PriorAccounts;
            }
        }
    }
    groups
}

/// Tells drafts of one body from the accounts or the budget that came of them.
pub fn set_drafts_apart(documents: &mut [Document], files: &[usize]) {
    let drafted = |document: &Document| {
        let made = matches!(document.role, Role::Accounts | Role::Interim | Role::Budget);
        made && document.standing == Standing::Together
    };
    let of: Vec<usize> = files.iter().copied().filter(|&input| drafted(&documents[input])).collect();
    let about = |input: usize| (documents[input].role, documents[input].years.first().copied());
    let mut alike: FxHashMap<(Role, Option<i32>), Vec<usize>> = FxHashMap::default();
    of.iter().for_each(|&input| alike.entry(about(input)).or_default().push(input));
    for files in alike.into_values().filter(|files| files.len() > 1) {
        let (drafts, others): (Vec<usize>, Vec<usize>) =
            files.into_iter().partition(|&input| documents[input].says_draft);
        if !others.is_empty() {
            drafts.into_iter().for_each(|input| documents[input].standing = Standing::Draft);
        }
    }
}

fn document(own: &[&Statement], about: &Input, texts: &Texts) -> Document {
    let role = role(own, texts);
    let name = settled(texts.iter().map(|(head, text)| (*head, body::association(text))), body::same_association);
    let number = settled(texts.iter().flat_map(|(head, text)| numbers(text).map(|n| (*head, Some(n)))), |a, b| a == b);
    let years = years(own, role, texts);
    let standing = match role {
        Role::Other if about.error.is_none() && own.iter().all(|s| matches!(s.kind, Kind::Other | Kind::Contents)) => {
            Standing::Empty
        }
        _ => Standing::Together,
    };
    let says_draft = texts.iter().any(|(head, text)| *head && body::says_draft(text));
    Document { role, name, number, years, standing, says_draft, group: 0 }
}

/// What a ledger says of itself.
fn of_ledger(ledger: &Ledger) -> Document {
    let said = |said: &Option<Said>| said.as_ref().map(|said| said.text.trim().to_owned());
    let name = said(&ledger.header.name).map(|name| body::association(&name).unwrap_or(name));
    let mut years: Vec<i32> = ledger.years.iter().map(|year| year.to.year).collect();
    years.sort_unstable_by_key(|year| std::cmp::Reverse(*year));
    // The books of a kommun name the kommun.
    let own = ledger.part.is_none();
    Document {
        role: if ledger.form == Form::Export { Role::TrialBalance } else { Role::Ledger },
        name: name.filter(|name| own && !name.is_empty()),
        number: said(&ledger.header.organisation).filter(|number| own && is_organisation_number(number)),
        years,
        standing: Standing::Together,
        says_draft: false,
        group: 0,
    }
}

/// The texts of a document, those at the head of its sheets told apart.
type Texts<'a> = Vec<(bool, &'a str)>;

/// The texts of each document.
fn texts(book: &Book) -> Vec<Texts<'_>> {
    const HEAD: usize = 6;
    let mut texts: Vec<Texts> = vec![Texts::new(); book.inputs.len()];
    for grid in &book.grids {
        let Some(texts) = texts.get_mut(grid.input) else { continue };
        let head = grid.rows().take(HEAD).last().map_or(0, |(row, _)| row);
        texts.extend(grid.others().filter_map(|cell| Some((cell.row <= head, cell.text()?))));
    }
    // Text documents have their lines as cells, but a paragraph may go over several.
    for prose in &book.prose {
        if let Some(texts) = texts.get_mut(book.grids[prose.at.grid as usize].input) {
            texts.push((false, &prose.text));
        }
    }
    texts
}

/// The one thing that texts agree on: what stands at the head, or else what is named twice as often as all else.
fn settled(said: impl Iterator<Item = (bool, Option<String>)>, same: impl Fn(&str, &str) -> bool) -> Option<String> {
    let mut counts: Vec<(String, usize, usize)> = Vec::new();
    for (head, found) in said {
        let Some(found) = found else { continue };
        match counts.iter_mut().find(|(known, ..)| same(known, &found)) {
            Some((_, heads, all)) => (*heads, *all) = (*heads + usize::from(head), *all + 1),
            None => counts.push((found, usize::from(head), 1)),
        }
    }
    counts.sort_by_key(|(_, heads, all)| std::cmp::Reverse((*heads, *all)));
    match counts.as_slice() {
        [] => None,
        [only] => Some(only.0.clone()),
        [first, second, ..] => {
            let clear = if first.1 > 0 { first.1 >= 2 * second.1 } else { first.2 >= 2 * second.2 };
            clear.then(|| first.0.clone())
        }
    }
}

/// The organisation numbers in a text: ten digits with a hyphen, of a legal person, with the right check digit.
fn numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    // Few texts have a hyphen, and to look for one takes less time than to take a text apart.
    let text = if text.contains('-') { text } else { "" };
    text.split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .filter(|word| is_organisation_number(word))
        .map(str::to_owned)
}

/// Ten digits, the third at least 2 (which tells legal persons from natural ones), the last by the Luhn formula.
pub fn is_organisation_number(text: &str) -> bool {
    let Some((first, last)) = text.split_once('-') else { return false };
    if first.len() != 6 || last.len() != 4 {
        return false;
    }
    let digits: Option<Vec<u32>> = first.chars().chain(last.chars()).map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let weighed = digits.iter().enumerate().map(|(i, digit)| {
        let product = digit * if i % 2 == 0 { 2 } else { 1 };
        product / 10 + product % 10
    });
    digits[2] >= 2 && weighed.sum::<u32>() % 10 == 0
}

fn role(own: &[&Statement], texts: &[(bool, &str)]) -> Role {
    let titled = texts.iter().filter(|(head, _)| *head).find_map(|(_, text)| body::document_named(text));
    let has = |kind: Kind| own.iter().any(|statement| statement.kind == kind);
    let actual = |s: &&&Statement| s.columns().iter().any(|column| column.measure == Some(Measure::Actual));
    let formed = own.iter().filter(|s| s.kind.is_main()).any(|s| actual(&s));
    let last = |wanted: Measure| {
        let columns = own.iter().flat_map(|s| s.columns()).filter(|column| column.measure == Some(wanted));
        columns.filter_map(|column| column.period).map(|period| period.year).max()
    };
    // Notes of a year that is over, with its budget beside the outcome: a part of the accounts.
    let planned = last(Measure::Budget).max(last(Measure::Plan));
    let noted = has(Kind::Note) && planned.is_some() && last(Measure::Actual) >= planned;
    match titled {
        _ if own.iter().any(|statement| lists_accounts(&statement.table)) => Role::TrialBalance,
        Some("interim") if formed => Role::Interim,
        _ if has(Kind::BalanceSheet) || has(Kind::CashFlow) || formed => Role::Accounts,
        Some("accounts") if has(Kind::Note) || has(Kind::MultiYear) || has(Kind::Summary) => Role::Accounts,
        _ if noted => Role::Accounts,
        _ if has(Kind::Budget) => Role::Budget,
        _ if has(Kind::Note) || has(Kind::Summary) || has(Kind::MultiYear) || has(Kind::Activities) => match titled {
            Some("budget") => Role::Budget,
            _ => Role::Accounts,
        },
        _ => Role::Other,
    }
}

/// Whether most lines of a table begin with the number of an account.
fn lists_accounts(table: &Table) -> bool {
    let account = |label: &str| {
        let number = label.split_whitespace().next().unwrap_or_default();
        (3..=8).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    };
    let lines = table.lines.iter().filter(|line| line.has_figures());
    let (accounts, others): (Vec<_>, Vec<_>) = lines.partition(|line| account(&line.label));
    let rising = accounts.windows(2).filter(|pair| pair[0].label < pair[1].label).count();
    accounts.len() >= ACCOUNTS && accounts.len() > others.len() && rising + 1 == accounts.len()
}

/// The years of a document's figures, the one that it is about first: of a budget the year of its title, or else the
/// first that it plans for; of all else the last that has an outcome.
fn years(own: &[&Statement], role: Role, texts: &[(bool, &str)]) -> Vec<i32> {
    let columns = || own.iter().filter(|s| s.kind != Kind::Contents).flat_map(|statement| statement.columns());
    let of = |wanted: &dyn Fn(Measure) -> bool| -> BTreeSet<i32> {
        let columns = columns().filter(|column| column.measure.is_some_and(wanted));
        columns.filter_map(|column| column.period).map(|period| period.year).collect()
    };
    let outcome = of(&|measure| measure == Measure::Actual);
    let planned = of(&|measure| matches!(measure, Measure::Budget | Measure::Plan));
    let titled = || texts.iter().filter(|(head, _)| *head).flat_map(|(_, text)| heading::read(text).years);
    match role {
        Role::Budget => {
            let told = |year: &i32| planned.contains(year) || outcome.contains(year);
            let own = titled().find(told).or_else(|| planned.first().copied());
            own.into_iter().chain(planned.iter().copied().filter(|year| Some(*year) != own)).collect()
        }
        _ if !outcome.is_empty() => outcome.into_iter().rev().collect(),
        _ if !planned.is_empty() => planned.into_iter().collect(),
        _ => titled().next().into_iter().collect(),
    }
}

impl Book {
    /// The förbund that a file is of: as the settings name it, or else the files of its body that are reconciled
    /// together. A file that is not has its own word alone.
    pub fn association(&self, input: usize) -> Option<&str> {
        self.said(input, |profile| profile.name.as_deref(), |document| document.name.as_deref())
    }

    /// Its organisation number, told as its name is.
    pub fn organisation_number(&self, input: usize) -> Option<&str> {
        self.said(input, |profile| profile.organisation_number.as_deref(), |document| document.number.as_deref())
    }

    fn said<'a>(
        &'a self,
        input: usize,
        set: impl Fn(&'a Profile) -> Option<&'a str>,
        of: impl Fn(&'a Document) -> Option<&'a str>,
    ) -> Option<&'a str> {
        match self.documents.get(input) {
            Some(own) if !matches!(own.standing, Standing::Together | Standing::Empty) => of(own),
            own => {
                let group = own.map_or(0, |own| own.group);
                let files = self.groups.get(group).into_iter().flatten().map(|&input| &self.documents[input]);
                let together = files.filter(|document| document.standing == Standing::Together);
                let set = Some(&self.profile).filter(|_| self.is_described(group)).and_then(set);
                set.or_else(|| together.filter_map(of).next())
            }
        }
    }
}

impl Document {
    /// What a reader must know of a file that is not reconciled with the others.
    pub fn remark(&self, path: &Path, inputs: &[Input]) -> Option<Text> {
        let (swedish, english) = match self.standing {
            Standing::Together => return None,
            Standing::Unnamed => (
                "det framgår inte vilket av förbunden filen gäller".into(),
                "it does not say which of the förbund it is of".into(),
            ),
            Standing::Contradicting(Contradiction { with, shared, agreeing }) => {
                let with = inputs[with].path.display();
                (
                    format!(
                        "bara {agreeing} av {shared} belopp är desamma som i {with} (annat förbund, projekt eller period?)"
                    ),
                    format!(
                        "only {agreeing} of {shared} amounts are those of {with} (another förbund, project or period?)"
                    ),
                )
            }
            Standing::Draft => (
                "ett utkast; en annan fil för samma år är inget utkast (jämför dem med avstam diff)".into(),
                "a draft; another file of the same year is none (compare them with avstam diff)".into(),
            ),
            Standing::Empty => (
                "ingen räkning, budget eller bokföring kändes igen".into(),
                "no statement, budget or ledger was recognised".into(),
            ),
        };
        let path = path.display();
        Some(Text::new(
            format!("{path}: {swedish}; filen stäms inte av mot de andra"),
            format!("{path}: {english}; the file is not reconciled with the others"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisation_numbers_have_a_check_digit() {
        assert!(is_organisation_number("222000-9993"));
        assert!(!is_organisation_number("222000-9992"));
        // That of a natural person.
        assert!(!is_organisation_number("811218-9876"));
        assert_eq!(numbers("Org.nr: 222000-9993, tel 0920-123456").collect::<Vec<_>>(), ["222000-9993"]);
    }
}
