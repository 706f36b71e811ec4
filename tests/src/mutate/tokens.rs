//! Changes inside a statement.

use super::Names;
use crate::random::Random;
use tablature_lexer::{TokenKind, tokenize};

/// The tokens of a statement, without white space and comments.
#[must_use]
pub fn split(statement: &str) -> Vec<String> {
    tokenize(statement)
        .into_iter()
        .filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment))
        .filter_map(|token| statement.get(token.start..token.end))
        .map(str::to_owned)
        .collect()
}

pub(crate) fn misspell(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    let place = a_name(random, tokens)?;
    let name = tokens.get_mut(place)?;
    // Inside the quotes, if there are any.
    let inner: Vec<(usize, char)> = name
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .collect();
    let (at, letter) = *random.pick(&inner)?;
    if inner.len() > 1 && random.once_in(2) {
        name.remove(at);
    } else {
        name.insert(at, letter);
    }
    Some("a name misspelt")
}

pub(crate) fn take_another_name(
    random: &mut Random,
    tokens: &mut [String],
    names: &Names,
) -> Option<&'static str> {
    let place = a_name(random, tokens)?;
    let from_statement = random.once_in(3);
    let other = if from_statement {
        let from = a_name(random, tokens)?;
        tokens.get(from)?.clone()
    } else {
        names.any(random)?
    };
    let name = tokens.get_mut(place)?;
    if *name == other {
        return None;
    }
    *name = other;
    Some("a name exchanged")
}

/// Removes one of several things between commas in a pair of parentheses: a column definition, a value, an argument.
pub(crate) fn remove_an_element(
    random: &mut Random,
    tokens: &mut Vec<String>,
) -> Option<&'static str> {
    let elements = elements(tokens);
    let (start, end) = *random.pick(&elements)?;
    // The comma before it goes too, or else the one after it.
    let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token == ",");
    let range = match (start > 0 && is_comma(start - 1), is_comma(end)) {
        (true, _) => start - 1..end,
        (false, true) => start..end + 1,
        (false, false) => start..end,
    };
    tokens.drain(range);
    Some("an element removed")
}

pub(crate) fn add_a_constraint(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let (table, columns) = names.table(random)?;
    let column = random.pick(columns)?;
    let own = a_name(random, tokens).and_then(|at| tokens.get(at).cloned());
    let own = own.unwrap_or_else(|| column.clone());
    let constraint = match random.below(20) {
        0 => "NOT NULL".to_owned(),
        1 => "UNIQUE".to_owned(),
        2 => "PRIMARY KEY".to_owned(),
        3 => "PRIMARY KEY AUTOINCREMENT".to_owned(),
        4 => "COLLATE NOCASE".to_owned(),
        5 => "COLLATE nowhere".to_owned(),
        6 => "DEFAULT 1".to_owned(),
        7 => format!("DEFAULT ({own})"),
        8 => format!("CHECK ({own} > 0)"),
        9 => format!("CHECK ({own} IN (SELECT 1))"),
        10 => format!("REFERENCES {table} ({column})"),
        11 => format!("REFERENCES {table} ON DELETE CASCADE"),
        12 => format!("AS ({own})"),
        13 => format!("GENERATED ALWAYS AS (lower({own})) STORED"),
        14 => format!(", UNIQUE ({own})"),
        15 => format!(", PRIMARY KEY ({own})"),
        16 => format!(", FOREIGN KEY ({own}) REFERENCES {table} ({column})"),
        17 => format!(", CHECK (max({own}) > 0)"),
        18 => ", extra INTEGER".to_owned(),
        _ => "ON CONFLICT IGNORE".to_owned(),
    };
    if random.once_in(6) {
        let option = random.pick(&["STRICT", "WITHOUT ROWID", "STRICT, WITHOUT ROWID"])?;
        tokens.push((*option).to_owned());
        return Some("an option added");
    }
    let elements = elements(tokens);
    let (_, end) = *random.pick(&elements)?;
    tokens.insert(end, constraint);
    Some("a constraint added")
}

/// Takes another type, collation, action or kind for one that is written.
pub(crate) fn change_a_word(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    const KINDS: &[&[&str]] = &[
        &[
            "INTEGER",
            "INT",
            "TEXT",
            "REAL",
            "BLOB",
            "ANY",
            "NUMERIC",
            "BIGINT",
            "VARCHAR",
            "BOOLEAN",
            "DATETIME",
            "TIMESTAMP",
            "DOUBLE",
            "CHAR",
        ],
        &["BINARY", "NOCASE", "RTRIM"],
        &["CASCADE", "RESTRICT"],
        &["TABLE", "INDEX", "VIEW", "TRIGGER"],
        &["CREATE", "DROP", "ALTER"],
        &["INSERT", "REPLACE"],
        &["AFTER", "BEFORE", "INSTEAD OF"],
        &["ADD", "DROP", "RENAME"],
        &["DELETE", "UPDATE", "INSERT"],
        &["NEW", "OLD"],
        &["JOIN", "NATURAL JOIN", "LEFT JOIN", ","],
        &["UNION", "UNION ALL", "INTERSECT", "EXCEPT"],
        &["IN", "NOT IN", "="],
        &[
            "count",
            "lower",
            "max",
            "coalesce",
            "row_number",
            "json_extract",
            "now",
        ],
        &["UNIQUE", "PRIMARY KEY", "NOT NULL", "NULL"],
        &["VIRTUAL", "STORED"],
        &["TO", "AS", "ON"],
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

pub(crate) fn remove_a_token(
    random: &mut Random,
    tokens: &mut Vec<String>,
) -> Option<&'static str> {
    if tokens.len() < 2 {
        return None;
    }
    tokens.remove(random.below(tokens.len()));
    Some("a token removed")
}

pub(crate) fn exchange_tokens(
    random: &mut Random,
    tokens: &mut Vec<String>,
) -> Option<&'static str> {
    let (a, b) = (random.below(tokens.len()), random.below(tokens.len()));
    if random.once_in(2) {
        let token = tokens.get(a)?.clone();
        tokens.insert(b, token);
        return Some("a token doubled");
    }
    if tokens.get(a)? == tokens.get(b)? {
        return None;
    }
    tokens.swap(a, b);
    Some("two tokens exchanged")
}

/// The place of a name.
pub(crate) fn a_name(random: &mut Random, tokens: &[String]) -> Option<usize> {
    let is_name = |token: &String| {
        let first = tokenize(token);
        first
            .first()
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::QuotedName(_)))
    };
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(is_name))
        .collect();
    random.pick(&places).copied()
}

/// What stands between commas in parentheses, as half-open ranges of tokens.
pub(crate) fn elements(tokens: &[String]) -> Vec<(usize, usize)> {
    let mut elements = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" => open.push(at + 1),
            "," | ")" => {
                if let Some(start) = open.pop() {
                    if start < at {
                        elements.push((start, at));
                    }
                    if token == "," {
                        open.push(at + 1);
                    }
                }
            }
            _ => {}
        }
    }
    elements
}
