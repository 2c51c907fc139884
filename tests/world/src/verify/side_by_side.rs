//! Work that leaves a processor idle, done side by side.

use std::sync::{Mutex, PoisonError};
use std::thread;

/// What becomes of each item, in their order, one on each processor.
pub(super) fn on_all_processors<Item: Send, Done: Send>(
    items: Vec<Item>,
    work: impl Fn(Item) -> Done + Sync,
) -> Vec<Done> {
    each(items, thread::available_parallelism().map_or(1, usize::from), work)
}

/// What becomes of each item, in their order; so many of them are worked on at once.
pub(super) fn each<Item: Send, Done: Send>(
    items: Vec<Item>,
    at_once: usize,
    work: impl Fn(Item) -> Done + Sync,
) -> Vec<Done> {
    let (waiting, done) = (Mutex::new(items.into_iter().enumerate()), Mutex::new(Vec::new()));
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some((place, item)) = next() {
                    let one = work(item);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((place, one));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn all_is_done_and_told_in_its_order() {
        let slow_first = |item: u64| {
            thread::sleep(Duration::from_millis(if item == 1 { 50 } else { 0 }));
            item * 10
        };

        assert_eq!(each(vec![1, 2, 3, 4, 5], 2, slow_first), [10, 20, 30, 40, 50]);
        assert_eq!(each(Vec::new(), 2, slow_first), Vec::<u64>::new());
    }
}
