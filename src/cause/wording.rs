//! Findings in words: what is said of relations and causes, in Swedish and English. Output only.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::book::Book;
use crate::finding::{Slip, Text};
use crate::grid::{At, a1};
use crate::money::{Money, Swedish, Unit};
use crate::period::{Measure, Period};
use crate::relation::{Check, Kind, Outcome, Relation};
use crate::statement::Statement;
use crate::table::Column;

/// The lines and columns of a book by place, to name cells as people do.
pub struct Names<'a> {
    pub book: &'a Book,
    places: FxHashMap<At, (usize, usize, usize)>,
    /// Which files have figures of a period and measure.
    files: FxHashMap<(Period, Measure), BTreeSet<usize>>,
}

impl<'a> Names<'a> {
    pub fn of(book: &'a Book) -> Names<'a> {
        let mut places = FxHashMap::default();
        let mut files: FxHashMap<(Period, Measure), BTreeSet<usize>> = FxHashMap::default();
        for (s, statement) in book.statements.iter().enumerate() {
            for column in statement.columns() {
                if let (Some(period), Some(measure)) = (column.period, column.measure) {
                    files.entry((period, measure)).or_default().insert(book.input(statement));
                }
            }
            for line in 0..statement.lines().len() {
                for column in 0..statement.columns().len() {
                    places.insert(statement.table.at(line, column), (s, line, column));
                }
            }
        }
        Names { book, places, files }
    }

    pub fn place(&self, at: At) -> Option<(usize, usize, usize)> {
        self.places.get(&at).copied()
    }

    pub fn statement(&self, at: At) -> Option<&'a Statement> {
        self.place(at).map(|(s, ..)| &self.book.statements[s])
    }

    /// The unit in which a cell is written.
    pub fn unit(&self, at: At) -> Unit {
        let Some((s, line, column)) = self.place(at) else { return Unit::Kronor };
        let statement = &self.book.statements[s];
        statement.lines()[line].entries[column].figure().and_then(|figure| figure.unit).unwrap_or(statement.unit)
    }

    /// From kronor to the unit in which a cell is written.
    pub fn written(&self, at: At, kronor: Money) -> Money {
        kronor.divide(self.unit(at).factor()).unwrap_or(kronor).normalize()
    }

    /// `Årets kassaflöde 2018`.
    pub fn name(&self, at: At) -> Text {
        let Some((s, l, c)) = self.place(at) else {
            let cell = a1(at.row, at.col);
            return Text::new(format!("beloppet i {cell}"), format!("the amount in {cell}"));
        };
        let statement = &self.book.statements[s];
        let label = statement.lines()[l].label.trim().trim_start_matches(['-', '–', '•', '·']).trim_start();
        let column = &statement.columns()[c];
        let (period, measure) = statement.table.told_by(c);
        let (swedish, english) = match measure {
            Some(Measure::Budget) => ("budget ", "budget "),
            Some(Measure::Plan) => ("plan ", "plan "),
            Some(Measure::Forecast) => ("prognos ", "forecast "),
            Some(Measure::Variance) => ("avvikelse ", "variance "),
            _ => ("", ""),
        };
        let cell = a1(at.row, at.col);
        let (in_file, of_file) = match self.file(statement, column) {
            Some(file) => (format!(" i {file}"), format!(" in {file}")),
            None => Default::default(),
        };
        let label = match label {
            "" => cell,
            // The total of a column of totals is told by its place.
            label if label == period => {
                return Text::new(format!("{label} ({cell}){in_file}"), format!("{label} ({cell}){of_file}"));
            }
            label => label.to_string(),
        };
        Text::new(
            format!("{label} {swedish}{period}{in_file}").trim(),
            format!("{label} {english}{period}{of_file}").trim(),
        )
    }

    /// The file of a figure, where another file has figures of the same period, too.
    fn file(&self, statement: &Statement, column: &Column) -> Option<String> {
        let several = self.files.get(&(column.period?, column.measure?)).is_some_and(|inputs| inputs.len() > 1);
        several.then(|| self.book.file_name(self.book.input(statement)).to_string())
    }

    /// The name with its table, for a figure that stands elsewhere.
    pub fn full_name(&self, at: At) -> Text {
        let name = self.name(at);
        match self.statement(at).map(|statement| statement.name()).filter(|table| !table.is_empty()) {
            Some(table) => both(&[&name], |[name]| format!("{name} ({table})"), |[name]| format!("{name} ({table})")),
            None => name,
        }
    }
}

