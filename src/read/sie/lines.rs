//! The lines of a file that may be larger than what is to be held of it, and the SHA-256 of all its bytes.

use std::io::Read;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::read::error::ReadError;
use crate::read::hex;
use crate::read::limits::{Limit, Limits};

/// How much is read at a time.
const PIECE: usize = 1 << 20;

pub(super) struct Lines<R> {
    from: R,
    hash: Sha256,
    file_bytes: u64,
    line_bytes: usize,
    rows: u32,
}

impl<R: Read> Lines<R> {
    pub fn new(from: R, limits: &Limits) -> Lines<R> {
        Lines { from, hash: Sha256::new(), file_bytes: limits.ledger_bytes, line_bytes: limits.token_bytes, rows: 0 }
    }

    /// Gives each line without its end, with its number from 0.
    pub fn each(&mut self, mut take: impl FnMut(u32, &[u8])) -> Result<(), ReadError> {
        let mut buffer = vec![0; PIECE];
        let (mut held, mut total) = (0usize, 0u64);
        let mut end = b'\n';
        loop {
            if held == buffer.len() {
                if held >= self.line_bytes {
                    return Err(Limit::Token { limit: self.line_bytes }.into());
                }
                buffer.resize(held * 2, 0);
            }
            let read = match self.from.read(&mut buffer[held..]) {
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(ReadError::NotReadable(Arc::new(error))),
            };
            self.hash.update(&buffer[held..held + read]);
            total += read as u64;
            if total > self.file_bytes {
                return Err(Limit::File { limit: self.file_bytes, found: total }.into());
            }
            let mut rest = &buffer[..held + read];
            if self.rows == 0 {
                rest = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest);
                // Old Macs ended lines by a carriage return alone.
                if memchr::memchr(b'\n', rest).is_none() && memchr::memchr(b'\r', rest).is_some() {
                    end = b'\r';
                }
            }
            let mut done = held + read - rest.len();
            for at in memchr::memchr_iter(end, rest) {
                let line = &rest[done - (held + read - rest.len())..at];
                take(self.rows, line.strip_suffix(b"\r").unwrap_or(line));
                self.rows += 1;
                done = held + read - rest.len() + at + 1;
            }
            if read == 0 {
                if done < held {
                    let line = &buffer[done..held];
                    take(self.rows, line.strip_suffix(b"\r").unwrap_or(line));
                    self.rows += 1;
                }
                return Ok(());
            }
            buffer.copy_within(done..held + read, 0);
            held = held + read - done;
        }
    }

    /// How many lines there were.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    pub fn sha256(self) -> String {
        hex(&self.hash.finalize())
    }
}
