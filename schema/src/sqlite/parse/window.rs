//! Windows and their frames.

use super::cursor::{Parser, Syntax};
use super::features::Feature;
use super::names::is_name;
use crate::errors::sqlite as errors;
use crate::sqlite::ast::{
    FrameBound, FrameExclude, FrameUnits, NamedWindow, WindowFrame, WindowSpecification,
};
use tablature_lexer::{Keyword, Symbol, TokenKind};

/// Which end of a frame a bound is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Start,
    End,
}

impl Parser<'_> {
    /// `WINDOW name AS (…), …`, or nothing.
    pub(super) fn window_clause(&mut self) -> Syntax<Vec<NamedWindow>> {
        let start = self.position();
        if !self.accept(Keyword::Window) {
            return Ok(Vec::new());
        }
        let mut windows = vec![self.named_window()?];
        while self.accept(Symbol::Comma) {
            let window = self.named_window()?;
            self.check_window(&windows, &window);
            windows.push(window);
        }
        self.needs(Feature::WindowFunctions, self.span_from(start));
        Ok(windows)
    }

    fn named_window(&mut self) -> Syntax<NamedWindow> {
        let name = self.name("a window name")?;
        self.expect(Keyword::As)?;
        let window = self.window_specification()?;
        Ok(NamedWindow { name, window })
    }

    /// `(…)` after OVER or AS.
    pub(super) fn window_specification(&mut self) -> Syntax<WindowSpecification> {
        let start = self.position();
        self.expect(Symbol::LeftParen)?;
        let base = if self.is_at_base_window() {
            let base = self.name("a window name")?;
            self.needs(Feature::WindowChaining, base.span);
            Some(base)
        } else {
            None
        };
        let partition_by = if self.accept_phrase(Keyword::Partition, &[Keyword::By])? {
            self.nested(9, |parser| parser.list(Self::expr))?
        } else {
            Vec::new()
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

    fn is_at_base_window(&self) -> bool {
        self.peek().is_some_and(is_name)
            && !self.is_at_any(&[
                Keyword::Partition,
                Keyword::Range,
                Keyword::Rows,
                Keyword::Groups,
            ])
    }

    fn frame(&mut self) -> Syntax<Option<WindowFrame>> {
        let start_position = self.position();
        let units = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Rows)) => FrameUnits::Rows,
            Some(TokenKind::Keyword(Keyword::Range)) => FrameUnits::Range,
            Some(TokenKind::Keyword(Keyword::Groups)) => FrameUnits::Groups,
            _ => return Ok(None),
        };
        self.advance();
        let (start, end) = if self.accept(Keyword::Between) {
            let start = self.frame_bound(End::Start)?;
            self.expect(Keyword::And)?;
            (start, Some(self.frame_bound(End::End)?))
        } else {
            (self.frame_bound(End::Start)?, None)
        };
        let exclude = self.frame_exclude()?;
        let span = self.span_from(start_position);
        if is_backward(&start, end.as_ref()) {
            self.report(errors::syntax::backward_frame(span));
        }
        if units == FrameUnits::Groups || exclude.is_some() {
            self.needs(Feature::FrameGroupsAndExclude, span);
        }
        Ok(Some(WindowFrame {
            units,
            start,
            end,
            exclude,
            span,
        }))
    }

    fn frame_bound(&mut self, which: End) -> Syntax<FrameBound> {
        if self.accept(Keyword::Unbounded) {
            return match which {
                End::Start => {
                    self.expect(Keyword::Preceding)?;
                    Ok(FrameBound::UnboundedPreceding)
                }
                End::End => {
                    self.expect(Keyword::Following)?;
                    Ok(FrameBound::UnboundedFollowing)
                }
            };
        }
        if self.accept_phrase(Keyword::Current, &[Keyword::Row])? {
            return Ok(FrameBound::CurrentRow);
        }
        let offset = self.nested(12, Self::boxed_expr)?;
        if self.accept(Keyword::Preceding) {
            Ok(FrameBound::Preceding(offset))
        } else if self.accept(Keyword::Following) {
            Ok(FrameBound::Following(offset))
        } else {
            Err(self.expected("`PRECEDING` or `FOLLOWING`"))
        }
    }

    fn frame_exclude(&mut self) -> Syntax<Option<FrameExclude>> {
        if !self.accept(Keyword::Exclude) {
            return Ok(None);
        }
        if self.accept_phrase(Keyword::No, &[Keyword::Others])? {
            Ok(Some(FrameExclude::NoOthers))
        } else if self.accept_phrase(Keyword::Current, &[Keyword::Row])? {
            Ok(Some(FrameExclude::CurrentRow))
        } else if self.accept(Keyword::Group) {
            Ok(Some(FrameExclude::Group))
        } else if self.accept(Keyword::Ties) {
            Ok(Some(FrameExclude::Ties))
        } else {
            Err(self.expected("`NO OTHERS`, `CURRENT ROW`, `GROUP` or `TIES`"))
        }
    }
}

/// Whether a frame starts after it ends. Without BETWEEN it ends at the current row.
fn is_backward(start: &FrameBound, end: Option<&FrameBound>) -> bool {
    let end = end.unwrap_or(&FrameBound::CurrentRow);
    matches!(
        (start, end),
        (
            FrameBound::CurrentRow | FrameBound::Following(_),
            FrameBound::Preceding(_)
        ) | (FrameBound::Following(_), FrameBound::CurrentRow)
    )
}

/// The greatest height among a window's expressions. The engine does not count them; it bounds the depth of the tree.
pub(super) fn height_of(window: &WindowSpecification) -> u32 {
    let bounds = window
        .frame
        .iter()
        .flat_map(|frame| std::iter::once(&frame.start).chain(&frame.end));
    let offsets = bounds.map(|bound| match bound {
        FrameBound::Preceding(offset) | FrameBound::Following(offset) => offset.height,
        FrameBound::UnboundedPreceding
        | FrameBound::CurrentRow
        | FrameBound::UnboundedFollowing => 0,
    });
    let order = window.order_by.iter().map(|term| term.value.height);
    let partition = window.partition_by.iter().map(|value| value.height);
    offsets.chain(order).chain(partition).max().unwrap_or(0)
}
