//! The name of the body whose accounts these are.

/// The longest name that is believed.
const LONGEST: usize = 60;

/// `Samordningsförbundet Pyramis` at the beginning of a text, without what follows after a colon or another mark.
pub fn body(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let first = text.split_whitespace().next()?;
    if !matches!(first.to_lowercase().as_str(), "samordningsförbundet" | "samordningsförbund" | "finsam") {
        return None;
    }
    let end = text.find([':', ',', ';', '.', '(', '\n', '\t', '–']).unwrap_or(text.len());
    let name = text[..end].trim_end();
    let own = name[first.len()..].trim_start();
    let named = own.strip_prefix("i ").unwrap_or(own).starts_with(char::is_uppercase);
    (named && name.chars().count() <= LONGEST).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_named_by_a_name() {
        assert_eq!(body("Samordningsförbundet Pyramis: Årsredovisning 2019"), Some("Samordningsförbundet Pyramis"));
        assert_eq!(body("Samordningsförbundet i Örnsköldsvik"), Some("Samordningsförbundet i Örnsköldsvik"));
        assert_eq!(body("Samordningsförbundet har under året"), None);
        assert_eq!(body("Sammanlagning av samordningsförbund"), None);
    }
}
