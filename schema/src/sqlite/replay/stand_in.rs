//! What a statement with a syntax error leaves behind: an object of the name that it begins with, about which nothing is
//! complained of, as it is not known as a whole. Of a table it has the columns that can be read.

use super::table::{self, Parts};
use super::{Replay, tokens};
use crate::catalog::Key;
use crate::config::Rules;
use crate::diagnostic::nearest;
use crate::recovery::{Grammar, Mark, recovered};
use crate::sqlite::ast::QualifiedName;
use crate::sqlite::catalog::{Catalog, ObjectPath};
use crate::sqlite::parse;
use crate::text::{Ident, IdentQuote, Span, Token, TokenIndex};
use tablature_lexer::{Keyword, Symbol, TokenKind, dequote};

impl Replay {
    pub(super) fn stand_in(&mut self, tokens: &[Token]) {
        let mut words = Words { tokens, next: 0 };
        if words.takes(Keyword::Create) {
            self.stand_in_for_create(words);
        } else if words.takes(Keyword::Alter)
            && words.takes(Keyword::Table)
            && let Some(name) = words.name()
            && let Some(found) = self.find_relation(&name)
        {
            self.mark_incomplete(found.path.database, &found.path.key);
        }
    }

    fn stand_in_for_create(&mut self, mut words: Words<'_>) {
        let temporary = words.takes(Keyword::Temp);
        words.takes(Keyword::Unique);
        words.takes(Keyword::Virtual);
        let Some(kind) = words.kind() else {
            return;
        };
        if words.takes(Keyword::If) {
            words.takes(Keyword::Not);
            words.takes(Keyword::Exists);
        }
        let Some(name) = words.name() else {
            return;
        };
        let Ok(database) = self.target("object", &name, temporary) else {
            return;
        };
        let key = Key::new(&name.name.name);
        let exists = self.relation_at(database, &key).is_some();
        match kind {
            Keyword::Table if !exists => self.stand_in_for_table(database, &name.name, words),
            Keyword::View if !exists => self.add_unknown_view(database, &name.name),
            Keyword::Index => {
                if let Some(table) = words.name_after(Keyword::On) {
                    let table = Key::new(&table.name.name);
                    self.add_unknown_index(database, &name.name, table);
                }
            }
            Keyword::Trigger => {
                if let Some(table) = words.name_after(Keyword::On) {
                    let key = Key::new(&table.name.name);
                    let found = self.find_relation(&table);
                    let database = if temporary { Catalog::TEMP } else { database };
                    let path = found.map_or(ObjectPath { database, key }, |found| found.path);
                    self.add_unknown_trigger(database, &name.name, path);
                }
            }
            _ => {}
        }
    }
}

impl Replay {
    /// A table with those of its columns and constraints that can be read, so that the others are the only ones which are
    /// missed.
    fn stand_in_for_table(&mut self, database: usize, name: &Ident, words: Words<'_>) {
        let (head, body) = words.tokens.split_at(words.next.min(words.tokens.len()));
        let recovered = recovered(&self.rules, head, body);
        let parsed = parse::statement(&recovered, &self.rules).statement;
        let Some(parts) = parsed.as_ref().and_then(|it| Parts::of(it, &recovered)) else {
            return self.add_incomplete_table(database, name);
        };
        let definition = tokens::definition("CREATE TABLE", &recovered, parts.name, None);
        let mut made = table::build(parts, definition).table;
        made.incomplete = true;
        self.add_table(database, made);
    }
}

impl Grammar for Rules {
    type Token = Token;

    fn span(token: &Token) -> Span {
        token.span
    }

    fn mark(token: &Token) -> Option<Mark> {
        match token.kind {
            TokenKind::Symbol(Symbol::LeftParen) => Some(Mark::Open),
            TokenKind::Symbol(Symbol::Comma) => Some(Mark::Comma),
            TokenKind::Symbol(Symbol::RightParen) => Some(Mark::Close),
            _ => None,
        }
    }

    fn written(mark: Mark, span: Span) -> Token {
        let (symbol, text) = match mark {
            Mark::Open => (Symbol::LeftParen, "("),
            Mark::Comma => (Symbol::Comma, ","),
            Mark::Close => (Symbol::RightParen, ")"),
        };
        Token {
            kind: TokenKind::Symbol(symbol),
            text: text.into(),
            before: "".into(),
            span,
        }
    }

    fn read(&self, statement: &[Token]) -> Result<(), Option<Span>> {
        let parsed = parse::statement(statement, self);
        match parsed.statement {
            Some(_) => Ok(()),
            None => Err(parsed.diagnostics.last().map(|it| it.primary.span)),
        }
    }
}

/// The tokens of a statement, read as far as they make sense.
struct Words<'a> {
    tokens: &'a [Token],
    next: usize,
}

impl Words<'_> {
    fn keyword(&mut self) -> Option<Keyword> {
        match self.tokens.get(self.next)?.kind {
            TokenKind::Keyword(keyword) => {
                self.next += 1;
                Some(keyword)
            }
            _ => None,
        }
    }

    /// The kind of object after CREATE, also where it is misspelt.
    fn kind(&mut self) -> Option<Keyword> {
        let kinds = [
            Keyword::Table,
            Keyword::View,
            Keyword::Index,
            Keyword::Trigger,
        ];
        self.keyword().or_else(|| {
            let word = &self.tokens.get(self.next)?.text;
            let meant = nearest(word, kinds.iter().map(|kind| kind.as_str()))?;
            self.next += 1;
            kinds.into_iter().find(|kind| kind.as_str() == meant)
        })
    }

    fn takes(&mut self, keyword: Keyword) -> bool {
        let token = self.tokens.get(self.next);
        let takes = token.is_some_and(|token| token.kind == TokenKind::Keyword(keyword));
        self.next += usize::from(takes);
        takes
    }

    fn name_after(&mut self, keyword: Keyword) -> Option<QualifiedName> {
        while !self.takes(keyword) {
            self.tokens.get(self.next)?;
            self.next += 1;
        }
        self.name()
    }

    fn name(&mut self) -> Option<QualifiedName> {
        let first = self.ident()?;
        let dot = self.tokens.get(self.next);
        if dot.is_some_and(|token| tokens::is_symbol(token, Symbol::Dot)) {
            self.next += 1;
            return Some(QualifiedName {
                database: Some(first),
                name: self.ident()?,
            });
        }
        Some(QualifiedName {
            database: None,
            name: first,
        })
    }

    fn ident(&mut self) -> Option<Ident> {
        let token = self.tokens.get(self.next)?;
        tokens::name_of(token)?;
        let quote = match token.kind {
            TokenKind::QuotedName(quote) => IdentQuote::Name(quote),
            TokenKind::String => IdentQuote::String,
            _ => IdentQuote::None,
        };
        let ident = Ident {
            name: dequote(&token.text).into(),
            quote,
            span: token.span,
            token: TokenIndex(u32::try_from(self.next).ok()?),
        };
        self.next += 1;
        Some(ident)
    }
}
