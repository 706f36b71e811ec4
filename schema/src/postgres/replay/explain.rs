//! EXPLAIN, which does nothing, and EXPLAIN ANALYZE, which does what it explains.

use super::Replay;
use super::utility_options::{Takes, UtilityOption, is_on, option, option_since};
use crate::errors::postgres::types as errors;
use crate::postgres::ast::{Explain, StatementKind};

/// `ExplainQuery`.
const OPTIONS: [UtilityOption; 12] = [
    option("analyze", Takes::Boolean),
    option("verbose", Takes::Boolean),
    option("costs", Takes::Boolean),
    option("buffers", Takes::Boolean),
    option("wal", Takes::Boolean),
    option("settings", Takes::Boolean),
    option_since(16, "generic_plan", Takes::Boolean),
    option("timing", Takes::Boolean),
    option("summary", Takes::Boolean),
    option_since(17, "memory", Takes::Boolean),
    option_since(
        17,
        "serialize",
        Takes::Word(&["off", "none", "text", "binary"]),
    ),
    option("format", Takes::Word(&["text", "xml", "json", "yaml"])),
];

impl Replay {
    pub(super) fn explain(&mut self, explain: &Explain) {
        let options = &explain.options;
        if !self.check_utility_options("EXPLAIN", options, &OPTIONS) {
            return;
        }
        let runs = is_on(options, "analyze");
        for only_then in ["wal", "timing"] {
            if is_on(options, only_then) && !runs {
                let found = options.iter().rfind(|it| *it.name.name == *only_then);
                let span = found.map_or(explain.statement.span, |it| it.span);
                return self.report(errors::option_needs(only_then, "ANALYZE", span));
            }
        }
        match &explain.statement.kind {
            // It has no plan, and is neither looked at nor run.
            StatementKind::RefreshMaterializedView(_) => {}
            // Its query is run, and there is no cursor afterwards.
            StatementKind::DeclareCursor(declare) => {
                self.query_of(&declare.query, true);
            }
            _ if runs => self.apply(&explain.statement),
            _ => {
                let mut planned = self.clone();
                planned.apply(&explain.statement);
                self.diagnostics = planned.diagnostics;
            }
        }
    }
}
