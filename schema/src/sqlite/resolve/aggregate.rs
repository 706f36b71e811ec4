//! Aggregate functions: which query they belong to, and whether it can have them.

use super::resolver::Resolver;
use super::scope::{Phase, Scope};
use crate::errors::sqlite::queries as errors;
use crate::text::Span;

impl Resolver<'_> {
    /// Gives an aggregate function to the query whose rows it works on.
    ///
    /// That is the innermost one which has one of the sources that its arguments read, or the one that it stands in if
    /// they read none. `cursors` are those of the columns in its arguments that are not of its own subqueries.
    pub(super) fn aggregate(&mut self, span: Span, name: &str, cursors: &[u32], scope: &Scope<'_>) {
        let owner = scope.chain().find(|level| {
            cursors.is_empty()
                || level
                    .sources
                    .iter()
                    .any(|source| cursors.contains(&source.cursor))
        });
        let Some(owner) = owner else { return };
        owner.has_aggregate.set(true);
        self.reached = self.reached.min(owner.depth);
        let misused = match owner.phase.get() {
            Phase::Columns => !std::ptr::eq(owner, scope) && !owner.aggregates.get(),
            // GROUP BY complains of its terms itself.
            Phase::GroupBy => !std::ptr::eq(owner, scope),
            Phase::Aggregated { aggregate } => !aggregate,
            Phase::Rows => true,
        };
        if misused {
            self.report_use(errors::aggregate_here(span, name));
        }
    }
}
