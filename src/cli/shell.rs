//! What shells and `man` know of the program, made from the command line itself.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Exit, Out};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Skalet: bash, zsh, fish, elvish eller powershell
    #[arg(value_name = "SKAL", help_heading = "Argument", hide_possible_values = true)]
    shell: Shell,
}

/// `avstam completions`: the names of commands and options, for a shell to fill in.
pub fn completions(args: &Args, out: &mut Out) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut script);
    out.write(|to| to.write_all(&script));
    Exit::Holds
}

/// `avstam man`: the manual page, with a section for each command.
pub fn man(out: &mut Out) -> Exit {
    let command = Cli::command();
    let mut page = Vec::new();
    let whole = clap_mangen::Man::new(command.clone());
    let mut written = whole
        .render_title(&mut page)
        .and_then(|()| whole.render_name_section(&mut page))
        .and_then(|()| whole.render_synopsis_section(&mut page))
        .and_then(|()| whole.render_options_section(&mut page));
    // The commands stand in the one page, where clap_mangen would refer to a page for each.
    for part in command.get_subcommands() {
        let section = clap_mangen::Man::new(part.clone());
        let name = part.get_name().to_uppercase();
        page.extend(format!(".SH KOMMANDOT {name}\n").bytes());
        let about = part.get_about().map(ToString::to_string).unwrap_or_default();
        page.extend(format!("{about}\n").bytes());
        written = written
            .and_then(|()| section.render_options_section(&mut page))
            .and_then(|()| section.render_extra_section(&mut page));
    }
    let written = written.and_then(|()| whole.render_extra_section(&mut page));
    match written {
        Ok(()) => {
            out.write(|to| to.write_all(&page));
            Exit::Holds
        }
        Err(_) => Exit::Failed,
    }
}
