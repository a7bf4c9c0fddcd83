//! What the program is not able to do, held where it is decided: in the lints and in the list of packages.

use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

#[test]
fn unsafe_code_is_forbidden() {
    assert!(read("Cargo.toml").contains("[lints.rust]\nunsafe_code = \"forbid\"\n"));
}

/// The packages that `deny.toml` bans are those that open connections.
#[test]
fn no_package_opens_connections() {
    let deny = read("deny.toml");
    let banned: Vec<&str> =
        deny.lines().filter_map(|line| line.trim().strip_prefix("{ crate = \"")?.strip_suffix("\" },")).collect();
    assert!(banned.contains(&"hyper") && banned.contains(&"tokio") && banned.is_sorted());
    let lock = read("Cargo.lock");
    let locked: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(locked.len() > 50);
    let found: Vec<&&str> = banned.iter().filter(|name| locked.contains(name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

/// Nor does our own code: the standard library's sockets are used nowhere.
#[test]
fn no_code_opens_connections() {
    fn walk(folder: &Path, faults: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, faults);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                let named = ["std::net", "TcpStream", "UdpSocket", "UnixStream"].iter().any(|name| text.contains(name));
                faults.extend(named.then(|| path.display().to_string()));
            }
        }
    }
    let mut faults = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut faults);
    assert!(faults.is_empty(), "{faults:?}");
}
