//! Comments that tell `tablature` something.
//!
//! - `-- no-transaction` before a file's first statement, alone or with an explanation after it: the runner applies the
//!   file without a transaction around it.
//! - `-- tablature: allow(lint, …) reason` before a statement: the lints report nothing of what they find in it. In a
//!   file without statements it is about the whole file.
//! - `-- tablature: effect CREATE TABLE x(…)` before a statement whose effect on the schema only running it shows: on SQLite
//!   a CREATE VIRTUAL TABLE with a module that the application registers, on PostgreSQL a DO block, a call, and all that is
//!   opaque otherwise.
//! - `-- tablature: step crate::steps::fill_slugs` before a file's first statement: the runner calls this function of the
//!   application after the statements, in the same transaction.
//!
//! Each stands on a line of its own. One that is nearly right is an error, so that nobody relies on a comment that does
//! nothing; so is a mark with which other tools turn the transaction off or begin the way down in the same file.

mod comment;
mod foreign;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::errors::directives as errors;
use crate::lints::{self, Lint};
use crate::split::{SplitFile, Statement};
use crate::text::{FileId, Span};
pub(crate) use comment::effect;
use comment::{Comment, Meaning};

/// What a file's comments say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directives {
    /// False if the file opts out of the transaction.
    pub(crate) transaction: bool,
    /// The function to call after the statements.
    pub(crate) step: Option<Step>,
    /// In the order of the text.
    pub(crate) allows: Vec<Allow>,
    /// What is wrong with them.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A function of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Its path in Rust, which has the shape of one.
    pub(crate) path: String,
    /// The path in the comment.
    pub(crate) span: Span,
}

/// A lint that a comment allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allow {
    /// The lint.
    pub(crate) code: Code,
    /// Its name in the comment.
    pub(crate) span: Span,
    /// The statement that it is about; none for a whole file.
    pub(crate) statement: Option<Span>,
}

/// Reads the comments of a file.
pub(crate) fn read<S: Statement>(file: FileId, text: &str, split: &SplitFile<S>) -> Directives {
    let mut reader = Reader {
        text,
        split,
        directives: Directives {
            transaction: true,
            step: None,
            allows: Vec::new(),
            diagnostics: Vec::new(),
        },
        opt_out: None,
    };
    for span in &split.comments {
        if let Some(comment) = Comment::new(file, text, *span) {
            reader.comment(&comment);
        }
    }
    reader.finish()
}

struct Reader<'a, S> {
    text: &'a str,
    split: &'a SplitFile<S>,
    directives: Directives,
    /// The comment that opts out of the transaction.
    opt_out: Option<Span>,
}

