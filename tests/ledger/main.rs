//! Ledgers as files tell them: what is read of records as they are written, in the encodings that they have.

use std::fs;

use avstam::book::Book;
use avstam::finding::Language;
use avstam::ledger::{Form, Ledger, Odd, Place};
use avstam::money::Money;
use avstam::period::Date;
use avstam::read::{self, Input, Options};
use avstam::report::{inspect_json, json::Layout, terminal};

/// A file with the content, read.
fn read_as(name: &str, bytes: &[u8]) -> (Input, Ledger, Book) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    let options = Options { keep_transactions: 1 << 20, ..Options::default() };
    let (input, grids) = read::read(&path, 0, &options);
    assert!(input.error.is_none(), "{:?}", input.error);
    let book = Book::of(vec![input], grids);
    (book.inputs[0].clone(), book.ledgers[0].clone(), book)
}

const SMALL: &str = "#FLAGGA 0\r
#PROGRAM \"Bok\" 1.0\r
#FORMAT PC8\r
#SIETYP 4\r
#FNAMN \"Förbundet \\\"Ån\\\"\"\r
#RAR 0 20240101 20241231\r
#RAR -1 20230101 20231231\r
#KONTO 1930 \"Bank på Ön\"\r
#KONTO 3010 Bidrag\r
#IB 0 1930 100.50\r
#UB 0 1930 300.5\r
#RES 0 3010 -200\r
#VER A 1 20240131 \"Bidrag från ägare\"\r
{\r
#TRANS 1930 {} 200.00\r
#TRANS 3010 {1 \"10 0\"} -200 20240131 \"Januari\"\r
}\r
#VER A 2 20240229 Fel\r
{\r
\t#TRANS 1930 {} 10\r
\t#TRANS 3010 {} -9\r
}\r
";

/// The text in the code page of DOS: the letters that the sample uses.
fn in_cp437(text: &str) -> Vec<u8> {
    let dos = |c: char| match c {
        'å' => 0x86,
        'ä' => 0x84,
        'ö' => 0x94,
        'Å' => 0x8f,
        'Ö' => 0x99,
        c => u8::try_from(u32::from(c)).expect("a letter of the sample"),
    };
    text.chars().map(dos).collect()
}

#[test]
fn the_books_are_the_same_in_every_encoding() {
    let latin: Vec<u8> = SMALL.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    let marked = [b"\xef\xbb\xbf", SMALL.as_bytes()].concat();
    for (bytes, encoding, remarks) in [
        (in_cp437(SMALL), "CP437", 0),
        (SMALL.as_bytes().to_vec(), "UTF-8", 1),
        (marked, "UTF-8", 1),
        (latin, "Windows-1252", 1),
    ] {
        let (input, ledger, book) = read_as("bok.se", &bytes);
        assert_eq!((ledger.header.encoding, input.remarks.len()), (encoding, remarks));
        assert_eq!(ledger.header.name.as_ref().expect("a name").text, "Förbundet \"Ån\"");
        let bank = ledger.account("1930").expect("the bank");
        assert_eq!((ledger.form, bank.name.as_str()), (Form::Sie4E, "Bank på Ön"));
        let balance = bank.balance(0).expect("this year");
        assert_eq!(balance.opening.expect("an opening").value, Money::new(1005, 1));
        assert_eq!(bank.moved(ledger.year(0).expect("the year")), Money::from(210));
        let shown = book.cell(ledger.at(balance.opening.expect("an opening").place)).expect("its line");
        assert_eq!(shown.text(), Some("#IB 0 1930 100.50"));
        let (voucher, rows) = &ledger.transactions.as_ref().expect("transactions")[0];
        assert_eq!((voucher.text.as_str(), rows.len()), ("Bidrag från ägare", 2));
        assert_eq!(rows[1].objects, [("1".to_string(), "10 0".to_string())]);
        assert_eq!(ledger.faults, []);
    }
}

