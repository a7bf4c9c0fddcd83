//! Paths → books. What cannot be read is said in one line, and the rest goes on.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use avstam::book::Book;
use avstam::config::NAME;
use avstam::finding::{Language, Text};
use avstam::grid::Grid;
use avstam::marks;
use avstam::parallel;
use avstam::read::{self, Input, LeftOut, Limits, Options, Why};
use avstam::report;
use avstam::table::Table;
use avstam::workbook::{self, Settled};

use super::Out;
use super::progress::Progress;
use super::settings::Settings;

/// Ledgers of no more bytes have their transactions at hand; those of larger ones are read again when they are asked
/// for.
const KEPT: u64 = 2 << 20;

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
    /// Hur mycket som läses av en fil: file, ledger, unpacked, ratio, parts, sheets, cells, text, piece eller nesting
    /// (cells=8000000, file=512MB); felet säger vilken gräns som nåddes
    #[arg(long = "limit", value_name = "NAMN=VÄRDE", value_parser = limit)]
    limits: Vec<(&'static str, u64)>,
}

impl Paths {
    /// Paths that are one book.
    pub fn together(paths: Vec<PathBuf>, config: Option<PathBuf>) -> Paths {
        Paths { paths, each: false, config, limits: Vec::new() }
    }

    /// Another path under the same settings.
    pub fn instead(&self, path: &Path) -> Paths {
        Paths::together(vec![path.to_path_buf()], self.config.clone())
    }
}

/// A limit as the command line says it: `cells=8000000`.
fn limit(text: &str) -> Result<(&'static str, u64), String> {
    let (asked, value) = text.split_once('=').ok_or("skriv NAMN=VÄRDE, till exempel cells=8000000")?;
    let all = Limits::default().named();
    let Some((name, _)) = all.iter().find(|(name, _)| *name == asked.trim()) else {
        let names = all.map(|(name, _)| name).join(", ");
        return Err(format!("\"{asked}\" finns inte: välj bland {names}"));
    };
    let value = Limits::parse(value).ok_or("ange ett antal eller en storlek, till exempel 8000000 eller 512MB")?;
    Ok((name, value))
}

/// What was read.
pub struct Read {
    /// What people wrote beside the findings of cleaned workbooks among it.
    pub settled: Vec<Settled>,
    /// The settings that apply to it.
    pub settings: Settings,
    pub books: Vec<Book>,
    /// Some input could not be read, in whole or in part.
    pub failed: bool,
    pub each: bool,
}

/// Which files make a book together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Together {
    All,
    /// Those of one folder.
    Folder,
    None,
}

/// Reads all that the paths hold, in their order, under the settings that apply: one book, or one for each file.
/// `None` where the settings are wrong.
pub fn read(paths: &Paths, out: &mut Out) -> Option<Read> {
    Files::find(paths, out).map(|files| files.read(Together::All, out))
}

/// Reads all that the paths hold, the files of each folder as one book: a folder is a förbund's own.
pub fn read_folders(paths: &Paths, out: &mut Out) -> Option<Read> {
    Files::find(paths, out).map(|files| files.read(Together::Folder, out))
}

/// The files that the paths hold, to be read, and the settings that apply to them.
pub struct Files {
    pub settings: Settings,
    left: VecDeque<Result<PathBuf, Input>>,
    pub each: bool,
    /// Some input could not be read, in whole or in part.
    pub failed: bool,
    /// What people wrote beside the findings of cleaned workbooks among them.
    settled: Vec<Settled>,
    /// What the settings name and no file so far has: the section and the name.
    unused: Option<Vec<(&'static str, String)>>,
    options: Options,
    progress: Progress,
}

impl Files {
    /// `None` where the settings are wrong.
    pub fn find(paths: &Paths, out: &mut Out) -> Option<Files> {
        let first = paths.paths.first().map_or(Path::new("."), PathBuf::as_path);
        let settings = Settings::read(paths.config.as_deref(), first, out)?;
        out.prefer(settings.config.language);
        let left: VecDeque<_> =
            take(read::expand(&paths.paths), paths.config.as_deref().unwrap_or(&first.join(NAME)), out).into();
        let mut limits = settings.config.limits.clone();
        for (name, value) in &paths.limits {
            limits.set(name, *value);
        }
        let worker = std::env::current_exe().ok();
        let options = Options { limits, worker, keep_transactions: KEPT, ..Options::default() };
        let progress = Progress::new(left.len(), out);
        let (each, failed, settled, unused) = (paths.each, false, Vec::new(), None);
        Some(Files { settings, left, each, failed, settled, unused, options, progress })
    }

