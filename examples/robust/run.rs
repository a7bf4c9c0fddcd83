//! One run of the program, measured.
//!
//! The system tells the memory of finished children only as the largest of them all, so each run has a process of its
//! own around it: this program once more, which starts it, waits and says what it took.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The first argument that makes this program the process around a run.
pub const MEASURE: &str = "--measure";

pub const COMMANDS: &[&str] = &["check", "inspect", "clean", "convert"];

/// What a run may take: processor time of all its threads and processes, and memory that is really used.
const MILLIS: u64 = 5_000;
const KILOBYTES: u64 = 512 << 10;
/// By the clock, for a run that sleeps; the machine may be busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Read,
    /// With one line for the file, without what differs from file to file.
    Refused(String),
    Panicked,
    Aborted,
    /// Refused, but not in one line that names the file.
    Unclear(String),
}

pub struct Run {
    pub command: &'static str,
    pub file: PathBuf,
    pub end: End,
    /// Processor time.
    pub millis: u64,
    /// The most memory that one of its processes held.
    pub kilobytes: u64,
}

impl Run {
    pub fn is_slow(&self) -> bool {
        self.millis > MILLIS
    }

    pub fn is_big(&self) -> bool {
        self.kilobytes > KILOBYTES
    }

    pub fn is_bad(&self) -> bool {
        self.is_slow() || self.is_big() || !matches!(self.end, End::Read | End::Refused(_))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Run { command, file, end, millis, kilobytes } = self;
        write!(f, "{command}\t{}\t{end:?}\t{millis} ms\t{} MB", file.display(), kilobytes >> 10)
    }
}

/// Runs a command of the program over a file.
pub fn of(program: &Path, command: &'static str, file: &Path) -> Run {
    let own = std::env::current_exe().expect("this program");
    let output = Command::new(own).arg(MEASURE).args([program, Path::new(command), file]).output();
    let output = output.expect("this program starts");
    let mut told = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = told.split_off(told.find('\n').map_or(told.len(), |at| at + 1));
    let mut fields = told.split_whitespace().map(|field| field.parse::<u64>().unwrap_or(u64::MAX));
    let mut field = || fields.next().unwrap_or(u64::MAX);
    let (code, millis, kilobytes) = (field(), field(), field());
    Run { command, file: file.to_path_buf(), end: end(code, &said, file), millis, kilobytes }
}

/// How the program ended, by its exit code and what it said on standard error.
fn end(code: u64, said: &str, file: &Path) -> End {
    let begins = format!("avstam: {}: ", file.display());
    // Remarks stand on lines of their own; what is refused is said last.
    let reasons: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix(&begins)).collect();
    match code {
        _ if said.contains("a fault in avstam itself") || said.contains("panicked at") => End::Panicked,
        0 | 1 => End::Read,
        2 if reasons.is_empty() => End::Unclear(said.trim().to_owned()),
        2 => End::Refused(general(reasons[reasons.len() - 1])),
        _ => End::Aborted,
    }
}

/// A reason without the words between parentheses and without figures.
fn general(reason: &str) -> String {
    let mut depth = 0usize;
    let plain = reason.chars().filter(|c| {
        depth += usize::from(*c == '(');
        let inside = depth > 0;
        depth = depth.saturating_sub(usize::from(*c == ')'));
        !inside
    });
    plain.map(|c| if c.is_ascii_digit() { '#' } else { c }).collect::<String>().replace(" :", ":")
}

/// The process around a run: starts the program on a command and a file, and prints its exit code, the milliseconds
/// of processor time and the kilobytes of memory that it took, and then what it said.
pub fn measure(arguments: &[String]) -> ExitCode {
    let [program, command, file] = arguments else { return ExitCode::from(2) };
    let folder = tempfile::tempdir().expect("a folder to write in");
    let mut run = Command::new(program);
    run.args([command, file, "--lang", "en"]).stdout(Stdio::null()).stderr(Stdio::piped()).stdin(Stdio::null());
    match command.as_str() {
        "clean" => _ = run.arg("-o").arg(folder.path().join("out.xlsx")),
        "convert" => _ = run.arg("-o").arg(folder.path().join("out.csv")),
        _ => {}
    }
    let child = run.spawn().expect("the program starts");
    let process = Pid::from_raw(i32::try_from(child.id()).expect("a process"));
    let (done, wait_for) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        let late = wait_for.recv_timeout(PATIENCE).is_err();
        if late {
            _ = kill(process, Signal::SIGKILL);
        }
        late
    });
    let start = Instant::now();
    let output = child.wait_with_output().expect("it ends");
    _ = done.send(());
    let late = watch.join().unwrap_or(true);
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let millis =
        |time: nix::sys::time::TimeVal| u64::try_from(time.tv_sec() * 1000 + time.tv_usec() / 1000).unwrap_or(0);
    let processor = millis(used.user_time()) + millis(used.system_time());
    let taken = if late { start.elapsed().as_millis() as u64 } else { processor };
    // A signal has no code: 134 stands for them all.
    println!("{} {taken} {}", output.status.code().unwrap_or(134), used.max_rss());
    print!("{}", String::from_utf8_lossy(&output.stderr));
    ExitCode::SUCCESS
}
