//! What the grammar has learned since SQLite 3.8, and in which version.

use super::cursor::Parser;
use crate::config::EngineVersion;
use crate::errors;
use crate::text::Span;

/// A feature of the grammar that older engines do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    AggregateFilter,
    AggregateOrderBy,
    AlterConstraint,
    DigitSeparators,
    DropColumn,
    ExpressionIndex,
    FrameGroupsAndExclude,
    GeneralUpsert,
    GeneratedColumns,
    IsDistinctFrom,
    JsonArrow,
    Materialized,
    NullsOrder,
    PartialIndex,
    RaiseExpression,
    RenameColumn,
    Returning,
    RightJoin,
    RowValues,
    Strict,
    TableValuedFunctions,
    TargetAlias,
    UpdateFrom,
    Upsert,
    VacuumInto,
    ViewColumns,
    WindowChaining,
    WindowFunctions,
    With,
    WithoutRowid,
}

impl Feature {
    /// The first minor version of SQLite 3 that has it, and what to call it.
    fn entry(self) -> (u32, &'static str) {
        match self {
            Feature::AggregateFilter => (30, "FILTER on an aggregate function"),
            Feature::AggregateOrderBy => (44, "ORDER BY among the arguments of a function"),
            Feature::AlterConstraint => (53, "changing constraints with ALTER TABLE"),
            Feature::DigitSeparators => (46, "`_` between the digits of a number"),
            Feature::DropColumn => (35, "ALTER TABLE DROP COLUMN"),
            Feature::ExpressionIndex => (9, "an index on an expression"),
            Feature::FrameGroupsAndExclude => (28, "GROUPS and EXCLUDE in a window's frame"),
            Feature::GeneralUpsert => (
                35,
                "a second ON CONFLICT clause, or DO UPDATE without a target",
            ),
            Feature::GeneratedColumns => (31, "a generated column"),
            Feature::IsDistinctFrom => (39, "IS DISTINCT FROM"),
            Feature::JsonArrow => (38, "the operators `->` and `->>`"),
            Feature::Materialized => (35, "MATERIALIZED"),
            Feature::NullsOrder => (30, "NULLS FIRST and NULLS LAST"),
            Feature::PartialIndex => (8, "a partial index"),
            Feature::RaiseExpression => (47, "an expression as the message of RAISE"),
            Feature::RenameColumn => (25, "ALTER TABLE RENAME COLUMN"),
            Feature::Returning => (35, "RETURNING"),
            Feature::RightJoin => (39, "RIGHT and FULL JOIN"),
            Feature::RowValues => (15, "a row value"),
            Feature::Strict => (37, "STRICT"),
            Feature::TableValuedFunctions => (9, "a table-valued function"),
            Feature::TargetAlias => (24, "an alias of the table to change"),
            Feature::UpdateFrom => (33, "UPDATE FROM"),
            Feature::Upsert => (24, "ON CONFLICT … DO"),
            Feature::VacuumInto => (27, "VACUUM INTO"),
            Feature::ViewColumns => (9, "a list of columns of a view"),
            Feature::WindowChaining => (28, "a window that extends another"),
            Feature::WindowFunctions => (25, "a window function"),
            Feature::With => (8, "WITH"),
            Feature::WithoutRowid => (8, "WITHOUT ROWID"),
        }
    }
}

impl Parser<'_> {
    /// Reports a feature that the oldest supported engine does not have, the first time that a statement uses it.
    pub(super) fn needs(&mut self, feature: Feature, span: Span) {
        let (minor, name) = feature.entry();
        let since = EngineVersion::new(3, minor, 0);
        if self.rules.engine_version < since && self.limits.is_first_use(feature) {
            let oldest = self.rules.engine_version;
            self.report(errors::syntax::needs_newer_engine(
                span, name, since, oldest,
            ));
        }
    }
}
