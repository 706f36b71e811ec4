//! Where an expression stands, and what may not stand there (`ParseExprKind`).

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum Context {
    /// Anywhere else: nothing is forbidden.
    #[default]
    Other,
    JoinOn,
    JoinUsing,
    FromSubquery,
    FromFunction,
    Where,
    Policy,
    Having,
    Filter,
    WindowPartition,
    WindowOrder,
    WindowFrame,
    Select,
    InsertTarget,
    UpdateSource,
    UpdateTarget,
    MergeWhen,
    GroupBy,
    OrderBy,
    DistinctOn,
    Limit,
    Offset,
    Returning,
    /// VALUES of more than one row, or as a query.
    Values,
    /// The one row of INSERT … VALUES.
    ValuesRow,
    Check,
    DomainCheck,
    ColumnDefault,
    ParameterDefault,
    IndexExpression,
    IndexPredicate,
    StatisticsExpression,
    /// ALTER COLUMN … TYPE … USING.
    AlterUsing,
    ExecuteParameter,
    TriggerWhen,
    PartitionBound,
    PartitionKey,
    Generated,
    CallArgument,
    CopyWhere,
    CycleMark,
}

impl Context {
    /// Whether an expression there is computed as far as it is constant when its statement is planned.
    #[must_use]
    pub fn is_planned(self) -> bool {
        match self {
            Context::JoinOn
            | Context::Where
            | Context::Having
            | Context::Select
            | Context::UpdateSource
            | Context::MergeWhen
            | Context::GroupBy
            | Context::OrderBy
            | Context::DistinctOn
            | Context::Limit
            | Context::Offset
            | Context::Returning
            | Context::Values
            | Context::ValuesRow => true,
            Context::Other
            | Context::JoinUsing
            | Context::FromSubquery
            | Context::FromFunction
            | Context::Policy
            | Context::Filter
            | Context::WindowPartition
            | Context::WindowOrder
            | Context::WindowFrame
            | Context::InsertTarget
            | Context::UpdateTarget
            | Context::Check
            | Context::DomainCheck
            | Context::ColumnDefault
            | Context::ParameterDefault
            | Context::IndexExpression
            | Context::IndexPredicate
            | Context::StatisticsExpression
            | Context::AlterUsing
            | Context::ExecuteParameter
            | Context::TriggerWhen
            | Context::PartitionBound
            | Context::PartitionKey
            | Context::Generated
            | Context::CallArgument
            | Context::CopyWhere
            | Context::CycleMark => false,
        }
    }

    /// Whether an expression there is kept in the catalog, with its literals as the values that they were when it was made.
    #[must_use]
    pub fn is_kept(self) -> bool {
        match self {
            Context::Policy
            | Context::Check
            | Context::DomainCheck
            | Context::ColumnDefault
            | Context::ParameterDefault
            | Context::IndexExpression
            | Context::IndexPredicate
            | Context::StatisticsExpression
            | Context::TriggerWhen
            | Context::PartitionBound
            | Context::PartitionKey
            | Context::Generated => true,
            Context::Other
            | Context::JoinOn
            | Context::JoinUsing
            | Context::FromSubquery
            | Context::FromFunction
            | Context::Where
            | Context::Having
            | Context::Filter
            | Context::WindowPartition
            | Context::WindowOrder
            | Context::WindowFrame
            | Context::Select
            | Context::InsertTarget
            | Context::UpdateSource
            | Context::UpdateTarget
            | Context::MergeWhen
            | Context::GroupBy
            | Context::OrderBy
            | Context::DistinctOn
            | Context::Limit
            | Context::Offset
            | Context::Returning
            | Context::Values
            | Context::ValuesRow
            | Context::AlterUsing
            | Context::ExecuteParameter
            | Context::CallArgument
            | Context::CopyWhere
            | Context::CycleMark => false,
        }
    }

