use super::of_which::{Whole, wholes};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Severity, Text};
use crate::money::{Closeness, Swedish};

rule! {
    /// A part that a row is said to hold (`varav`) is larger than the row itself.
    ///
    /// Such parts are never added. What the row is the net of (a result, equity, a cash flow) may be smaller than a part of it and is not
    /// tried. Only mentioned where no other column shows that the rows belong together. Parts that are all of the row are tried by SU06.
    ///
    /// What to do: look for a slip in the part or in the row that it is a part of.
    "SU03" "part-exceeds-whole" Warning, Observations(observe),
    "En del av en rad (`varav`) är större än raden själv.

Sådana delar läggs aldrig till någon summa. En rad som är ett netto (resultat, eget kapital, kassaflöde) kan vara mindre än en del av den och prövas inte. Nämns bara där ingen annan kolumn visar att raderna hör ihop. Delar som är hela raden prövas av SU06.

Gör så här: leta efter ett skrivfel i delen eller i raden som den är en del av."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    for whole in wholes(book).filter(|whole| whole.made_of_parts().is_none()) {
        let columns = whole.columns();
        let of_column = |&column: &usize| whole.too_large(column).map(move |part| (part, column));
        let too_large: Vec<(usize, usize)> = columns.iter().flat_map(of_column).collect();
        let is_sound = |column: &&usize| !too_large.iter().any(|(_, at)| at == *column);
        let sound = columns.iter().filter(is_sound).count();
        // Where it is so in every year, the row below speaks of something else.
        if sound == 0 && columns.len() > 1 {
            observed.untestable += columns.len();
            continue;
        }
        observed.tested += columns.len();
        let severity = if sound > 0 { RULE.severity } else { Severity::Info };
        observed.findings.extend(too_large.iter().map(|&(part, column)| whole.exceeded(part, column, severity)));
    }
    observed
}

impl Whole<'_> {
    fn too_large(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        let whole = self.interval(column);
        let exceeds = move |part: &usize| {
            let (Some(whole), Some(part)) = (whole, self.statement.interval(*part, column)) else { return false };
            let (whole, part) = (whole.abs(), part.abs());
            part.middle > whole.middle && part.closeness(whole) == Closeness::Off
        };
        self.parts.iter().copied().filter(exceeds)
    }

    fn exceeded(&self, part: usize, column: usize, severity: Severity) -> Finding {
        let (own, of) = (self.label(part), self.label(self.line));
        let (stated, whole) = (self.shown(part, column), self.shown(self.line, column));
        let message = Text::new(
            format!("{own} är {stated}, mer än {of}, {whole}, som det är en del av."),
            format!("{own} is {stated}, more than {of}, {whole}, of which it is a part."),
        );
        let table = &self.statement.table;
        let mut finding = Finding::new(RULE.code, severity, message);
        finding.period = self.statement.columns()[column].period;
        finding.cells = vec![(table.at(self.line, column), Role::Total), (table.at(part, column), Role::Term)];
        finding
    }

    fn label(&self, line: usize) -> &str {
        &self.statement.lines()[line].label
    }

    fn shown(&self, line: usize, column: usize) -> String {
        self.statement.amount(line, column).map_or(String::new(), |amount| Swedish(amount.value).to_string())
    }
}
