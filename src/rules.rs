//! The rules. One file a rule, its whole story in it; [`RULES`] is the one list, and everything derives from it.

mod activities;
mod appendix;
mod ar01_year_differs_between_files;
mod ar02_opening_differs_from_last_years_report;
mod ar03_budget_differs_from_adopted_budget;
mod between_files;
mod books;
mod br01_assets_do_not_sum;
mod br02_equity_and_liabilities_do_not_sum;
mod br03_balance_sheet_does_not_balance;
mod br04_result_differs_from_income_statement;
mod bu01_variance_does_not_follow;
mod bu02_budget_equity_does_not_follow;
mod bu03_budget_result_does_not_follow;
mod bu04_budget_does_not_balance;
mod bu05_cost_total_on_result_row;
mod bu06_column_repeats_others_but_for_a_row;
mod bu07_equity_counted_as_income;
mod bu08_appendix_differs_from_budget;
mod bu09_share_does_not_follow;
mod bu10_increase_does_not_follow;
mod carried;
mod crossing;
mod en01_unit_header_cannot_be_true;
mod fa01_multi_year_differs_from_statement;
mod fa02_multi_year_result_does_not_follow;
mod fa03_equity_ratio_differs;
mod fa04_summary_differs_from_statement;
mod fa05_summary_result_does_not_follow;
mod fb01_member_shares_differ;
mod fb02_percentage_in_label_is_stale;
mod fb03_member_shares_differ_from_agreement;
mod fb04_equity_above_staircase;
mod fb05_goal_for_activities_not_reached;
mod hb01_voucher_does_not_balance;
mod hb02_voucher_outside_its_year;
mod hb03_voucher_number_used_twice;
mod hb04_voucher_number_missing;
mod hb05_account_not_declared;
mod hb06_closing_balance_does_not_follow;
mod hb07_account_result_does_not_follow;
mod hb08_opening_balances_do_not_balance;
mod hb09_opening_balance_differs;
mod hb10_periods_do_not_follow;
mod hb11_rows_corrected;
mod hb12_checksum_differs;
mod hb13_organisation_number_invalid;
mod hb14_years_overlap;
mod hb15_record_malformed;
mod hb16_ledger_does_not_balance;
mod hb17_export_does_not_add_up;
mod hb18_balance_differs_between_files;
mod hunt;
mod in01_activity_differs_from_note;
mod jf01_equity_does_not_roll_forward;
mod jf02_opening_equity_differs;
mod jf03_opening_cash_differs;
mod kf01_funds_before_working_capital_do_not_follow;
mod kf02_subtotal_leaves_out_a_row;
mod kf03_cash_flow_section_does_not_sum;
mod kf04_net_cash_flow_does_not_follow;
mod kf05_closing_cash_does_not_follow;
mod kf06_starting_result_differs;
mod kf07_change_in_receivables_differs;
mod kf08_change_in_liabilities_differs;
mod kf09_closing_cash_differs_from_balance_sheet;
mod lb01_line_differs_from_books;
mod lb02_note_row_differs_from_accounts;
mod ledgers;
mod lookup;
mod members;
mod no01_note_does_not_sum;
mod no02_note_differs_from_line;
mod no03_note_missing;
mod no04_part_printed_twice;
mod no05_note_number_used_twice;
mod no06_note_without_reference;
mod no07_note_numbers_have_gaps;
mod no08_note_title_differs_from_line;
mod no09_note_opening_differs;
mod notes;
mod of_which;
mod overview;
mod pr01_prose_differs_from_table;
mod pr02_unit_word_cannot_be_true;
mod pr03_prose_differs_by_a_digit;
mod pr04_percentage_of_another_whole;
mod pr05_amount_in_label_is_stale;
mod pr06_activity_outside_its_period;
mod pr10_counts_of_people_do_not_add;
mod pr11_count_told_in_two_ways;
mod rr01_operating_result_does_not_follow;
mod rr02_result_after_financial_does_not_follow;
mod rr03_result_does_not_follow;
mod splitting;
mod su01_total_does_not_sum;
mod su02_row_total_does_not_sum;
mod su03_part_exceeds_whole;
mod su04_quotient_does_not_follow;
mod su05_columns_do_not_follow;
mod su06_of_which_rows_do_not_sum;
mod texts;
mod tx01_figure_stored_as_text;
mod tx02_figure_malformed;
mod tx03_label_on_wrong_row;
mod tx04_error_value;
mod tx05_formula_never_calculated;
mod tx06_total_named_as_another;
mod tx07_row_stands_twice;
mod tx08_row_could_not_be_split;
mod tx09_table_not_read;
mod variance;

use crate::book::Book;
use crate::finding::{Finding, Severity};
use crate::prose::Tied;
use crate::relation::Relation;

/// A rule: what it finds, why that matters, and the function that looks for it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Two letters of its family and two digits; it never changes its meaning.
    pub code: &'static str,
    /// The defect, never the deed.
    pub name: &'static str,
    /// How grave its findings are at most.
    pub severity: Severity,
    /// The whole story in English, as Markdown: what it finds, why it matters, what to do, when not to.
    pub story: &'static str,
    /// The same in Swedish.
    pub swedish: &'static str,
    pub test: Test,
}

impl Rule {
    /// Whether it is about persons and not about money: such a rule runs only when it is asked for.
    pub fn counts_persons(&self) -> bool {
        [pr10_counts_of_people_do_not_add::RULE.code, pr11_count_told_in_two_ways::RULE.code].contains(&self.code)
    }
}

