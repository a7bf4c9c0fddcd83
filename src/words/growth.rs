//! Labels that say by how many per cent something grows or shrinks from year to year.

use super::matching::percentage;
use super::table::{self, Class};
use super::{ending, fold};
use crate::money::Money;

/// By how much, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    pub percent: Money,
    pub down: bool,
}

/// What a label with one percentage and one direction says (`10% ökning`, `Hyra, uppräkning 2,5 %`).
pub fn growth(label: &str) -> Option<Growth> {
    let folded = fold(label);
    let mut ways =
        folded.split(' ').filter_map(|word| table::name(Class::Growth, word).or(ending(Class::Growth, word)));
    let (Some(way), None) = (ways.next(), ways.next()) else { return None };
    let percent = percentage(label).filter(|_| label.matches('%').count() == 1)?;
    Some(Growth { percent, down: way == "down" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_names_a_percentage_and_a_direction() {
        let told = |label: &str| growth(label).map(|growth| (growth.percent.to_string(), growth.down));
        assert_eq!(told("10% ökning"), Some(("10".to_string(), false)));
        assert_eq!(told("Lokalhyra, uppräkning 2,5 %"), Some(("2.5".to_string(), false)));
        assert_eq!(told("Minskning med 3 % per år"), Some(("3".to_string(), true)));
        for label in ["Luleå kommun 62%", "Ökning av anslaget", "Ökning 3 % eller minskning 2 %", "50 % (ökning 10 %)"]
        {
            assert_eq!(told(label), None, "{label}");
        }
    }
}
