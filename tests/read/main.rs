//! Files of all kinds, made here or in fixtures/read, read from first to last.
#![allow(clippy::disallowed_types, reason = "workbooks are made with the writer's own numbers")]

mod hostile;
mod refused;

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use avstam::grid::{Cell, Grid, NumberFormat, Source, Value, a1};
use avstam::read::{self, Encoding, Format, Input, Options, ReadError, Remark};
use rust_xlsxwriter::{ExcelDateTime, Format as Look, FormatBorder, Formula, Workbook};

fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> (Input, Vec<Grid>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read::read(&path, 3, options)
}

fn grids(name: &str, bytes: &[u8]) -> Vec<Grid> {
    let (input, grids) = read_bytes(name, bytes, &Options::default());
    assert!(input.error.is_none(), "{name}: {:?}", input.error);
    grids
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/read").join(name)
}

/// A cell as one word: `B9 -5758.75 =SUM(B3:B4)`; `*` before bold, `/` before italic text.
fn shown(cell: &Cell) -> String {
    let value = match &cell.value {
        Value::Number(amount) => amount.value.to_string(),
        Value::Text(text) => format!("{:?}", text.as_ref()),
        Value::Date(date) => date.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Error(error) => error.to_string(),
        Value::Uncalculated => "?".into(),
    };
    let look = if cell.style.bold { "*" } else { "" };
    let formula = cell.formula().map_or_else(String::new, |formula| format!(" ={formula}"));
    format!("{} {look}{value}{formula}", a1(cell.row, cell.col))
}

fn all_shown(grid: &Grid) -> Vec<String> {
    grid.cells().iter().map(shown).collect()
}

fn xlsx_written() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let total = Look::new().set_bold().set_border_top(FormatBorder::Thin).set_num_format("#,##0");
    let kronor = Look::new().set_num_format("#,##0.00\\ \"kr\"").set_indent(2);
    let day = Look::new().set_num_format("yyyy-mm-dd");
    let clock = Look::new().set_num_format("[h]:mm");
    let sheet = workbook.add_worksheet().set_name("RR").unwrap();
    sheet.merge_range(0, 0, 0, 2, "Resultaträkning", &Look::new().set_bold()).unwrap();
    sheet.write_with_format(1, 1, ExcelDateTime::from_ymd(2019, 12, 31).unwrap(), &day).unwrap();
    sheet.write_with_format(1, 2, 1.5, &clock).unwrap();
    sheet.write_with_format(2, 1, 1_250_000.5, &kronor).unwrap();
    sheet.write(3, 1, 0.1 + 0.2).unwrap();
    sheet.write(3, 2, " två ord ").unwrap();
    sheet.write_formula_with_format(4, 1, Formula::new("SUM(B3:B4)").set_result("1250000.8"), &total).unwrap();
    sheet.write_formula(4, 2, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(5, 1, true).unwrap();
    sheet.write_rich_string(6, 0, &[(&Look::new().set_bold(), "Sum"), (&Look::new().set_bold(), "ma")]).unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.set_column_hidden(2).unwrap();
    let notes = workbook.add_worksheet().set_name("Noter").unwrap();
    notes.set_very_hidden(true);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_everything() {
    let grids = grids("bok.xlsx", &xlsx_written());
    let [rr, notes] = grids.as_slice() else { panic!("{} sheets", grids.len()) };
    assert_eq!(
        all_shown(rr),
        [
            "A1 *\"Resultaträkning\"",
            "B2 2019-12-31",
            "C2 \"36:00\"",
            "B3 1250000.5",
            "B4 0.3",
            "C4 \" två ord \"",
            "B5 *1250000.8 =SUM(B3:B4)",
            "C5 #DIV/0! =1/0",
            "B6 true",
            "A7 *\"Summa\"",
        ]
    );
    assert_eq!((rr.input, rr.source, rr.styled, rr.formulas_complete), (3, Source::Workbook, true, true));
    assert_eq!((rr.hidden, notes.hidden), (false, true));
    assert_eq!((rr.hidden_rows.as_slice(), rr.hidden_cols.as_slice()), ([5].as_slice(), [2].as_slice()));
    assert_eq!(rr.merged.iter().map(|area| area.a1()).collect::<Vec<_>>(), ["A1:C1"]);
    let kronor = rr.get(2, 1).unwrap().style;
    assert_eq!((kronor.format, kronor.indent), (NumberFormat::Fixed { decimals: 2 }, 2));
    assert!(rr.get(4, 1).unwrap().style.border_top);
    assert_eq!(rr.get(3, 1).unwrap().stored(), Some("0.30000000000000004"));
}

/// A package of parts, as careless writers make them.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn xlsx_of(sheet: &str, workbook_more: &str, styles: &str) -> Vec<u8> {
    let workbook = format!(
        "<workbook xmlns:r=\"r\">{workbook_more}<sheets><sheet name=\"Blad &amp; 1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    package(&[
        ("[Content_Types].xml", "<Types><Override ContentType=\"x.spreadsheetml.sheet.main+xml\"/></Types>"),
        ("xl/workbook.xml", &workbook),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"o/worksheet\" Target=\"worksheets/s.xml\"/>\
             <Relationship Id=\"rId2\" Type=\"o/styles\" Target=\"/xl/styles.xml\"/></Relationships>",
        ),
        ("xl/styles.xml", styles),
        ("xl/worksheets/s.xml", sheet),
    ])
}

