//! The command line: what may be asked, and the only place that prints.

mod accept;
mod check;
mod clean;
mod convert;
mod diff;
mod explain;
mod fault;
mod init;
mod inputs;
mod inspect;
mod mistake;
mod output;
mod progress;
mod prova;
mod rules;
mod save;
mod settings;
mod shell;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use avstam::finding::Language;
use clap::{Parser, Subcommand, ValueEnum};

pub use output::Out;

/// How the program ends: a promise to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All that could be tested holds.
    Holds,
    /// There are findings of severity error or warning.
    Findings,
    /// It could not run, or could not read some input.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Holds => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}

const TEMPLATE: &str = "{about-with-newline}\nAnvändning: {usage}\n\n{all-args}{after-help}";

const CHECK_EXAMPLES: &str = "\
Exempel:
  avstam check bokslut.xlsx                 hela rapporten
  avstam check bokslut-2024/                alla filer i en mapp, ett underlag
  avstam check bokslut.xlsx --select KF,BR  bara kassaflöde och balansräkning
  avstam check bokslut.xlsx --format json > förra.json
  avstam check bokslut.xlsx --baseline förra.json";

const ACCEPT_EXAMPLES: &str = "\
Exempel:
  avstam check bokslut.xlsx --format short  visar kod och plats
  avstam accept NO02 'bokslut.xlsx:Noter!B32' --initials AB \\
      --reason \"Avrundning, stämt av mot huvudboken\"";

const COMPLETIONS_EXAMPLES: &str = "\
Exempel:
  avstam completions bash > ~/.local/share/bash-completion/completions/avstam";

/// Stämmer av budget och årsredovisning: läser arken som de är och säger vad som inte stämmer, varför, och vad det
/// borde vara.
#[derive(Debug, Parser)]
#[command(
    name = "avstam",
    version,
    help_template = TEMPLATE,
    override_usage = "avstam [FLAGGOR] KOMMANDO",
    subcommand_help_heading = "Kommandon",
    subcommand_value_name = "KOMMANDO",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    arg_required_else_help = true,
    after_help = "Slutkoder: 0 allt som kunde prövas stämmer · 1 det finns fel eller varningar · 2 något gick inte att \
                  läsa eller köra\nExempel:   avstam check bokslut.xlsx"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command understands.
