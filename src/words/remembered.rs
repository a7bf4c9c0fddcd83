//! Texts as they were folded before: one question after the other is asked of a text, and it stands in one book as in
//! the next.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::fold;

thread_local! {
    static FOLDED: RefCell<FxHashMap<String, Rc<str>>> = RefCell::default();
}

/// A folder of large sheets has no end of texts, and long ones are seldom asked twice.
const MOST: usize = 10_000;
const LONGEST: usize = 200;

/// What [`fold`] gives.
pub fn folded(text: &str) -> Rc<str> {
    if text.len() > LONGEST {
        return fold(text).into();
    }
    FOLDED.with_borrow_mut(|known| match known.get(text) {
        Some(folded) => folded.clone(),
        None => {
            let folded: Rc<str> = fold(text).into();
            if known.len() < MOST {
                known.insert(text.to_string(), folded.clone());
            }
            folded
        }
    })
}
