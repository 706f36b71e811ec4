//! The engine's keywords, and where each also serves as a name.

/// Where a keyword serves as a name while it is not quoted (`pg_get_keywords().catcode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// `U`: everywhere.
    Unreserved,
    /// `C`: of a column, a table or another object, but not of a function or a type.
    ColumnName,
    /// `T`: of a function or a type, but not of a column or a table.
    TypeFunctionName,
    /// `R`: only as a label, after AS.
    Reserved,
}

/// Whether a keyword names a result column without AS (`pg_get_keywords().barelabel`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Also without AS.
    Bare,
    /// Only after AS.
    As,
}

macro_rules! keywords {
    ($($variant:ident $text:literal $category:ident $label:ident $since:literal,)*) => {
        /// A keyword of PostgreSQL 14 to 18.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the variants are the keywords of the language")]
        pub enum Keyword {
            $($variant,)*
        }

        impl Keyword {
            /// Every keyword, in alphabetical order.
            pub const ALL: &'static [Keyword] = &[$(Keyword::$variant,)*];

            /// The keyword in upper case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Keyword::$variant => $text,)*
                }
            }

            /// Where the keyword serves as a name.
            #[must_use]
            pub fn category(self) -> Category {
                ROWS[self as usize].0
            }

            /// Whether the keyword serves as a label without AS.
            #[must_use]
            pub fn label(self) -> Label {
                ROWS[self as usize].1
            }

            /// The major version in which the word became a keyword; 14 for all that are older.
            #[must_use]
            pub fn since(self) -> u8 {
                ROWS[self as usize].2
            }
        }

        /// What is said of each keyword, by its number.
        static ROWS: [(Category, Label, u8); Keyword::ALL.len()] =
            [$((Category::$category, Label::$label, $since),)*];
    };
}

