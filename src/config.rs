//! The settings file `avstam.toml`: strict, so that nothing that is written in it is silently passed over.
//!
//! Keys are English, the same as the options of the command line: TOML takes no å, ä or ö in a key without quotation
//! marks. A Swedish word, or a slip of the pen, is answered with the key that was meant. A new key is a line in
//! [`read`], one in `schemas/config.schema.json` and one in `init.toml`; tests hold the three together.

mod fault;
mod init;
mod nearest;
pub(crate) mod section;
pub(crate) mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use crate::chart::{Mapping, NoteRow, Plan, Settings as Chart};
use crate::check::{Base, Materiality, Options};
use crate::finding::{Language, Text};
use crate::money::{Closeness, Interval, Money, Swedish, Unit};
use crate::profile::{Goals, Member, Profile, Step};
use crate::read::Limits;
use crate::rules::RULES;
use crate::statement::{CostSign, Glossary, GlossaryEntry, Kind};
use crate::words::{CONCEPTS, Concept};

pub use fault::Fault;
pub use init::init;
use section::{Section, Seen, Value, Wrong};

/// The name under which the file is looked for.
pub const NAME: &str = "avstam.toml";

/// What a settings file says; nothing where it is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    pub language: Option<Language>,
    /// Codes of rules, or beginnings of codes; empty for all.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// Look at counts of persons too.
    pub counts: bool,
    pub materiality: Option<Materiality>,
    pub profile: Profile,
    /// How the ledger is kept, and which lines and rows its accounts go to.
    pub chart: Chart,
    pub marks: Marks,
    /// How much is read of one file.
    pub limits: Limits,
    /// What labels and sheets mean.
    pub glossary: Glossary,
}

/// Where accepted findings are kept, and who accepts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub file: Option<PathBuf>,
    pub initials: Option<String>,
}

impl Config {
    /// Understands the text of a settings file.
    ///
    /// # Errors
    ///
    /// All faults of the file, in the order of their lines.
    pub fn parse(text: &str) -> Result<Config, Vec<Fault>> {
        strictly(text, read)
    }

    /// What to look for.
    pub fn options(&self) -> Options {
        Options {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            materiality: self.materiality,
            counts: self.counts,
        }
    }
}

/// The settings file that applies to a path: beside it (in it, where it is a folder) or in a folder above.
pub fn find(path: &Path) -> Option<PathBuf> {
    find_named(path, NAME)
}

/// The nearest file of a name beside a path or above it.
pub fn find_named(path: &Path, name: &str) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let folder = if whole.is_dir() { Some(whole.as_path()) } else { whole.parent() };
    folder?.ancestors().map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Every key that a settings file may have, with its tables: `forbund.members.share`; `mapping.*` where the keys are
/// the user's own.
pub fn keys() -> BTreeSet<String> {
    Seen::of("", read).1.keys
}

/// What a text of TOML says, where it has no faults.
pub(crate) fn strictly<T>(text: &str, read: impl FnOnce(&mut Section) -> T) -> Result<T, Vec<Fault>> {
    let (result, seen) = Seen::of(text, read);
    if seen.faults.is_empty() { Ok(result) } else { Err(seen.faults) }
}

fn read(file: &mut Section) -> Config {
    Config {
        language: file
            .one("language", |value| value::choice(value, &[("sv", Language::Swedish), ("en", Language::English)])),
        select: file.many("select", code),
        ignore: file.many("ignore", code),
        counts: file.one("counts", value::flag).unwrap_or_default(),
        materiality: file.section("materiality", materiality),
        profile: file.section("forbund", profile),
        chart: chart(file),
        glossary: glossary(file),
        marks: file.section("marks", |marks| Marks {
            file: marks.one("file", value::text).map(PathBuf::from),
            initials: marks.one("initials", value::text),
        }),
        limits: file.section("limits", limits),
    }
}

fn limits(table: &mut Section) -> Limits {
    let mut limits = Limits::default();
    for (name, _) in Limits::default().named() {
        if let Some(value) = table.one(name, value::limit) {
            limits.set(name, value);
        }
    }
    limits
}

/// The code of a rule or of a family of rules.
fn code(value: Value) -> Result<String, Wrong> {
    let code = value::text(value)?.to_uppercase();
    match RULES.iter().any(|rule| rule.code.starts_with(&code)) {
        true => Ok(code),
        false => Err(Text::new(
            format!("ingen regel börjar på {code}: se `avstam rules`"),
            format!("no rule begins with {code}: see `avstam rules`"),
        )),
    }
}

fn materiality(table: &mut Section) -> Option<Materiality> {
    let amount = table.one("amount", value::amount);
    let share = table.one("share", value::share);
    let of = table.one("of", |value| value::choice(value, &[("costs", Base::Costs), ("assets", Base::Assets)]));
    match (amount, share) {
        (Some(_), Some(_)) => {
            table.fault("share", Text::new("ange amount eller share, inte båda", "give amount or share, not both"));
            None
        }
        (Some(amount), None) => Some(Materiality::Amount(amount)),
        (None, Some(share)) => Some(Materiality::Share(share, of.unwrap_or(Base::Costs))),
        (None, None) => None,
    }
}

