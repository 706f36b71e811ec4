//! Clauses that are added to a statement, or taken from it.

use super::Names;
use crate::postgres::tokens::tokens as split;
use crate::random::Random;

/// IF EXISTS, IF NOT EXISTS, CONCURRENTLY, TEMP, UNIQUE, OR REPLACE, ONLY where the grammar has them, or not.
pub(super) fn toggle(random: &mut Random, tokens: &mut Vec<String>) -> Option<&'static str> {
    let first = tokens.first()?.to_ascii_uppercase();
    let find = |tokens: &[String], word: &str| {
        let mut tokens = tokens.iter();
        tokens.position(|token| token.eq_ignore_ascii_case(word))
    };
    if let Some(at) = find(tokens, "IF").filter(|at| *at < 6 && random.once_in(2)) {
        let end = find(tokens, "EXISTS")?;
        if at < end && end < at + 3 {
            tokens.drain(at..=end);
            return Some("IF EXISTS removed");
        }
    }
    match first.as_str() {
        "CREATE" => match random.below(5) {
            0 => {
                let word = random.pick(&["TEMP", "UNLOGGED", "UNIQUE", "RECURSIVE"])?;
                insert(tokens, 1, &[word]);
            }
            1 => insert(tokens, 1, &["OR", "REPLACE"]),
            2 => {
                let at = find(tokens, "INDEX")?;
                insert(tokens, at + 1, &["CONCURRENTLY"]);
            }
            _ => {
                let kinds = [
                    "TABLE",
                    "INDEX",
                    "VIEW",
                    "TYPE",
                    "SCHEMA",
                    "EXTENSION",
                    "SEQUENCE",
                ];
                let at = kinds.iter().filter_map(|kind| find(tokens, kind)).min()?;
                insert(tokens, at + 1, &["IF", "NOT", "EXISTS"]);
            }
        },
        "DROP" => match random.below(3) {
            0 => tokens.push("CASCADE".to_owned()),
            1 => tokens.push("RESTRICT".to_owned()),
            _ => insert(tokens, 2, &["IF", "EXISTS"]),
        },
        "ALTER" => match random.below(5) {
            0 => insert(tokens, 2, &["IF", "EXISTS"]),
            1 => insert(tokens, 2, &["ONLY"]),
            2 => tokens.push("CASCADE".to_owned()),
            3 => {
                let at = find(tokens, "COLUMN")?;
                insert(tokens, at + 1, &["IF", "NOT", "EXISTS"]);
            }
            _ => {
                let at = find(tokens, "COLUMN").or_else(|| find(tokens, "CONSTRAINT"))?;
                insert(tokens, at + 1, &["IF", "EXISTS"]);
            }
        },
        _ => return None,
    }
    Some("a word of a clause added")
}

/// Names a schema before a name.
pub(super) fn qualify(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let is_known = |token: &String| {
        let shared = &names.shared;
        shared.tables.iter().any(|(table, _)| table == token)
            || shared.indexes.contains(token)
            || shared.views.contains(token)
            || names.types.contains(token)
    };
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(is_known))
        .collect();
    let place = *random.pick(&places)?;
    let own = random.pick(&names.schemas).cloned();
    let own = own.unwrap_or_else(|| "app".to_owned());
    let schema = *random.pick(&[
        "public",
        "public",
        "PUBLIC",
        "pg_temp",
        "pg_catalog",
        "\"public\"",
        &own,
    ])?;
    insert(tokens, place, &[schema, "."]);
    Some("a schema named")
}

