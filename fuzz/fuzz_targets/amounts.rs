//! Written figures: nothing panics, and what is shown of a figure is read as the same figure.
#![no_main]

use avstam::money::{Money, Swedish};
use avstam::written::{DecimalSign, Written, read_written};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(amount) = Money::parse(text) {
        assert_eq!(Money::parse(&amount.to_string()), Some(amount), "{text}");
    }
    for sign in [DecimalSign::Comma, DecimalSign::Point] {
        let Written::Figure(figure) = read_written(text, sign) else { continue };
        let shown = Swedish(figure.amount.value).to_string();
        // No account has so many digits, and more than two dozen are taken for something else.
        if shown.len() > 24 {
            continue;
        }
        match read_written(&shown, DecimalSign::Comma) {
            Written::Figure(again) => assert_eq!(again.amount.value, figure.amount.value, "{text}: {shown}"),
            other => panic!("{text}: {shown}: {other:?}"),
        }
    }
});
