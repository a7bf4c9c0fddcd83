//! avstam reconciles the budgets and annual accounts of Swedish samordningsförbund.
//!
//! # The map
//!
//! file → grid → table → statement → relation → finding → report / workbook
//!
//! A stage is a module, named by what comes out of it. They stand below in their order; each may use those above it
//! and knows none below it (`tests/layers.rs` reads this very list). The way through them:
//!
//! ```
//! use avstam::{book::Book, check, finding::Language, read, report};
//!
//! let path = "fixtures/workbooks/budget-2020-ornskoldsvik.xlsx";
//! let (input, grids) = read::read(path.as_ref(), 0, &read::Options::default());
//! let book = Book::of(vec![input], grids);
//! let found = check::check(&book, &check::Options::default());
//! assert!(report::short::check(&book, &found, Language::English).is_empty());
//! ```
//!
//! # What holds everywhere
//!
//! - Reading never fails on content. What is not understood is kept at its place and counted as not understood.
//! - Every amount keeps its cell ([`grid::At`]) from the first stage to the last.
//! - Amounts are exact ([`money::Money`]); binary floats stay where the formats force them, in `read` and `workbook`.
//! - Foreign types stop at the door: calamine in `read`, rust_xlsxwriter in `workbook`, serde in `report` and
//!   `records`, toml in `config`.
//! - Swedish wording is compared in `words` and nowhere else; everywhere else it is only written.
//! - Nothing here prints. The program does, in its `cli`.
//! - Silence is counted: what could not be tested is told beside what was ([`check::Tally`], [`coverage::Coverage`]).

/// **Several at once.** The only threads but those that a reader of one file starts.
pub mod parallel;

/// **Amounts.** Exact decimals, the units they are written in, and the interval that a written figure stands for:
/// the only arithmetic and the only rounding.
pub mod money;

/// **Time.** Years, dates and spans, and what a column measures: outcome, budget, plan, variance.
pub mod period;

/// **Cells as read.** Sheets as sparse grids; every value exact, with its place and its looks.
pub mod grid;

/// **Wording.** `words.tsv` says what Swedish words mean; the only place where they are compared.
pub mod words;

/// **Written figures.** `1 234,5`, `(12)`, `-5 tkr` as amounts. Uses the unit words.
pub mod written;

/// **The books behind the statements**: accounts, balances, movements and vouchers, whatever file told them.
pub mod ledger;

/// **Account → line.** Charts of accounts as tables, which of them a ledger follows, and what the user says otherwise.
pub mod chart;

/// **File → grids.** One file a format. Knows nothing of what the cells mean.
pub mod read;

/// **Grid → tables.** Regions, headings, columns, lines and their roles, and which rows the figures show a sum to add.
/// Knows no kinds of statements.
pub mod table;

/// **Grid → ledger.** The lists of accounts and vouchers that bookkeeping programs export as sheets.
pub mod export;

/// **What is wrong.** Findings, their severity, causes, edits and texts in both languages: words that the stages
/// from here on share.
pub mod finding;

/// **Whose book it is**, as only its own people can tell: members and their shares, goals, the most equity.
pub mod profile;

/// **Equations between cells**, who claims them, and what came of testing them. Knows cells, not tables.
pub mod relation;

/// **Table → statement.** Kinds are data that one engine runs: which concept a line is, what its totals should add,
/// which unit its figures really have.
pub mod statement;

/// **All that was read in one run**, understood: several files, several years. What rules look at.
pub mod book;

/// **Amounts in running text**, and the cells that the words around them tie them to.
pub mod prose;

/// **The rules.** One file each, the whole story in it; `RULES` is the one list. They claim relations or observe the
/// book; they do not search for causes and do not know how findings are told.
pub mod rules;

/// **Broken relations → causes.** The fewest, most plausible slips that explain them, all ties kept; one finding a
/// cause. Knows relations, not rules.
pub mod cause;

/// **What each amount was tied to**, and what was tied to nothing.
pub mod coverage;

/// **Book → report.** Runs the rules, asks for causes and coverage, counts what was tested.
pub mod check;

/// **Suggestions**: what the causes of findings propose to change, by names, and put into the book.
pub mod suggestion;

/// **Book and report → records**: the common format as long data, a row a figure; csv, JSON and parquet.
pub mod records;

/// **Two versions of a book → what changed**, by statement line and period, wherever the lines stand.
pub mod diff;

/// **The settings file**, strict: what the user wants looked for, and whose book it is.
pub mod config;

/// **Accepted findings**, bound to the values that they rest on: they hold wherever the cells move, and no longer than
/// the values stand.
pub mod marks;

/// **What the checks are worth**: slips put into the book's own figures, in memory, and which of them some relation
/// catches.
pub mod trial;

/// **What was found, to be read**: a terminal, JSON, a line a finding. One file a form.
pub mod report;

/// **The cleaned workbook.** Statements in the order of their forms, totals as formulas, every check live.
pub mod workbook;

/// **The user's own workbook**, every part of it kept, with what was found written into it.
pub mod annotate;
