//! Clauses that are added to a statement, or taken from it.

use super::Names;
use crate::random::Random;

/// IF EXISTS, IF NOT EXISTS, TEMP, UNIQUE, OR … where the grammar has them.
pub(super) fn toggle(random: &mut Random, tokens: &mut Vec<String>) -> Option<&'static str> {
    let first = tokens.first()?.to_ascii_uppercase();
    let find = |tokens: &[String], word: &str| {
        let mut tokens = tokens.iter();
        tokens.position(|token| token.eq_ignore_ascii_case(word))
    };
    if let Some(at) = find(tokens, "IF").filter(|at| *at < 5 && random.once_in(2)) {
        let end = find(tokens, "EXISTS")?;
        if at < end && end < at + 3 {
            tokens.drain(at..=end);
            return Some("IF EXISTS removed");
        }
    }
    match first.as_str() {
        "CREATE" => match random.below(3) {
            0 => {
                if let Some(at) = find(tokens, "TEMP").or_else(|| find(tokens, "TEMPORARY")) {
                    tokens.remove(at);
                    return Some("TEMP removed");
                }
                tokens.insert(1, "TEMP".to_owned());
                Some("TEMP added")
            }
            1 => {
                let at = find(tokens, "INDEX")?;
                match find(tokens, "UNIQUE").filter(|unique| unique + 1 == at) {
                    Some(unique) => {
                        tokens.remove(unique);
                        Some("UNIQUE removed")
                    }
                    None => {
                        tokens.insert(at, "UNIQUE".to_owned());
                        Some("UNIQUE added")
                    }
                }
            }
            _ => {
                let kinds = ["TABLE", "INDEX", "VIEW", "TRIGGER"];
                let at = kinds.iter().filter_map(|kind| find(tokens, kind)).min()?;
                insert(tokens, at + 1, &["IF", "NOT", "EXISTS"]);
                Some("IF NOT EXISTS added")
            }
        },
        "DROP" => {
            insert(tokens, 2, &["IF", "EXISTS"]);
            Some("IF EXISTS added")
        }
        "INSERT" | "UPDATE" => {
            let kind = random.pick(&["IGNORE", "REPLACE", "ABORT", "FAIL", "ROLLBACK"])?;
            insert(tokens, 1, &["OR", kind]);
            Some("OR added")
        }
        _ => None,
    }
}

/// Names a schema before a name, or takes it away.
pub(super) fn qualify(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let is_known = |token: &String| {
        let mut tables = names.tables.iter();
        let is_table = tables.any(|(table, _)| {
            table
                .trim_matches('"')
                .eq_ignore_ascii_case(token.trim_matches(['"', '`', '[', ']']))
        });
        let mut others = names.indexes.iter().chain(&names.views);
        is_table || others.any(|name| name.eq_ignore_ascii_case(token))
    };
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(is_known))
        .collect();
    let place = *random.pick(&places)?;
    let schema = random.pick(&["main", "main", "MAIN", "temp", "aux", "\"main\""])?;
    insert(tokens, place, &[schema, "."]);
    Some("a schema named")
}

/// Something that may follow a statement of its kind.
pub(super) fn append(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let (_, columns) = names.table(random)?;
    let column = random.pick(columns)?.clone();
    let own = tokens.iter().filter(|token| {
        token.starts_with(|c: char| c.is_ascii_lowercase() || c == '"' || c == '`')
    });
    let own: Vec<&String> = own.collect();
    let own = random
        .pick(&own)
        .map_or_else(|| column.clone(), |it| (*it).clone());
    let first = tokens.first()?.to_ascii_uppercase();
    let second = tokens.get(1)?.to_ascii_uppercase();
    let text = match (first.as_str(), second.as_str()) {
        ("INSERT" | "REPLACE", _) => match random.below(6) {
            0 => format!("ON CONFLICT ({own}) DO NOTHING"),
            1 => "ON CONFLICT DO NOTHING".to_owned(),
            2 => format!("ON CONFLICT ({column}) DO UPDATE SET {own} = excluded.{own}"),
            3 => format!("RETURNING {own}, {column}"),
            4 => "RETURNING *".to_owned(),
            _ => format!("ON CONFLICT ({own}) WHERE {own} IS NULL DO UPDATE SET {own} = {own} + 1"),
        },
        ("UPDATE" | "DELETE", _) => match random.below(4) {
            0 => format!("RETURNING {own}"),
            1 => format!("AND {own} IN (SELECT {column} FROM {own})"),
            2 => format!("WHERE {own} = {column}"),
            _ => "LIMIT 1".to_owned(),
        },
        ("CREATE", "INDEX" | "UNIQUE") => match random.below(3) {
            0 => format!("WHERE {own} IS NOT NULL"),
            1 => format!("WHERE {own} > (SELECT 1)"),
            _ => format!("WHERE {own} = date('now')"),
        },
        ("CREATE", "TABLE") => match random.below(3) {
            0 => "STRICT".to_owned(),
            1 => "WITHOUT ROWID".to_owned(),
            _ => ", STRICT".to_owned(),
        },
        ("CREATE", "VIEW") | ("SELECT" | "WITH", _) => match random.below(5) {
            0 => format!("ORDER BY {own}"),
            1 => format!("GROUP BY {own}"),
            2 => format!("UNION SELECT {column}"),
            3 => format!("LIMIT {own}"),
            _ => format!("WHERE {own} = {column}"),
        },
        ("ALTER", _) => match random.below(4) {
            0 => "NOT NULL".to_owned(),
            1 => format!("DEFAULT ({own})"),
            2 => format!("REFERENCES {own}"),
            _ => format!("CHECK ({own} <> '')"),
        },
        _ => return None,
    };
    tokens.extend(super::tokens::split(&text));
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
        "x'00'",
        "TRUE",
        "(SELECT 1)",
        "CURRENT_TIMESTAMP",
        "datetime('now')",
        "(1, 2)",
        "9223372036854775808",
        "1e999",
    ])?;
    *tokens.get_mut(*random.pick(&places)?)? = (*value).to_owned();
    Some("a value changed")
}

fn insert(tokens: &mut Vec<String>, at: usize, words: &[&str]) {
    let at = at.min(tokens.len());
    tokens.splice(at..at, words.iter().map(|word| (*word).to_owned()));
}
