//! Prints the findings of a book: `cargo run --example causes PATH…`.
use avstam::finding::Language;

fn main() {
    let mut inputs = Vec::new();
    let mut grids = Vec::new();
    for (i, path) in std::env::args().skip(1).enumerate() {
        let (input, found) = avstam::read::read(path.as_ref(), i, &Default::default());
        inputs.push(input);
        grids.extend(found);
    }
    let book = avstam::book::Book::of(inputs, grids);
    let report = avstam::check::check(&book, &Default::default());
    let text = |text: &avstam::finding::Text| text.get(Language::Swedish).to_string();
    let broke = report.checks.iter().filter(|check| check.broke()).count();
    println!("{} checks, {broke} broke", report.checks.len());
    for finding in avstam::cause::findings(&book, &report.checks) {
        let at = |at: avstam::grid::At| avstam::grid::a1(at.row, at.col);
        println!("\n{} {} {}", finding.rule, finding.severity.code(), text(&finding.message));
        println!("   suspect {:?} cells {}", finding.suspect.map(at), finding.cells.len());
        for cause in &finding.causes {
            let edits: Vec<String> = cause.edits.iter().map(|e| format!("{} -> {}", at(e.at), e.to)).collect();
            println!("   * {} {} {:?}", cause.slip.code(), text(&cause.text), edits);
        }
        for consequence in &finding.consequences {
            println!("   > {} {}", consequence.rule, text(&consequence.message));
        }
    }
}
