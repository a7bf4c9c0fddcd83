//! Which figures of a list are turned: written with the sign that readers expect, not with that of the ledger.

use crate::money::Money;

/// Groups of accounts whose figures are written with the opposite sign of the ledger's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Turned {
    liabilities: bool,
    income: bool,
    costs: bool,
}

impl Turned {
    /// By the sums of the groups: in a ledger liabilities and income are credit, thus negative, and costs are debit.
    /// Where all accounts are there, they come to zero in one way only, and that way counts.
    pub fn of(figures: &[(&str, Money)]) -> Turned {
        let sum = |classes: &[char]| -> Money {
            figures.iter().filter(|(number, _)| number.starts_with(classes)).map(|(_, value)| *value).sum()
        };
        let (assets, liabilities, income) = (sum(&['1']), sum(&['2']), sum(&['3']));
        let (costs, rest) = (sum(&['4', '5', '6', '7']), sum(&['8']));
        let results = income + costs + rest;
        for (liabilities_turned, results_turned) in [(false, false), (true, true), (true, false), (false, true)] {
            let sign = |turned: bool| if turned { -Money::ONE } else { Money::ONE };
            let all = assets + sign(liabilities_turned) * liabilities + sign(results_turned) * results;
            let any = !assets.is_zero() && !liabilities.is_zero() && !results.is_zero();
            if any && all.is_zero() {
                return Turned { liabilities: liabilities_turned, income: results_turned, costs: results_turned };
            }
        }
        let income_turned = Money::ZERO < income;
        // Without a cost account the other side of the list tells.
        let costs_turned = if costs.is_zero() { income_turned } else { costs.is_negative() };
        Turned { liabilities: Money::ZERO < liabilities, income: income_turned, costs: costs_turned }
    }

    pub fn has(self, account: &str) -> bool {
        let financial_income = ["80", "81", "82", "83"].iter().any(|group| account.starts_with(group));
        match account.chars().next() {
            Some('2') => self.liabilities,
            Some('3') => self.income,
            Some('8') if financial_income => self.income,
            Some('4'..='9') => self.costs,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(figures: [i64; 4]) -> [bool; 4] {
        let numbers = ["1930", "2010", "3010", "5010"];
        let told: Vec<(&str, Money)> = numbers.into_iter().zip(figures.map(Money::from)).collect();
        let found = Turned::of(&told);
        numbers.map(|number| found.has(number))
    }

    #[test]
    fn groups_are_turned_as_their_sums_show() {
        assert_eq!(turned([100, -60, -90, 50]), [false; 4]);
        assert_eq!(turned([100, 60, 90, -50]), [false, true, true, true]);
        assert_eq!(turned([100, 60, -90, 50]), [false, true, false, false]);
        assert_eq!(turned([0, 0, 90, 50]), [false, false, true, false]);
        // Equity is spent: liabilities are debit, and only the whole tells that.
        assert_eq!(turned([100, 60, -200, 40]), [false; 4]);
    }
}
