use super::ledgers::{Fault, tell};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Role, Text};

rule! {
    /// The organisation number is none: its last digit does not check the others.
    ///
    /// The tenth digit of an organisation number is reckoned from the nine before it. A number that fails is mistyped, and files of one
    /// organisation are then not known to belong together.
    ///
    /// What to do: correct the number in the settings of the bookkeeping program.
    "HB13" "organisation-number-invalid" Warning, Observations(observe),
    "Organisationsnumret är inget sådant: sista siffran kontrollerar inte de andra.

Den tionde siffran i ett organisationsnummer räknas fram ur de nio före. Ett nummer där den inte stämmer är felskrivet, och då går det inte att veta vilka filer som hör till samma organisation.

Gör så här: rätta numret i bokföringsprogrammets inställningar."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for ledger in &book.ledgers {
        let Some(said) = &ledger.header.organisation else {
            observed.untestable += 1;
            continue;
        };
        observed.tested += 1;
        if checks(&said.text) {
            continue;
        }
        let number = &said.text;
        let message = Text::new(
            format!("Organisationsnumret {number} är inget giltigt nummer."),
            format!("The organisation number {number} is no valid number."),
        );
        let fault = Fault::new(message.clone(), vec![(said.place, Role::Header)]);
        tell(&mut observed, &RULE, ledger, vec![fault], 1, |_| message.clone());
    }
    observed
}

/// Whether ten digits (or twelve, with the century first) end with their check digit by Luhn's formula.
fn checks(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    let parts = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+'));
    let digits = match digits.len() {
        10 => &digits[..],
        12 => &digits[2..],
        _ => return false,
    };
    let doubled = |(i, digit): (usize, &u32)| if i % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
    parts && digits.iter().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::checks;

    #[test]
    fn the_last_digit_checks_the_others() {
        assert!(checks("212000-0142") && checks("2120000142") && checks("16212000-0142"));
        assert!(!checks("212000-0143") && !checks("212000-014") && !checks("SE21200001420"));
    }
}
