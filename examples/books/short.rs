//! The short tables and the budget.

use avstam::money::Unit;
use avstam::period::Measure;

use crate::table::{Column, Figure, Look, Maker, Part, Row, Table};

impl Maker<'_> {
    pub fn multi_year(&mut self) -> Table {
        let count = 3 + self.random.below(3);
        let columns = self.actual(count);
        let cost = if self.random.chance(50) { self.cost() } else { 1 };
        let has = self.forbund.has;
        let mut rows = Vec::new();
        // Where there are financial items, income less costs is not the result: then costs are all of them.
        let net = has.financial || has.fixed || has.extraordinary;
        rows.push(self.row("fa.income", Look::Line, &columns, |y, _| y.income()));
        if self.style.statement_form == 0 && has.cofinancing {
            rows[0].label = "Intäkter".into();
        }
        if !net || self.random.chance(40) {
            rows.push(self.row("fa.costs", Look::Line, &columns, move |y, _| cost * y.costs()));
        }
        if net && rows.len() == 2 && self.random.chance(50) {
            rows.pop();
        }
        let whole = rows.len() == 2 && !net;
        let mut result =
            self.row(if whole { "fa.result" } else { "fa.result.alone" }, Look::Line, &columns, |y, _| y.result());
        if !whole {
            result.label = self.word("fa.result");
            if rows.len() == 2 {
                rows.pop();
            }
        }
        rows.push(result);
        if self.random.chance(60) {
            rows.push(self.row("fa.equity", Look::Line, &columns, |y, _| y.equity));
        }
        if self.random.chance(40) {
            rows.push(self.row("fa.assets", Look::Line, &columns, |y, _| y.assets()));
        }
        if self.random.chance(40) {
            rows.push(self.row("fa.liquid", Look::Line, &columns, |y, _| y.cash()));
        }
        if self.random.chance(70) {
            let mut row = self.row("fa.ratio", Look::Line, &columns, |_, _| 0);
            for (figure, column) in row.figures.iter_mut().zip(&columns) {
                let year = self.year(column.year);
                *figure = Figure::Ratio(year.equity * 1_000_000 / year.assets());
            }
            rows.push(row);
        }
        if self.random.chance(40) {
            let mut row = self.row("fa.staff", Look::Line, &columns, |_, _| 0);
            row.figures.iter_mut().for_each(|figure| *figure = Figure::Count(2));
            rows.push(row);
        }
        self.table(Part::MultiYear, "fa", columns, rows)
    }

    pub fn summary(&mut self) -> Table {
        let last = self.last().clone();
        let before = self.year(last.year - 1).clone();
        let of = |measure| Column { year: last.year, measure };
        let mut columns = vec![of(Measure::Actual), of(Measure::Budget), of(Measure::Variance)];
        if self.random.chance(40) {
            columns = vec![of(Measure::Budget), of(Measure::Actual), of(Measure::Variance)];
        }
        if self.random.chance(70) {
            columns.push(Column { year: last.year - 1, measure: Measure::Actual });
        }
        let costs: i64 = self.forbund.budget_costs.iter().sum();
        let income = self.forbund.budget_income;
        let has = self.forbund.has;
        let whole = !(has.financial || has.fixed || has.extraordinary);
        let cost = self.cost();
        let (turned, turns_costs) = (self.style.variance == 1, self.style.variance == 2 && cost > 0);
        let mut rows: Vec<Row> = Vec::new();
        let mut add = |maker: &mut Self, key: &str, now: i64, budget: i64, then: i64, is_cost: bool| {
            let sign = if turned || (turns_costs && is_cost) { -1 } else { 1 };
            let figures = columns.iter().map(|column| match column.measure {
                Measure::Budget => Figure::Amount(budget),
                Measure::Variance => Figure::Amount(sign * (now - budget)),
                _ if column.year == last.year => Figure::Amount(now),
                _ => Figure::Amount(then),
            });
            let figures = figures.collect();
            rows.push(Row { key: key.into(), label: maker.word(key), look: Look::Line, note: None, figures });
        };
        add(self, "fa.income", last.income(), income, before.income(), false);
        if whole {
            add(self, "fa.costs", cost * last.costs(), cost * costs, cost * before.costs(), true);
        }
        add(self, "fa.result", last.result(), income - costs, before.result(), false);
        add(self, "fa.equity", last.equity, before.equity + income - costs, before.equity, false);
        if self.random.chance(60) {
            add(self, "fa.liquid", last.cash(), 0, before.cash(), false);
            let compared: Vec<bool> =
                columns.iter().map(|c| matches!(c.measure, Measure::Budget | Measure::Variance)).collect();
            if let Some(row) = rows.last_mut() {
                let blank = row.figures.iter_mut().zip(compared).filter(|(_, compared)| *compared);
                blank.for_each(|(figure, _)| *figure = Figure::Blank);
            }
        }
        if !whole {
            rows.iter_mut().filter(|row| row.key == "fa.result").for_each(|row| row.key = "fa.result.alone".into());
        }
        self.table(Part::Summary, "su", columns, rows)
    }

    pub fn activities(&mut self) -> Table {
        let last = self.last().clone();
        let of = |measure| Column { year: last.year, measure };
        let mut columns = vec![of(Measure::Budget), of(Measure::Actual)];
        if self.random.chance(40) {
            columns.reverse();
        }
        // The variance of rounded figures is taken of the exact ones, within their rounding.
        columns.push(of(Measure::Variance));
        if self.random.chance(30) {
            columns.push(Column { year: last.year - 1, measure: Measure::Actual });
        }
        let before = self.year(last.year - 1).clone();
        let turned = self.random.chance(50);
        let mut rows = Vec::new();
        let names = self.forbund.costs.clone();
        let mut sums = vec![0; columns.len()];
        for (i, name) in names.iter().enumerate().skip(self.forbund.insatser) {
            let (now, budget) = (last.costs[i], self.forbund.budget_costs[i]);
            let figures: Vec<Figure> = columns
                .iter()
                .zip(&mut sums)
                .map(|(column, sum)| {
                    let amount = match column.measure {
                        Measure::Budget => budget,
                        Measure::Variance if turned => budget - now,
                        Measure::Variance => now - budget,
                        _ if column.year == last.year => now,
                        _ => before.costs[i],
                    };
                    *sum += amount;
                    Figure::Amount(amount)
                })
                .collect();
            rows.push(Row { key: format!("in.row.{i}"), label: (*name).into(), look: Look::Line, note: None, figures });
        }
        let figures = sums.into_iter().map(Figure::Amount).collect();
        rows.push(Row { key: "in.total".into(), label: self.word("in.total"), look: Look::Total, note: None, figures });
        self.table(Part::Activities, "in", columns, rows)
    }

    /// Next year's budget with plans, in sections.
    pub fn budget(&mut self) -> Table {
        let year = self.last().year;
        let count = 1 + self.random.below(3);
        let measure = |i: i32| if i == 0 { Measure::Budget } else { Measure::Plan };
        let columns: Vec<Column> =
            (0..count as i32).map(|i| Column { year: year + 1 + i, measure: measure(i) }).collect();
        let cost = self.cost();
        let step = if self.style.unit == Unit::Millions { 10_000_000 } else { 100_000 };
        let scale = |column: &Column, amount: i64| {
            let percent = 100 + 3 * i64::from(column.year - year - 1);
            amount * percent / 100 / step * step
        };
        let headings = self.style.headings || self.random.chance(50);
        let mut rows: Vec<Row> = Vec::new();
        let push = |rows: &mut Vec<Row>, key: &str, label: String, look: Look, amounts: Vec<i64>| {
            let figures = match look {
                Look::Heading => vec![Figure::Blank; columns.len()],
                _ => amounts.into_iter().map(Figure::Amount).collect(),
            };
            rows.push(Row { key: key.into(), label, look, note: None, figures });
        };
        if headings {
            let label = self.word("bu.income.heading");
            push(&mut rows, "bu.heading", label, Look::Heading, vec![]);
        }
        let quarter = self.forbund.budget_income / 4;
        let quarters: Vec<i64> = columns.iter().map(|column| scale(column, quarter)).collect();
        let percents = self.random.chance(25);
        let towns = self.forbund.municipalities.clone();
        let last = self.last().clone();
        push(
            &mut rows,
            "member.state",
            "Försäkringskassan".into(),
            Look::Line,
            quarters.iter().map(|q| 2 * q).collect(),
        );
        push(&mut rows, "member.region", self.forbund.region.into(), Look::Line, quarters.clone());
        let mut rest = quarters.clone();
        for (i, town) in towns.iter().enumerate() {
            let share = (last.municipalities[i] * 200 / last.region + 1) / 2;
            let parts: Vec<i64> = match i + 1 == towns.len() {
                true => rest.clone(),
                false => quarters.iter().map(|quarter| quarter * share / 100 / 100 * 100).collect(),
            };
            rest.iter_mut().zip(&parts).for_each(|(rest, part)| *rest -= part);
            let label = if percents { format!("{town} kommun {share} %") } else { format!("{town} kommun") };
            push(&mut rows, &format!("member.{i}"), label, Look::Line, parts);
        }
        let income: Vec<i64> = quarters.iter().map(|quarter| 4 * quarter).collect();
        let label = self.word("bu.income.total");
        push(&mut rows, "bu.income", label, Look::Total, income.clone());
        if headings && self.random.chance(60) {
            let label = self.word("bu.costs.heading");
            push(&mut rows, "bu.heading", label, Look::Heading, vec![]);
        }
        let special = self.forbund.insatser;
        let names = self.forbund.costs.clone();
        let mut total = vec![0; columns.len()];
        for (from, to, key) in [(0, special, "bu.admin.heading"), (special, names.len(), "bu.individual.heading")] {
            let name = self.word(key);
            push(&mut rows, "bu.heading", name.clone(), Look::Heading, vec![]);
            let mut sum = vec![0; columns.len()];
            for (i, name) in names.iter().enumerate().take(to).skip(from) {
                let amounts: Vec<i64> =
                    columns.iter().map(|column| cost * scale(column, self.forbund.budget_costs[i]).max(step)).collect();
                sum.iter_mut().zip(&amounts).for_each(|(sum, amount)| *sum += amount);
                push(&mut rows, &format!("bu.row.{i}"), (*name).into(), Look::Line, amounts);
            }
            total.iter_mut().zip(&sum).for_each(|(total, sum)| *total += sum);
            let label = format!("{} {}", self.style.total_word.trim_end_matches(':'), name.to_lowercase());
            push(&mut rows, "bu.section", label, Look::Total, sum);
        }
        let label = self.word("bu.costs.total");
        push(&mut rows, "bu.costs", label, Look::Total, total.clone());
        if self.random.chance(70) {
            let result = income.iter().zip(&total).map(|(income, total)| income - cost * total).collect();
            let label = self.word("bu.result");
            push(&mut rows, "bu.result", label, Look::Total, result);
        }
        self.table(Part::Budget, "bu", columns, rows)
    }
}
