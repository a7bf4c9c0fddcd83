//! `avstam init`: a settings file to begin with, by what is found in a folder.

use std::path::PathBuf;

use avstam::config;
use avstam::finding::Text;

use super::inputs::{self, Paths};
use super::save::save;
use super::settings::shown;
use super::{Exit, Out};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Mappen som filen ska gälla för; annars den här
    #[arg(value_name = "MAPP", help_heading = "Argument", default_value = ".", hide_default_value = true)]
    folder: PathBuf,
}

pub fn run(args: &Args, out: &mut Out) -> Exit {
    let path = args.folder.join(config::NAME);
    let file = shown(&path);
    if path.exists() {
        return out.fail(&Text::new(
            format!("{file} finns redan: ändra i den, eller flytta undan den först"),
            format!("{file} is there already: change it, or move it away first"),
        ));
    }
    // An empty folder is as good a place to begin as any.
    let book = match std::fs::read_dir(&args.folder).is_ok_and(|mut entries| entries.next().is_some()) {
        true => inputs::read(&Paths::together(vec![args.folder.clone()], None), out)
            .and_then(|read| read.books.into_iter().next()),
        false => None,
    };
    let text = config::init(book.as_ref());
    match save(text.as_bytes(), &path, &[]) {
        Ok(()) => {
            out.remark(&Text::new(
                format!(
                    "Skrev {file}: ta bort # framför det som ska gälla, och kör `avstam check {}`",
                    args.folder.display()
                ),
                format!(
                    "Wrote {file}: remove # before what is to hold, and run `avstam check {}`",
                    args.folder.display()
                ),
            ));
            Exit::Holds
        }
        Err(error) => out.fail(&Text::new(error.swedish(), error.to_string())),
    }
}
