//! The functions of the bundled engine, as `PRAGMA function_list` gives them, and when they appeared.
//!
//! The math functions are not among them: the bundled engine is compiled without them.

use super::{Arguments, Function, FunctionKind, Null};
use crate::config::EngineVersion;
use Arguments::{AtLeast, Exactly};
use FunctionKind::{Aggregate, Scalar, Window};

/// In the order of their names.
pub(super) const FUNCTIONS: &[Function] = &[
    stable("->", Exactly(2), Scalar, Null::Perhaps).since(38),
    stable("->>", Exactly(2), Scalar, Null::Perhaps).since(38),
    stable("abs", Exactly(1), Scalar, Null::AnyArgument),
    volatile("avg", Exactly(1), Aggregate, Null::Perhaps),
    volatile("bm25", AtLeast(0), Scalar, Null::Perhaps),
    volatile("changes", Exactly(0), Scalar, Null::NeverAndFinite),
    stable("char", AtLeast(0), Scalar, Null::Never),
    stable("coalesce", AtLeast(2), Scalar, Null::EveryArgument),
    stable("concat", AtLeast(1), Scalar, Null::Never).since(44),
    stable("concat_ws", AtLeast(2), Scalar, Null::Perhaps).since(44),
    volatile("count", Exactly(0), Aggregate, Null::NeverAndFinite),
    volatile("count", Exactly(1), Aggregate, Null::NeverAndFinite),
    volatile("cume_dist", Exactly(0), Window, Null::NeverAndFinite).since(25),
    volatile("current_date", Exactly(0), Scalar, Null::Never),
    volatile("current_time", Exactly(0), Scalar, Null::Never),
    volatile("current_timestamp", Exactly(0), Scalar, Null::Never),
    stable("date", AtLeast(0), Scalar, Null::Perhaps),
    stable("datetime", AtLeast(0), Scalar, Null::Perhaps),
    volatile("dense_rank", Exactly(0), Window, Null::NeverAndFinite).since(25),
    volatile("first_value", Exactly(1), Window, Null::Perhaps).since(25),
    stable("format", AtLeast(0), Scalar, Null::Perhaps).since(38),
    direct_only("fts3_tokenizer", Exactly(1), Scalar, Null::Perhaps),
    direct_only("fts3_tokenizer", Exactly(2), Scalar, Null::Perhaps),
    volatile("fts5", Exactly(1), Scalar, Null::Perhaps),
    volatile("fts5_get_locale", AtLeast(0), Scalar, Null::Perhaps).since(47),
    volatile("fts5_insttoken", Exactly(1), Scalar, Null::Perhaps).since(48),
    volatile("fts5_locale", Exactly(2), Scalar, Null::Perhaps).since(47),
    stable("fts5_source_id", Exactly(0), Scalar, Null::Perhaps),
    stable("glob", Exactly(2), Scalar, Null::AnyArgument),
    volatile("group_concat", Exactly(1), Aggregate, Null::Perhaps),
    volatile("group_concat", Exactly(2), Aggregate, Null::Perhaps),
    stable("hex", Exactly(1), Scalar, Null::Never),
    volatile("highlight", AtLeast(0), Scalar, Null::Perhaps),
    stable("if", AtLeast(2), Scalar, Null::Choice).since(48),
    stable("ifnull", Exactly(2), Scalar, Null::EveryArgument),
    stable("iif", Exactly(3), Scalar, Null::Choice).since(32),
    stable("iif", AtLeast(2), Scalar, Null::Choice).since(48),
    stable("instr", Exactly(2), Scalar, Null::AnyArgumentElseFinite),
    stable("json", Exactly(1), Scalar, Null::Perhaps).since(9),
    stable("json_array", AtLeast(0), Scalar, Null::Never).since(9),
    stable("json_array_insert", AtLeast(0), Scalar, Null::Perhaps).since(53),
    stable("json_array_length", Exactly(1), Scalar, Null::Perhaps).since(9),
    stable("json_array_length", Exactly(2), Scalar, Null::Perhaps).since(9),
    stable("json_error_position", Exactly(1), Scalar, Null::Perhaps).since(42),
    stable("json_extract", AtLeast(0), Scalar, Null::Perhaps).since(9),
    stable("json_group_array", Exactly(1), Aggregate, Null::Never).since(9),
    stable("json_group_object", Exactly(2), Aggregate, Null::Never).since(9),
    stable("json_insert", AtLeast(0), Scalar, Null::Perhaps).since(9),
    stable("json_object", AtLeast(0), Scalar, Null::Never).since(9),
    stable("json_patch", Exactly(2), Scalar, Null::Perhaps).since(18),
    stable("json_pretty", Exactly(1), Scalar, Null::Perhaps).since(46),
    stable("json_pretty", Exactly(2), Scalar, Null::Perhaps).since(46),
    stable("json_quote", Exactly(1), Scalar, Null::AnyArgument).since(14),
    stable("json_remove", AtLeast(0), Scalar, Null::Perhaps).since(9),
    stable("json_replace", AtLeast(0), Scalar, Null::Perhaps).since(9),
    stable("json_set", AtLeast(0), Scalar, Null::Perhaps).since(9),
    stable("json_type", Exactly(1), Scalar, Null::Perhaps).since(9),
    stable("json_type", Exactly(2), Scalar, Null::Perhaps).since(9),
    stable("json_valid", Exactly(1), Scalar, Null::Perhaps).since(9),
    stable("json_valid", Exactly(2), Scalar, Null::Perhaps).since(9),
    stable("jsonb", Exactly(1), Scalar, Null::Perhaps).since(45),
    stable("jsonb_array", AtLeast(0), Scalar, Null::Never).since(45),
    stable("jsonb_array_insert", AtLeast(0), Scalar, Null::Perhaps).since(53),
    stable("jsonb_extract", AtLeast(0), Scalar, Null::Perhaps).since(45),
    stable("jsonb_group_array", Exactly(1), Aggregate, Null::Never).since(45),
    stable("jsonb_group_object", Exactly(2), Aggregate, Null::Never).since(45),
    stable("jsonb_insert", AtLeast(0), Scalar, Null::Perhaps).since(45),
    stable("jsonb_object", AtLeast(0), Scalar, Null::Never).since(45),
    stable("jsonb_patch", Exactly(2), Scalar, Null::Perhaps).since(45),
    stable("jsonb_remove", AtLeast(0), Scalar, Null::Perhaps).since(45),
    stable("jsonb_replace", AtLeast(0), Scalar, Null::Perhaps).since(45),
    stable("jsonb_set", AtLeast(0), Scalar, Null::Perhaps).since(45),
    stable("julianday", AtLeast(0), Scalar, Null::Perhaps),
    volatile("lag", Exactly(1), Window, Null::Perhaps).since(25),
    volatile("lag", Exactly(2), Window, Null::Perhaps).since(25),
    volatile("lag", Exactly(3), Window, Null::Perhaps).since(25),
    volatile(
        "last_insert_rowid",
        Exactly(0),
        Scalar,
        Null::NeverAndFinite,
    ),
    volatile("last_value", Exactly(1), Window, Null::Perhaps).since(25),
    volatile("lead", Exactly(1), Window, Null::Perhaps).since(25),
    volatile("lead", Exactly(2), Window, Null::Perhaps).since(25),
    volatile("lead", Exactly(3), Window, Null::Perhaps).since(25),
    stable("length", Exactly(1), Scalar, Null::AnyArgumentElseFinite),
    stable("like", Exactly(2), Scalar, Null::AnyArgument),
    stable("like", Exactly(3), Scalar, Null::AnyArgument),
    stable("likelihood", Exactly(2), Scalar, Null::FirstArgument),
    stable("likely", Exactly(1), Scalar, Null::FirstArgument),
    direct_only("load_extension", Exactly(1), Scalar, Null::Perhaps),
    direct_only("load_extension", Exactly(2), Scalar, Null::Perhaps),
    stable("lower", Exactly(1), Scalar, Null::AnyArgument),
    stable("ltrim", Exactly(1), Scalar, Null::AnyArgument),
    stable("ltrim", Exactly(2), Scalar, Null::AnyArgument),
    volatile("match", Exactly(2), Scalar, Null::Perhaps),
    volatile("matchinfo", Exactly(1), Scalar, Null::Perhaps),
    volatile("matchinfo", Exactly(2), Scalar, Null::Perhaps),
    stable("max", AtLeast(1), Scalar, Null::AnyArgument),
    volatile("max", Exactly(1), Aggregate, Null::EmptyGroup),
    stable("min", AtLeast(1), Scalar, Null::AnyArgument),
    volatile("min", Exactly(1), Aggregate, Null::EmptyGroup),
    volatile("nth_value", Exactly(2), Window, Null::Perhaps).since(25),
    volatile("ntile", Exactly(1), Window, Null::NeverAndFinite).since(25),
    stable("nullif", Exactly(2), Scalar, Null::Perhaps),
    stable(
        "octet_length",
        Exactly(1),
        Scalar,
        Null::AnyArgumentElseFinite,
    )
    .since(43),
    volatile("offsets", Exactly(1), Scalar, Null::Perhaps),
    volatile("optimize", Exactly(1), Scalar, Null::Perhaps),
    volatile("percent_rank", Exactly(0), Window, Null::NeverAndFinite).since(25),
    stable("printf", AtLeast(0), Scalar, Null::Perhaps).since(8),
    stable("quote", Exactly(1), Scalar, Null::Never),
    volatile("random", Exactly(0), Scalar, Null::NeverAndFinite),
    volatile("randomblob", Exactly(1), Scalar, Null::Never),
    volatile("rank", Exactly(0), Window, Null::NeverAndFinite).since(25),
    stable("replace", Exactly(3), Scalar, Null::AnyArgument),
    stable("round", Exactly(1), Scalar, Null::AnyArgument),
    stable("round", Exactly(2), Scalar, Null::AnyArgument),
    volatile("row_number", Exactly(0), Window, Null::NeverAndFinite).since(25),
    volatile("rtreecheck", AtLeast(0), Scalar, Null::Perhaps),
    volatile("rtreedepth", Exactly(1), Scalar, Null::Perhaps),
    volatile("rtreenode", Exactly(2), Scalar, Null::Perhaps),
    stable("rtrim", Exactly(1), Scalar, Null::AnyArgument),
    stable("rtrim", Exactly(2), Scalar, Null::AnyArgument),
    stable("sign", Exactly(1), Scalar, Null::Perhaps).since(35),
    volatile("snippet", AtLeast(0), Scalar, Null::Perhaps),
    stable("soundex", Exactly(1), Scalar, Null::Perhaps),
    volatile(
        "sqlite_compileoption_get",
        Exactly(1),
        Scalar,
        Null::Perhaps,
    ),
    volatile(
        "sqlite_compileoption_used",
        Exactly(1),
        Scalar,
        Null::Perhaps,
    ),
    direct_only("sqlite_log", Exactly(2), Scalar, Null::Perhaps),
    volatile("sqlite_source_id", Exactly(0), Scalar, Null::Never),
    volatile("sqlite_version", Exactly(0), Scalar, Null::Never),
    stable("strftime", AtLeast(0), Scalar, Null::Perhaps),
    volatile("string_agg", Exactly(2), Aggregate, Null::Perhaps).since(44),
    stable("substr", Exactly(2), Scalar, Null::AnyArgument),
    stable("substr", Exactly(3), Scalar, Null::AnyArgument),
    stable("substring", Exactly(2), Scalar, Null::AnyArgument).since(34),
    stable("substring", Exactly(3), Scalar, Null::AnyArgument).since(34),
    stable("subtype", Exactly(1), Scalar, Null::Perhaps).since(45),
    volatile("sum", Exactly(1), Aggregate, Null::Perhaps),
    stable("time", AtLeast(0), Scalar, Null::Perhaps),
    stable("timediff", Exactly(2), Scalar, Null::Perhaps).since(43),
    volatile("total", Exactly(1), Aggregate, Null::Never),
    volatile("total_changes", Exactly(0), Scalar, Null::NeverAndFinite),
    stable("trim", Exactly(1), Scalar, Null::AnyArgument),
    stable("trim", Exactly(2), Scalar, Null::AnyArgument),
    stable("typeof", Exactly(1), Scalar, Null::Never),
    stable("unhex", Exactly(1), Scalar, Null::Perhaps).since(41),
    stable("unhex", Exactly(2), Scalar, Null::Perhaps).since(41),
    stable("unicode", Exactly(1), Scalar, Null::Perhaps),
    stable("unistr", Exactly(1), Scalar, Null::Perhaps).since(50),
    stable("unistr_quote", Exactly(1), Scalar, Null::Perhaps).since(50),
    stable("unixepoch", AtLeast(0), Scalar, Null::Perhaps).since(38),
    stable("unlikely", Exactly(1), Scalar, Null::FirstArgument),
    stable("upper", Exactly(1), Scalar, Null::AnyArgument),
    stable("zeroblob", Exactly(1), Scalar, Null::Never),
];

/// A function that gives the same result for the same arguments.
const fn stable(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
) -> Function {
    Function {
        name,
        arguments,
        kind,
        deterministic: true,
        direct_only: false,
        null,
        since: EngineVersion::new(3, 0, 0),
    }
}

/// A function that need not give the same result for the same arguments.
const fn volatile(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
) -> Function {
    Function {
        deterministic: false,
        ..stable(name, arguments, kind, null)
    }
}

/// A function that views, triggers and tables may not call.
const fn direct_only(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
) -> Function {
    Function {
        direct_only: true,
        ..volatile(name, arguments, kind, null)
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
