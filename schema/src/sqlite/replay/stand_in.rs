//! What a statement with a syntax error leaves behind: an object of the name that it begins with, about which nothing is
//! complained of, as it is not known as a whole. Of a table it has the columns that can be read.

use super::table::{self, Parts};
use super::{Replay, tokens};
use crate::catalog::Key;
use crate::config::Rules;
use crate::diagnostic::nearest;
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
        let recovered = Recovery::of(&words, &self.rules);
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

/// A CREATE TABLE as far as it can be read.
struct Recovery<'a> {
    /// Up to the name.
    head: &'a [Token],
    /// The definitions that can be read.
    kept: Vec<Vec<Token>>,
    rules: &'a Rules,
}

impl<'a> Recovery<'a> {
    /// The tokens of the definitions that can be read, in a statement of their own. `words` stands behind the name.
    fn of(words: &Words<'a>, rules: &'a Rules) -> Vec<Token> {
        let (head, body) = words.tokens.split_at(words.next.min(words.tokens.len()));
        let mut recovery = Recovery {
            head,
            kept: Vec::new(),
            rules,
        };
        let mut depth = 0_usize;
        let mut part = Vec::new();
        let mut body = body.iter();
        for token in body.by_ref() {
            match token.kind {
                TokenKind::Symbol(Symbol::LeftParen) => depth += 1,
                TokenKind::Symbol(Symbol::RightParen) => depth = depth.saturating_sub(1),
                _ => {}
            }
            match depth {
                0 => break,
                1 if tokens::is_symbol(token, Symbol::Comma) => {
                    recovery.keep(&std::mem::take(&mut part));
                }
                1 if tokens::is_symbol(token, Symbol::LeftParen) => {}
                _ => part.push(token.clone()),
            }
        }
        recovery.keep(&part);
        let options = recovery.statement(&recovery.kept, body.as_slice());
        if recovery.mistake_in(&options).is_none() {
            return options;
        }
        recovery.statement(&recovery.kept, &[])
    }

    /// Keeps a definition: as it is, or without the word that cannot be read, or as the two that a comma before that word
    /// makes of it, or up to that word.
    fn keep(&mut self, part: &[Token]) {
        let Some(mistake) = self.mistake(part) else {
            self.kept.push(part.to_vec());
            return;
        };
        let (before, after) = part.split_at(mistake.min(part.len()));
        let mut without = before.to_vec();
        without.extend(after.iter().skip(1).cloned());
        if self.mistake(&without).is_none() {
            self.kept.push(without);
            return;
        }
        let mut ends = (1..=before.len()).rev().take(LONGEST_RETREAT);
        let mut starts = ends.by_ref().filter_map(|end| before.get(..end));
        let Some(start) = starts.find(|start| self.mistake(start).is_none()) else {
            return;
        };
        self.kept.push(start.to_vec());
        // A single word would be a column, too, but is hardly meant as one.
        if start.len() == before.len() && after.len() > 1 && self.mistake(after).is_none() {
            self.kept.push(after.to_vec());
        }
    }

    /// The position of the first token of a definition that cannot be read; none if all can.
    fn mistake(&self, part: &[Token]) -> Option<usize> {
        if part.is_empty() {
            return Some(0);
        }
        let span = self.mistake_in(&self.statement(&[part.to_vec()], &[]))?;
        let at = part.iter().position(|token| token.span.start >= span.start);
        Some(at.unwrap_or(part.len()))
    }

    /// Where a statement cannot be read.
    fn mistake_in(&self, statement: &[Token]) -> Option<Span> {
        let parsed = parse::statement(statement, self.rules);
        if parsed.statement.is_some() {
            return None;
        }
        let end = self.head.last().map(|token| token.span);
        let last = parsed.diagnostics.last();
        last.map(|diagnostic| diagnostic.primary.span).or(end)
    }

    fn statement(&self, parts: &[Vec<Token>], options: &[Token]) -> Vec<Token> {
        let span = self.head.last().map(|token| token.span);
        let mark = |text| {
            span.map(|span| tokens::written(text, span))
                .unwrap_or_default()
        };
        let mut statement = self.head.to_vec();
        let mut separator = "(";
        for part in parts {
            statement.extend(mark(separator));
            statement.extend(part.iter().cloned());
            separator = ",";
        }
        statement.extend(mark(")"));
        statement.extend(options.iter().cloned());
        statement
    }
}

/// How many words of a definition are given up before the one that cannot be read.
const LONGEST_RETREAT: usize = 8;

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
