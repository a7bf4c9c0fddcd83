//! The chart of accounts: which accounts a line of a statement comes to.
//!
//! BAS and Kommun-Bas are tables, in `chart/`. They agree on classes 1–4 and differ in 5 and 7: wages are class 7 in BAS
//! and class 5 in Kommun-Bas. Which one a ledger follows is found from what it says of itself, else from its names.

use std::sync::LazyLock;

use crate::ledger::{Account, Ledger};
use crate::words::{Concept, accounts};

/// The charts that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// BAS, as companies and associations keep their books.
    Bas,
    /// Kommun-Bas, where a municipality keeps them.
    KommunBas,
}

/// Where it was found which chart a ledger follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The settings say so.
    Told,
    /// The ledger names its chart.
    Named,
    /// The class of the accounts whose names are of wages.
    Wages,
    /// It is not: all accounts are of the balance sheet, and of those the charts share their classes. What
    /// [`Plan::KommunBas`] says of them is true of both.
    Shared,
}

/// Accounts that belong to another line than the chart says, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub first: u32,
    pub last: u32,
    pub concept: Concept,
}

/// Accounts that make a row of a note, first and last included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    pub first: u32,
    pub last: u32,
    /// What the row is labelled.
    pub label: String,
}

impl NoteRow {
    pub fn has(&self, account: &str) -> bool {
        account.parse().is_ok_and(|number: u32| (self.first..=self.last).contains(&number))
    }
}

/// What the user says of the chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub plan: Option<Plan>,
    pub mapping: Vec<Mapping>,
    pub notes: Vec<NoteRow>,
    /// Dimensions and objects whose rows alone are the förbund's; none where all are.
    pub objects: Vec<(String, String)>,
}

/// How the sum of a line's accounts becomes the line's figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Debit,
    Credit,
    /// Debit in the ledger, written with the sign that the statement gives its costs.
    Cost,
}

/// One way in which a line is made of accounts.
#[derive(Clone, Debug)]
pub struct Way {
    pub concept: Concept,
    pub side: Side,
    /// First and last, compared by as many digits as they have.
    ranges: Vec<(String, String)>,
    /// As it stands in the table: `4-76+79`.
    pub accounts: String,
}

impl Way {
    /// Whether an account is one of the line's. The settings move accounts from one line of a chart to another.
    pub fn has(&self, account: &str, plan: Plan, settings: &Settings) -> bool {
        let moved = account.parse().ok().and_then(|number: u32| {
            settings.mapping.iter().find(|mapping| (mapping.first..=mapping.last).contains(&number))
        });
        let to = moved.and_then(|moved| ways(plan).iter().find(|way| way.concept == moved.concept));
        match to {
            Some(line) => line.concept == self.concept || self.encloses(line),
            None => self.ranges.iter().any(|range| holds(range, account)),
        }
    }

    /// Whether it is of the accounts of the balance sheet.
    pub fn is_of_balance(&self) -> bool {
        self.ranges.iter().any(|(first, _)| first.starts_with(['1', '2']))
    }

    /// Whether it is of the accounts of the result.
    pub fn has_results(&self) -> bool {
        self.ranges.iter().any(|(_, last)| !last.starts_with(['1', '2']))
    }

    /// Whether it is a total of another line.
    fn encloses(&self, line: &Way) -> bool {
        let inside = |account: &str| self.ranges.iter().any(|range| holds(range, account));
        line.ranges.iter().all(|(first, last)| inside(first) && inside(last))
    }
}

fn holds((first, last): &(String, String), account: &str) -> bool {
    let begins = |digits: &str| account.get(..digits.len());
    account.bytes().all(|b| b.is_ascii_digit())
        && begins(first).is_some_and(|own| own >= first.as_str())
        && begins(last).is_some_and(|own| own <= last.as_str())
}