const DATES: &str = "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";

/// Nearly all cells are read straight from the bytes, and the rest as any XML: the same is to come out. The sheet is
/// large enough to be inflated beside its reading.
#[test]
fn cells_are_the_same_in_whatever_way_they_are_written() {
    let cell = |i: usize| match i % 11 {
        0 => "<c t=\"str\"><f>A1&amp;\"å\"</f><v>två &lt; tre</v></c>".to_string(),
        1 => format!("<c r=\"{}\" s=\"1\"><v>{i}</v></c>", a1((i / 11) as u32, 1)),
        2 => "<c/>".to_string(),
        3 => format!("<c t=\"b\"><v>{}</v></c>", i % 2),
        4 => format!("<c><f>SUM(A{i}:B{i})</f><v>-{i}.25</v></c>"),
        5 => "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>".to_string(),
        6 => "<c><f>NOW()</f></c>".to_string(),
        7 => "<c s=\"1\"></c>".to_string(),
        8 => "<c t=\"n\"><v>1.5E3</v></c>".to_string(),
        9 => "<c t=\"str\"><v>Å, ä och ö</v></c>".to_string(),
        _ => "<c t=\"d\"><v>2019-12-31</v></c>".to_string(),
    };
    let row = |row: usize| {
        let cells: String = (row * 11..row * 11 + 11).map(cell).collect();
        format!("<row>{cells}</row>{:18000}", "")
    };
    let rows: String = (0..300).map(row).collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    assert!(sheet.len() > 5 << 20);
    let plain = grids("plain.xlsx", &xlsx_of(&sheet, "", DATES));
    // A tag with a space before its end is no longer plain.
    let other = sheet.replace("<c ", "<c  ").replace("<c>", "<c >").replace("<c/>", "<c />");
    let other = grids("other.xlsx", &xlsx_of(&other, "", DATES));
    assert_eq!(plain[0].cells().len(), 300 * 9);
    assert!(plain[0].cells() == other[0].cells());
    assert_eq!(all_shown(&plain[0])[..5], all_shown(&other[0])[..5]);
    let first = all_shown(&plain[0])[..9].join(" | ");
    assert_eq!(
        first,
        "A1 \"två < tre\" =A1&\"å\" | B1 1900-01-01 | D1 true | E1 -4.25 =SUM(A4:B4) | F1 #DIV/0! =1/0 | G1 ? =NOW() | \
         I1 1500 | J1 \"Å, ä och ö\" | K1 2019-12-31"
    );
}

