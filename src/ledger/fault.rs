//! Records that are not as they should be.

use super::Place;

/// One kind of oddity of a file: how often, and where first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub odd: Odd,
    pub times: u64,
    /// The first places, with what stands there.
    pub places: Vec<Place>,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Odd {
    /// A line that is no record.
    NotARecord,
    /// A field that the record must have is not there or is empty.
    FieldMissing,
    AmountUnreadable,
    /// Read, but not written as it should be: comma, blanks, a plus sign, more than two decimals.
    AmountOdd,
    DateUnreadable,
    QuoteOpen,
    TextAfterQuote,
    ControlCharacter,
    /// A brace or a row where no voucher is.
    OutsideVoucher,
    /// A voucher that never ends.
    VoucherOpen,
    /// A balance told a second time.
    Repeated,
    /// An account that is no number.
    AccountNotANumber,
    YearUnreadable,
}

impl Odd {
    pub fn code(self) -> &'static str {
        match self {
            Odd::NotARecord => "not-a-record",
            Odd::FieldMissing => "field-missing",
            Odd::AmountUnreadable => "amount-unreadable",
            Odd::AmountOdd => "amount-odd",
            Odd::DateUnreadable => "date-unreadable",
            Odd::QuoteOpen => "quote-open",
            Odd::TextAfterQuote => "text-after-quote",
            Odd::ControlCharacter => "control-character",
            Odd::OutsideVoucher => "outside-voucher",
            Odd::VoucherOpen => "voucher-open",
            Odd::Repeated => "repeated",
            Odd::AccountNotANumber => "account-not-a-number",
            Odd::YearUnreadable => "year-unreadable",
        }
    }
}