#[test]
fn files_of_two_bytes_a_character_are_read() {
    let wide = |order: fn(u16) -> [u8; 2]| SMALL.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = [&[0xff, 0xfe][..], &wide(u16::to_le_bytes)].concat();
    for (bytes, encoding) in
        [(marked, "UTF-16LE"), (wide(u16::to_le_bytes), "UTF-16LE"), (wide(u16::to_be_bytes), "UTF-16BE")]
    {
        let (input, ledger, book) = read_as("bok.se", &bytes);
        assert_eq!((ledger.header.encoding, input.remarks.len(), input.sha256.len()), (encoding, 1, 64));
        assert_eq!(ledger.account("1930").expect("the bank").name, "Bank på Ön");
        let shown = book.cell(ledger.at(Place::line(7))).expect("its line");
        assert_eq!(shown.text(), Some("#KONTO 1930 \"Bank på Ön\""));
    }
}

#[test]
fn vouchers_are_judged_as_they_stream_by() {
    let (_, ledger, _) = read_as("bok.se", &in_cp437(SMALL));
    let journal = &ledger.journal;
    assert_eq!((journal.vouchers, journal.rows, journal.unbalanced), (2, 4, 1));
    let wrong = &journal.unbalanced_first[0];
    assert_eq!((wrong.number.as_str(), wrong.sum, wrong.place), ("2", Money::from(1), Place::line(17)));
    assert_eq!(wrong.date, Date::new(2024, 2, 29));
    assert_eq!((journal.series[0].name.as_str(), &journal.series[0].runs[..]), ("A", &[(1, 2)][..]));
}

#[test]
fn transactions_that_were_not_kept_are_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bok.se");
    fs::write(&path, in_cp437(SMALL)).expect("a file");
    let (input, grids) = read::read(&path, 0, &Options::default());
    let book = Book::of(vec![input], grids);
    assert!(book.ledgers[0].transactions.is_none());
    let mut told = Vec::new();
    let given = book.transactions(&book.ledgers[0], &mut |voucher, rows| {
        told.extend(rows.iter().map(|row| (voucher.text.clone(), row.place.row + 1, row.amount.to_string())));
    });
    assert!(given);
    assert_eq!(told[1], ("Bidrag från ägare".to_string(), 16, "-200".to_string()));
    assert_eq!(told.len(), 4);
}

#[test]
fn what_is_written_wrongly_is_told_with_its_line_and_the_rest_is_read() {
    let text = "#FLAGGA 0\n#SIETYP 4\nskräp\n#RAR 0\n#KONTO 1930 \"Bank\n#UB 0 1930 tolv\n#TRANS 1930 {} 5\n#VER A 1 20240230 x\n\
                {\n#TRANS 1930 {} 1,50\n#TRANS 3010 {} -1.50\n#UB 0 1930 12\n";
    let (_, ledger, _) = read_as("bok.se", text.as_bytes());
    let told: Vec<(Odd, u32)> = ledger.faults.iter().map(|fault| (fault.odd, fault.places[0].row + 1)).collect();
    let expected = [
        (Odd::NotARecord, 3),
        (Odd::FieldMissing, 4),
        (Odd::QuoteOpen, 5),
        (Odd::AmountUnreadable, 6),
        (Odd::OutsideVoucher, 7),
        (Odd::DateUnreadable, 8),
        (Odd::AmountOdd, 10),
        (Odd::VoucherOpen, 12),
    ];
    assert_eq!(told, expected);
    assert_eq!((ledger.journal.vouchers, ledger.journal.unbalanced), (1, 0));
    assert_eq!(ledger.account("1930").expect("the bank").balance(0).expect("it").closing.expect("it").value, 12.into());
}

