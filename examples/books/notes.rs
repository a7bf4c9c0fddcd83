//! Notes: what the lines of the statements consist of.

use crate::random::Random;
use crate::table::{Column, Figure, Look, Maker, Part, Row, Table};

impl Maker<'_> {
    pub fn notes(&mut self) -> Vec<Table> {
        let columns = self.actual(2);
        let mut notes = vec![self.income_note(&columns), self.cost_note(&columns)];
        notes.push(self.plain_note(
            3,
            "Kortfristiga fordringar",
            &["Momsfordran", "Kundfordringar", "Förutbetalda kostnader"],
            |y| y.receivables,
        ));
        notes.push(self.plain_note(4, "Upplupna kostnader och förutbetalda intäkter", &[], |y| y.liabilities));
        notes
    }

    fn note(&mut self, number: u32, name: &str, columns: &[Column], rows: Vec<Row>) -> Table {
        let title = match self.style.statement_form {
            0 => format!("Not {number}. {name}"),
            1 => format!("Not {number} {name}"),
            2 => format!("NOT {number} – {}", name.to_uppercase()),
            3 => format!("Not {number}: {name}"),
            _ => format!("Not {number} {name}"),
        };
        let sheet = self.word("sheet.no");
        Table { part: Part::Note(number), title, sheet, columns: columns.to_vec(), rows }
    }

    fn total(&mut self, columns: &[Column], rows: &[Row]) -> Row {
        let mut total = self.row("note.total", Look::Total, columns, |_, _| 0);
        for (i, figure) in total.figures.iter_mut().enumerate() {
            let amounts = rows.iter().filter(|row| row.look == Look::Line).map(|row| row.figures[i]);
            *figure = Figure::Amount(amounts.map(|f| if let Figure::Amount(amount) = f { amount } else { 0 }).sum());
        }
        total
    }

    fn income_note(&mut self, columns: &[Column]) -> Table {
        let (towns, region) = (self.forbund.municipalities.clone(), self.forbund.region);
        let form = self.random.below(4);
        let name = |who: &str| match form {
            0 => format!("Driftbidrag från {who}"),
            1 => format!("Bidrag {who}"),
            2 => format!("Medlemsavgift {who}"),
            _ => who.to_string(),
        };
        let state =
            ["staten", "Försäkringskassan", "staten (Försäkringskassan)", "Försäkringskassan/Arbetsförmedlingen"];
        let mut rows = Vec::new();
        let halves = self.random.chance(20);
        if halves {
            rows.push(self.named("member.agency".into(), &name("Försäkringskassan"), columns, |y| y.state / 2));
            rows.push(
                self.named("member.service".into(), &name("Arbetsförmedlingen"), columns, |y| y.state - y.state / 2),
            );
        } else {
            let who = name(self.random.pick(&state));
            rows.push(self.named("member.state".into(), &who, columns, |y| y.state));
        }
        rows.push(self.named("member.region".into(), &name(region), columns, |y| y.region));
        let genitive = |town: &str| if town.ends_with('s') { town.to_string() } else { format!("{town}s") };
        for (i, town) in towns.iter().enumerate() {
            let who = if self.random.chance(30) { genitive(town) } else { town.to_string() };
            rows.push(
                self.named(format!("member.{i}"), &name(&format!("{who} kommun")), columns, move |y| {
                    y.municipalities[i]
                }),
            );
        }
        if self.forbund.has.cofinancing {
            rows.push(self.named("cofinancing".into(), "Medfinansiering insats", columns, |y| y.cofinancing));
        }
        rows.push(self.total(columns, &rows));
        self.note(1, "Verksamhetens intäkter", columns, rows)
    }

    fn cost_note(&mut self, columns: &[Column]) -> Table {
        let names = self.forbund.costs.clone();
        let sign = if self.random.chance(30) { self.cost() } else { 1 };
        let mut rows: Vec<Row> = Vec::new();
        let special = self.forbund.insatser;
        let sections = self.random.chance(25);
        for (i, name) in names.iter().enumerate() {
            if sections && (i == 0 || i == special) {
                let title = if i == 0 { "Administration" } else { "Insatser" };
                let figures = vec![Figure::Blank; columns.len()];
                rows.push(Row {
                    key: "note.heading".into(),
                    label: title.into(),
                    look: Look::Heading,
                    note: None,
                    figures,
                });
            }
            rows.push(self.named(format!("note.row.{i}"), name, columns, move |y| sign * y.costs[i]));
        }
        rows.push(self.total(columns, &rows));
        self.note(2, "Verksamhetens kostnader", columns, rows)
    }

    /// A note of three rows, or of two where the statement shows the third by itself.
    fn plain_note(
        &mut self,
        number: u32,
        name: &str,
        labels: &[&str],
        parts: fn(&crate::forbund::Year) -> [i64; 3],
    ) -> Table {
        let columns = self.actual(2);
        let labels: Vec<&str> = match labels {
            [] => vec!["Leverantörsskulder", "Upplupna kostnader", "Förutbetalda intäkter"],
            labels => labels.to_vec(),
        };
        let mut rows: Vec<Row> = labels
            .iter()
            .enumerate()
            .map(|(i, label)| self.named(format!("note.row.{i}"), label, &columns, move |y| parts(y)[i]))
            .collect();
        rows.push(self.total(&columns, &rows));
        self.note(number, name, &columns, rows)
    }
}

