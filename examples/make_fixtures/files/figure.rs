//! A printed figure and the number that it stands for.

use rust_decimal::Decimal;

/// A number with the form in which it was printed.
pub struct Figure {
    /// The number; a percentage is its fraction (`66,0 %` is 0.660).
    pub value: Decimal,
    /// Printed decimals (of the percentage, where it is one).
    pub decimals: u32,
    pub percent: bool,
}

impl Figure {
    /// Reads `2 494 227`, `-431 372`, `1258,5`, `66,0%`; `None` for anything that is not wholly a figure.
    pub fn parse(text: &str) -> Option<Figure> {
        let (percent, digits) = match text.strip_suffix('%') {
            Some(rest) => (true, rest.trim_end()),
            None => (false, text),
        };
        let plain: String = digits
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}'))
            .map(|c| match c {
                ',' => '.',
                '\u{2212}' => '-',
                other => other,
            })
            .collect();
        if !plain.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return None;
        }
        let value = Decimal::from_str_exact(&plain).ok()?;
        let decimals = value.scale();
        let value = if percent { value / Decimal::ONE_HUNDRED } else { value };
        Some(Figure { value, decimals, percent })
    }

    /// Excel's format code for the way the figure is printed.
    pub fn format(&self) -> String {
        let decimals = match self.decimals {
            0 => String::new(),
            n => format!(".{}", "0".repeat(n as usize)),
        };
        match self.percent {
            true => format!("0{decimals}%"),
            false => format!("#,##0{decimals}"),
        }
    }
}
