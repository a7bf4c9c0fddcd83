//! From explanations to findings: one for each cause, with what follows from it as consequences.

use std::collections::BTreeMap;

use super::ratio;
use super::spread::{self, Follower, Shift};
use super::together;
use super::wording::{self, Changed, Names};
use super::{Explanation, Operation, State, System, explain};
use crate::book::Book;
use crate::finding::{Cause, Consequence, Edit, Finding, Role, Severity, Slip, Text};
use crate::grid::At;
use crate::money::{Money, Unit};
use crate::relation::{Check, Kind, Outcome};
use crate::statement::Kind as StatementKind;

/// What is wrong in a book, by the relations that broke: one finding for each cause.
pub fn findings(book: &Book, checks: &[Check]) -> Vec<Finding> {
    let off = |check: &Check| !matches!(check.outcome, Outcome::Holds | Outcome::Untestable(_));
    if !checks.iter().any(off) {
        return Vec::new();
    }
    let system = System::of(book, checks);
    let names = Names::of(book);
    let live = system.followed(book);
    let live = live.as_ref().unwrap_or(&system);
    let writer = Writer { names: &names, checks, system: &system, live };
    let explanations = writer.group(explain(live));
    let together = explanations.iter().flat_map(Group::corrected).collect();
    let together = spread::follow(&system, &names, &together);
    let finding = |explained: &Group| {
        let mut finding = writer.finding(explained);
        finding.consequences.extend(writer.followers(explained, &together));
        finding
    };
    let mut findings: Vec<Finding> = explanations.iter().map(finding).collect();
    for (check, finding) in writer.others() {
        match explanations.iter().position(|group| writer.mends(group, check)) {
            Some(i) => findings[i].consequences.push(writer.consequence(check)),
            None => match findings.iter_mut().find_map(|other| Some((ratio::mending(&names, other, check)?, other))) {
                // Of several readings of a sum the ratio tells which.
                Some((cause, other)) => {
                    other.causes[..=cause].rotate_right(1);
                    other.suspect = other.causes[0].edits.first().map(|edit| edit.at);
                    other.consequences.push(writer.consequence(check));
                }
                None => findings.push(finding),
            },
        }
    }
    let told: Vec<usize> = explanations.iter().flat_map(Group::explains).collect();
    findings.extend(writer.rounded(&told));
    findings
}

/// One or more explanations that make one finding.
pub struct Group {
    pub members: Vec<Explanation>,
    /// A cause that holds for all of them and stands before their own.
    pub cause: Option<Cause>,
}

impl Group {
    fn explains(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.members.iter().flat_map(|member| member.explains.iter().copied())
    }

    /// The cells that the first cause corrects, and by how much.
    fn corrected(&self) -> Shift {
        let own = self.members.iter().filter(|_| self.cause.is_none()).flat_map(|member| &member.operations);
        own.flat_map(|operation| &operation.edits).map(|edit| (edit.cell, edit.to - edit.from)).collect()
    }
}

pub struct Writer<'a> {
    pub names: &'a Names<'a>,
    pub checks: &'a [Check],
    pub system: &'a System,
    /// The system that was searched: figures for the totals that formulas make of them.
    pub live: &'a System,
}

