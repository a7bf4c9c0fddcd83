//! A fault of our own: said in one line, and never as an exit code that means something else.

use std::panic;
use std::sync::{Mutex, PoisonError};

use avstam::finding::Text;

static LAST: Mutex<String> = Mutex::new(String::new());

/// Keeps what a fault says instead of printing it: readers survive faults on damaged files, and those are told as
/// files that could not be read.
pub fn keep_quiet() {
    panic::set_hook(Box::new(|fault| {
        let what = fault.payload_as_str().unwrap_or("?");
        let place = fault.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = format!("{place}: {what}");
    }));
}

/// What is said of the fault that ended the run.
pub fn told() -> Text {
    let what = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    Text::new(
        format!("ett fel i avstam självt avbröt körningen ({what}): rapportera det gärna, helst med filen"),
        format!("a fault in avstam itself ended the run ({what}): please report it, with the file if you can"),
    )
}
