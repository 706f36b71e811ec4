//! Words that are exchanged, and constraints that are added.

use super::Names;
use crate::mutate::tokens::{a_name, elements};
use crate::random::Random;

/// Takes another word where the grammar has several.
pub(super) fn change_a_word(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    const KINDS: &[&[&str]] = &[
        &[
            "CASCADE",
            "RESTRICT",
            "SET NULL",
            "NO ACTION",
            "SET DEFAULT",
        ],
        &[
            "TABLE",
            "INDEX",
            "VIEW",
            "TRIGGER",
            "TYPE",
            "SEQUENCE",
            "SCHEMA",
            "FUNCTION",
            "MATERIALIZED VIEW",
            "DOMAIN",
            "FOREIGN TABLE",
        ],
        &["CREATE", "DROP", "ALTER", "CREATE OR REPLACE"],
        &["AFTER", "BEFORE", "INSTEAD OF"],
        &["ADD", "DROP", "RENAME", "ALTER"],
        &["DELETE", "UPDATE", "INSERT", "TRUNCATE"],
        &["NEW", "OLD"],
        &["ROW", "STATEMENT"],
        &["JOIN", "LEFT JOIN", "CROSS JOIN", "FULL JOIN", ","],
        &["UNION", "UNION ALL", "INTERSECT", "EXCEPT"],
        &["IN", "NOT IN", "=", "= ANY"],
        &["AND", "OR", ","],
        &[
            "=", "<", ">=", "<>", "~", "||", "+", "@>", "->", "->>", "LIKE", "IS",
        ],
        &[
            "count",
            "lower",
            "max",
            "coalesce",
            "now",
            "sum",
            "length",
            "to_char",
            "array_agg",
            "row_number",
            "jsonb_build_object",
            "gen_random_uuid",
            "date_trunc",
            "nextval",
            "nowhere",
        ],
        &["UNIQUE", "PRIMARY KEY", "NOT NULL", "NULL"],
        &["btree", "gin", "gist", "hash", "brin", "nowhere"],
        &["TO", "AS", "ON", "FROM", "USING"],
        &["ALWAYS", "BY DEFAULT"],
        &["RANGE", "LIST", "HASH"],
        &["IMMUTABLE", "STABLE", "VOLATILE", "STRICT"],
        &["plpgsql", "sql", "c"],
        &["VALID", "VALIDATE", "DEFERRABLE", "DEFERRED"],
        &["ENABLE", "DISABLE"],
        &["FIRST", "LAST"],
        &["VALUES", "SELECT"],
        &["PARTITION OF", "INHERITS", "LIKE"],
    ];
    let kind_of = |token: &String| {
        KINDS
            .iter()
            .find(|kind| kind.iter().any(|word| word.eq_ignore_ascii_case(token)))
    };
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).and_then(kind_of).is_some())
        .collect();
    let place = *random.pick(&places)?;
    let token = tokens.get_mut(place)?;
    let word = random.pick(kind_of(token)?)?;
    if word.eq_ignore_ascii_case(token) {
        return None;
    }
    *token = (*word).to_owned();
    Some("a word changed")
}

/// Takes another type for one that is written.
pub(super) fn change_a_type(
    random: &mut Random,
    tokens: &mut [String],
    names: &Names,
) -> Option<&'static str> {
    const TYPES: &[&str] = &[
        "INTEGER",
        "INT",
        "BIGINT",
        "SMALLINT",
        "TEXT",
        "VARCHAR",
        "BOOLEAN",
        "BOOL",
        "NUMERIC",
        "DECIMAL",
        "REAL",
        "TIMESTAMP",
        "TIMESTAMPTZ",
        "DATE",
        "UUID",
        "JSONB",
        "JSON",
        "BYTEA",
        "SERIAL",
        "BIGSERIAL",
        "INT4",
        "INT8",
        "CHAR",
        "CITEXT",
        "INTERVAL",
        "DOUBLE",
        "regclass",
    ];
    let is_type = |token: &String| {
        TYPES.iter().any(|it| it.eq_ignore_ascii_case(token)) || names.types.contains(token)
    };
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(is_type))
        .collect();
    *tokens.get_mut(*random.pick(&places)?)? = names.any_type(random)?;
    Some("a type changed")
}

/// Puts a name into quotes, or takes them away.
pub(super) fn quote(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    let place = a_name(random, tokens)?;
    let name = tokens.get_mut(place)?;
    let inner = name.trim_matches('"').to_owned();
    *name = match random.below(5) {
        0 => inner,
        1 => format!("\"{inner}\""),
        2 => format!("'{inner}'"),
        3 => format!("\"{}\"", inner.to_ascii_uppercase()),
        _ => format!("U&\"{inner}\""),
    };
    Some("a name quoted otherwise")
}

/// Adds a constraint, or something like it, to an element of a list.
pub(super) fn add_a_constraint(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let (table, columns) = names.table(random)?;
    let column = random.pick(columns)?;
    let own = a_name(random, tokens).and_then(|at| tokens.get(at).cloned());
    let own = own.unwrap_or_else(|| column.clone());
    let kind = names.any_type(random)?;
    let label = random
        .pick(&names.labels)
        .cloned()
        .unwrap_or_else(|| "'x'".to_owned());
    let constraint = match random.below(30) {
        0 => "NOT NULL".to_owned(),
        1 => "UNIQUE".to_owned(),
        2 => "PRIMARY KEY".to_owned(),
        3 => "GENERATED ALWAYS AS IDENTITY".to_owned(),
        4 => "COLLATE \"C\"".to_owned(),
        5 => "COLLATE nowhere".to_owned(),
        6 => "DEFAULT 1".to_owned(),
        7 => format!("DEFAULT {own}"),
        8 => format!("CHECK ({own} > 0)"),
        9 => format!("CHECK ({own} IN (SELECT 1))"),
        10 => format!("REFERENCES {table} ({column})"),
        11 => format!("REFERENCES {table} ON DELETE CASCADE DEFERRABLE"),
        12 => format!("REFERENCES {table} ({own}) ON UPDATE SET NULL"),
        13 => format!("GENERATED ALWAYS AS (lower({own})) STORED"),
        14 => format!("GENERATED ALWAYS AS ({own} || 'x') STORED"),
        15 => format!(", UNIQUE ({own})"),
        16 => format!(", PRIMARY KEY ({own})"),
        17 => format!(", FOREIGN KEY ({own}) REFERENCES {table} ({column})"),
        18 => format!(", CONSTRAINT made_here CHECK (length({own}) > 0 AND {own} <> 'x')"),
        19 => format!(", EXCLUDE USING gist ({own} WITH =)"),
        20 => format!(", extra {kind}"),
        21 => format!(", extra {kind} DEFAULT {label}"),
        22 => "DEFAULT now()".to_owned(),
        23 => "DEFAULT '{}'".to_owned(),
        24 => format!("DEFAULT {label}"),
        25 => "NULL".to_owned(),
        26 => format!(", LIKE {table} INCLUDING ALL"),
        27 => "DEFAULT gen_random_uuid()".to_owned(),
        28 => format!("CHECK ({own}::text ~ '^a' OR {own} IS NULL)"),
        _ => "NOT DEFERRABLE INITIALLY DEFERRED".to_owned(),
    };
    let elements = elements(tokens);
    let (_, end) = *random.pick(&elements)?;
    tokens.insert(end, constraint);
    Some("a constraint added")
}
