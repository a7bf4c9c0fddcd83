//! The first sheet: whose accounts these are, the files, what became of each statement, and how to read the rest.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType, Color, XlsxError,
};

use super::Material;
use super::pen::Pen;
use super::statements;
use super::styles::{Ink, Look, Number};
use super::wording::{SHEETS, say};
use crate::book::Book;
use crate::book::identity::Standing;
use crate::finding::{Language, Severity};
use crate::grid::{At, Cell, Grid, Source};
use crate::money::Money;
use crate::report::{self, bodies};
use crate::statement::{Kind, Statement};

/// What the sheet says that it is, before the version.
const CLEANED: (&str, &str) = ("Städad arbetsbok från avstam", "Cleaned workbook from avstam");
const APPENDED: (&str, &str) =
    ("Granskning av arbetsboken, tillagd av avstam", "Review of the workbook, added by avstam");

/// Whether a sheet that was read is one that was put into its workbook.
pub fn is_appended(grid: &Grid) -> bool {
    let line = grid.get(1, 0).and_then(Cell::text).unwrap_or_default();
    line.starts_with(APPENDED.0) || line.starts_with(APPENDED.1)
}

pub fn write(material: &Material<'_>) -> Result<Pen, XlsxError> {
    let mut pen = Pen::new(&material.own.overview)?;
    for (col, width) in [62, 24, 13, 13, 13, 13, 13, 66].into_iter().enumerate() {
        pen.column_width(col as u16, width)?;
    }
    let language = material.language;
    let title = titles(material.book).into_iter().flatten().next();
    let title =
        title.unwrap_or_else(|| say(language, "Avstämning av räkenskaper", "Reconciliation of accounts").into());
    pen.text(0, 0, &title, Look::of(Ink::Title))?;
    let (swedish, english) = if material.appended { APPENDED } else { CLEANED };
    let tool = say(language, swedish, english);
    pen.text(1, 0, &format!("{tool} {}", env!("CARGO_PKG_VERSION")), Look::of(Ink::Small))?;
    let mut row = 3;
    row = accounts(material, &mut pen, row)? + 1;
    row = files(material, &mut pen, row)? + 1;
    let first = row + 1;
    row = verdicts(material, &mut pen, row)? + 1;
    let end = counts(material, &mut pen, row)?;
    let tables = told(material).filter(|(_, statement)| statement.copy_of.is_none()).count() as u32;
    let chart = chart(material, &mut pen, (first, first + tables), row)?;
    row = end.max(chart) + 1;
    guide(material, &mut pen, row)?;
    Ok(pen)
}

/// Whose accounts these are, and of which years.
fn accounts(material: &Material<'_>, pen: &mut Pen, row: u32) -> Result<u32, XlsxError> {
    let language = material.language;
    let of_columns = material.book.statements.iter().flat_map(Statement::columns);
    let years: BTreeSet<i32> = of_columns.filter_map(|column| column.period).map(|period| period.year).collect();
    // Between the first and the last there may be years that nothing is told of.
    let years = years.iter().rev().map(i32::to_string).collect::<Vec<_>>().join(", ");
    let book = material.book;
    // Of several förbund, each file says its own.
    let main = book.documents.iter().position(|document| document.standing == Standing::Together).unwrap_or_default();
    let several = book.is_of_several();
    let body = if several { Some(bodies::listed(book, language)) } else { book.association(main).map(str::to_owned) };
    let number = book.organisation_number(main).filter(|_| !several);
    let facts = [
        (say(language, "Förbund", "Förbund"), body),
        (say(language, "Organisationsnummer", "Organisation number"), number.map(str::to_owned)),
        (say(language, "År i räkenskaperna", "Years in the accounts"), Some(years).filter(|years| !years.is_empty())),
    ];
    let mut row = row;
    for (label, fact) in facts {
        let Some(fact) = fact else { continue };
        pen.text(row, 0, label, Look { bold: true, ..Look::NONE })?;
        pen.text(row, 1, &fact, Look::of(Ink::Small))?;
        row += 1;
    }
    Ok(row)
}

/// How high a row and a bar are, and the chart's own frame, in pixels.
const ROW: u32 = 20;
const BAR: u32 = 18;
const FRAME: u32 = 90;

