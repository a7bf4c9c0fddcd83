//! Tables → grids, and where each figure came to stand.

use avstam::grid::{At, Cell, Grid, NumberFormat, Source, Value};
use avstam::money::{Amount, Money};
use avstam::period::Measure;

use crate::figures::{self, Written};
use crate::random::Random;
use crate::style::{NoteForm, Style, TitleForm, UnitForm, YearForm};
use crate::table::{Column, Figure, Look, Part, Row, Table};

/// A figure that was placed.
#[derive(Clone, Debug)]
pub struct Placed {
    pub at: At,
    pub part: Part,
    pub key: String,
    pub column: Column,
    /// As written, in the book's unit.
    pub written: Money,
}

/// A sheet in the making.
#[derive(Default)]
struct Sheet {
    name: String,
    cells: Vec<Cell>,
    next: u32,
}

pub struct Renderer<'a> {
    pub style: &'a Style,
    pub random: Random,
    sheets: Vec<Sheet>,
    placed: Vec<Placed>,
}

pub fn render(style: &Style, random: Random, tables: &[Table], notes_title: &str) -> (Vec<Grid>, Vec<Placed>) {
    let mut renderer = Renderer { style, random, sheets: Vec::new(), placed: Vec::new() };
    renderer.all(tables, notes_title);
    let source = if style.text_document { Source::Text } else { Source::Workbook };
    let grids = renderer.sheets.into_iter().map(|sheet| {
        let mut grid = Grid::new(0, if style.text_document { String::new() } else { sheet.name }, source, sheet.cells);
        grid.styled = style.bold_totals;
        grid
    });
    (grids.collect(), renderer.placed)
}

