//! What the reports tell of the files of a book: the part of each, its years, whose it is.

use super::wording::{count, say};
use crate::book::Book;
use crate::book::identity::{Document, Role};
use crate::chart::{self, Found, Plan};
use crate::finding::Language;
use crate::ledger::{Form, Ledger};

/// `bokslut 2024 (2023)`, of a ledger also its chart of accounts.
pub fn part(book: &Book, input: usize, language: Language) -> String {
    let role = book.documents.get(input).map_or_else(String::new, |document| role(document, language));
    format!("{role}{}{}", plan(book, input, language), objects(book, input, language))
}

/// The chart of accounts that a ledger follows.
fn plan(book: &Book, input: usize, language: Language) -> String {
    let Some(ledger) = book.ledgers.iter().find(|ledger| book.grids[ledger.grid as usize].input == input) else {
        return String::new();
    };
    let Some((plan, found)) = chart::plan(ledger, &book.chart).or_else(|| chart::shared(ledger)) else {
        return say(language, ", okänd kontoplan: ange chart i avstam.toml", ", unknown chart: set it in avstam.toml")
            .into();
    };
    let name = match plan {
        Plan::Bas => "BAS",
        Plan::KommunBas => "Kommun-Bas",
    };
    let found = match found {
        Found::Told => say(language, "enligt avstam.toml", "by avstam.toml"),
        Found::Named => say(language, "enligt #KPTYP", "by #KPTYP"),
        Found::Wages => say(language, "av lönekontona", "by its accounts of wages"),
        Found::Shared => {
            let shared = say(language, ", kontoklasser som alla kontoplaner har", ", classes that all charts have");
            return shared.into();
        }
    };
    format!(", {name} {found}")
}

/// The objects that alone count of a ledger, where the settings name any.
fn objects(book: &Book, input: usize, language: Language) -> String {
    let own = |ledger: &&Ledger| book.grids[ledger.grid as usize].input == input && ledger.form != Form::Export;
    let Some(ledger) = book.ledgers.iter().find(own).filter(|_| !book.chart.objects.is_empty()) else {
        return String::new();
    };
    let Some(part) = &ledger.part else {
        let none = say(
            language,
            ", inget av objekten i avstam.toml finns i filen: allt räknas",
            ", it has none of the objects in avstam.toml: all of it counts",
        );
        return none.into();
    };
    let names: Vec<String> = part.objects.iter().map(|object| object_name(ledger, object)).collect();
    let accounts = count(language, part.accounts.len(), ["konto", "konton"], ["account", "accounts"]);
    let (only, of) = (say(language, "bara", "only"), say(language, "av", "of"));
    format!(", {only} {} ({accounts} {of} {})", names.join(", "), ledger.accounts.len())
}

/// `Ansvar 4310 Samordningsförbundet`, as far as the ledger names them.
fn object_name(ledger: &Ledger, (dimension, object): &(String, String)) -> String {
    let dimension_name = ledger.dimensions.iter().find(|known| known.number == *dimension).map(|known| &known.name);
    let named = ledger.objects.iter().find(|known| known.dimension == *dimension && known.number == *object);
    let name = named.map_or("", |known| known.name.as_str());
    format!("{} {object} {name}", dimension_name.unwrap_or(dimension)).trim_end().to_string()
}

/// What it is, its own year, the others that it has figures of.
fn role(document: &Document, language: Language) -> String {
    let name = document.role.name();
    let name = name.get(language);
    match (document.role, document.years.as_slice()) {
        (Role::Other, _) | (_, []) => name.to_string(),
        (_, [only]) => format!("{name} {only}"),
        (_, [own, second]) => format!("{name} {own} ({second})"),
        (_, [own, others @ ..]) => {
            let (first, last) = (others.iter().min().unwrap_or(own), others.iter().max().unwrap_or(own));
            format!("{name} {own} ({first}–{last})")
        }
    }
}

/// `Björkådalen, 222000-9993`.
pub fn whose(document: &Document) -> String {
    let parts: Vec<&str> = document.name.as_deref().into_iter().chain(document.number.as_deref()).collect();
    parts.join(", ")
}
