"""The questions of forbund.sql in Polars, which reads many files lazily: scan_parquet("*.parquet").

avstam convert --each fixtures/workbooks/*.xlsx -o records.parquet
python3 examples/queries/forbund.py records.parquet
"""

import sys

import polars as pl

records = pl.scan_parquet(sys.argv[1])
kronor = pl.col("amount").sum().cast(pl.Decimal(18, 0)).alias("kronor")
first_year = pl.col("year") == pl.col("year").min().over("file")

shares = (
    records.filter(
        pl.col("statement").eq("budget")
        & pl.col("concept").str.starts_with("contribution-")
        & pl.col("role").eq("line")
    )
    .filter(first_year)
    .group_by("association", "year", "entity", "member")
    .agg(kronor)
    .with_columns(
        (
            100
            * pl.col("kronor").cast(pl.Float64)
            / pl.col("kronor").cast(pl.Float64).sum().over("association", "year", "entity")
        )
        .round(1)
        .alias("percent")
    )
    .sort("association", "year", "entity", "kronor", descending=[False, False, False, True])
)

insatser = (
    records.filter(
        pl.col("statement").eq("budget") & pl.col("activity").is_not_null() & pl.col("activity_kind").is_not_null()
    )
    .group_by("association", "year", "activity_kind")
    .agg(pl.col("activity").n_unique().alias("insatser"), kronor)
    .sort("association", "year", "activity_kind")
)

with pl.Config(tbl_rows=40, fmt_str_lengths=48, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
    print(shares.collect())
    print(insatser.collect())