// What the function pg_get_keywords() of the engine says, and the major version that brought the word.
keywords! {
    Abort "ABORT" Unreserved Bare 14,
    Absent "ABSENT" Unreserved Bare 16,
    Absolute "ABSOLUTE" Unreserved Bare 14,
    Access "ACCESS" Unreserved Bare 14,
    Action "ACTION" Unreserved Bare 14,
    Add "ADD" Unreserved Bare 14,
    Admin "ADMIN" Unreserved Bare 14,
    After "AFTER" Unreserved Bare 14,
    Aggregate "AGGREGATE" Unreserved Bare 14,
    All "ALL" Reserved Bare 14,
    Also "ALSO" Unreserved Bare 14,
    Alter "ALTER" Unreserved Bare 14,
    Always "ALWAYS" Unreserved Bare 14,
    Analyse "ANALYSE" Reserved Bare 14,
    Analyze "ANALYZE" Reserved Bare 14,
    And "AND" Reserved Bare 14,
    Any "ANY" Reserved Bare 14,
    Array "ARRAY" Reserved As 14,
    As "AS" Reserved As 14,
    Asc "ASC" Reserved Bare 14,
    Asensitive "ASENSITIVE" Unreserved Bare 14,
    Assertion "ASSERTION" Unreserved Bare 14,
    Assignment "ASSIGNMENT" Unreserved Bare 14,
    Asymmetric "ASYMMETRIC" Reserved Bare 14,
    At "AT" Unreserved Bare 14,
    Atomic "ATOMIC" Unreserved Bare 14,
    Attach "ATTACH" Unreserved Bare 14,
    Attribute "ATTRIBUTE" Unreserved Bare 14,
    Authorization "AUTHORIZATION" TypeFunctionName Bare 14,
    Backward "BACKWARD" Unreserved Bare 14,
    Before "BEFORE" Unreserved Bare 14,
    Begin "BEGIN" Unreserved Bare 14,
    Between "BETWEEN" ColumnName Bare 14,
    Bigint "BIGINT" ColumnName Bare 14,
    Binary "BINARY" TypeFunctionName Bare 14,
    Bit "BIT" ColumnName Bare 14,
    Boolean "BOOLEAN" ColumnName Bare 14,
    Both "BOTH" Reserved Bare 14,
    Breadth "BREADTH" Unreserved Bare 14,
    By "BY" Unreserved Bare 14,
    Cache "CACHE" Unreserved Bare 14,
    Call "CALL" Unreserved Bare 14,
    Called "CALLED" Unreserved Bare 14,
    Cascade "CASCADE" Unreserved Bare 14,
    Cascaded "CASCADED" Unreserved Bare 14,
    Case "CASE" Reserved Bare 14,
    Cast "CAST" Reserved Bare 14,
    Catalog "CATALOG" Unreserved Bare 14,
    Chain "CHAIN" Unreserved Bare 14,
    Char "CHAR" ColumnName As 14,
    Character "CHARACTER" ColumnName As 14,
    Characteristics "CHARACTERISTICS" Unreserved Bare 14,
    Check "CHECK" Reserved Bare 14,
    Checkpoint "CHECKPOINT" Unreserved Bare 14,
    Class "CLASS" Unreserved Bare 14,
    Close "CLOSE" Unreserved Bare 14,
    Cluster "CLUSTER" Unreserved Bare 14,
    Coalesce "COALESCE" ColumnName Bare 14,
    Collate "COLLATE" Reserved Bare 14,
    Collation "COLLATION" TypeFunctionName Bare 14,
    Column "COLUMN" Reserved Bare 14,
    Columns "COLUMNS" Unreserved Bare 14,
    Comment "COMMENT" Unreserved Bare 14,
    Comments "COMMENTS" Unreserved Bare 14,
    Commit "COMMIT" Unreserved Bare 14,
    Committed "COMMITTED" Unreserved Bare 14,
    Compression "COMPRESSION" Unreserved Bare 14,
    Concurrently "CONCURRENTLY" TypeFunctionName Bare 14,
    Conditional "CONDITIONAL" Unreserved Bare 17,
    Configuration "CONFIGURATION" Unreserved Bare 14,
    Conflict "CONFLICT" Unreserved Bare 14,
    Connection "CONNECTION" Unreserved Bare 14,
    Constraint "CONSTRAINT" Reserved Bare 14,
    Constraints "CONSTRAINTS" Unreserved Bare 14,
    Content "CONTENT" Unreserved Bare 14,
    Continue "CONTINUE" Unreserved Bare 14,
    Conversion "CONVERSION" Unreserved Bare 14,
    Copy "COPY" Unreserved Bare 14,
    Cost "COST" Unreserved Bare 14,
    Create "CREATE" Reserved As 14,
    Cross "CROSS" TypeFunctionName Bare 14,
    Csv "CSV" Unreserved Bare 14,
    Cube "CUBE" Unreserved Bare 14,
    Current "CURRENT" Unreserved Bare 14,
    CurrentCatalog "CURRENT_CATALOG" Reserved Bare 14,
    CurrentDate "CURRENT_DATE" Reserved Bare 14,
    CurrentRole "CURRENT_ROLE" Reserved Bare 14,
    CurrentSchema "CURRENT_SCHEMA" TypeFunctionName Bare 14,
    CurrentTime "CURRENT_TIME" Reserved Bare 14,
    CurrentTimestamp "CURRENT_TIMESTAMP" Reserved Bare 14,
    CurrentUser "CURRENT_USER" Reserved Bare 14,
    Cursor "CURSOR" Unreserved Bare 14,
    Cycle "CYCLE" Unreserved Bare 14,
    Data "DATA" Unreserved Bare 14,
    Database "DATABASE" Unreserved Bare 14,
    Day "DAY" Unreserved As 14,
    Deallocate "DEALLOCATE" Unreserved Bare 14,
    Dec "DEC" ColumnName Bare 14,
    Decimal "DECIMAL" ColumnName Bare 14,
    Declare "DECLARE" Unreserved Bare 14,
    Default "DEFAULT" Reserved Bare 14,
    Defaults "DEFAULTS" Unreserved Bare 14,
    Deferrable "DEFERRABLE" Reserved Bare 14,
    Deferred "DEFERRED" Unreserved Bare 14,
    Definer "DEFINER" Unreserved Bare 14,
    Delete "DELETE" Unreserved Bare 14,
    Delimiter "DELIMITER" Unreserved Bare 14,
    Delimiters "DELIMITERS" Unreserved Bare 14,
    Depends "DEPENDS" Unreserved Bare 14,
    Depth "DEPTH" Unreserved Bare 14,
    Desc "DESC" Reserved Bare 14,
    Detach "DETACH" Unreserved Bare 14,
    Dictionary "DICTIONARY" Unreserved Bare 14,
    Disable "DISABLE" Unreserved Bare 14,
    Discard "DISCARD" Unreserved Bare 14,
    Distinct "DISTINCT" Reserved Bare 14,
    Do "DO" Reserved Bare 14,
    Document "DOCUMENT" Unreserved Bare 14,
    Domain "DOMAIN" Unreserved Bare 14,
    Double "DOUBLE" Unreserved Bare 14,
    Drop "DROP" Unreserved Bare 14,
    Each "EACH" Unreserved Bare 14,
    Else "ELSE" Reserved Bare 14,
    Empty "EMPTY" Unreserved Bare 17,
    Enable "ENABLE" Unreserved Bare 14,
    Encoding "ENCODING" Unreserved Bare 14,
    Encrypted "ENCRYPTED" Unreserved Bare 14,
    End "END" Reserved Bare 14,
    Enforced "ENFORCED" Unreserved Bare 18,
    Enum "ENUM" Unreserved Bare 14,
    Error "ERROR" Unreserved Bare 17,
    Escape "ESCAPE" Unreserved Bare 14,
    Event "EVENT" Unreserved Bare 14,
    Except "EXCEPT" Reserved As 14,
    Exclude "EXCLUDE" Unreserved Bare 14,
    Excluding "EXCLUDING" Unreserved Bare 14,
    Exclusive "EXCLUSIVE" Unreserved Bare 14,
    Execute "EXECUTE" Unreserved Bare 14,
    Exists "EXISTS" ColumnName Bare 14,
    Explain "EXPLAIN" Unreserved Bare 14,
    Expression "EXPRESSION" Unreserved Bare 14,
    Extension "EXTENSION" Unreserved Bare 14,
    External "EXTERNAL" Unreserved Bare 14,
    Extract "EXTRACT" ColumnName Bare 14,
    False "FALSE" Reserved Bare 14,
    Family "FAMILY" Unreserved Bare 14,
    Fetch "FETCH" Reserved As 14,
    Filter "FILTER" Unreserved As 14,
    Finalize "FINALIZE" Unreserved Bare 14,
    First "FIRST" Unreserved Bare 14,
    Float "FLOAT" ColumnName Bare 14,
    Following "FOLLOWING" Unreserved Bare 14,
    For "FOR" Reserved As 14,
    Force "FORCE" Unreserved Bare 14,
    Foreign "FOREIGN" Reserved Bare 14,
    Format "FORMAT" Unreserved Bare 16,
    Forward "FORWARD" Unreserved Bare 14,
    Freeze "FREEZE" TypeFunctionName Bare 14,
    From "FROM" Reserved As 14,
    Full "FULL" TypeFunctionName Bare 14,
    Function "FUNCTION" Unreserved Bare 14,
    Functions "FUNCTIONS" Unreserved Bare 14,
    Generated "GENERATED" Unreserved Bare 14,
    Global "GLOBAL" Unreserved Bare 14,
    Grant "GRANT" Reserved As 14,
    Granted "GRANTED" Unreserved Bare 14,
    Greatest "GREATEST" ColumnName Bare 14,
    Group "GROUP" Reserved As 14,
    Grouping "GROUPING" ColumnName Bare 14,
    Groups "GROUPS" Unreserved Bare 14,
    Handler "HANDLER" Unreserved Bare 14,
    Having "HAVING" Reserved As 14,
    Header "HEADER" Unreserved Bare 14,
    Hold "HOLD" Unreserved Bare 14,
    Hour "HOUR" Unreserved As 14,
    Identity "IDENTITY" Unreserved Bare 14,
    If "IF" Unreserved Bare 14,
    Ilike "ILIKE" TypeFunctionName Bare 14,
    Immediate "IMMEDIATE" Unreserved Bare 14,
    Immutable "IMMUTABLE" Unreserved Bare 14,
    Implicit "IMPLICIT" Unreserved Bare 14,
    Import "IMPORT" Unreserved Bare 14,
    In "IN" Reserved Bare 14,
    Include "INCLUDE" Unreserved Bare 14,
    Including "INCLUDING" Unreserved Bare 14,
    Increment "INCREMENT" Unreserved Bare 14,
    Indent "INDENT" Unreserved Bare 16,
    Index "INDEX" Unreserved Bare 14,
    Indexes "INDEXES" Unreserved Bare 14,
    Inherit "INHERIT" Unreserved Bare 14,
    Inherits "INHERITS" Unreserved Bare 14,
    Initially "INITIALLY" Reserved Bare 14,
    Inline "INLINE" Unreserved Bare 14,
    Inner "INNER" TypeFunctionName Bare 14,
    Inout "INOUT" ColumnName Bare 14,
    Input "INPUT" Unreserved Bare 14,
    Insensitive "INSENSITIVE" Unreserved Bare 14,
    Insert "INSERT" Unreserved Bare 14,
    Instead "INSTEAD" Unreserved Bare 14,
    Int "INT" ColumnName Bare 14,
    Integer "INTEGER" ColumnName Bare 14,
    Intersect "INTERSECT" Reserved As 14,
    Interval "INTERVAL" ColumnName Bare 14,
    Into "INTO" Reserved As 14,
    Invoker "INVOKER" Unreserved Bare 14,
    Is "IS" TypeFunctionName Bare 14,
    Isnull "ISNULL" TypeFunctionName As 14,
    Isolation "ISOLATION" Unreserved Bare 14,
    Join "JOIN" TypeFunctionName Bare 14,
    Json "JSON" ColumnName Bare 16,
    JsonArray "JSON_ARRAY" ColumnName Bare 16,
    JsonArrayagg "JSON_ARRAYAGG" ColumnName Bare 16,
    JsonExists "JSON_EXISTS" ColumnName Bare 17,
    JsonObject "JSON_OBJECT" ColumnName Bare 16,
    JsonObjectagg "JSON_OBJECTAGG" ColumnName Bare 16,
    JsonQuery "JSON_QUERY" ColumnName Bare 17,
    JsonScalar "JSON_SCALAR" ColumnName Bare 17,
    JsonSerialize "JSON_SERIALIZE" ColumnName Bare 17,
    JsonTable "JSON_TABLE" ColumnName Bare 17,
    JsonValue "JSON_VALUE" ColumnName Bare 17,
    Keep "KEEP" Unreserved Bare 17,
    Key "KEY" Unreserved Bare 14,
    Keys "KEYS" Unreserved Bare 16,
    Label "LABEL" Unreserved Bare 14,
    Language "LANGUAGE" Unreserved Bare 14,
    Large "LARGE" Unreserved Bare 14,
    Last "LAST" Unreserved Bare 14,
    Lateral "LATERAL" Reserved Bare 14,
    Leading "LEADING" Reserved Bare 14,
    Leakproof "LEAKPROOF" Unreserved Bare 14,
    Least "LEAST" ColumnName Bare 14,
    Left "LEFT" TypeFunctionName Bare 14,
    Level "LEVEL" Unreserved Bare 14,
    Like "LIKE" TypeFunctionName Bare 14,
    Limit "LIMIT" Reserved As 14,
    Listen "LISTEN" Unreserved Bare 14,
    Load "LOAD" Unreserved Bare 14,
    Local "LOCAL" Unreserved Bare 14,
    Localtime "LOCALTIME" Reserved Bare 14,
    Localtimestamp "LOCALTIMESTAMP" Reserved Bare 14,
    Location "LOCATION" Unreserved Bare 14,
    Lock "LOCK" Unreserved Bare 14,
    Locked "LOCKED" Unreserved Bare 14,
    Logged "LOGGED" Unreserved Bare 14,
    Mapping "MAPPING" Unreserved Bare 14,
    Match "MATCH" Unreserved Bare 14,
    Matched "MATCHED" Unreserved Bare 15,
    Materialized "MATERIALIZED" Unreserved Bare 14,
    Maxvalue "MAXVALUE" Unreserved Bare 14,
    Merge "MERGE" Unreserved Bare 15,
    MergeAction "MERGE_ACTION" ColumnName Bare 17,
    Method "METHOD" Unreserved Bare 14,
    Minute "MINUTE" Unreserved As 14,
    Minvalue "MINVALUE" Unreserved Bare 14,
    Mode "MODE" Unreserved Bare 14,
    Month "MONTH" Unreserved As 14,
    Move "MOVE" Unreserved Bare 14,
    Name "NAME" Unreserved Bare 14,
    Names "NAMES" Unreserved Bare 14,
    National "NATIONAL" ColumnName Bare 14,
    Natural "NATURAL" TypeFunctionName Bare 14,
    Nchar "NCHAR" ColumnName Bare 14,
    Nested "NESTED" Unreserved Bare 17,
    New "NEW" Unreserved Bare 14,
    Next "NEXT" Unreserved Bare 14,
    Nfc "NFC" Unreserved Bare 14,
    Nfd "NFD" Unreserved Bare 14,
    Nfkc "NFKC" Unreserved Bare 14,
    Nfkd "NFKD" Unreserved Bare 14,
    No "NO" Unreserved Bare 14,
    None "NONE" ColumnName Bare 14,
    Normalize "NORMALIZE" ColumnName Bare 14,
    Normalized "NORMALIZED" Unreserved Bare 14,
    Not "NOT" Reserved Bare 14,
    Nothing "NOTHING" Unreserved Bare 14,
    Notify "NOTIFY" Unreserved Bare 14,
    Notnull "NOTNULL" TypeFunctionName As 14,
    Nowait "NOWAIT" Unreserved Bare 14,
    Null "NULL" Reserved Bare 14,
    Nullif "NULLIF" ColumnName Bare 14,
    Nulls "NULLS" Unreserved Bare 14,
    Numeric "NUMERIC" ColumnName Bare 14,
    Object "OBJECT" Unreserved Bare 14,
    Objects "OBJECTS" Unreserved Bare 18,
    Of "OF" Unreserved Bare 14,
    Off "OFF" Unreserved Bare 14,
    Offset "OFFSET" Reserved As 14,
    Oids "OIDS" Unreserved Bare 14,
    Old "OLD" Unreserved Bare 14,
    Omit "OMIT" Unreserved Bare 17,
    On "ON" Reserved As 14,
    Only "ONLY" Reserved Bare 14,
    Operator "OPERATOR" Unreserved Bare 14,
    Option "OPTION" Unreserved Bare 14,
    Options "OPTIONS" Unreserved Bare 14,
    Or "OR" Reserved Bare 14,
    Order "ORDER" Reserved As 14,
    Ordinality "ORDINALITY" Unreserved Bare 14,
    Others "OTHERS" Unreserved Bare 14,
    Out "OUT" ColumnName Bare 14,
    Outer "OUTER" TypeFunctionName Bare 14,
    Over "OVER" Unreserved As 14,
    Overlaps "OVERLAPS" TypeFunctionName As 14,
    Overlay "OVERLAY" ColumnName Bare 14,
    Overriding "OVERRIDING" Unreserved Bare 14,
    Owned "OWNED" Unreserved Bare 14,
    Owner "OWNER" Unreserved Bare 14,
    Parallel "PARALLEL" Unreserved Bare 14,
    Parameter "PARAMETER" Unreserved Bare 15,
    Parser "PARSER" Unreserved Bare 14,
    Partial "PARTIAL" Unreserved Bare 14,
    Partition "PARTITION" Unreserved Bare 14,
    Passing "PASSING" Unreserved Bare 14,
    Password "PASSWORD" Unreserved Bare 14,
    Path "PATH" Unreserved Bare 17,
    Period "PERIOD" Unreserved Bare 18,
    Placing "PLACING" Reserved Bare 14,
    Plan "PLAN" Unreserved Bare 17,
    Plans "PLANS" Unreserved Bare 14,
    Policy "POLICY" Unreserved Bare 14,
    Position "POSITION" ColumnName Bare 14,
    Preceding "PRECEDING" Unreserved Bare 14,
    Precision "PRECISION" ColumnName As 14,
    Prepare "PREPARE" Unreserved Bare 14,
    Prepared "PREPARED" Unreserved Bare 14,
    Preserve "PRESERVE" Unreserved Bare 14,
    Primary "PRIMARY" Reserved Bare 14,
    Prior "PRIOR" Unreserved Bare 14,
    Privileges "PRIVILEGES" Unreserved Bare 14,
    Procedural "PROCEDURAL" Unreserved Bare 14,
    Procedure "PROCEDURE" Unreserved Bare 14,
    Procedures "PROCEDURES" Unreserved Bare 14,
    Program "PROGRAM" Unreserved Bare 14,
    Publication "PUBLICATION" Unreserved Bare 14,
    Quote "QUOTE" Unreserved Bare 14,
    Quotes "QUOTES" Unreserved Bare 17,
    Range "RANGE" Unreserved Bare 14,
    Read "READ" Unreserved Bare 14,
    Real "REAL" ColumnName Bare 14,
    Reassign "REASSIGN" Unreserved Bare 14,
    Recheck "RECHECK" Unreserved Bare 14,
    Recursive "RECURSIVE" Unreserved Bare 14,
    Ref "REF" Unreserved Bare 14,
    References "REFERENCES" Reserved Bare 14,
    Referencing "REFERENCING" Unreserved Bare 14,
    Refresh "REFRESH" Unreserved Bare 14,
    Reindex "REINDEX" Unreserved Bare 14,
    Relative "RELATIVE" Unreserved Bare 14,
    Release "RELEASE" Unreserved Bare 14,
    Rename "RENAME" Unreserved Bare 14,
    Repeatable "REPEATABLE" Unreserved Bare 14,
    Replace "REPLACE" Unreserved Bare 14,
    Replica "REPLICA" Unreserved Bare 14,
    Reset "RESET" Unreserved Bare 14,
    Restart "RESTART" Unreserved Bare 14,
    Restrict "RESTRICT" Unreserved Bare 14,
    Return "RETURN" Unreserved Bare 14,
    Returning "RETURNING" Reserved As 14,
    Returns "RETURNS" Unreserved Bare 14,
    Revoke "REVOKE" Unreserved Bare 14,
    Right "RIGHT" TypeFunctionName Bare 14,
    Role "ROLE" Unreserved Bare 14,
    Rollback "ROLLBACK" Unreserved Bare 14,
    Rollup "ROLLUP" Unreserved Bare 14,
    Routine "ROUTINE" Unreserved Bare 14,
    Routines "ROUTINES" Unreserved Bare 14,
    Row "ROW" ColumnName Bare 14,
    Rows "ROWS" Unreserved Bare 14,
    Rule "RULE" Unreserved Bare 14,
    Savepoint "SAVEPOINT" Unreserved Bare 14,
    Scalar "SCALAR" Unreserved Bare 16,
    Schema "SCHEMA" Unreserved Bare 14,
    Schemas "SCHEMAS" Unreserved Bare 14,
    Scroll "SCROLL" Unreserved Bare 14,
    Search "SEARCH" Unreserved Bare 14,
    Second "SECOND" Unreserved As 14,
    Security "SECURITY" Unreserved Bare 14,
    Select "SELECT" Reserved Bare 14,
    Sequence "SEQUENCE" Unreserved Bare 14,
    Sequences "SEQUENCES" Unreserved Bare 14,
    Serializable "SERIALIZABLE" Unreserved Bare 14,
    Server "SERVER" Unreserved Bare 14,
    Session "SESSION" Unreserved Bare 14,
    SessionUser "SESSION_USER" Reserved Bare 14,
    Set "SET" Unreserved Bare 14,
    Setof "SETOF" ColumnName Bare 14,
    Sets "SETS" Unreserved Bare 14,
    Share "SHARE" Unreserved Bare 14,
    Show "SHOW" Unreserved Bare 14,
    Similar "SIMILAR" TypeFunctionName Bare 14,
    Simple "SIMPLE" Unreserved Bare 14,
    Skip "SKIP" Unreserved Bare 14,
    Smallint "SMALLINT" ColumnName Bare 14,
    Snapshot "SNAPSHOT" Unreserved Bare 14,
    Some "SOME" Reserved Bare 14,
    Source "SOURCE" Unreserved Bare 17,
    Sql "SQL" Unreserved Bare 14,
    Stable "STABLE" Unreserved Bare 14,
    Standalone "STANDALONE" Unreserved Bare 14,
    Start "START" Unreserved Bare 14,
    Statement "STATEMENT" Unreserved Bare 14,
    Statistics "STATISTICS" Unreserved Bare 14,
    Stdin "STDIN" Unreserved Bare 14,
    Stdout "STDOUT" Unreserved Bare 14,
    Storage "STORAGE" Unreserved Bare 14,
    Stored "STORED" Unreserved Bare 14,
    Strict "STRICT" Unreserved Bare 14,
    String "STRING" Unreserved Bare 17,
    Strip "STRIP" Unreserved Bare 14,
    Subscription "SUBSCRIPTION" Unreserved Bare 14,
    Substring "SUBSTRING" ColumnName Bare 14,
    Support "SUPPORT" Unreserved Bare 14,
    Symmetric "SYMMETRIC" Reserved Bare 14,
    Sysid "SYSID" Unreserved Bare 14,
    System "SYSTEM" Unreserved Bare 14,
    SystemUser "SYSTEM_USER" Reserved Bare 16,
    Table "TABLE" Reserved Bare 14,
    Tables "TABLES" Unreserved Bare 14,
    Tablesample "TABLESAMPLE" TypeFunctionName Bare 14,
    Tablespace "TABLESPACE" Unreserved Bare 14,
    Target "TARGET" Unreserved Bare 17,
    Temp "TEMP" Unreserved Bare 14,
    Template "TEMPLATE" Unreserved Bare 14,
    Temporary "TEMPORARY" Unreserved Bare 14,
    Text "TEXT" Unreserved Bare 14,
    Then "THEN" Reserved Bare 14,
    Ties "TIES" Unreserved Bare 14,
    Time "TIME" ColumnName Bare 14,
    Timestamp "TIMESTAMP" ColumnName Bare 14,
    To "TO" Reserved As 14,
    Trailing "TRAILING" Reserved Bare 14,
    Transaction "TRANSACTION" Unreserved Bare 14,
    Transform "TRANSFORM" Unreserved Bare 14,
    Treat "TREAT" ColumnName Bare 14,
    Trigger "TRIGGER" Unreserved Bare 14,
    Trim "TRIM" ColumnName Bare 14,
    True "TRUE" Reserved Bare 14,
    Truncate "TRUNCATE" Unreserved Bare 14,
    Trusted "TRUSTED" Unreserved Bare 14,
    Type "TYPE" Unreserved Bare 14,
    Types "TYPES" Unreserved Bare 14,
    Uescape "UESCAPE" Unreserved Bare 14,
    Unbounded "UNBOUNDED" Unreserved Bare 14,
    Uncommitted "UNCOMMITTED" Unreserved Bare 14,
    Unconditional "UNCONDITIONAL" Unreserved Bare 17,
    Unencrypted "UNENCRYPTED" Unreserved Bare 14,
    Union "UNION" Reserved As 14,
    Unique "UNIQUE" Reserved Bare 14,
    Unknown "UNKNOWN" Unreserved Bare 14,
    Unlisten "UNLISTEN" Unreserved Bare 14,
    Unlogged "UNLOGGED" Unreserved Bare 14,
    Until "UNTIL" Unreserved Bare 14,
    Update "UPDATE" Unreserved Bare 14,
    User "USER" Reserved Bare 14,
    Using "USING" Reserved Bare 14,
    Vacuum "VACUUM" Unreserved Bare 14,
    Valid "VALID" Unreserved Bare 14,
    Validate "VALIDATE" Unreserved Bare 14,
    Validator "VALIDATOR" Unreserved Bare 14,
    Value "VALUE" Unreserved Bare 14,
    Values "VALUES" ColumnName Bare 14,
    Varchar "VARCHAR" ColumnName Bare 14,
    Variadic "VARIADIC" Reserved Bare 14,
    Varying "VARYING" Unreserved As 14,
    Verbose "VERBOSE" TypeFunctionName Bare 14,
    Version "VERSION" Unreserved Bare 14,
    View "VIEW" Unreserved Bare 14,
    Views "VIEWS" Unreserved Bare 14,
    Virtual "VIRTUAL" Unreserved Bare 18,
    Volatile "VOLATILE" Unreserved Bare 14,
    When "WHEN" Reserved Bare 14,
    Where "WHERE" Reserved As 14,
    Whitespace "WHITESPACE" Unreserved Bare 14,
    Window "WINDOW" Reserved As 14,
    With "WITH" Reserved As 14,
    Within "WITHIN" Unreserved As 14,
    Without "WITHOUT" Unreserved As 14,
    Work "WORK" Unreserved Bare 14,
    Wrapper "WRAPPER" Unreserved Bare 14,
    Write "WRITE" Unreserved Bare 14,
    Xml "XML" Unreserved Bare 14,
    Xmlattributes "XMLATTRIBUTES" ColumnName Bare 14,
    Xmlconcat "XMLCONCAT" ColumnName Bare 14,
    Xmlelement "XMLELEMENT" ColumnName Bare 14,
    Xmlexists "XMLEXISTS" ColumnName Bare 14,
    Xmlforest "XMLFOREST" ColumnName Bare 14,
    Xmlnamespaces "XMLNAMESPACES" ColumnName Bare 14,
    Xmlparse "XMLPARSE" ColumnName Bare 14,
    Xmlpi "XMLPI" ColumnName Bare 14,
    Xmlroot "XMLROOT" ColumnName Bare 14,
    Xmlserialize "XMLSERIALIZE" ColumnName Bare 14,
    Xmltable "XMLTABLE" ColumnName Bare 14,
    Year "YEAR" Unreserved As 14,
    Yes "YES" Unreserved Bare 14,
    Zone "ZONE" Unreserved Bare 14,
}

