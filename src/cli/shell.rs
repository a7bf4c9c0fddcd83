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
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let mut written = clap_mangen::Man::new(command.clone()).render(&mut page);
    for part in command.get_subcommands().filter(|part| !part.is_hide_set()) {
        let section = clap_mangen::Man::new(part.clone());
        let name = part.get_name().to_uppercase();
        page.extend(format!(".SH KOMMANDOT {name}\n").bytes());
        written = written
            .and_then(|()| section.render_description_section(&mut page))
            .and_then(|()| section.render_options_section(&mut page));
    }
    match written {
        Ok(()) => {
            out.write(|to| to.write_all(&page));
            Exit::Holds
        }
        Err(_) => Exit::Failed,
    }
}