/// How a rule looks.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// It claims equations between cells; one runner tests them all.
    Relations(fn(&Book) -> Vec<Relation>),
    /// It looks at the book itself.
    Observations(fn(&Book) -> Observed),
    /// It looks at the amounts of running text and the cells that they are tied to, found once for all such rules.
    Texts(fn(&Book, &Tied) -> Observed),
}

/// What a rule that is no equation saw.
#[derive(Debug, Default)]
pub struct Observed {
    pub findings: Vec<Finding>,
    /// What it could not test and has to tell: nothing broke there.
    pub remarks: Vec<Finding>,
    /// How often it could look.
    pub tested: usize,
    /// How often it could not, for want of something to look at.
    pub untestable: usize,
    /// Faults that its findings count and do not tell one by one.
    pub untold: usize,
    /// Equations that it tested and whose breaks its findings already tell.
    pub relations: Vec<Relation>,
}

/// A rule of its doc comment: the English story is the comment, the Swedish one is given.
macro_rules! rule {
    ($(#[doc = $line:literal])+ $code:literal $name:literal $severity:ident, $test:ident($function:path), $swedish:literal) => {
        $(#[doc = $line])+
        pub const RULE: crate::rules::Rule = crate::rules::Rule {
            code: $code,
            name: $name,
            severity: crate::finding::Severity::$severity,
            story: concat!($($line, "\n"),+),
            swedish: $swedish,
            test: crate::rules::Test::$test($function),
        };
    };
}
use rule;

macro_rules! rules {
    ($($module:ident)*) => {
        /// Every rule, in the order of the codes.
        pub const RULES: &[Rule] = &[$($module::RULE),*];
    };
}

rules! {
    ar01_year_differs_between_files
    ar02_opening_differs_from_last_years_report
    ar03_budget_differs_from_adopted_budget
    br01_assets_do_not_sum
    br02_equity_and_liabilities_do_not_sum
    br03_balance_sheet_does_not_balance
    br04_result_differs_from_income_statement
    bu01_variance_does_not_follow
    bu02_budget_equity_does_not_follow
    bu03_budget_result_does_not_follow
    bu04_budget_does_not_balance
    bu05_cost_total_on_result_row
    bu06_column_repeats_others_but_for_a_row
    bu07_equity_counted_as_income
    bu08_appendix_differs_from_budget
    bu09_share_does_not_follow
    bu10_increase_does_not_follow
    en01_unit_header_cannot_be_true
    fa01_multi_year_differs_from_statement
    fa02_multi_year_result_does_not_follow
    fa03_equity_ratio_differs
    fa04_summary_differs_from_statement
    fa05_summary_result_does_not_follow
    fb01_member_shares_differ
    fb02_percentage_in_label_is_stale
    fb03_member_shares_differ_from_agreement
    fb04_equity_above_staircase
    fb05_goal_for_activities_not_reached
    hb01_voucher_does_not_balance
    hb02_voucher_outside_its_year
    hb03_voucher_number_used_twice
    hb04_voucher_number_missing
    hb05_account_not_declared
    hb06_closing_balance_does_not_follow
    hb07_account_result_does_not_follow
    hb08_opening_balances_do_not_balance
    hb09_opening_balance_differs
    hb10_periods_do_not_follow
    hb11_rows_corrected
    hb12_checksum_differs
    hb13_organisation_number_invalid
    hb14_years_overlap
    hb15_record_malformed
    hb16_ledger_does_not_balance
    hb17_export_does_not_add_up
    hb18_balance_differs_between_files
    in01_activity_differs_from_note
    jf01_equity_does_not_roll_forward
    jf02_opening_equity_differs
    jf03_opening_cash_differs
    kf01_funds_before_working_capital_do_not_follow
    kf02_subtotal_leaves_out_a_row
    kf03_cash_flow_section_does_not_sum
    kf04_net_cash_flow_does_not_follow
    kf05_closing_cash_does_not_follow
    kf06_starting_result_differs
    kf07_change_in_receivables_differs
    kf08_change_in_liabilities_differs
    kf09_closing_cash_differs_from_balance_sheet
    lb01_line_differs_from_books
    lb02_note_row_differs_from_accounts
    no01_note_does_not_sum
    no02_note_differs_from_line
    no03_note_missing
    no04_part_printed_twice
    no05_note_number_used_twice
    no06_note_without_reference
    no07_note_numbers_have_gaps
    no08_note_title_differs_from_line
    no09_note_opening_differs
    pr01_prose_differs_from_table
    pr02_unit_word_cannot_be_true
    pr03_prose_differs_by_a_digit
    pr04_percentage_of_another_whole
    pr05_amount_in_label_is_stale
    pr06_activity_outside_its_period
    pr10_counts_of_people_do_not_add
    pr11_count_told_in_two_ways
    rr01_operating_result_does_not_follow
    rr02_result_after_financial_does_not_follow
    rr03_result_does_not_follow
    su01_total_does_not_sum
    su02_row_total_does_not_sum
    su03_part_exceeds_whole
    su04_quotient_does_not_follow
    su05_columns_do_not_follow
    su06_of_which_rows_do_not_sum
    tx01_figure_stored_as_text
    tx02_figure_malformed
    tx03_label_on_wrong_row
    tx04_error_value
    tx05_formula_never_calculated
    tx06_total_named_as_another
    tx07_row_stands_twice
    tx08_row_could_not_be_split
    tx09_table_not_read
}
