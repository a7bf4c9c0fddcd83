//! What values may be, and what is said of those that are not.

use super::nearest::nearest;
use super::section::{Value, Wrong};
use crate::finding::Text;
use crate::money::{Amount, Money};
use crate::profile::Share;
use crate::read::Limits;

pub fn text(value: Value) -> Result<String, Wrong> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        _ => Err(Text::new("skriv en text inom citattecken", "write a text between quotation marks")),
    }
}

/// A text that may be empty.
pub fn any_text(value: Value) -> Result<String, Wrong> {
    if value == Value::Text("") { Ok(String::new()) } else { text(value) }
}

pub fn flag(value: Value) -> Result<bool, Wrong> {
    match value {
        Value::Flag(flag) => Ok(flag),
        _ => Err(Text::new("skriv true (ja) eller false (nej)", "write true or false")),
    }
}

/// One of several names.
pub fn choice<T: Copy>(value: Value, choices: &[(&'static str, T)]) -> Result<T, Wrong> {
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let written = if let Value::Text(text) = value { text.trim() } else { "" };
    if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == written) {
        return Ok(*choice);
    }
    Err(match nearest(written, &names) {
        Some(near) if !written.is_empty() => Text::new(
            format!("\"{written}\" finns inte: menar du \"{near}\"?"),
            format!("there is no \"{written}\": do you mean \"{near}\"?"),
        ),
        _ => {
            let all = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
            Text::new(format!("välj bland {all}"), format!("choose among {all}"))
        }
    })
}

/// An amount of kronor as people write it: `5000`, `"5 000,50"`, `"5 000 kr"`.
pub fn amount(value: Value) -> Result<Money, Wrong> {
    let written = match value {
        Value::Text(text) => text.trim().trim_end_matches("kr").trim_end(),
        Value::Number(digits) => digits,
        _ => "",
    };
    match number(written) {
        Some(amount) if !amount.is_negative() => Ok(amount),
        _ => Err(Text::new(
            "ange ett belopp i kronor, till exempel 5000 eller \"5 000,50\"",
            "give an amount in kronor, such as 5000 or \"5 000,50\"",
        )),
    }
}

/// How much is read of one file: `4000000`, `"512 MB"`.
pub fn limit(value: Value) -> Result<u64, Wrong> {
    let written = match value {
        Value::Text(text) => text,
        Value::Number(digits) => digits,
        _ => "",
    };
    Limits::parse(written).ok_or_else(|| {
        Text::new(
            "ange ett antal eller en storlek, till exempel 8000000 eller \"512 MB\"",
            "give a number or a size, such as 8000000 or \"512 MB\"",
        )
    })
}

/// A share: `"75 %"`, `"33,3 %"`. The sign is asked for, since 0.75 and 75 would both be guesses.
pub fn share(value: Value) -> Result<Share, Wrong> {
    let percent = match value {
        Value::Text(text) => text.trim().strip_suffix('%').and_then(|text| number(text.trim_end())),
        _ => None,
    };
    match percent {
        Some(percent) if !percent.is_negative() && percent <= Money::from(100) => {
            Ok(Share { percent: Amount::new(percent.normalize(), percent.decimals()) })
        }
        _ => Err(Text::new(
            "ange en andel i procent inom citattecken, till exempel \"75 %\"",
            "give a share in per cent between quotation marks, such as \"75 %\"",
        )),
    }
}

/// Ten digits whose last is the check digit of the first nine (the Luhn sum): `222000-1234`.
pub fn organisation_number(value: Value) -> Result<String, Wrong> {
    let written = if let Value::Text(text) = value { text.trim() } else { "" };
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    let others = written.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    if digits.len() != 10 || !["", "-"].contains(&others.as_str()) {
        return Err(Text::new(
            "skriv organisationsnumret med tio siffror, som \"222000-1234\"",
            "write the organisation number with ten digits, such as \"222000-1234\"",
        ));
    }
    let doubled = |(i, digit): (usize, &u32)| if i % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
    if digits.iter().enumerate().map(doubled).sum::<u32>() % 10 != 0 {
        return Err(Text::new(
            "kontrollsiffran stämmer inte: någon siffra är fel",
            "the check digit does not agree: some digit is wrong",
        ));
    }
    let plain: String = written.chars().filter(char::is_ascii_digit).collect();
    Ok(format!("{}-{}", &plain[..6], &plain[6..]))
}

fn number(written: &str) -> Option<Money> {
    let plain: String =
        written.chars().filter(|c| !c.is_whitespace() && *c != '_').map(|c| if c == ',' { '.' } else { c }).collect();
    Money::parse(&plain)
}