const FIVE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<Sie xmlns="http://www.sie.se/sie5">
  <FileInfo>
    <Company organizationId="212000-0142" name="Förbundet &quot;Ån&quot;" />
    <FiscalYears>
      <FiscalYear start="2023-01" end="2023-12" />
      <FiscalYear start="2024-01" end="2024-12" primary="true" />
    </FiscalYears>
  </FileInfo>
  <Accounts>
    <Account id="1930" name="Bank" type="asset">
      <ClosingBalance month="2023-12" amount="100" />
      <OpeningBalance month="2024-01" amount="100" />
      <ClosingBalance month="2024-12" amount="300.50" />
    </Account>
    <Account id="3010" name="Bidrag" type="income"><ClosingBalance month="2024-12" amount="-200.5" /></Account>
  </Accounts>
  <Journal id="A">
    <JournalEntry id="1" journalDate="2024-02-29" text="Bidrag">
      <LedgerEntry accountId="1930" amount="200.5" />
      <LedgerEntry accountId="3010" amount="-200.5"><ObjectReference dimensionId="1" objectId="10" /></LedgerEntry>
      <LedgerEntry accountId="3010" amount="-7"><Overstrike date="2024-03-01" by="x" /></LedgerEntry>
    </JournalEntry>
  </Journal>
</Sie>
"#;

#[test]
fn sie_5_tells_the_same_books() {
    let (input, ledger, book) = read_as("bok.sie", FIVE.as_bytes());
    assert_eq!((ledger.form, ledger.faults.len(), input.remarks.len()), (Form::Sie5, 0, 0));
    assert_eq!(ledger.header.name.as_ref().expect("a name").text, "Förbundet \"Ån\"");
    let year = *ledger.year(0).expect("the year");
    assert_eq!((ledger.years.len(), year.from), (2, Date::new(2024, 1, 1).expect("a day")));
    let followed = ledger.by_vouchers(&year).expect("vouchers and balances");
    assert_eq!((followed.closings.len(), followed.results.len(), followed.any_broken()), (1, 1, false));
    assert_eq!((ledger.journal.unbalanced, ledger.journal.struck), (0, 1));
    let (_, rows) = &ledger.transactions.as_ref().expect("transactions")[0];
    assert_eq!(rows[1].objects, [("1".to_string(), "10".to_string())]);
    let shown = book.cell(ledger.at(Place::line(12))).expect("the line");
    assert_eq!(shown.text(), Some("<OpeningBalance month=\"2024-01\" amount=\"100\" />"));
}

/// Every cut and many a change of a byte: something is read, and nothing stops.
#[test]
fn damaged_files_are_read_as_far_as_they_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bok.se");
    let whole = in_cp437(SMALL);
    let read = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("a file");
        let (input, grids) = read::read(&path, 0, &Options { keep_transactions: 1 << 20, ..Options::default() });
        assert!(input.error.is_none() || bytes.len() < 2, "{:?}", input.error);
        let book = Book::of(vec![input], grids);
        avstam::check::check(&book, &avstam::check::Options::default());
    };
    (8..whole.len()).step_by(9).for_each(|end| read(&whole[..end]));
    for at in (9..whole.len()).step_by(29) {
        for byte in [0, b'"', b'{', b'}', b'\\', b'\n', b'#', b'9', 0xff] {
            let mut changed = whole.clone();
            changed[at] = byte;
            read(&changed);
        }
    }
}

#[test]
fn the_trial_balance_is_shown_to_people_and_to_machines() {
    let (_, _, book) = read_as("bok.se", &in_cp437(SMALL));
    let look = terminal::Look { language: Language::Swedish, width: 100, quiet: false, verbose: false };
    let text = terminal::inspect(&book, &look).replace('\u{a0}', " ");
    assert!(text.contains("Bank på Ön") && text.contains("100,50      210,00      300,50"), "{text}");
    let mut json = Vec::new();
    inspect_json::inspect(&mut json, &book, &[], Layout::Line).expect("written");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("json");
    let table = &json["tables"][0];
    assert_eq!((table["kind"].as_str(), table["rows"][0]["account"].as_str()), (Some("trial-balance"), Some("1930")));
    assert_eq!(table["rows"][0]["balances"][0]["closing"], "300.5");
}