    /// Whether an expression there must have the same value whenever it is computed, so that no clock can be asked.
    #[must_use]
    pub fn wants_constant(self) -> bool {
        matches!(
            self,
            Context::IndexExpression
                | Context::IndexPredicate
                | Context::StatisticsExpression
                | Context::PartitionBound
                | Context::PartitionKey
                | Context::Generated
        )
    }

    /// The place as messages name it.
    #[must_use]
    pub fn place(self) -> &'static str {
        match self {
            Context::Other => "an expression",
            Context::JoinOn | Context::JoinUsing => "a JOIN condition",
            Context::FromSubquery => "FROM of their own query",
            Context::FromFunction => "a function in FROM",
            Context::Where => "WHERE",
            Context::Policy => "a policy",
            Context::Having => "HAVING",
            Context::Filter => "FILTER",
            Context::WindowPartition => "PARTITION BY of a window",
            Context::WindowOrder => "ORDER BY of a window",
            Context::WindowFrame => "the frame of a window",
            Context::Select => "SELECT",
            Context::InsertTarget => "INSERT",
            Context::UpdateSource | Context::UpdateTarget => "UPDATE",
            Context::MergeWhen => "a condition of MERGE",
            Context::GroupBy => "GROUP BY",
            Context::OrderBy => "ORDER BY",
            Context::DistinctOn => "DISTINCT ON",
            Context::Limit => "LIMIT",
            Context::Offset => "OFFSET",
            Context::Returning => "RETURNING",
            Context::Values | Context::ValuesRow => "VALUES",
            Context::Check | Context::DomainCheck => "a CHECK constraint",
            Context::ColumnDefault | Context::ParameterDefault => "DEFAULT",
            Context::IndexExpression => "an index expression",
            Context::IndexPredicate => "the WHERE of an index",
            Context::StatisticsExpression => "a statistics expression",
            Context::AlterUsing => "USING of a change of type",
            Context::ExecuteParameter => "a parameter of EXECUTE",
            Context::TriggerWhen => "WHEN of a trigger",
            Context::PartitionBound => "a partition bound",
            Context::PartitionKey => "a partition key",
            Context::Generated => "the expression of a generated column",
            Context::CallArgument => "an argument of CALL",
            Context::CopyWhere => "the WHERE of COPY",
            Context::CycleMark => "a mark of CYCLE",
        }
    }

    /// Whether aggregates of the query that it belongs to may stand there.
    #[must_use]
    pub fn takes_aggregates(self) -> bool {
        matches!(
            self,
            Context::Other
                | Context::Having
                | Context::WindowPartition
                | Context::WindowOrder
                | Context::Select
                | Context::OrderBy
                | Context::DistinctOn
        )
    }

    /// Whether window functions may stand there.
    #[must_use]
    pub fn takes_windows(self) -> bool {
        matches!(
            self,
            Context::Other | Context::Select | Context::OrderBy | Context::DistinctOn
        )
    }

    /// Whether functions that return sets may stand there.
    #[must_use]
    pub fn takes_sets(self) -> bool {
        matches!(
            self,
            Context::Other
                | Context::FromFunction
                | Context::WindowPartition
                | Context::WindowOrder
                | Context::Select
                | Context::GroupBy
                | Context::OrderBy
                | Context::DistinctOn
                | Context::ValuesRow
        )
    }

    /// Whether subqueries may stand there.
    #[must_use]
    pub fn takes_subqueries(self) -> bool {
        !matches!(
            self,
            Context::Check
                | Context::DomainCheck
                | Context::ColumnDefault
                | Context::ParameterDefault
                | Context::IndexExpression
                | Context::IndexPredicate
                | Context::StatisticsExpression
                | Context::AlterUsing
                | Context::ExecuteParameter
                | Context::TriggerWhen
                | Context::PartitionBound
                | Context::PartitionKey
                | Context::Generated
                | Context::CallArgument
                | Context::CopyWhere
                | Context::CycleMark
        )
    }

    /// Whether columns may stand there.
    #[must_use]
    pub fn takes_columns(self) -> bool {
        !matches!(self, Context::ColumnDefault | Context::PartitionBound)
    }
}
