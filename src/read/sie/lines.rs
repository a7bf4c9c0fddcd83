//! The lines of a file that may be larger than what is to be held of it, and the SHA-256 of all its bytes.

use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use sha2::{Digest, Sha256};

use crate::read::error::ReadError;
use crate::read::hex;
use crate::read::limits::{Limit, Limits};

/// How much is read at a time.
const PIECE: usize = 1 << 20;

pub(super) struct Lines<R> {
    from: R,
    hash: Hash,
    file_bytes: u64,
    line_bytes: usize,
    rows: u32,
}

impl<R: Read> Lines<R> {
    pub fn new(from: R, limits: &Limits) -> Lines<R> {
        Lines {
            from,
            hash: Hash::Here(Sha256::new()),
            file_bytes: limits.ledger_bytes,
            line_bytes: limits.token_bytes,
            rows: 0,
        }
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
            self.hash.take(&buffer[held..held + read]);
            total += read as u64;
            if total > self.file_bytes {
                return Err(Limit::Ledger { limit: self.file_bytes }.into());
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
        self.hash.finish()
    }
}

/// The SHA-256 of what was read. Of a large file it is reckoned beside the reading, on a core of its own.
enum Hash {
    Here(Sha256),
    Beside(SyncSender<Vec<u8>>, JoinHandle<Sha256>),
}

/// So many pieces may wait for their hash.
const WAITING: usize = 4;

impl Hash {
    fn take(&mut self, piece: &[u8]) {
        match self {
            Hash::Here(sum) => {
                sum.update(piece);
                if piece.len() >= PIECE / 2 {
                    let mut sum = sum.clone();
                    let (give, pieces) = sync_channel::<Vec<u8>>(WAITING);
                    let reckon = move || {
                        pieces.iter().for_each(|piece| sum.update(&piece));
                        sum
                    };
                    *self = Hash::Beside(give, thread::spawn(reckon));
                }
            }
            // The other end lives until this one is dropped.
            Hash::Beside(give, _) => _ = give.send(piece.to_vec()),
        }
    }

    fn finish(self) -> String {
        let sum = match self {
            Hash::Here(sum) => sum,
            Hash::Beside(give, reckoned) => {
                drop(give);
                reckoned.join().unwrap_or_default()
            }
        };
        hex(&sum.finalize())
    }
}
