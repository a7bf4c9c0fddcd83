//! How figures, years and words are written.

use avstam::grid::Value;
use avstam::money::{Amount, Money};
use avstam::period::Date;

use crate::random::Random;
use crate::style::YearForm;

/// Value, decimals, whether it is in per cent.
pub type Written = (Money, u32, bool);

pub const PROSE: [&str; 6] = [
    "Förbundets ekonomi är god och resultatet är bättre än budgeterat.",
    "Styrelsen har under 2019 haft sex sammanträden och beslutat om 12 insatser för målgruppen.",
    "Kommentar till resultatet: kostnaderna blev 125 tkr lägre än budget.",
    "Det egna kapitalet uppgår till en rimlig nivå enligt Nationella rådets rekommendation om högst 20 % av medlemsbidragen.",
    "Se även bilaga 1.",
    "Samordningsförbundet följer lagen (2018:597) om kommunal bokföring och redovisning i tillämpliga delar.",
];

/// A figure as text in one of the written forms.
pub fn text(value: Money, decimals: u32, percent: bool, form: usize, random: &mut Random) -> String {
    if value.is_zero() && !percent && random.chance(40) {
        return (random.pick(&["-", "–", "0"])).to_string();
    }
    let digits = value.abs().round(decimals).to_string();
    let (whole, fraction) =
        digits.split_once('.').map_or((digits.clone(), String::new()), |(w, f)| (w.into(), f.into()));
    let separator = match form {
        0 | 4 | 6 => " ",
        1 | 5 => "\u{a0}",
        2 => "",
        3 => ".",
        _ => "\u{202f}",
    };
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push_str(separator);
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push(',');
        text.push_str(&format!("{fraction:0<width$}", width = decimals as usize));
    }
    if percent {
        text.push_str(if form.is_multiple_of(2) { " %" } else { "%" });
    }
    if form == 4 && !percent && decimals == 0 && random.chance(50) {
        text.push_str(" kr");
        if digits.len() < 6 {
            text.truncate(text.len() - 3);
        }
    }
    if !value.is_negative() {
        return text;
    }
    match form {
        0 | 1 => format!("-{text}"),
        2 => format!("\u{2212}{text}"),
        3 => format!("- {text}"),
        5 => format!("–{text}"),
        6 => format!("({text})"),
        _ => format!("-{text}"),
    }
}

pub fn year(form: YearForm, year: i32, as_text: bool) -> Value {
    let text = match form {
        YearForm::Number if !as_text => return Value::Number(Amount::new(Money::from(i64::from(year)), 0)),
        YearForm::RealDate if !as_text => {
            return Date::new(year, 12, 31).map_or_else(|| Value::Text(year.to_string().into()), Value::Date);
        }
        YearForm::Plain | YearForm::Number => year.to_string(),
        YearForm::Date | YearForm::RealDate => format!("{year}-12-31"),
        YearForm::Span => format!("{year}-01-01 – {year}-12-31"),
        YearForm::ShortSpan => format!("{year}-01-01--12-31"),
        YearForm::Bokslut => format!("Bokslut {year}"),
        YearForm::Utfall => format!("Utfall {year}"),
        YearForm::Slash => format!("31/12 {year}"),
    };
    Value::Text(text.into())
}

/// A slip of the pen inside a longer word: two letters changed about, one left out or one doubled.
pub fn misspell(label: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = label.chars().collect();
    let inner: Vec<usize> =
        (3..letters.len() - 2).filter(|&i| letters[i - 2..=i + 1].iter().all(|c| c.is_alphabetic())).collect();
    let Some(at) = (!inner.is_empty()).then(|| random.pick(&inner)) else { return label.to_string() };
    match random.below(3) {
        0 => letters.swap(at, at - 1),
        1 => {
            letters.remove(at);
        }
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}