/// Something that may follow a statement of its kind.
pub(super) fn append(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let (table, columns) = names.table(random)?;
    let column = random.pick(columns)?.clone();
    let own = tokens
        .iter()
        .filter(|token| token.starts_with(|c: char| c.is_ascii_lowercase() || c == '"'));
    let own: Vec<&String> = own.collect();
    let own = random
        .pick(&own)
        .map_or_else(|| column.clone(), |it| (*it).clone());
    let kind = names.any_type(random)?;
    let first = tokens.first()?.to_ascii_uppercase();
    let second = tokens.get(1)?.to_ascii_uppercase();
    let text = match (first.as_str(), second.as_str()) {
        ("INSERT", _) => match random.below(7) {
            0 => format!("ON CONFLICT ({own}) DO NOTHING"),
            1 => "ON CONFLICT DO NOTHING".to_owned(),
            2 => format!("ON CONFLICT ({column}) DO UPDATE SET {own} = excluded.{own}"),
            3 => format!("RETURNING {own}, {column}"),
            4 => "RETURNING *".to_owned(),
            5 => format!(
                "ON CONFLICT ON CONSTRAINT {} DO NOTHING",
                random.pick(&names.constraints)?
            ),
            _ => format!(
                "ON CONFLICT ({own}) WHERE {own} IS NULL DO UPDATE SET {own} = {table}.{own}"
            ),
        },
        ("UPDATE" | "DELETE", _) => match random.below(5) {
            0 => format!("RETURNING {own}"),
            1 => format!("AND {own} IN (SELECT {column} FROM {table})"),
            2 => format!("WHERE {own} = {column}"),
            3 => format!("AND {own}::{kind} IS NOT NULL"),
            _ => "LIMIT 1".to_owned(),
        },
        ("CREATE", "INDEX" | "UNIQUE") => match random.below(6) {
            0 => format!("WHERE {own} IS NOT NULL"),
            1 => format!("WHERE {own} > (SELECT 1)"),
            2 => format!("WHERE {own} = now()"),
            3 => format!("INCLUDE ({own})"),
            4 => "WITH (fillfactor = 70)".to_owned(),
            _ => "NULLS NOT DISTINCT".to_owned(),
        },
        ("CREATE", "TABLE") => match random.below(5) {
            0 => format!("PARTITION BY RANGE ({own})"),
            1 => format!("INHERITS ({table})"),
            2 => "WITH (fillfactor = 70, autovacuum_enabled = off)".to_owned(),
            3 => format!("PARTITION BY LIST ({own})"),
            _ => "TABLESPACE pg_default".to_owned(),
        },
        ("CREATE", "VIEW" | "MATERIALIZED" | "OR") | ("SELECT" | "WITH", _) => {
            match random.below(7) {
                0 => format!("ORDER BY {own}"),
                1 => format!("GROUP BY {own}"),
                2 => format!("UNION SELECT {column}"),
                3 => format!("LIMIT {own}"),
                4 => format!("WHERE {own} = {column}"),
                5 => "WITH NO DATA".to_owned(),
                _ => "FOR UPDATE".to_owned(),
            }
        }
        ("ALTER", "TABLE") => match random.below(9) {
            0 => "NOT NULL".to_owned(),
            1 => format!("DEFAULT {own}"),
            2 => format!("REFERENCES {table}"),
            3 => format!("CHECK ({own} <> '')"),
            4 => "NOT VALID".to_owned(),
            5 => format!("USING {own}::{kind}"),
            6 => format!(", ADD COLUMN extra {kind}"),
            7 => format!(", DROP COLUMN {own}"),
            _ => format!(", ALTER COLUMN {own} SET NOT NULL"),
        },
        ("ALTER", "TYPE") => format!("BEFORE {}", random.pick(&names.labels)?),
        _ => return None,
    };
    tokens.extend(split(&text));
    Some("a clause added")
}

/// Another value for a literal.
pub(super) fn change_a_value(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    let is_value = |token: &String| {
        token.starts_with(|c: char| c.is_ascii_digit() || c == '\'')
            || ["NULL", "TRUE", "FALSE", "CURRENT_TIMESTAMP"]
                .iter()
                .any(|word| token.eq_ignore_ascii_case(word))
    };
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(is_value))
        .collect();
    let value = random.pick(&[
        "NULL",
        "0",
        "1",
        "'x'",
        "''",
        "-1",
        "1.5",
        "\"x\"",
        "x",
        "TRUE",
        "'1'",
        "(SELECT 1)",
        "CURRENT_TIMESTAMP",
        "now()",
        "(1, 2)",
        "99999999999",
        "9223372036854775808",
        "1e400",
        "'{}'",
        "'{a,b}'",
        "'2024-02-30'",
        "'2024-01-31 10:00'",
        "'a'::text",
        "ARRAY[1, 2]",
        "B'101'",
        "E'\\x41'",
        "'00000000-0000-0000-0000-000000000000'",
        "'true'",
        "1_000",
        "0x1F",
    ])?;
    *tokens.get_mut(*random.pick(&places)?)? = (*value).to_owned();
    Some("a value changed")
}

fn insert(tokens: &mut Vec<String>, at: usize, words: &[&str]) {
    let at = at.min(tokens.len());
    tokens.splice(at..at, words.iter().map(|word| (*word).to_owned()));
}