impl Keyword {
    /// The keyword that a word is, in any letter case (ASCII only, as the engine compares).
    ///
    /// ```
    /// use tablature_lexer::postgres::Keyword;
    ///
    /// assert_eq!(Keyword::lookup("Table"), Some(Keyword::Table));
    /// assert_eq!(Keyword::lookup("tables_"), None);
    /// ```
    #[must_use]
    pub fn lookup(word: &str) -> Option<Keyword> {
        Keyword::of_bytes(word.as_bytes())
    }

    /// Macros run unoptimised: this is written as loops over tables, without calls for each byte.
    pub(super) fn of_bytes(word: &[u8]) -> Option<Keyword> {
        if word.len() < SHORTEST || word.len() > LONGEST {
            return None;
        }
        let mut number = SLOTS[slot(word)];
        while number != NONE {
            let keyword = Keyword::ALL[number as usize];
            if is_keyword(word, keyword.as_str().as_bytes()) {
                return Some(keyword);
            }
            number = NEXT[number as usize];
        }
        None
    }

    /// Whether the bare word names a column, a table or most other objects (the grammar's `ColId`).
    #[must_use]
    pub fn is_column_name(self) -> bool {
        matches!(self.category(), Category::Unreserved | Category::ColumnName)
    }

    /// Whether the bare word names a function or a type (the grammar's `type_function_name`).
    #[must_use]
    pub fn is_type_or_function_name(self) -> bool {
        matches!(
            self.category(),
            Category::Unreserved | Category::TypeFunctionName
        )
    }
}

