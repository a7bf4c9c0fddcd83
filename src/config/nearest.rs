//! The right key for a wrong one: what a slip of the pen, or the Swedish word, was most likely meant for.

use crate::words::{fold, slips};

/// Swedish words that people would try, and the keys that they mean. TOML takes no å, ä or ö in a key without
/// quotation marks, which is why the keys are English, the same as the options of the command line.
const SWEDISH: &[(&str, &str)] = &[
    ("språk", "language"),
    ("lang", "language"),
    ("välj", "select"),
    ("regler", "select"),
    ("rules", "select"),
    ("utelämna", "ignore"),
    ("hoppa över", "ignore"),
    ("väsentlighet", "materiality"),
    ("väsentlighetsbelopp", "materiality"),
    ("belopp", "amount"),
    ("andel", "share"),
    ("procent", "share"),
    ("av", "of"),
    ("förbund", "forbund"),
    ("samordningsförbund", "forbund"),
    ("namn", "name"),
    ("organisationsnummer", "organisation-number"),
    ("orgnr", "organisation-number"),
    ("medlem", "members"),
    ("medlemmar", "members"),
    ("eget kapital", "equity"),
    ("trappa", "equity"),
    ("från", "from"),
    ("högst", "most"),
    ("mål", "goals"),
    ("insatser", "activities"),
    ("kontoplan", "chart"),
    ("konton", "mapping"),
    ("kontering", "mapping"),
    ("godkända", "marks"),
    ("märken", "marks"),
    ("klarmarkering", "marks"),
    ("signatur", "initials"),
    ("fil", "file"),
];

/// The name among these that another was most likely meant for.
pub fn nearest<'n>(wrong: &str, names: &[&'n str]) -> Option<&'n str> {
    let wrong = fold(wrong);
    let named = |name: &str| names.iter().copied().find(|known| *known == name);
    if let Some((_, key)) = SWEDISH.iter().find(|(word, _)| fold(word) == wrong)
        && let Some(name) = named(key)
    {
        return Some(name);
    }
    let allowed = (wrong.chars().count() / 3).clamp(1, 3);
    let (far, name) = names.iter().map(|name| (slips(&wrong, &fold(name)), *name)).min()?;
    let begins = || names.iter().copied().find(|name| wrong.len() > 2 && fold(name).starts_with(&wrong));
    if far <= allowed { Some(name) } else { begins() }
}
