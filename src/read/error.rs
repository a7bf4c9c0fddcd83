//! Why a file was refused, and what is worth saying about one that was read.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::encoding::Encoding;
use super::limits::Limit;

/// Why a file could not be read. Each message says what is wrong and what to do.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReadError {
    #[error("there is no such file: check the path")]
    Missing,
    #[error("it cannot be opened ({0}): check that it may be read and is not locked by another program")]
    NotReadable(Arc<io::Error>),
    #[error("it is a folder: name the files in it, or give it to a command that takes folders")]
    Folder,
    #[error("the folder holds no file of a kind that can be read (xlsx, xlsm, xlsb, xls, ods, csv, txt, md, SIE)")]
    EmptyFolder,
    #[error("it is empty: save it again from the program that made it")]
    Empty,
    #[error("it is protected by a password: open it, remove the password and save it again")]
    Encrypted,
    #[error("it is cut short or damaged ({0}): fetch it again, or open it in a spreadsheet program and save it again")]
    Truncated(String),
    #[error("part of it is damaged ({0}): open it in a spreadsheet program and save it again; the rest was read")]
    Damaged(String),
    #[error("it is no spreadsheet but {}: {}", .0.english(), .0.advice())]
    NotASpreadsheet(Lookalike),
    #[error("it is larger than what is read: {}", .0.english())]
    TooLarge(Limit),
    #[error("the reader of {format} files failed on it ({}): save it as xlsx and try again", .failure.english())]
    Crashed { format: &'static str, failure: Failure },
    #[error(
        "it is a cleaned workbook whose source sheets (last in it) were taken away or renamed: clean the source again"
    )]
    CleanedWithoutSources,
}

impl ReadError {
    pub fn swedish(&self) -> String {
        match self {
            ReadError::Missing => "filen finns inte: kontrollera sökvägen".into(),
            ReadError::NotReadable(why) => {
                format!("filen går inte att öppna ({why}): kontrollera att den får läsas och inte är låst av ett annat program")
            }
            ReadError::Folder => "det är en mapp: ange filerna i den, eller ett kommando som tar mappar".into(),
            ReadError::EmptyFolder => {
                "mappen innehåller ingen fil av ett slag som går att läsa (xlsx, xlsm, xlsb, xls, ods, csv, txt, md, SIE)".into()
            }
            ReadError::Empty => "filen är tom: spara den på nytt från programmet som gjorde den".into(),
            ReadError::Encrypted => "filen är skyddad med lösenord: öppna den, ta bort lösenordet och spara den på nytt".into(),
            ReadError::Truncated(why) => format!(
                "filen är avhuggen eller skadad ({why}): hämta den på nytt, eller öppna den i ett kalkylprogram och spara om den"
            ),
            ReadError::Damaged(why) => {
                format!("en del av filen är skadad ({why}): öppna den i ett kalkylprogram och spara om den; resten är läst")
            }
            ReadError::NotASpreadsheet(what) => {
                format!("filen är inget kalkylark utan {}: {}", what.swedish(), what.swedish_advice())
            }
            ReadError::TooLarge(limit) => format!("filen är större än vad som läses: {}", limit.swedish()),
            ReadError::Crashed { format, failure } => {
                let why = failure.swedish();
                format!("läsaren av {format}-filer klarade inte filen ({why}): spara den som xlsx och försök igen")
            }
            ReadError::CleanedWithoutSources => {
                "filen är en städad arbetsbok vars källblad (sist i boken) är borttagna eller omdöpta: städa källan på nytt".into()
            }
        }
    }
}

/// How the reader of a format failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Stopped,
    Memory,
    Time,
    /// The process that was to read it could not be started.
    NotStarted,
}

impl Failure {
    fn english(self) -> &'static str {
        match self {
            Failure::Stopped => "it stopped; the file is probably damaged",
            Failure::Memory => "it asked for more memory than one file may take; the file is probably damaged",
            Failure::Time => "it did not finish in time",
            Failure::NotStarted => "its process could not be started",
        }
    }

    fn swedish(self) -> &'static str {
        match self {
            Failure::Stopped => "den stannade; filen är troligen skadad",
            Failure::Memory => "den begärde mer minne än en fil får ta; filen är troligen skadad",
            Failure::Time => "den blev inte klar i tid",
            Failure::NotStarted => "dess process gick inte att starta",
        }
    }
}

