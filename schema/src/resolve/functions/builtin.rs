//! The functions of the bundled engine, as `PRAGMA function_list` gives them, and when they appeared.
//!
//! The math functions are not among them: the bundled engine is compiled without them.

use super::{Arguments, Function, FunctionKind, Gives, Null};
use crate::catalog::StorageClasses;
use crate::config::EngineVersion;
use Arguments::{AtLeast, Exactly};
use FunctionKind::{Aggregate, Scalar, Window};

const INTEGER: Gives = Gives::Classes(StorageClasses::INTEGER);
const REAL: Gives = Gives::Classes(StorageClasses::REAL);
const NUMBER: Gives = Gives::Classes(StorageClasses::NUMBER);
const TEXT: Gives = Gives::Classes(StorageClasses::TEXT);
const BLOB: Gives = Gives::Classes(StorageClasses::BLOB);
/// What JSON knows: no blobs.
const JSON_VALUE: Gives = Gives::Classes(StorageClasses::NUMBER.or(StorageClasses::TEXT));
const ANY: Gives = Gives::Classes(StorageClasses::ANY);

/// In the order of their names.
pub(super) const FUNCTIONS: &[Function] = &[
    stable("->", Exactly(2), Scalar, Null::Perhaps, TEXT).since(38),
    stable("->>", Exactly(2), Scalar, Null::Perhaps, JSON_VALUE).since(38),
    stable(
        "abs",
        Exactly(1),
        Scalar,
        Null::AnyArgument,
        Gives::SameNumber,
    ),
    volatile("avg", Exactly(1), Aggregate, Null::Perhaps, REAL),
    volatile("bm25", AtLeast(0), Scalar, Null::Perhaps, REAL),
    volatile("changes", Exactly(0), Scalar, Null::NeverAndFinite, INTEGER),
    stable("char", AtLeast(0), Scalar, Null::Never, TEXT),
    stable(
        "coalesce",
        AtLeast(2),
        Scalar,
        Null::EveryArgument,
        Gives::AnyArgument,
    ),
    stable("concat", AtLeast(1), Scalar, Null::Never, TEXT).since(44),
    stable("concat_ws", AtLeast(2), Scalar, Null::Perhaps, TEXT).since(44),
    volatile(
        "count",
        Exactly(0),
        Aggregate,
        Null::NeverAndFinite,
        INTEGER,
    ),
    volatile(
        "count",
        Exactly(1),
        Aggregate,
        Null::NeverAndFinite,
        INTEGER,
    ),
    volatile("cume_dist", Exactly(0), Window, Null::NeverAndFinite, REAL).since(25),
    volatile("current_date", Exactly(0), Scalar, Null::Never, TEXT),
    volatile("current_time", Exactly(0), Scalar, Null::Never, TEXT),
    volatile("current_timestamp", Exactly(0), Scalar, Null::Never, TEXT),
    stable("date", AtLeast(0), Scalar, Null::Perhaps, TEXT),
    stable("datetime", AtLeast(0), Scalar, Null::Perhaps, TEXT),
    volatile(
        "dense_rank",
        Exactly(0),
        Window,
        Null::NeverAndFinite,
        INTEGER,
    )
    .since(25),
    volatile(
        "first_value",
        Exactly(1),
        Window,
        Null::Perhaps,
        Gives::FirstArgument,
    )
    .since(25),
    stable("format", AtLeast(0), Scalar, Null::Perhaps, TEXT).since(38),
    direct_only("fts3_tokenizer", Exactly(1), Scalar, Null::Perhaps, ANY),
    direct_only("fts3_tokenizer", Exactly(2), Scalar, Null::Perhaps, ANY),
    volatile("fts5", Exactly(1), Scalar, Null::Perhaps, ANY),
    volatile("fts5_get_locale", AtLeast(0), Scalar, Null::Perhaps, ANY).since(47),
    volatile("fts5_insttoken", Exactly(1), Scalar, Null::Perhaps, ANY).since(48),
    volatile("fts5_locale", Exactly(2), Scalar, Null::Perhaps, ANY).since(47),
    stable("fts5_source_id", Exactly(0), Scalar, Null::Perhaps, ANY),
    stable("glob", Exactly(2), Scalar, Null::AnyArgument, INTEGER),
    volatile("group_concat", Exactly(1), Aggregate, Null::Perhaps, TEXT),
    volatile("group_concat", Exactly(2), Aggregate, Null::Perhaps, TEXT),
    stable("hex", Exactly(1), Scalar, Null::Never, TEXT),
    volatile("highlight", AtLeast(0), Scalar, Null::Perhaps, ANY),
    stable("if", AtLeast(2), Scalar, Null::Choice, Gives::Choice).since(48),
    stable(
        "ifnull",
        Exactly(2),
        Scalar,
        Null::EveryArgument,
        Gives::AnyArgument,
    ),
    stable("iif", Exactly(3), Scalar, Null::Choice, Gives::Choice).since(32),
    stable("iif", AtLeast(2), Scalar, Null::Choice, Gives::Choice).since(48),
    stable(
        "instr",
        Exactly(2),
        Scalar,
        Null::AnyArgumentElseFinite,
        INTEGER,
    ),
    stable("json", Exactly(1), Scalar, Null::Perhaps, TEXT).since(9),
    stable("json_array", AtLeast(0), Scalar, Null::Never, TEXT).since(9),
    stable("json_array_insert", AtLeast(0), Scalar, Null::Perhaps, TEXT).since(53),
    stable(
        "json_array_length",
        Exactly(1),
        Scalar,
        Null::Perhaps,
        INTEGER,
    )
    .since(9),
    stable(
        "json_array_length",
        Exactly(2),
        Scalar,
        Null::Perhaps,
        INTEGER,
    )
    .since(9),
    stable(
        "json_error_position",
        Exactly(1),
        Scalar,
        Null::Perhaps,
        INTEGER,
    )
    .since(42),
    stable(
        "json_extract",
        AtLeast(0),
        Scalar,
        Null::Perhaps,
        JSON_VALUE,
    )
    .since(9),
    stable("json_group_array", Exactly(1), Aggregate, Null::Never, TEXT).since(9),
    stable(
        "json_group_object",
        Exactly(2),
        Aggregate,
        Null::Never,
        TEXT,
    )
    .since(9),
    stable("json_insert", AtLeast(0), Scalar, Null::Perhaps, TEXT).since(9),
    stable("json_object", AtLeast(0), Scalar, Null::Never, TEXT).since(9),
    stable("json_patch", Exactly(2), Scalar, Null::Perhaps, TEXT).since(18),
    stable("json_pretty", Exactly(1), Scalar, Null::Perhaps, TEXT).since(46),
    stable("json_pretty", Exactly(2), Scalar, Null::Perhaps, TEXT).since(46),
    stable("json_quote", Exactly(1), Scalar, Null::AnyArgument, TEXT).since(14),
    stable("json_remove", AtLeast(0), Scalar, Null::Perhaps, TEXT).since(9),
    stable("json_replace", AtLeast(0), Scalar, Null::Perhaps, TEXT).since(9),
    stable("json_set", AtLeast(0), Scalar, Null::Perhaps, TEXT).since(9),
    stable("json_type", Exactly(1), Scalar, Null::Perhaps, TEXT).since(9),
    stable("json_type", Exactly(2), Scalar, Null::Perhaps, TEXT).since(9),
    stable("json_valid", Exactly(1), Scalar, Null::Perhaps, INTEGER).since(9),
    stable("json_valid", Exactly(2), Scalar, Null::Perhaps, INTEGER).since(9),
    stable("jsonb", Exactly(1), Scalar, Null::Perhaps, BLOB).since(45),
    stable("jsonb_array", AtLeast(0), Scalar, Null::Never, BLOB).since(45),
    stable(
        "jsonb_array_insert",
        AtLeast(0),
        Scalar,
        Null::Perhaps,
        BLOB,
    )
    .since(53),
    stable("jsonb_extract", AtLeast(0), Scalar, Null::Perhaps, ANY).since(45),
    stable(
        "jsonb_group_array",
        Exactly(1),
        Aggregate,
        Null::Never,
        BLOB,
    )
    .since(45),
    stable(
        "jsonb_group_object",
        Exactly(2),
        Aggregate,
        Null::Never,
        BLOB,
    )
    .since(45),
    stable("jsonb_insert", AtLeast(0), Scalar, Null::Perhaps, BLOB).since(45),
    stable("jsonb_object", AtLeast(0), Scalar, Null::Never, BLOB).since(45),
    stable("jsonb_patch", Exactly(2), Scalar, Null::Perhaps, BLOB).since(45),
    stable("jsonb_remove", AtLeast(0), Scalar, Null::Perhaps, BLOB).since(45),
    stable("jsonb_replace", AtLeast(0), Scalar, Null::Perhaps, BLOB).since(45),
    stable("jsonb_set", AtLeast(0), Scalar, Null::Perhaps, BLOB).since(45),
    stable("julianday", AtLeast(0), Scalar, Null::Perhaps, REAL),
    volatile(
        "lag",
        Exactly(1),
        Window,
        Null::Perhaps,
        Gives::FirstArgument,
    )
    .since(25),
    volatile(
        "lag",
        Exactly(2),
        Window,
        Null::Perhaps,
        Gives::FirstArgument,
    )
    .since(25),
    volatile(
        "lag",
        Exactly(3),
        Window,
        Null::Perhaps,
        Gives::FirstOrThirdArgument,
    )
    .since(25),
    volatile(
        "last_insert_rowid",
        Exactly(0),
        Scalar,
        Null::NeverAndFinite,
        INTEGER,
    ),
    volatile(
        "last_value",
        Exactly(1),
        Window,
        Null::Perhaps,
        Gives::FirstArgument,
    )
    .since(25),
    volatile(
        "lead",
        Exactly(1),
        Window,
        Null::Perhaps,
        Gives::FirstArgument,
    )
    .since(25),
    volatile(
        "lead",
        Exactly(2),
        Window,
        Null::Perhaps,
        Gives::FirstArgument,
    )
    .since(25),
    volatile(
        "lead",
        Exactly(3),
        Window,
        Null::Perhaps,
        Gives::FirstOrThirdArgument,
    )
    .since(25),
    stable(
        "length",
        Exactly(1),
        Scalar,
        Null::AnyArgumentElseFinite,
        INTEGER,
    ),
    stable("like", Exactly(2), Scalar, Null::AnyArgument, INTEGER),
    stable("like", Exactly(3), Scalar, Null::AnyArgument, INTEGER),
    stable(
        "likelihood",
        Exactly(2),
        Scalar,
        Null::FirstArgument,
        Gives::FirstArgument,
    ),
    stable(
        "likely",
        Exactly(1),
        Scalar,
        Null::FirstArgument,
        Gives::FirstArgument,
    ),
    direct_only("load_extension", Exactly(1), Scalar, Null::Perhaps, ANY),
    direct_only("load_extension", Exactly(2), Scalar, Null::Perhaps, ANY),
    stable("lower", Exactly(1), Scalar, Null::AnyArgument, TEXT),
    stable("ltrim", Exactly(1), Scalar, Null::AnyArgument, TEXT),
    stable("ltrim", Exactly(2), Scalar, Null::AnyArgument, TEXT),
    volatile("match", Exactly(2), Scalar, Null::Perhaps, ANY),
    volatile("matchinfo", Exactly(1), Scalar, Null::Perhaps, ANY),
    volatile("matchinfo", Exactly(2), Scalar, Null::Perhaps, ANY),
    stable(
        "max",
        AtLeast(1),
        Scalar,
        Null::AnyArgument,
        Gives::AnyArgument,
    ),
    volatile(
        "max",
        Exactly(1),
        Aggregate,
        Null::EmptyGroup,
        Gives::FirstArgument,
    ),
    stable(
        "min",
        AtLeast(1),
        Scalar,
        Null::AnyArgument,
        Gives::AnyArgument,
    ),
    volatile(
        "min",
        Exactly(1),
        Aggregate,
        Null::EmptyGroup,
        Gives::FirstArgument,
    ),
    volatile(
        "nth_value",
        Exactly(2),
        Window,
        Null::Perhaps,
        Gives::FirstArgument,
    )
    .since(25),
    volatile("ntile", Exactly(1), Window, Null::NeverAndFinite, INTEGER).since(25),
    stable(
        "nullif",
        Exactly(2),
        Scalar,
        Null::Perhaps,
        Gives::FirstArgument,
    ),
    stable(
        "octet_length",
        Exactly(1),
        Scalar,
        Null::AnyArgumentElseFinite,
        INTEGER,
    )
    .since(43),
    volatile("offsets", Exactly(1), Scalar, Null::Perhaps, ANY),
    volatile("optimize", Exactly(1), Scalar, Null::Perhaps, ANY),
    volatile(
        "percent_rank",
        Exactly(0),
        Window,
        Null::NeverAndFinite,
        REAL,
    )
    .since(25),
    stable("printf", AtLeast(0), Scalar, Null::Perhaps, TEXT).since(8),
    stable("quote", Exactly(1), Scalar, Null::Never, TEXT),
    volatile("random", Exactly(0), Scalar, Null::NeverAndFinite, INTEGER),
    volatile("randomblob", Exactly(1), Scalar, Null::Never, BLOB),
    volatile("rank", Exactly(0), Window, Null::NeverAndFinite, INTEGER).since(25),
    stable(
        "replace",
        Exactly(3),
        Scalar,
        Null::AnyArgument,
        Gives::TextOrFirstArgument,
    ),
    stable("round", Exactly(1), Scalar, Null::AnyArgument, REAL),
    stable("round", Exactly(2), Scalar, Null::AnyArgument, REAL),
    volatile(
        "row_number",
        Exactly(0),
        Window,
        Null::NeverAndFinite,
        INTEGER,
    )
    .since(25),
    volatile("rtreecheck", AtLeast(0), Scalar, Null::Perhaps, ANY),
    volatile("rtreedepth", Exactly(1), Scalar, Null::Perhaps, ANY),
    volatile("rtreenode", Exactly(2), Scalar, Null::Perhaps, ANY),
    stable("rtrim", Exactly(1), Scalar, Null::AnyArgument, TEXT),
    stable("rtrim", Exactly(2), Scalar, Null::AnyArgument, TEXT),
    stable("sign", Exactly(1), Scalar, Null::Perhaps, INTEGER).since(35),
    volatile("snippet", AtLeast(0), Scalar, Null::Perhaps, ANY),
    stable("soundex", Exactly(1), Scalar, Null::Perhaps, TEXT),
    volatile(
        "sqlite_compileoption_get",
        Exactly(1),
        Scalar,
        Null::Perhaps,
        TEXT,
    ),
    volatile(
        "sqlite_compileoption_used",
        Exactly(1),
        Scalar,
        Null::Perhaps,
        INTEGER,
    ),
    direct_only("sqlite_log", Exactly(2), Scalar, Null::Perhaps, ANY),
    volatile("sqlite_source_id", Exactly(0), Scalar, Null::Never, TEXT),
    volatile("sqlite_version", Exactly(0), Scalar, Null::Never, TEXT),
    stable("strftime", AtLeast(0), Scalar, Null::Perhaps, TEXT),
    volatile("string_agg", Exactly(2), Aggregate, Null::Perhaps, TEXT).since(44),
    stable(
        "substr",
        Exactly(2),
        Scalar,
        Null::AnyArgumentOrEmptyBlob,
        Gives::SameString,
    ),
    stable(
        "substr",
        Exactly(3),
        Scalar,
        Null::AnyArgumentOrEmptyBlob,
        Gives::SameString,
    ),
    stable(
        "substring",
        Exactly(2),
        Scalar,
        Null::AnyArgumentOrEmptyBlob,
        Gives::SameString,
    )
    .since(34),
    stable(
        "substring",
        Exactly(3),
        Scalar,
        Null::AnyArgumentOrEmptyBlob,
        Gives::SameString,
    )
    .since(34),
    stable("subtype", Exactly(1), Scalar, Null::Perhaps, INTEGER).since(45),
    volatile(
        "sum",
        Exactly(1),
        Aggregate,
        Null::Perhaps,
        Gives::SameNumber,
    ),
    stable("time", AtLeast(0), Scalar, Null::Perhaps, TEXT),
    stable("timediff", Exactly(2), Scalar, Null::Perhaps, TEXT).since(43),
    volatile("total", Exactly(1), Aggregate, Null::Infinities, REAL),
    volatile(
        "total_changes",
        Exactly(0),
        Scalar,
        Null::NeverAndFinite,
        INTEGER,
    ),
    stable("trim", Exactly(1), Scalar, Null::AnyArgument, TEXT),
    stable("trim", Exactly(2), Scalar, Null::AnyArgument, TEXT),
    stable("typeof", Exactly(1), Scalar, Null::Never, TEXT),
    stable("unhex", Exactly(1), Scalar, Null::Perhaps, BLOB).since(41),
    stable("unhex", Exactly(2), Scalar, Null::Perhaps, BLOB).since(41),
    stable("unicode", Exactly(1), Scalar, Null::Perhaps, INTEGER),
    stable("unistr", Exactly(1), Scalar, Null::Perhaps, TEXT).since(50),
    stable("unistr_quote", Exactly(1), Scalar, Null::Perhaps, TEXT).since(50),
    stable("unixepoch", AtLeast(0), Scalar, Null::Perhaps, NUMBER).since(38),
    stable(
        "unlikely",
        Exactly(1),
        Scalar,
        Null::FirstArgument,
        Gives::FirstArgument,
    ),
    stable("upper", Exactly(1), Scalar, Null::AnyArgument, TEXT),
    stable("zeroblob", Exactly(1), Scalar, Null::Never, BLOB),
];

/// A function that gives the same result for the same arguments.
const fn stable(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
    gives: Gives,
) -> Function {
    Function {
        name,
        arguments,
        kind,
        deterministic: true,
        direct_only: false,
        null,
        gives,
        since: EngineVersion::new(3, 0, 0),
    }
}

/// A function that need not give the same result for the same arguments.
const fn volatile(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
    gives: Gives,
) -> Function {
    Function {
        deterministic: false,
        ..stable(name, arguments, kind, null, gives)
    }
}

/// A function that views, triggers and tables may not call.
const fn direct_only(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
    gives: Gives,
) -> Function {
    Function {
        direct_only: true,
        ..volatile(name, arguments, kind, null, gives)
    }
}

impl Function {
    /// The release of SQLite 3 that has it first.
    const fn since(self, release: u32) -> Function {
        Function {
            since: EngineVersion::new(3, release, 0),
            ..self
        }
    }
}