impl<S: Statement> Reader<'_, S> {
    fn comment(&mut self, comment: &Comment<'_>) {
        let meaning = match comment.meaning() {
            Ok(Some(meaning)) => meaning,
            Ok(None) => return,
            Err(error) => {
                self.report(*error);
                return;
            }
        };
        if !comment.is_alone(self.text) {
            self.report(errors::not_alone(comment.span));
            return;
        }
        match meaning {
            Meaning::NoTransaction => self.no_transaction(comment.span),
            Meaning::NearlyNoTransaction(error) => {
                self.report(*error);
                // Else what needs no transaction would be wrong as well.
                let mut statements = self.split.statements.iter();
                let leads = !statements.any(|it| it.span().start < comment.span.start);
                self.directives.transaction &= !leads;
            }
            Meaning::Allow(names) => self.allow(comment.span, names),
            Meaning::Effect => self.effect(comment.span),
            Meaning::Step(step) => self.step(comment.span, step),
        }
    }

    fn no_transaction(&mut self, comment: Span) {
        match self.statement_before(comment) {
            Some(first) => self.report(errors::late_no_transaction(comment, first)),
            None => {
                self.directives.transaction = false;
                self.opt_out = Some(comment);
            }
        }
    }

    /// A step that is wrong is still one: else the migration would be empty as well.
    fn step(&mut self, comment: Span, step: Step) {
        if let Some(first) = self.statement_before(comment) {
            self.report(errors::late_step(comment, first));
        }
        if let Some(first) = &self.directives.step {
            let error = errors::second_step(step.span, first.span);
            self.report(error);
            return;
        }
        self.directives.step = Some(step);
    }

    /// The first statement, if it stands before a comment that has to lead the file.
    fn statement_before(&self, comment: Span) -> Option<Span> {
        let first = self.split.statements.first()?.span();
        (first.start < comment.start).then_some(first)
    }

    fn finish(mut self) -> Directives {
        if let (Some(step), Some(opt_out)) = (&self.directives.step, self.opt_out) {
            let error = errors::step_without_transaction(step.span, opt_out);
            self.report(error);
        }
        self.directives
    }

    fn effect(&mut self, comment: Span) {
        let statements = &self.split.statements;
        let next = statements.partition_point(|statement| statement.span().start < comment.start);
        let before = next.checked_sub(1).and_then(|index| statements.get(index));
        if before.is_some_and(|before| comment.start < before.span().end) {
            self.report(errors::inside_a_statement(comment));
            return;
        }
        match statements.get(next) {
            Some(statement) if statement.takes_effect() => {}
            Some(statement) => {
                let statement = statement.span();
                self.report(errors::idle_effect(comment, statement));
            }
            None => self.report(errors::no_statement_follows(comment)),
        }
    }

    fn allow(&mut self, comment: Span, names: Vec<(&str, Span)>) {
        let statements = &self.split.statements;
        let next = statements.partition_point(|statement| statement.span().start < comment.start);
        let before = next.checked_sub(1).and_then(|index| statements.get(index));
        let statement = statements.get(next).map(Statement::whole);
        if before.is_some_and(|before| comment.start < before.span().end) {
            self.report(errors::inside_a_statement(comment));
            return;
        }
        if statement.is_none() && !statements.is_empty() {
            self.report(errors::no_statement_follows(comment));
            return;
        }
        for (name, span) in names {
            let lint = Lint::named(name);
            if lint.is_none() {
                self.report(errors::unknown_lint(name, span));
            }
            // What a misspelt name was meant to allow is not told as well.
            let meant = || nearest(name, lints::ALL.iter().map(|lint| lint.name()));
            if let Some(lint) = lint.or_else(|| Lint::named(meant()?)) {
                self.directives.allows.push(Allow {
                    code: lint.code,
                    span,
                    statement,
                });
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.directives.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::split::split;

    fn directives(text: &str) -> Directives {
        let file = FileId(0);
        read(file, text, &split(file, text))
    }

    /// The lints that are allowed, each with the statement.
    fn allows(text: &str) -> Vec<(&'static str, &str)> {
        let directives = directives(text);
        assert_eq!(directives.diagnostics, []);
        directives
            .allows
            .iter()
            .map(|allow| {
                let statement = allow.statement.unwrap_or(Span::new(FileId(0), 0..0));
                let statement = &text[statement.start as usize..statement.end as usize];
                (allow.code.name(), statement)
            })
            .collect()
    }

    fn mistake(text: &str) -> String {
        let mut directives = directives(text);
        assert_eq!(directives.diagnostics.len(), 1, "{text}: {directives:?}");
        let diagnostic = directives.diagnostics.remove(0);
        assert_eq!(diagnostic.code, Code::InvalidDirective);
        diagnostic.message
    }

    #[test]
    fn a_lint_is_allowed_in_the_statement_that_follows() {
        assert_eq!(
            allows(
                "SELECT 1;\n-- tablature: allow(destructive) nobody reads it\n\n-- another comment\nDROP TABLE t;\nSELECT 2;"
            ),
            [("destructive", "DROP TABLE t")]
        );
        assert_eq!(
            allows("--tablature:allow( destructive , broken_view )\r\n  DROP TABLE t"),
            [
                ("destructive", "DROP TABLE t"),
                ("broken_view", "DROP TABLE t")
            ]
        );
        assert_eq!(
            allows("SELECT 1; SELECT 2;\n    -- tablature: allow(destructive)\n    DROP TABLE t;"),
            [("destructive", "DROP TABLE t")]
        );
        assert_eq!(
            allows("-- tablature: allow(irreversible)\n"),
            [("irreversible", "")]
        );
    }

    #[test]
    fn a_file_opts_out_of_the_transaction() {
        for text in [
            "-- no-transaction",
            "\u{feff}-- a\n/* b */\n--no-transaction because of VACUUM\nVACUUM;",
            "-- no-transaction\r\nVACUUM;",
            "-- no-transaction: VACUUM cannot run in one",
            "-- no-transaction (VACUUM)",
        ] {
            let directives = directives(text);
            assert_eq!(
                (directives.transaction, directives.diagnostics),
                (false, vec![]),
                "{text}"
            );
        }
        for text in ["", "SELECT 1;", "SELECT '-- no-transaction'"] {
            assert!(directives(text).transaction, "{text}");
        }
    }

    #[test]
    fn an_effect_is_declared_before_a_virtual_table() {
        let text = "-- tablature: effect CREATE TABLE x(a)\nCREATE VIRTUAL TABLE t USING m";
        assert_eq!(directives(text).diagnostics, []);
        assert_eq!(
            mistake("-- tablature: effect CREATE TABLE x(a)\nCREATE TABLE t(a)"),
            "only CREATE VIRTUAL TABLE takes a declared effect"
        );
    }

    #[test]
    fn a_step_names_a_function() {
        for (text, path) in [
            (
                "-- tablature: step crate::steps::fill_slugs",
                "crate::steps::fill_slugs",
            ),
            (
                "\u{feff}-- a\r\n--tablature:step   ::slugs::fill \r\nSELECT 1;",
                "::slugs::fill",
            ),
            ("-- tablature: step r#fill\nSELECT 1;", "r#fill"),
            (
                "-- tablature: step super::fill_1\nSELECT 1;",
                "super::fill_1",
            ),
        ] {
            let directives = directives(text);
            assert_eq!(directives.diagnostics, [], "{text}");
            let step = directives.step.unwrap();
            assert_eq!(step.path, path, "{text}");
            let span = step.span.start as usize..step.span.end as usize;
            assert_eq!(&text[span], path, "{text}");
        }
    }

    #[test]
    fn other_comments_say_nothing() {
        for text in [
            "-- tablature reads this file",
            "-- see tablature.toml",
            "-- there is no transaction here",
            "-- +goose Up",
            "--> statement-breakpoint",
            "-- no transaction is open here",
            "-- No transaction, as nothing is written. We allow(destructive) nothing.",
            "/* no-transaction files come first */",
            "-- allow(everything)",
            "-- tablature step by step",
            "-- tablature steps aside",
            "-- the last step crate::fill takes",
            "-- step one",
            "--",
            "/* é",
        ] {
            let directives = directives(text);
            assert_eq!(
                (directives.transaction, directives.diagnostics),
                (true, vec![]),
                "{text}"
            );
        }
    }

    #[test]
    fn a_comment_that_is_nearly_a_directive_is_told() {
        for (text, message) in [
            (
                "-- tablature: alow(destructive)\nSELECT 1",
                "unknown directive `alow`",
            ),
            (
                "-- tablature: deny(destructive)\nSELECT 1",
                "unknown directive `deny`",
            ),
            ("-- tablature:\nSELECT 1", "the directive is empty"),
            (
                "-- tablature: allow\nSELECT 1",
                "the directive names no lint",
            ),
            (
                "-- tablature: allow()\nSELECT 1",
                "the directive names no lint",
            ),
            ("-- tablature: allow(a b)\nSELECT 1", "unknown lint `a b`"),
            (
                "-- tablature: allow(destructive\nSELECT 1",
                "the directive lacks its `)`",
            ),
            (
                "-- tablature: allow destructive\nSELECT 1",
                "the directive names no lint",
            ),
            (
                "-- tablature: allow(destructiv)\nSELECT 1",
                "unknown lint `destructiv`",
            ),
            (
                "-- tablature: allow(syntax_error)\nSELECT 1",
                "`syntax_error` is no lint: its level cannot be changed",
            ),
            (
                "-- tablature allow(destructive)\nSELECT 1",
                "the directive lacks its colon",
            ),
            (
                "-- Tablature: allow(destructive)\nSELECT 1",
                "`Tablature` is written with a capital",
            ),
            (
                "/* tablature: allow(destructive) */\nSELECT 1",
                "a directive stands in a comment that begins with `--`",
            ),
            (
                "-- tablature: no-transaction\nVACUUM",
                "`tablature: no-transaction` is not how to opt out of the transaction",
            ),
            (
                "-- No-Transaction\nVACUUM",
                "`No-Transaction` is not how to opt out of the transaction",
            ),
            (
                "-- no_transaction\nVACUUM",
                "`no_transaction` is not how to opt out of the transaction",
            ),
            (
                "-- no-transactions\nVACUUM",
                "`no-transactions` is not how to opt out of the transaction",
            ),
            (
                "-- NoTransaction: for VACUUM\nVACUUM",
                "`NoTransaction: for VACUUM` is not how to opt out of the transaction",
            ),
            (
                "-- no transaction (VACUUM)\nVACUUM",
                "`no transaction (VACUUM)` is not how to opt out of the transaction",
            ),
            (
                "/* no-transaction */\nVACUUM",
                "`no-transaction` is not how to opt out of the transaction",
            ),
            (
                "-- allow(destructive) nobody reads it\nSELECT 1",
                "the directive lacks `tablature:`",
            ),
            (
                "-- tablatur: allow(destructive)\nSELECT 1",
                "the directive lacks `tablature:`",
            ),
            (
                "VACUUM;\n-- no-transaction\n",
                "`-- no-transaction` stands after a statement",
            ),
            (
                "DROP TABLE t; -- tablature: allow(destructive)\nSELECT 1",
                "a directive stands on a line of its own",
            ),
            (
                "DROP\n-- tablature: allow(destructive)\nTABLE t",
                "a directive stands before its statement, not in it",
            ),
            (
                "DROP TABLE t;\n-- tablature: allow(destructive)\n",
                "no statement follows the directive",
            ),
            (
                "-- tablature: step\nSELECT 1",
                "the directive names no function",
            ),
            (
                "-- tablature: step crate::fill() why\nSELECT 1",
                "`crate::fill() why` is no path of a function",
            ),
            (
                "-- tablature: step crate::::fill",
                "`crate::::fill` is no path of a function",
            ),
            (
                "-- tablature step crate::fill\nSELECT 1",
                "the directive lacks its colon",
            ),
            (
                "-- tablatur: step crate::fill\nSELECT 1",
                "the directive lacks `tablature:`",
            ),
            (
                "-- step crate::fill\nSELECT 1",
                "the directive lacks `tablature:`",
            ),
            (
                "/* tablature: step crate::fill */\nSELECT 1",
                "a directive stands in a comment that begins with `--`",
            ),
            (
                "-- tablature: step 1::fill",
                "`1::fill` is no path of a function",
            ),
            (
                "-- tablature: steps crate::fill",
                "unknown directive `steps`",
            ),
            (
                "SELECT 1;\n-- tablature: step crate::fill\n",
                "a step stands after a statement",
            ),
            (
                "-- tablature: step a\n-- tablature: step b\nSELECT 1",
                "a migration has one step",
            ),
            (
                "-- no-transaction\n-- tablature: step a\nSELECT 1",
                "a step needs the transaction",
            ),
            (
                "SELECT 1; -- tablature: step a",
                "a directive stands on a line of its own",
            ),
            (
                "-- +goose Down\nDROP TABLE t",
                "the marks of goose are not read",
            ),
            (
                "-- migrate:up transaction:false\nVACUUM",
                "the marks of dbmate are not read",
            ),
        ] {
            assert_eq!(mistake(text), message, "{text}");
        }
    }

    #[test]
    fn an_unknown_lint_is_told_with_the_nearest() {
        let directives = directives("-- tablature: allow(destructive, broken_viev)\nSELECT 1");
        assert_eq!(directives.allows.len(), 2);
        assert_eq!(
            directives.diagnostics[0].help.as_deref(),
            Some("write `broken_view`")
        );
        assert_eq!(
            directives.diagnostics[0].primary.span,
            Span::new(FileId(0), 33..44)
        );
    }
}
