//! Paths → books. What cannot be read is said in one line, and the rest goes on.

use std::path::PathBuf;

use avstam::book::Book;
use avstam::config::Config;
use avstam::finding::Text;
use avstam::grid::Grid;
use avstam::read::{self, Input, LeftOut, Options, Why};
use rayon::prelude::*;

use super::{Out, settings};

/// What is read and how it is put together.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Flaggor")]
pub struct Paths {
    /// Filer att läsa; en mapp står för filerna i den
    #[arg(required = true, value_name = "SÖKVÄG", help_heading = "Argument")]
    paths: Vec<PathBuf>,
    /// Varje fil för sig, inte alla som ett underlag; JSON blir då ett objekt per rad
    #[arg(long)]
    each: bool,
    /// Inställningar ur FIL, i stället för närmaste avstam.toml vid den första sökvägen eller ovanför
    #[arg(long, value_name = "FIL")]
    config: Option<PathBuf>,
}

/// What was read.
pub struct Read {
    /// The settings that apply to it.
    pub config: Config,
    pub books: Vec<Book>,
    /// Some input could not be read, in whole or in part.
    pub failed: bool,
    pub each: bool,
}

/// Reads all that the paths hold, in their order, under the settings that apply: one book, or one for each file.
/// `None` where the settings are wrong.
pub fn read(paths: &Paths, out: &mut Out) -> Option<Read> {
    let config = settings::read(paths.config.as_deref(), paths.paths.first().map(PathBuf::as_path), out)?;
    out.prefer(config.language);
    let out: &Out = out;
    let found = take(read::expand(&paths.paths), out);
    let options = Options { worker: std::env::current_exe().ok(), ..Options::default() };
    let read_one = |(i, found): (usize, Result<PathBuf, Input>)| match found {
        Ok(path) => read::read(&path, if paths.each { 0 } else { i }, &options),
        Err(input) => (input, Vec::new()),
    };
    let files: Vec<(Input, Vec<Grid>)> = found.into_par_iter().enumerate().map(read_one).collect();
    files.iter().for_each(|(input, _)| told(input, out));
    let failed = files.iter().any(|(input, _)| input.error.is_some());
    let mut books: Vec<Book> = match paths.each {
        true => files.into_par_iter().map(|(input, grids)| Book::of(vec![input], grids)).collect(),
        false => {
            let (inputs, grids): (Vec<Input>, Vec<Vec<Grid>>) = files.into_iter().unzip();
            vec![Book::of(inputs, grids.into_iter().flatten().collect())]
        }
    };
    books.iter_mut().for_each(|book| book.profile = config.profile.clone());
    Some(Read { config, books, failed, each: paths.each })
}

/// The files to read. A folder that gives none is an input that could not be read; what lies beside the files of a
/// folder is passed over.
fn take(found: Vec<Result<PathBuf, LeftOut>>, out: &Out) -> Vec<Result<PathBuf, Input>> {
    let mut taken = Vec::new();
    for item in found {
        match item {
            Ok(path) => taken.push(Ok(path)),
            Err(LeftOut { path, why: Why::Refused(error) }) => taken.push(Err(Input {
                path,
                sha256: String::new(),
                format: None,
                error: Some(error),
                remarks: Vec::new(),
            })),
            Err(left) => {
                if out.verbose() || matches!(left.why, Why::TooDeep) {
                    let path = left.path.display();
                    out.remark(&Text::new(format!("{path}: {}", left.why.swedish()), format!("{path}: {}", left.why)));
                }
            }
        }
    }
    taken
}

fn told(input: &Input, out: &Out) {
    let path = input.path.display();
    for remark in &input.remarks {
        out.remark(&Text::new(format!("{path}: {}", remark.swedish()), format!("{path}: {remark}")));
    }
    if let Some(error) = &input.error {
        out.fail(&Text::new(format!("{path}: {}", error.swedish()), format!("{path}: {error}")));
    }
}
