//! Writes a SIE 4 file of as many transactions as asked for, in CP437, whose balances follow from its vouchers:
//!
//! ```text
//! cargo run --release --example make_ledger -- 1000000 bok.se
//! ```
//!
//! The same number gives the same file. Each voucher has three rows: a cost, its tax and the payment.

use std::fs::File;
use std::io::{self, BufWriter, Write};

const ACCOUNTS: usize = 400;
const ROWS: usize = 3;
const TEXTS: [&str; 6] = [
    "Lön handläggare",
    "Hyra möteslokal",
    "Återbetalning från ägare",
    "Inköp kontorsmaterial",
    "Resa",
    "Föreläsning år 2",
];

/// A row of numbers that look random and are always the same (xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn in_cp437(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'å' => 0x86,
        'ä' => 0x84,
        'ö' => 0x94,
        'Å' => 0x8f,
        'Ä' => 0x8e,
        'Ö' => 0x99,
        c => c as u8,
    };
    text.chars().map(byte).collect()
}

fn kronor(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(count), Some(path)) = (arguments.next().and_then(|count| count.parse::<usize>().ok()), arguments.next())
    else {
        eprintln!("how many transactions, and into which file?");
        std::process::exit(2);
    };
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    let vouchers = count / ROWS;
    // The balances stand before the vouchers, so these are drawn twice.
    let mut sums = vec![0i64; ACCOUNTS + 2];
    let mut first = Draw(draw.0);
    for _ in 0..vouchers {
        let (account, net, _) = voucher(&mut first);
        let tax = net / 4;
        sums[account] += net;
        sums[ACCOUNTS] += tax;
        sums[ACCOUNTS + 1] -= net + tax;
    }
    write!(out, "#FLAGGA 0\r\n#PROGRAM \"make_ledger\" 1\r\n#FORMAT PC8\r\n#GEN 20250101\r\n#SIETYP 4\r\n")?;
    out.write_all(&in_cp437("#FNAMN \"Samordningsförbundet Exempel\"\r\n"))?;
    write!(out, "#ORGNR 222000-0000\r\n#RAR 0 20240101 20241231\r\n#KPTYP EUBAS97\r\n")?;
    for account in 0..ACCOUNTS {
        out.write_all(&in_cp437(&format!("#KONTO {} \"Övrig kostnad {account}\"\r\n", number(account))))?;
    }
    out.write_all(&in_cp437(
        "#KONTO 1930 \"Företagskonto\"\r\n#KONTO 2640 \"Ingående moms\"\r\n#KONTO 2010 \"Eget kapital\"\r\n",
    ))?;
    write!(out, "#IB 0 1930 1000000.00\r\n#IB 0 2010 -1000000.00\r\n#UB 0 2010 -1000000.00\r\n")?;
    write!(
        out,
        "#UB 0 1930 {}\r\n#UB 0 2640 {}\r\n",
        kronor(100_000_000 + sums[ACCOUNTS + 1]),
        kronor(sums[ACCOUNTS])
    )?;
    for (account, sum) in sums.iter().enumerate().take(ACCOUNTS).filter(|(_, sum)| **sum != 0) {
        write!(out, "#RES 0 {} {}\r\n", number(account), kronor(*sum))?;
    }
    let texts = TEXTS.map(in_cp437);
    for n in 0..vouchers {
        let (account, net, text) = voucher(&mut draw);
        let (tax, day) = (net / 4, n * 336 / vouchers.max(1));
        let date = format!("2024{:02}{:02}", day / 28 + 1, day % 28 + 1);
        write!(out, "#VER A {} {date} \"", n + 1)?;
        out.write_all(&texts[text])?;
        write!(
            out,
            "\" 20250101\r\n{{\r\n#TRANS {} {{1 \"{}\"}} {} {date} \"",
            number(account),
            100 + account % 7,
            kronor(net)
        )?;
        out.write_all(&texts[text])?;
        write!(out, "\"\r\n#TRANS 2640 {{}} {}\r\n#TRANS 1930 {{}} {}\r\n}}\r\n", kronor(tax), kronor(-net - tax))?;
    }
    out.flush()
}

/// The account, the amount before tax in öre and the text of the next voucher.
fn voucher(draw: &mut Draw) -> (usize, i64, usize) {
    (
        draw.below(ACCOUNTS as u64) as usize,
        draw.below(5_000_000) as i64 * 4 + 400,
        draw.below(TEXTS.len() as u64) as usize,
    )
}

fn number(account: usize) -> usize {
    4000 + account * 10
}
