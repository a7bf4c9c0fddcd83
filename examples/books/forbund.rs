//! A förbund whose accounts agree: from its flows of each year everything else follows.

use crate::random::Random;

/// Amounts in öre.
pub type Ore = i64;

/// What an account may have or not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Has {
    pub fixed: bool,
    pub placements: bool,
    pub reserve: bool,
    pub provisions: bool,
    pub long_term: bool,
    pub financial: bool,
    pub extraordinary: bool,
    pub cofinancing: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Year {
    pub year: i32,
    pub state: Ore,
    pub region: Ore,
    pub municipalities: Vec<Ore>,
    pub cofinancing: Ore,
    /// Costs by name, as positive amounts; insatser come last.
    pub costs: Vec<Ore>,
    pub depreciation: Ore,
    pub financial_income: Ore,
    pub financial_costs: Ore,
    pub extraordinary: Ore,
    pub fixed: Ore,
    pub investment: Ore,
    /// Momsfordran, fordringar, förutbetalda kostnader.
    pub receivables: [Ore; 3],
    pub placements: Ore,
    pub bank: Ore,
    pub equity: Ore,
    pub reserve: Ore,
    pub provisions: Ore,
    pub long_term: Ore,
    /// Leverantörsskulder, upplupna kostnader, övriga skulder.
    pub liabilities: [Ore; 3],
}

impl Year {
    pub fn members(&self) -> Ore {
        self.state + self.region + self.municipalities.iter().sum::<Ore>()
    }

    pub fn income(&self) -> Ore {
        self.members() + self.cofinancing
    }

    pub fn costs(&self) -> Ore {
        self.costs.iter().sum()
    }

    pub fn operating(&self) -> Ore {
        self.income() - self.costs() - self.depreciation
    }

    pub fn after_financial(&self) -> Ore {
        self.operating() + self.financial_income - self.financial_costs
    }

    pub fn result(&self) -> Ore {
        self.after_financial() + self.extraordinary
    }

    pub fn receivables(&self) -> Ore {
        self.receivables.iter().sum()
    }

    pub fn liabilities(&self) -> Ore {
        self.liabilities.iter().sum()
    }

    pub fn cash(&self) -> Ore {
        self.bank + self.placements
    }

    pub fn current(&self) -> Ore {
        self.receivables() + self.cash()
    }

    pub fn assets(&self) -> Ore {
        self.fixed + self.current()
    }
}

#[derive(Clone, Debug)]
pub struct Forbund {
    pub region: &'static str,
    pub municipalities: Vec<&'static str>,
    pub has: Has,
    pub costs: Vec<&'static str>,
    /// From which of the costs on they are insatser.
    pub insatser: usize,
    /// The oldest first; it only opens the others.
    pub years: Vec<Year>,
    /// The budget of the last year: income, then costs in their order.
    pub budget_income: Ore,
    pub budget_costs: Vec<Ore>,
}

const TOWNS: [&str; 24] = [
    "Luleå",
    "Piteå",
    "Älvsbyn",
    "Boden",
    "Mora",
    "Orsa",
    "Vansbro",
    "Trosa",
    "Gnesta",
    "Nyköping",
    "Växjö",
    "Alvesta",
    "Lessebo",
    "Borås",
    "Mark",
    "Härnösand",
    "Kramfors",
    "Timrå",
    "Ånge",
    "Örnsköldsvik",
    "Norsjö",
    "Malå",
    "Åre",
    "Övertorneå",
];
const REGIONS: [&str; 8] = [
    "Region Norrbotten",
    "Region Dalarna",
    "Region Sörmland",
    "Västra Götalandsregionen",
    "Region Kronoberg",
    "Landstinget Västernorrland",
    "Västerbottens läns landsting",
    "Region Örebro län",
];
const COSTS: [&str; 14] = [
    "Lokalhyra",
    "Köpt administration",
    "Revision",
    "Revisionsarvoden",
    "Redovisningstjänster",
    "Arvoden till styrelsen",
    "Köp av tjänst förbundschef",
    "Konsultarvode",
    "Kontorsmaterial, porto och telefon",
    "Resor och representation",
    "Utbildning och konferenser",
    "Information och webb",
    "Övriga externa kostnader",
    "Sociala avgifter",
];
const INSATSER: [&str; 20] = [
    "Arena Ungdom",
    "Rehabteam 30+",
    "På rätt väg",
    "LOTS",
    "Unga vägar",
    "Samverkansteam Norr",
    "Stegen",
    "Grön rehab",
    "Navigatorcentrum",
    "Jobbspåret",
    "En väg in",
    "Case management",
    "IPS",
    "Resurscentrum",
    "Steget framåt 2.0",
    "MIA",
    "Projekt SÖKA",
    "Hälsoskolan",
    "Seminarium JÄM",
    "Övriga strukturella insatser",
];

