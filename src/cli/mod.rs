//! The command line: what may be asked, and the only place that prints.

mod check;
mod clean;
mod explain;
mod fault;
mod inputs;
mod inspect;
mod mistake;
mod output;
mod prova;
mod rules;
mod settings;

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
    #[command(alias = "granska", help_template = TEMPLATE, override_usage = "avstam check [FLAGGOR] SÖKVÄG…")]
    Check(check::Args),
    /// Skriv en städad arbetsbok i det gemensamma formatet (även: städa)
    #[command(aliases = ["städa", "stada"], help_template = TEMPLATE)]
    #[command(override_usage = "avstam clean [FLAGGOR] SÖKVÄG… -o UT.xlsx")]
    Clean(clean::Args),
    /// Visa vad som förstods: tabeller, kolumner, rader, begrepp, summor (även: visa)
    #[command(alias = "visa", help_template = TEMPLATE, override_usage = "avstam inspect [FLAGGOR] SÖKVÄG…")]
    Inspect(inspect::Args),
    /// Pröva vad som skulle upptäckas: fel läggs in i beloppen ett i taget, i minnet (även: trial)
    #[command(alias = "trial", help_template = TEMPLATE, override_usage = "avstam prova [FLAGGOR] SÖKVÄG…")]
    Prova(prova::Args),
    /// Lista reglerna (även: regler)
    #[command(alias = "regler", help_template = TEMPLATE, override_usage = "avstam rules [FLAGGOR]")]
    Rules(rules::Args),
    /// Förklara en regel: vad den hittar, varför det spelar roll, vad man gör (även: förklara)
    #[command(aliases = ["förklara", "forklara"], help_template = TEMPLATE)]
    #[command(override_usage = "avstam explain [FLAGGOR] KOD")]
    Explain(explain::Args),
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
        Command::Inspect(args) => inspect::run(&args, &mut out),
        Command::Prova(args) => prova::run(&args, &mut out),
        Command::Rules(args) => rules::run(&args, &mut out),
        Command::Explain(args) => explain::run(&args, &mut out),
    });
    catch_unwind(command).unwrap_or_else(|_| Out::new(cli.common).fail(&fault::told())).into()
}
