//! The numbers of a series of vouchers: runs of consecutive ones, so that a million in order take no more room than two.

use std::collections::BTreeMap;

use crate::ledger::{Place, Series};

const REMEMBERED: usize = 100;

pub(super) struct Numbers {
    series: Series,
    /// First and last number of each run.
    runs: BTreeMap<u64, u64>,
}

impl Numbers {
    pub fn new(place: Place) -> Numbers {
        Numbers { series: Series { place, ..Series::default() }, runs: BTreeMap::new() }
    }

    pub fn take(&mut self, number: Option<u64>, place: Place) {
        let series = &mut self.series;
        series.vouchers += 1;
        let Some(number) = number else {
            series.unnumbered += 1;
            return;
        };
        let before = self.runs.range(..=number).next_back().map(|(first, last)| (*first, *last));
        if before.is_some_and(|(_, last)| number <= last) {
            series.repeated += 1;
            if series.repeated_first.len() < REMEMBERED {
                series.repeated_first.push((number, place));
            }
            return;
        }
        // The run goes on, the next one begins right after it, or both.
        let first = before.filter(|(_, last)| last.checked_add(1) == Some(number)).map_or(number, |(first, _)| first);
        let last = number.checked_add(1).and_then(|next| self.runs.remove(&next)).unwrap_or(number);
        self.runs.insert(first, last);
    }

    pub fn finish(self, name: String) -> Series {
        Series { name, runs: self.runs.into_iter().collect(), ..self.series }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_grow_and_join_whatever_the_order() {
        let mut numbers = Numbers::new(Place::default());
        for number in [1, 2, 3, 7, 5, 6, 9, 8, 2] {
            numbers.take(Some(number), Place::line(number as u32));
        }
        numbers.take(None, Place::default());
        let series = numbers.finish("A".into());
        assert_eq!(series.runs, [(1, 3), (5, 9)]);
        assert_eq!((series.repeated_first, series.vouchers, series.unnumbered), (vec![(2, Place::line(2))], 10, 1));
    }
}