/// Some of a list, in its order.
fn some(random: &mut Random, from: &[&'static str], count: usize) -> Vec<&'static str> {
    let mut order: Vec<usize> = (0..from.len()).collect();
    random.shuffle(&mut order);
    order.truncate(count);
    order.sort_unstable();
    order.into_iter().map(|i| from[i]).collect()
}

pub fn new(random: &mut Random) -> Forbund {
    let has = Has {
        fixed: random.chance(25),
        placements: random.chance(15),
        reserve: random.chance(10),
        provisions: random.chance(12),
        long_term: random.chance(10),
        financial: random.chance(60),
        extraordinary: random.chance(6),
        cofinancing: random.chance(45),
    };
    let whole = random.chance(60);
    let towns = 1 + random.below(5);
    let (plain, special) = (2 + random.below(7), 2 + random.below(7));
    let mut costs = some(random, &COSTS, plain);
    let insatser = costs.len();
    costs.extend(some(random, &INSATSER, special));
    let mut forbund = Forbund {
        region: random.pick(&REGIONS),
        municipalities: some(random, &TOWNS, towns),
        has,
        costs,
        insatser,
        years: Vec::new(),
        budget_income: 0,
        budget_costs: Vec::new(),
    };
    let first = 2008 + random.below(17) as i32;
    let shares = shares(random, forbund.municipalities.len());
    let size = random.between(8, 60) * 25_000_000;
    let amount = |random: &mut Random, low: i64, high: i64| {
        let ore = random.between(low * 100, high * 100);
        if whole { ore / 100 * 100 } else { ore }
    };
    for i in 0..6 {
        let quarter = size / 4 / 100_000 * 100_000 + random.between(-9, 9) * 1_000_000;
        let mut year = Year { year: first + i, state: 2 * quarter, region: quarter, ..Year::default() };
        year.municipalities = split(quarter, &shares);
        if has.cofinancing {
            year.cofinancing = amount(random, 20_000, 900_000);
        }
        let wanted = year.income() + amount(random, -900_000, 700_000);
        year.costs = portions(random, wanted, forbund.costs.len(), whole);
        if has.financial {
            year.financial_income = amount(random, 0, 30_000);
            year.financial_costs = amount(random, 0, 9_000);
        }
        if has.extraordinary {
            year.extraordinary = amount(random, -80_000, 80_000);
        }
        balance(&mut year, forbund.years.last(), has, &mut |low, high| amount(random, low, high));
        forbund.years.push(year);
    }
    let poorest = forbund.years.iter().map(|year| year.bank).min().unwrap_or_default();
    if poorest < 5_000_000 {
        let more = (5_000_000 - poorest) / 100 * 100 + 12_345_600;
        for year in &mut forbund.years {
            year.bank += more;
            year.equity += more;
        }
    }
    let Some(last) = forbund.years.last() else { return forbund };
    forbund.budget_income = last.members() / 10_000_000 * 10_000_000;
    forbund.budget_costs = last.costs.iter().map(|cost| (cost / 1_000_000).max(1) * 1_000_000 + 500_000).collect();
    forbund
}

/// The balances of a year, of those of the year before and its flows.
fn balance(year: &mut Year, before: Option<&Year>, has: Has, amount: &mut impl FnMut(i64, i64) -> Ore) {
    if has.fixed {
        year.investment = amount(0, 60_000);
        let old = before.map_or(20_000_000, |before| before.fixed);
        year.depreciation = (old / 5).min(old) / 100 * 100;
        year.fixed = old + year.investment - year.depreciation;
    }
    year.receivables = [amount(20_000, 400_000), amount(5_000, 200_000), amount(1_000, 90_000)];
    year.liabilities = [amount(30_000, 500_000), amount(40_000, 600_000), amount(2_000, 80_000)];
    if has.placements {
        year.placements = amount(50_000, 500_000);
    }
    if has.reserve {
        year.reserve = before.map_or_else(|| amount(50_000, 200_000), |before| before.reserve);
    }
    if has.provisions {
        year.provisions = amount(30_000, 300_000);
    }
    if has.long_term {
        year.long_term = amount(100_000, 400_000);
    }
    let opening = before.map_or(200_000_000, |before| before.equity);
    year.equity = opening + year.result();
    let others = year.fixed + year.receivables() + year.placements;
    year.bank = year.equity + year.provisions + year.long_term + year.liabilities() - others;
}

/// Shares of whole per cent that come to a hundred.
fn shares(random: &mut Random, count: usize) -> Vec<i64> {
    let mut shares: Vec<i64> = (0..count).map(|_| random.between(5, 60)).collect();
    let whole: i64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share = *share * 100 / whole);
    let rest = 100 - shares.iter().sum::<i64>();
    shares[0] += rest;
    shares
}

fn split(whole: Ore, shares: &[i64]) -> Vec<Ore> {
    let mut parts: Vec<Ore> = shares.iter().map(|share| whole * share / 100).collect();
    let rest = whole - parts.iter().sum::<Ore>();
    parts[0] += rest;
    parts
}

/// Uneven parts that come to a whole.
fn portions(random: &mut Random, whole: Ore, count: usize, round: bool) -> Vec<Ore> {
    let weights: Vec<i64> = (0..count).map(|_| random.between(3, 100)).collect();
    let sum: i64 = weights.iter().sum();
    let mut parts: Vec<Ore> = weights
        .iter()
        .map(|weight| whole / sum * weight + random.between(-99_999, 99_999))
        .map(|part| if round { part / 100 * 100 } else { part })
        .collect();
    let rest = whole - parts.iter().sum::<Ore>();
    parts[count - 1] += rest;
    parts
}
