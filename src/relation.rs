//! Relations: equations that should hold between cells, who claims them, and what came of testing them.

use crate::finding::Severity;
use crate::grid::At;
use crate::money::{Closeness, Interval, Money, Unit};
use crate::period::Period;

/// What kind of equation a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The result is the terms, each times its coefficient, added.
    Sum,
    /// One term less others.
    Difference,
    /// Two cells say the same.
    Equal,
    /// The first term through the second.
    Ratio,
    /// The mean of the terms.
    Average,
    /// The relative change from the first term to the second.
    Change,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Kind::Sum => "sum",
            Kind::Difference => "difference",
            Kind::Equal => "equal",
            Kind::Ratio => "ratio",
            Kind::Average => "average",
            Kind::Change => "change",
        }
    }
}

/// A figure that takes part in a relation: where it stands and the interval, in kronor, that it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Operand {
    pub at: At,
    /// `None` where the cell has no figure: blank counts as nothing in a sum, and makes a tie untestable.
    pub figure: Option<Interval>,
    /// The cell may hold a figure that is not known: nothing that rests on it can be tested.
    pub unknown: bool,
    pub coefficient: i32,
}

impl Operand {
    pub fn new(at: At, figure: Option<Interval>, coefficient: i32) -> Operand {
        Operand { at, figure, unknown: false, coefficient }
    }
}

/// One equation: coefficient · `result` = Σ coefficient · term (for the linear kinds; the result's coefficient is
/// 1 but for shares, where 4 · a quarter is the whole).
#[derive(Clone, Debug)]
pub struct Relation {
    /// The code of the rule that claims it.
    pub rule: &'static str,
    pub kind: Kind,
    pub result: Operand,
    pub terms: Vec<Operand>,
    pub period: Option<Period>,
    /// The unit in which the result's table is written.
    pub unit: Unit,
    /// The table of the result.
    pub table: usize,
    /// How grave a break is where the relation is sure to be meant: the severity of its rule.
    pub gravest: Severity,
    /// What speaks for it decides how grave a break of it is.
    pub confidence: Confidence,
    /// Follows from other relations of its table by arithmetic alone (the sum of a column of variances):
    /// broken, it is never a cause.
    pub derived: bool,
}

/// How sure it is that an equation is meant to hold.
///
/// Wherever a rule doubts its own claim it says so here, and nowhere else: the severity of a break follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// The form, the law, or the figures of other columns say it.
    pub const SURE: Confidence = Confidence(97);
    /// The form says it, but the figures never do; or what it rests on may have been changed since.
    pub const LIKELY: Confidence = Confidence(80);
    /// It may as well be meant otherwise: a break is told, and accuses nobody.
    pub const DOUBTFUL: Confidence = Confidence(50);

    /// From so much on, a break is as grave as its rule says; from so much on, it is a warning at most.
    const FOR_ERROR: u8 = 90;
    const FOR_WARNING: u8 = 70;

    pub fn percent(self) -> u8 {
        self.0
    }

    /// How grave a break is, `gravest` being what its rule says.
    pub fn severity(self, gravest: Severity) -> Severity {
        match self.0 {
            Self::FOR_ERROR.. => gravest,
            Self::FOR_WARNING.. => gravest.min(Severity::Warning),
            _ => Severity::Info,
        }
    }
}

/// What came of testing a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Holds,
    /// Holds within the rounding of the written figures, but not to the last digit.
    Rounded {
        expected: Money,
    },
    /// `expected` is what the result would be if only the result were wrong, in kronor.
    Broke {
        expected: Money,
    },
    Untestable(Untestable),
}

/// Why a relation could not be tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Untestable {
    /// The result has no figure.
    NoResult,
    /// No term has a figure.
    NoTerms,
    /// A figure is not known.
    Unknown,
    /// The divisor is nothing.
    ZeroDivisor,
}

impl Outcome {
    pub fn held(&self) -> bool {
        matches!(self, Outcome::Holds | Outcome::Rounded { .. })
    }
}

