//! Records as parquet, for those who add up many förbund over many years. Decimals are DECIMAL(38, 10): exact to a
//! hundred-millionth of an öre, which no account goes beyond.

use std::io;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;

use super::{COLUMNS, Column, Form, Record, Value};
use crate::money::Money;

const SCALE: u32 = 10;
const PRECISION: i32 = 38;
/// Bytes of the whole number that a decimal is.
const WIDTH: i32 = 16;

/// The records as the bytes of a parquet file. The same records give the same bytes.
pub fn parquet(records: &[Record]) -> io::Result<Vec<u8>> {
    write(records).map_err(io::Error::other)
}

fn write(records: &[Record]) -> Result<Vec<u8>, ParquetError> {
    let fields = COLUMNS.iter().map(|column| Ok(Arc::new(field(column)?))).collect::<Result<_, ParquetError>>()?;
    let schema = Arc::new(Type::group_type_builder("records").with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("avstam ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    let mut columns = COLUMNS.iter();
    while let (Some(mut writer), Some(column)) = (group.next_column()?, columns.next()) {
        fill(&mut writer, column, records)?;
        writer.close()?;
    }
    group.close()?;
    file.into_inner()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let physical = match column.form {
        Form::Text | Form::Code(_) | Form::Codes => Physical::BYTE_ARRAY,
        Form::Whole => Physical::INT64,
        Form::Decimal => Physical::FIXED_LEN_BYTE_ARRAY,
    };
    let repetition = if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let field = Type::primitive_type_builder(column.name, physical).with_repetition(repetition);
    match column.form {
        Form::Text | Form::Code(_) | Form::Codes => field.with_logical_type(Some(LogicalType::String)).build(),
        Form::Whole => field.build(),
        Form::Decimal => field
            .with_logical_type(Some(LogicalType::decimal(SCALE as i32, PRECISION)))
            .with_length(WIDTH)
            .with_precision(PRECISION)
            .with_scale(SCALE as i32)
            .build(),
    }
}

fn fill(to: &mut SerializedColumnWriter<'_>, column: &Column, records: &[Record]) -> Result<(), ParquetError> {
    let values: Vec<Value<'_>> = records.iter().map(column.of).collect();
    let levels: Vec<i16> = values.iter().map(|value| i16::from(*value != Value::Nothing)).collect();
    let levels = (!column.required).then_some(levels.as_slice());
    match column.form {
        Form::Text | Form::Code(_) | Form::Codes => {
            let texts: Vec<ByteArray> = values.into_iter().filter_map(text).map(ByteArray::from).collect();
            to.typed::<ByteArrayType>().write_batch(&texts, levels, None)?;
        }
        Form::Whole => {
            let whole = |value| if let Value::Whole(whole) = value { Some(whole) } else { None };
            let wholes: Vec<i64> = values.into_iter().filter_map(whole).collect();
            to.typed::<Int64Type>().write_batch(&wholes, levels, None)?;
        }
        Form::Decimal => {
            let decimal = |value| if let Value::Decimal(amount) = value { Some(decimal(amount)) } else { None };
            let decimals: Vec<FixedLenByteArray> = values.into_iter().filter_map(decimal).collect();
            to.typed::<FixedLenByteArrayType>().write_batch(&decimals, levels, None)?;
        }
    }
    Ok(())
}

fn text(value: Value<'_>) -> Option<Vec<u8>> {
    match value {
        Value::Text(text) => Some(text.as_bytes().to_vec()),
        Value::Made(text) => Some(text.into_bytes()),
        Value::Codes(codes) => Some(codes.join(" ").into_bytes()),
        Value::Nothing | Value::Whole(_) | Value::Decimal(_) => None,
    }
}

/// The amount as a whole number of 10^−10, the highest byte first. 28 digits before the decimal sign and ten after
/// it are as many as the format and 128 bits hold.
fn decimal(amount: Money) -> FixedLenByteArray {
    let text = amount.round(SCALE).to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction:0<width$}", width = SCALE as usize);
    let scaled: i128 = digits.parse().unwrap_or(if amount.is_negative() { i128::MIN } else { i128::MAX });
    FixedLenByteArray::from(ByteArray::from(scaled.to_be_bytes().to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let scaled = |text: &str| {
            let bytes: [u8; 16] = decimal(Money::parse(text).expect("an amount")).data().try_into().expect("16 bytes");
            i128::from_be_bytes(bytes)
        };
        assert_eq!(scaled("-431372.5"), -4_313_725_000_000_000);
        assert_eq!(scaled("-0.5"), -5_000_000_000);
        assert_eq!(scaled("9999999999999999999999999999"), 99_999_999_999_999_999_999_999_999_990_000_000_000);
    }
}
