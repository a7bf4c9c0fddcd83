//! The forms of output hold the same records.

use std::path::Path;

use avstam::finding::Language;
use avstam::grid::{Cell, Grid, Value};
use avstam::money::Money;
use avstam::records::{self, COLUMNS, Record};
use avstam::{read, workbook};

use super::{of_file, workbooks};

fn all() -> Vec<Record> {
    workbooks().iter().flat_map(|path| of_file(path)).collect()
}

fn amounts(records: &[Record]) -> Vec<Option<Money>> {
    records.iter().map(|record| record.amount).collect()
}

fn read_back(name: &str, bytes: &[u8]) -> Grid {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    let (input, mut grids) = read::read(Path::new(&path), 0, &read::Options::default());
    assert!(input.error.is_none(), "{:?}", input.error);
    grids.remove(0)
}

/// The amounts of a sheet of records, and the labels.
fn of_grid(grid: &Grid) -> (Vec<Option<Money>>, Vec<String>) {
    let column = |name: &str| COLUMNS.iter().position(|column| column.name == name).expect("a column") as u32;
    let number = |cell: &Cell| match &cell.value {
        Value::Number(amount) => Some(amount.value),
        Value::Text(text) => Money::parse(&text.replace(',', ".")),
        _ => None,
    };
    let rows = 1..=grid.last().expect("rows").0;
    let label = |row| grid.get(row, column("label")).and_then(Cell::text).unwrap_or_default().to_owned();
    rows.map(|row| (grid.get(row, column("amount")).and_then(number), label(row))).unzip()
}

#[test]
fn csv_and_xlsx_hold_every_amount() {
    let records = all();
    let mut csv = Vec::new();
    records::csv(&mut csv, &records).expect("csv");
    let xlsx = workbook::records(&records, Language::Swedish).expect("xlsx");
    for (name, bytes) in [("records.csv", csv), ("records.xlsx", xlsx)] {
        let grid = read_back(name, &bytes);
        let heading: Vec<&str> = grid.row(0).iter().filter_map(Cell::text).collect();
        assert_eq!(heading, COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>(), "{name}");
        let (found, labels) = of_grid(&grid);
        assert_eq!(found, amounts(&records), "{name}");
        assert!(labels.iter().all(|label| !label.starts_with('=')), "{name}");
        assert!(grid.cells().iter().all(|cell| cell.formula().is_none()), "{name}");
    }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let records = of_file(&workbooks()[0]);
    let xlsx = || workbook::records(&records, Language::Swedish).expect("xlsx");
    assert!(xlsx() == xlsx());
    assert!(workbook::records(&[], Language::English).is_ok(), "none is a table, too");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_every_amount() {
    use parquet::basic::LogicalType;
    use parquet::data_type::AsBytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, RowAccessor};

    let records = all();
    let bytes = records::parquet(&records).expect("parquet");
    assert!(bytes == records::parquet(&records).expect("parquet"), "the same bytes");
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a parquet file");
    let schema = reader.metadata().file_metadata().schema_descr().columns().to_vec();
    assert_eq!(schema.iter().map(|c| c.name()).collect::<Vec<_>>(), COLUMNS.iter().map(|c| c.name).collect::<Vec<_>>());
    let at = COLUMNS.iter().position(|column| column.name == "amount").expect("amount");
    assert_eq!(schema[at].logical_type_ref(), Some(&LogicalType::decimal(10, 38)));
    let read: Vec<Option<Money>> = reader
        .get_row_iter(None)
        .expect("rows")
        .map(|row| {
            let row = row.expect("a row");
            match row.get_column_iter().nth(at).expect("amount").1 {
                Field::Null => None,
                _ => {
                    let decimal = row.get_decimal(at).expect("a decimal");
                    let bytes: [u8; 16] = decimal.data().as_bytes().try_into().expect("16 bytes");
                    Some(Money::of_scaled(i128::from_be_bytes(bytes), 10))
                }
            }
        })
        .collect();
    assert_eq!(read, amounts(&records));
}
