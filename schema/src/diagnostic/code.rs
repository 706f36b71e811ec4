//! The kinds of diagnostics, each with a number and a name that never change.

/// The kind of a diagnostic. The number is stable (`T0203`), and so is the name (`unknown_column`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    // Files, names of files, configuration.
    /// `T0001`: a migrations directory that is missing or cannot be read.
    UnreadableDirectory,
    /// `T0002`: a file name that is nearly, but not quite, a migration's.
    MalformedFileName,
    /// `T0003`: two migrations with one version.
    DuplicateVersion,
    /// `T0004`: file names of two conventions in one directory.
    MixedConventions,
    /// `T0005`: a file that cannot be read.
    UnreadableFile,
    /// `T0006`: a file that is not UTF-8.
    NotUtf8,
    /// `T0007`: a directory without migrations.
    NoMigrations,
    /// `T0008`: a down file without its up file.
    MissingUp,
    /// `T0009`: a mistake in `tablature.toml`.
    InvalidConfiguration,
    /// `T0010`: a `-- tablature:` comment that says nothing that is known.
    InvalidDirective,
    // Syntax and the engine's limits.
    /// `T0101`: a statement that the engine's grammar does not accept.
    SyntaxError,
    /// `T0102`: characters that begin no token, such as an unterminated string.
    IllegalToken,
    /// `T0103`: deeper or longer than the engine allows.
    LimitExceeded,
    /// `T0104`: a feature that the oldest supported engine does not have.
    NeedsNewerEngine,
    // Names.
    /// `T0201`: no table or view of that name at this point.
    UnknownTable,
    /// `T0202`: no index of that name at this point.
    UnknownIndex,
    /// `T0203`: no column of that name in what is in scope.
    UnknownColumn,
    /// `T0204`: no trigger of that name at this point.
    UnknownTrigger,
    /// `T0205`: no function of that name.
    UnknownFunction,
    /// `T0206`: no collation of that name.
    UnknownCollation,
    /// `T0207`: no virtual table module of that name.
    UnknownModule,
    /// `T0208`: no attached database of that name.
    UnknownDatabase,
    /// `T0209`: a column name that more than one table in scope has.
    AmbiguousColumn,
    /// `T0210`: a function called with a number of arguments that it does not take.
    WrongArgumentCount,
    /// `T0211`: no constraint of that name on the table.
    UnknownConstraint,
    /// `T0212`: no open savepoint of that name.
    UnknownSavepoint,
    /// `T0213`: no window of that name in the query.
    UnknownWindow,
    // Definitions.
    /// `T0301`: a name that is taken.
    AlreadyExists,
    /// `T0302`: two columns of one name.
    DuplicateColumn,
    /// `T0303`: a primary key that the engine refuses.
    InvalidPrimaryKey,
    /// `T0304`: a type that a STRICT table does not allow.
    InvalidType,
    /// `T0305`: a default that the engine refuses.
    InvalidDefault,
    /// `T0306`: a generated column that the engine refuses.
    InvalidGeneratedColumn,
    /// `T0307`: a foreign key that the engine refuses.
    InvalidForeignKey,
    /// `T0308`: another constraint or table option that the engine refuses.
    InvalidConstraint,
    /// `T0309`: a name that the engine keeps for itself.
    ReservedName,
    /// `T0310`: a view that the engine refuses.
    InvalidView,
    /// `T0311`: a trigger that the engine refuses.
    InvalidTrigger,
    /// `T0312`: an index that the engine refuses.
    InvalidIndex,
    /// `T0313`: a virtual table that its module refuses.
    InvalidVirtualTable,
    /// `T0314`: an object that cannot go because another one needs it.
    StillUsed,
    /// `T0315`: a change that the engine does not make.
    InvalidAlter,
    /// `T0316`: a table where a view is wanted, or the reverse.
    WrongObjectKind,
    // Queries and changes of rows.
    /// `T0401`: a query or row of another width than its place wants.
    WrongColumnCount,
    /// `T0402`: an aggregate function where none may stand.
    MisusedAggregate,
    /// `T0403`: a window function or window definition where none may stand.
    MisusedWindow,
    /// `T0404`: an expression that may not stand here.
    InvalidExpression,
    /// `T0405`: a number of values that is not the number of columns.
    WrongValueCount,
    /// `T0406`: an ON CONFLICT target that no unique key matches.
    InvalidConflictTarget,
    /// `T0407`: a change of something that cannot be changed.
    NotWritable,
    /// `T0408`: a common table expression that the engine refuses.
    InvalidCommonTable,
    /// `T0409`: an ORDER BY or GROUP BY term that matches no column.
    InvalidOrderTerm,
    /// `T0410`: a join that the engine refuses.
    InvalidJoin,
    // Transactions, pragmas, databases.
    /// `T0501`: BEGIN, COMMIT or ROLLBACK where the transaction's state does not allow it.
    TransactionState,
    /// `T0502`: a pragma that the engine refuses or that a migration cannot use.
    InvalidPragma,
    /// `T0503`: a statement that cannot run inside a transaction.
    NeedsNoTransaction,
    /// `T0504`: an ATTACH or DETACH that the engine refuses.
    InvalidAttach,
    // Lints.
    /// `T1001`: SQLite takes a double-quoted unknown name for a string.
    DoubleQuotedString,
    /// `T1002`: a view names what does not exist when the migration ends.
    BrokenView,
    /// `T1003`: a trigger names what does not exist when the migration ends.
    BrokenTrigger,
    /// `T1004`: a foreign key's parent is missing or not unique when the history ends.
    BrokenForeignKey,
    /// `T1005`: `PRAGMA foreign_keys` inside a transaction does nothing.
    PragmaInTransaction,
    /// `T1006`: passes on an empty table only.
    FailsOnRows,
    /// `T1007`: WHERE reads a column that the same migration added.
    FilterOnNewColumn,
    /// `T1008`: a primary key column that may hold NULL.
    NullablePrimaryKey,
    /// `T1009`: the down file does not restore the schema.
    Irreversible,
    /// `T1010`: data is lost.
    Destructive,
    /// `T1011`: an allow that nothing needs.
    UnusedAllow,
}

