//! The reports of several bodies as one: what was found in each stands where it stands in the whole book.

use super::{Options, Report, check_one};
use crate::book::Book;
use crate::book::parts::Part;
use crate::coverage::{Coverage, Outside};
use crate::finding::Finding;
use crate::grid::At;
use crate::parallel;
use crate::relation::Check;

/// Checks each body by itself.
pub fn check(book: &Book, options: &Options) -> Report {
    let checked = |group: usize| {
        let part = book.part(group);
        let mut report = check_one(&part.book, options);
        part.place(&mut report, group);
        report
    };
    let reports = parallel::map((0..book.groups.len()).collect(), checked);
    let mut whole = Report::default();
    let mut limits = Vec::new();
    for report in reports {
        whole.findings.extend(report.findings);
        whole.checks.extend(report.checks);
        whole.tally += report.tally;
        match whole.by_rule.is_empty() {
            true => whole.by_rule = report.by_rule,
            false => whole.by_rule.iter_mut().zip(report.by_rule).for_each(|(sum, own)| sum.1 += own.1),
        }
        add(&mut whole.coverage, report.coverage);
        limits.push(report.materiality);
    }
    // A limit that is a share is another one for each.
    whole.materiality = limits.first().copied().flatten().filter(|first| limits.iter().all(|own| *own == Some(*first)));
    whole.coverage.untied.sort_unstable();
    whole.coverage.outside.sort_by_key(|outside| outside.first);
    whole
}

/// What the rules claim of each body.
pub fn relate(book: &Book, options: &Options) -> Vec<Check> {
    let claimed = |group: usize| {
        let part = book.part(group);
        let mut checks = super::relate(&part.book, options);
        checks.iter_mut().for_each(|check| part.place_check(check));
        checks
    };
    parallel::map((0..book.groups.len()).collect(), claimed).concat()
}

fn add(sum: &mut Coverage, own: Coverage) {
    sum.amounts += own.amounts;
    sum.tied += own.tied;
    sum.summed += own.summed;
    sum.untied.extend(own.untied);
    sum.outside.extend(own.outside);
}

impl Part {
    fn at(&self, at: At) -> At {
        At { grid: self.grids[at.grid as usize], ..at }
    }

    /// Puts what was found in a part where it stands in the whole.
    fn place(&self, report: &mut Report, group: usize) {
        for finding in &mut report.findings {
            finding.group = group;
            self.cells(finding).for_each(|at| *at = self.at(*at));
        }
        report.checks.iter_mut().for_each(|check| self.place_check(check));
        report.coverage.untied.iter_mut().for_each(|spot| spot.statement = self.statements[spot.statement]);
        report.coverage.outside.iter_mut().for_each(|Outside { first, .. }| *first = self.at(*first));
    }

    fn place_check(&self, Check { relation, .. }: &mut Check) {
        relation.table = self.statements.get(relation.table).copied().unwrap_or(relation.table);
        let terms = relation.terms.iter_mut().chain([&mut relation.result]);
        terms.for_each(|term| term.at = self.at(term.at));
    }

    /// Every cell that a finding names.
    fn cells<'a>(&self, finding: &'a mut Finding) -> impl Iterator<Item = &'a mut At> {
        let edits = finding.causes.iter_mut().flat_map(|cause| cause.edits.iter_mut().map(|edit| &mut edit.at));
        let follow = finding.consequences.iter_mut().flat_map(|follow| &mut follow.cells);
        let own = finding.cells.iter_mut().chain(follow).map(|(at, _)| at);
        own.chain(edits).chain(&mut finding.suspect)
    }
}
