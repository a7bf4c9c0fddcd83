//! What became of the relations that both versions have: mended, broken, or broken still.

use std::collections::{BTreeSet, HashMap};

use super::Relations;
use crate::check::Report;
use crate::grid::At;
use crate::relation::Check;

#[derive(Default)]
pub struct Fates {
    pub count: Relations,
    mended: HashMap<At, BTreeSet<&'static str>>,
    broken: HashMap<At, BTreeSet<&'static str>>,
}

impl Fates {
    /// `came` tells where the cells of the old version are in the new one.
    pub fn of(old: &Report, new: &Report, came: &HashMap<At, At>) -> Fates {
        let mut before: HashMap<(&str, At), Vec<&Check>> = HashMap::new();
        for check in old.checks.iter().filter(|check| check.held() || check.broke()) {
            if let Some(at) = came.get(&check.relation.result.at) {
                before.entry((check.relation.rule, *at)).or_default().push(check);
            }
        }
        let mut fates = Fates::default();
        for check in new.checks.iter().filter(|check| check.held() || check.broke()) {
            let Some(olds) = before.get_mut(&(check.relation.rule, check.relation.result.at)) else { continue };
            // Of several with one result, the one with the same terms; else, for a row came or went, the next.
            let mine: BTreeSet<At> = check.relation.terms.iter().map(|term| term.at).collect();
            let theirs =
                |old: &&Check| old.relation.terms.iter().filter_map(|term| came.get(&term.at).copied()).collect();
            let at = olds.iter().position(|old| mine == theirs(old)).unwrap_or(0);
            if olds.is_empty() {
                continue;
            }
            let was = olds.remove(at);
            match (was.broke(), check.broke()) {
                (true, false) => fates.note(check, true),
                (false, true) => fates.note(check, false),
                (true, true) => fates.count.still += 1,
                (false, false) => {}
            }
        }
        fates
    }

    fn note(&mut self, check: &Check, mended: bool) {
        let (count, at) = match mended {
            true => (&mut self.count.mended, &mut self.mended),
            false => (&mut self.count.broken, &mut self.broken),
        };
        *count += 1;
        for cell in check.relation.cells() {
            at.entry(cell).or_default().insert(check.relation.rule);
        }
    }

    /// The rules whose relations with a cell of the new version were mended, and those that were broken.
    pub fn at(&self, cell: At) -> (Vec<&'static str>, Vec<&'static str>) {
        let rules = |of: &HashMap<At, BTreeSet<&'static str>>| of.get(&cell).into_iter().flatten().copied().collect();
        (rules(&self.mended), rules(&self.broken))
    }
}
