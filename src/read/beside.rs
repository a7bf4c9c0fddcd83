//! Large parts inflated in a thread of their own, so that inflating and reading go on side by side.

use std::io::{BufRead, Read};
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

/// What comes out of a source that is read in another thread, a piece at a time.
pub(super) struct Pieces {
    pieces: Receiver<std::io::Result<Vec<u8>>>,
    /// Takes back what has been read, for its room.
    spent: Sender<Vec<u8>>,
    piece: Vec<u8>,
    read: usize,
}

/// So much is handed over at a time, and so many pieces wait at most: reading may be slower than inflating, and a bomb is
/// not to fill the memory.
const PIECE: usize = 128 << 10;
const WAITING: usize = 4;

/// Reads a source through `read` while a thread of its own goes ahead in it.
pub(super) fn beside<T>(source: impl Read + Send, read: impl FnOnce(Pieces) -> T) -> T {
    thread::scope(|scope| {
        let (sender, pieces) = sync_channel(WAITING);
        let (spent, spare) = channel();
        scope.spawn(move || hand_over(source, &sender, &spare));
        read(Pieces { pieces, spent, piece: Vec::new(), read: 0 })
    })
}

/// Does two things with a file, the one in a thread of its own if the file is large.
pub(super) fn alongside<A: Send, B>(large: bool, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    if !large {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

/// Ends with the source, at its first fault, or when nobody reads any longer.
fn hand_over(mut source: impl Read, to: &SyncSender<std::io::Result<Vec<u8>>>, spare: &Receiver<Vec<u8>>) {
    loop {
        let mut piece = spare.try_recv().unwrap_or_default();
        piece.clear();
        piece.reserve(PIECE);
        let outcome = source.by_ref().take(PIECE as u64).read_to_end(&mut piece);
        let last = piece.is_empty() || outcome.is_err();
        // What came before a fault is handed over before it.
        if !piece.is_empty() && to.send(Ok(piece)).is_err() {
            return;
        }
        if let Err(fault) = outcome {
            _ = to.send(Err(fault));
        }
        if last {
            return;
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.read == self.piece.len() {
            // Nothing comes after the end.
            let next = self.pieces.recv().unwrap_or_else(|_| Ok(Vec::new()))?;
            _ = self.spent.send(std::mem::replace(&mut self.piece, next));
            self.read = 0;
        }
        Ok(&self.piece[self.read..])
    }

    fn consume(&mut self, count: usize) {
        self.read += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes a few at a time, and then a fault.
    struct Faulty<'b>(&'b [u8]);

    impl Read for Faulty<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let few = buffer.len().min(7_001);
            match self.0.read(&mut buffer[..few])? {
                0 => Err(std::io::Error::other("torn")),
                count => Ok(count),
            }
        }
    }

    #[test]
    fn what_is_handed_over_is_what_there_was() {
        let bytes: Vec<u8> = (0..3 * PIECE + 5).map(|i| (i % 251) as u8).collect();
        let mut read = Vec::new();
        beside(bytes.as_slice(), |mut pieces| pieces.read_to_end(&mut read)).expect("no fault");
        assert!(read == bytes);
    }

    #[test]
    fn a_fault_comes_after_what_was_before_it() {
        let bytes = vec![1; PIECE + 3];
        let mut read = Vec::new();
        let fault = beside(Faulty(&bytes), |mut pieces| pieces.read_to_end(&mut read)).expect_err("a fault");
        assert_eq!((read.len(), fault.to_string().as_str()), (PIECE + 3, "torn"));
    }

    #[test]
    fn whoever_stops_reading_waits_for_nothing() {
        let first = beside(std::io::repeat(7), |mut pieces| pieces.fill_buf().map(|piece| piece[0]).ok());
        assert_eq!(first, Some(7));
    }
}
