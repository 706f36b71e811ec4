//! MERGE.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{Merge, MergeAction, MergeMatch, MergeWhen, With};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// MERGE from its keyword on.
    pub(super) fn merge(&mut self, with: Option<With>, start: usize) -> Syntax<Merge> {
        self.expect_phrase(&[Keyword::Merge, Keyword::Into])?;
        let (table, alias) = self.changed_relation()?;
        self.expect(Keyword::Using)?;
        let source = self.table_item()?;
        self.expect(Keyword::On)?;
        let condition = self.expr()?;
        let mut whens = vec![self.merge_when()?];
        while self.is_at(Keyword::When) {
            let when = self.merge_when()?;
            let earlier = whens
                .iter()
                .find(|earlier| earlier.matched == when.matched && earlier.condition.is_none());
            if let Some(earlier) = earlier {
                return Err(Box::new(errors::unreachable_when(when.span, earlier.span)));
            }
            whens.push(when);
        }
        let returning = match self.version >= 17 {
            true => self.returning()?,
            false => Vec::new(),
        };
        Ok(Merge {
            with,
            table,
            alias,
            source,
            condition,
            whens,
            returning,
            span: self.span_from(start),
        })
    }

    fn merge_when(&mut self) -> Syntax<MergeWhen> {
        let start = self.position();
        self.expect(Keyword::When)?;
        let matched = self.merge_match()?;
        let condition = match self.accept(Keyword::And) {
            true => Some(self.expr()?),
            false => None,
        };
        self.expect(Keyword::Then)?;
        let action = self.merge_action(matched)?;
        Ok(MergeWhen {
            matched,
            condition,
            action,
            span: self.span_from(start),
        })
    }

    fn merge_match(&mut self) -> Syntax<MergeMatch> {
        if !self.accept_start(Keyword::Not, &[Keyword::Matched])? {
            self.expect(Keyword::Matched)?;
            return Ok(MergeMatch::Matched);
        }
        if self.version < 17 || !self.accept(Keyword::By) {
            return Ok(MergeMatch::NotMatchedByTarget);
        }
        match self.accept(Keyword::Source) {
            true => Ok(MergeMatch::NotMatchedBySource),
            false => {
                self.expect(Keyword::Target)?;
                Ok(MergeMatch::NotMatchedByTarget)
            }
        }
    }

    fn merge_action(&mut self, matched: MergeMatch) -> Syntax<MergeAction> {
        if self.accept_start(Keyword::Do, &[Keyword::Nothing])? {
            return Ok(MergeAction::Nothing);
        }
        if matched == MergeMatch::NotMatchedByTarget {
            self.expect(Keyword::Insert)?;
            return self.merge_insert();
        }
        if self.accept(Keyword::Delete) {
            return Ok(MergeAction::Delete);
        }
        self.expect_phrase(&[Keyword::Update, Keyword::Set])?;
        Ok(MergeAction::Update(self.list(Self::assignment)?))
    }

    fn merge_insert(&mut self) -> Syntax<MergeAction> {
        let has_columns = self.is_at(Symbol::LeftParen);
        let columns = match has_columns {
            true => self.parenthesized_list(Self::assignment_target)?,
            false => Vec::new(),
        };
        let overriding = self.overriding()?;
        let could_be_default = !has_columns && overriding.is_none();
        if could_be_default && self.accept_start(Keyword::Default, &[Keyword::Values])? {
            return Ok(MergeAction::Insert {
                columns,
                overriding,
                values: None,
            });
        }
        self.expect(Keyword::Values)?;
        Ok(MergeAction::Insert {
            columns,
            overriding,
            values: Some(self.parenthesized_list(Self::expr)?),
        })
    }
}
