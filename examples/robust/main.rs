//! Reads every file of the folders given and tells what became of them: a trial of the readers on odd files.
//!
//! `cargo run --release --example read_corpus -- [--worker PROGRAM] [-v] FOLDER…`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use avstam::read::{self, Options};

fn main() {
    let mut options = Options::default();
    let mut paths = Vec::new();
    let mut verbose = false;
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--worker") => options.worker = arguments.next().map(PathBuf::from),
            Some("-v") => verbose = true,
            _ => paths.push(PathBuf::from(argument)),
        }
    }
    let mut files = 0;
    let mut cells = 0;
    let mut outcomes: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut times: Vec<(Duration, PathBuf)> = Vec::new();
    for found in read::expand(&paths) {
        let path = match found {
            Ok(path) => path,
            Err(left) => {
                outcomes.entry(format!("left out: {}", left.why)).or_default().push(left.path);
                continue;
            }
        };
        let start = Instant::now();
        let (input, grids) = read::read(&path, files, &options);
        times.push((start.elapsed(), path.clone()));
        files += 1;
        let held: usize = grids.iter().map(|grid| grid.cells().len()).sum();
        cells += held;
        let format = input.format.map_or("?", read::Format::code);
        let outcome = match &input.error {
            None => format!("read {format}"),
            Some(error) => format!("refused {format}: {error}"),
        };
        if verbose {
            println!("{}\t{outcome}\t{} sheets\t{held} cells", path.display(), grids.len());
            input.remarks.iter().for_each(|remark| println!("\t{remark}"));
        }
        outcomes.entry(outcome).or_default().push(path);
    }
    println!("{files} files, {cells} cells, {:.2?}", times.iter().map(|(time, _)| *time).sum::<Duration>());
    for (outcome, paths) in &outcomes {
        println!("{:5}  {outcome}", paths.len());
        if !outcome.starts_with("read") {
            paths.iter().take(5).for_each(|path| println!("         {}", path.display()));
        }
    }
    times.sort();
    println!("slowest:");
    times
        .iter()
        .rev()
        .take(5)
        .for_each(|(time, path)| println!("{:8} ms  {}", time.as_micros() / 1000, path.display()));
    println!("peak memory: {}", peak_memory());
}

/// What the system counts for this process; the worker's memory is its own.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not known here".into(), |line| line.trim().to_string())
}
