//! A quick hash for whole numbers: the finder counts millions of small keys, none of which an enemy chooses.

use std::hash::{BuildHasherDefault, Hasher};

pub(super) type Mixed = BuildHasherDefault<Mixer>;

/// One step of a multiplicative hash (Knuth's, with the golden ratio of 64 bits).
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[derive(Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = mix(self.0, u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = mix(self.0, value);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
