//! Time of the processors, which says more than time by the clock when the machine has other things to do.

use std::fs;

/// Nanoseconds that this process has had.
pub(crate) fn own() -> u64 {
    let tasks = fs::read_dir("/proc/self/task").expect("the system tells what a process takes");
    let tasks = tasks.filter_map(|task| Some(task.ok()?.path().display().to_string()));
    tasks.map(|task| scheduled(&task)).sum()
}

/// Nanoseconds that another process of one thread has had.
pub(crate) fn of(process: u32) -> u64 {
    scheduled(&format!("/proc/{process}"))
}

fn scheduled(directory: &str) -> u64 {
    let text = fs::read_to_string(format!("{directory}/schedstat")).unwrap_or_default();
    let first = text.split_whitespace().next();
    first.and_then(|word| word.parse().ok()).unwrap_or_default()
}