/// Makes the notes say what the lines that refer to them say; drops those without a line, numbers the rest anew.
pub fn settle(
    notes: &mut Vec<Table>,
    statements: &mut [Table],
    forbund: &crate::forbund::Forbund,
    random: &mut Random,
) {
    let refers = |number: u32, statements: &[Table]| {
        let rows = statements.iter().flat_map(|table| &table.rows);
        rows.filter(|row| row.note == Some(number)).map(|row| row.key.clone()).next()
    };
    notes.retain(|note| matches!(note.part, Part::Note(number) if refers(number, statements).is_some()));
    for note in notes.iter_mut() {
        let Part::Note(number) = note.part else { continue };
        let Some(key) = refers(number, statements) else { continue };
        if number == 4 && key == "br.accrued" {
            accrued(note, statements, forbund, random);
        }
    }
    let mut renumbered = 0;
    for note in notes.iter_mut() {
        let Part::Note(number) = note.part else { continue };
        renumbered += 1;
        let rows = statements.iter_mut().flat_map(|table| &mut table.rows);
        rows.filter(|row| row.note == Some(number)).for_each(|row| row.note = Some(renumbered));
        note.title = note.title.replacen(&number.to_string(), &renumbered.to_string(), 1);
        note.part = Part::Note(renumbered);
    }
}

/// Says of a line or two what a part of it is, right below it.
pub fn add_parts(notes: &mut [Table], random: &mut Random) {
    const PARTS: [&str; 6] = [
        "varav semesterlöneskuld",
        "därav arbetsgivaravgifter",
        "- varav projektmedel",
        "Varav moms",
        "varav avser tidigare år",
        "  därav interna kostnader",
    ];
    for note in notes.iter_mut() {
        let lines: Vec<usize> = (0..note.rows.len()).filter(|&i| note.rows[i].look == Look::Line).collect();
        if lines.is_empty() || !random.chance(60) {
            continue;
        }
        let at = random.pick(&lines);
        let per_cent = random.between(5, 80);
        let part = |figure: &Figure| match *figure {
            Figure::Amount(amount) => Figure::Amount(amount * per_cent / 100 / 100 * 100),
            other => other,
        };
        let figures = note.rows[at].figures.iter().map(part).collect();
        let (key, label) = ("note.part".to_string(), random.pick(&PARTS).to_string());
        note.rows.insert(at + 1, Row { key, label, look: Look::Part, note: None, figures });
    }
}

/// The note of accrued expenses: two uneven parts of the line.
fn accrued(note: &mut Table, statements: &[Table], forbund: &crate::forbund::Forbund, random: &mut Random) {
    let line = statements
        .iter()
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)))
        .find(|(_, row)| row.key == "br.accrued");
    let Some((table, line)) = line else { return };
    let whole = forbund.years.iter().all(|year| year.liabilities.iter().all(|amount| amount % 100 == 0));
    let cut = random.between(20, 80);
    note.rows.remove(0);
    for (i, column) in note.columns.iter().enumerate() {
        let at = table.columns.iter().position(|other| other == column);
        let Some(Figure::Amount(amount)) = at.map(|at| line.figures[at]) else { continue };
        let part = amount * cut / 100;
        let part = if whole { part / 100 * 100 } else { part };
        let parts = [part, amount - part, amount];
        for (row, part) in note.rows.iter_mut().zip(parts) {
            row.figures[i] = Figure::Amount(part);
        }
    }
}
