//! Work on several things at once.

use rayon::prelude::*;

/// What comes of each, in their order.
pub fn map<T: Send, R: Send>(items: Vec<T>, of: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    match items.len() {
        // To start threads takes longer than to read a bokslut.
        0 | 1 => items.into_iter().map(of).collect(),
        _ => items.into_par_iter().map(of).collect(),
    }
}
