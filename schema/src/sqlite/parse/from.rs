//! FROM: tables, subqueries, table-valued functions and the joins between them.

use super::cursor::{Parser, Syntax};
use super::expr::tallest;
use super::features::Feature;
use super::names::{is_name, is_word};
use crate::errors::sqlite as errors;
use crate::sqlite::ast::{FromItem, FromSource, IndexHint, JoinConstraint, JoinKind};
use crate::text::{Ident, Token};
use tablature_lexer::{Keyword, NameUse, Symbol, TokenKind};

impl Parser<'_> {
    /// `FROM …`, or nothing.
    pub(super) fn optional_from(&mut self) -> Syntax<Vec<FromItem>> {
        if self.accept(Keyword::From) {
            self.nested(4, Self::joined_items)
        } else {
            Ok(Vec::new())
        }
    }

    fn joined_items(&mut self) -> Syntax<Vec<FromItem>> {
        let start = self.position();
        let first_join = JoinKind {
            natural: false,
            keeps_left: false,
            keeps_right: false,
            cross: false,
            span: self.span(),
            comma: true,
        };
        let first = self.joined_item(first_join)?;
        // `ON CONFLICT (…) DO` is read as a condition, and DO is what is told of.
        if first.constraint.is_some() && !self.is_at(Keyword::Do) {
            self.report(errors::syntax::constraint_without_join(first.span));
        }
        let mut items = vec![first];
        while let Some(join) = self.join_operator()? {
            items.push(self.joined_item(join)?);
        }
        self.check_from_terms(items.len(), self.span_from(start))?;
        Ok(items)
    }

    /// `,`, `JOIN`, or up to three words and JOIN.
    fn join_operator(&mut self) -> Syntax<Option<JoinKind>> {
        let start = self.position();
        if self.accept(Symbol::Comma) {
            return Ok(Some(self.join_kind(start, &[])));
        }
        let mut words = Vec::new();
        if matches!(self.peek(), Some(TokenKind::Keyword(keyword)) if keyword.name_use() == NameUse::Join)
        {
            words.push(self.take_name("`JOIN`")?);
            while words.len() < 3 && self.peek().is_some_and(is_name) {
                words.push(self.take_name("`JOIN`")?);
            }
        } else if !self.is_at(Keyword::Join) {
            return Ok(None);
        }
        self.expect(Keyword::Join)?;
        let join = self.join_kind(start, &words);
        if join.keeps_right {
            self.needs(Feature::RightJoin, join.span);
        }
        Ok(Some(join))
    }

    /// What the words before JOIN say. The engine takes them in any order, but only some of them together.
    fn join_kind(&mut self, start: usize, words: &[Ident]) -> JoinKind {
        let mut join = JoinKind {
            natural: false,
            keeps_left: false,
            keeps_right: false,
            cross: false,
            span: self.span_from(start),
            comma: words.is_empty() && self.taken_from(start).iter().all(is_comma),
        };
        let (mut inner, mut outer, mut is_known) = (false, false, true);
        for word in words {
            match word.name.to_ascii_lowercase().as_str() {
                "natural" => join.natural = true,
                "left" => join.keeps_left = true,
                "right" => join.keeps_right = true,
                "full" => {
                    join.keeps_left = true;
                    join.keeps_right = true;
                }
                "cross" => join.cross = true,
                "inner" => inner = true,
                "outer" => outer = true,
                _ => is_known = false,
            }
        }
        let keeps_rows = join.keeps_left || join.keeps_right;
        let is_inner = inner || join.cross;
        if !is_known || (is_inner && keeps_rows) || (outer && !keeps_rows) {
            self.report(errors::syntax::unknown_join(join.span));
        }
        join
    }

    fn joined_item(&mut self, join: JoinKind) -> Syntax<FromItem> {
        let start = self.position();
        let mut source = self.joined_source()?;
        let alias = self.alias()?;
        if let FromSource::Table { hint, .. } = &mut source {
            *hint = self.index_hint()?;
        }
        let constraint = if self.accept(Keyword::On) {
            Some(JoinConstraint::On(self.nested(5, Self::expr)?))
        } else if self.accept(Keyword::Using) {
            Some(JoinConstraint::Using(
                self.parenthesized_list(|parser| parser.name("a column name"))?,
            ))
        } else {
            None
        };
        Ok(FromItem {
            join,
            source,
            alias,
            constraint,
            span: self.span_from(start),
        })
    }

    fn joined_source(&mut self) -> Syntax<FromSource> {
        if self.accept(Symbol::LeftParen) {
            let source = if self.is_at_query() {
                FromSource::Query(Box::new(self.nested(2, Self::query)?))
            } else {
                FromSource::Group(self.nested(2, Self::joined_items)?)
            };
            self.expect(Symbol::RightParen)?;
            return Ok(source);
        }
        let name = self.qualified_name("a table name or a subquery in parentheses")?;
        if self.accept(Symbol::LeftParen) {
            let arguments = self.closed_list(4)?;
            self.needs(Feature::TableValuedFunctions, name.span());
            return Ok(FromSource::Function { name, arguments });
        }
        Ok(FromSource::Table { name, hint: None })
    }

    /// `AS name`, or a name or string on its own, or nothing.
    pub(super) fn alias(&mut self) -> Syntax<Option<Ident>> {
        if self.accept(Keyword::As) {
            return self.name("an alias").map(Some);
        }
        match self.peek() {
            Some(kind) if is_word(kind) || kind == TokenKind::String => {
                self.take_name("an alias").map(Some)
            }
            _ => Ok(None),
        }
    }

    /// `INDEXED BY name`, `NOT INDEXED`, or nothing.
    pub(super) fn index_hint(&mut self) -> Syntax<Option<IndexHint>> {
        if self.accept_phrase(Keyword::Indexed, &[Keyword::By])? {
            return self
                .name("an index name")
                .map(|name| Some(IndexHint::By(name)));
        }
        let none = self.accept_phrase(Keyword::Not, &[Keyword::Indexed])?;
        Ok(none.then_some(IndexHint::None))
    }
}

fn is_comma(token: &Token) -> bool {
    token.kind == TokenKind::Symbol(Symbol::Comma)
}

/// The greatest height in a FROM clause. The engine does not count it; it bounds the depth of the tree here.
pub(super) fn height_of(items: &[FromItem]) -> u32 {
    let mut height = 0;
    for item in items {
        let source = match &item.source {
            FromSource::Table { .. } => 0,
            FromSource::Function { arguments, .. } => tallest(arguments),
            FromSource::Query(query) => query.height,
            FromSource::Group(group) => height_of(group),
        };
        let constraint = match &item.constraint {
            Some(JoinConstraint::On(condition)) => condition.height,
            Some(JoinConstraint::Using(_)) | None => 0,
        };
        height = height.max(source).max(constraint);
    }
    height
}