impl Renderer<'_> {
    fn all(&mut self, tables: &[Table], notes_title: &str) {
        let mut i = 0;
        let mut noted = false;
        while i < tables.len() {
            let table = &tables[i];
            let is_note = matches!(table.part, Part::Note(_));
            if self.sheets.is_empty() || !(self.style.one_sheet || is_note && noted) {
                let taken = self.sheets.iter().any(|sheet| sheet.name == table.sheet);
                let name = if taken { format!("{} ({})", table.sheet, i) } else { table.sheet.clone() };
                self.sheets.push(Sheet { name, ..Sheet::default() });
            }
            if is_note && !noted {
                noted = true;
                self.text_line(notes_title);
            }
            if self.style.prose && self.random.chance(40) {
                let prose = self.random.pick(&figures::PROSE);
                self.text_line(prose);
            }
            let pair = self.style.side_by_side && table.part == Part::Income;
            let beside = tables.get(i + 1).filter(|next| pair && next.part == Part::Balance);
            let top = self.top();
            let (bottom, right) = self.table(table, top, self.style.label_col);
            let mut end = bottom;
            if let Some(beside) = beside {
                end = end.max(self.table(beside, top, right + 2).0);
                i += 1;
            }
            let space = 1 + self.random.below(3) as u32;
            self.sheet().next = end + space;
            i += 1;
        }
    }

    fn sheet(&mut self) -> &mut Sheet {
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }

    fn top(&mut self) -> u32 {
        self.sheet().next
    }

    fn text_line(&mut self, text: &str) {
        let (row, col) = (self.top(), self.style.label_col);
        self.put(row, col, Value::Text(text.into()));
        let space = 1 + u32::from(self.random.chance(50));
        self.sheet().next += space;
    }

    fn put(&mut self, row: u32, col: u32, value: Value) -> &mut Cell {
        let cells = &mut self.sheet().cells;
        cells.push(Cell::new(row, col, value));
        let last = cells.len() - 1;
        &mut cells[last]
    }

    /// Writes a table; gives the row after it and its last column.
    fn table(&mut self, table: &Table, top: u32, left: u32) -> (u32, u32) {
        let mut row = top;
        let style = self.style.clone();
        let unit = style.unit.code();
        let mut title = table.title.clone();
        if style.unit_form == UnitForm::InTitle && !title.contains(unit) {
            title = match self.random.below(3) {
                0 => format!("{title} ({unit})"),
                1 => format!("{title}, {unit}"),
                _ => format!("{title}, belopp i {unit}"),
            };
        }
        let is_note = matches!(table.part, Part::Note(_));
        let titled = is_note || style.title_form != TitleForm::SheetOnly;
        let cornered = !is_note && style.title_form == TitleForm::Corner;
        if titled && !cornered {
            self.put(row, left, Value::Text(title.as_str().into())).style.bold = style.bold_totals;
            row += 1;
        }
        if style.unit_form == UnitForm::Line && !is_note {
            let form =
                self.random.pick(&["Belopp i {}", "({})", "Samtliga belopp i {}", "Alla belopp anges i {}", "{}"]);
            self.put(row, left, Value::Text(form.replace("{}", unit).into()));
            row += 1;
        }
        row += u32::from(style.blank_rows && self.random.chance(30));
        let noted = table.rows.iter().any(|row| row.note.is_some());
        let note_col = match style.note_form {
            NoteForm::After if noted => Some(left + 1),
            NoteForm::Last if noted => Some(left + 1 + self.width(table)),
            _ => None,
        };
        let first =
            left + 1 + u32::from(note_col == Some(left + 1)) + u32::from(style.gap_cols && !style.text_document);
        let step = 1 + u32::from(style.gap_cols && self.random.chance(40));
        let note_col =
            note_col.map(|col| if col == left + 1 { col } else { first + step * table.columns.len() as u32 });
        let corner = match (cornered, style.unit_form) {
            (true, _) => title,
            (_, UnitForm::Corner) => {
                (self.random.pick(&["Belopp i {}", "{}", "Belopp {}", "({})", "Belopp i {}."])).replace("{}", unit)
            }
            _ => String::new(),
        };
        if !corner.is_empty() {
            self.put(row, left, Value::Text(corner.into()));
        }
        if let Some(col) = note_col {
            self.put(row, col, Value::Text("Not".into()));
        }
        let mut last_col = note_col.unwrap_or(left);
        let mixed = table.columns.iter().any(|column| column.measure != Measure::Actual);
        let two_levels = style.two_levels && mixed && table.part != Part::Budget;
        if two_levels {
            for (i, column) in table.columns.iter().enumerate() {
                if i == 0 || table.columns[i - 1].year != column.year {
                    let year = figures::year(YearForm::Plain, column.year, style.text_figures.is_some());
                    self.put(row, first + step * i as u32, year).style.bold = style.bold_totals;
                }
            }
            row += 1;
        }
        for (i, column) in table.columns.iter().enumerate() {
            let col = first + step * i as u32;
            last_col = last_col.max(col);
            let value = match two_levels {
                true => self.measure(column.measure),
                false => self.heading(table, *column),
            };
            self.put(row, col, value).style.bold = style.bold_totals;
        }
        row += 1;
        for (i, line) in table.rows.iter().enumerate() {
            if style.blank_rows && i > 0 && (line.look == Look::Heading || self.random.chance(6)) {
                row += 1;
            }
            self.line(table, line, row, left, (first, step), note_col);
            row += 1;
        }
        (row, last_col)
    }

    fn width(&self, table: &Table) -> u32 {
        table.columns.len() as u32
    }

    fn line(&mut self, table: &Table, line: &Row, row: u32, left: u32, (first, step): (u32, u32), note: Option<u32>) {
        let style = self.style.clone();
        let mut label = line.label.clone();
        if style.upper_totals && line.look == Look::Total {
            label = label.to_uppercase();
        }
        let plain = line.look == Look::Line;
        if style.colons && line.look == Look::Total && !label.ends_with(':') && !label.is_empty() {
            label.push(':');
        }
        if style.misspelt && self.random.chance(6) && label.chars().count() > 12 {
            label = figures::misspell(&label, &mut self.random);
        }
        if style.footnotes && plain && self.random.chance(15) {
            label.push_str(self.random.pick(&[" *", " 1)", "*"]));
        }
        if let (Some(number), NoteForm::InLabel) = (line.note, style.note_form) {
            label = match style.statement_form {
                0 | 1 => format!("{label} (not {number})"),
                2 => format!("{label}, not {number}"),
                _ => format!("{label} Not {number}"),
            };
        }
        let indent = style.indent && line.look == Look::Line;
        if indent && style.text_document {
            label = format!("  {label}");
        }
        if !label.is_empty() {
            let cell = self.put(row, left, Value::Text(label.as_str().into()));
            cell.style.bold = style.bold_totals && line.look != Look::Line;
            cell.style.indent = u8::from(indent && !style.text_document);
        }
        if let (Some(col), Some(number)) = (note, line.note) {
            let value = match style.text_figures {
                Some(_) => Value::Text(number.to_string().into()),
                None => Value::Number(Amount::new(Money::from(i64::from(number)), 0)),
            };
            self.put(row, col, value);
        }
        for (i, (figure, column)) in line.figures.iter().zip(&table.columns).enumerate() {
            let col = first + step * i as u32;
            let Some((written, decimals, percent)) = self.written(*figure) else { continue };
            if style.zero_blank && written.is_zero() && line.look == Look::Line {
                continue;
            }
            let grid = self.sheets.len() as u32 - 1;
            let mut format = NumberFormat::Fixed { decimals: decimals as u8 };
            let value = match style.text_figures {
                Some(form) => Value::Text(figures::text(written, decimals, percent, form, &mut self.random).into()),
                None if percent => {
                    format = NumberFormat::Percent { decimals: decimals as u8 };
                    Value::Number(stored(written.divide(Money::from(100)).unwrap_or_default()))
                }
                None => Value::Number(stored(written)),
            };
            let cell = self.put(row, col, value);
            cell.style.format = format;
            cell.style.bold = style.bold_totals && line.look == Look::Total;
            if matches!(figure, Figure::Amount(_)) || line.key == "fa.ratio" {
                let at = At { grid, row, col };
                self.placed.push(Placed { at, part: table.part, key: line.key.clone(), column: *column, written });
            }
        }
    }

    /// The figure in the book's unit, its decimals, and whether it is in per cent.
    fn written(&mut self, figure: Figure) -> Option<Written> {
        match figure {
            Figure::Blank => None,
            Figure::Count(count) => Some((Money::from(count), 0, false)),
            Figure::Ratio(parts) => Some(match self.style.statement_form {
                0 | 1 => (Money::new(parts, 4).round(0), 0, true),
                2 => (Money::new(parts, 6).round(2), 2, false),
                3 => (Money::new(parts, 4).round(1), 1, true),
                _ => (Money::new(parts, 4).round(0), 0, false),
            }),
            Figure::Amount(ore) => {
                let kronor = Money::new(ore, 2);
                let value = kronor.divide(self.style.unit.factor()).unwrap_or(kronor).round(self.style.decimals);
                Some((value, self.style.decimals, false))
            }
        }
    }

    /// What a column measures, under its year.
    fn measure(&mut self, measure: Measure) -> Value {
        let words: &[&str] = match measure {
            Measure::Budget => &["Budget", "Budget", "Helårsbudget"],
            Measure::Variance => &["Avvikelse", "Diff", "Budgetavvikelse"],
            _ => &["Utfall", "Bokslut", "Redovisat"],
        };
        Value::Text(self.random.pick(words).into())
    }

    fn heading(&mut self, table: &Table, column: Column) -> Value {
        let year = column.year;
        let mixed = table.columns.iter().any(|column| column.measure != Measure::Actual);
        let form = match table.part {
            Part::Balance => self.style.balance_years,
            Part::MultiYear => YearForm::Plain,
            _ => self.style.years,
        };
        let text = match (column.measure, mixed) {
            (Measure::Budget, _) => (self.random.pick(&["Budget {Y}", "Budget {Y}", "Budget helår {Y}"])).to_string(),
            (Measure::Plan, _) => "Plan {Y}".to_string(),
            (Measure::Variance, _) => {
                (self.random.pick(&["Avvikelse", "Avvikelse", "Avvikelse mot budget", "Diff", "Avvikelse {Y}"]))
                    .to_string()
            }
            (_, true) => {
                (self.random.pick(&["Utfall {Y}", "Bokslut {Y}", "Utfall helår {Y}", "Redovisat {Y}"])).to_string()
            }
            _ => return figures::year(form, year, self.style.text_figures.is_some()),
        };
        Value::Text(text.replace("{Y}", &year.to_string()).into())
    }
}

/// A number as a workbook stores it: without zeros after the decimals.
fn stored(value: Money) -> Amount {
    let value = value.normalize();
    Amount::new(value, value.decimals())
}
