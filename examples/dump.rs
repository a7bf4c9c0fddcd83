//! Throwaway: prints what is understood.
fn main() {
    let mut inputs = Vec::new();
    let mut grids = Vec::new();
    for (i, path) in std::env::args().skip(1).enumerate() {
        let (input, g) = avstam::read::read(path.as_ref(), i, &Default::default());
        println!("{} {:?}", path, input.error);
        inputs.push(input);
        grids.extend(g);
    }
    let book = avstam::book::Book::of(inputs, grids);
    for s in &book.statements {
        println!(
            "\n## {:?} {:?} [{}] {} unit {} cost {} copy {:?} title {:?} ctx {:?}",
            s.kind,
            s.note,
            book.grids[s.table.grid as usize].sheet,
            s.table.area.a1(),
            s.unit.code(),
            s.cost_sign,
            s.copy_of,
            s.table.title.as_ref().map(|t| &t.text),
            s.table.context.iter().map(|t| &t.text).collect::<Vec<_>>()
        );
        for c in s.columns() {
            println!(
                "   col {} {:?} {:?} {:?} {:?}",
                avstam::grid::column_name(c.col),
                c.header,
                c.period.map(|p| p.to_string()),
                c.measure,
                c.entity
            );
        }
        for (i, l) in s.lines().iter().enumerate() {
            let e: Vec<String> = l
                .entries
                .iter()
                .map(|e| match e.figure() {
                    Some(f) => format!("{}{}", f.amount.value, if f.percent { "%" } else { "" }),
                    None => format!("{e:?}"),
                })
                .collect();
            println!(
                "   {i:3} r{} {:8} {:40.40} {:?} {:?} {}",
                l.row + 1,
                l.role.code(),
                l.label,
                l.note.map(|n| n.number),
                l.concept.map(|c| (c.concept.code(), c.sure)),
                e.join(" | ")
            );
        }
        for sum in &s.sums {
            println!(
                "   sum {} = {:?} tested {} held {} left_out {:?} declared {}",
                sum.result, sum.terms, sum.tested, sum.held, sum.left_out, sum.declared
            );
        }
    }
    println!("prose {}", book.prose.len());
}