#[test]
fn rows_are_the_same_in_whatever_way_their_tags_are_written() {
    let sheet = |row: &dyn Fn(u32) -> String| {
        let rows: String =
            (2..60).map(|r| format!("{}<c r=\"A{r}\"><v>{r}</v></c><c><v>0.5</v></c></row>", row(r))).collect();
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        all_shown(&grids("bok.xlsx", &xlsx_of(&sheet, "", ""))[0])
    };
    let plain = sheet(&|r| format!("<row r=\"{r}\">"));
    assert_eq!((plain.len(), plain[2].as_str(), plain[3].as_str()), (116, "A3 3", "B3 0.5"));
    let ways: [&dyn Fn(u32) -> String; 6] = [
        &|r| format!("<row r=\"{r}\" >"),
        &|r| format!("<row spans=\"1:2\" r=\"{r}\" x:dyDescent=\"0.25\">"),
        &|r| format!("<row r='{r}'>"),
        &|r| format!("<row\tr=\"{r}\"\n>"),
        &|r| format!("<row r=\"{}\"/><row r=\"{r}\">", r + 70),
        &|_| "<row >".to_string(),
    ];
    for (i, way) in ways.into_iter().enumerate() {
        assert_eq!(sheet(way), plain, "{i}");
    }
}

#[test]
fn what_other_programs_write() {
    let sheet = "<x:worksheet xmlns:x=\"m\"><x:sheetData>\
        <x:row><x:c><x:v>1</x:v></x:c><x:c t=\"inlineStr\"><x:is><x:t>två</x:t></x:is></x:c></x:row>\
        <x:row r=\"3\"><x:c r=\"B3\"><x:f>_xlfn.CONCAT(A1)</x:f></x:c><x:c><x:v>12,5</x:v></x:c></x:row>\
        <x:row r=\"4\"><x:c r=\"A4\" t=\"str\"><x:f>\"\"</x:f><x:v></x:v></x:c><x:c r=\"B4\" t=\"d\"><x:v>2019-12-31</x:v></x:c>\
        <x:c r=\"C4\"><x:v>1E400</x:v></x:c><x:c r=\"D4\" t=\"inlineStr\"><x:is><x:t></x:t></x:is></x:c></x:row>\
        <x:row r=\"1048576\"><x:c r=\"XFD1048576\" t=\"b\"><x:v>1</x:v></x:c></x:row>\
        </x:sheetData></x:worksheet>";
    let (input, grids) = read_bytes("bok.bin", &xlsx_of(sheet, "", ""), &Options::default());
    assert_eq!(input.format, Some(Format::Xlsx), "by content, whatever its ending");
    assert_eq!(grids[0].sheet, "Blad & 1");
    assert_eq!(
        all_shown(&grids[0]),
        [
            "A1 1",
            "B1 \"två\"",
            "B3 ? =CONCAT(A1)",
            "C3 \"12,5\"",
            "A4 \"\" =\"\"",
            "B4 2019-12-31",
            "C4 \"1E400\"",
            "XFD1048576 true"
        ]
    );
    assert_eq!(input.remarks, [Remark::NeverCalculated { formulas: 1 }]);
}

#[test]
fn shared_formulas_stand_in_every_cell() {
    let sheet = "<worksheet><sheetData><row r=\"1\">\
        <c r=\"A1\"><f t=\"shared\" si=\"0\"/><v>1</v></c>\
        <c r=\"B1\"><f t=\"shared\" ref=\"A1:C1\" si=\"0\">SUM(B2:B$9)+RR2019!$B2</f><v>2</v></c>\
        <c r=\"C1\"><f t=\"shared\" si=\"0\"/><v>3</v></c>\
        <c r=\"D1\"><f t=\"array\" ref=\"D1:D1\">SUM(A1*B1)</f><v>3</v></c></row></sheetData></worksheet>";
    let grid = grids("bok.xlsx", &xlsx_of(sheet, "", "")).remove(0);
    let expected = [
        "A1 1 =SUM(A2:A$9)+RR2019!$B2",
        "B1 2 =SUM(B2:B$9)+RR2019!$B2",
        "C1 3 =SUM(C2:C$9)+RR2019!$B2",
        "D1 3 =SUM(A1*B1)",
    ];
    assert_eq!(all_shown(&grid), expected);
    assert!(grid.formulas_complete);
    let spread = sheet.replace("D1:D1", "D1:D9");
    assert!(!grids("bok.xlsx", &xlsx_of(&spread, "", ""))[0].formulas_complete);
}

#[test]
fn both_epochs() {
    let sheet = "<worksheet><sheetData><row><c s=\"1\"><v>42368</v></c></row></sheetData></worksheet>";
    let with = |more| all_shown(&grids("bok.xlsx", &xlsx_of(sheet, more, DATES))[0]);
    assert_eq!(with("<workbookPr date1904=\"1\"/>"), ["A1 2019-12-31"]);
    assert_eq!(with(""), ["A1 2015-12-30"]);
}

