use super::books::{Tie, named, plans, ties};
use super::hunt::hunt;
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Consequence, Finding, Language, Role, Severity, Text};
use crate::grid::At;
use crate::ledger::{Form, Ledger};
use crate::money::{Closeness, Interval, Money, Swedish};
use crate::period::Period;
use crate::relation::{Check, Confidence, Kind as RelationKind, Operand, Relation};

rule! {
    /// A line of a statement is not what its accounts come to in the ledger.
    ///
    /// Which accounts a line has is told by the chart of accounts: BAS, or Kommun-Bas where a kommun keeps the books. The difference is sought
    /// among the vouchers, the accounts and the months, and as a balance of an earlier day. Where most lines differ, the ledger is rather of something else, and nobody is accused.
    ///
    /// What to do: look at the voucher or account that is named. Where the förbund maps an account otherwise, say so under `[mapping]` in
    /// `avstam.toml`; where it is an ansvar in its kommun's ledger, under `objects` of `[chart]`.
    "LB01" "line-differs-from-books" Error, Observations(observe),
    "En rad i en räkning är inte vad dess konton kommer till i bokföringen.

Vilka konton en rad har sägs av kontoplanen: BAS, eller Kommun-Bas när en kommun sköter bokföringen. Skillnaden söks bland verifikationerna, kontona och månaderna, och som saldot en tidigare dag. Skiljer sig de flesta raderna är bokföringen snarare av något annat, och då blir det bara en upplysning.

Gör så här: se på verifikationen eller kontot som nämns. Om förbundet för ett konto till en annan rad, skriv det under `[mapping]` i `avstam.toml`; är det ett ansvar i sin kommuns bokföring, under `objects` i `[chart]`."
}

/// So many lines at least must agree before one that does not is an error.
const AGREE: usize = 2;

/// A difference of a period between statements and books, with what is told of it.
struct Told {
    period: Period,
    size: Interval,
    finding: Finding,
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    let mut told: Vec<Told> = Vec::new();
    let mut any = false;
    for (ledger, plan) in plans(book) {
        let Some((plan, _)) = plan else { continue };
        let home = book.grids[ledger.grid as usize].input;
        for (i, _) in book.statements.iter().enumerate().filter(|(_, s)| book.together(home, book.input(s))) {
            let mut years: Vec<Vec<Tie>> = Vec::new();
            for tie in ties(book, ledger, plan, i) {
                match years.iter_mut().find(|ties| ties[0].year == tie.year) {
                    Some(ties) => ties.push(tie),
                    None => years.push(vec![tie]),
                }
            }
            for ties in years {
                any = true;
                judge(book, ledger, &ties, &mut observed, &mut told);
            }
        }
    }
    if !any {
        observed.untestable = 1;
    }
    observed.findings.extend(told.into_iter().map(|told| told.finding));
    observed
}

/// The lines of one statement in one year.
fn judge(book: &Book, ledger: &Ledger, ties: &[Tie], observed: &mut Observed, told: &mut Vec<Told>) {
    let checks: Vec<Check> = ties.iter().map(|tie| Check::of(relation(book, ledger, tie))).collect();
    let held = checks.iter().filter(|check| check.held()).count();
    let broken: Vec<(&Tie, Interval)> = ties
        .iter()
        .zip(&checks)
        .filter(|(_, check)| check.broke())
        .filter_map(|(tie, _)| Some((tie, book.interval(tie.spot)?.plus(-1, Interval::exact(tie.booked)))))
        .collect();
    if held < AGREE || 2 * held < checks.len() {
        observed.untestable += checks.len();
        if let Some((tie, _)) = broken.first().filter(|_| checks.len() > AGREE) {
            observed.findings.push(other_books(book, tie, held, checks.len()));
        }
        return;
    }
    observed.relations.extend(checks.into_iter().map(|check| check.relation));
    // One difference makes one finding, whatever lines, statements and ledgers show it: the first that does.
    for (tie, difference) in broken {
        if is_told_in_statement(book, tie) || is_told_in_ledger(ledger, tie) || is_out_by(ledger, tie, difference) {
            continue;
        }
        let finding = finding(book, ledger, tie, difference);
        let size = Interval { middle: difference.middle.abs(), half: difference.half };
        let same = |told: &&mut Told| told.period == tie.period && told.size.closeness(size) != Closeness::Off;
        match told.iter_mut().find(same) {
            Some(told) => join(&mut told.finding, finding),
            None => told.push(Told { period: tie.period, size, finding }),
        }
    }
}

/// Adds what another line, statement or ledger shows of a difference; it may know a cause where the first does not.
fn join(first: &mut Finding, other: Finding) {
    if first.causes.is_empty() {
        first.causes = other.causes;
    }
    first.consequences.push(Consequence { rule: RULE.code, message: other.message, cells: other.cells });
}