impl Relation {
    /// Whether the equation holds, on intervals (Calculations 1.1).
    pub fn test(&self) -> Outcome {
        if self.result.unknown || self.terms.iter().any(|term| term.unknown) {
            return Outcome::Untestable(Untestable::Unknown);
        }
        let Some(stated) = self.result.figure else { return Outcome::Untestable(Untestable::NoResult) };
        if self.terms.iter().all(|term| term.figure.is_none()) {
            return Outcome::Untestable(Untestable::NoTerms);
        }
        match self.kind {
            Kind::Ratio => self.test_ratio(stated),
            Kind::Average | Kind::Change => Outcome::Untestable(Untestable::NoTerms),
            Kind::Sum | Kind::Difference | Kind::Equal => {
                let multiple = self.result.coefficient;
                let sum = self.expected();
                let expected = || sum.middle.divide(Money::from(i64::from(multiple))).unwrap_or(sum.middle);
                // A part of others (a quarter, ten per cent) that is right to its own last digit.
                let is_part = || multiple != 1 && (stated.middle - expected()).abs() <= stated.half;
                match Interval::exact(Money::ZERO).plus(multiple, stated).closeness(sum) {
                    Closeness::Exact => Outcome::Holds,
                    Closeness::Rounded if is_part() => Outcome::Holds,
                    Closeness::Rounded => Outcome::Rounded { expected: expected() },
                    Closeness::Off => Outcome::Broke { expected: expected() },
                }
            }
        }
    }

    /// Σ coefficient · term, blanks as nothing.
    pub fn expected(&self) -> Interval {
        self.terms.iter().fold(Interval::exact(Money::ZERO), |sum, term| match term.figure {
            Some(figure) => sum.plus(term.coefficient, figure),
            None => sum,
        })
    }

    fn test_ratio(&self, stated: Interval) -> Outcome {
        let (Some(part), Some(whole)) =
            (self.terms.first().and_then(|t| t.figure), self.terms.get(1).and_then(|t| t.figure))
        else {
            return Outcome::Untestable(Untestable::NoTerms);
        };
        let Some(quotient) = part.middle.divide(whole.middle) else {
            return Outcome::Untestable(Untestable::ZeroDivisor);
        };
        // A ratio of rounded figures may differ a little more than the rounding of its own last digit.
        let slack = part.half.divide(whole.middle.abs()).unwrap_or_default()
            + (quotient.abs() * whole.half).divide(whole.middle.abs()).unwrap_or_default();
        match stated.closeness(Interval { middle: quotient, half: slack }) {
            Closeness::Exact | Closeness::Rounded => Outcome::Holds,
            Closeness::Off => Outcome::Broke { expected: quotient },
        }
    }

    /// How grave a break of it is.
    pub fn severity(&self) -> Severity {
        self.confidence.severity(self.gravest)
    }

    /// Takes back some of what speaks for it.
    pub fn doubt(&mut self, most: Confidence) {
        self.confidence = self.confidence.min(most);
    }

    /// Every cell that the relation rests on, the result first.
    pub fn cells(&self) -> impl Iterator<Item = At> + '_ {
        std::iter::once(self.result.at).chain(self.terms.iter().map(|term| term.at))
    }
}

/// A relation and its outcome.
#[derive(Clone, Debug)]
pub struct Check {
    pub relation: Relation,
    pub outcome: Outcome,
}

impl Check {
    pub fn of(relation: Relation) -> Check {
        let outcome = relation.test();
        Check { relation, outcome }
    }

    pub fn broke(&self) -> bool {
        matches!(self.outcome, Outcome::Broke { .. })
    }

