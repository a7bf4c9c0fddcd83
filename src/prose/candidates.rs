//! A mention → the cells that it may speak of.

use std::cmp::Reverse;
use std::rc::Rc;

use super::clause::Mention;
use super::rows::{Row, Rows};
use crate::book::{Book, Spot};
use crate::money::{Interval, Money};
use crate::period::{Measure, Period};
use crate::statement::{Kind, Statement};
use crate::table::{Column, Line, Role};
use crate::words::running::Spoken;
use crate::words::{self, CONCEPTS, Concept, Likeness, Naming};

/// Cells that together are what a text may speak of.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub spots: Vec<Spot>,
    pub strength: Strength,
    /// How far, in thousandths of the amount, the text may differ and still be about this; `None` for however far.
    pub reach: Option<i64>,
}

impl Candidate {
    /// What the cells come to, in kronor, surpluses above zero; nothing where one of them has no figure.
    pub fn value(&self, book: &Book) -> Option<Interval> {
        let nothing = Interval::exact(Money::ZERO);
        let sign = |spot: &Spot| if book.statements[spot.statement].is_credit(spot.line) { -1 } else { 1 };
        self.spots.iter().try_fold(nothing, |sum, spot| Some(sum.plus(sign(spot), book.interval(*spot)?)))
    }
}

/// How surely the words mean the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// They touch on them.
    Loose,
    /// They name the line, but not everything around it is understood.
    Named,
    /// Every word from the beginning of the clause to the amount says that it is this.
    Firm,
}

impl Strength {
    fn firm_if(firm: bool) -> Strength {
        if firm { Strength::Firm } else { Strength::Loose }
    }
}

/// Where a mention stands: its headings and the year of its document.
pub struct Around<'a> {
    /// The file that the text stands in.
    pub input: usize,
    /// Without those that only say how long something lasts.
    pub headings: &'a [Rc<Naming>],
    pub year: Option<i32>,
    /// A heading names an insats: what the text says of results and costs may be of it alone.
    pub insats: bool,
    /// The document is of a body whose name says what it is (`Luleå kommun`).
    pub body: bool,
}

/// The cells that a mention may speak of, the firmest first.
pub fn candidates(book: &Book, rows: &Rows, mention: &Mention, around: &Around<'_>) -> Vec<Candidate> {
    let finder = Finder { book, mention, years: mention.when.years(around.year), around };
    let mut found = Vec::new();
    finder.rows_named(rows, around, &mut found);
    if let Some(payer) = mention.payer {
        finder.payer(payer, &mut found);
    }
    for spoken in &mention.spoken {
        match spoken {
            Spoken::Concept(_) if mention.payer.is_some() => {}
            Spoken::Concept(concept) => finder.concept(*concept, &mut found),
            Spoken::Allocation => finder.allocation(&mut found),
        }
    }
    let here = |spot: &Spot| book.reaches(around.input, spot.statement);
    found.retain(|candidate| candidate.spots.iter().all(here));
    found.sort_by_key(|candidate| (Reverse(candidate.strength), candidate.spots.first().map(|spot| rank(book, *spot))));
    found
}

/// The book's own statements before overviews, outcome before budget.
pub fn rank(book: &Book, spot: Spot) -> (usize, usize) {
    (book.statements[spot.statement].kind as usize, spot.statement)
}

/// A row that words may name, and how likely they mean it: by its label (0), or as the line of the first thing, the
/// second, … that they may speak of.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    pub statement: usize,
    pub line: usize,
    pub rank: usize,
}

/// The rows that the words of a mention may name, whatever the time, the likeliest first.
pub fn lines(book: &Book, rows: &Rows, mention: &Mention, around: &Around<'_>) -> Vec<Named> {
    let mut named = rows.named(around.input, &mention.named, Likeness::Within);
    if named.is_empty() {
        named = rows.named(around.input, &mention.called, Likeness::Same);
    }
    let label = |row: &Row| Named { statement: row.statement, line: row.line, rank: 0 };
    let mut lines: Vec<Named> = named.into_iter().map(|(row, _)| label(row)).collect();
    let meanings = mention.spoken.iter().flat_map(|spoken| meanings(*spoken));
    for (i, concept) in meanings.enumerate() {
        let mut meant: Vec<Named> = Vec::new();
        for (statement, s) in book.reached(around.input).filter(|(_, s)| s.copy_of.is_none()) {
            let means =
                |line: &Line| line.concept.is_some_and(|is| is.concept == *concept) && line.role != Role::Heading;
            let own = (0..s.lines().len()).filter(|line| means(&s.lines()[*line]));
            meant.extend(own.map(|line| Named { statement, line, rank: i + 1 }));
        }
        meant.sort_by_key(|named| (book.statements[named.statement].kind as usize, named.statement));
        lines.extend(meant);
    }
    lines
}