impl Writer<'_> {
    fn finding(&self, group: &Group) -> Finding {
        let first = &group.members[0];
        let lead = self.lead(group);
        let check = &self.checks[lead];
        let relation = &check.relation;
        let least = if self.lacks_row(group) { Severity::Warning } else { Severity::Info };
        let severity = self.severity(first, lead).max(least);
        let mut finding = Finding::new(relation.rule, severity, wording::relation(self.names, check));
        let (stated, expected) = wording::amounts(self.names, check);
        finding.period = relation.period;
        finding.unit = Some(self.names.unit(relation.result.at));
        (finding.stated, finding.expected) = (Some(stated), Some(expected));
        finding.cells = self.cells(check);
        finding.causes.extend(group.cause.clone());
        match group.members.as_slice() {
            [only] => finding.causes.extend(self.causes(only)),
            // The same row left out in several columns is one cause; tables of different cut have no other.
            members if group.cause.is_none() => {
                let operations = members.iter().flat_map(|member| &member.operations).take(MOST_TOLD);
                finding.causes.push(self.cause(first, &operations.collect::<Vec<_>>()));
            }
            _ => {}
        }
        finding.causes.dedup();
        if group.cause.is_none() {
            finding.suspect = first.suspect().map(|cell| self.system.cells[cell].at);
        }
        for cause in &finding.causes {
            for edit in cause.edits.iter().filter(|_| !matches!(cause.slip, Slip::Unknown)) {
                if !finding.cells.iter().any(|(at, _)| *at == edit.at) {
                    finding.cells.push((edit.at, Role::Term));
                    finding.only_in_causes += 1;
                }
            }
        }
        let explained = group.members.iter().flat_map(|member| &member.explains).filter(|&&c| c != lead);
        finding.consequences = explained.map(|&c| self.consequence(&self.checks[c])).collect();
        finding
    }

    /// The relation that a finding tells of.
    fn lead(&self, group: &Group) -> usize {
        self.gravest(group.explains()).unwrap_or(group.members[0].explains[0])
    }

    /// The first of the gravest of some relations, for a remark must not hide an error.
    pub fn gravest(&self, checks: impl Iterator<Item = usize> + Clone) -> Option<usize> {
        let gravest = checks.clone().map(|check| self.severity_of(check)).max();
        checks.clone().find(|&check| Some(self.severity_of(check)) == gravest)
    }

    /// As grave as the relation that is told. Where that is doubtful (a total that comes out in no column), one slip
    /// that mends two contradictions at once is the evidence that both should hold.
    fn severity(&self, explanation: &Explanation, lead: usize) -> Severity {
        let one_slip = match explanation.operations.as_slice() {
            [only] => !matches!(only.slip, Slip::Unknown | Slip::RowMissing) && explanation.proved_minimal,
            _ => false,
        };
        // The shares of one whole break and hold together: of them alone, two are no more evidence than one.
        let sums = explanation.explains.iter().any(|&c| self.checks[c].relation.result.coefficient == 1);
        let proved = one_slip && sums && explanation.contradictions > 1;
        let least = if proved { Severity::Warning } else { Severity::Info };
        self.severity_of(lead).max(least)
    }

    /// Whether the total of a group lacks a row for certain: in every column it is larger than its parts, and borne
    /// out by figures that are none of these. Otherwise a total that comes out nowhere may be none.
    fn lacks_row(&self, group: &Group) -> bool {
        let lacks = |explanation: &Explanation| {
            let Some(&e) = explanation.equations.first() else { return false };
            let equation = &self.system.equations[e];
            // A share of the whole is no total.
            if equation.coefficient(equation.result) != 1 {
                return false;
            }
            let total = self.system.cells[equation.result].value;
            let agrees = |&(other, _): &(usize, i64)| {
                let other = &self.system.equations[other];
                other.state == State::Held && !other.derived && other.terms.len() > 2
            };
            let parts = total - equation.residual;
            let larger = total.signum() == parts.signum() && total.abs() > parts.abs();
            larger && self.system.uses[equation.result].iter().any(agrees)
        };
        let is_missing = group.cause.as_ref().is_some_and(|cause| cause.slip == Slip::RowMissing);
        is_missing && group.members.len() > 1 && group.members.iter().filter(|member| lacks(member)).count() > 1
    }

    /// What lies within the rounding is wrong only by the evidence of the other sums.
    fn severity_of(&self, check: usize) -> Severity {
        let check = &self.checks[check];
        match check.broke() {
            true => check.relation.severity(),
            false => check.relation.severity().min(Severity::Warning),
        }
    }

    fn consequence(&self, check: &Check) -> Consequence {
        Consequence {
            rule: check.relation.rule,
            message: wording::relation(self.names, check),
            cells: self.cells(check),
        }
    }

    /// The totals that took further what the group corrects; their figures are those with all findings put right.
    fn followers(&self, group: &Group, together: &[Follower]) -> Vec<Consequence> {
        let told = |own: Follower| {
            let by = together.iter().find(|other| other.cell == own.cell).map_or(own.by, |other| other.by);
            let cell = &self.system.cells[own.cell];
            let written = |value: i128| self.names.written(cell.at, self.system.money(value));
            let total = Changed { at: cell.at, from: written(cell.value), to: written(cell.value + by) };
            Consequence {
                rule: self.checks[own.check].relation.rule,
                message: wording::took_further(self.names, &total),
                cells: vec![(cell.at, Role::Total), (self.system.cells[own.from].at, Role::Term)],
            }
        };
        spread::follow(self.system, self.names, &group.corrected()).into_iter().map(told).collect()
    }

    fn cells(&self, check: &Check) -> Vec<(At, Role)> {
        let relation = &check.relation;
        let home = self.names.place(relation.result.at).map(|place| place.0);
        let role = |at: At| match self.names.place(at).map(|place| place.0) == home && relation.kind != Kind::Equal {
            true => Role::Term,
            false => Role::Tie,
        };
        let terms = relation.terms.iter().map(|term| (term.at, role(term.at)));
        std::iter::once((relation.result.at, Role::Total)).chain(terms).collect()
    }

    fn causes(&self, explanation: &Explanation) -> Vec<Cause> {
        let own = std::iter::once(&explanation.operations).chain(&explanation.alternatives);
        let own = own.filter(|operations| !operations.is_empty());
        let mut causes: Vec<Cause> =
            own.map(|operations| self.cause(explanation, &operations.iter().collect::<Vec<_>>())).collect();
        // Where a figure can be wrong alone, "none can" is no other reading of it.
        if explanation.edits_some() {
            causes.retain(|cause| !cause.edits.is_empty() || cause.slip == Slip::RowMissing);
        }
        if let [operation] = explanation.operations.as_slice()
            && operation.edits.is_empty()
        {
            causes.extend(self.doubtful(explanation));
        }
        for operations in std::iter::once(&explanation.operations).chain(&explanation.alternatives) {
            let [Operation { slip, edits, .. }] = operations.as_slice() else { continue };
            let (is_first, &[edit]) = (operations == &explanation.operations, edits.as_slice()) else { continue };
            // No slip of the pen gave these figures, so that the sums alone tell what they were.
            let open = matches!(slip, Slip::StaleValue | Slip::Copied | Slip::Rounded);
            if open || (is_first && *slip == Slip::Unknown) {
                let told = |cause: &Cause| causes.iter().any(|other| other.edits == cause.edits);
                let near: Vec<Cause> = self.near(*slip, edit).into_iter().filter(|cause| !told(cause)).collect();
                causes.extend(near);
            }
        }
        causes
    }

    /// Operations that hold together as one cause, a sentence for each.
    pub fn cause(&self, explanation: &Explanation, operations: &[&Operation]) -> Cause {
        let (mut edits, mut texts, some_can) = (Vec::new(), Vec::new(), explanation.edits_some());
        let main = &self.checks[explanation.explains[0]].relation;
        // Two statements that contradict each other lack no row; a sum or a note may.
        let is_note = |at: At| self.names.statement(at).is_some_and(|statement| statement.kind == StatementKind::Note);
        // Nor does a summary that has only some of the lines.
        let home = self.names.statement(main.result.at).map(|statement| statement.kind);
        let short = matches!(home, Some(StatementKind::Summary | StatementKind::MultiYear));
        let tie = (main.kind == Kind::Equal || short) && !main.cells().any(is_note);
        let shown = |slip: Slip| if slip == Slip::RowMissing && tie { Slip::Unknown } else { slip };
        let computed = self.computed(explanation);
        for operation in operations {
            let changed = self.changed(operation);
            let rows: Vec<At> = operation.rows.iter().map(|&cell| self.system.cells[cell].at).collect();
            texts.push(match operation.amount.filter(|_| changed.is_empty()) {
                Some(amount) => {
                    let amount = self.names.written(main.result.at, self.system.money(amount));
                    let note = main.cells().filter(|&at| is_note(at)).find_map(|at| self.names.statement(at));
                    let note = note.map(|note| note.name()).unwrap_or_default();
                    let result = home == Some(StatementKind::IncomeStatement) && main.kind == Kind::Difference;
                    match shown(operation.slip) {
                        Slip::RowMissing if result && !some_can => together::unlisted(amount),
                        slip if !some_can && !computed.is_empty() => {
                            together::behind(slip, &wording::listed(&computed), amount)
                        }
                        slip => together::missing(slip, &note, amount, some_can),
                    }
                }
                None => wording::cause(self.names, operation.slip, &changed, &rows),
            });
            edits.extend(changed.iter().zip(&operation.edits).map(|(changed, edit)| Edit {
                at: changed.at,
                from: (!self.system.cells[edit.cell].blank).then_some(changed.from),
                to: changed.to,
            }));
        }
        let slip = operations.first().map_or(Slip::Unknown, |operation| shown(operation.slip));
        let text = self.left_out(operations).unwrap_or_else(|| wording::together(&texts));
        Cause { slip, text, edits }
    }

    /// One row that a total leaves out in several columns, in one sentence.
    fn left_out(&self, operations: &[&Operation]) -> Option<Text> {
        let line = |cell: usize| self.names.place(self.system.cells[cell].at).map(|(table, line, _)| (table, line));
        let lines =
            |operation: &Operation| match (operation.slip, operation.rows.as_slice(), operation.edits.as_slice()) {
                (Slip::RowLeftOut, &[row], [edit]) => line(row).zip(line(edit.cell)),
                _ => None,
            };
        let (first, others) = operations.split_first().filter(|(_, others)| !others.is_empty())?;
        let same = lines(first).filter(|own| others.iter().all(|other| lines(other) == Some(*own)));
        same?;
        let changed: Vec<Changed> = operations.iter().flat_map(|operation| self.changed(operation)).collect();
        Some(wording::left_out(self.names, self.system.cells[first.rows[0]].at, &changed))
    }

    pub fn changed(&self, operation: &Operation) -> Vec<Changed> {
        let changed = |edit: &super::Edit| {
            let at = self.system.cells[edit.cell].at;
            let written = |value: i128| self.names.written(at, self.system.money(value));
            Changed { at, from: written(edit.from), to: written(edit.to) }
        };
        operation.edits.iter().map(changed).collect()
    }

    /// Broken relations that are not linear: no search explains them.
    fn others(&self) -> Vec<(&Check, Finding)> {
        let broken = |check: &&Check| {
            check.broke() && !matches!(check.relation.kind, Kind::Sum | Kind::Difference | Kind::Equal)
        };
        let finding = |check: &Check| {
            let rule = check.relation.rule;
            let mut finding = Finding::new(rule, check.relation.severity(), wording::relation(self.names, check));
            let (stated, expected) = wording::amounts(self.names, check);
            finding.period = check.relation.period;
            (finding.stated, finding.expected) = (Some(stated), Some(expected));
            finding.causes.extend(ratio::cause(self.names, check));
            finding.cells = self.cells(check);
            finding
        };
        self.checks.iter().filter(broken).map(|check| (check, finding(check))).collect()
    }

    /// Whether what a group corrects mends a relation that no search looks at.
    fn mends(&self, group: &Group, check: &Check) -> bool {
        let mut relation = check.relation.clone();
        let (result, is_ratio) = (relation.result.at, relation.kind == Kind::Ratio);
        let mut touched = false;
        for (cell, by) in group.corrected() {
            let at = self.system.cells[cell].at;
            for operand in std::iter::once(&mut relation.result).chain(&mut relation.terms) {
                if let Some(figure) = operand.figure.as_mut().filter(|_| operand.at == at) {
                    figure.middle = match is_ratio && operand.at == result {
                        true => self.ratio(check, cell, by),
                        false => figure.middle + self.system.money(by),
                    };
                    touched = true;
                }
            }
        }
        touched && matches!(relation.test(), Outcome::Holds | Outcome::Rounded { .. })
    }

    /// What a ratio is when its cell is changed: as it is written, or a hundredth of it where it is in per cent.
    fn ratio(&self, check: &Check, cell: usize, by: i128) -> Money {
        let figure = &self.system.cells[cell];
        let written = self.names.written(figure.at, self.system.money(figure.value + by));
        let in_per_cent = written.divide(Money::from(100)).unwrap_or(written);
        let Outcome::Broke { expected } = check.outcome else { return written };
        if (in_per_cent - expected).abs() < (written - expected).abs() { in_per_cent } else { written }
    }

    /// Sums in whole kronor that are off by their rounding: one remark for each table. In thousands they are silent.
    fn rounded(&self, told: &[usize]) -> Vec<Finding> {
        let mut tables: BTreeMap<usize, Vec<&Check>> = BTreeMap::new();
        for (_, check) in self.checks.iter().enumerate().filter(|(c, _)| !told.contains(c)) {
            let relation = &check.relation;
            let statement = self.names.book.statements.get(relation.table);
            // A note in kronor beside a statement in thousands says more than the statement, and nothing else.
            let half = Money::new(5, 1);
            let mut figures = std::iter::once(&relation.result).chain(&relation.terms).filter_map(|o| o.figure);
            let whole = relation.result.figure.is_some() && figures.all(|figure| figure.half == half);
            // Parts of a krona are lost wherever a part of others is computed of figures that were rounded themselves.
            let apart =
                |expected: Money| relation.result.figure.is_some_and(|own| (own.middle - expected).abs() >= Money::ONE);
            let rounded = matches!(check.outcome, Outcome::Rounded { expected } if apart(expected));
            let rounded = rounded && relation.unit == Unit::Kronor && whole;
            // What counts persons is not rounded to kronor.
            if rounded && statement.is_some_and(|statement| statement.is_money() && statement.copy_of.is_none()) {
                tables.entry(relation.table).or_default().push(check);
            }
        }
        let finding = |checks: Vec<&Check>| {
            let check = checks[0];
            let mut finding = Finding::new(check.relation.rule, Severity::Info, wording::relation(self.names, check));
            let (stated, expected) = wording::amounts(self.names, check);
            finding.period = check.relation.period;
            finding.unit = Some(check.relation.unit);
            (finding.stated, finding.expected) = (Some(stated), Some(expected));
            finding.cells = self.cells(check);
            let text = wording::rounding(stated - expected);
            finding.causes.push(Cause { slip: Slip::Rounded, text, edits: Vec::new() });
            finding.consequences = checks[1..].iter().map(|check| self.consequence(check)).collect();
            finding
        };
        tables.into_values().map(finding).collect()
    }
}

/// So many slips are told of a total that is wrong in many columns.
const MOST_TOLD: usize = 6;