/// A text of other texts, in each language.
pub fn both<const N: usize>(
    parts: &[&Text; N],
    swedish: impl Fn([&str; N]) -> String,
    english: impl Fn([&str; N]) -> String,
) -> Text {
    use crate::finding::Language::{English, Swedish};
    Text::new(swedish(parts.map(|part| part.get(Swedish))), english(parts.map(|part| part.get(English))))
}

/// What a broken relation says: what stands, and what the other figures give.
pub fn relation(names: &Names, check: &Check) -> Text {
    let relation = &check.relation;
    let at = relation.result.at;
    let (stated, expected) = amounts(names, check);
    let difference = stated - expected;
    let (stated, expected, difference) = (Swedish(stated), Swedish(expected), Swedish(difference));
    let whole = relation.result.coefficient == 1;
    let name = if ties(names, relation) { names.full_name(at) } else { names.name(at) };
    match relation.terms.as_slice() {
        [term] if whole => {
            let other = match ties(names, relation) {
                true => names.full_name(term.at),
                false => names.name(term.at),
            };
            both(
                &[&name, &other],
                |[a, b]| format!("{a} är {stated}, men {b} är {expected}: skillnaden är {difference}."),
                |[a, b]| format!("{a} is {stated}, but {b} is {expected}: the difference is {difference}."),
            )
        }
        [part, whole] if relation.kind == Kind::Ratio => {
            let sign = if in_per_cent(names, relation) { " %" } else { "" };
            both(
                &[&name, &names.name(part.at), &names.name(whole.at)],
                |[a, part, whole]| format!("{a} är {stated}{sign}, men {part} delat med {whole} är {expected}{sign}."),
                |[a, part, whole]| format!("{a} is {stated}{sign}, but {part} divided by {whole} is {expected}{sign}."),
            )
        }
        [first, second] if matches!((first.coefficient, second.coefficient), (1, 1) | (1, -1) | (-1, 1)) && whole => {
            // What is added stands first.
            let (first, second) = if first.coefficient < 0 { (second, first) } else { (first, second) };
            let (swedish, english) = if second.coefficient < 0 { ("minus", "less") } else { ("plus", "plus") };
            let table = |at: At| names.place(at).map(|place| place.0);
            let told = |own: At, last: bool| match table(own) == table(at) || (!last && table(own) == table(second.at))
            {
                true => names.name(own),
                false => names.full_name(own),
            };
            both(
                &[&name, &told(first.at, false), &told(second.at, true)],
                |[a, b, c]| {
                    format!("{a} är {stated}, men {b} {swedish} {c} är {expected}: skillnaden är {difference}.")
                },
                |[a, b, c]| {
                    format!("{a} is {stated}, but {b} {english} {c} is {expected}: the difference is {difference}.")
                },
            )
        }
        _ => {
            let (swedish, english) = match relation.kind {
                Kind::Sum if relation.result.coefficient == 4 => {
                    ("en fjärdedel av summan är", "a quarter of the sum is")
                }
                Kind::Sum if relation.result.coefficient == 2 => ("hälften av summan är", "half of the sum is"),
                Kind::Sum if whole => ("summan av delarna är", "its parts add up to"),
                _ => ("de belopp den räknas av ger", "the amounts that it comes from give"),
            };
            both(
                &[&name],
                |[a]| format!("{a} är {stated}, men {swedish} {expected}: skillnaden är {difference}."),
                |[a]| format!("{a} is {stated}, but {english} {expected}: the difference is {difference}."),
            )
        }
    }
}

/// What the result is and what it should be if only it were wrong, in the unit of its cell.
pub fn amounts(names: &Names, check: &Check) -> (Money, Money) {
    let stated = check.relation.result.figure.map(|figure| figure.middle).unwrap_or_default();
    let expected = match check.outcome {
        Outcome::Broke { expected } | Outcome::Rounded { expected } => expected,
        _ => stated,
    };
    match check.relation.kind {
        Kind::Ratio if in_per_cent(names, &check.relation) => {
            let per_cent = Money::from(100);
            ((stated * per_cent).normalize(), (expected * per_cent).round(2).normalize())
        }
        Kind::Ratio => (stated.normalize(), expected.round(4).normalize()),
        _ => (names.written(check.relation.result.at, stated), names.written(check.relation.result.at, expected)),
    }
}

