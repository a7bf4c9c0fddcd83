//! What is expected and not yet so. Each mark says why; one that is no longer needed fails its test.

/// A mark on rows of an expectation list by id, in one form of a document by the name of its
/// place map, or in every form by the document's name.
pub struct Mark {
    pub variant: &'static str,
    pub ids: &'static [&'static str],
    pub reason: &'static str,
}

/// Kinds of broken rows that findings must name. Counts of persons (`count`) are looked at only when asked for.
pub const SUPPORTED: &[&str] = &["table", "unit", "structure", "label", "prose", "count"];

const REPORT: &str = "arsredovisning-2019";
const SKELLEFTEA: &str = "verksamhetsplan-2017-skelleftea";
const SKELLEFTEA_TEXT: &str = "skelleftea-norsjo-vp-2017";

const fn mark(variant: &'static str, ids: &'static [&'static str], reason: &'static str) -> Mark {
    Mark { variant, ids, reason }
}

/// Held relations that no check tests.
pub const UNTESTED: &[Mark] = &[
    // The 13 of Indikatorprojektet (A52) is in no total. Its row is no exception: the totals of all other columns add
    // it, and those of other rows with the same star. A total that leaves out a row which its neighbours add is an
    // error whatever it is worth, and where the column is known it is called one.
    mark(SKELLEFTEA, &["C052"], "the total leaves out a row that the other columns' totals add (A52)"),
    mark(SKELLEFTEA_TEXT, &["C051"], "the figure that no total adds (A52) may stand in this column or the next"),
];

/// Broken rows that no finding names.
pub const UNNAMED: &[Mark] =
    &[mark(REPORT, &["A44"], "the total of persons is named, but not its parts in columns that have no rows to add")];

/// Roots whose rows no single finding holds together; rows that no finding names are left out.
pub const PARTED: &[Mark] = &[];

/// Errors and warnings that rest on no cell that is expected to be broken, by rule.
pub const FALSE_ALARMS: &[Mark] = &[];
