//! What the engine accepts and nobody wants: each lint has a file with its documentation and its rule.

mod broken_foreign_key;
mod broken_trigger;
mod broken_view;
mod destructive;
mod double_quoted_string;
mod fails_on_rows;
mod filter_on_new_column;
mod irreversible;
mod nullable_primary_key;
mod pragma_in_transaction;
mod unused_allow;

use crate::config::Level;
use crate::diagnostic::Code;

/// A lint. Its name is that of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lint {
    /// The code of its findings.
    pub code: Code,
    /// What becomes of its findings where nothing else is said.
    pub default: Level,
    /// What it finds, why that is wrong and what to write instead.
    pub documentation: &'static str,
}

/// Every lint, in the order of the codes.
pub const ALL: &[&Lint] = &[
    &double_quoted_string::LINT,
    &broken_view::LINT,
    &broken_trigger::LINT,
    &broken_foreign_key::LINT,
    &pragma_in_transaction::LINT,
    &fails_on_rows::LINT,
    &filter_on_new_column::LINT,
    &nullable_primary_key::LINT,
    &irreversible::LINT,
    &destructive::LINT,
    &unused_allow::LINT,
];

impl Lint {
    /// The lint that a code belongs to; none if the code is an error, whose level nothing changes.
    #[must_use]
    pub fn of(code: Code) -> Option<&'static Lint> {
        ALL.iter().copied().find(|lint| lint.code == code)
    }

    /// The lint of a name, as directives, configuration and the command line write it.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Lint> {
        ALL.iter().copied().find(|lint| lint.name() == name)
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
