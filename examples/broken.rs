//! Throwaway: prints what broke.
use avstam::relation::Outcome;
fn main() {
    let mut inputs = Vec::new();
    let mut grids = Vec::new();
    for (i, path) in std::env::args().skip(1).enumerate() {
        let (input, g) = avstam::read::read(path.as_ref(), i, &Default::default());
        if input.error.is_some() {
            println!("{} {:?}", path, input.error);
        }
        inputs.push(input);
        grids.extend(g);
    }
    let book = avstam::book::Book::of(inputs, grids);
    let report = avstam::check::check(&book, &Default::default());
    let at =
        |at: avstam::grid::At| format!("{}!{}", book.grids[at.grid as usize].sheet, avstam::grid::a1(at.row, at.col));
    for c in &report.checks {
        let r = &c.relation;
        match c.outcome {
            Outcome::Broke { expected } => println!(
                "BROKE {} {} {:?} stated {} expected {} terms {} {:?} derived {} {:?}",
                r.rule,
                at(r.result.at),
                r.period.map(|p| p.to_string()),
                r.result.figure.unwrap().middle,
                expected,
                r.terms.iter().map(|t| format!("{}*{}", t.coefficient, at(t.at))).collect::<Vec<_>>().join(" "),
                r.severity,
                r.derived,
                book.statements[r.table].name()
            ),
            Outcome::Rounded { expected } => println!(
                "ROUND {} {} stated {} expected {}",
                r.rule,
                at(r.result.at),
                r.result.figure.unwrap().middle,
                expected
            ),
            _ => {}
        }
    }
    for f in &report.findings {
        println!(
            "FIND {} {:?} {} | {}",
            f.rule,
            f.severity,
            f.message.get(Default::default()),
            f.cells.iter().map(|c| at(c.0)).collect::<Vec<_>>().join(" ")
        );
    }
    println!("{:?}", report.tally);
}
