//! What the grammar has learned since SQLite 3.8, and in which version.

use super::cursor::Parser;
use crate::config::EngineVersion;
use crate::errors::sqlite as errors;
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
    /// The first version of SQLite that has it, and what to call it.
    fn entry(self) -> (EngineVersion, &'static str) {
        match self {
            Feature::AggregateFilter => (since(30), "FILTER on an aggregate function"),
            Feature::AggregateOrderBy => (since(44), "ORDER BY among the arguments of a function"),
            Feature::AlterConstraint => (since(53), "changing constraints with ALTER TABLE"),
            Feature::DigitSeparators => (since(46), "`_` between the digits of a number"),
            Feature::DropColumn => (since(35), "ALTER TABLE DROP COLUMN"),
            Feature::ExpressionIndex => (since(9), "an index on an expression"),
            Feature::FrameGroupsAndExclude => (since(28), "GROUPS and EXCLUDE in a window's frame"),
            Feature::GeneralUpsert => (
                since(35),
                "a second ON CONFLICT clause, or DO UPDATE without a target",
            ),
            Feature::GeneratedColumns => (since(31), "a generated column"),
            Feature::IsDistinctFrom => (since(39), "IS DISTINCT FROM"),
            Feature::JsonArrow => (since(38), "the operators `->` and `->>`"),
            Feature::Materialized => (since(35), "MATERIALIZED"),
            Feature::NullsOrder => (since(30), "NULLS FIRST and NULLS LAST"),
            Feature::PartialIndex => (since(8), "a partial index"),
            Feature::RaiseExpression => (since(47), "an expression as the message of RAISE"),
            Feature::RenameColumn => (since(25), "ALTER TABLE RENAME COLUMN"),
            Feature::Returning => (since(35), "RETURNING"),
            Feature::RightJoin => (since(39), "RIGHT and FULL JOIN"),
            Feature::RowValues => (since(15), "a row value"),
            Feature::Strict => (since(37), "STRICT"),
            Feature::TableValuedFunctions => (since(9), "a table-valued function"),
            Feature::TargetAlias => (since(24), "an alias of the table to change"),
            Feature::UpdateFrom => (since(33), "UPDATE FROM"),
            Feature::Upsert => (since(24), "ON CONFLICT … DO"),
            Feature::VacuumInto => (since(27), "VACUUM INTO"),
            Feature::ViewColumns => (since(9), "a list of columns of a view"),
            Feature::WindowChaining => (since(28), "a window that extends another"),
            Feature::WindowFunctions => (since(25), "a window function"),
            Feature::With => (EngineVersion::new(3, 8, 3), "WITH"),
            Feature::WithoutRowid => (EngineVersion::new(3, 8, 2), "WITHOUT ROWID"),
        }
    }
}

/// The first release of a minor version.
const fn since(minor: u32) -> EngineVersion {
    EngineVersion::new(3, minor, 0)
}

impl Parser<'_> {
    /// Reports a feature that the oldest supported engine does not have, the first time that a statement uses it.
    pub(super) fn needs(&mut self, feature: Feature, span: Span) {
        let (since, name) = feature.entry();
        if self.rules.engine_version < since && self.limits.is_first_use(feature) {
            let oldest = self.rules.engine_version;
            self.report(errors::syntax::needs_newer_engine(
                span, name, since, oldest,
            ));
        }
    }
}