/// The length of AS.
const SHORTEST: usize = 2;
/// The length of CURRENT_TIMESTAMP.
const LONGEST: usize = 17;

/// No keyword.
const NONE: u16 = u16::MAX;

/// The number of the first keyword of each slot.
static SLOTS: [u16; 1024] = TABLES.0;
/// The number of the next keyword of the same slot, by the number of a keyword.
static NEXT: [u16; Keyword::ALL.len()] = TABLES.1;

const TABLES: ([u16; 1024], [u16; Keyword::ALL.len()]) = {
    let mut slots = [NONE; 1024];
    let mut next = [NONE; Keyword::ALL.len()];
    let mut number = 0;
    while number < Keyword::ALL.len() {
        let slot = slot(Keyword::ALL[number].as_str().as_bytes());
        next[number] = slots[slot];
        slots[slot] = number as u16;
        number += 1;
    }
    (slots, next)
};

/// Where to look for a word: few keywords share a slot.
const fn slot(word: &[u8]) -> usize {
    let first = upper(word[0]) as usize;
    let second = upper(word[1]) as usize;
    let middle = upper(word[word.len() / 2]) as usize;
    let last = upper(word[word.len() - 1]) as usize;
    ((first * 67) ^ (second * 29) ^ (middle * 131) ^ (last * 11) ^ (word.len() * 7)) % 1024
}