fn relation(book: &Book, ledger: &Ledger, tie: &Tie) -> Relation {
    let term = |(_, figure): &(&crate::ledger::Account, crate::ledger::Figure)| {
        Operand::new(ledger.at(figure.place), Some(Interval::exact(figure.value)), tie.sign)
    };
    Relation {
        rule: RULE.code,
        kind: RelationKind::Sum,
        result: book.operand(tie.spot, 1),
        terms: tie.accounts.iter().map(term).collect(),
        period: Some(tie.period),
        unit: book.statements[tie.spot.statement].unit,
        table: tie.spot.statement,
        gravest: RULE.severity,
        confidence: Confidence::SURE,
        derived: false,
    }
}

/// Whether the statement's own sums contradict the line: then that finding tells of the slip.
fn is_told_in_statement(book: &Book, tie: &Tie) -> bool {
    let statement = &book.statements[tie.spot.statement];
    let (line, column) = (tie.spot.line, tie.spot.column);
    let about =
        |sum: &&crate::statement::LineSum| sum.result == line || sum.terms.iter().any(|(term, _)| *term == line);
    statement.sums.iter().filter(about).any(|sum| {
        let Some(stated) = statement.interval(sum.result, column) else { return false };
        let add = |total: Interval, (line, sign): &(usize, i32)| match statement.interval(*line, column) {
            Some(figure) => total.plus(*sign, figure),
            None => total,
        };
        let parts = sum.terms.iter().fold(Interval::exact(Money::ZERO), add);
        stated.closeness(parts) == Closeness::Off
    })
}

/// Whether the ledger's own sums contradict one of the accounts: likewise.
fn is_told_in_ledger(ledger: &Ledger, tie: &Tie) -> bool {
    let broken = ledger.stated.iter().filter(|stated| !stated.holds());
    let own = |place| tie.accounts.iter().any(|(_, figure)| figure.place == place);
    broken.flat_map(|stated| stated.figures()).any(|figure| own(figure.place))
}

/// Whether a list of accounts is itself out by as much: it leaves an account out.
fn is_out_by(ledger: &Ledger, tie: &Tie, difference: Interval) -> bool {
    let totals = ledger.totals(tie.year);
    let out = totals.closing.zip(totals.result).map(|(closing, result)| closing + result);
    let same = |off: Money| !off.is_zero() && (off.abs() - difference.middle.abs()).abs() <= difference.half;
    ledger.form == Form::Export && out.is_some_and(same)
}

fn finding(book: &Book, ledger: &Ledger, tie: &Tie, difference: Interval) -> Finding {
    let statement = &book.statements[tie.spot.statement];
    let (label, period) = (book.label(tie.spot).trim(), tie.period);
    let written = |kronor: Money| statement.written(kronor);
    let stated = book.interval(tie.spot).map(|figure| written(figure.middle));
    let (amount, booked) = (Swedish(stated.unwrap_or_default()), Swedish(written(tie.booked)));
    let (accounts, by) = (tie.way.accounts.replace('-', "–"), Swedish(written(difference.middle)));
    let (swedish, english) = (accounts.replace('+', " och "), accounts.replace('+', " and "));
    let ledger_name = named(book, ledger);
    let (file, file_en) = (ledger_name.get(Language::Swedish), ledger_name.get(Language::English));
    let message = Text::new(
        format!("{label} {period} är {amount}, men konto {swedish} i {file} ger {booked}: skillnaden är {by}."),
        format!(
            "{label} {period} is {amount}, but accounts {english} in {file_en} come to {booked}: the difference is {by}."
        ),
    );
    let mut finding = Finding::new(RULE.code, RULE.severity, message);
    finding.period = Some(period);
    finding.unit = Some(statement.unit);
    (finding.stated, finding.expected) = (stated, Some(written(tie.booked)));
    finding.cells = vec![(book.at(tie.spot), Role::Total)];
    let (causes, places) = hunt(book, ledger, tie, difference);
    finding.causes = causes;
    // The rows of vouchers are not kept as cells: they are named, but there is nothing to show.
    let role = |at: At| if book.cell(at).is_some() { Role::Tie } else { Role::Term };
    finding.cells.extend(places.into_iter().map(|place| ledger.at(place)).map(|at| (at, role(at))));
    finding.cells.extend(tie.accounts.iter().map(|(_, figure)| (ledger.at(figure.place), Role::Term)));
    finding
}

/// Most lines differ: the ledger is of something else, or its accounts are used otherwise.
fn other_books(book: &Book, tie: &Tie, held: usize, tested: usize) -> Finding {
    let name = book.statements[tie.spot.statement].name();
    let period = tie.period;
    let message = Text::new(
        format!(
            "{name} {period}: {held} av {tested} rader stämmer med bokföringen. Den är troligen från en annan dag, följer en annan kontoplan eller är av något annat; ange `chart` och `mapping` i avstam.toml."
        ),
        format!(
            "{name} {period}: {held} of {tested} lines agree with the ledger. It is probably of another day, follows another chart or is of something else; set `chart` and `mapping` in avstam.toml."
        ),
    );
    let mut finding = Finding::new(RULE.code, Severity::Info, message);
    finding.cells = vec![(book.at(tie.spot), Role::Total)];
    finding
}