/// Whether the figure of a ratio is written in per cent: then it is not the part of one that the relation compares.
fn in_per_cent(names: &Names, relation: &Relation) -> bool {
    let written = names.place(relation.result.at).and_then(|(s, line, column)| {
        let figure = names.book.statements[s].lines()[line].entries[column].figure()?;
        Some(figure.amount.value)
    });
    written.is_some() && written != relation.result.figure.map(|figure| figure.middle)
}

/// Whether a relation reaches from one table to another.
pub fn ties(names: &Names, relation: &Relation) -> bool {
    let home = names.place(relation.result.at).map(|place| place.0);
    relation.terms.iter().any(|term| names.place(term.at).map(|place| place.0) != home)
}

/// A changed cell in words: its name and its figures as written.
pub struct Changed {
    pub at: At,
    pub from: Money,
    pub to: Money,
}

/// One sentence for one slip.
pub fn cause(names: &Names, slip: Slip, changed: &[Changed], rows: &[At]) -> Text {
    let row = listed(&rows.iter().map(|&at| names.name(at)).collect::<Vec<_>>());
    let Some(first) = changed.first() else { return Text::default() };
    let name = names.name(first.at);
    let (from, to) = (Swedish(first.from), Swedish(first.to));
    let ends = |swedish: &'static str, english: &'static str| {
        both(
            &[&name],
            move |[a]| {
                format!(
                    "{swedish}: {a} ska vara {to}, inte {from}.",
                    to = Swedish(first.to),
                    from = Swedish(first.from)
                )
            },
            move |[a]| {
                format!(
                    "{english}: {a} should be {to}, not {from}.",
                    to = Swedish(first.to),
                    from = Swedish(first.from)
                )
            },
        )
    };
    match slip {
        Slip::SignFlipped if !rows.is_empty() => both(
            &[&name, &row],
            |[a, b]| format!("Tecknet på {b} har tappats i uträkningen: {a} ska vara {to}, inte {from}."),
            |[a, b]| format!("The sign of {b} was lost in the calculation: {a} should be {to}, not {from}."),
        ),
        Slip::SignFlipped if first.to.is_negative() => ends("Minustecknet har tappats", "The minus sign was lost"),
        Slip::SignFlipped => ends("Ett minustecken för mycket", "A minus sign too many"),
        Slip::DigitsTransposed => ends("Två siffror har bytt plats", "Two digits have changed places"),
        Slip::DigitReplaced => {
            let (was, is) = replaced(first.to, first.from).unwrap_or_default();
            both(
                &[&name],
                |[a]| format!("Siffran {was} har blivit {is}: {a} ska vara {to}, inte {from}."),
                |[a]| format!("The digit {was} has become {is}: {a} should be {to}, not {from}."),
            )
        }
        Slip::DigitAdded => ends("En siffra för mycket", "A digit too many"),
        Slip::DigitOmitted => ends("En siffra saknas", "A digit is missing"),
        Slip::Scaled => ends("Fel storleksordning", "Wrong by a power of ten"),
        Slip::SwappedCells | Slip::WrongRow if changed.len() > 1 => {
            let other = names.name(changed[1].at);
            let (other_from, other_to) = (Swedish(changed[1].from), Swedish(changed[1].to));
            let (swedish, english) = match slip {
                Slip::SwappedCells => ("Beloppen har bytt plats", "The amounts have changed places"),
                _ => ("Beloppet står på fel rad", "The amount stands on the wrong row"),
            };
            both(
                &[&name, &other],
                |[a, b]| format!("{swedish}: {a} ska vara {to}, inte {from}, och {b} {other_to}, inte {other_from}."),
                |[a, b]| format!("{english}: {a} should be {to}, not {from}, and {b} {other_to}, not {other_from}."),
            )
        }
        Slip::RowLeftOut | Slip::RowCountedTwice => {
            let (swedish, english) = match slip {
                Slip::RowLeftOut => ("är inte med i", "is left out of"),
                _ => ("är med en gång för mycket i", "is counted once too often in"),
            };
            both(
                &[&name, &row],
                |[a, b]| format!("{b} {swedish} {a}, som ska vara {to}, inte {from}."),
                |[a, b]| format!("{b} {english} {a}, which should be {to}, not {from}."),
            )
        }
        Slip::Rounded => ends("Beloppet är avrundat", "The amount is rounded"),
        Slip::StaleValue => ends("Beloppet är en annan periods", "The amount is that of another period"),
        Slip::Copied => ends("Beloppet är kopierat från en rad intill", "The amount is a copy of a row near it"),
        _ => both(
            &[&name],
            |[a]| format!("{a} kan vara fel: med {to} i stället för {from} går allt ihop."),
            |[a]| format!("{a} may be wrong: with {to} instead of {from} everything agrees."),
        ),
    }
}