fn profile(table: &mut Section) -> Profile {
    let profile = Profile {
        name: table.one("name", value::text),
        organisation_number: table.one("organisation-number", value::organisation_number),
        members: table.each("members", member).into_iter().flatten().collect(),
        staircase: table.each("equity", step).into_iter().flatten().collect(),
        goals: table.section("goals", |goals| Goals { activities: goals.one("activities", value::share) }),
    };
    let whole = Interval::exact(Money::from(100));
    let add = |sum: Interval, member: &Member| sum.plus(1, member.share.interval());
    let sum = profile.members.iter().fold(Interval::exact(Money::ZERO), add);
    if !profile.members.is_empty() && table.is_right() && sum.closeness(whole) == Closeness::Off {
        let sum = Swedish(sum.middle.normalize());
        table.fault(
            "members",
            Text::new(
                format!("andelarna blir tillsammans {sum} %: de ska bli 100 %"),
                format!("the shares add up to {sum} %: they should be 100 %"),
            ),
        );
    }
    profile
}

fn member(table: &mut Section) -> Option<Member> {
    let (name, share) = (table.needs("name", value::text), table.needs("share", value::share));
    Some(Member { name: name?, share: share? })
}

fn step(table: &mut Section) -> Option<Step> {
    let (from, most) = (table.needs("from", value::amount), table.needs("most", value::share));
    Some(Step { from: from?, most: most? })
}

/// `[labels]`, `[sheets]`, `[units]` and `[costs]`: names of the user's own documents.
fn glossary(file: &mut Section) -> Glossary {
    let concepts: Vec<(&str, Concept)> = CONCEPTS.iter().map(|(concept, code, _)| (*code, *concept)).collect();
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Contents).map(|kind| (kind.code(), kind));
    let units = [Unit::Kronor, Unit::Thousands, Unit::Millions].map(|unit| (unit.code(), unit));
    let signs = [("positive", CostSign::Positive), ("negative", CostSign::Negative)];
    Glossary {
        labels: file.section("labels", |section| named(section, &concepts)),
        sheets: file.section("sheets", |section| named(section, &kinds.collect::<Vec<_>>())),
        units: file.section("units", |section| named(section, &units)),
        costs: file.section("costs", |section| named(section, &signs)),
    }
}

fn named<T: Copy>(section: &mut Section, choices: &[(&'static str, T)]) -> Vec<GlossaryEntry<T>> {
    section.free(|name, value| Ok(GlossaryEntry { name: name.to_owned(), is: value::choice(value, choices)? }))
}

/// `[chart]`, `[mapping]` and `[note-rows]`: how the ledger is kept.
fn chart(file: &mut Section) -> Chart {
    let plans = [("bas", Plan::Bas), ("kommun-bas", Plan::KommunBas)];
    let (plan, objects) = file.section("chart", |chart| {
        (chart.one("plan", |value| value::choice(value, &plans)), chart.many("objects", object))
    });
    let mapping = file.section("mapping", |mapping| mapping.free(mapped));
    let notes = file.section("note-rows", |rows| {
        rows.free(|range, value| {
            let (first, last) = accounts(range)?;
            Ok(NoteRow { first, last, label: value::text(value)? })
        })
    });
    Chart { plan, mapping, notes, objects }
}

/// `"ansvar:4310"`, or the dimension by its number: `"1:4310"`.
fn object(value: Value) -> Result<(String, String), Wrong> {
    let wrong = || {
        Text::new(
            "skriv dimensionen, ett kolon och objektet: \"ansvar:4310\" eller \"1:4310\"",
            "write the dimension, a colon and the object: \"ansvar:4310\" or \"1:4310\"",
        )
    };
    let text = value::text(value)?;
    let (dimension, object) = text.split_once(':').ok_or_else(wrong)?;
    let (dimension, object) = (dimension.trim(), object.trim());
    if dimension.is_empty() || object.is_empty() { Err(wrong()) } else { Ok((dimension.into(), object.into())) }
}

/// `"5010-5099" = "administration-costs"`.
fn mapped(range: &str, value: Value) -> Result<Mapping, Wrong> {
    let (first, last) = accounts(range)?;
    let concepts: Vec<(&str, Concept)> = CONCEPTS.iter().map(|(concept, code, _)| (*code, *concept)).collect();
    Ok(Mapping { first, last, concept: value::choice(value, &concepts)? })
}

/// `5010` or `5010-5099`: the first and the last account.
fn accounts(range: &str) -> Result<(u32, u32), Wrong> {
    let number =
        |text: &str| Some(text.trim()).filter(|text| text.len() <= 8).and_then(|text| text.parse::<u32>().ok());
    let (first, last) = range.split_once(['-', '–']).unwrap_or((range, range));
    let (Some(first), Some(last)) = (number(first), number(last)) else {
        return Err(Text::new(
            "skriv ett konto eller ett intervall inom citattecken: \"5010\" eller \"5010-5099\"",
            "write an account or a range between quotation marks: \"5010\" or \"5010-5099\"",
        ));
    };
    if first > last {
        return Err(Text::new("intervallet börjar efter sitt slut", "the range begins after its end"));
    }
    Ok((first, last))
}
