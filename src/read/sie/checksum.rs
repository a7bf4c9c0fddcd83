//! The check sum of a SIE file: CRC-32 over labels and fields as CP437 writes them, without what parts them.

use crc32fast::Hasher;

use super::fields::{Field, Fields, unescaped};
use crate::ledger::{Checksum, Place};
use crate::read::encoding::{Encoding, to_cp437};

/// The sum while the file is read. Which encoding the file has is known at its end only, so three sums are kept: of
/// the bytes as they are, and of what they would be if they were one of the others turned into CP437.
#[derive(Clone, Default)]
pub(super) struct Running {
    open: bool,
    place: Place,
    sums: [Hasher; 3],
    stated: Option<u32>,
    any: bool,
}

const OTHERS: [Encoding; 2] = [Encoding::Utf8, Encoding::Windows1252];

impl Running {
    pub fn open(&mut self, place: Place) {
        *self = Running { open: true, any: true, place, ..Running::default() };
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn close(&mut self, stated: u32, place: Place) {
        (self.open, self.stated, self.place) = (false, Some(stated), place);
    }

    /// Takes a record: its label and its fields.
    pub fn record(&mut self, line: &[u8]) {
        for field in Fields::new(line) {
            match field {
                Field::Text(text) => self.take(&unescaped(text)),
                Field::Objects(inside) => self.record(inside),
            }
        }
    }

    fn take(&mut self, text: &[u8]) {
        self.sums[0].update(text);
        for (sum, encoding) in self.sums[1..].iter_mut().zip(OTHERS) {
            match text.is_ascii() {
                true => sum.update(text),
                false => sum.update(&to_cp437(&encoding.decode(text).0)),
            }
        }
    }

    pub fn finish(self, encoding: Encoding) -> Option<Checksum> {
        let which = OTHERS.iter().position(|other| *other == encoding).map_or(0, |i| i + 1);
        let computed = self.sums.into_iter().nth(which).map(Hasher::finalize).unwrap_or_default();
        self.any.then_some(Checksum { stated: self.stated, computed, place: self.place })
    }
}