/// What held and what broke in each statement, beside the counts; gives the row after it.
fn chart(material: &Material<'_>, pen: &mut Pen, (first, end): (u32, u32), row: u32) -> Result<u32, XlsxError> {
    if end == first || !material.understood() {
        return Ok(row);
    }
    let last = end - 1;
    let language = material.language;
    let mut chart = Chart::new(ChartType::BarStacked);
    // Dark, middle and light, for print in grey.
    for (col, colour) in [(3, 0xA9D08E), (4, 0x9C0006), (5, 0xD9D9D9)] {
        let (head, own) = (first - 1, material.own.overview.as_str());
        let series = chart.add_series();
        series.set_name((own, head, col)).set_categories((own, first, 0, last, 0));
        series.set_values((own, first, col, last, col)).set_gap(40);
        series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour))));
    }
    chart.title().set_name(say(language, "Prövade samband", "Checks")).set_font(ChartFont::new().set_size(11));
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.y_axis().set_reverse().set_font(ChartFont::new().set_size(8));
    chart.x_axis().set_num_format("0").set_major_gridlines(false);
    chart.set_alt_text(say(
        language,
        "Samband som stämmer, inte stämmer och inte kunde prövas, för varje räkning",
        "Checks that hold, broke and could not be tested, for each statement",
    ));
    let height = (FRAME + BAR * (last - first + 1)).clamp(240, 900);
    chart.set_width(760).set_height(height);
    pen.sheet.insert_chart(row, 2, &chart)?;
    Ok(row + height.div_ceil(ROW) + 1)
}

/// What stands first in each workbook, which is as a rule whose it is; nothing for texts, which begin anyhow.
pub fn titles(book: &Book) -> Vec<Option<String>> {
    let title = |input: usize| {
        let first = book.grids.iter().find(|grid| grid.input == input && grid.source == Source::Workbook)?;
        let text = first.cells().iter().take(20).find_map(|cell| cell.text())?.trim();
        (!text.is_empty() && text.chars().count() <= 120).then(|| text.to_string())
    };
    (0..book.inputs.len()).map(title).collect()
}

/// Where something is from, set off from the counts before it.
const SOURCE: Look = Look { indent: 1, ..Look::of(Ink::Small) };

fn heads(pen: &mut Pen, row: u32, heads: &[&str]) -> Result<(), XlsxError> {
    for (col, head) in heads.iter().enumerate() {
        let count = if heads.len() > 2 { (2..7).contains(&col) } else { col == 1 };
        let last = col == 7;
        let look = Look { right: count, indent: u8::from(last), ..Look::of(Ink::Head) };
        pen.text(row, col as u16, head, look)?;
    }
    Ok(())
}

fn files(material: &Material<'_>, pen: &mut Pen, mut row: u32) -> Result<u32, XlsxError> {
    let language = material.language;
    let names = match language {
        Language::Swedish => ["Fil", "Läst", "", "", "", "", "", "SHA-256"],
        Language::English => ["File", "Read", "", "", "", "", "", "SHA-256"],
    };
    heads(pen, row, &names)?;
    for (i, _) in bodies::files(material.book) {
        let input = &material.book.inputs[i];
        row += 1;
        if let Some(body) = bodies::named(material.book, material.book.group(i), language) {
            pen.text(row, 2, &body, Look::NONE)?;
        }
        pen.text(row, 0, &input.path.display().to_string(), Look::wrapped())?;
        let format = input.format.map_or("", |format| format.code());
        let read = match &input.error {
            None => format.to_string(),
            Some(error) => match language {
                Language::Swedish => error.swedish(),
                Language::English => error.to_string(),
            },
        };
        pen.text(row, 1, &read, Look { bold: input.error.is_some(), wrap: true, ..Look::NONE })?;
        pen.text(row, 7, &input.sha256, SOURCE)?;
    }
    Ok(row + 1)
}

fn verdicts(material: &Material<'_>, pen: &mut Pen, mut row: u32) -> Result<u32, XlsxError> {
    let language = material.language;
    if !material.understood() {
        let nothing = say(
            language,
            "Ingen räkning kunde tydas i det som lästes. Visa med ”avstam inspect” vad som fanns.",
            "No statement was understood in what was read. See with “avstam inspect” what there was.",
        );
        pen.text(row, 0, nothing, Look { bold: true, ..Look::of(Ink::Small) })?;
        return Ok(row + 1);
    }
    let names = match language {
        Language::Swedish => {
            ["Räkning", "Utfall", "Prövade samband", "Stämmer", "Stämmer inte", "Ej prövbara", "Avvikelser", "Källa"]
        }
        Language::English => {
            ["Statement", "Verdict", "Checks tested", "Hold", "Broke", "Untestable", "Findings", "Source"]
        }
    };
    heads(pen, row, &names)?;
    let copies = |copies: bool| told(material).filter(move |(_, statement)| statement.copy_of.is_some() == copies);
    for (i, statement) in copies(false).chain(copies(true)) {
        row += 1;
        let verdict = Verdict::of(material, i);
        let sheet = SHEETS.iter().find(|(kind, _)| *kind == statement.kind).map_or("", |(_, name)| name);
        let body = bodies::of_statement(material.book, i, language);
        let title = bodies::before(body, &statements::title(statement, sheet));
        match material.layout.start(i) {
            Some(to) => pen.link(row, 0, to, &title, Look::wrapped())?,
            None => match in_place(material, statement) {
                Some(to) => pen.link_to(row, 0, &to, &title, Look::wrapped())?,
                None => pen.text(row, 0, &title, Look::wrapped())?,
            },
        }
        let text = match statement.copy_of {
            Some(_) => say(language, "Dubblett, utelämnad", "Copy, left out"),
            None => verdict.text(language),
        };
        let mark = verdict.mark().filter(|_| statement.copy_of.is_none());
        pen.text(row, 1, text, Look::NONE.marked(mark))?;
        for (col, count) in
            [verdict.held + verdict.broke, verdict.held, verdict.broke, verdict.untestable, verdict.findings]
                .into_iter()
                .enumerate()
        {
            whole(pen, row, 2 + col as u16, count)?;
        }
        let area = material.book.grids[statement.table.grid as usize].range(statement.table.area);
        pen.text(row, 7, &format!("{} {area}", material.place(statement.table.grid)), SOURCE)?;
    }
    Ok(row + 1)
}

