//! Totals that stand over their parts: `Kostnader 4 102 510`, and below it what they are.

use super::held::Running;
use super::{LineSum, Walk, bare};
use crate::money::Money;
use crate::statement::{Kind, kinds};
use crate::table::{Line, Role};

/// No block is longer.
const MOST: usize = 60;
/// A slip is in one column, and figures that have changed places are in two.
const MOST_EXCEEDED: usize = 2;

/// What is enough to know such a total by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// Its figures, where it is set off from the lines below it.
    Figures,
    /// Its figures alone, in all columns: tried where some total comes out in none.
    FiguresAlone,
    /// Its figures alone, in so many columns that nothing else need speak for it: all of three, or all but one of more.
    FiguresOfMany,
    /// The layout.
    Layout,
}

impl Walk<'_> {
    /// The sums of lines that come to the lines right below them, the inner ones within the outer.
    ///
    /// Figures alone do not make such a line a total: it also means all income or all costs, or stands out from the
    /// lines below it. Where the table sets its lines off so that the blocks show, and most blocks come to their heads,
    /// the other blocks should too.
    pub(super) fn heads(&self) -> Vec<LineSum> {
        let proved = self.heads_where(Proof::Figures);
        let shown = |sums: &[LineSum]| sums.iter().filter(|sum| self.is_shown(sum)).count();
        let count = shown(&proved);
        if count == 0 {
            return proved;
        }
        let told = self.heads_where(Proof::Layout);
        if 2 * count >= shown(&told) { told } else { proved }
    }

    /// The same of lines that nothing sets off, by the figures of all columns, of the only one where there is no other.
    pub(super) fn plain_heads(&self) -> Vec<LineSum> {
        self.heads_where(Proof::FiguresAlone)
    }

    /// The same by the figures of so many columns that no total need come out by them.
    pub(super) fn proved_heads(&self) -> Vec<LineSum> {
        self.heads_where(Proof::FiguresOfMany)
    }

    fn heads_where(&self, proof: Proof) -> Vec<LineSum> {
        let lines = self.statement.lines();
        let mut sums: Vec<LineSum> = Vec::new();
        let rising = proof == Proof::FiguresOfMany && self.is_rising();
        // The lines below that are no parts of others yet, the nearest last, and how many of them stand below the next
        // heading.
        let mut below: Vec<usize> = Vec::new();
        let mut beyond = 0;
        for i in (0..lines.len()).rev() {
            match lines[i].role {
                // A line of no figures may be a line that has none, and no heading.
                Role::Heading if self.is_line_without_figures(i) => beyond = below.len(),
                Role::Heading => {
                    below.clear();
                    beyond = 0;
                }
                Role::OfWhich => {}
                _ => {
                    let told = || self.block_below(i, &below[beyond..]).filter(|_| proof == Proof::Layout);
                    let formed = || self.head_of_form(i, &below[beyond..]);
                    let near = self.head(i, &below[beyond..], proof, rising).or_else(formed).or_else(told);
                    let all = |sum: &LineSum| sum.tested > 1 && sum.held == sum.tested;
                    let far = || self.head(i, &below, Proof::Figures, rising).filter(all);
                    if let Some(sum) = near.or_else(|| (beyond > 0).then(far).flatten()) {
                        below.truncate(below.len() - sum.terms.len());
                        beyond = beyond.min(below.len());
                        sums.push(sum);
                    }
                    below.push(i);
                }
            }
        }
        sums
    }

    /// Whether a line without figures is one of the form, with nothing set in below it: `Övriga materiella tillgångar`.
    fn is_line_without_figures(&self, i: usize) -> bool {
        let lines = self.statement.lines();
        let concept = |line: &Line| line.concept.map(|found| found.concept);
        let next = lines.get(i + 1).filter(|next| next.role != Role::Heading && self.depth(i + 1) <= self.depth(i));
        // What follows is no part of what it names.
        let other = |own| next.and_then(concept).is_some_and(|next| kinds::is_fixed_asset(next) && next != own);
        concept(&lines[i]).is_some_and(|own| kinds::is_fixed_asset(own) && other(own))
    }

    fn head(&self, i: usize, below: &[usize], proof: Proof, rising: bool) -> Option<LineSum> {
        let (alone, least, fewest) = match proof {
            Proof::FiguresAlone => (true, self.columns.len().clamp(1, 2), 2),
            Proof::FiguresOfMany => (true, 3, 3),
            Proof::Figures | Proof::Layout => (false, 3, 3),
        };
        let line = &self.statement.lines()[i];
        let next = *below.last()?;
        let stands_out =
            self.means_all(i) || (line.bold && !self.statement.lines()[next].bold) || self.depth(i) < self.depth(next);
        // The share of one member of a förbund is by law what others give together.
        let gives = |line: usize| {
            self.statement.lines()[line].concept.is_some_and(|found| kinds::is_contribution(found.concept))
        };
        if !stands_out && (!alone || gives(i)) {
            return None;
        }
        let mut terms = Vec::new();
        let mut running = Running::of(self, i);
        let mut near = None;
        let mut nearest: Option<(Money, LineSum)> = None;
        for &part in below.iter().rev().take(MOST) {
            if self.is_result(part) || self.is_against(i, part) {
                break;
            }
            terms.push((part, 1));
            running.add(self, part);
            let (tested, held) = running.tried(self, &terms);
            // Where no figure is negative, what is too much stays so.
            if rising && running.exceeded() > MOST_EXCEEDED {
                break;
            }
            // A section of one line repeats its name and its figures.
            let repeats = terms.len() == 1 && self.statement.lines()[part].wording == line.wording;
            if repeats && tested > 0 && held == tested {
                return Some(LineSum { result: i, terms, left_out: Vec::new(), tested, held, declared: true });
            }
            let sum =
                || LineSum { result: i, terms: terms.clone(), left_out: Vec::new(), tested, held, declared: false };
            if held == tested && stands_out && self.convincing(&sum()) {
                return Some(LineSum { declared: true, ..sum() });
            }
            // What the figures alone tell is believed where the totals below come out by it.
            let clear = || proof != Proof::FiguresOfMany || self.is_precise(&sum());
            let shown = stands_out && proof != Proof::FiguresAlone;
            if held == tested
                && !shown
                && terms.len() >= fewest
                && tested >= least
                && clear()
                && !self.are_shares(&terms)
            {
                let off = self.off(i, &terms);
                if nearest.as_ref().is_none_or(|(least, _)| off < *least) {
                    nearest = Some((off, LineSum { declared: true, ..sum() }));
                }
            }
            // A slip in one column of three leaves enough to know it by, and one of two where it is only tried.
            let enough = match proof {
                Proof::FiguresAlone => 2,
                _ if stands_out => 3,
                Proof::FiguresOfMany => least + 1,
                Proof::Figures | Proof::Layout => usize::MAX,
            };
            if near.is_none() && terms.len() >= 3 && tested >= enough && held + 1 == tested && self.is_precise(&sum()) {
                near = Some(LineSum { declared: true, ..sum() });
            }
        }
        nearest.map(|(_, sum)| sum).or(near)
    }

    /// A line of the balance sheet that is, in half of the columns at least, what the lines right below it come to that
    /// the form has as its parts: `Anläggningstillgångar` over `Maskiner och inventarier`.
    fn head_of_form(&self, i: usize, below: &[usize]) -> Option<LineSum> {
        let concept = |line: usize| self.statement.lines()[line].concept.map(|found| found.concept);
        let own = concept(i).filter(|_| self.statement.kind == Kind::BalanceSheet)?;
        let is_part = |line: &usize| concept(*line).is_some_and(|part| kinds::is_part(own, part));
        let parts: Vec<usize> = below.iter().rev().copied().take_while(is_part).collect();
        let sum = self.candidate(i, &parts, false)?;
        let shown = sum.held > 0 && 2 * sum.held >= sum.tested && self.is_precise(&sum);
        shown.then_some(LineSum { declared: true, ..sum })
    }

    /// Whether one of two lines is income and the other a cost.
    pub(super) fn is_against(&self, i: usize, part: usize) -> bool {
        let concept = |line: usize| self.statement.lines()[line].concept.map(|found| found.concept);
        let Some((own, part)) = concept(i).zip(concept(part)) else { return false };
        (kinds::is_income(own) && kinds::is_cost(part)) || (kinds::is_cost(own) && kinds::is_income(part))
    }

    /// Whether two terms are equal in every column: what halves is shared by agreement, as a förbund's costs are by law.
    fn are_shares(&self, terms: &[(usize, i32)]) -> bool {
        let &[(a, _), (b, _)] = terms else { return false };
        let figure = |line: usize, column: usize| self.statement.interval(line, column).map(|figure| figure.middle);
        self.columns.iter().all(|&column| figure(a, column) == figure(b, column))
    }

    /// By how much a sum misses what is stated, in all columns together.
    fn off(&self, i: usize, terms: &[(usize, i32)]) -> Money {
        let figure = |line: usize, column: usize| self.statement.interval(line, column).map(|figure| figure.middle);
        let missed = self.columns.iter().filter_map(|&column| {
            let sum: Money = terms.iter().filter_map(|&(line, _)| figure(line, column)).sum();
            Some((figure(i, column)? - sum).abs())
        });
        missed.sum()
    }

    /// The block that the layout shows below a line: the lines that are set in deeper, and below a total that the table
    /// begins with all of it.
    fn block_below(&self, i: usize, below: &[usize]) -> Option<LineSum> {
        let lines = self.statement.lines();
        let all = self.said.total[i] && !lines[..i].iter().any(|line| line.has_figures());
        let within = |line: &&usize| all || self.depth(**line) > self.depth(i);
        let lines: Vec<usize> = below.iter().rev().take_while(within).copied().collect();
        if lines.len() < 2 || lines.iter().any(|&line| self.is_result(line)) {
            return None;
        }
        self.candidate(i, &lines, false).map(|sum| LineSum { declared: true, ..sum })
    }

    /// Whether the parts of a sum are set in deeper than its line.
    fn is_shown(&self, sum: &LineSum) -> bool {
        sum.terms.iter().all(|&(line, _)| self.depth(line) > self.depth(sum.result))
    }

    fn means_all(&self, i: usize) -> bool {
        self.statement.lines()[i].concept.is_some_and(|found| kinds::is_whole(found.concept))
    }

    fn depth(&self, i: usize) -> u8 {
        bare::depth(self.statement, i)
    }
}
