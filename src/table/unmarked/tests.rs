use super::*;
use crate::grid::{Cell, Source, Value, a1};

/// A sheet from lines of cells with `|` between them.
fn sheet(text: &str) -> Grid {
    let mut cells = Vec::new();
    for (row, line) in text.lines().enumerate() {
        for (col, field) in line.split('|').enumerate() {
            cells.push(Cell::new(row as u32, col as u32, Value::Text(field.trim().into())));
        }
    }
    Grid::new(0, "", Source::Delimited, cells)
}

/// Every relation in a line: `sum B4 = B1 B2 B3`, with `!` where it does not hold.
fn shown(grid: &Grid) -> Vec<String> {
    let name = |(row, col): Place| a1(row, col);
    let lines = find(grid).into_iter().map(|found| {
        let terms =
            found.terms.iter().map(|&(place, sign)| format!("{}{}", if sign < 0 { "-" } else { "" }, name(place)));
        let kind = format!("{:?}", found.kind).to_lowercase();
        let terms = terms.collect::<Vec<_>>().join(" ");
        format!("{kind} {} = {terms}{}", name(found.result), if found.holds { "" } else { " !" })
    });
    lines.collect()
}

#[test]
fn a_column_adds_up_below_its_parts() {
    let grid = sheet("Hyra|1 203|1 377\nLön|48 112|47 905\nResor|877|1 044\nSumma|50 192|50 326");
    assert_eq!(shown(&grid), ["sum B4 = B1 B2 B3", "sum C4 = C1 C2 C3"]);
}

#[test]
fn a_row_adds_up_in_every_sibling() {
    let grid = sheet("a|311|52|363\nb|148|977|1 125\nc|65|401|466\nd|720|38|758");
    let rows: Vec<String> = (1..=4).map(|row| format!("sum D{row} = B{row} C{row}")).collect();
    assert_eq!(shown(&grid), rows);
}

#[test]
fn totals_may_stand_before_their_parts_and_be_nested() {
    let grid = sheet(
        "Alla|96 613|91 002\nNorr|41 207|40 118\nsjö|18 004|17 311\nskog|23 203|22 807\nSyd|55 406|50 884\nby|31 377|29 460\nstad|24 029|21 424",
    );
    let expected =
        ["sum B1 = B2 B5", "sum C1 = C2 C5", "sum B2 = B3 B4", "sum C2 = C3 C4", "sum B5 = B6 B7", "sum C5 = C6 C7"];
    assert_eq!(shown(&grid), expected);
}

#[test]
fn a_balance_is_what_is_left_over() {
    let grid = sheet("|Intäkter|Kostnader|Balans\na|5 120|7 311|-2 191\nb|9 004|6 127|2 877\nc|3 377|3 912|-535");
    assert_eq!(shown(&grid), ["difference D2 = B2 -C2", "difference D3 = B3 -C3", "difference D4 = B4 -C4"]);
}

#[test]
fn one_broken_sibling_is_told() {
    let grid = sheet("a|311|52|363\nb|148|977|1 125\nc|65|401|476\nd|720|38|758\ne|114|29|143\nf|871|66|937");
    let found = shown(&grid);
    assert_eq!(found.len(), 6);
    assert!(found.contains(&"sum D3 = B3 C3 !".to_string()), "{found:?}");
}

#[test]
fn rounded_parts_need_not_add_up_to_the_last_step() {
    let grid = sheet("a|1311|1052|2364\nb|1148|1977|3125\nc|2065|1401|3465\nd|1720|3038|4758\ne|2114|3029|5143");
    assert_eq!(shown(&grid).len(), 5);
    assert!(shown(&grid).iter().all(|line| !line.ends_with('!')));
}

#[test]
fn coincidences_are_not_sums() {
    for text in [
        "1\n2\n3\n4\n5\n6",
        "0|0|0\n0|0|0\n0|0|0",
        "2019|2020|2021\n5|3|2\n4|1|3",
        "a|3|1|2\nb|7|9|1\nc|5|5|4\nd|8|1|2\ne|4|6|9",
    ] {
        assert_eq!(shown(&sheet(text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn shares_changes_and_means_are_told_apart() {
    let shares = sheet("a|1 204|3 377|35,7%\nb|812|2 911|27,9%\nc|455|5 018|9,1%\nd|2 044|2 533|80,7%");
    assert!(shown(&shares).contains(&"ratio D1 = B1 C1".to_string()), "{:?}", shown(&shares));
    let changes = sheet("a|1204|1377|14,37\nb|2911|2812|-3,40\nc|4550|5018|10,29\nd|2044|2533|23,92");
    assert!(shown(&changes).contains(&"change D1 = B1 C1".to_string()), "{:?}", shown(&changes));
    let means = sheet("12,4|3,91\n18,8|5,02\n9,1|7,77\n13,43333|5,56667");
    assert_eq!(shown(&means), ["average A4 = A1 A2 A3", "average B4 = B1 B2 B3"]);
}

#[test]
fn a_formula_overrules_what_the_figures_allow() {
    let mut cells: Vec<Cell> = [1203i64, 48112, 877, 50192, 50192]
        .iter()
        .enumerate()
        .map(|(row, &value)| Cell::new(row as u32, 1, Value::Number(crate::money::Amount::new(value.into(), 0))))
        .collect();
    cells[4].set_formula(Some("SUM(B1:B3)".into()));
    let grid = Grid::new(0, "RR", Source::Workbook, cells);
    assert!(shown(&grid).contains(&"sum B5 = B1 B2 B3".to_string()));
}

#[test]
fn a_balance_that_stands_in_total_rows_alone_is_found() {
    let block = |income: &str, bought: &str, cost: &str, rest: &str| {
        format!("Biljetter|{income}|\nInköp|{bought}|{cost}\nSubtotalt|{income}|{cost}|{rest}\n")
    };
    let text = block("4800", "", "7830", "-3030")
        + &block("26200", "", "9150", "17050")
        + &block("15700", "", "19840", "-4140")
        + &block("8340", "", "2270", "6070");
    let lines = shown(&sheet(&text));
    for row in [3, 6, 9, 12] {
        let line = format!("difference D{row} = B{row} -C{row}");
        assert!(lines.contains(&line), "{line} in {lines:#?}");
    }
}

#[test]
fn a_total_of_another_word_adds_the_totals_below_it() {
    let grid = sheet(
        "Mat|1210|1377\nDryck|4830|4790\nDelsumma|6040|6167\nlös post|999|\nVakt|3170|3055\nHyra|2240|2410\nDelsumma|5410|5465\nSumma|11450|11632",
    );
    let lines = shown(&grid);
    assert!(lines.contains(&"sum B8 = B3 B7".to_string()), "{lines:#?}");
    assert!(lines.contains(&"sum C8 = C3 C7".to_string()), "{lines:#?}");
}

#[test]
fn a_total_that_repeats_one_figure_is_no_sum_of_what_follows() {
    let grid = sheet("Resor|4 000\nSumma|4 000\nMat|1 000\nDryck|3 000\nHyra|2 500\nSumma|6 500");
    assert_eq!(shown(&grid), ["sum B6 = B3 B4 B5"]);
}