const fn upper(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - 0x20,
        _ => byte,
    }
}

fn is_keyword(word: &[u8], keyword: &[u8]) -> bool {
    if word.len() != keyword.len() {
        return false;
    }
    let mut at = 0;
    while at < word.len() {
        if word[at] != keyword[at] && upper(word[at]) != keyword[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_each_word_is_found_in_any_case() {
        assert!(Keyword::ALL.is_sorted_by(|a, b| a.as_str() < b.as_str()));
        for keyword in Keyword::ALL {
            assert!((SHORTEST..=LONGEST).contains(&keyword.as_str().len()));
            assert_eq!(Keyword::lookup(keyword.as_str()), Some(*keyword));
            assert_eq!(
                Keyword::lookup(&keyword.as_str().to_lowercase()),
                Some(*keyword)
            );
        }
        for word in ["selec", "", "a", "current_timestamps", "tablé"] {
            assert_eq!(Keyword::lookup(word), None, "{word}");
        }
    }

    #[test]
    fn few_keywords_share_a_slot() {
        let mut counts = [0; 1024];
        for keyword in Keyword::ALL {
            counts[slot(keyword.as_str().as_bytes())] += 1;
        }
        assert!(
            counts.iter().all(|count| *count <= 5),
            "{:?}",
            counts.iter().max()
        );
    }

    #[test]
    fn some_keywords_are_names() {
        assert!(Keyword::Action.is_column_name());
        assert!(Keyword::Between.is_column_name());
        assert!(!Keyword::Between.is_type_or_function_name());
        assert!(Keyword::Left.is_type_or_function_name());
        assert!(!Keyword::Left.is_column_name());
        assert!(!Keyword::Table.is_column_name());
        assert_eq!(Keyword::Table.label(), Label::Bare);
        assert_eq!(Keyword::Year.label(), Label::As);
        assert_eq!(Keyword::SystemUser.since(), 16);
    }
}
