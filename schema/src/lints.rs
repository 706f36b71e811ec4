//! What an engine accepts and nobody wants. The rules are with the engine whose statements they judge; a page says of each
//! what it means, as of every code.

use crate::config::Level;
use crate::diagnostic::Code;

/// A lint. Its name is that of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lint {
    /// The code of its findings.
    pub code: Code,
    /// What becomes of its findings where nothing else is said.
    pub default: Level,
}

/// Every lint, in the order of the codes.
pub const ALL: &[Lint] = &[
    Lint::new(Code::DoubleQuotedString, Level::Deny),
    Lint::new(Code::BrokenView, Level::Deny),
    Lint::new(Code::BrokenTrigger, Level::Deny),
    Lint::new(Code::BrokenForeignKey, Level::Deny),
    Lint::new(Code::PragmaInTransaction, Level::Warn),
    Lint::new(Code::FailsOnRows, Level::Warn),
    Lint::new(Code::FilterOnNewColumn, Level::Warn),
    Lint::new(Code::NullablePrimaryKey, Level::Warn),
    Lint::new(Code::Irreversible, Level::Warn),
    Lint::new(Code::Destructive, Level::Warn),
    Lint::new(Code::UnusedAllow, Level::Warn),
    Lint::new(Code::InertTypeWord, Level::Warn),
    Lint::new(Code::UnbalancedTransaction, Level::Warn),
    Lint::new(Code::EmptyMigration, Level::Warn),
    Lint::new(Code::ConnectionState, Level::Warn),
    Lint::new(Code::IncompleteRebuild, Level::Warn),
    Lint::new(Code::BoundParameter, Level::Warn),
    Lint::new(Code::UnclosedComment, Level::Warn),
    Lint::new(Code::BrokenRoutine, Level::Warn),
    Lint::new(Code::BlockingIndex, Level::Warn),
    Lint::new(Code::BlockingValidation, Level::Warn),
    Lint::new(Code::RewritesTable, Level::Warn),
];

impl Lint {
    const fn new(code: Code, default: Level) -> Lint {
        Lint { code, default }
    }

    /// The lint that a code belongs to; none if the code is an error, whose level nothing changes.
    #[must_use]
    pub fn of(code: Code) -> Option<&'static Lint> {
        ALL.iter().find(|lint| lint.code == code)
    }

    /// The lint of a name, as directives, configuration and the command line write it.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Lint> {
        ALL.iter().find(|lint| lint.name() == name)
    }

    /// Its name, `broken_view`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.code.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_above_t1000_has_a_lint_and_no_other_has() {
        let lints: Vec<Code> = ALL.iter().map(|lint| lint.code).collect();
        let codes: Vec<Code> = Code::ALL
            .iter()
            .copied()
            .filter(|code| code.number() > "T1000")
            .collect();
        assert_eq!(lints, codes);
    }

    #[test]
    fn a_lint_is_found_by_its_name() {
        assert_eq!(
            Lint::named("broken_view").map(|lint| lint.code),
            Some(Code::BrokenView)
        );
        assert_eq!(Lint::named("unknown_column"), None);
    }
}