    pub fn all_read(&self) -> bool {
        self.left.is_empty()
    }

    /// Reads on: all that is left as one book, or so many files as a book each.
    pub fn next(&mut self, most: usize, out: &Out) -> Vec<Book> {
        match self.each {
            true => self.books(most, Together::None, out),
            false => self.books(usize::MAX, Together::All, out),
        }
    }

    fn read(mut self, together: Together, out: &Out) -> Read {
        let books = self.books(usize::MAX, if self.each { Together::None } else { together }, out);
        let Files { settled, settings, failed, each, .. } = self;
        Read { settled, settings, books, failed, each }
    }

    fn books(&mut self, most: usize, together: Together, out: &Out) -> Vec<Book> {
        let found: Vec<Result<PathBuf, Input>> = self.left.drain(..most.min(self.left.len())).collect();
        let places = places(&found, together);
        let read_one = |found: Result<PathBuf, Input>| {
            let read = match found {
                Ok(path) => read::read(&path, 0, &self.options),
                Err(input) => (input, Vec::new()),
            };
            self.progress.step();
            read
        };
        let files: Vec<(Input, Vec<Grid>)> = parallel::map(found, read_one);
        self.progress.clear();
        files.iter().for_each(|(input, _)| told(input, out));
        self.failed |= files.iter().any(|(input, _)| input.error.is_some());
        self.settled.extend(files.iter().flat_map(|(_, grids)| workbook::settled(grids)));
        let count = places.iter().map(|book| book + 1).max().unwrap_or(usize::from(together == Together::All));
        let mut books: Vec<(Vec<Input>, Vec<Grid>)> = vec![Default::default(); count];
        for ((input, grids), book) in files.into_iter().zip(places) {
            let (inputs, all) = &mut books[book];
            // A cleaned workbook is the files that it was made from.
            for (input, mut grids) in workbook::unpack(input, grids) {
                grids.iter_mut().for_each(|grid| grid.input = inputs.len());
                inputs.push(input);
                all.extend(grids);
            }
        }
        let config = &self.settings.config;
        let of = |(inputs, grids)| Book::told(inputs, grids, &config.glossary);
        let mut books: Vec<Book> = parallel::map(books, of);
        for book in &mut books {
            book.profile = config.profile.clone();
            book.limits = self.options.limits.clone();
            book.follow(config.chart.clone());
        }
        self.tell_unused(&books, out);
        books.iter().for_each(|book| apart(book, out));
        books
    }

