//! REFERENCES and what follows it.

use super::cursor::{Parser, Syntax};
use crate::sqlite::ast::{Deferrable, ForeignKeyAction, ForeignKeyReference, Initially};
use tablature_lexer::Keyword;

impl Parser<'_> {
    /// `REFERENCES table [(columns)] [ON … | MATCH …] …`
    pub(super) fn foreign_key_reference(&mut self) -> Syntax<ForeignKeyReference> {
        let start = self.position();
        self.expect(Keyword::References)?;
        let mut reference = ForeignKeyReference {
            table: self.name("a table name")?,
            columns: self.optional_column_list()?,
            on_delete: ForeignKeyAction::default(),
            on_update: ForeignKeyAction::default(),
            match_name: None,
            span: self.span_from(start),
        };
        loop {
            if self.accept(Keyword::Match) {
                reference.match_name = Some(self.name("the name of a kind of match")?);
            } else if self.accept(Keyword::On) {
                if self.accept(Keyword::Delete) {
                    reference.on_delete = self.foreign_key_action()?;
                } else if self.accept(Keyword::Update) {
                    reference.on_update = self.foreign_key_action()?;
                } else if self.accept(Keyword::Insert) {
                    // Valid, and without effect.
                    self.foreign_key_action()?;
                } else {
                    return Err(self.expected("`DELETE` or `UPDATE`"));
                }
            } else {
                break;
            }
        }
        reference.span = self.span_from(start);
        Ok(reference)
    }

    fn foreign_key_action(&mut self) -> Syntax<ForeignKeyAction> {
        if self.accept(Keyword::Set) {
            return if self.accept(Keyword::Null) {
                Ok(ForeignKeyAction::SetNull)
            } else if self.accept(Keyword::Default) {
                Ok(ForeignKeyAction::SetDefault)
            } else {
                Err(self.expected("`NULL` or `DEFAULT`"))
            };
        }
        if self.accept(Keyword::Cascade) {
            Ok(ForeignKeyAction::Cascade)
        } else if self.accept(Keyword::Restrict) {
            Ok(ForeignKeyAction::Restrict)
        } else if self.accept_phrase(Keyword::No, &[Keyword::Action])? {
            Ok(ForeignKeyAction::NoAction)
        } else {
            Err(self.expected("`CASCADE`, `RESTRICT`, `SET NULL`, `SET DEFAULT` or `NO ACTION`"))
        }
    }

    /// `[NOT] DEFERRABLE [INITIALLY DEFERRED | INITIALLY IMMEDIATE]`
    pub(super) fn deferrable(&mut self) -> Syntax<Deferrable> {
        let deferrable = !self.accept(Keyword::Not);
        self.expect(Keyword::Deferrable)?;
        let initially = if !self.accept(Keyword::Initially) {
            None
        } else if self.accept(Keyword::Deferred) {
            Some(Initially::Deferred)
        } else if self.accept(Keyword::Immediate) {
            Some(Initially::Immediate)
        } else {
            return Err(self.expected("`DEFERRED` or `IMMEDIATE`"));
        };
        Ok(Deferrable {
            deferrable,
            initially,
        })
    }
}
