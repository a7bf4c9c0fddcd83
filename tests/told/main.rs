//! All that is told of the fixtures' documents, to the last cell: `fixtures/told/NAME.txt`, and of slips put into them.
//!
//! The documents are told in English, as the rules' own fixtures are in Swedish. `UPDATE=1 cargo test --test told`
//! writes the files anew; the diff is the review.

mod finding;
mod hold;
mod slips;

use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::check::{self, Options, Tally};
use avstam::finding::Language;
use avstam::read::{self, Input};

use finding::Told;
use hold::hold;

/// The book of a file, or of all files of a folder, each known by its name alone.
fn book(name: &str) -> Book {
    let (mut inputs, mut grids) = (Vec::new(), Vec::new());
    let files = read::expand(&[fixtures().join(name)]).into_iter().map(|file| file.expect("a file that is read"));
    for (i, path) in files.enumerate() {
        let (input, found) = read::read(&path, i, &read::Options::default());
        assert!(input.error.is_none(), "{name}: {:?}", input.error);
        inputs.push(Input { path: path.file_name().expect("a name").into(), ..input });
        grids.extend(found);
    }
    Book::of(inputs, grids)
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

const DOCUMENTS: &[&str] = &[
    "workbooks/arsredovisning-2019.xlsx",
    "workbooks/arsredovisning-2019-ett-blad.xlsx",
    "workbooks/arsredovisning-2019-text.xlsx",
    "workbooks/budget-2020-ornskoldsvik.xlsx",
    "workbooks/budget-2020-ornskoldsvik.csv",
    "workbooks/budget-2024-sodra-norrbotten.xlsx",
    "workbooks/verksamhetsplan-2017-skelleftea.xlsx",
    "workbooks/verksamhetsplan-2020-pyramis.xlsx",
    "seeds/pyramis-ar-2019.txt",
    "seeds/pyramis-vp-2020.txt",
    "seeds/ornskoldsvik-vp-2020.txt",
    "seeds/skelleftea-norsjo-vp-2017.txt",
    "seeds/sodra-norrbotten-vp-2024.txt",
    "exports",
    "folder",
];

#[test]
fn the_documents_are_told_as_they_were() {
    for name in DOCUMENTS {
        let book = book(name);
        let report = check::check(&book, &Options { counts: true, ..Options::default() });
        let mut lines = Told { book: &book, language: Language::English }.findings(&report).concat();
        let was_there = |(_, tally): &&(&str, Tally)| tally.tested + tally.untestable > 0;
        lines.extend(report.by_rule.iter().filter(was_there).map(|(rule, tally)| {
            let Tally { tested, held, broke, untestable } = tally;
            format!("{rule}: tested {tested}, held {held}, broke {broke}, untestable {untestable}")
        }));
        hold(&name.replace('/', "-"), &(lines.join("\n") + "\n"));
    }
}
