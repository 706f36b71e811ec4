//! The door to an engine: how its files are split, and how a history of its statements is replayed. What is the same for
//! every engine, `check` does; what is not, an implementation of [`Replay`] says.

use crate::catalog::Catalog;
use crate::check::{Compatibility, Reversal};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::split::{SplitFile, Statement};
use crate::text::{FileId, Span};

/// As many mistakes of one file as are told: what is no SQL at all can hold millions.
pub(crate) const MAX_MISTAKES: usize = 1_000;

/// A history being replayed, migration by migration.
pub(crate) trait Replay: Clone {
    /// A statement that is not parsed yet.
    type Statement: Statement;

    /// Splits files into statements; what these have in common is shared by their tokens.
    type Splitter: Splitter<Statement = Self::Statement>;

    /// Starts on an empty database.
    fn new(config: &Config) -> Self;

    /// Looks at the grammar of a statement alone.
    fn parse(&self, statement: &Self::Statement) -> Vec<Diagnostic>;

    /// Applies the statements of one file, and judges what the file leaves behind.
    ///
    /// `transaction` says whether the runner wraps the file in a transaction of its own; `released`, whether databases in
    /// use have it already.
    fn migration(&mut self, statements: &[Self::Statement], transaction: bool, released: bool);

    /// Whether a finding is of interest only while its migration is not released: what it does to a database in use it has
    /// done to all of them then.
    fn ends_with_release(code: Code) -> bool;

    /// Lets a function of the application, which is named at a place, run after the statements of a file. It changes no
    /// schema, and may change any row.
    fn step(&mut self, span: Span);

    /// Judges what can be judged only when the last migration is done.
    fn finish(&mut self);

    /// What is wrong with the migrations so far, in the order in which it was found. Findings of lints are among them with
    /// the severity of the lint's default level.
    fn diagnostics(&mut self) -> &mut Vec<Diagnostic>;

    /// What the migrations so far have built.
    fn catalog(&self) -> Catalog;

    /// What the last migration is to a program that does not know it.
    fn compatibility(&self) -> Compatibility;

    /// Compares what a down file has left behind, in `back`, with what its migration found. `self` is what the migration
    /// has left behind, `statement` the first statement of the down file.
    fn reversal(
        &self,
        before: &Catalog,
        back: &Self,
        file: FileId,
        statement: Option<Span>,
    ) -> (Reversal, Option<Diagnostic>);
}

/// Splits files into statements.
pub(crate) trait Splitter: Default {
    /// A statement that is not parsed yet.
    type Statement;

    /// Splits the text of a file.
    fn split(&mut self, file: FileId, text: &str) -> SplitFile<Self::Statement>;

    /// What the engine accepts in a text as a whole and nobody wants.
    fn findings(text: &str, split: &SplitFile<Self::Statement>) -> Option<Diagnostic>;
}
