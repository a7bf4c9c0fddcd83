//! How far long work has come: a bar on a terminal, nothing in a pipe.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::Out;

/// Shorter work than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(400);
const BETWEEN: Duration = Duration::from_millis(100);
const WIDTH: usize = 30;

pub struct Progress {
    of: usize,
    shows: bool,
    state: Mutex<State>,
}

struct State {
    done: usize,
    next: Instant,
    drawn: bool,
}

impl Progress {
    pub fn new(of: usize, out: &Out) -> Progress {
        let shows = of > 1 && !out.quiet() && io::stderr().is_terminal();
        let state = State { done: 0, next: Instant::now() + PATIENCE, drawn: false };
        Progress { of, shows, state: Mutex::new(state) }
    }

    /// One more is done.
    pub fn step(&self) {
        if !self.shows {
            return;
        }
        let Ok(mut state) = self.state.lock() else { return };
        state.done += 1;
        let now = Instant::now();
        if now >= state.next {
            state.next = now + BETWEEN;
            state.drawn = true;
            let full = WIDTH * state.done / self.of;
            let bar = format!("{}{}", "█".repeat(full), "░".repeat(WIDTH - full));
            _ = write!(io::stderr().lock(), "\r{bar} {}/{}", state.done, self.of);
        }
    }

    /// Takes the bar away, until the next step.
    pub fn clear(&self) {
        let Ok(mut state) = self.state.lock() else { return };
        if std::mem::take(&mut state.drawn) {
            _ = write!(io::stderr().lock(), "\r\x1b[2K");
        }
    }
}
