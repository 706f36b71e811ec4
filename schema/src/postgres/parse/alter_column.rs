//! Actions of ALTER TABLE on columns and constraints: ADD, ALTER and DROP.

use super::constraint::Allowed;
use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterTableActionKind as Action, ColumnOrNumber, Ident, IdentityChange, SequenceOptionKind,
};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// What follows ADD.
    pub(super) fn add_action(&mut self) -> Syntax<Action> {
        if self.is_at_table_constraint() {
            return self.table_constraint().map(Action::AddConstraint);
        }
        self.accept(Keyword::Column);
        let if_not_exists = self.if_not_exists()?;
        Ok(Action::AddColumn {
            if_not_exists,
            column: self.column_definition()?,
        })
    }

    /// What follows DROP.
    pub(super) fn drop_action(&mut self) -> Syntax<Action> {
        if self.accept(Keyword::Constraint) {
            let if_exists = self.if_exists();
            return Ok(Action::DropConstraint {
                if_exists,
                name: self.constraint_name()?,
                cascade: self.cascade(),
            });
        }
        self.accept(Keyword::Column);
        let if_exists = self.if_exists();
        Ok(Action::DropColumn {
            if_exists,
            column: self.column_id("a column")?,
            cascade: self.cascade(),
        })
    }

    /// What follows ALTER.
    pub(super) fn alter_action(&mut self) -> Syntax<Action> {
        if self.accept(Keyword::Constraint) {
            let name = self.constraint_name()?;
            let said = self.constraint_attributes()?;
            if self.version < 18 {
                // As a foreign key, which alone can be changed, but never to NOT VALID.
                if let Some(span) = said.not_valid {
                    return self.refuse(span, "a constraint cannot be altered to be NOT VALID");
                }
                self.allowed_attributes(&said, Allowed::ForeignKey)?;
            }
            return Ok(Action::AlterConstraint {
                name,
                change: said.change(),
            });
        }
        self.accept(Keyword::Column);
        if self.is_at(TokenKind::Integer) {
            return self.alter_numbered_column();
        }
        let column = self.column_id("a column")?;
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("`TYPE`, `SET`, `DROP`, `ADD`, `RESTART` or `OPTIONS`"));
        };
        match keyword {
            Keyword::Type => self.alter_type_action(column),
            Keyword::Set if self.keyword_at(1) == Some(Keyword::Generated) => {
                self.alter_identity(column)
            }
            Keyword::Set => self.set_column(column),
            Keyword::Drop => self.drop_of_column(column),
            Keyword::Reset => {
                self.advance();
                Ok(Action::ResetColumnParameters {
                    column,
                    parameters: self.relation_options()?,
                })
            }
            Keyword::Add => {
                self.expect_phrase(&[Keyword::Add, Keyword::Generated])?;
                let always = self.generated_when()?;
                self.expect_phrase(&[Keyword::As, Keyword::Identity])?;
                Ok(Action::AddIdentity {
                    column,
                    always,
                    options: self.parenthesized_sequence_options()?,
                })
            }
            Keyword::Restart => self.alter_identity(column),
            Keyword::Options => Ok(Action::ChangeColumnOptions {
                column,
                options: self.generic_option_changes()?,
            }),
            _ => Err(self.expected("`TYPE`, `SET`, `DROP`, `ADD`, `RESTART` or `OPTIONS`")),
        }
    }

    /// `1 SET STATISTICS 100`, of an index.
    fn alter_numbered_column(&mut self) -> Syntax<Action> {
        let number = self.integer("a column")?;
        let span = self.last_span();
        let Some(column) = i16::try_from(number).ok().filter(|number| *number > 0) else {
            return self.refuse(span, "a column's number is between 1 and 32767");
        };
        self.expect_phrase(&[Keyword::Set, Keyword::Statistics])?;
        Ok(Action::SetStatistics {
            column: ColumnOrNumber::Number(column, span),
            target: self.statistics_target()?,
        })
    }

    fn alter_type_action(&mut self, column: Ident) -> Syntax<Action> {
        self.expect(Keyword::Type)?;
        let type_name = self.type_name()?;
        let collation = match self.accept(Keyword::Collate) {
            true => Some(self.qualified_name("a collation")?),
            false => None,
        };
        let using = match self.accept(Keyword::Using) {
            true => Some(self.expr()?),
            false => None,
        };
        Ok(Action::SetType {
            column,
            type_name,
            collation,
            using,
        })
    }

    /// What follows `ALTER column SET`.
    fn set_column(&mut self, column: Ident) -> Syntax<Action> {
        if self.peek_at(1) == Some(Symbol::LeftParen.into()) {
            self.advance();
            return Ok(Action::SetColumnParameters {
                column,
                parameters: self.relation_options()?,
            });
        }
        match self.keyword_at(1) {
            Some(Keyword::Data) => {
                self.advance();
                self.advance();
                self.alter_type_action(column)
            }
            Some(Keyword::Default) => {
                self.advance();
                self.advance();
                Ok(Action::SetDefault {
                    column,
                    value: self.expr()?,
                })
            }
            Some(Keyword::Not) => {
                self.expect_phrase(&[Keyword::Set, Keyword::Not, Keyword::Null])?;
                Ok(Action::SetNotNull { column })
            }
            Some(Keyword::Statistics) => {
                self.advance();
                self.advance();
                Ok(Action::SetStatistics {
                    column: ColumnOrNumber::Column(column),
                    target: self.statistics_target()?,
                })
            }
            Some(Keyword::Storage) => {
                self.advance();
                self.advance();
                let storage = match self.version {
                    16.. => self.word_or_default("a kind of storage")?,
                    _ => self.column_id("a kind of storage")?,
                };
                Ok(Action::SetStorage { column, storage })
            }
            Some(Keyword::Compression) => {
                self.advance();
                self.advance();
                Ok(Action::SetCompression {
                    column,
                    compression: self.word_or_default("a compression method")?,
                })
            }
            Some(Keyword::Expression) => {
                let start = self.position();
                self.advance();
                self.advance();
                self.needs(17, "SET EXPRESSION", start);
                self.expect(Keyword::As)?;
                self.expect(Symbol::LeftParen)?;
                let expression = self.expr()?;
                self.expect(Symbol::RightParen)?;
                Ok(Action::SetExpression { column, expression })
            }
            _ => self.alter_identity(column),
        }
    }

    /// A number, or DEFAULT since version 17.
    pub(super) fn statistics_target(&mut self) -> Syntax<Option<i32>> {
        if self.version >= 17 && self.accept(Keyword::Default) {
            return Ok(None);
        }
        let target = self.signed_integer("a number")?;
        Ok((target != -1).then_some(target))
    }

    /// What follows `ALTER column DROP`.
    fn drop_of_column(&mut self, column: Ident) -> Syntax<Action> {
        self.expect(Keyword::Drop)?;
        if self.accept(Keyword::Default) {
            return Ok(Action::DropDefault { column });
        }
        if self.accept_start(Keyword::Not, &[Keyword::Null])? {
            return Ok(Action::DropNotNull { column });
        }
        if self.accept(Keyword::Expression) {
            return Ok(Action::DropExpression {
                column,
                if_exists: self.if_exists(),
            });
        }
        if self.accept(Keyword::Identity) {
            return Ok(Action::DropIdentity {
                column,
                if_exists: self.if_exists(),
            });
        }
        Err(self.expected("`DEFAULT`, `NOT NULL`, `EXPRESSION` or `IDENTITY`"))
    }

    /// RESTART, SET GENERATED and SET with options of the sequence (`alter_identity_column_option_list`).
    fn alter_identity(&mut self, column: Ident) -> Syntax<Action> {
        let mut changes = Vec::new();
        loop {
            let start = self.position();
            if self.is_at(Keyword::Restart) {
                changes.push(IdentityChange::Option(self.sequence_option()?));
                continue;
            }
            if !self.accept(Keyword::Set) {
                break;
            }
            if self.accept(Keyword::Generated) {
                let always = self.generated_when()?;
                changes.push(IdentityChange::Generated {
                    always,
                    span: self.span_from(start),
                });
                continue;
            }
            if !self.is_at_sequence_option() {
                return Err(self.expected("what to set"));
            }
            let option = self.sequence_option()?;
            let is_refused = matches!(
                option.kind,
                SequenceOptionKind::As(_)
                    | SequenceOptionKind::Restart(_)
                    | SequenceOptionKind::OwnedBy(_)
            );
            if is_refused {
                return self.refuse(
                    option.span,
                    "an identity column does not take this option here",
                );
            }
            changes.push(IdentityChange::Option(option));
        }
        Ok(Action::AlterIdentity { column, changes })
    }
}
