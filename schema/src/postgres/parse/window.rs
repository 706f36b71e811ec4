//! Windows.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    FrameBound, FrameExclude, FrameUnits, NamedWindow, WindowFrame, WindowSpecification,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// `WINDOW name AS (…), …`, if it is next.
    pub(super) fn windows(&mut self) -> Syntax<Vec<NamedWindow>> {
        if !self.accept(Keyword::Window) {
            return Ok(Vec::new());
        }
        self.list(|parser| {
            let name = parser.column_id("a window")?;
            parser.expect(Keyword::As)?;
            let window = parser.window_specification()?;
            Ok(NamedWindow { name, window })
        })
    }

    /// What stands in the parentheses of a window (`window_specification`).
    pub(super) fn window_specification(&mut self) -> Syntax<WindowSpecification> {
        let start = self.position();
        self.expect(Symbol::LeftParen)?;
        // These words begin the clauses, although they are names elsewhere.
        let is_clause = self.is_at_any(&[
            Keyword::Partition,
            Keyword::Range,
            Keyword::Rows,
            Keyword::Groups,
        ]);
        let base = match !is_clause && self.is_at_column_id() {
            true => Some(self.take_name()?),
            false => None,
        };
        let partition_by = match self.accept_start(Keyword::Partition, &[Keyword::By])? {
            true => self.list(Self::expr)?,
            false => Vec::new(),
        };
        let order_by = self.order_by()?;
        let frame = self.frame()?;
        self.expect(Symbol::RightParen)?;
        Ok(WindowSpecification {
            base,
            partition_by,
            order_by,
            frame,
            span: self.span_from(start),
        })
    }

    /// The frame (`opt_frame_clause`), if one is next.
    fn frame(&mut self) -> Syntax<Option<WindowFrame>> {
        let first = self.position();
        let units = match self.keyword() {
            Some(Keyword::Rows) => FrameUnits::Rows,
            Some(Keyword::Range) => FrameUnits::Range,
            Some(Keyword::Groups) => FrameUnits::Groups,
            _ => return Ok(None),
        };
        self.advance();
        let bounds = self.position();
        let (start, end) = match self.accept(Keyword::Between) {
            true => {
                let start = self.frame_bound()?;
                self.expect(Keyword::And)?;
                (start, Some(self.frame_bound()?))
            }
            false => (self.frame_bound()?, None),
        };
        if let Some(why) = impossible_frame(&start, end.as_ref()) {
            return Err(Box::new(errors::frame(self.span_from(bounds), why)));
        }
        let exclude = match self.accept(Keyword::Exclude) {
            true => self.frame_exclude()?,
            false => None,
        };
        Ok(Some(WindowFrame {
            units,
            start,
            end,
            exclude,
            span: self.span_from(first),
        }))
    }

    fn frame_bound(&mut self) -> Syntax<FrameBound> {
        if self.accept_phrase(&[Keyword::Unbounded, Keyword::Preceding]) {
            return Ok(FrameBound::UnboundedPreceding);
        }
        if self.accept_phrase(&[Keyword::Unbounded, Keyword::Following]) {
            return Ok(FrameBound::UnboundedFollowing);
        }
        if self.accept_phrase(&[Keyword::Current, Keyword::Row]) {
            return Ok(FrameBound::CurrentRow);
        }
        let offset = Box::new(self.expr()?);
        if self.accept(Keyword::Preceding) {
            return Ok(FrameBound::Preceding(offset));
        }
        match self.accept(Keyword::Following) {
            true => Ok(FrameBound::Following(offset)),
            false => Err(self.expected("`PRECEDING` or `FOLLOWING`")),
        }
    }

    fn frame_exclude(&mut self) -> Syntax<Option<FrameExclude>> {
        if self.accept_start(Keyword::Current, &[Keyword::Row])? {
            return Ok(Some(FrameExclude::CurrentRow));
        }
        if self.accept(Keyword::Group) {
            return Ok(Some(FrameExclude::Group));
        }
        if self.accept(Keyword::Ties) {
            return Ok(Some(FrameExclude::Ties));
        }
        match self.accept_start(Keyword::No, &[Keyword::Others])? {
            true => Ok(None),
            false => Err(self.expected("`CURRENT ROW`, `GROUP`, `TIES` or `NO OTHERS`")),
        }
    }
}

/// Why a frame can hold nothing, if so.
fn impossible_frame(start: &FrameBound, end: Option<&FrameBound>) -> Option<&'static str> {
    match (start, end) {
        (FrameBound::UnboundedFollowing, _) => {
            Some("a frame cannot start with UNBOUNDED FOLLOWING")
        }
        (_, Some(FrameBound::UnboundedPreceding)) => {
            Some("a frame cannot end with UNBOUNDED PRECEDING")
        }
        (FrameBound::Following(_), None | Some(FrameBound::CurrentRow)) => {
            Some("a frame that starts after the current row cannot end with it")
        }
        (FrameBound::CurrentRow | FrameBound::Following(_), Some(FrameBound::Preceding(_))) => {
            Some("a frame that starts with the current row cannot end before it")
        }
        _ => None,
    }
}
