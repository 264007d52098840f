//! What costs something to fill and is worth keeping, lent to whoever works. A thread that works alone always gets the one that was used
//! last, whichever thread it is: a pool hands the next task to any of its threads.

use std::sync::{Mutex, PoisonError};

pub(super) struct Lent<T>(Mutex<Vec<T>>);

impl<T: Default> Lent<T> {
    pub const fn new() -> Self {
        Lent(Mutex::new(Vec::new()))
    }

    /// Works with one that nobody else works with. What a panic interrupts is not used again.
    pub fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let mut lent = self.all(Vec::pop).unwrap_or_default();
        let done = work(&mut lent);
        self.all(|all| all.push(lent));
        done
    }

    fn all<R>(&self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::Lent;

    #[test]
    fn the_next_thread_gets_what_the_last_one_filled() {
        let lent: Lent<Vec<u8>> = Lent::new();
        std::thread::scope(|scope| scope.spawn(|| lent.with(|kept| kept.push(1))).join()).ok();
        assert_eq!(lent.with(|kept| kept.clone()), [1]);
    }

    #[test]
    fn nobody_gets_what_another_works_with() {
        let lent: Lent<Vec<u8>> = Lent::new();
        lent.with(|outer| {
            outer.push(1);
            assert!(lent.with(|inner| inner.is_empty()));
        });
    }
}