    /// What the settings say of labels and sheets that none of the files has: misspelt, or of another year. Told when
    /// all have been read.
    fn tell_unused(&mut self, books: &[Book], out: &Out) {
        let glossary = &self.settings.config.glossary;
        if glossary.is_empty() {
            return;
        }
        let grids: Vec<&Grid> = books.iter().flat_map(|book| &book.grids).collect();
        let tables: Vec<&Table> =
            books.iter().flat_map(|book| &book.statements).map(|statement| &statement.table).collect();
        let here = glossary.unused(&grids, &tables);
        let unused = match self.unused.take() {
            Some(before) => before.into_iter().filter(|(section, name)| here.contains(&(*section, name))).collect(),
            None => here.into_iter().map(|(section, name)| (section, name.to_string())).collect::<Vec<_>>(),
        };
        if self.left.is_empty() {
            for (section, name) in &unused {
                out.remark(&Text::new(
                    format!("{NAME}: \"{name}\" under [{section}] finns inte i filerna och används inte"),
                    format!("{NAME}: \"{name}\" under [{section}] is in none of the files and is not used"),
                ));
            }
        }
        self.unused = Some(unused);
    }
}

/// In which book each file is.
fn places(found: &[Result<PathBuf, Input>], together: Together) -> Vec<usize> {
    let mut books: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let place = |(i, found): (usize, &Result<PathBuf, Input>)| {
        let path = found.as_ref().map_or_else(|input| input.path.as_path(), PathBuf::as_path);
        let next = books.len();
        match together {
            Together::All => 0,
            Together::Folder => *books.entry(path.parent().unwrap_or(Path::new("")).to_path_buf()).or_insert(next),
            Together::None => i,
        }
    };
    found.iter().enumerate().map(place).collect()
}

/// The files to read. A folder that gives none is an input that could not be read; what lies beside the files of a
/// folder is named, unless it is hidden; so are settings that are not those of the run.
fn take(found: Vec<Result<PathBuf, LeftOut>>, settings: &Path, out: &Out) -> Vec<Result<PathBuf, Input>> {
    let (mut taken, mut others) = (Vec::new(), Vec::new());
    for item in found {
        match item {
            Ok(path) => taken.push(Ok(path)),
            Err(LeftOut { path, why: Why::Refused(error) }) => taken.push(Err(Input {
                path,
                sha256: String::new(),
                format: None,
                error: Some(error),
                remarks: Vec::new(),
                ledger: None,
            })),
            Err(left) => {
                let is_named = |own: &str| left.path.file_name().is_some_and(|name| name == own);
                // A folder in the one that is given may be of a förbund with settings of its own.
                if is_named(NAME) && left.path != settings {
                    let path = left.path.display();
                    out.remark(&Text::new(
                        format!("{path}: gäller inte i den här körningen, bara när dess mapp anges för sig"),
                        format!("{path}: does not apply in this run, only where its folder is given by itself"),
                    ));
                }
                if out.verbose() || matches!(left.why, Why::TooDeep) {
                    let path = left.path.display();
                    out.remark(&Text::new(format!("{path}: {}", left.why.swedish()), format!("{path}: {}", left.why)));
                } else if matches!(left.why, Why::OtherKind) && !is_named(NAME) && !is_named(marks::NAME) {
                    others.extend(left.path.file_name().map(|name| name.to_string_lossy().into_owned()));
                }
            }
        }
    }
    if !others.is_empty() {
        let (number, more) = (others.len(), if others.len() > OTHERS { ", …" } else { "" });
        others.truncate(OTHERS);
        let names = others.join(", ");
        out.remark(&Text::new(
            format!("{number} av mappens filer läses inte, för de är av andra slag ({names}{more}; alla med -v)"),
            format!("{number} of the folder's files are not read, being of other kinds ({names}{more}; all with -v)"),
        ));
    }
    taken
}

/// So many files of a folder that are not read are named.
const OTHERS: usize = 3;

/// So many files are each named that are not reconciled with the others.
const MOST_APART: usize = 10;

/// Names the files that are not reconciled with the others.
fn apart(book: &Book, out: &Out) {
    if book.inputs.len() < 2 {
        return;
    }
    if book.is_of_several() {
        let listed = |language| report::bodies::listed(book, language);
        out.remark(&Text::new(
            format!("filerna gäller {}; varje förbund stäms av för sig", listed(Language::Swedish)),
            format!("the files are of {}; each förbund is reconciled by itself", listed(Language::English)),
        ));
    }
    let read = book.inputs.iter().zip(&book.documents).filter(|(input, _)| input.error.is_none());
    let remarks: Vec<Text> = read.filter_map(|(input, about)| about.remark(&input.path, &book.inputs)).collect();
    let named = if out.verbose() || remarks.len() <= MOST_APART { remarks.len() } else { OTHERS };
    remarks[..named].iter().for_each(|remark| out.remark(remark));
    if let Some(more @ 1..) = remarks.len().checked_sub(named) {
        out.remark(&Text::new(
            format!("{more} filer till stäms inte av mot de andra (alla med -v); --each granskar varje fil för sig"),
            format!("{more} more files are not reconciled with the others (all with -v); --each checks each by itself"),
        ));
    }
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
