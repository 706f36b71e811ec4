//! The text of the script.
//!
//! It is safe in the hands of `psql -f repair.sql`, which goes on after a statement that fails: the server then refuses all
//! that follows, and makes a ROLLBACK of the COMMIT.

use super::super::fingerprint;
use super::super::history;
use super::super::quote::literal;
use crate::repair::one_line;
use crate::runner::Runner;
use tablature_lexer::postgres::quote_name;

/// A script that is being written.
#[derive(Debug, Default)]
pub(super) struct Script {
    text: String,
}

impl Script {
    /// Adds statements, and what they are for.
    pub(super) fn add(&mut self, says: &[String], statements: &[String]) {
        for line in says {
            self.text.push_str(&format!("\n-- {}", one_line(line)));
        }
        if says.is_empty() {
            self.text.push('\n');
        }
        for statement in statements {
            self.text.push_str(&format!("\n{statement};"));
        }
        self.text.push('\n');
    }

    /// The statements as one transaction, which only begins on the schema that it was written for.
    pub(super) fn finish(self, runner: &Runner<'_>, fingerprint: &str) -> String {
        let begin = [
            "BEGIN".to_owned(),
            format!(
                "SELECT pg_catalog.pg_advisory_xact_lock({})",
                history::key(runner)
            ),
            path(runner),
            UNCHECKED.to_owned(),
            guard(runner, fingerprint),
        ];
        let mut script = Script::default();
        script.add(
            &[
                "No migration runs meanwhile, and the schema is the one that this was written for."
                    .to_owned(),
            ],
            &begin,
        );
        script.text.push_str(&self.text);
        script.add(&[], &["COMMIT".to_owned()]);
        script.text
    }
}

/// Bodies of functions may name what only comes after them.
pub(super) const UNCHECKED: &str = "SET LOCAL check_function_bodies TO off";

fn path(runner: &Runner<'_>) -> String {
    let path = runner.server.search_path.iter();
    let path: Vec<String> = path.map(|name| quote_name(name)).collect();
    match path.as_slice() {
        [] => "SET LOCAL search_path TO ''".to_owned(),
        path => format!("SET LOCAL search_path TO {}", path.join(", ")),
    }
}

/// Fails unless nothing has changed the schema since.
fn guard(runner: &Runner<'_>, fingerprint: &str) -> String {
    format!(
        "DO $tablature$\nBEGIN\n  IF {} IS DISTINCT FROM {} THEN\n    \
         RAISE EXCEPTION 'the schema is not the one that this script was written for';\n  END IF;\nEND\n$tablature$",
        one_line(&fingerprint::expression(&runner.ignored_tables)),
        literal(fingerprint)
    )
}
