//! Remakes the fixtures: workbooks and place maps from the Markdown twins and the seed texts.
//!
//! `cargo run --example make_fixtures` writes every file that `fixtures/README.md` calls made.
//! The same twins give the same bytes; `tests/fixtures.rs` holds the committed files to that.

mod files;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for made in files::all(&root)? {
        fs::write(root.join(&made.path), made.bytes)?;
        println!("{}", made.path);
    }
    Ok(())
}
