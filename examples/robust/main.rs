//! What becomes of odd files: runs `check`, `inspect`, `clean` and `convert` of the program over every file of the
//! folders given, each in processes of its own, and prints a table of what they did, how long and with how much memory.
//!
//! `cargo run --release --example robust -- [-v] AVSTAM FOLDER…`, where AVSTAM is the program as built. `-v` prints a
//! line for each run. It ends with 1 where any run panicked, aborted, went over its limits or gave no clear reason.

mod run;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;
use run::{COMMANDS, End, Run};

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == run::MEASURE) {
        return run::measure(&arguments[1..]);
    }
    let verbose = arguments.iter().any(|argument| argument == "-v");
    arguments.retain(|argument| argument != "-v");
    let [program, folders @ ..] = arguments.as_slice() else {
        eprintln!("robust [-v] AVSTAM FOLDER…");
        return ExitCode::from(2);
    };
    let mut files = Vec::new();
    folders.iter().for_each(|folder| walk(Path::new(folder), &mut files));
    files.sort();
    let runs: Vec<Run> = files
        .par_iter()
        .flat_map_iter(|file| COMMANDS.iter().map(|command| run::of(Path::new(program), command, file)))
        .collect();
    if verbose {
        runs.iter().for_each(|run| println!("{run}"));
    }
    tell(&runs, files.len())
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| walk(&entry.path(), files)),
        Err(_) => files.push(path.to_path_buf()),
    }
}

fn tell(runs: &[Run], files: usize) -> ExitCode {
    println!("{files} files, {} runs", runs.len());
    println!(
        "{:8} {:>6} {:>8} {:>7} {:>7} {:>8} {:>8}  slowest",
        "", "read", "refused", "panics", "aborts", "too slow", "too big"
    );
    for command in COMMANDS {
        let own: Vec<&Run> = runs.iter().filter(|run| run.command == *command).collect();
        let count = |is: fn(&Run) -> bool| own.iter().filter(|run| is(run)).count();
        let slowest = own.iter().map(|run| run.millis).max().unwrap_or_default();
        let largest = own.iter().map(|run| run.kilobytes).max().unwrap_or_default();
        println!(
            "{command:8} {:6} {:8} {:7} {:7} {:8} {:8}  {:.2} s, {} MB",
            count(|run| run.end == End::Read),
            count(|run| matches!(run.end, End::Refused(_))),
            count(|run| run.end == End::Panicked),
            count(|run| run.end == End::Aborted),
            count(Run::is_slow),
            count(Run::is_big),
            slowest as f64 / 1000.0,
            largest >> 10
        );
    }
    let mut reasons: BTreeMap<&str, Vec<&Run>> = BTreeMap::new();
    for run in runs.iter().filter(|run| run.command == COMMANDS[0]) {
        if let End::Refused(why) = &run.end {
            reasons.entry(why).or_default().push(run);
        }
    }
    println!("refused by `{}`:", COMMANDS[0]);
    reasons.iter().for_each(|(why, runs)| println!("{:5}  {why}", runs.len()));
    extremes("slowest", runs, |run| run.millis, "ms");
    extremes("largest", runs, |run| run.kilobytes >> 10, "MB");
    let bad: Vec<&Run> = runs.iter().filter(|run| run.is_bad()).collect();
    bad.iter().for_each(|run| println!("BAD {run}"));
    ExitCode::from(u8::from(!bad.is_empty()))
}

fn extremes(what: &str, runs: &[Run], of: fn(&Run) -> u64, unit: &str) {
    let mut sorted: Vec<&Run> = runs.iter().collect();
    sorted.sort_by_key(|run| std::cmp::Reverse(of(run)));
    println!("{what}:");
    sorted.iter().take(5).for_each(|run| println!("{:8} {unit}  {} {}", of(run), run.command, run.file.display()));
}