/// The concepts whose lines a text may mean, the first more than the others.
fn meanings(spoken: Spoken) -> &'static [Concept] {
    match spoken {
        Spoken::Allocation => &[Concept::OperatingIncome],
        Spoken::Concept(concept) => match concept {
            Concept::Result => &[Concept::Result, Concept::OperatingResult, Concept::ResultAfterFinancial],
            Concept::LiquidFunds => &[Concept::LiquidFunds, Concept::ClosingCash, Concept::CashAndBank],
            Concept::OperatingCosts => &[Concept::OperatingCosts, Concept::NetCosts],
            Concept::TotalAssets => &[Concept::TotalAssets, Concept::TotalEquityAndLiabilities],
            Concept::NetCosts => &[Concept::NetCosts, Concept::OperatingCosts],
            other => std::slice::from_ref(&CONCEPTS[other as usize].0),
        },
    }
}

/// Whether a column is of whom a text speaks: a body together with its companies, or alone; `None` where that is not
/// known.
pub fn whose(statement: &Statement, column: &Column, group: Option<bool>) -> Option<bool> {
    let grouped = match &column.entity {
        Some(entity) => words::says_group(entity),
        None => statement.is_of_group(),
    };
    match group {
        Some(group) if group == grouped => (grouped || statement.is_of_body(column)).then_some(true),
        Some(true) if column.entity.is_none() => None,
        Some(_) => Some(false),
        None => (column.entity.is_none() && !grouped).then_some(true),
    }
}

struct Finder<'a> {
    book: &'a Book,
    mention: &'a Mention,
    years: Option<(i32, i32)>,
    around: &'a Around<'a>,
}

