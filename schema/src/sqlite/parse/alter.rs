//! ALTER TABLE.

use super::cursor::{Parser, Syntax, token_index};
use super::features::Feature;
use crate::sqlite::ast::{AlterAction, AlterTable, StatementKind};
use crate::text::Ident;
use tablature_lexer::{Keyword, TokenKind};

impl Parser<'_> {
    /// `ALTER TABLE table action`, the first word of which has been taken.
    pub(super) fn alter_table(&mut self) -> Syntax<StatementKind> {
        self.expect(Keyword::Table)?;
        let table = self.qualified_name("a table name")?;
        let action = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Rename)) => self.rename()?,
            Some(TokenKind::Keyword(Keyword::Add)) => self.add()?,
            Some(TokenKind::Keyword(Keyword::Drop)) => self.drop_part()?,
            Some(TokenKind::Keyword(Keyword::Alter)) => self.alter_column()?,
            _ => return Err(self.expected("`ADD`, `DROP`, `RENAME` or `ALTER`")),
        };
        Ok(StatementKind::AlterTable(AlterTable { table, action }))
    }

    fn rename(&mut self) -> Syntax<AlterAction> {
        let start = self.position();
        self.advance();
        if self.accept(Keyword::To) {
            let to = self.name("a table name")?;
            return Ok(AlterAction::RenameTable { to });
        }
        self.accept(Keyword::Column);
        let from = self.name("`TO` or a column name")?;
        self.expect(Keyword::To)?;
        let to = self.name("a column name")?;
        self.needs(Feature::RenameColumn, self.span_from(start));
        Ok(AlterAction::RenameColumn { from, to })
    }

    fn add(&mut self) -> Syntax<AlterAction> {
        self.advance();
        if self.is_at_any(&[Keyword::Constraint, Keyword::Check]) {
            return self.add_check();
        }
        self.accept(Keyword::Column);
        let definition = self.column_definition()?;
        Ok(AlterAction::AddColumn {
            first: definition.first,
            end: definition.end,
            definition,
        })
    }

    fn add_check(&mut self) -> Syntax<AlterAction> {
        let start = self.position();
        let name = if self.accept(Keyword::Constraint) {
            Some(self.name("a constraint name")?)
        } else {
            None
        };
        self.expect(Keyword::Check)?;
        let check = self.expr_in_parentheses(8)?;
        self.on_conflict()?;
        let clause = self.span_from(start);
        self.needs(Feature::AlterConstraint, clause);
        Ok(AlterAction::AddCheck {
            name,
            check,
            clause,
            first: token_index(start),
            end: self.index(),
        })
    }

    fn drop_part(&mut self) -> Syntax<AlterAction> {
        let start = self.position();
        self.advance();
        if self.accept(Keyword::Constraint) {
            let name = self.name("a constraint name")?;
            self.needs(Feature::AlterConstraint, self.span_from(start));
            return Ok(AlterAction::DropConstraint { name });
        }
        self.accept(Keyword::Column);
        let column = self.name("a column name")?;
        self.needs(Feature::DropColumn, self.span_from(start));
        Ok(AlterAction::DropColumn { column })
    }

    fn alter_column(&mut self) -> Syntax<AlterAction> {
        self.advance();
        self.accept(Keyword::Column);
        let column = self.name("a column name")?;
        let start = self.position();
        let action = if self.accept_phrase(Keyword::Drop, &[Keyword::Not, Keyword::Null])? {
            AlterAction::DropNotNull {
                column,
                clause: self.span_from(start),
            }
        } else if self.is_at(Keyword::Set) {
            self.set_not_null(column)?
        } else {
            return Err(self.expected("`SET NOT NULL` or `DROP NOT NULL`"));
        };
        self.needs(Feature::AlterConstraint, self.span_from(start));
        Ok(action)
    }

    fn set_not_null(&mut self, column: Ident) -> Syntax<AlterAction> {
        let start = self.position();
        self.advance();
        let first = self.index();
        self.expect(Keyword::Not)?;
        self.expect(Keyword::Null)?;
        let conflict = self.on_conflict()?;
        Ok(AlterAction::SetNotNull {
            column,
            conflict,
            clause: self.span_from(start),
            first,
            end: self.index(),
        })
    }
}
