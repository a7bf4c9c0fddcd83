//! Measures avstam on random förbund books: false alarms on clean ones, what it understands, which slips it sees.
//!
//! `cargo run --release --example books -- [--books 1000] [--seed 1] [--slips 5] [--show SEED] [--worst 10]`
//!
//! `--write FOLDER` writes the books as workbooks instead; `--files FOLDER` writes each as a file (a workbook, delimited
//! text, a text document) and drives the program through its readers.
//! `--show SEED` prints the sheets of one book as text with tabs, what broke, and what was expected in vain; with
//! `--slip N` it has the slip of that number. `--worst 1` tells each slip that is not named as it should.

mod book;
mod causes;
mod expected;
mod figures;
mod forbund;
mod measure;
mod notes;
mod random;
mod sheet;
mod short;
mod show;
mod slips;
mod statements;
mod style;
mod sums;
mod table;
mod way;
mod write;

use std::path::PathBuf;

use way::Way;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<u64>().ok()
    };
    if let Some(seed) = value("--show") {
        show::show(seed, value("--slip"));
        return;
    }
    let (books, seed) = (value("--books").unwrap_or(1_000), value("--seed").unwrap_or(1));
    let folder = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        Some(PathBuf::from(arguments.get(at + 1).expect("a folder after it")))
    };
    if let Some(folder) = folder("--write") {
        write::workbooks(&folder, seed, books).expect("the books as files");
        return;
    }
    let way = Way { folder: folder("--files") };
    let worst = value("--worst").unwrap_or(10) as usize;
    measure::clean(&way, seed, books, worst);
    let slips = value("--slips").unwrap_or(3);
    if slips > 0 {
        measure::slips(&way, seed, books, slips, worst);
        causes::causes(&way, seed, books, slips, worst);
    }
}
