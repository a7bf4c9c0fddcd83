//! Reading in another process: a reader that asks for half a terabyte ends that process and not ours.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::error::{Failure, ReadError};
use super::limits::{Allowance, Limits};
use super::{Format, Reading, legacy, wire};

/// What the program is given as its first argument to be a worker.
pub const ARGUMENT: &str = "--worker";

/// Memory and processor time of a worker: a workbook of a million cells takes less than half of either.
const MEMORY: u64 = 512 << 20;
const SECONDS: u64 = 5;
/// Time by the clock, for a machine that is busy or has no limits of its own.
const PATIENCE: Duration = Duration::from_secs(30);

/// Has the program at `worker` read a file's bytes.
pub(super) fn read(
    worker: &Path,
    format: Format,
    bytes: &[u8],
    input: usize,
    limits: &Limits,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    let crashed = |failure| ReadError::Crashed { format: format.code(), failure };
    let mut child = Command::new(worker)
        .arg(ARGUMENT)
        .arg(format.code())
        .args(limits.named().map(|(name, value)| format!("{name}={value}")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| crashed(Failure::NotStarted))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let child = Mutex::new(child);
    let (done, wait_for) = mpsc::channel();
    let (found, late) = std::thread::scope(|scope| {
        // It may end before it has taken all; what it says then tells why.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(bytes)));
        let child = &child;
        let watch = scope.spawn(move || {
            let late = wait_for.recv_timeout(PATIENCE).is_err();
            if late {
                _ = lock(child).kill();
            }
            late
        });
        let found = stdout.and_then(|stdout| wire::read(BufReader::with_capacity(64 << 10, stdout), input));
        _ = done.send(());
        (found, watch.join().unwrap_or(true))
    });
    _ = found.is_none().then(|| lock(&child).kill());
    let status = lock(&child).wait();
    match found {
        Some(whole) => {
            let failed = whole.error.as_ref().is_some_and(|error| !matches!(error, ReadError::Damaged(_)));
            reading.remarks.extend(whole.remarks);
            reading.grids.extend(whole.grids);
            match whole.error {
                Some(error) if failed => Err(error),
                error => {
                    reading.error = reading.error.take().or(error);
                    Ok(())
                }
            }
        }
        None => Err(crashed(if late { Failure::Time } else { status.map_or(Failure::Stopped, failure) })),
    }
}

fn lock(child: &Mutex<Child>) -> std::sync::MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How a worker ended that did not finish.
#[cfg(unix)]
fn failure(status: ExitStatus) -> Failure {
    use std::os::unix::process::ExitStatusExt;
    const ABORT: i32 = 6;
    const OUT_OF_TIME: i32 = 24;
    match status.signal() {
        // The runtime aborts when memory is refused.
        Some(ABORT) => Failure::Memory,
        Some(OUT_OF_TIME) => Failure::Time,
        _ => Failure::Stopped,
    }
}

#[cfg(not(unix))]
fn failure(_: ExitStatus) -> Failure {
    Failure::Stopped
}

/// Entry of the worker process: reads one file from its standard input and writes the grids to its standard output.
/// The arguments are those after [`ARGUMENT`].
pub fn worker_main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    match work(arguments) {
        Some(()) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
    }
}

fn work(arguments: impl Iterator<Item = OsString>) -> Option<()> {
    let mut arguments = arguments.map_while(|argument| argument.into_string().ok());
    let format = match arguments.next()?.as_str() {
        "xlsb" => Format::Xlsb,
        "xls" => Format::Xls,
        _ => return None,
    };
    let mut limits = Limits::default();
    for argument in arguments {
        let (name, value) = argument.split_once('=')?;
        limits.set(name, value.parse().ok()?).then_some(())?;
    }
    confine();
    let mut bytes = Vec::new();
    io::stdin().lock().take(limits.file_bytes).read_to_end(&mut bytes).ok()?;
    let mut reading = Reading::default();
    if let Err(error) = legacy::read(format, &bytes, 0, &mut Allowance::new(&limits), &mut reading) {
        reading.grids.clear();
        reading.error = Some(error);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    wire::write(&reading, &mut out).and_then(|()| out.flush()).ok()
}

/// Bounds this process. Where the system has no such bounds the one that started us watches the clock.
fn confine() {
    #[cfg(unix)]
    for (resource, most) in
        [(rlimit::Resource::AS, MEMORY), (rlimit::Resource::CPU, SECONDS), (rlimit::Resource::CORE, 0)]
    {
        _ = rlimit::setrlimit(resource, most, most);
    }
}
