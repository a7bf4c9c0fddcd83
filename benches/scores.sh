#!/bin/sh
# How good is `avstam inspect` at finding sums that nobody marked? Usage: benches/scores.sh DATA
#
# DATA is a folder with aggrecol/ (dataset.jl.gz and score_sums.py) and budgets/ (*.xlsx and score_budgets.py, which
# needs openpyxl). Builds the release binary, runs both scorers and prints their tables.
set -eu
data=${1:?"which folder holds aggrecol/ and budgets/?"}
cd "$(dirname "$0")/.."
cargo build --release --quiet
avstam="${CARGO_TARGET_DIR:-target}/release/avstam"
echo "AggreCol: relations in 385 annotated sheets, strict"
python3 "$data/aggrecol/score_sums.py" "$avstam" "$data/aggrecol/dataset.jl.gz"
echo
echo "Swedish budgets, formulas stripped, against their own formulas"
python3 "$data/budgets/score_budgets.py" "$avstam" "$data"/budgets/*.xlsx
echo
echo "The same, SUMIF and SUMIFS read as the sums that they are"
copies=$(mktemp -d)
trap 'rm -rf "$copies"' EXIT
python3 benches/sumif.py "$copies" "$data"/budgets/*.xlsx
python3 "$data/budgets/score_budgets.py" "$avstam" "$copies"/*.xlsx