impl Finder<'_> {
    /// Statements that may be spoken of, each with the sets of columns that the time and the measure allow.
    fn statements(&self) -> impl Iterator<Item = (usize, &Statement, Vec<usize>)> {
        let own = self.book.statements.iter().enumerate();
        own.filter(|(_, s)| s.copy_of.is_none() && s.kind != Kind::Contents)
            .flat_map(|(i, s)| self.columns(s).into_iter().map(move |columns| (i, s, columns)))
    }

    fn columns(&self, statement: &Statement) -> Vec<Vec<usize>> {
        let fits = |column: &Column, year: Option<i32>| {
            let time = match (year, column.period) {
                (None, _) => true,
                (Some(year), Some(period)) => period == Period::year(year),
                (Some(_), None) => column.measure == Some(Measure::Variance),
            };
            time && self.measures(statement, column) && whose(statement, column, self.mention.group) != Some(false)
        };
        let of = |year: Option<i32>| -> Vec<usize> {
            statement.table.amount_columns().filter(|(_, column)| fits(column, year)).map(|(i, _)| i).collect()
        };
        match self.years {
            Some((from, to)) if from < to && to - from < 8 => {
                let each: Vec<Vec<usize>> = (from..=to).map(|year| of(Some(year))).collect();
                let one_each = each.iter().all(|columns| columns.len() == 1);
                if one_each { vec![each.concat()] } else { Vec::new() }
            }
            Some((year, _)) => of(Some(year)).into_iter().map(|column| vec![column]).collect(),
            None => of(None).into_iter().map(|column| vec![column]).collect(),
        }
    }

    fn measures(&self, statement: &Statement, column: &Column) -> bool {
        let planned = matches!(column.measure, Some(Measure::Budget | Measure::Plan));
        match self.mention.measure {
            Some(Measure::Variance) => column.measure == Some(Measure::Variance),
            Some(Measure::Budget) => {
                planned || (statement.kind == Kind::Budget && column.measure != Some(Measure::Variance))
            }
            Some(_) => matches!(column.measure, Some(Measure::Actual) | None),
            None => column.measure != Some(Measure::Variance),
        }
    }

    /// Whether the columns are the ones that an unqualified statement of fact is about.
    fn own(&self, statement: &Statement, columns: &[usize]) -> bool {
        columns.iter().all(|&column| {
            let about = &statement.columns()[column];
            let planned = matches!(about.measure, Some(Measure::Budget | Measure::Plan | Measure::Forecast));
            let outcome = !planned || statement.kind == Kind::Budget || self.mention.measure == Some(Measure::Budget);
            whose(statement, about, self.mention.group) == Some(true) && outcome
        })
    }

    fn push(
        &self,
        at: (usize, &[usize]),
        lines: &[usize],
        strength: Strength,
        reach: Option<i64>,
        found: &mut Vec<Candidate>,
    ) {
        let (statement, columns) = at;
        let spots = |line: usize| columns.iter().map(move |&column| Spot { statement, line, column });
        let spots: Vec<Spot> = lines.iter().flat_map(|&line| spots(line)).collect();
        let s = &self.book.statements[statement];
        let now = |column: &Column| self.around.year.is_some_and(|year| column.period == Some(Period::year(year)));
        // What does not say when it was is about the document's own year; but a plan speaks of what was, too.
        let dated = |column: usize| self.years.is_some() || (s.kind != Kind::Budget && now(&s.columns()[column]));
        let when_and_what = columns.len() == 1 && dated(columns[0]);
        let sure = when_and_what && self.own(s, columns);
        let strength = if sure { strength } else { strength.min(Strength::Named) };
        if !spots.is_empty() {
            found.push(Candidate { spots, strength, reach });
        }
    }

    /// Rows whose name stands in the clause, in the sentence or above it.
    fn rows_named(&self, rows: &Rows, around: &Around<'_>, found: &mut Vec<Candidate>) {
        let mention = self.mention;
        let costs = |spoken: &Spoken| matches!(spoken, Spoken::Allocation | Spoken::Concept(Concept::OperatingCosts));
        let alone = mention.spoken.iter().all(costs);
        let by_clause = rows.named(around.input, &mention.named, Likeness::Within);
        for (row, likeness) in &by_clause {
            let firm = *likeness == Likeness::Same && mention.plain && alone;
            self.row(row, firm, found);
        }
        // `Administrationen landade på`: the word that may mean anything is the label of a row.
        if mention.named.is_empty() && mention.loose {
            let called = rows.named(around.input, &mention.called, Likeness::Same);
            called.into_iter().for_each(|(row, _)| self.row(row, mention.plain, found));
        }
        if !by_clause.iter().any(|(_, likeness)| *likeness == Likeness::Same) {
            for naming in [&mention.named_after, &mention.sentence] {
                rows.named(around.input, naming, Likeness::Within)
                    .into_iter()
                    .for_each(|(row, _)| self.row(row, false, found));
            }
        }
        // Right under a name, `Beviljat 2020:` says the rest.
        let mut told =
            mention.measure.is_some() && mention.plain && mention.spoken.is_empty() && mention.named.is_empty();
        // What follows other sentences may go on with what they are of.
        told &= !mention.recalled;
        for heading in around.headings.iter().filter(|heading| !heading.is_empty()) {
            let named = rows.named(around.input, heading, Likeness::Shared);
            for (row, likeness) in &named {
                self.row(row, *likeness == Likeness::Same && told, found);
            }
            self.rows_together(heading, &named, found);
            if named.iter().any(|(_, likeness)| *likeness >= Likeness::Within) {
                break;
            }
            told = false;
        }
    }

    fn row(&self, row: &Row, firm: bool, found: &mut Vec<Candidate>) {
        let s = &self.book.statements[row.statement];
        let concept = s.lines()[row.line].concept.map(|found| found.concept);
        let paid = matches!(
            concept,
            Some(
                Concept::ContributionState
                    | Concept::ContributionRegion
                    | Concept::ContributionMunicipality
                    | Concept::ContributionInsuranceAgency
                    | Concept::ContributionEmploymentService
            )
        );
        let reach = match self.mention.measure {
            Some(Measure::Variance | Measure::Budget) => None,
            _ if paid => Some(NEAR),
            _ => Some(FAR),
        };
        for columns in self.columns(s) {
            self.push((row.statement, &columns), &[row.line], Strength::firm_if(firm), reach, found);
        }
    }

    /// A heading that names two or three rows of one table at once (`Förbundschef inklusive kanslikostnader`).
    fn rows_together(&self, heading: &Naming, named: &[(&Row, Likeness)], found: &mut Vec<Candidate>) {
        if !(2..=3).contains(&named.len()) || named.iter().any(|(row, _)| row.statement != named[0].0.statement) {
            return;
        }
        let owner = |word: &String| {
            let own = Naming::of(word);
            let mut owners = named.iter().filter(|(row, _)| row.naming.likeness(&own).is_some());
            let first = owners.next()?;
            owners.next().is_none().then_some(first.0.line)
        };
        let Some(lines) = heading.words().iter().map(owner).collect::<Option<Vec<usize>>>() else { return };
        let mut lines: Vec<usize> = lines;
        lines.sort_unstable();
        lines.dedup();
        let s = &self.book.statements[named[0].0.statement];
        if lines.len() == named.len() {
            for columns in self.columns(s) {
                self.push((named[0].0.statement, &columns), &lines, Strength::Loose, None, found);
            }
        }
    }

    fn concept(&self, concept: Concept, found: &mut Vec<Candidate>) {
        let mention = self.mention;
        let alone =
            mention.plain && !mention.loose && !mention.limited && mention.spoken.len() == 1 && !self.around.insats;
        let same = meanings(Spoken::Concept(concept));
        // A part of the whole, too, has costs and income of its own.
        let reach = match concept {
            Concept::OperatingCosts | Concept::OperatingIncome | Concept::PersonnelCosts => Some(NEAR),
            Concept::ActivityCosts | Concept::AdministrationCosts | Concept::Investments => Some(NEAR),
            Concept::IndividualActivities | Concept::StructuralActivities => Some(NEAR),
            _ => None,
        };
        let known = |concept: &Concept| self.book.statements.iter().any(|s| s.line(*concept).is_some());
        // Money in hand and at the bank is all there is, where nothing else is printed.
        let all = !known(&same[0]) && !known(&Concept::ShortTermInvestments);
        let fallback = same.iter().skip(1).rev().find(|c| **c == Concept::CashAndBank).filter(|_| all);
        for (i, s, columns) in self.statements() {
            for (line, l) in s.lines().iter().enumerate() {
                let Some(is) = l.concept.filter(|is| same.contains(&is.concept) && l.role != Role::Heading) else {
                    continue;
                };
                let first = is.concept == same[0] || Some(&is.concept) == fallback;
                let main = is.sure && first && s.line(is.concept) == Some(line);
                // In the books of a förbund, a kommun is a member.
                let own = mention.group.is_none() || self.around.body || s.columns().iter().any(|c| c.entity.is_some());
                let formal = own && !matches!(s.kind, Kind::Note | Kind::Other | Kind::Activities);
                let strength = match main {
                    true if alone && formal => Strength::Firm,
                    true => Strength::Named,
                    false => Strength::Loose,
                };
                self.push((i, &columns), &[line], strength, reach, found);
            }
        }
    }

    /// What the members pay together.
    fn allocation(&self, found: &mut Vec<Candidate>) {
        let mention = self.mention;
        let unpaid = mention.payer.is_none() && !mention.limited;
        let alone = mention.plain && !mention.loose && unpaid && mention.spoken.len() == 1;
        for (i, s, columns) in self.statements() {
            let [column] = columns.as_slice() else { continue };
            let payers = payers(s, *column);
            let all = [Concept::ContributionState, Concept::ContributionRegion, Concept::ContributionMunicipality];
            let complete = all.iter().all(|wanted| payers.iter().any(|(_, concept)| concept == wanted));
            if complete {
                let lines: Vec<usize> = payers.iter().map(|(line, _)| *line).collect();
                self.push((i, &columns), &lines, Strength::firm_if(alone), Some(NEAR), found);
            }
            if let Some(line) = s.line(Concept::OperatingIncome) {
                self.push((i, &columns), &[line], Strength::Loose, Some(NEAR), found);
            }
        }
    }

    /// What one kind of member pays.
    fn payer(&self, payer: Concept, found: &mut Vec<Candidate>) {
        let mention = self.mention;
        let alone = mention.plain && !mention.limited;
        for (i, s, columns) in self.statements() {
            let [column] = columns.as_slice() else { continue };
            let lines = paid_by(s, *column, payer);
            self.push((i, &columns), &lines, Strength::firm_if(alone), Some(FAR), found);
        }
    }
}

