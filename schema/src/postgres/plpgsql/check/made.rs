//! What bodies make themselves, and whether they ask what there is.

use super::super::body;
use super::super::parse::is_word;
use crate::postgres::split::Token;
use crate::text::Span;
use std::collections::BTreeSet;
use tablature_lexer::postgres::{TokenKind, name_value, string_value};

/// Names of what the bodies of routines make, change or drop: when one of them is there, a catalog alone does not tell.
#[derive(Debug, Clone, Default)]
pub struct Made {
    names: BTreeSet<String>,
}

impl Made {
    /// Adds what a body makes.
    pub fn add(&mut self, text: &str, literal: Span) {
        if let Ok(tokens) = body::tokens(text, literal, None) {
            self.add_tokens(&tokens, true);
        }
    }

    /// Whether a body names something that a body makes.
    #[must_use]
    pub fn is_in(&self, text: &str, literal: Span) -> bool {
        let tokens = body::tokens(text, literal, None).unwrap_or_default();
        tokens
            .iter()
            .filter_map(name_of)
            .any(|name| self.has(&name))
    }

    /// Whether something of this name is made by a body.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    fn add_tokens(&mut self, tokens: &[Token], with_strings: bool) {
        for (position, token) in tokens.iter().enumerate() {
            let rest = tokens.get(position + 1..).unwrap_or_default();
            if is_word(token, "create") || is_word(token, "alter") || is_word(token, "drop") {
                self.names.extend(object_of(rest));
            } else if is_word(token, "into") {
                self.names.extend(table_of_into(rest));
            } else if with_strings
                && let Ok(text) = string_value(token.kind, &token.text, '\\')
                && is_string(token)
                && let Ok(inner) = body::tokens(&text, token.span, None)
            {
                self.add_tokens(&inner, false);
            }
        }
    }
}

fn is_string(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::String
            | TokenKind::EscapeString
            | TokenKind::UnicodeString
            | TokenKind::DollarString
    )
}

/// The name that a token is.
pub(super) fn name_of(token: &Token) -> Option<String> {
    match token.kind {
        TokenKind::Word
        | TokenKind::Keyword(_)
        | TokenKind::QuotedName
        | TokenKind::UnicodeName => {
            let name = name_value(token.kind, &token.text, '\\').ok()?;
            Some(name.to_string())
        }
        _ => None,
    }
}

/// The name after `TEMP TABLE IF NOT EXISTS`, `MATERIALIZED VIEW` and so on.
fn object_of(tokens: &[Token]) -> Option<String> {
    const KINDS: &[&str] = &[
        "table", "view", "sequence", "type", "domain", "schema", "function",
    ];
    let kind = tokens
        .iter()
        .take(5)
        .position(|token| KINDS.iter().any(|kind| is_word(token, kind)))?;
    let rest = tokens.get(kind + 1..)?;
    last_of_path(rest)
}

/// The name after `INTO TEMP TABLE`, without which INTO names variables.
fn table_of_into(tokens: &[Token]) -> Option<String> {
    const WORDS: &[&str] = &["temp", "temporary", "unlogged", "table"];
    let first = tokens.first()?;
    let is_table = WORDS.iter().any(|word| is_word(first, word));
    is_table.then(|| last_of_path(tokens)).flatten()
}

fn last_of_path(tokens: &[Token]) -> Option<String> {
    const PASSED: &[&str] = &[
        "if",
        "not",
        "exists",
        "only",
        "temp",
        "temporary",
        "unlogged",
        "table",
    ];
    let mut tokens = tokens
        .iter()
        .skip_while(|token| PASSED.iter().any(|word| is_word(token, word)));
    let mut name = name_of(tokens.next()?)?;
    while tokens.next().is_some_and(|token| is_word(token, ".")) {
        name = name_of(tokens.next()?)?;
    }
    Some(name)
}

/// Whether a body asks the system catalogs what there is: what it names afterwards, it may know to be there.
pub(super) fn asks_what_there_is(tokens: &[Token]) -> bool {
    const CATALOGS: &[&str] = &[
        "information_schema",
        "pg_class",
        "pg_attribute",
        "pg_proc",
        "pg_type",
        "pg_namespace",
        "pg_extension",
        "pg_tables",
        "pg_views",
        "pg_matviews",
        "pg_indexes",
        "to_regclass",
        "to_regproc",
        "to_regprocedure",
        "to_regtype",
    ];
    let mut words = tokens.iter().filter_map(name_of);
    words.any(|word| CATALOGS.contains(&&*word))
}
