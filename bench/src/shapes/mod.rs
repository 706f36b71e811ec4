//! Histories of which one thing grows.

pub(crate) mod postgres;
pub(crate) mod sqlite;

/// A kind of history.
pub(crate) struct Shape {
    /// What to call it on the command line.
    pub(crate) name: &'static str,
    /// What grows.
    pub(crate) what: &'static str,
    /// The smaller and the larger size to measure.
    pub(crate) sizes: [usize; 2],
    /// The files of a history of a size.
    pub(crate) files: fn(usize) -> Vec<String>,
}

/// A file that makes something, and some that each do a thing with it.
fn created(first: &str, size: usize, rest: impl Fn(usize) -> String) -> Vec<String> {
    std::iter::once(first.to_owned())
        .chain((0..size).map(rest))
        .collect()
}
