//! Income statement, balance sheet, cash flow.

use avstam::period::Measure;

use crate::forbund::Year;
use crate::table::{Column, Figure, Look, Maker, Part, Row, Table};

impl Maker<'_> {
    pub fn income(&mut self) -> Table {
        let columns = self.actual(self.style.years_shown);
        let cost = self.cost();
        let has = self.forbund.has;
        let mut rows: Vec<Row> = Vec::new();
        let by_members = self.style.statement_form == 0 && has.cofinancing;
        let mut income = self
            .row("rr.income", Look::Line, &columns, move |y, _| if by_members { y.cofinancing } else { y.income() });
        if by_members {
            income.label = "Verksamhetens intäkter".into();
        }
        income.note = (!by_members).then_some(1);
        rows.push(income);
        let mut costs = self.row("rr.costs", Look::Line, &columns, move |y, _| cost * y.costs());
        costs.note = Some(2);
        rows.push(costs);
        let depreciates = has.fixed || self.random.chance(20);
        if depreciates {
            rows.push(self.row("rr.depreciation", Look::Line, &columns, move |y, _| cost * y.depreciation));
        }
        if by_members {
            rows.push(self.row("rr.net", Look::Total, &columns, |y, _| y.operating() - y.members()));
            rows.push(self.row("rr.members", Look::Line, &columns, |y, _| y.members()));
        }
        if self.style.statement_form != 1 || has.financial {
            rows.push(self.row("rr.operating", Look::Total, &columns, |y, _| y.operating()));
        }
        if has.financial {
            rows.push(self.row("rr.fin-income", Look::Line, &columns, |y, _| y.financial_income));
            rows.push(self.row("rr.fin-costs", Look::Line, &columns, move |y, _| cost * y.financial_costs));
        }
        if (has.financial && self.style.statement_form != 2) || has.extraordinary {
            rows.push(self.row("rr.after", Look::Total, &columns, |y, _| y.after_financial()));
        }
        if has.extraordinary || self.random.chance(20) {
            rows.push(self.row("rr.extra", Look::Line, &columns, |y, _| y.extraordinary));
        }
        rows.push(self.row("rr.result", Look::Total, &columns, |y, _| y.result()));
        let mut table = self.table(Part::Income, "rr", columns, rows);
        if self.style.budget_in_rr {
            self.add_budget(&mut table);
        }
        table
    }

    /// Outcome, budget and variance of the last year beside the year before.
    fn add_budget(&mut self, table: &mut Table) {
        let last = self.last().year;
        let costs: i64 = self.forbund.budget_costs.iter().sum();
        let income = self.forbund.budget_income;
        let extra = self.style.variance;
        let (Some(at), cost) = (table.columns.iter().position(|column| column.year == last), self.cost()) else {
            return;
        };
        let budget = |key: &str| match key {
            "rr.income" => income,
            "rr.costs" => cost * costs,
            "rr.operating" | "rr.after" | "rr.result" => income - costs,
            _ => 0,
        };
        if table.rows.iter().any(|row| row.key == "rr.members") {
            return;
        }
        table.columns.insert(at + 1, Column { year: last, measure: Measure::Budget });
        for row in &mut table.rows {
            row.figures.insert(at + 1, Figure::Amount(budget(&row.key)));
        }
        if extra == 0 || self.style.unit != avstam::money::Unit::Kronor {
            return;
        }
        table.columns.insert(at + 2, Column { year: last, measure: Measure::Variance });
        let turns = !self.style.costs_negative && extra == 2;
        for row in &mut table.rows {
            let (Figure::Amount(outcome), Figure::Amount(budget)) = (row.figures[at], row.figures[at + 1]) else {
                continue;
            };
            let is_cost = matches!(row.key.as_str(), "rr.costs" | "rr.depreciation" | "rr.fin-costs");
            let sign = if turns && is_cost { -1 } else { 1 };
            row.figures.insert(at + 2, Figure::Amount(sign * (outcome - budget)));
        }
    }

    pub fn balance(&mut self) -> Table {
        let columns = self.actual(self.style.years_shown);
        let has = self.forbund.has;
        let headings = self.style.headings;
        let mut rows: Vec<Row> = Vec::new();
        let mut assets = self.assets(&columns);
        rows.append(&mut assets);
        if headings {
            rows.push(self.heading("br.el", &columns));
            if self.random.chance(60) {
                rows.push(self.heading("br.equity.heading", &columns));
            }
        }
        let mut equity = vec![self.row("br.retained", Look::Line, &columns, |y, _| y.equity - y.result() - y.reserve)];
        if has.reserve {
            equity.push(self.row("br.reserve", Look::Line, &columns, |y, _| y.reserve));
        }
        equity.push(self.row("br.result", Look::Line, &columns, |y, _| y.result()));
        let reverse = self.random.chance(15);
        if reverse {
            equity.reverse();
        }
        rows.append(&mut equity);
        rows.push(self.row("br.equity.total", Look::Total, &columns, |y, _| y.equity));
        if has.provisions {
            rows.push(self.row("br.provisions.only", Look::Line, &columns, |y, _| y.provisions));
        }
        let mut liabilities = self.liabilities(&columns);
        rows.append(&mut liabilities);
        rows.push(self.row("br.el.total", Look::Total, &columns, |y, _| y.assets()));
        if self.random.chance(20) {
            if headings {
                rows.push(self.heading("br.pledged.heading", &columns));
            }
            let mut pledged = self.row("br.pledged", Look::Line, &columns, |_, _| 0);
            pledged.figures.iter_mut().for_each(|figure| *figure = Figure::Count(0));
            rows.push(pledged);
        }
        self.table(Part::Balance, "br", columns, rows)
    }

    fn assets(&mut self, columns: &[Column]) -> Vec<Row> {
        let has = self.forbund.has;
        let headings = self.style.headings;
        let mut rows = Vec::new();
        if headings {
            rows.push(self.heading("br.assets", columns));
        }
        if has.fixed {
            if self.random.chance(60) {
                if headings {
                    rows.push(self.heading("br.fixed.heading", columns));
                }
                rows.push(self.row("br.fixed.tangible", Look::Line, columns, |y, _| y.fixed));
                rows.push(self.row("br.fixed.total", Look::Total, columns, |y, _| y.fixed));
            } else {
                rows.push(self.row("br.fixed.only", Look::Line, columns, |y, _| y.fixed));
            }
        }
        if headings && (has.fixed || self.random.chance(50)) {
            rows.push(self.heading("br.current.heading", columns));
        }
        if self.random.chance(55) {
            let mut row = self.row("br.receivables", Look::Line, columns, |y, _| y.receivables());
            row.note = Some(3);
            rows.push(row);
        } else {
            rows.push(self.row("br.vat", Look::Line, columns, |y, _| y.receivables[0]));
            let is_vat = |label: &str| label.contains("fordringar");
            let mut other = self.row("br.customers", Look::Line, columns, |y, _| y.receivables[1]);
            if !is_vat(&other.label) {
                other.label = "Kundfordringar".into();
            }
            rows.push(other);
            rows.push(self.row("br.prepaid", Look::Line, columns, |y, _| y.receivables[2]));
            if self.random.chance(40) {
                rows.push(self.row("br.receivables.total", Look::Total, columns, |y, _| y.receivables()));
            }
        }
        if has.placements {
            rows.push(self.row("br.placements", Look::Line, columns, |y, _| y.placements));
        }
        let mut bank = self.row("br.bank", Look::Line, columns, |y, _| y.bank);
        if has.placements && bank.label == "Likvida medel" {
            bank.label = "Kassa och bank".into();
        }
        rows.push(bank);
        if has.fixed || self.random.chance(50) {
            rows.push(self.row("br.current.total", Look::Total, columns, |y, _| y.current()));
        }
        rows.push(self.row("br.total", Look::Total, columns, |y, _| y.assets()));
        rows
    }

    fn liabilities(&mut self, columns: &[Column]) -> Vec<Row> {
        let has = self.forbund.has;
        let mut rows = Vec::new();
        if self.style.headings && self.random.chance(50) {
            rows.push(self.heading("br.liabilities.heading", columns));
        }
        if has.long_term {
            rows.push(self.row("br.long", Look::Line, columns, |y, _| y.long_term));
        }
        if self.random.chance(25) && !has.long_term {
            let mut short = self.row("br.short.only", Look::Line, columns, |y, _| y.liabilities());
            short.note = Some(4);
            rows.push(short);
            return rows;
        }
        let several = self.random.chance(70);
        if self.style.headings && self.random.chance(60) {
            rows.push(self.heading("br.short.heading", columns));
        }
        rows.push(self.row("br.payable", Look::Line, columns, |y, _| y.liabilities[0]));
        let mut accrued = self.row("br.accrued", Look::Line, columns, move |y, _| {
            y.liabilities[1] + if several { 0 } else { y.liabilities[2] }
        });
        accrued.note = Some(4);
        rows.push(accrued);
        if several {
            rows.push(self.row("br.other", Look::Line, columns, |y, _| y.liabilities[2]));
        }
        rows.push(self.row("br.short.total", Look::Total, columns, |y, _| y.liabilities()));
        if has.long_term {
            rows.push(self.row("br.liabilities.total", Look::Total, columns, |y, _| y.liabilities() + y.long_term));
        }
        rows
    }

    pub fn cash_flow(&mut self) -> Table {
        let count = self.style.years_shown.min(2 + self.random.below(2));
        let columns = self.actual(count);
        let has = self.forbund.has;
        let headings = self.style.headings && self.random.chance(70);
        let mut rows = Vec::new();
        if headings {
            rows.push(self.heading("kf.operating.heading", &columns));
        }
        rows.push(self.row("kf.result", Look::Line, &columns, |y, _| y.result()));
        if has.fixed || self.random.chance(30) {
            rows.push(self.row("kf.adjust", Look::Line, &columns, |y, _| y.depreciation));
        }
        if has.provisions {
            rows.push(self.row("kf.provisions", Look::Line, &columns, |y, b| y.provisions - b.provisions));
        }
        let funds = self.random.chance(75);
        if funds {
            let before = |y: &Year, b: &Year| y.result() + y.depreciation + y.provisions - b.provisions;
            rows.push(self.row("kf.before", Look::Total, &columns, before));
        }
        rows.push(self.row("kf.receivables", Look::Line, &columns, |y, b| b.receivables() - y.receivables()));
        rows.push(self.row("kf.liabilities", Look::Line, &columns, |y, b| y.liabilities() - b.liabilities()));
        rows.push(self.row("kf.operating", Look::Total, &columns, operating));
        let sections = has.fixed || has.long_term || self.random.chance(25);
        if has.fixed {
            if headings {
                rows.push(self.heading("kf.investing.heading", &columns));
            }
            rows.push(self.row("kf.investment", Look::Line, &columns, |y, _| -y.investment));
            rows.push(self.row("kf.investing", Look::Total, &columns, |y, _| -y.investment));
        } else if sections {
            rows.push(self.row("kf.investing", Look::Line, &columns, |_, _| 0));
        }
        if has.long_term {
            if headings {
                rows.push(self.heading("kf.financing.heading", &columns));
            }
            rows.push(self.row("kf.loan", Look::Line, &columns, |y, b| y.long_term - b.long_term));
            rows.push(self.row("kf.financing", Look::Total, &columns, |y, b| y.long_term - b.long_term));
        } else if sections {
            rows.push(self.row("kf.financing", Look::Line, &columns, |_, _| 0));
        }
        let net = self.row("kf.net", Look::Total, &columns, |y, b| y.cash() - b.cash());
        let opening = self.row("kf.opening", Look::Line, &columns, |_, b| b.cash());
        let closing = self.row("kf.closing", Look::Total, &columns, |y, _| y.cash());
        match self.random.below(10) {
            0 => rows.extend([opening, net, closing]),
            1 => rows.extend([opening, closing, net]),
            _ => rows.extend([net, opening, closing]),
        }
        self.table(Part::CashFlow, "kf", columns, rows)
    }
}

fn operating(y: &Year, b: &Year) -> i64 {
    let funds = y.result() + y.depreciation + y.provisions - b.provisions;
    funds + b.receivables() - y.receivables() + y.liabilities() - b.liabilities()
}
