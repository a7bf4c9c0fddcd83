//! Work on several things at once.

use rayon::prelude::*;

/// From so many cells on, the work on one book is done side by side: it takes longer than threads take to start.
const LARGE: usize = 100_000;

/// What comes of each of the parts of a book with so many cells, in their order.
pub fn map_large<T: Send, R: Send>(cells: usize, items: Vec<T>, of: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if cells < LARGE { items.into_iter().map(of).collect() } else { map(items, of) }
}

/// What comes of each, in their order.
pub fn map<T: Send, R: Send>(items: Vec<T>, of: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    match items.len() {
        // To start threads takes longer than to read a bokslut.
        0 | 1 => items.into_iter().map(of).collect(),
        _ => items.into_par_iter().map(of).collect(),
    }
}