#[test]
fn zeros_that_wait_for_calculation_are_no_results() {
    let sheet = "<worksheet><sheetData><row><c><f>A2</f><v>0</v></c><c><v>0</v></c></row></sheetData></worksheet>";
    let with = |more| all_shown(&grids("bok.xlsx", &xlsx_of(sheet, more, ""))[0]);
    assert_eq!(with("<calcPr fullCalcOnLoad=\"1\"/>"), ["A1 ? =A2", "B1 0"]);
    assert_eq!(with(""), ["A1 0 =A2", "B1 0"]);
}

#[test]
fn a_sheet_that_ends_early_is_read_as_far_as_it_goes() {
    let sheet = "<worksheet><sheetData><row><c><v>1</v></c><c><v>2";
    let (input, grids) = read_bytes("bok.xlsx", &xlsx_of(sheet, "", ""), &Options::default());
    assert!(matches!(input.error, Some(ReadError::Damaged(_))), "{:?}", input.error);
    assert_eq!(all_shown(&grids[0]), ["A1 1"]);
}

const BOKSLUT: [&str; 21] = [
    "A1 *\"Resultaträkning\"",
    "B2 2019",
    "C2 2018-12-31",
    "A3 \"Driftbidrag från staten\"",
    "B3 1250000.5",
    "C3 1000000",
    "A4 \"Kostnader\"",
    "B4 -1255759.25",
    "C4 -431372",
    "A5 *\"Årets resultat\"",
    "B5 *-5758.75 =SUM(B3:B4)",
    "C5 *568628 =SUM(C3:C4)",
    "A6 \"Jämförelse\"",
    "B6 1 =IF(B3>C3,1,0)",
    "C6 1 =IF(C3>=C4,1,0)",
    "A7 \"Andel\"",
    "B7 0.125",
    "C7 #DIV/0! =C3/0",
    "A8 \"Sant\"",
    "A9 \"Dold rad\"",
    "D9 \"dold kolumn\"",
];

#[test]
fn an_opendocument_workbook() {
    let (input, grids) = read::read(&fixture("bokslut.ods"), 0, &Options::default());
    assert_eq!((input.format, input.error.is_none()), (Some(Format::Ods), true));
    assert_eq!(input.sha256.len(), 64);
    let [rr, notes] = grids.as_slice() else { panic!("{} sheets", grids.len()) };
    let mut expected: Vec<&str> = BOKSLUT.to_vec();
    expected.insert(19, "B8 1 =TRUE()");
    expected.extend(["A10 \"Från not\"", "B10 7 ='Noter 2019'!B2"]);
    assert_eq!(all_shown(rr), expected);
    assert_eq!((rr.hidden_rows.as_slice(), rr.hidden_cols.as_slice()), ([8].as_slice(), [3].as_slice()));
    assert_eq!(rr.merged.iter().map(|area| area.a1()).collect::<Vec<_>>(), ["A1:C1"]);
    assert_eq!((rr.hidden, notes.hidden, notes.sheet.as_str()), (false, true, "Noter 2019"));
    let style = |row, col| rr.get(row, col).unwrap().style;
    assert_eq!(style(2, 1).format, NumberFormat::Fixed { decimals: 2 });
    assert_eq!(style(6, 1).format, NumberFormat::Percent { decimals: 1 });
    assert_eq!((style(4, 0).border_top, style(3, 0).border_top, style(2, 0).indent), (true, false, 1));
}

#[test]
fn an_old_workbook_in_this_process_and_in_a_worker() {
    let worker = PathBuf::from(env!("CARGO_BIN_EXE_avstam"));
    let guarded = Options { worker: Some(worker), ..Options::default() };
    let (input, grids) = read::read(&fixture("bokslut.xls"), 0, &guarded);
    assert_eq!((input.format, input.error.is_none()), (Some(Format::Xls), true), "{:?}", input.error);
    let mut expected: Vec<String> = BOKSLUT.iter().map(|line| line.replace('*', "")).collect();
    expected.insert(19, "B8 true =TRUE".into());
    // A formula that names another sheet is not known.
    expected.extend(["A10 \"Från not\"".into(), "B10 7".into()]);
    assert_eq!(all_shown(&grids[0]), expected, "where > and >= differ calamine has been repaired");
    assert_eq!((grids[0].formulas_complete, grids[0].styled, grids[1].hidden), (false, false, true));
    assert_eq!(input.remarks, [Remark::FormulasIncomplete]);
    let (_, here) = read::read(&fixture("bokslut.xls"), 0, &Options::default());
    assert_eq!(format!("{here:?}"), format!("{grids:?}"));
}

