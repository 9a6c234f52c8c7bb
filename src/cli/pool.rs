//! Work in parallel, results in order, memory bounded.

use std::sync::mpsc::sync_channel;
use std::thread;

/// How many results a worker may be ahead of the one that is waited for.
const AHEAD: usize = 16;

/// Applies `work` to every item on `jobs` threads and hands the results to `take` in the items' order. At most `jobs *
/// AHEAD` items and as many results are held at a time. `take` ends the run by returning `false`.
pub fn ordered<I, O>(
    jobs: usize,
    items: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    mut take: impl FnMut(O) -> bool,
) where
    I: Send,
    O: Send,
{
    if jobs <= 1 {
        for item in items {
            if !take(work(item)) {
                return;
            }
        }
        return;
    }
    thread::scope(|scope| {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for _ in 0..jobs {
            let (to_worker, from_dealer) = sync_channel::<I>(AHEAD);
            let (to_taker, from_worker) = sync_channel::<O>(AHEAD);
            let work = &work;
            scope.spawn(move || from_dealer.into_iter().try_for_each(|item| to_taker.send(work(item))));
            inputs.push(to_worker);
            outputs.push(from_worker);
        }
        // Dealt round robin and taken round robin: that keeps the order without numbers.
        scope.spawn(move || {
            for (item, input) in items.zip((0..jobs).cycle()) {
                if inputs[input].send(item).is_err() {
                    return;
                }
            }
        });
        for output in outputs.iter().cycle() {
            let Ok(result) = output.recv() else { break };
            if !take(result) {
                break;
            }
        }
        drop(outputs);
    });
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn keeps_the_order_whatever_the_pace() {
        for jobs in [1, 2, 3, 7] {
            for length in [0_u64, 1, 5, 200] {
                let mut taken = Vec::new();
                let work =
                    |item: u64| (0..(item % 7) * 1000).fold(item, |a, b| std::hint::black_box(a ^ b ^ b));
                ordered(jobs, 0..length, work, |item| {
                    taken.push(item);
                    true
                });
                assert_eq!(taken, (0..length).collect::<Vec<_>>(), "{jobs} jobs");
            }
        }
    }

    #[test]
    fn stops_when_told() {
        for jobs in [1, 3] {
            let mut taken = 0;
            ordered(
                jobs,
                0..,
                |item: u64| item,
                |item| {
                    taken += 1;
                    item < 10
                },
            );
            assert_eq!(taken, 11);
        }
    }
}
