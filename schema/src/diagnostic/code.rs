//! The kinds of diagnostics, each with a number, a name that never changes, and a page that explains it.

/// Makes [`Code`] from the table of all kinds: the variant, its number, its name. The page of a kind is
/// `pages/<name>.md`.
macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident = $number:ident $name:ident,)+) => {
        /// The kind of a diagnostic. The number is stable (`T0203`), and so is the name (`unknown_column`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(
                #[doc = concat!("`", stringify!($number), "`:")]
                $(#[$doc])+
                $variant,
            )+
        }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The stable number, `T0203`.
            #[must_use]
            pub fn number(self) -> &'static str {
                match self {
                    $(Code::$variant => stringify!($number),)+
                }
            }

            /// The stable name, `unknown_column`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$variant => stringify!($name),)+
                }
            }

            /// What it means, why it is reported, an example and what to write instead, in Markdown.
            ///
            /// The examples are migrations in blocks of `sql`, in the form of the project's test cases, and run as
            /// such.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("../pages/", stringify!($name), ".md")),)+
                }
            }
        }
    };
}

codes! {
    // Files, names of files, configuration.
    /// a migrations directory that is missing or cannot be read.
    UnreadableDirectory = T0001 unreadable_directory,
    /// a file name that is nearly, but not quite, a migration's.
    MalformedFileName = T0002 malformed_file_name,
    /// two migrations with one version.
    DuplicateVersion = T0003 duplicate_version,
    /// file names of two conventions in one directory.
    MixedConventions = T0004 mixed_conventions,
    /// a file that cannot be read.
    UnreadableFile = T0005 unreadable_file,
    /// a file that is not UTF-8.
    NotUtf8 = T0006 not_utf8,
    /// a directory without migrations.
    NoMigrations = T0007 no_migrations,
    /// a down file without its up file.
    MissingUp = T0008 missing_up,
    /// a mistake in `tablature.toml`.
    InvalidConfiguration = T0009 invalid_configuration,
    /// a `-- tablature:` comment that says nothing that is known.
    InvalidDirective = T0010 invalid_directive,
    /// a line of `tablature.lock` that cannot be read, or what a merge left there.
    InvalidLock = T0011 invalid_lock,
    /// a released migration whose statements are not those that were released.
    ChangedMigration = T0012 changed_migration,
    /// a released migration that is not there.
    MissingMigration = T0013 missing_migration,
    /// a released migration under another number.
    RenumberedMigration = T0014 renumbered_migration,
    /// a new migration that comes before a released one.
    OutOfOrderMigration = T0015 out_of_order_migration,
    /// a `tablature.snapshot` that is not as it was written.
    InvalidSnapshot = T0016 invalid_snapshot,
    /// a `tablature.snapshot` of other migrations.
    StaleSnapshot = T0017 stale_snapshot,
    // Syntax and the engine's limits.
    /// a statement that the engine's grammar does not accept.
    SyntaxError = T0101 syntax_error,
    /// characters that begin no token, such as an unterminated string.
    IllegalToken = T0102 illegal_token,
    /// deeper or longer than the engine allows.
    LimitExceeded = T0103 limit_exceeded,
    /// a feature that the oldest supported engine does not have.
    NeedsNewerEngine = T0104 needs_newer_engine,
    /// a statement whose effect on the schema is only known when it runs.
    OpaqueStatement = T0105 opaque_statement,
    // Names.
    /// no table or view of that name at this point.
    UnknownTable = T0201 unknown_table,
    /// no index of that name at this point.
    UnknownIndex = T0202 unknown_index,
    /// no column of that name in what is in scope.
    UnknownColumn = T0203 unknown_column,
    /// no trigger of that name at this point.
    UnknownTrigger = T0204 unknown_trigger,
    /// no function of that name.
    UnknownFunction = T0205 unknown_function,
    /// no collation of that name.
    UnknownCollation = T0206 unknown_collation,
    /// no virtual table module of that name.
    UnknownModule = T0207 unknown_module,
    /// no attached database of that name.
    UnknownDatabase = T0208 unknown_database,
    /// a column name that more than one table in scope has.
    AmbiguousColumn = T0209 ambiguous_column,
    /// a function called with a number of arguments that it does not take.
    WrongArgumentCount = T0210 wrong_argument_count,
    /// no constraint of that name on the table.
    UnknownConstraint = T0211 unknown_constraint,
    /// no open savepoint of that name.
    UnknownSavepoint = T0212 unknown_savepoint,
    /// no window of that name in the query.
    UnknownWindow = T0213 unknown_window,
    /// no type of that name.
    UnknownType = T0214 unknown_type,
    /// a role that no migration creates and the configuration does not name.
    UnknownRole = T0215 unknown_role,
    /// no extension of that name, on the server or in the database.
    UnknownExtension = T0216 unknown_extension,
    /// no object of another kind of that name: a policy, a publication, an operator.
    UnknownObject = T0217 unknown_object,
    /// no parameter of that name that SET knows.
    UnknownSetting = T0218 unknown_setting,
    /// a parameter such as `$1` in a statement that nobody gives values to.
    UnknownParameter = T0219 unknown_parameter,
    // Definitions.
    /// a name that is taken.
    AlreadyExists = T0301 already_exists,
    /// two columns of one name.
    DuplicateColumn = T0302 duplicate_column,
    /// a primary key that the engine refuses.
    InvalidPrimaryKey = T0303 invalid_primary_key,
    /// a type that a STRICT table does not allow.
    InvalidType = T0304 invalid_type,
    /// a default that the engine refuses.
    InvalidDefault = T0305 invalid_default,
    /// a generated column that the engine refuses.
    InvalidGeneratedColumn = T0306 invalid_generated_column,
    /// a foreign key that the engine refuses.
    InvalidForeignKey = T0307 invalid_foreign_key,
    /// another constraint or table option that the engine refuses.
    InvalidConstraint = T0308 invalid_constraint,
    /// a name that the engine keeps for itself.
    ReservedName = T0309 reserved_name,
    /// a view that the engine refuses.
    InvalidView = T0310 invalid_view,
    /// a trigger that the engine refuses.
    InvalidTrigger = T0311 invalid_trigger,
    /// an index that the engine refuses.
    InvalidIndex = T0312 invalid_index,
    /// a virtual table that its module refuses.
    InvalidVirtualTable = T0313 invalid_virtual_table,
    /// an object that cannot go because another one needs it.
    StillUsed = T0314 still_used,
    /// a change that the engine does not make.
    InvalidAlter = T0315 invalid_alter,
    /// a table where a view is wanted, or the reverse.
    WrongObjectKind = T0316 wrong_object_kind,
    /// a function, procedure or aggregate that the engine refuses.
    InvalidRoutine = T0317 invalid_routine,
    /// a definition of another kind that the engine refuses: of a policy, a rule, an operator.
    InvalidDefinition = T0318 invalid_definition,
    /// a privilege that an object of the kind does not have, or that cannot be granted so.
    InvalidPrivilege = T0319 invalid_privilege,
    // Queries and changes of rows.
    /// a query or row of another width than its place wants.
    WrongColumnCount = T0401 wrong_column_count,
    /// an aggregate function where none may stand.
    MisusedAggregate = T0402 misused_aggregate,
    /// a window function or window definition where none may stand.
    MisusedWindow = T0403 misused_window,
    /// an expression that may not stand here.
    InvalidExpression = T0404 invalid_expression,
    /// a number of values that is not the number of columns.
    WrongValueCount = T0405 wrong_value_count,
    /// an ON CONFLICT target that no unique key matches.
    InvalidConflictTarget = T0406 invalid_conflict_target,
    /// a change of something that cannot be changed.
    NotWritable = T0407 not_writable,
    /// a common table expression that the engine refuses.
    InvalidCommonTable = T0408 invalid_common_table,
    /// an ORDER BY or GROUP BY term that matches no column.
    InvalidOrderTerm = T0409 invalid_order_term,
    /// a join that the engine refuses.
    InvalidJoin = T0410 invalid_join,
    /// a row that breaks a constraint of its table, whatever else the database holds.
    ConstraintFailed = T0411 constraint_failed,
    /// a LIMIT or OFFSET that is no integer.
    InvalidLimit = T0412 invalid_limit,
    // Transactions, pragmas, databases.
    /// BEGIN, COMMIT or ROLLBACK where the transaction's state does not allow it.
    TransactionState = T0501 transaction_state,
    /// a pragma that the engine refuses or that a migration cannot use.
    InvalidPragma = T0502 invalid_pragma,
    /// a statement that cannot run inside a transaction.
    NeedsNoTransaction = T0503 needs_no_transaction,
    /// an ATTACH or DETACH that the engine refuses.
    InvalidAttach = T0504 invalid_attach,
    /// a value of an enum that was added in the transaction that uses it.
    UnsafeEnumValue = T0505 unsafe_enum_value,
    /// a parameter that cannot be set, or not to that value.
    InvalidSetting = T0506 invalid_setting,
    /// a statement that works on a server or with a client only, and so has no place in a migration.
    NotInMigrations = T0507 not_in_migrations,
    // Lints.
    /// SQLite takes a double-quoted unknown name for a string.
    DoubleQuotedString = T1001 double_quoted_string,
    /// a view names what does not exist when the migration ends.
    BrokenView = T1002 broken_view,
    /// a trigger names what does not exist when the migration ends.
    BrokenTrigger = T1003 broken_trigger,
    /// a foreign key's parent is missing or not unique when the history ends.
    BrokenForeignKey = T1004 broken_foreign_key,
    /// `PRAGMA foreign_keys` inside a transaction does nothing.
    PragmaInTransaction = T1005 pragma_in_transaction,
    /// passes on an empty table only.
    FailsOnRows = T1006 fails_on_rows,
    /// WHERE reads a column that the same migration added.
    FilterOnNewColumn = T1007 filter_on_new_column,
    /// a primary key column that may hold NULL.
    NullablePrimaryKey = T1008 nullable_primary_key,
    /// the down file does not restore the schema.
    Irreversible = T1009 irreversible,
    /// data is lost.
    Destructive = T1010 destructive,
    /// an allow that nothing needs.
    UnusedAllow = T1011 unused_allow,
    /// a word of another engine is a part of a column's type.
    InertTypeWord = T1012 inert_type_word,
    /// a COMMIT without BEGIN, or a BEGIN without COMMIT.
    UnbalancedTransaction = T1013 unbalanced_transaction,
    /// a migration without a statement.
    EmptyMigration = T1014 empty_migration,
    /// what only the connection holds is lost, or in the way, when the file is left.
    ConnectionState = T1015 connection_state,
    /// a rebuilt table has lost an index or a trigger.
    IncompleteRebuild = T1016 incomplete_rebuild,
    /// a parameter, for which a migration has no value.
    BoundParameter = T1017 bound_parameter,
    /// a comment that takes the rest of its file.
    UnclosedComment = T1018 unclosed_comment,
    /// a body names what is not there when the history ends.
    BrokenRoutine = T1019 broken_routine,
    /// an index that is built while nobody can write to its table.
    BlockingIndex = T1020 blocking_index,
    /// rows that are checked while nobody can write to their table.
    BlockingValidation = T1021 blocking_validation,
    /// a table whose rows are all written anew.
    RewritesTable = T1022 rewrites_table,
}

impl Code {
    /// The code of a number or a name, whatever the case of its letters.
    ///
    /// ```
    /// use tablature_schema::diagnostic::Code;
    ///
    /// assert_eq!(Code::named("T0203"), Some(Code::UnknownColumn));
    /// assert_eq!(Code::named("unknown_column"), Some(Code::UnknownColumn));
    /// assert_eq!(Code::named("unknown"), None);
    /// ```
    #[must_use]
    pub fn named(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| {
            code.number().eq_ignore_ascii_case(text) || code.name().eq_ignore_ascii_case(text)
        })
    }
}