/// What a file that is no spreadsheet looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookalike {
    Pdf,
    Word,
    Presentation,
    OpenDocument,
    OldOffice,
    Image,
    Html,
    Xml,
    Rtf,
    Archive,
    Program,
    Binary,
    Numbers,
    /// A sheet of Excel 2 to 5 that lies bare, without the container of later ones.
    AncientExcel,
}

impl Lookalike {
    /// A short word for machines and tests.
    pub fn code(self) -> &'static str {
        match self {
            Lookalike::Pdf => "pdf",
            Lookalike::Word => "docx",
            Lookalike::Presentation => "pptx",
            Lookalike::OpenDocument => "odt",
            Lookalike::OldOffice => "ole",
            Lookalike::Image => "image",
            Lookalike::Html => "html",
            Lookalike::Xml => "xml",
            Lookalike::Rtf => "rtf",
            Lookalike::Archive => "archive",
            Lookalike::Program => "program",
            Lookalike::Binary => "binary",
            Lookalike::Numbers => "numbers",
            Lookalike::AncientExcel => "excel4",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Lookalike::Pdf => "a PDF",
            Lookalike::Word => "a Word document",
            Lookalike::Presentation => "a PowerPoint presentation",
            Lookalike::OpenDocument => "an OpenDocument file of another kind",
            Lookalike::OldOffice => "another kind of old Office file",
            Lookalike::Image => "an image",
            Lookalike::Html => "a web page",
            Lookalike::Xml => "an XML file",
            Lookalike::Rtf => "an RTF document",
            Lookalike::Archive => "an archive",
            Lookalike::Program => "a program",
            Lookalike::Binary => "binary data",
            Lookalike::Numbers => "a Numbers document",
            Lookalike::AncientExcel => "a sheet of Excel 5 or older",
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Lookalike::Archive => "unpack it and give the files in it",
            Lookalike::Html | Lookalike::Xml | Lookalike::OldOffice | Lookalike::Numbers | Lookalike::AncientExcel => {
                "open it in a spreadsheet program and save it as xlsx"
            }
            _ => "copy its tables into a spreadsheet or a text file",
        }
    }

    fn swedish(self) -> &'static str {
        match self {
            Lookalike::Pdf => "en PDF",
            Lookalike::Word => "ett Word-dokument",
            Lookalike::Presentation => "en PowerPoint-presentation",
            Lookalike::OpenDocument => "en OpenDocument-fil av annat slag",
            Lookalike::OldOffice => "en äldre Office-fil av annat slag",
            Lookalike::Image => "en bild",
            Lookalike::Html => "en webbsida",
            Lookalike::Xml => "en XML-fil",
            Lookalike::Rtf => "ett RTF-dokument",
            Lookalike::Archive => "ett arkiv",
            Lookalike::Program => "ett program",
            Lookalike::Binary => "binära data",
            Lookalike::Numbers => "ett Numbers-dokument",
            Lookalike::AncientExcel => "ett blad från Excel 5 eller äldre",
        }
    }

    fn swedish_advice(self) -> &'static str {
        match self {
            Lookalike::Archive => "packa upp det och ange filerna i det",
            Lookalike::Html | Lookalike::Xml | Lookalike::OldOffice | Lookalike::Numbers | Lookalike::AncientExcel => {
                "öppna den i ett kalkylprogram och spara som xlsx"
            }
            _ => "kopiera tabellerna till ett kalkylark eller en textfil",
        }
    }
}

/// Something worth saying about a file that was read: nothing is left out in silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A sheet without cells: a chart, a dialog or a macro sheet.
    SheetSkipped { sheet: String, kind: SheetKind },
    /// Formulas that no program has calculated, so that their results are not known.
    NeverCalculated { formulas: usize },
    /// The text names no encoding; this one fits its letters best.
    EncodingGuessed(Encoding),
    /// The file says that it has one encoding, and its letters have another; they were believed.
    EncodingContradicts { found: Encoding, said: Encoding },
    /// Bytes that are no characters in the encoding, shown as �.
    UndecodableBytes,
    /// The format's reader cannot give all formulas.
    FormulasIncomplete,
    /// Two parts of the package had one name; the last was read.
    DuplicateParts,
    /// There is not one cell in it.
    NoCells,
    /// A row is repeated down the sheet, far beyond its data; it was read once.
    RepeatsLeftOut { sheet: String },
    /// A workbook that avstam cleaned: its sources are read, with the figures that it now has.
    Cleaned,
    /// A workbook that a review of it was put into, whose sheets are left out.
    Annotated,
    /// Figures in the statements of a cleaned workbook that none of its sources has a place for.
    NotOfSource { cells: Vec<String> },
}

