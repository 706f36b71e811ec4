//! Columns of a table: their types' place, defaults, generated values and other constraints.

use super::cursor::{Parser, Syntax, token_index, trim};
use super::features::Feature;
use super::names::is_word;
use crate::sqlite::ast::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, Expr, ExprKind, GeneratedColumnKind,
    UnaryOperator,
};
use crate::text::text_of;
use tablature_lexer::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// `name [type] constraint …`
    pub(super) fn column_definition(&mut self) -> Syntax<ColumnDefinition> {
        let start = self.position();
        let name = self.name("a column name")?;
        let type_name = self.column_type()?;
        let mut constraints = Vec::new();
        while let Some(constraint) = self.column_constraint()? {
            constraints.push(constraint);
        }
        Ok(ColumnDefinition {
            name,
            type_name,
            constraints,
            span: self.span_from(start),
            first: token_index(start),
            end: self.index(),
        })
    }

    fn column_constraint(&mut self) -> Syntax<Option<ColumnConstraint>> {
        let start = self.position();
        let name = self.constraint_name()?;
        let kind = match self.column_constraint_kind()? {
            Some(kind) => kind,
            None if name.is_some() => ColumnConstraintKind::NameOnly,
            None => return Ok(None),
        };
        Ok(Some(ColumnConstraint {
            name,
            kind,
            span: self.span_from(start),
            first: token_index(start),
            end: self.index(),
        }))
    }

    fn column_constraint_kind(&mut self) -> Syntax<Option<ColumnConstraintKind>> {
        let start = self.position();
        let Some(TokenKind::Keyword(keyword)) = self.peek() else {
            return Ok(None);
        };
        let kind = match keyword {
            Keyword::Default => self.default_value()?,
            Keyword::Null => {
                self.advance();
                let conflict = self.on_conflict()?;
                ColumnConstraintKind::Null { conflict }
            }
            Keyword::Not => {
                if self.peek_at(1) == Some(Keyword::Deferrable.into()) {
                    ColumnConstraintKind::Deferrable(self.deferrable()?)
                } else {
                    self.advance();
                    self.expect(Keyword::Null)?;
                    let conflict = self.on_conflict()?;
                    ColumnConstraintKind::NotNull { conflict }
                }
            }
            Keyword::Primary => self.column_primary_key()?,
            Keyword::Unique => {
                self.advance();
                let conflict = self.on_conflict()?;
                ColumnConstraintKind::Unique { conflict }
            }
            Keyword::Check => {
                self.advance();
                ColumnConstraintKind::Check(self.expr_in_parentheses(6)?)
            }
            Keyword::References => ColumnConstraintKind::References(self.foreign_key_reference()?),
            Keyword::Deferrable => ColumnConstraintKind::Deferrable(self.deferrable()?),
            Keyword::Collate => {
                self.advance();
                ColumnConstraintKind::Collate(self.word_or_string("a collation name")?)
            }
            Keyword::Generated => {
                self.advance();
                self.expect(Keyword::Always)?;
                self.generated(start)?
            }
            Keyword::As => self.generated(start)?,
            _ => return Ok(None),
        };
        Ok(Some(kind))
    }

    fn column_primary_key(&mut self) -> Syntax<ColumnConstraintKind> {
        self.advance();
        self.expect(Keyword::Key)?;
        let order = self.sort_order();
        let conflict = self.on_conflict()?;
        let autoincrement = self.autoincrement();
        Ok(ColumnConstraintKind::PrimaryKey {
            order,
            conflict,
            autoincrement,
        })
    }

    /// `DEFAULT (expr)`, or DEFAULT with a value that may have a sign, or with a word.
    fn default_value(&mut self) -> Syntax<ColumnConstraintKind> {
        self.advance();
        let start = self.position();
        if self.is_at(Symbol::LeftParen) {
            let value = self.expr_in_parentheses(6)?;
            let inner = self.taken_from(start);
            let inner = inner.get(1..).unwrap_or_default();
            let before = inner.first().map_or("", |first| first.before.as_ref());
            let mut text = format!("{before}{}", text_of(inner));
            text.pop();
            return Ok(ColumnConstraintKind::Default {
                value,
                parenthesized: true,
                text: trim(&text).to_owned(),
            });
        }
        let value = if self.peek().is_some_and(is_default_word) {
            let name = self.take_name("a default value")?;
            self.finish_expr(start, ExprKind::Name(name), 1)?
        } else if self.accept(Symbol::Plus) {
            self.signed_default(start, UnaryOperator::Plus)?
        } else if self.accept(Symbol::Minus) {
            self.signed_default(start, UnaryOperator::Minus)?
        } else {
            self.default_literal()?
        };
        Ok(ColumnConstraintKind::Default {
            value,
            parenthesized: false,
            text: text_of(self.taken_from(start)),
        })
    }

    fn signed_default(&mut self, start: usize, operator: UnaryOperator) -> Syntax<Expr> {
        let operand = Box::new(self.default_literal()?);
        let height = operand.height + 1;
        self.finish_expr(start, ExprKind::Unary { operator, operand }, height)
    }

    fn default_literal(&mut self) -> Syntax<Expr> {
        match self.peek() {
            Some(
                TokenKind::Integer
                | TokenKind::Float
                | TokenKind::String
                | TokenKind::Blob
                | TokenKind::Keyword(
                    Keyword::Null
                    | Keyword::CurrentDate
                    | Keyword::CurrentTime
                    | Keyword::CurrentTimestamp,
                ),
            ) => self.literal(),
            _ => Err(self.expected("a default value, or an expression in parentheses")),
        }
    }

    /// `AS (expr) [STORED | VIRTUAL]`
    fn generated(&mut self, start: usize) -> Syntax<ColumnConstraintKind> {
        self.expect(Keyword::As)?;
        let value = self.expr_in_parentheses(6)?;
        let kind = if self.peek().is_some_and(is_word) {
            let word = self.take_name("`STORED` or `VIRTUAL`")?;
            match word.name.to_ascii_lowercase().as_str() {
                "virtual" if !word.is_quoted() => GeneratedColumnKind::Virtual,
                "stored" if !word.is_quoted() => GeneratedColumnKind::Stored,
                _ => GeneratedColumnKind::Unknown(word),
            }
        } else {
            GeneratedColumnKind::Virtual
        };
        self.needs(Feature::GeneratedColumns, self.span_from(start));
        Ok(ColumnConstraintKind::Generated { value, kind })
    }

    pub(super) fn expr_in_parentheses(&mut self, entries: usize) -> Syntax<Expr> {
        self.expect(Symbol::LeftParen)?;
        let value = self.nested(entries, Self::expr)?;
        self.expect(Symbol::RightParen)?;
        Ok(value)
    }
}

/// Whether a token after DEFAULT is a word that stands for a string, TRUE or FALSE.
fn is_default_word(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Keyword(
            Keyword::CurrentDate | Keyword::CurrentTime | Keyword::CurrentTimestamp,
        ) => false,
        TokenKind::Keyword(Keyword::Indexed) => true,
        kind => is_word(kind),
    }
}
