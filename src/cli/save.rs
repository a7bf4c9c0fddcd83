//! Files are written whole even when somebody ends the program: it ends when they are.

use std::path::Path;

use avstam::workbook::{self, SaveError};

/// As [`workbook::save`], with Ctrl-C and requests to end held back until nothing half-written is left.
pub fn save(bytes: &[u8], path: &Path, sources: &[&Path]) -> Result<(), SaveError> {
    #[cfg(unix)]
    let held = signals::hold();
    let saved = workbook::save(bytes, path, sources);
    #[cfg(unix)]
    held.let_go();
    saved
}

#[cfg(unix)]
mod signals {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, LazyLock};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::{flag, low_level};

    pub struct Held {
        /// While it is false a signal waits.
        free: Arc<AtomicBool>,
        waiting: Arc<AtomicUsize>,
    }

    static HELD: LazyLock<Held> = LazyLock::new(|| {
        let held = Held { free: Arc::new(AtomicBool::new(false)), waiting: Arc::default() };
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            // Where they cannot be held back, they end the program at once, as ever.
            _ = flag::register_usize(signal, held.waiting.clone(), signal as usize)
                .and_then(|_| flag::register_conditional_default(signal, held.free.clone()));
        }
        held
    });

    pub fn hold() -> &'static Held {
        HELD.free.store(false, Ordering::SeqCst);
        &HELD
    }

    impl Held {
        pub fn let_go(&self) {
            self.free.store(true, Ordering::SeqCst);
            let waiting = self.waiting.load(Ordering::SeqCst);
            if waiting != 0 {
                _ = low_level::emulate_default_handler(waiting as i32);
            }
        }
    }
}