    pub fn held(&self) -> bool {
        self.outcome.held()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operand(row: u32, tkr: Option<i64>, coefficient: i32) -> Operand {
        let figure = |value| Interval { middle: Money::from(1_000 * value), half: Money::from(500) };
        Operand::new(At { grid: 0, row, col: 1 }, tkr.map(figure), coefficient)
    }

    fn relation(kind: Kind, result: Option<i64>, terms: &[(Option<i64>, i32)]) -> Relation {
        Relation {
            rule: "RR01",
            kind,
            result: operand(0, result, 1),
            terms: (1..).zip(terms).map(|(row, &(tkr, coefficient))| operand(row, tkr, coefficient)).collect(),
            period: None,
            unit: Unit::Thousands,
            table: 0,
            gravest: Severity::Error,
            confidence: Confidence::SURE,
            derived: false,
        }
    }

    #[test]
    fn the_surer_a_claim_the_more_per_cent_and_the_graver_its_break() {
        let told = [Confidence::SURE, Confidence::LIKELY, Confidence::DOUBTFUL];
        let severity = |confidence: Confidence| confidence.severity(Severity::Error);
        assert_eq!(told.map(severity), [Severity::Error, Severity::Warning, Severity::Info]);
        assert!(told.map(Confidence::percent).is_sorted_by(|surer, other| surer > other));
        assert!(told.map(Confidence::percent).iter().all(|percent| (50..100).contains(percent)));
    }

    #[test]
    fn a_sum_holds_to_the_digit_within_the_rounding_or_not() {
        let stated = |result| relation(Kind::Sum, Some(result), &[(Some(7), 1), (Some(5), -1), (None, 1)]).test();
        assert_eq!(stated(2), Outcome::Holds);
        assert_eq!(stated(3), Outcome::Rounded { expected: Money::from(2_000) }, "1 lies within ½·(2+1)");
        assert_eq!(stated(4), Outcome::Broke { expected: Money::from(2_000) });
    }

    #[test]
    fn a_share_says_what_it_should_be_itself() {
        let mut quarter = relation(Kind::Equal, Some(3), &[(Some(20), 1)]);
        quarter.result.coefficient = 4;
        assert_eq!(quarter.test(), Outcome::Broke { expected: Money::from(5_000) });
        quarter.result = Operand { coefficient: 4, ..operand(0, Some(5), 1) };
        assert_eq!(quarter.test(), Outcome::Holds);
        quarter.terms = vec![operand(1, Some(22), 1)];
        assert_eq!(quarter.test(), Outcome::Holds, "a quarter of 22 is written 5 or 6");
        quarter.terms = vec![operand(1, Some(18), 1), operand(2, Some(5), 1)];
        assert_eq!(quarter.test(), Outcome::Rounded { expected: Money::new(5_750, 0) });
    }

    #[test]
    fn a_ratio_may_differ_by_the_rounding_of_its_parts() {
        let ratio = |percent: i64, whole| {
            let mut ratio = relation(Kind::Ratio, None, &[(Some(10), 1), (whole, 1)]);
            ratio.result.figure = Some(Interval { middle: Money::new(percent, 2), half: Money::new(5, 3) });
            ratio.test()
        };
        // 10 ± 0,5 through 20 ± 0,5 is 0,5 give or take 0,025 + 0,0125, and half a per cent of the ratio itself.
        assert_eq!((ratio(50, Some(20)), ratio(54, Some(20)), ratio(46, Some(20))), {
            (Outcome::Holds, Outcome::Holds, Outcome::Holds)
        });
        assert_eq!(ratio(55, Some(20)), Outcome::Broke { expected: Money::new(5, 1) });
        assert_eq!(ratio(-54, Some(-20)), Outcome::Holds);
        assert_eq!(ratio(50, Some(0)), Outcome::Untestable(Untestable::ZeroDivisor));
        assert_eq!(ratio(50, None), Outcome::Untestable(Untestable::NoTerms));
    }

    #[test]
    fn what_is_not_known_is_not_tested() {
        let why = |relation: &Relation| match relation.test() {
            Outcome::Untestable(why) => Some(why),
            _ => None,
        };
        let sum = relation(Kind::Sum, Some(2), &[(Some(2), 1)]);
        let mut hidden = (sum.clone(), sum.clone());
        (hidden.0.result.unknown, hidden.1.terms[0].unknown) = (true, true);
        assert_eq!(
            [why(&sum), why(&hidden.0), why(&hidden.1)],
            [None, Some(Untestable::Unknown), Some(Untestable::Unknown)]
        );
        assert_eq!(why(&relation(Kind::Sum, None, &[(Some(2), 1)])), Some(Untestable::NoResult));
        assert_eq!(why(&relation(Kind::Sum, Some(2), &[(None, 1)])), Some(Untestable::NoTerms));
        assert_eq!(why(&relation(Kind::Average, Some(2), &[(Some(2), 1)])), Some(Untestable::NoTerms));
    }

    #[test]
    fn a_check_knows_its_cells_and_whether_it_held() {
        let check = |result| Check::of(relation(Kind::Sum, Some(result), &[(Some(2), 1), (Some(3), 1)]));
        let told = |check: Check| (check.held(), check.broke());
        assert_eq!([told(check(5)), told(check(6)), told(check(9))], [(true, false), (true, false), (false, true)]);
        let unknown = Check::of(relation(Kind::Sum, None, &[]));
        assert_eq!(told(unknown), (false, false));
        assert_eq!(check(5).relation.cells().map(|at| at.row).collect::<Vec<_>>(), [0, 1, 2]);
        let kinds = [Kind::Sum, Kind::Difference, Kind::Equal, Kind::Ratio, Kind::Average, Kind::Change];
        assert_eq!(kinds.map(Kind::code), ["sum", "difference", "equal", "ratio", "average", "change"]);
    }
}
