//! Loops.

use super::super::ast::{LoopKind, QuerySource, StatementKind};
use super::reader::{Reader, Syntax};
use super::scope::{Kind, Labelled};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::Ident;
use tablature_lexer::postgres::TokenKind;

impl Reader<'_> {
    /// A loop after its label, if one is next.
    pub(super) fn loop_statement(&mut self, label: Option<Ident>) -> Syntax<Option<StatementKind>> {
        self.scopes.enter(label.as_ref(), Labelled::Loop);
        let kind = if self.accept("loop") {
            LoopKind::Forever
        } else if self.is_at("while") && !self.is_assignment_at(1) {
            self.advance();
            LoopKind::While(self.expression_to("loop")?)
        } else if self.accept("for") {
            self.for_control()?
        } else if self.accept("foreach") {
            self.foreach_control()?
        } else {
            self.scopes.leave();
            return Ok(None);
        };
        let body = self.statements()?;
        self.expect("end")?;
        self.expect("loop")?;
        self.end_label(label.as_ref())?;
        self.semicolon()?;
        self.scopes.leave();
        Ok(Some(StatementKind::Loop { label, kind, body }))
    }

    /// The variables of FOR and FOREACH, which need not exist if the loop is over integers.
    fn loop_variables(&mut self) -> Syntax<(Vec<Vec<Ident>>, bool)> {
        let mut paths = Vec::new();
        let mut known = true;
        loop {
            let path = self.path("a variable")?;
            known &= self.scopes.find(&path).is_some();
            paths.push(path);
            if !self.accept(",") {
                return Ok((paths, known));
            }
        }
    }

    /// What stands between FOR and the body, with LOOP.
    fn for_control(&mut self) -> Syntax<LoopKind> {
        let start = self.position();
        let (targets, known) = self.loop_variables()?;
        let place = self.span_from(start);
        let rows = || match known {
            true => Ok(targets.clone()),
            false => Err(Box::new(errors::unknown_loop_variable(place))),
        };
        self.expect("in")?;
        if self.accept("execute") {
            let command = self.expression_until(&["using", "loop"], "`LOOP`")?;
            let using = self.using(&["loop"])?;
            self.expect("loop")?;
            return Ok(LoopKind::Rows {
                targets: rows()?,
                source: QuerySource::Dynamic(command, using),
            });
        }
        if let Some(kind) = self.cursor_control(&targets)? {
            return Ok(kind);
        }
        let reverse = self.accept("reverse");
        let first = self.position();
        let tokens = self.slice_until(&["..", "loop"], "`LOOP`")?;
        if self.accept("..") {
            let from = self.expression(tokens)?;
            let to = self.expression_until(&["loop", "by"], "`LOOP`")?;
            let by = match self.accept("by") {
                true => Some(self.expression_until(&["loop"], "`LOOP`")?),
                false => None,
            };
            self.expect("loop")?;
            let variable = match <[Vec<Ident>; 1]>::try_from(targets) {
                Ok([path]) if path.len() == 1 => path.into_iter().next(),
                Ok(_) | Err(_) => None,
            };
            let Some(variable) = variable else {
                return Err(Box::new(errors::integer_loop_variable(place)));
            };
            self.scopes.declare(&variable.name, Kind::Variable);
            return Ok(LoopKind::Integers {
                variable,
                reverse,
                from,
                to,
                by,
            });
        }
        let span = self.span_from(first);
        if reverse {
            return Err(Box::new(errors::reverse_rows(span)));
        }
        let sql = self.sql(tokens.to_vec(), span)?;
        self.expect("loop")?;
        Ok(LoopKind::Rows {
            targets: rows()?,
            source: QuerySource::Static(sql),
        })
    }

    /// A cursor with its arguments, if one is next.
    fn cursor_control(&mut self, targets: &[Vec<Ident>]) -> Syntax<Option<LoopKind>> {
        let start = self.position();
        if !self.is_at_name() {
            return Ok(None);
        }
        let cursor = self.any_name()?;
        let is_cursor = self.scopes.find(std::slice::from_ref(&cursor)) == Some(Kind::Cursor)
            && (self.is_at("loop") || self.is_at("("));
        if !is_cursor {
            self.reset(start);
            return Ok(None);
        }
        if self.is_at("(") {
            self.slice_until(&["loop"], "`LOOP`")?;
        }
        self.expect("loop")?;
        let Some(variable) = targets.first().and_then(|path| path.first()).cloned() else {
            return Ok(None);
        };
        self.scopes.declare(&variable.name, Kind::Record);
        Ok(Some(LoopKind::Cursor { variable, cursor }))
    }

    /// What stands between FOREACH and the body, with LOOP.
    fn foreach_control(&mut self) -> Syntax<LoopKind> {
        let start = self.position();
        let (targets, known) = self.loop_variables()?;
        let place = self.span_from(start);
        let slice = match self.accept("slice") {
            true => {
                let Some(token) = self
                    .token_at(0)
                    .filter(|token| token.kind == TokenKind::Integer)
                else {
                    return Err(self.expected("a number"));
                };
                self.advance();
                token.text.parse().ok()
            }
            false => None,
        };
        self.expect("in")?;
        self.expect("array")?;
        let array = self.expression_to("loop")?;
        if !known {
            return Err(Box::new(errors::unknown_loop_variable(place)));
        }
        Ok(LoopKind::Elements {
            targets,
            slice,
            array,
        })
    }
}
