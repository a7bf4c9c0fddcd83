//! Standard output and standard error: the report alone on the one, remarks on the other.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use avstam::finding::{Language, Text};
use avstam::report::terminal::Look;

use super::{Color, Common, Exit};

/// Where a command writes.
pub struct Out {
    common: Common,
    language: Language,
    broken: bool,
}

impl Out {
    pub fn new(common: Common) -> Out {
        Out { common, language: common.language().unwrap_or_default(), broken: false }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// Takes the language of the settings, unless the command line asks for one.
    pub fn prefer(&mut self, language: Option<Language>) {
        self.language = self.common.language().or(language).unwrap_or_default();
    }

    pub fn verbose(&self) -> bool {
        self.common.verbose
    }

    pub fn quiet(&self) -> bool {
        self.common.quiet
    }

    /// How text for people is to look here.
    pub fn look(&self) -> Look {
        Look { language: self.language(), width: width(), quiet: self.common.quiet, verbose: self.common.verbose }
    }

    fn choice(&self) -> ColorChoice {
        match self.common.color {
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }

    /// Writes the report. Nothing else goes to standard output.
    pub fn report(&mut self, text: &str) {
        self.write(|out| out.write_all(text.as_bytes()));
    }

    /// Lets the report write itself.
    pub fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.broken {
            return;
        }
        // Standard output itself goes to the system with every line, and what takes colours away cuts lines up.
        let out: Box<dyn Write> = Box::new(io::BufWriter::new(io::stdout().lock()));
        let mut out = io::BufWriter::new(AutoStream::new(out, self.choice()));
        let result = write(&mut out).and_then(|()| out.flush());
        // Who reads may have seen enough (`| head`).
        self.broken = result.is_err();
    }

    /// One line about the run itself, on standard error.
    pub fn remark(&self, text: &Text) {
        if !self.common.quiet {
            self.say(text);
        }
    }

    /// One line that is said even when quiet, for it changes how the program ends.
    pub fn fail(&self, text: &Text) -> Exit {
        self.say(text);
        Exit::Failed
    }

    fn say(&self, text: &Text) {
        let line = text.get(self.language()).split(['\n', '\r']).collect::<Vec<_>>().join(" ");
        _ = writeln!(io::stderr().lock(), "avstam: {line}");
    }
}

/// The width of the terminal where the shell tells it; else one that fits most.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    told.filter(|width| (40..=400).contains(width)).unwrap_or(100)
}
