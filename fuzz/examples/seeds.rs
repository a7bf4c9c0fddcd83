//! Writes the first inputs of every target to `corpus/`, from the fixtures of the program.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use avstam::grid::{Grid, Value};

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = here.join("../fixtures");
    let mut files = Vec::new();
    walk(&fixtures, &mut files);
    files.sort();
    let mut seeds = Seeds { folder: here.join("corpus"), count: 0 };
    for file in files {
        let bytes = fs::read(&file).expect("a fixture");
        match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
            "xlsx" => {
                seeds.add("package", &bytes);
                seeds.workbook(&file);
            }
            "ods" => {
                seeds.add("package", &bytes);
                part(&file, "content.xml").into_iter().for_each(|part| seeds.add("ods", &part));
            }
            "csv" => seeds.add("text", &[&[0], bytes.as_slice()].concat()),
            "txt" => {
                seeds.add("text", &[&[1], bytes.as_slice()].concat());
                seeds.pages(0, &bytes);
            }
            "md" => {
                seeds.add("text", &[&[2], bytes.as_slice()].concat());
                seeds.pages(1, &bytes);
                let text = String::from_utf8_lossy(&bytes);
                // The ledgers of the rules' fixtures stand in blocks.
                text.split("```sie\n").skip(1).for_each(|rest| {
                    seeds.add("sie", rest.split("```").next().unwrap_or_default().as_bytes());
                });
                seeds.tables(&avstam_fuzz::read("md", &bytes).1);
            }
            "se" | "si" | "sie" => seeds.add("sie", &bytes),
            _ => {}
        }
    }
    for text in
        ["1 234,50", "(12)", "-5 tkr", "1.234,5", "5 000 1)", "12 %", "kr 4:-", "1689 729", "Inga", "\u{2212}3,0 mkr*"]
    {
        seeds.add("amounts", text.as_bytes());
    }
    // Four figures, and the first the sum of the others but for a slip.
    seeds.add("causes", &[1, 0, 60, 0, 0, 10, 0, 0, 20, 0, 0, 31, 0, 0, 0, 2, 1]);
    println!("{} seeds", seeds.count);
}

struct Seeds {
    folder: PathBuf,
    count: usize,
}

impl Seeds {
    fn add(&mut self, target: &str, bytes: &[u8]) {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder).expect("a folder");
        // What is long costs time and finds little.
        fs::write(folder.join(format!("seed-{:04}", self.count)), &bytes[..bytes.len().min(16 << 10)]).expect("a seed");
        self.count += 1;
    }

    fn workbook(&mut self, file: &Path) {
        let strings = part(file, "xl/sharedStrings.xml").unwrap_or_default();
        let styles = part(file, "xl/styles.xml").unwrap_or_default();
        for number in 1..4 {
            let Some(sheet) = part(file, &format!("xl/worksheets/sheet{number}.xml")) else { break };
            let cut = |part: &[u8]| part[..part.len().min(4 << 10)].to_vec();
            let parts = [cut(&sheet), vec![0], cut(&strings), vec![0], cut(&styles)].concat();
            self.add("xlsx", &parts);
            self.add("plain", &parts);
        }
        self.tables(&avstam_fuzz::read("xlsx", &fs::read(file).expect("a fixture")).1);
    }

    /// A text in pieces of so many lines that each holds a table, as it is and in words.
    fn pages(&mut self, kind: u8, text: &[u8]) {
        let lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
        for page in lines.chunks(40) {
            let page = page.concat();
            let page = &page[..page.len().min(4 << 10)];
            self.add("transcripts", &[&[kind], page].concat());
            if kind == 0 {
                self.add("copied", &avstam_fuzz::copied::bytes(&String::from_utf8_lossy(page)));
            }
        }
    }

    fn tables(&mut self, grids: &[Grid]) {
        for grid in grids {
            let mut text = String::new();
            let mut next = 0;
            for (row, cells) in grid.rows().take(60) {
                text.extend(std::iter::repeat_n('\n', (row - next) as usize));
                next = row;
                let mut col = 0;
                for cell in cells {
                    text.extend(std::iter::repeat_n('\t', (cell.col - col) as usize));
                    col = cell.col;
                    match &cell.value {
                        Value::Number(amount) => text.push_str(&amount.value.to_string()),
                        Value::Text(words) => text.push_str(&words.replace(['\t', '\n'], " ")),
                        _ => {}
                    }
                }
            }
            self.add("tables", text.as_bytes());
        }
    }
}

fn part(file: &Path, name: &str) -> Option<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(File::open(file).ok()?).ok()?;
    let mut bytes = Vec::new();
    zip.by_name(name).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| walk(&entry.path(), files)),
        Err(_) => files.push(path.to_path_buf()),
    }
}
