//! CREATE SEQUENCE, and the options of sequences.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    CreateSequence, Ident, Number, Persistence, SequenceOption, SequenceOptionKind, StatementKind,
    TypeName,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows CREATE SEQUENCE.
    pub(super) fn create_sequence(
        &mut self,
        persistence: Persistence,
        start: usize,
    ) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a sequence")?;
        let options = match self.is_at_sequence_option() {
            true => self.sequence_options()?,
            false => Vec::new(),
        };
        Ok(StatementKind::CreateSequence(CreateSequence {
            persistence,
            if_not_exists,
            name,
            options,
            span: self.span_from(start),
        }))
    }

    /// Whether an option of a sequence is next.
    pub(super) fn is_at_sequence_option(&self) -> bool {
        match self.keyword() {
            Some(Keyword::No) => matches!(
                self.keyword_at(1),
                Some(Keyword::Cycle | Keyword::Maxvalue | Keyword::Minvalue)
            ),
            Some(
                Keyword::As
                | Keyword::Cache
                | Keyword::Cycle
                | Keyword::Increment
                | Keyword::Maxvalue
                | Keyword::Minvalue
                | Keyword::Owned
                | Keyword::Sequence
                | Keyword::Start
                | Keyword::Restart,
            ) => true,
            Some(Keyword::Logged | Keyword::Unlogged) => self.version >= 15,
            _ => false,
        }
    }

    /// Options of a sequence, at least one (`SeqOptList`).
    pub(super) fn sequence_options(&mut self) -> Syntax<Vec<SequenceOption>> {
        let mut options = vec![self.sequence_option()?];
        while self.is_at_sequence_option() {
            options.push(self.sequence_option()?);
        }
        Ok(options)
    }

    /// `(options)`, or nothing (`OptParenthesizedSeqOptList`).
    pub(super) fn parenthesized_sequence_options(&mut self) -> Syntax<Vec<SequenceOption>> {
        if !self.accept(Symbol::LeftParen) {
            return Ok(Vec::new());
        }
        let options = self.sequence_options()?;
        self.expect(Symbol::RightParen)?;
        Ok(options)
    }

    /// An option of a sequence (`SeqOptElem`).
    pub(super) fn sequence_option(&mut self) -> Syntax<SequenceOption> {
        let start = self.position();
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("an option of a sequence"));
        };
        self.advance();
        let kind = match keyword {
            Keyword::As => {
                let type_start = self.position();
                let kind = self.simple_type_name()?;
                SequenceOptionKind::As(TypeName {
                    kind,
                    set_of: false,
                    dimensions: Vec::new(),
                    span: self.span_from(type_start),
                })
            }
            Keyword::Cache => SequenceOptionKind::Cache(self.signed_number("a number")?),
            Keyword::Cycle => SequenceOptionKind::Cycle(true),
            Keyword::Increment => {
                self.accept(Keyword::By);
                SequenceOptionKind::Increment(self.signed_number("a number")?)
            }
            Keyword::Maxvalue => {
                SequenceOptionKind::MaxValue(Some(self.signed_number("a number")?))
            }
            Keyword::Minvalue => {
                SequenceOptionKind::MinValue(Some(self.signed_number("a number")?))
            }
            Keyword::No if self.accept(Keyword::Cycle) => SequenceOptionKind::Cycle(false),
            Keyword::No if self.accept(Keyword::Maxvalue) => SequenceOptionKind::MaxValue(None),
            Keyword::No => {
                self.expect(Keyword::Minvalue)?;
                SequenceOptionKind::MinValue(None)
            }
            Keyword::Owned => {
                self.expect(Keyword::By)?;
                SequenceOptionKind::OwnedBy(self.dotted_name("a column, or `NONE`")?)
            }
            Keyword::Sequence => {
                self.expect(Keyword::Name)?;
                SequenceOptionKind::Name(self.qualified_name("a sequence")?)
            }
            Keyword::Start => {
                self.accept(Keyword::With);
                SequenceOptionKind::Start(self.signed_number("a number")?)
            }
            Keyword::Restart => SequenceOptionKind::Restart(self.restart_value()?),
            Keyword::Logged => SequenceOptionKind::Logged(true),
            Keyword::Unlogged => SequenceOptionKind::Logged(false),
            _ => {
                self.reset(start);
                return Err(self.expected("an option of a sequence"));
            }
        };
        Ok(SequenceOption {
            kind,
            span: self.span_from(start),
        })
    }

    fn restart_value(&mut self) -> Syntax<Option<Number>> {
        let with = self.accept(Keyword::With);
        match with || self.is_at_number() {
            true => self.signed_number("a number").map(Some),
            false => Ok(None),
        }
    }

    /// Names with dots between them (`any_name`).
    pub(super) fn dotted_name(&mut self, what: &str) -> Syntax<Vec<Ident>> {
        let mut parts = vec![self.column_id(what)?];
        while self.accept(Symbol::Dot) {
            parts.push(self.label(what)?);
        }
        Ok(parts)
    }
}
