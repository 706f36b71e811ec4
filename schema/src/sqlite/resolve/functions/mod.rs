//! The functions that SQL can call.

mod builtin;
mod describe;

use crate::config::{EngineVersion, Rules};
use crate::sqlite::catalog::StorageClasses;
use std::fmt;

/// A function of the engine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Function {
    /// In lower case.
    pub(super) name: &'static str,
    /// How many arguments it takes.
    pub(super) arguments: Arguments,
    /// What kind of function it is.
    pub(super) kind: FunctionKind,
    /// Whether it gives the same result for the same arguments.
    pub(super) deterministic: bool,
    /// Whether only statements may call it, not views, triggers and tables.
    pub(super) direct_only: bool,
    /// When its result may be NULL.
    pub(super) null: Null,
    /// What its results are besides.
    pub(super) gives: Gives,
    /// The first engine that has it.
    pub(super) since: EngineVersion,
}

/// How many arguments a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arguments {
    /// So many.
    Exactly(usize),
    /// So many or more.
    AtLeast(usize),
}

/// What kind of function a function is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FunctionKind {
    /// One result for each row.
    Scalar,
    /// One result for a group of rows; with OVER it is a window function.
    Aggregate,
    /// Only with OVER.
    Window,
}

/// When the result of a function may be NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Null {
    /// Never.
    Never,
    /// Never, and it is a number that is no infinity.
    NeverAndFinite,
    /// If an argument may be.
    AnyArgument,
    /// If an argument may be; it is a number that is no infinity.
    AnyArgumentElseFinite,
    /// If the first argument may be.
    FirstArgument,
    /// If every argument may be.
    EveryArgument,
    /// If a result of this kind of CASE may be: `iif`.
    Choice,
    /// If an argument may be, or the first one may be a blob: a part of an empty one is NULL.
    AnyArgumentOrEmptyBlob,
    /// If an argument may be an infinity: two of them can add up to NULL.
    Infinities,
    /// If the argument may be, or there are no rows.
    EmptyGroup,
    /// It may be.
    Perhaps,
}

/// What the results of a function are, NULL aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// Values of some classes.
    Classes(StorageClasses),
    /// The first argument.
    FirstArgument,
    /// The first argument or the third: `lag` with what stands for rows that are not there.
    FirstOrThirdArgument,
    /// One of the arguments.
    AnyArgument,
    /// A result of this kind of CASE: `iif`.
    Choice,
    /// An integer if the first argument is one, a real if it is one; a number of some kind for other values.
    SameNumber,
    /// A blob if the first argument is one, else a text.
    SameString,
    /// A text, or the first argument as it is.
    TextOrFirstArgument,
}

/// What a call finds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Called {
    /// A function of the engine.
    Builtin(Function),
    /// One of the application, of which nothing more is known.
    Registered,
    /// A function of the engine that takes another number of arguments.
    WrongCount,
    /// Nothing.
    Unknown,
}

impl fmt::Display for Arguments {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Arguments::Exactly(count) => write!(formatter, "{count}"),
            Arguments::AtLeast(least) => write!(formatter, "at least {least}"),
        }
    }
}

impl Arguments {
    fn takes(self, count: usize) -> bool {
        match self {
            Arguments::Exactly(exact) => exact == count,
            Arguments::AtLeast(least) => count >= least,
        }
    }
}

/// Finds the function of a name that takes a number of arguments, as `sqlite3FindFunction` does.
pub(super) fn find(name: &str, count: usize, rules: &Rules) -> Called {
    let forms = forms(name);
    let takes = |function: &&Function| function.arguments.takes(count);
    // A form with exactly so many arguments wins over one with any number of them.
    let exact = |function: &&Function| function.arguments == Arguments::Exactly(count);
    let found = forms
        .clone()
        .find(exact)
        .or_else(|| forms.clone().find(takes));
    match found {
        // What the application registers takes the place of the engine's own.
        _ if rules.is_registered(name) => Called::Registered,
        Some(function) => Called::Builtin(*function),
        None if forms.clone().next().is_some() => Called::WrongCount,
        None => Called::Unknown,
    }
}

/// The classes of what a function of the engine gives, whatever its arguments are.
pub(crate) fn function_classes(name: &str, count: usize) -> Option<StorageClasses> {
    match find(name, count, &Rules::default()) {
        Called::Builtin(function) => match function.gives {
            Gives::Classes(classes) => Some(classes),
            Gives::FirstArgument
            | Gives::FirstOrThirdArgument
            | Gives::AnyArgument
            | Gives::Choice
            | Gives::SameNumber
            | Gives::SameString
            | Gives::TextOrFirstArgument => None,
        },
        Called::Registered | Called::WrongCount | Called::Unknown => None,
    }
}

/// Whether a function of the engine gives one result for a group of rows.
pub(crate) fn is_aggregate(name: &str, count: usize) -> bool {
    match find(name, count, &Rules::default()) {
        Called::Builtin(function) => match function.kind {
            FunctionKind::Aggregate => true,
            FunctionKind::Scalar | FunctionKind::Window => false,
        },
        Called::Registered | Called::WrongCount | Called::Unknown => false,
    }
}

/// The forms of a function, which differ in the number of their arguments.
pub(super) fn forms(name: &str) -> impl Iterator<Item = &'static Function> + Clone {
    let name = name.to_ascii_lowercase();
    builtin::FUNCTIONS
        .iter()
        .filter(move |function| function.name == name)
}

/// The names of the functions that an engine has.
pub(super) fn names(rules: &Rules) -> impl Iterator<Item = &'static str> {
    let version = rules.engine_version;
    builtin::FUNCTIONS
        .iter()
        .filter(move |function| function.since <= version)
        .map(|function| function.name)
}
