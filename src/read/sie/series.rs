//! The numbers of a series of vouchers: runs of consecutive ones, so that a million in order take no more room than two.

use crate::ledger::{Place, Series};

const REMEMBERED: usize = 100;

pub(super) struct Numbers {
    series: Series,
}

impl Numbers {
    pub fn new(place: Place) -> Numbers {
        Numbers { series: Series { place, ..Series::default() } }
    }

    pub fn take(&mut self, number: Option<u64>, place: Place) {
        let series = &mut self.series;
        series.vouchers += 1;
        let Some(number) = number else {
            series.unnumbered += 1;
            return;
        };
        let runs = &mut series.runs;
        // In order, as they should be.
        if let Some((_, last)) = runs.last_mut()
            && last.checked_add(1) == Some(number)
        {
            *last = number;
            return;
        }
        // The first run that ends at the number before it or later.
        let at = runs.partition_point(|(_, last)| last.saturating_add(1) < number);
        match runs.get(at).copied() {
            Some((first, last)) if (first..=last).contains(&number) => {
                series.repeated += 1;
                if series.repeated_first.len() < REMEMBERED {
                    series.repeated_first.push((number, place));
                }
            }
            Some((first, _)) if number.checked_add(1) == Some(first) => runs[at].0 = number,
            Some((_, last)) if last.checked_add(1) == Some(number) => {
                runs[at].1 = number;
                if runs.get(at + 1).is_some_and(|(next, _)| number.checked_add(1) == Some(*next)) {
                    runs[at].1 = runs.remove(at + 1).1;
                }
            }
            _ => runs.insert(at, (number, number)),
        }
    }

    pub fn finish(self, name: String) -> Series {
        Series { name, ..self.series }
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
