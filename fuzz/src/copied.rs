//! Copied pages as bytes in which one byte is a word of them.

const WORDS: &[&str] = &[
    // Headings.
    "Resultaträkning",
    "Balansräkning",
    "Kassaflödesanalys",
    "Budget",
    "Bokslut",
    "Utfall",
    "Prognos",
    "Avvikelse",
    "Kommunen",
    "Koncernen",
    "Sammanställd redovisning",
    "Belopp i kr",
    "tkr",
    "mnkr",
    "Not",
    "2023",
    "2022",
    "2021",
    "2023-12-31",
    "20232022",
    "31/12",
    "jan-aug",
    "helår",
    "Eget kapital",
    "Tillgångar",
    // Rows.
    "Verksamhetens intäkter",
    "Verksamhetens kostnader",
    "Verksamhetens nettokostnader",
    "Medlemsbidrag",
    "Insats",
    "Personalkostnader",
    "Avskrivningar",
    "Finansiella intäkter",
    "Årets resultat",
    "Kortfristiga fordringar",
    "Kassa och bank",
    "Kortfristiga skulder",
    "Eget kapital och skulder",
    "Ingående eget kapital",
    "Utgående eget kapital",
    "Justering",
    "varav",
    "Summa",
    "Summa tillgångar",
    "Totalt",
    "Delsumma",
    "Likvida medel vid årets början",
    "Ökning(-)/minskning(+) av",
    // Figures, of which some are sums of others.
    " 1 ",
    " 2 ",
    " 12 ",
    " 0",
    " 100",
    " 200",
    " 300",
    " 1 234",
    " 2 468",
    " 3 702",
    " -1 234",
    "–1 234",
    "- 12 345 678",
    " 12 345 678",
    " (300)",
    " 1,5",
    " 2 345,67",
    " 12 %",
    " 1234567",
    " 999 999 999 999",
    " -",
    " –",
    " …",
    // What stands between.
    "Styrelsen har under året haft sju sammanträden.",
    "Sida 3 av 12",
    "1)",
    "*",
    "(",
    ")",
    "/",
    "   ",
    "\n\n",
    "\u{a0}",
    "\u{ad}",
    "\u{c}",
    "\u{2212}",
    "å",
    "ä",
    "ö",
    "Å",
    "Ä",
    "Ö",
];

const FIRST: u8 = 0x80;

/// The page that the bytes are.
pub fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        match byte.checked_sub(FIRST) {
            None => text.push(byte.into()),
            Some(word) => text.push_str(WORDS[usize::from(word) % WORDS.len()]),
        }
    }
    text
}

/// The bytes that are the page, but for characters that have none.
pub fn bytes(page: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = page;
    while let Some(c) = rest.chars().next() {
        let longest =
            (0..WORDS.len()).filter(|&word| rest.starts_with(WORDS[word])).max_by_key(|&word| WORDS[word].len());
        let length = match longest {
            Some(word) => {
                bytes.push(FIRST + word as u8);
                WORDS[word].len()
            }
            None => {
                bytes.extend(c.is_ascii().then_some(c as u8));
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    bytes
}
