//! What the tables of wordings are made with when the program is compiled, so that nothing is made when it starts: a
//! check of one bokslut takes milliseconds, and to read some two thousand lines into maps took one of them.

/// Where a piece of a text stands. Unlike a reference it needs no fitting when the program is loaded.
#[derive(Clone, Copy)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub const EMPTY: Span = Span { start: 0, end: 0 };

    pub const fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    pub const fn of<'t>(&self, text: &'t str) -> &'t str {
        text.split_at(self.end as usize).0.split_at(self.start as usize).1
    }

    pub const fn start(&self) -> usize {
        self.start as usize
    }

    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Its part from the start to the next mark (all, if there is none), and what comes after the mark.
    pub const fn until(&self, mark: u8, text: &str) -> (Span, Option<Span>) {
        let mut at = self.start as usize;
        while at < self.end as usize {
            if text.as_bytes()[at] == mark {
                let after = Span { start: at as u32 + 1, end: self.end };
                return (Span { start: self.start, end: at as u32 }, Some(after));
            }
            at += 1;
        }
        (*self, None)
    }
}

pub const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A number that texts and seeds have: eight bytes at a time, as FxHash does, which cannot be asked before the program
/// runs.
pub const fn hash(text: &str, seed: usize) -> u64 {
    let mut hash = mix(0, seed as u64 + 1);
    let mut rest = text.as_bytes();
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        hash = mix(hash, u64::from_le_bytes(*eight));
        rest = after;
    }
    let mut last = rest.len() as u64;
    while let Some((byte, after)) = rest.split_first() {
        last = last << 8 | *byte as u64;
        rest = after;
    }
    mix(hash, last)
}

const fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0xf135_7aea_2e62_a9c5)
}

/// The places of a list by their hashes: the first of each slot, and from each place the next of the same slot, in the
/// order of the list. Places of other hashes may share a slot: who asks compares.
pub struct Index<const SLOTS: usize, const PLACES: usize> {
    first: [u16; SLOTS],
    next: [u16; PLACES],
}

const END: u16 = u16::MAX;

impl<const SLOTS: usize, const PLACES: usize> Index<SLOTS, PLACES> {
    pub const fn empty() -> Self {
        assert!(SLOTS.is_power_of_two() && PLACES < END as usize);
        Index { first: [END; SLOTS], next: [END; PLACES] }
    }

    /// Puts a place before those of its slot: the last of the list is to be put first.
    pub const fn put(&mut self, place: usize, hash: u64) {
        let slot = Self::slot(hash);
        self.next[place] = self.first[slot];
        self.first[slot] = place as u16;
    }

    /// The first place of a hash's slot.
    pub const fn first(&self, hash: u64) -> Option<usize> {
        Self::place(self.first[Self::slot(hash)])
    }

    /// The place after one, of the same slot.
    pub const fn next(&self, place: usize) -> Option<usize> {
        Self::place(self.next[place])
    }

    /// All places of a hash's slot.
    pub fn of(&self, hash: u64) -> impl Iterator<Item = usize> {
        std::iter::successors(self.first(hash), |place| self.next(*place))
    }

    const fn slot(hash: u64) -> usize {
        // What is multiplied is mixed best in its highest bits.
        (hash >> (u64::BITS - SLOTS.trailing_zeros())) as usize
    }

    const fn place(place: u16) -> Option<usize> {
        if place == END { None } else { Some(place as usize) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_the_order_of_the_list() {
        let words = ["ett", "två", "ett", "a longer one", "tre"];
        let mut index: Index<8, 5> = Index::empty();
        for place in (0..words.len()).rev() {
            index.put(place, hash(words[place], 0));
        }
        let found = |word: &str| index.of(hash(word, 0)).filter(|place| words[*place] == word).collect::<Vec<_>>();
        assert_eq!((found("ett"), found("a longer one"), found("fyra")), (vec![0, 2], vec![3], vec![]));
        assert_ne!(hash("ett", 0), hash("ett", 1));
        assert_ne!(hash("", 0), hash("\0", 0));
    }

    #[test]
    fn a_text_is_parted_at_a_mark() {
        let text = "a b  c";
        let (first, rest) = Span::new(0, text.len()).until(b' ', text);
        assert_eq!((first.of(text), rest.map(|rest| rest.of(text))), ("a", Some("b  c")));
        let (last, none) = Span::new(5, 6).until(b' ', text);
        assert_eq!((last.of(text), none.is_none()), ("c", true));
        assert!(same("å", "å") && !same("a", "b") && !same("a", "ab"));
    }
}