/// Where a statement begins in the workbook that it was read from, where that is the one written into.
fn in_place(material: &Material<'_>, statement: &Statement) -> Option<String> {
    let (grid, area) = (statement.table.grid, statement.table.area);
    let (to, _) = material.originals.place(At { grid, row: area.first_row, col: area.first_col })?;
    material.appended.then_some(to)
}

/// The statements that there is something to tell of.
fn told<'a>(material: &Material<'a>) -> impl Iterator<Item = (usize, &'a Statement)> {
    material.book.statements.iter().enumerate().filter(|(_, statement)| statement.kind != Kind::Contents)
}

/// What became of one statement.
#[derive(Default)]
struct Verdict {
    held: usize,
    broke: usize,
    untestable: usize,
    findings: usize,
    gravest: Option<Severity>,
}

impl Verdict {
    fn of(material: &Material<'_>, statement: usize) -> Verdict {
        let mut verdict = Verdict::default();
        for check in material.report.checks.iter().filter(|check| check.relation.table == statement) {
            match (check.held(), check.broke()) {
                (true, _) => verdict.held += 1,
                (_, true) => verdict.broke += 1,
                _ => verdict.untestable += 1,
            }
        }
        for finding in &material.report.findings {
            if report::primary(finding).and_then(|at| material.layout.statement_at(at)) == Some(statement) {
                verdict.findings += 1;
                verdict.gravest = verdict.gravest.max(Some(finding.severity));
            }
        }
        verdict
    }

    fn text(&self, language: Language) -> &'static str {
        match (self.gravest, self.broke, self.held) {
            (Some(Severity::Error), ..) => say(language, "Fel", "Errors"),
            (Some(Severity::Warning), ..) => say(language, "Att förklara", "To be explained"),
            (_, 1.., _) => say(language, "Samband som inte stämmer", "Checks that broke"),
            (_, 0, 1..) => say(language, "Stämmer", "Holds"),
            (_, 0, 0) => say(language, "Ej prövad", "Not tested"),
        }
    }

    fn mark(&self) -> Option<Severity> {
        match self.broke {
            0 => self.gravest.filter(|severity| *severity > Severity::Info),
            _ => self.gravest.max(Some(Severity::Warning)),
        }
    }
}

fn whole(pen: &mut Pen, row: u32, col: u16, count: usize) -> Result<(), XlsxError> {
    let count = Money::from(i64::try_from(count).unwrap_or(i64::MAX));
    pen.number(row, col, count, Look::number(Number::Amount { decimals: 0 }))
}

fn counts(material: &Material<'_>, pen: &mut Pen, mut row: u32) -> Result<u32, XlsxError> {
    let (report, language) = (material.report, material.language);
    let of = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [
        (say(language, "Fel", "Errors"), of(Severity::Error)),
        (say(language, "Varningar", "Warnings"), of(Severity::Warning)),
        (say(language, "Upplysningar", "Remarks"), of(Severity::Info)),
        (say(language, "Prövade samband", "Checks tested"), report.tally.tested),
        (say(language, "– stämmer", "– hold"), report.tally.held),
        (say(language, "– stämmer inte", "– broke"), report.tally.broke),
        (say(language, "Kunde inte prövas", "Could not be tested"), report.tally.untestable),
        (say(language, "Belopp", "Amounts"), report.coverage.amounts),
        (say(language, "– avstämda mot en annan tabell", "– tied to another table"), report.coverage.tied),
        (say(language, "– bara summerade i sin tabell", "– only summed in their table"), report.coverage.summed),
        (say(language, "– inte avstämda mot något", "– tied to nothing"), report.coverage.untied.len()),
        (
            say(language, "Tal utanför kända tabeller", "Numbers outside known tables"),
            report.coverage.numbers_outside(),
        ),
    ];
    heads(pen, row, &[say(language, "Sammanlagt", "In all"), say(language, "Antal", "Count")])?;
    for (label, count) in counts {
        row += 1;
        pen.text(row, 0, label, Look::NONE)?;
        whole(pen, row, 1, count)?;
    }
    Ok(row + 1)
}