impl Code {
    /// Every code, in the order of the numbers.
    pub const ALL: &'static [Code] = &[
        Code::UnreadableDirectory,
        Code::MalformedFileName,
        Code::DuplicateVersion,
        Code::MixedConventions,
        Code::UnreadableFile,
        Code::NotUtf8,
        Code::NoMigrations,
        Code::MissingUp,
        Code::InvalidConfiguration,
        Code::InvalidDirective,
        Code::SyntaxError,
        Code::IllegalToken,
        Code::LimitExceeded,
        Code::NeedsNewerEngine,
        Code::UnknownTable,
        Code::UnknownIndex,
        Code::UnknownColumn,
        Code::UnknownTrigger,
        Code::UnknownFunction,
        Code::UnknownCollation,
        Code::UnknownModule,
        Code::UnknownDatabase,
        Code::AmbiguousColumn,
        Code::WrongArgumentCount,
        Code::UnknownConstraint,
        Code::UnknownSavepoint,
        Code::UnknownWindow,
        Code::AlreadyExists,
        Code::DuplicateColumn,
        Code::InvalidPrimaryKey,
        Code::InvalidType,
        Code::InvalidDefault,
        Code::InvalidGeneratedColumn,
        Code::InvalidForeignKey,
        Code::InvalidConstraint,
        Code::ReservedName,
        Code::InvalidView,
        Code::InvalidTrigger,
        Code::InvalidIndex,
        Code::InvalidVirtualTable,
        Code::StillUsed,
        Code::InvalidAlter,
        Code::WrongObjectKind,
        Code::WrongColumnCount,
        Code::MisusedAggregate,
        Code::MisusedWindow,
        Code::InvalidExpression,
        Code::WrongValueCount,
        Code::InvalidConflictTarget,
        Code::NotWritable,
        Code::InvalidCommonTable,
        Code::InvalidOrderTerm,
        Code::InvalidJoin,
        Code::TransactionState,
        Code::InvalidPragma,
        Code::NeedsNoTransaction,
        Code::InvalidAttach,
        Code::DoubleQuotedString,
        Code::BrokenView,
        Code::BrokenTrigger,
        Code::BrokenForeignKey,
        Code::PragmaInTransaction,
        Code::FailsOnRows,
        Code::FilterOnNewColumn,
        Code::NullablePrimaryKey,
        Code::Irreversible,
        Code::Destructive,
        Code::UnusedAllow,
    ];

    /// The stable number, `T0203`.
    #[must_use]
    pub fn number(self) -> &'static str {
        self.entry().0
    }

    /// The stable name, `unknown_column`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    fn entry(self) -> (&'static str, &'static str) {
        match self {
            Code::UnreadableDirectory => ("T0001", "unreadable_directory"),
            Code::MalformedFileName => ("T0002", "malformed_file_name"),
            Code::DuplicateVersion => ("T0003", "duplicate_version"),
            Code::MixedConventions => ("T0004", "mixed_conventions"),
            Code::UnreadableFile => ("T0005", "unreadable_file"),
            Code::NotUtf8 => ("T0006", "not_utf8"),
            Code::NoMigrations => ("T0007", "no_migrations"),
            Code::MissingUp => ("T0008", "missing_up"),
            Code::InvalidConfiguration => ("T0009", "invalid_configuration"),
            Code::InvalidDirective => ("T0010", "invalid_directive"),
            Code::SyntaxError => ("T0101", "syntax_error"),
            Code::IllegalToken => ("T0102", "illegal_token"),
            Code::LimitExceeded => ("T0103", "limit_exceeded"),
            Code::NeedsNewerEngine => ("T0104", "needs_newer_engine"),
            Code::UnknownTable => ("T0201", "unknown_table"),
            Code::UnknownIndex => ("T0202", "unknown_index"),
            Code::UnknownColumn => ("T0203", "unknown_column"),
            Code::UnknownTrigger => ("T0204", "unknown_trigger"),
            Code::UnknownFunction => ("T0205", "unknown_function"),
            Code::UnknownCollation => ("T0206", "unknown_collation"),
            Code::UnknownModule => ("T0207", "unknown_module"),
            Code::UnknownDatabase => ("T0208", "unknown_database"),
            Code::AmbiguousColumn => ("T0209", "ambiguous_column"),
            Code::WrongArgumentCount => ("T0210", "wrong_argument_count"),
            Code::UnknownConstraint => ("T0211", "unknown_constraint"),
            Code::UnknownSavepoint => ("T0212", "unknown_savepoint"),
            Code::UnknownWindow => ("T0213", "unknown_window"),
            Code::AlreadyExists => ("T0301", "already_exists"),
            Code::DuplicateColumn => ("T0302", "duplicate_column"),
            Code::InvalidPrimaryKey => ("T0303", "invalid_primary_key"),
            Code::InvalidType => ("T0304", "invalid_type"),
            Code::InvalidDefault => ("T0305", "invalid_default"),
            Code::InvalidGeneratedColumn => ("T0306", "invalid_generated_column"),
            Code::InvalidForeignKey => ("T0307", "invalid_foreign_key"),
            Code::InvalidConstraint => ("T0308", "invalid_constraint"),
            Code::ReservedName => ("T0309", "reserved_name"),
            Code::InvalidView => ("T0310", "invalid_view"),
            Code::InvalidTrigger => ("T0311", "invalid_trigger"),
            Code::InvalidIndex => ("T0312", "invalid_index"),
            Code::InvalidVirtualTable => ("T0313", "invalid_virtual_table"),
            Code::StillUsed => ("T0314", "still_used"),
            Code::InvalidAlter => ("T0315", "invalid_alter"),
            Code::WrongObjectKind => ("T0316", "wrong_object_kind"),
            Code::WrongColumnCount => ("T0401", "wrong_column_count"),
            Code::MisusedAggregate => ("T0402", "misused_aggregate"),
            Code::MisusedWindow => ("T0403", "misused_window"),
            Code::InvalidExpression => ("T0404", "invalid_expression"),
            Code::WrongValueCount => ("T0405", "wrong_value_count"),
            Code::InvalidConflictTarget => ("T0406", "invalid_conflict_target"),
            Code::NotWritable => ("T0407", "not_writable"),
            Code::InvalidCommonTable => ("T0408", "invalid_common_table"),
            Code::InvalidOrderTerm => ("T0409", "invalid_order_term"),
            Code::InvalidJoin => ("T0410", "invalid_join"),
            Code::TransactionState => ("T0501", "transaction_state"),
            Code::InvalidPragma => ("T0502", "invalid_pragma"),
            Code::NeedsNoTransaction => ("T0503", "needs_no_transaction"),
            Code::InvalidAttach => ("T0504", "invalid_attach"),
            Code::DoubleQuotedString => ("T1001", "double_quoted_string"),
            Code::BrokenView => ("T1002", "broken_view"),
            Code::BrokenTrigger => ("T1003", "broken_trigger"),
            Code::BrokenForeignKey => ("T1004", "broken_foreign_key"),
            Code::PragmaInTransaction => ("T1005", "pragma_in_transaction"),
            Code::FailsOnRows => ("T1006", "fails_on_rows"),
            Code::FilterOnNewColumn => ("T1007", "filter_on_new_column"),
            Code::NullablePrimaryKey => ("T1008", "nullable_primary_key"),
            Code::Irreversible => ("T1009", "irreversible"),
            Code::Destructive => ("T1010", "destructive"),
            Code::UnusedAllow => ("T1011", "unused_allow"),
        }
    }
}