#[derive(Clone, Copy, Debug, clap::Args)]
#[command(next_help_heading = "Gemensamma flaggor")]
pub struct Common {
    /// Språk i det som skrivs ut: sv (om inget sägs) eller en
    #[arg(long, global = true, value_name = "SPRÅK", hide_possible_values = true)]
    lang: Option<Lang>,
    /// Färger: auto (om inget sägs), always eller never
    #[arg(long, global = true, value_name = "NÄR", default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    color: Color,
    /// Bara det som hittades, inga anmärkningar och ingen sammanfattning
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Allt: också det som annars bara räknas
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// Visa hjälp
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Visa version
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Sv,
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Common {
    /// The language that the command line asks for.
    fn language(&self) -> Option<Language> {
        self.lang.map(|lang| match lang {
            Lang::Sv => Language::Swedish,
            Lang::En => Language::English,
        })
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Stäm av filerna och rapportera vad som inte stämmer (även: granska)
    #[command(alias = "granska", help_template = TEMPLATE, override_usage = "avstam check [FLAGGOR] SÖKVÄG…", after_help = CHECK_EXAMPLES)]
    Check(check::Args),
    /// Skriv en städad arbetsbok i det gemensamma formatet (även: städa)
    #[command(aliases = ["städa", "stada"], help_template = TEMPLATE)]
    #[command(override_usage = "avstam clean [FLAGGOR] SÖKVÄG… -o UT.xlsx")]
    #[command(after_help = "Exempel:   avstam clean bokslut.xlsx -o städad.xlsx")]
    Clean(clean::Args),
    /// Skriv det gemensamma formatet som data, en rad per belopp: xlsx, csv, json, parquet (även: konvertera)
    #[command(alias = "konvertera", help_template = TEMPLATE)]
    #[command(override_usage = "avstam convert [FLAGGOR] SÖKVÄG… -o UT")]
    Convert(convert::Args),
    /// Visa vad som skiljer två versioner av samma bokslut, rad för rad och inte cell för cell (även: jämför)
    #[command(aliases = ["jämför", "jamfor"], help_template = TEMPLATE, after_help = diff::AFTER_HELP)]
    #[command(override_usage = "avstam diff [FLAGGOR] GAMMAL NY")]
    Diff(diff::Args),
    /// Visa vad som förstods: tabeller, kolumner, rader, begrepp, summor (även: visa)
    #[command(alias = "visa", help_template = TEMPLATE, override_usage = "avstam inspect [FLAGGOR] SÖKVÄG…")]
    #[command(after_help = "Exempel:   avstam inspect bokslut.xlsx")]
    Inspect(inspect::Args),
    /// Pröva vad som skulle upptäckas: fel läggs in i beloppen ett i taget, i minnet (även: trial)
    #[command(alias = "trial", help_template = TEMPLATE, override_usage = "avstam prova [FLAGGOR] SÖKVÄG…")]
    #[command(after_help = "Exempel:   avstam prova bokslut.xlsx")]
    Prova(prova::Args),
    /// Godkänn en avvikelse, så länge dess belopp står kvar (även: godkänn)
    #[command(aliases = ["godkänn", "godkann"], help_template = TEMPLATE)]
    #[command(override_usage = "avstam accept KOD PLATS [SÖKVÄG…] --reason TEXT [--initials XX]")]
    #[command(after_help = ACCEPT_EXAMPLES)]
    Accept(accept::Args),
    /// Skriv en kommenterad inställningsfil, avstam.toml, efter vad som finns i mappen (även: börja)
    #[command(aliases = ["börja", "borja"], help_template = TEMPLATE, override_usage = "avstam init [MAPP]")]
    #[command(after_help = "Exempel:   avstam init bokslut-2024")]
    Init(init::Args),
    /// Lista reglerna (även: regler)
    #[command(alias = "regler", help_template = TEMPLATE, override_usage = "avstam rules [FLAGGOR]")]
    #[command(after_help = "Exempel:   avstam rules --format json")]
    Rules(rules::Args),
    /// Förklara en regel: vad den hittar, varför det spelar roll, vad man gör (även: förklara)
    #[command(aliases = ["förklara", "forklara"], help_template = TEMPLATE)]
    #[command(override_usage = "avstam explain [FLAGGOR] KOD", after_help = "Exempel:   avstam explain KF02")]
    Explain(explain::Args),
    /// Manualsidan, för `man`
    #[command(help_template = TEMPLATE, override_usage = "avstam man > avstam.1")]
    #[command(after_help = "Exempel:   avstam man > avstam.1 && man ./avstam.1")]
    Man,
    /// Komplettering av kommandon och flaggor i ett skal
    #[command(help_template = TEMPLATE, override_usage = "avstam completions SKAL")]
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(shell::Args),
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    fault::keep_quiet();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return mistake::answer(&error, &arguments),
    };
    let mut out = Out::new(cli.common);
    let command = AssertUnwindSafe(|| match cli.command {
        Command::Check(args) => check::run(&args, &mut out),
        Command::Clean(args) => clean::run(&args, &mut out),
        Command::Convert(args) => convert::run(&args, &mut out),
        Command::Diff(args) => diff::run(&args, &mut out),
        Command::Inspect(args) => inspect::run(&args, &mut out),
        Command::Prova(args) => prova::run(&args, &mut out),
        Command::Accept(args) => accept::run(&args, &mut out),
        Command::Init(args) => init::run(&args, &mut out),
        Command::Man => shell::man(&mut out),
        Command::Completions(args) => shell::completions(&args, &mut out),
        Command::Rules(args) => rules::run(&args, &mut out),
        Command::Explain(args) => explain::run(&args, &mut out),
    });
    catch_unwind(command).unwrap_or_else(|_| Out::new(cli.common).fail(&fault::told())).into()
}