/// How many cells a remark names.
const NAMED: usize = 4;

/// `Noter!C5, Noter!C6 and 3 more`.
fn listed(cells: &[String], and_more: &str) -> String {
    let named = cells.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match cells.len().saturating_sub(NAMED) {
        0 => named,
        rest => format!("{named} {}", and_more.replace('#', &rest.to_string())),
    }
}

/// What a sheet that is no worksheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    Chart,
    Dialog,
    Macro,
    /// The workbook names it but does not hold it.
    Absent,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::SheetSkipped { sheet, kind } => {
                let what = match kind {
                    SheetKind::Chart => "is a chart",
                    SheetKind::Dialog => "is a dialog",
                    SheetKind::Macro => "holds macros",
                    SheetKind::Absent => "is named but not in the file",
                };
                write!(f, "the sheet \"{sheet}\" {what} and was not read")
            }
            Remark::NeverCalculated { formulas } => write!(
                f,
                "{formulas} formulas were never calculated: open the file in a spreadsheet program and save it again"
            ),
            Remark::EncodingGuessed(encoding) => write!(f, "read as {encoding}, which fits its letters best"),
            Remark::EncodingContradicts { found, said } => {
                write!(f, "it says that it is {said} but is written in {found}, and was read so")
            }
            Remark::UndecodableBytes => write!(f, "some bytes are no characters and are shown as \u{fffd}"),
            Remark::FormulasIncomplete => write!(f, "not all formulas of this format can be read"),
            Remark::DuplicateParts => write!(f, "two parts of the file have one name; the last one was read"),
            Remark::NoCells => write!(f, "it holds no cells"),
            Remark::RepeatsLeftOut { sheet } => {
                write!(f, "a row that is repeated down the sheet \"{sheet}\" was read once")
            }
            Remark::Cleaned => write!(
                f,
                "a cleaned workbook: its sources are read with the figures that it now has, and places are the sources'"
            ),
            Remark::Annotated => write!(f, "an annotated workbook: the sheets that avstam added are left out"),
            Remark::NotOfSource { cells } => {
                let cells = listed(cells, "and # more");
                write!(f, "figures that the source has no place for are not read: {cells}")
            }
        }
    }
}

impl Remark {
    pub fn swedish(&self) -> String {
        match self {
            Remark::SheetSkipped { sheet, kind } => {
                let what = match kind {
                    SheetKind::Chart => "är ett diagram",
                    SheetKind::Dialog => "är en dialogruta",
                    SheetKind::Macro => "innehåller makron",
                    SheetKind::Absent => "nämns men finns inte i filen",
                };
                format!("bladet \"{sheet}\" {what} och har inte lästs")
            }
            Remark::NeverCalculated { formulas } => {
                format!("{formulas} formler har aldrig beräknats: öppna filen i ett kalkylprogram och spara om den")
            }
            Remark::EncodingGuessed(encoding) => format!("läst som {encoding}, som passar filens bokstäver bäst"),
            Remark::EncodingContradicts { found, said } => {
                format!("filen säger sig vara {said} men är skriven i {found}, och har lästs så")
            }
            Remark::UndecodableBytes => "några byte är inga tecken och visas som \u{fffd}".into(),
            Remark::FormulasIncomplete => "alla formler i det här formatet går inte att läsa".into(),
            Remark::DuplicateParts => "två delar av filen har samma namn; den sista har lästs".into(),
            Remark::NoCells => "den innehåller inga celler".into(),
            Remark::RepeatsLeftOut { sheet } => {
                format!("en rad som upprepas nedåt i bladet \"{sheet}\" har lästs en gång")
            }
            Remark::Cleaned => {
                "en städad arbetsbok: källorna läses med de belopp som nu står i den, och platserna är källornas".into()
            }
            Remark::Annotated => "en annoterad arbetsbok: bladen som avstam lade till läses inte".into(),
            Remark::NotOfSource { cells } => {
                format!("belopp som inte har någon plats i källan läses inte: {}", listed(cells, "och # till"))
            }
        }
    }
}