/// A row that a total leaves out in each of these columns.
pub fn left_out(names: &Names, row: At, totals: &[Changed]) -> Text {
    let label = |at: At| {
        let place = names.place(at).map(|(s, line, _)| names.book.statements[s].lines()[line].label.trim().to_string());
        place.unwrap_or_else(|| a1(at.row, at.col))
    };
    let period = |at: At| names.place(at).map(|(s, _, column)| names.book.statements[s].table.told_by(column).0);
    let told: Vec<Text> = totals
        .iter()
        .map(|total| {
            let (period, from, to) = (period(total.at).unwrap_or_default(), Swedish(total.from), Swedish(total.to));
            Text::new(format!("{to} för {period}, inte {from}"), format!("{to} for {period}, not {from}"))
        })
        .collect();
    let (row, total) = (label(row), label(totals[0].at));
    both(
        &[&listed(&told)],
        |[told]| format!("{row} är inte med i {total}, som ska vara {told}."),
        |[told]| format!("{row} is left out of {total}, which should be {told}."),
    )
}

/// `a, b och c`.
pub fn listed(names: &[Text]) -> Text {
    use crate::finding::Language::{English, Swedish};
    let listed = |language, and: &str| match names.iter().map(|name| name.get(language)).collect::<Vec<_>>().as_slice()
    {
        [] => String::new(),
        [only] => only.to_string(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    };
    Text::new(listed(Swedish, "och"), listed(English, "and"))
}

/// A figure of a contradiction: it may be wrong, but then others that it agrees with are wrong too.
pub fn doubtful(names: &Names, changed: &Changed) -> Text {
    let (from, to) = (Swedish(changed.from), Swedish(changed.to));
    both(
        &[&names.name(changed.at)],
        |[a]| {
            format!(
                "Är {a} fel borde det stå {to} i stället för {from}, men {from} bekräftas av andra uppgifter, som då också är fel."
            )
        },
        |[a]| {
            format!(
                "If {a} is wrong it should say {to} instead of {from}, but other figures bear out {from} and are then wrong too."
            )
        },
    )
}

/// A value as good as one that was told before it, since rounded figures do not tell them apart.
pub fn within_rounding(names: &Names, at: At, to: Money) -> Text {
    let to = Swedish(to);
    both(
        &[&names.name(at)],
        |[a]| format!("Inom avrundningen kan {a} lika gärna vara {to}."),
        |[a]| format!("Within the rounding {a} may as well be {to}."),
    )
}

/// A total that adds up, but took a faulty figure further.
pub fn took_further(names: &Names, total: &Changed) -> Text {
    let (from, to) = (Swedish(total.from), Swedish(total.to));
    both(
        &[&names.name(total.at)],
        |[a]| format!("{a} tar med det felaktiga beloppet: {to} i stället för {from}."),
        |[a]| format!("{a} takes the faulty figure further: {to} instead of {from}."),
    )
}

/// Sentences one after the other.
pub fn together(texts: &[Text]) -> Text {
    use crate::finding::Language::{English, Swedish};
    let joined = |language| texts.iter().map(|text| text.get(language)).collect::<Vec<_>>().join(" ");
    Text::new(joined(Swedish), joined(English))
}

/// The digits that differ: what it was and what it has become.
fn replaced(right: Money, wrong: Money) -> Option<(char, char)> {
    let (right, wrong) = (right.abs().to_string(), wrong.abs().to_string());
    right.chars().zip(wrong.chars()).find(|(a, b)| a != b)
}

/// Said after the first of many findings of the same kind.
pub fn as_many(more: usize) -> Text {
    Text::new(
        format!("Tabellen har {more} avvikelser till av samma slag: troligen är den uppbyggd på ett annat sätt."),
        format!("The table has {more} more of the same kind: probably it is built in another way."),
    )
}

pub fn rounding(difference: Money) -> Text {
    let difference = Swedish(difference.abs());
    Text::new(
        format!("Öresavrundning: skillnaden på {difference} ryms i avrundningen av beloppen."),
        format!("Rounding: the difference of {difference} lies within the rounding of the amounts."),
    )
}