#[test]
fn a_worker_that_is_none_is_an_error_and_no_hang() {
    let options = Options { worker: Some(PathBuf::from("/finns/inte")), ..Options::default() };
    let (input, _) = read::read(&fixture("bokslut.xls"), 0, &options);
    assert!(matches!(input.error, Some(ReadError::Crashed { format: "xls", .. })), "{:?}", input.error);
}

#[test]
fn delimited_files_keep_their_rows() {
    let (input, grids) =
        read_bytes("a.csv", b"\xc5rets utfall\r\n\r\nPost;2019;\"a\nb\"\r\nSumma;1 234,50;\r\n", &Options::default());
    assert_eq!(
        all_shown(&grids[0]),
        ["A1 \"Årets utfall\"", "A3 \"Post\"", "B3 \"2019\"", "C3 \"a\\nb\"", "A4 \"Summa\"", "B4 \"1 234,50\""]
    );
    assert_eq!((input.format, grids[0].source, grids[0].sheet.as_str()), (Some(Format::Csv), Source::Delimited, ""));
    assert_eq!(input.remarks, [Remark::EncodingGuessed(Encoding::Windows1252)]);
    let options = Options { delimiter: Some(b','), encoding: Some(Encoding::Cp437), ..Options::default() };
    let (input, grids) = read_bytes("a.csv", b"\x8frets;1,5", &options);
    assert_eq!((all_shown(&grids[0]), input.remarks), (vec!["A1 \"Årets;1\"".into(), "B1 \"5\"".into()], vec![]));
}

#[test]
fn text_is_told_from_tables() {
    let format = |name, text: &str| read_bytes(name, text.as_bytes(), &Options::default()).0.format.unwrap();
    assert_eq!(format("a.csv", "a,b\n1,2\n"), Format::Csv);
    assert_eq!(format("a.csv", "a\tb\n1\t2\n"), Format::Tsv);
    assert_eq!(format("a.txt", "Post;2019;2018\nA;1;2\nB;3;4\n"), Format::Csv);
    assert_eq!(
        format("a.txt", "Text om året, som var bra.\n\nMer text, i fler rader, som är långa.\n\tA\tB\n"),
        Format::Text
    );
    assert_eq!(format("a", "| a | b |\n|---|---|\n| 1 | 2 |\n"), Format::Markdown);
    assert_eq!(format("a.md", "Bara text"), Format::Markdown);
}

#[test]
fn a_document_in_one_xml_file() {
    let text = r##"<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">
        <office:body><office:spreadsheet><table:table table:name="RR"><table:table-row table:number-rows-repeated="2">
        <table:table-cell office:value-type="float" office:value="12.50" table:number-columns-repeated="2"><text:p>12,50</text:p></table:table-cell>
        <table:table-cell><text:p>ett<text:s text:c="2"/>två</text:p><text:p>tre</text:p><office:annotation><text:p>nej</text:p></office:annotation></table:table-cell>
        </table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>fyll</text:p></table:table-cell></table:table-row>
        </table:table></office:spreadsheet></office:body></office:document>"##;
    let grid = grids("a.fods", text.as_bytes()).remove(0);
    let line = |row: u32| [format!("A{row} 12.5"), format!("B{row} 12.5"), format!("C{row} \"ett  två\\ntre\"")];
    assert_eq!(all_shown(&grid)[..6], [line(1), line(2)].concat());
    assert_eq!(grid.cells().len(), 6 + 4, "no rows beyond the last of a sheet");
    let cut = &text[..text.find("tre").unwrap()];
    let start = Instant::now();
    let (input, _) = read_bytes("a.fods", cut.as_bytes(), &Options::default());
    assert!(matches!(input.error, Some(ReadError::Damaged(_))) && start.elapsed().as_secs() < 2, "{:?}", input.error);
}