/// The ways of the lines of a chart.
pub fn ways(plan: Plan) -> &'static [Way] {
    static BAS: LazyLock<Vec<Way>> = LazyLock::new(|| read(include_str!("chart/bas.tsv")));
    static KOMMUN_BAS: LazyLock<Vec<Way>> = LazyLock::new(|| read(include_str!("chart/kommun-bas.tsv")));
    match plan {
        Plan::Bas => &BAS,
        Plan::KommunBas => &KOMMUN_BAS,
    }
}

/// The narrowest line of a chart that an account belongs to, results aside.
pub fn line(account: &str, plan: Plan, settings: &Settings) -> Option<&'static Way> {
    let has = |way: &&Way| way.has(account, plan, settings);
    let holding: Vec<&Way> = ways(plan).iter().filter(has).collect();
    holding.iter().copied().find(|way| !holding.iter().any(|other| other.concept != way.concept && way.encloses(other)))
}

fn read(table: &str) -> Vec<Way> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(way).collect()
}

fn way(line: &str) -> Option<Way> {
    let mut fields = line.split('\t');
    let concept = Concept::of_code(fields.next()?)?;
    let side = match fields.next()? {
        "debit" => Side::Debit,
        "credit" => Side::Credit,
        _ => Side::Cost,
    };
    let accounts = fields.next()?;
    let range = |range: &str| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        (first.to_owned(), last.to_owned())
    };
    Some(Way { concept, side, ranges: accounts.split('+').map(range).collect(), accounts: accounts.to_owned() })
}

/// The chart that a ledger follows, and how that was found; `None` where both fit.
pub fn plan(ledger: &Ledger, settings: &Settings) -> Option<(Plan, Found)> {
    if let Some(plan) = settings.plan {
        return Some((plan, Found::Told));
    }
    if let Some(named) = ledger.header.chart.as_ref().and_then(|chart| accounts::chart(&chart.text)) {
        let plan = if named == "kommun-bas" { Plan::KommunBas } else { Plan::Bas };
        return Some((plan, Found::Named));
    }
    let wages = |class: char| {
        let of_class = |account: &&Account| account.number.starts_with(class) && accounts::says_wages(&account.name);
        ledger.accounts.iter().filter(of_class).count()
    };
    match (wages('5'), wages('7')) {
        (five, seven) if seven > 2 * five => Some((Plan::Bas, Found::Wages)),
        (five, seven) if five > 2 * seven => Some((Plan::KommunBas, Found::Wages)),
        _ => None,
    }
}

/// What is sure of a ledger whose chart is not known: the classes of the balance sheet, where it has no other accounts
/// (`balansrapport`).
pub fn shared(ledger: &Ledger) -> Option<(Plan, Found)> {
    let all = !ledger.accounts.is_empty() && ledger.accounts.iter().all(Account::is_balance);
    all.then_some((Plan::KommunBas, Found::Shared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_charts_is_a_way() {
        for (plan, table) in
            [(Plan::Bas, include_str!("chart/bas.tsv")), (Plan::KommunBas, include_str!("chart/kommun-bas.tsv"))]
        {
            assert_eq!(ways(plan).len(), table.lines().filter(|line| !line.starts_with('#')).count());
        }
    }

    #[test]
    fn accounts_are_held_by_their_first_digits() {
        let of = |concept| ways(Plan::Bas).iter().find(|way| way.concept == concept).expect("a way");
        let costs = of(Concept::OperatingCosts);
        let has = |way: &Way, account| way.has(account, Plan::Bas, &Settings::default());
        assert!(has(costs, "4010") && has(costs, "7699") && has(costs, "790001"));
        assert!(!has(costs, "7832") && !has(costs, "3010") && !has(costs, "8999") && !has(costs, "7x"));
        assert!(!has(of(Concept::Result), "8999") && has(of(Concept::Result), "8410"));
        let mapping = vec![Mapping { first: 7832, last: 7832, concept: Concept::OperatingCosts }];
        let settings = Settings { mapping, ..Settings::default() };
        let moved = |concept| of(concept).has("7832", Plan::Bas, &settings);
        assert!(moved(Concept::OperatingCosts) && moved(Concept::OperatingResult) && !moved(Concept::Depreciation));
    }
}
