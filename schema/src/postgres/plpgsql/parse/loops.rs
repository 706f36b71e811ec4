//! Loops.

use super::super::ast::{LoopKind, QuerySource, StatementKind};
use super::reader::{Reader, Syntax};
use super::scope::{Datum, Labelled};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::Ident;
use crate::postgres::types::well_known;
use crate::text::Span;
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

    /// The variables of FOR and FOREACH, which need not exist if the loop is over integers (`for_variable`).
    fn loop_variables(&mut self) -> Syntax<LoopVariables> {
        let start = self.position();
        let mut paths = vec![self.path("a variable")?];
        let first = self.span_from(start);
        let mut known = false;
        let mut constant = false;
        let mut is_row = false;
        if let Some(found) = paths.first().and_then(|path| self.scopes.find(path)) {
            known = true;
            constant = found.datum.constant;
            is_row = found.is_row();
        }
        if self.is_at(",") {
            if is_row {
                return Err(Box::new(errors::row_among_targets(first)));
            }
            self.reset(start);
            paths.clear();
            paths.push(self.scalar()?);
        }
        while self.accept(",") {
            paths.push(self.scalar()?);
        }
        Ok(LoopVariables {
            paths,
            place: self.span_from(start),
            known,
            constant,
        })
    }

    /// What stands between FOR and the body, with LOOP.
    fn for_control(&mut self) -> Syntax<LoopKind> {
        let variables = self.loop_variables()?;
        self.expect("in")?;
        if self.accept("execute") {
            let command = self.expression_until(&["using", "loop"], "`LOOP`")?;
            let using = self.using(&["loop"])?;
            self.expect("loop")?;
            return Ok(LoopKind::Rows {
                targets: variables.targets()?,
                source: QuerySource::Dynamic(command, using),
            });
        }
        if let Some(kind) = self.cursor_control(&variables)? {
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
            let Some(variable) = variables.only() else {
                return Err(Box::new(errors::integer_loop_variable(variables.place)));
            };
            let datum = Datum::scalar(well_known::INT4);
            self.scopes.declare(&variable.name, datum);
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
            targets: variables.targets()?,
            source: QuerySource::Static(sql),
        })
    }

    /// A cursor with its arguments, if one is next.
    fn cursor_control(&mut self, variables: &LoopVariables) -> Syntax<Option<LoopKind>> {
        let start = self.position();
        if !self.is_at_variable() {
            return Ok(None);
        }
        let path = self.path("a cursor")?;
        if !self.is_at("loop") && !self.is_at("(") {
            self.reset(start);
            return Ok(None);
        }
        self.reset(start);
        let (cursor, own) = self.cursor_variable()?;
        let Some(names) = own else {
            return Err(Box::new(errors::no_cursor_of_a_query(&path, cursor.span)));
        };
        let Some(variable) = variables.only() else {
            return Err(Box::new(errors::cursor_loop_variable(variables.place)));
        };
        let arguments = self.cursor_arguments(&cursor, &names)?;
        self.expect("loop")?;
        self.scopes.declare(&variable.name, Datum::record());
        Ok(Some(LoopKind::Cursor {
            variable,
            cursor,
            arguments,
        }))
    }

    /// What stands between FOREACH and the body, with LOOP.
    fn foreach_control(&mut self) -> Syntax<LoopKind> {
        let variables = self.loop_variables()?;
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
        Ok(LoopKind::Elements {
            targets: variables.targets()?,
            slice,
            array,
        })
    }
}

/// The variables of a loop.
struct LoopVariables {
    paths: Vec<Vec<Ident>>,
    place: Span,
    /// Whether they are declared.
    known: bool,
    constant: bool,
}

impl LoopVariables {
    /// Those that rows or elements are put into, which must exist.
    fn targets(&self) -> Syntax<Vec<Vec<Ident>>> {
        match (self.known, self.constant) {
            (false, _) => Err(Box::new(errors::unknown_loop_variable(self.place))),
            (true, true) => Err(Box::new(errors::constant(self.place))),
            (true, false) => Ok(self.paths.clone()),
        }
    }

    /// The only one, which the loop declares.
    fn only(&self) -> Option<Ident> {
        match self.paths.as_slice() {
            [path] => path.last().cloned(),
            _ => None,
        }
    }
}