const GUIDE: [(&str, &str); 10] = [
    (
        "Raderna i räkningarna har källans belopp, oförändrade. Bara summor räknas om, med formler; vad källan anger står till höger, med differensen.",
        "The lines of the statements have the source's figures, unchanged. Only totals are calculated, by formulas; what the source states is to the right, with the difference.",
    ),
    (
        "Rättas ett belopp räknas summor och kontroller om. En summa som källan anger fel rättas i kolumnen ”enligt källan”.",
        "When a figure is corrected, totals and checks follow. A total that the source states wrongly is corrected in the column “as stated”.",
    ),
    (
        "Färgade celler har en anteckning. Rött med tjock ram: fel. Gult med tunn ram: bör förklaras. Blått med prickad ram: upplysning.",
        "Coloured cells have a note. Red with a thick frame: error. Amber with a thin frame: should be explained. Blue with a dotted frame: remark.",
    ),
    (
        "Avvikelser: allt som inte stämmer, med troliga orsaker. Välj status i listan och skriv vem som har gått igenom raden.",
        "Avvikelser: all that does not agree, with likely causes. Choose a status and write who went through the row.",
    ),
    (
        "Kontroller: varje prövat samband som levande formel. Regler: vad varje regel söker och vad man gör.",
        "Kontroller: every check as a live formula. Regler: what each rule looks for and what to do.",
    ),
    (
        "Bokföring, om sådan lästes: varje konto med sina saldon, och vad räkningarnas rader blir enligt dem.",
        "Bokföring, where a ledger was read: each account with its balances, and what the lines come to by them.",
    ),
    (
        "Ändringar: varje cell som skiljer sig från källan, vad den var, och varför.",
        "Ändringar: every cell that differs from the source, what it was, and why.",
    ),
    (
        "Källor: varifrån varje belopp kommer. Källans blad står som de var sist i boken; de räknas inte om.",
        "Källor: where each figure came from. The sheets of the source are in the back as they were; nothing is calculated there.",
    ),
    (
        "avstam check läser den här boken igen: rättade belopp prövas, och källans blad är de som förstås.",
        "avstam check reads this workbook again: corrected figures are tested, and the sheets of the source are what is understood.",
    ),
    (
        "Poster har namn (RR_Årets_resultat_2019): använd dem i egna formler.",
        "Standard lines have names (RR_Årets_resultat_2019): use them in formulas of your own.",
    ),
];

const GUIDE_APPENDED: [(&str, &str); 5] = [
    (
        "Arbetsboken är din egen: belopp, formler, format, diagram och makron är orörda. Bladen från och med detta är tillagda och kan tas bort.",
        "The workbook is your own: figures, formulas, formats, charts and macros are untouched. The sheets from this one on were added and can be deleted.",
    ),
    (
        "Celler att se på är färgade och har en anteckning. Rött: fel. Gult: bör förklaras. Blått: upplysning.",
        "Cells to look at are coloured and have a note. Red: error. Amber: should be explained. Blue: remark.",
    ),
    (
        "Avvikelser: allt som inte stämmer, med troliga orsaker och länk till cellen. Välj status i listan och skriv vem som har gått igenom raden.",
        "Avvikelser: all that does not agree, with likely causes and a link to the cell. Choose a status and write who went through the row.",
    ),
    (
        "Kontroller: varje prövat samband som levande formel över dina egna celler. Rättas ett belopp följer utfallet.",
        "Kontroller: every check as a live formula over your own cells. When a figure is corrected, the outcome follows.",
    ),
    (
        "Rätta i dina egna blad och kör avstam check på arbetsboken igen: de tillagda bladen läses inte.",
        "Correct your own sheets and run avstam check on the workbook again: the added sheets are not read.",
    ),
];

fn guide(material: &Material<'_>, pen: &mut Pen, mut row: u32) -> Result<(), XlsxError> {
    let language = material.language;
    heads(pen, row, &[say(language, "Så läses arbetsboken", "How to read the workbook")])?;
    let guide: &[(&str, &str)] = if material.appended { &GUIDE_APPENDED } else { &GUIDE };
    for (swedish, english) in guide {
        row += 1;
        pen.text(row, 0, say(language, swedish, english), Look::of(Ink::Small))?;
    }
    Ok(())
}
