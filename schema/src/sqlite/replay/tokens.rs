//! Definitions as tokens: cutting them out of a statement, writing them anew, finding the tokens of a node.

use crate::catalog::Key;
use crate::sqlite::ast::Statement;
use crate::sqlite::catalog::Definition;
use crate::text::{Ident, Span, Token, TokenIndex, text_of};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tablature_lexer::{Quote, Symbol, TokenKind, dequote, normal_form, tokenize};

/// What the engine keeps of a CREATE statement: `words`, then everything from the object's own name. `statement` is what the
/// tokens were parsed to, if that is known.
pub(super) fn definition(
    words: &str,
    tokens: &[Token],
    name: &Ident,
    statement: Option<&Arc<Statement>>,
) -> Definition {
    let position = name.token.0 as usize;
    let rest = tokens.get(position..).unwrap_or_default();
    let mut kept = written(words, name.span);
    let is_moved = kept.len() != position;
    kept.extend_from_slice(rest);
    if let Some(first) = kept.get_mut(words.split(' ').count()) {
        first.before = Arc::from(" ");
    }
    match statement {
        Some(statement) if !is_moved => Definition::of_statement(kept, statement),
        Some(_) | None => Definition::new(kept),
    }
}

/// The definition of an object whose statement could not be read.
pub(super) fn no_definition() -> Definition {
    Definition::new([])
}

/// Tokens of a text that nobody wrote, which all stand for the place `span`.
pub(super) fn written(sql: &str, span: Span) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut before = 0;
    for token in tokenize(sql) {
        if matches!(token.kind, TokenKind::Space | TokenKind::Comment) {
            continue;
        }
        tokens.push(Token {
            kind: token.kind,
            text: sql.get(token.start..token.end).unwrap_or_default().into(),
            before: sql.get(before..token.start).unwrap_or_default().into(),
            span,
        });
        before = token.end;
    }
    tokens
}

/// The normal form of the tokens that a node's span covers.
pub(super) fn normal_text(tokens: &[Token], span: Span) -> String {
    normal_form(&text_of(within(tokens, span)))
}

/// The tokens that a node's span covers. A node lies in one file, and its tokens follow each other.
pub(crate) fn within(tokens: &[Token], span: Span) -> &[Token] {
    let inside = |token: &Token| span.contains(token.span);
    let Some(first) = tokens.iter().position(inside) else {
        return &[];
    };
    let rest = tokens.get(first..).unwrap_or_default();
    let count = rest.iter().take_while(|token| inside(token)).count();
    rest.get(..count).unwrap_or_default()
}

/// The position of the token that begins where a node does.
pub(super) fn index_at(tokens: &[Token], span: Span) -> Option<TokenIndex> {
    let position = tokens
        .iter()
        .position(|token| token.span.file == span.file && token.span.start == span.start)?;
    Some(TokenIndex(u32::try_from(position).ok()?))
}

/// Every name among some tokens. What is a keyword here may be a name as well.
pub(crate) fn names(tokens: &[Token]) -> BTreeSet<Key> {
    tokens.iter().filter_map(name_of).collect()
}

/// The name that a token would be.
pub(super) fn name_of(token: &Token) -> Option<Key> {
    match token.kind {
        TokenKind::Word | TokenKind::Keyword(_) => Some(Key::new(&token.text)),
        TokenKind::QuotedName(_) | TokenKind::String => Some(Key::new(&dequote(&token.text))),
        TokenKind::Space
        | TokenKind::Comment
        | TokenKind::Integer
        | TokenKind::Float
        | TokenKind::Blob
        | TokenKind::Variable
        | TokenKind::Symbol(_)
        | TokenKind::Illegal => None,
    }
}

/// Whether a token is a certain mark.
pub(super) fn is_symbol(token: &Token, symbol: Symbol) -> bool {
    token.kind == TokenKind::Symbol(symbol)
}

/// New texts for some of a definition's tokens.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<TokenIndex, (TokenKind, Arc<str>)>);

impl Edits {
    /// Writes a name in double quotes.
    pub(super) fn quoted_name(&mut self, token: TokenIndex, name: &str) {
        let text = format!("\"{}\"", name.replace('"', "\"\""));
        let kind = TokenKind::QuotedName(Quote::Double);
        self.0.insert(token, (kind, text.into()));
    }

    /// Writes a string in single quotes.
    pub(super) fn string(&mut self, token: TokenIndex, value: &str) {
        let text = format!("'{}'", value.replace('\'', "''"));
        self.0.insert(token, (TokenKind::String, text.into()));
    }

    /// Writes a name as another token has it.
    pub(super) fn like(&mut self, token: TokenIndex, pattern: &Token) {
        let text = Arc::clone(&pattern.text);
        self.0.insert(token, (pattern.kind, text));
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The definition with the new texts in it.
    pub(super) fn apply(&self, definition: &Definition) -> Definition {
        let mut tokens = definition.tokens.to_vec();
        for (index, (kind, text)) in &self.0 {
            if let Some(token) = tokens.get_mut(index.0 as usize) {
                token.kind = *kind;
                token.text = Arc::clone(text);
            }
        }
        Definition::new(tokens)
    }
}

/// The definition with the tokens `range` replaced by others.
pub(super) fn splice(
    definition: &Definition,
    range: std::ops::Range<usize>,
    with: impl IntoIterator<Item = Token>,
) -> Definition {
    let with = with.into_iter();
    let mut tokens = Vec::with_capacity(definition.tokens.len() + with.size_hint().0);
    tokens.extend_from_slice(definition.tokens.get(..range.start).unwrap_or_default());
    tokens.extend(with);
    tokens.extend_from_slice(definition.tokens.get(range.end..).unwrap_or_default());
    Definition::new(tokens)
}

/// A comma at a place.
pub(super) fn comma(span: Span) -> Token {
    Token {
        kind: TokenKind::Symbol(Symbol::Comma),
        text: Arc::from(","),
        before: Arc::from(""),
        span,
    }
}
