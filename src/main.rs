//! Starts the program and gives its exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == avstam::read::WORKER_ARGUMENT) {
        return avstam::read::worker_main(std::env::args_os().skip(2));
    }
    cli::run()
}