/// Beyond a tenth, words of a whole statement may speak of something else.
const NEAR: i64 = 100;
/// The cost of one row is named more surely.
const FAR: i64 = 250;

/// The members' lines of a column, agencies of the state as the state.
fn payers(statement: &Statement, column: usize) -> Vec<(usize, Concept)> {
    if !matches!(statement.kind, Kind::Note | Kind::Budget | Kind::IncomeStatement) {
        return Vec::new();
    }
    let mut payers: Vec<(usize, Concept)> = Vec::new();
    for (line, l) in statement.lines().iter().enumerate() {
        // After the first total the same names are costs.
        if l.role.adds() && !payers.is_empty() {
            break;
        }
        let paid = statement.amount(line, column).is_some_and(|amount| !amount.value.is_zero());
        let concept = l.concept.map(|found| state(found.concept)).filter(|_| paid && l.role == Role::Line);
        let member = [Concept::ContributionState, Concept::ContributionRegion, Concept::ContributionMunicipality];
        payers.extend(concept.filter(|concept| member.contains(concept)).map(|concept| (line, concept)));
    }
    payers
}

/// The lines of a column that one kind of member pays.
pub fn paid_by(statement: &Statement, column: usize, payer: Concept) -> Vec<usize> {
    let of_payer = |(line, concept): (usize, Concept)| (concept == state(payer)).then_some(line);
    payers(statement, column).into_iter().filter_map(of_payer).collect()
}

fn state(concept: Concept) -> Concept {
    match concept {
        Concept::ContributionInsuranceAgency | Concept::ContributionEmploymentService => Concept::ContributionState,
        other => other,
    }
}
