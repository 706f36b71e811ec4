//! What is to fail.

/// A call of the engine that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which call, from 0, counted from when it was told to fail.
    pub call: usize,
    /// How it fails.
    pub failure: Failure,
    /// Whether the calls after it fail as well.
    pub lasts: bool,
}

/// How a call of the engine fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The device reports an error.
    Error,
    /// There is no space for what is to be written; other calls succeed.
    Full,
    /// The process may not make files; what there is can be written.
    Denied,
    /// A part of what is to be written is written, and then the device reports an error.
    Torn,
}
