use super::lookup::newest_columns;
use super::members::{self, Members, members};
use super::{Observed, rule};
use crate::book::Book;
use crate::finding::{Finding, Role, Text};
use crate::money::{Closeness, Interval, Money, Swedish};
use crate::profile::{Member, Share};
use crate::statement::Statement;
use crate::words::{Likeness, Naming};

rule! {
    /// The members' contributions do not have the shares that the settings say are agreed.
    ///
    /// The settings file names the members and the share of each (`[[forbund.members]]`). Only the newest year of a table is tried: earlier
    /// years may have had another agreement. Shares in whole per cents are taken to be exact, those with decimals as rounded.
    ///
    /// What to do: check the amounts with the decision on contributions, or the settings with the agreement in force.
    "FB03" "member-shares-differ-from-agreement" Warning, Observations(observe),
    "Medlemmarnas bidrag har inte de andelar som inställningarna anger.

I inställningsfilen står medlemmarna med var och ens andel (`[[forbund.members]]`). Bara tabellens senaste år prövas: tidigare år kan ha haft en annan överenskommelse. Andelar i hela procent räknas som exakta, andelar med decimaler som avrundade.

Gör så här: kontrollera beloppen mot beslutet om bidrag, eller inställningarna mot gällande överenskommelse."
}

fn observe(book: &Book) -> Observed {
    let mut observed = Observed::default();
    if book.profile.members.is_empty() {
        return observed;
    }
    for (_, statement) in members::statements(book) {
        for (column, _) in newest_columns(statement) {
            let Some(there) = members(statement, column) else { continue };
            let Some(lines) = lines(statement, &there, &book.profile.members) else {
                observed.untestable += 1;
                continue;
            };
            let whole = sum(statement, column, &there.all().collect::<Vec<_>>());
            for (member, lines) in book.profile.members.iter().zip(&lines) {
                observed.tested += 1;
                observed.findings.extend(finding(statement, column, member, lines, &there, whole));
            }
        }
    }
    observed
}

/// The lines of each member, in the order of the members; `None` where they are not one to one.
fn lines(statement: &Statement, there: &Members, members: &[Member]) -> Option<Vec<Vec<usize>>> {
    let mut left: Vec<usize> = there.all().collect();
    let mut found: Vec<Option<Vec<usize>>> = Vec::new();
    for member in members {
        let name = Naming::of(&member.name);
        let names = |line: &usize| {
            let label = Naming::of(&statement.lines()[*line].label);
            name.likeness(&label).is_some_and(|likeness| likeness >= Likeness::Within)
        };
        let named: Vec<usize> = left.iter().copied().filter(names).collect();
        found.push(match named.as_slice() {
            [line] => {
                left.retain(|other| other != line);
                Some(named)
            }
            _ => None,
        });
    }
    // The state may go by another name, or give its share in two lines of which one is named.
    if !left.is_empty() && left.iter().all(|line| there.state.contains(line)) {
        let unnamed: Vec<usize> = (0..found.len()).filter(|&i| found[i].is_none()).collect();
        let is_state = |lines: &Vec<usize>| lines.iter().any(|line| there.state.contains(line));
        let of_state = found.iter().position(|lines| lines.as_ref().is_some_and(is_state));
        match (unnamed.as_slice(), of_state) {
            ([i], _) => found[*i] = Some(std::mem::take(&mut left)),
            ([], Some(i)) => found[i].iter_mut().for_each(|lines| lines.append(&mut left)),
            _ => {}
        }
    }
    if left.is_empty() { found.into_iter().collect() } else { None }
}

fn sum(statement: &Statement, column: usize, lines: &[usize]) -> Interval {
    let amounts = lines.iter().filter_map(|line| statement.interval(*line, column));
    amounts.fold(Interval::exact(Money::ZERO), |sum, amount| sum.plus(1, amount))
}

fn finding(
    statement: &Statement,
    column: usize,
    member: &Member,
    lines: &[usize],
    there: &Members,
    whole: Interval,
) -> Option<Finding> {
    let own = sum(statement, column, lines);
    if own.closeness(member.share.interval_of(whole)) != Closeness::Off {
        return None;
    }
    let (stated, expected) = (statement.written(own.middle), statement.written(member.share.of(whole.middle)));
    let Share { percent } = member.share;
    let (name, period) = (&member.name, statement.columns()[column].period);
    let year = period.map(|period| format!(" {period}")).unwrap_or_default();
    let text = |be: &str, of: &str, difference: &str| {
        let (stated, expected, apart) = (Swedish(stated), Swedish(expected), Swedish(stated - expected));
        format!("{name}{year} {be} {stated}, {of} {expected}: {difference} {apart}.")
    };
    let percent = Swedish(percent.value);
    let mut finding = Finding::new(
        RULE.code,
        RULE.severity,
        Text::new(
            text("är", &format!("men {percent} % av bidragen är"), "skillnaden är"),
            text("is", &format!("but {percent} % of the contributions is"), "the difference is"),
        ),
    );
    finding.period = period;
    finding.unit = Some(statement.unit);
    finding.stated = Some(stated);
    finding.expected = Some(expected);
    let role = |line: usize| if lines.contains(&line) { Role::Total } else { Role::Term };
    finding.cells = there.all().map(|line| (statement.table.at(line, column), role(line))).collect();
    finding.cells.sort_by_key(|(_, role)| *role);
    Some(finding)
}
