//! Lines that hold a balance: the rows that the roll-forward of a note begins and ends with.

use super::{Class, folded, table};

/// What a line holds of what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// At the beginning of the year: `Ingående anskaffningsvärde`.
    Opening,
    /// At its end: `Utgående ackumulerade avskrivningar`.
    Closing,
    /// What is left of a cost and its depreciation: `Redovisat värde`, `Utgående bokfört värde`.
    Value,
}

/// The balance that a label says its line holds: `Ingående moms` is a tax and no balance.
pub fn balance(label: &str) -> Option<Balance> {
    balance_in(&folded(label))
}

/// The same of a folded label.
pub fn balance_in(folded: &str) -> Option<Balance> {
    let said: Vec<&str> = table::standing_in(Class::Balance, folded).map(|(_, entry)| entry.name()).collect();
    let says = |name: &str| said.contains(&name);
    match () {
        _ if says("none") => None,
        _ if says("opening") => Some(Balance::Opening),
        _ if says("value") => Some(Balance::Value),
        _ if says("closing") => Some(Balance::Closing),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Balance, balance};

    #[test]
    fn the_rows_of_a_roll_forward_say_what_they_hold() {
        let cases = [
            ("Ingående anskaffningsvärde", Some(Balance::Opening)),
            ("IB semesterlöneskuld", Some(Balance::Opening)),
            ("Belopp vid årets ingång", Some(Balance::Opening)),
            ("Utgående ackumulerade avskrivningar", Some(Balance::Closing)),
            ("Utgående bokfört värde", Some(Balance::Value)),
            ("Planenligt restvärde", Some(Balance::Value)),
            ("Ingående moms", None),
            ("Utgående moms 25 %", None),
            ("Årets inköp", None),
        ];
        for (label, expected) in cases {
            assert_eq!(balance(label), expected, "{label}");
        }
    }
}
