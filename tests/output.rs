//! What is written: whole or not at all, never over a source, and nothing in it runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use avstam::read::{self, Options};

const BOKSLUT: &str = "fixtures/workbooks/arsredovisning-2019.xlsx";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn avstam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_avstam")).args(arguments).current_dir(folder).output().expect("avstam")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with `bokslut.xlsx` in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(root().join(BOKSLUT), folder.path().join("bokslut.xlsx")).expect("a copy");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn workbook(path: &Path) -> bool {
    read::read(path, 0, &Options::default()).0.error.is_none()
}

#[test]
fn no_command_writes_over_a_source() {
    let folder = folder();
    let source = folder.path().join("bokslut.xlsx");
    let before = fs::read(&source).expect("the source");
    let mut targets = vec!["bokslut.xlsx", "./bokslut.xlsx"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&source, folder.path().join("lank.xlsx")).expect("a link");
        fs::hard_link(&source, folder.path().join("tvilling.xlsx")).expect("a hard link");
        targets.extend(["lank.xlsx", "tvilling.xlsx"]);
    }
    // Where the file system takes names in any case, this is the source too.
    if folder.path().join("BOKSLUT.XLSX").exists() {
        targets.push("BOKSLUT.XLSX");
    }
    let there = names(folder.path());
    for command in ["clean", "convert"] {
        for target in &targets {
            let output = avstam(folder.path(), &[command, "bokslut.xlsx", "-o", target]);
            assert_eq!(output.status.code(), Some(2), "{command} {target}");
            assert!(stderr(&output).contains("är en källa"), "{command} {target}: {}", stderr(&output));
        }
    }
    assert_eq!((fs::read(&source).expect("the source"), names(folder.path())), (before, there));
}

#[test]
fn marks_are_not_written_over_a_source() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(root().join(BOKSLUT), folder.path().join("bokslut.xlsx")).expect("a copy");
    fs::write(folder.path().join("avstam.toml"), "[marks]\nfile = \"bokslut.xlsx\"\ninitials = \"AB\"\n")
        .expect("settings");
    let before = fs::read(folder.path().join("bokslut.xlsx")).expect("the source");
    let output = avstam(folder.path(), &["accept", "NO02", "bokslut.xlsx:Noter!B32", "--reason", "prov"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(fs::read(folder.path().join("bokslut.xlsx")).expect("the source"), before);
}

/// No file may grow beyond a few kilobytes, as on a full disk.
#[cfg(unix)]
#[test]
fn on_a_full_disk_nothing_is_left() {
    let folder = folder();
    fs::write(folder.path().join("ut.xlsx"), b"old").expect("an older result");
    let program = env!("CARGO_BIN_EXE_avstam");
    let there = names(folder.path());
    for arguments in
        ["clean bokslut.xlsx -o ut.xlsx", "convert bokslut.xlsx -o ut.xlsx", "convert bokslut.xlsx -o ut.csv"]
    {
        let script = format!("trap '' XFSZ; ulimit -f 4; exec '{program}' {arguments}");
        let output = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("a shell");
        assert_eq!(output.status.code(), Some(2), "{arguments}: {}", stderr(&output));
        let said = stderr(&output);
        assert!(said.contains("går inte att skriva") && said.lines().count() == 1, "{arguments}: {said}");
        assert_eq!(names(folder.path()), there, "{arguments}");
        assert_eq!(fs::read(folder.path().join("ut.xlsx")).expect("the older result"), b"old");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_may_be_written_one_line_says_so() {
    let folder = folder();
    for command in ["clean", "convert"] {
        let output = avstam(folder.path(), &[command, "bokslut.xlsx", "-o", "/proc/ut.xlsx"]);
        assert_eq!((output.status.code(), stderr(&output).lines().count()), (Some(2), 1), "{}", stderr(&output));
        assert!(stderr(&output).contains("går inte att skriva"), "{}", stderr(&output));
    }
    let output = avstam(folder.path(), &["init", "/proc"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

/// A file in its place would end what the pipe is for.
#[cfg(unix)]
#[test]
fn pipes_are_not_replaced() {
    let folder = folder();
    let pipe = folder.path().join("ror.xlsx");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
    for command in ["clean", "convert"] {
        let output = avstam(folder.path(), &[command, "bokslut.xlsx", "-o", "ror.xlsx"]);
        let said = stderr(&output);
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{command}: {said}");
        assert!(said.contains("ror.xlsx är ingen vanlig fil"), "{command}: {said}");
    }
    assert!(!fs::metadata(&pipe).expect("the pipe").is_file());
}

/// Whenever the run is broken off, the target is what it was or what it becomes.
#[cfg(unix)]
#[test]
fn interruption_leaves_the_old_result_or_the_new_one() {
    use nix::sys::signal::{Signal, kill};
    use std::time::Duration;
    let folder = folder();
    let target = folder.path().join("ut.xlsx");
    fs::copy(root().join(BOKSLUT), &target).expect("an older result");
    let old = fs::metadata(&target).expect("the older result").len();
    let mut broken_off = 0;
    for step in 0..20 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_avstam"))
            .args(["clean", "bokslut.xlsx", "-q", "-o", "ut.xlsx"])
            .current_dir(folder.path())
            .spawn()
            .expect("avstam");
        std::thread::sleep(Duration::from_millis(step * 20));
        let process = nix::unistd::Pid::from_raw(i32::try_from(child.id()).expect("a process"));
        // Programs that are started in the background may have been told to ignore the one.
        let signal = if step % 2 == 0 { Signal::SIGINT } else { Signal::SIGTERM };
        _ = kill(process, signal);
        broken_off += usize::from(!child.wait().expect("it ends").success());
        let length = fs::metadata(&target).expect("a result").len();
        assert!(length == old || workbook(&target), "step {step}");
        assert_eq!(names(folder.path()), ["bokslut.xlsx", "ut.xlsx"], "step {step}");
    }
    assert!(broken_off > 0);
}

/// Labels that a spreadsheet program would run, on their way through every form that is written.
#[test]
fn no_text_becomes_a_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = "Not 1 Verksamhetens kostnader\n\n| Belopp i kr | 2023 | 2022 |\n|:--|--:|--:|\n\
        | =HYPERLINK(\"http://x\";\"y\") | 1 200 | 1 100 |\n| @SUM(1+9)*cmd | 600 | 550 |\n| +1+cmd | 400 | 350 |\n\
        | -2+3 | 200 | 200 |\n| **Summa** | 2 400 | 2 200 |\n";
    fs::write(folder.path().join("=not.md"), table).expect("a note");
    let targets = [("clean", "a.xlsx"), ("convert", "b.xlsx"), ("convert", "c.csv")];
    for (command, target) in targets {
        let output = avstam(folder.path(), &[command, "=not.md", "-o", target]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let path: PathBuf = folder.path().join(target);
        let (_, grids) = read::read(&path, 0, &Options::default());
        let all = || grids.iter().flat_map(|grid| grid.cells());
        assert!(all().any(|cell| cell.text().is_some_and(|text| text.contains("HYPERLINK"))), "{target}");
        for cell in all() {
            let formula = cell.formula().unwrap_or_default();
            let runs = ["http", "cmd", "2+3"].iter().any(|word| formula.contains(word));
            assert!(!runs, "{target}: {formula}");
        }
        if target.ends_with("csv") {
            let text = fs::read_to_string(&path).expect("csv");
            let runs = |field: &str| field.trim_matches('"').starts_with(['=', '@', '+']);
            assert!(!text.lines().flat_map(|line| line.split(';')).any(runs), "{text}");
        }
    }
}
