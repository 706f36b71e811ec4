//! Loops, of which it is known how often they run, or whose bodies do not change the schema.

use super::super::ast::{LoopKind, Statement};
use super::super::evaluate::simple_array;
use super::super::value::{Row, Value};
use super::doubt::leaves;
use super::{Flow, Host, Opaque, Run, Stop, opaque};
use crate::postgres::ast::Ident;
use crate::text::Span;
use std::sync::Arc;

impl<H: Host> Run<'_, H> {
    /// A loop.
    pub(super) fn repeat(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let depth = self.variables.len();
        let result = self.repeated(span, label, kind, body);
        self.variables.truncate(depth);
        result
    }

    fn repeated(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let (targets, rows): (&[Vec<Ident>], Vec<Row>) = match kind {
            LoopKind::Forever | LoopKind::While(_) => {
                return self.repeat_while(span, label, kind, body);
            }
            LoopKind::Integers {
                variable,
                reverse,
                from,
                to,
                by,
            } => {
                self.look_at(from)?;
                self.look_at(to)?;
                self.look_at_all(by)?;
                self.variables.push((variable.name.clone(), None));
                let step = match by {
                    Some(by) => self.number(by),
                    None => Some(1),
                };
                let (Some(from), Some(to), Some(step)) = (self.number(from), self.number(to), step)
                else {
                    return self.unknown_rounds(body);
                };
                return self.count(span, label, variable, (from, to, step, *reverse), body);
            }
            LoopKind::Rows { targets, source } => match self.rows_of(source)? {
                Some(rows) => (targets, rows),
                None => {
                    self.forget(targets);
                    return self.unknown_rounds(body);
                }
            },
            LoopKind::Elements {
                targets,
                slice,
                array,
            } => {
                self.look_at(array)?;
                match (slice, self.value(array).and_then(elements)) {
                    (None, Some(list)) => {
                        let row = |value| vec![("".into(), Some(value))];
                        (targets, list.into_iter().map(row).collect())
                    }
                    (Some(_), _) | (None, None) => {
                        self.forget(targets);
                        return self.unknown_rounds(body);
                    }
                }
            }
            LoopKind::Cursor {
                variable,
                arguments,
                ..
            } => {
                self.look_at_all(arguments)?;
                self.variables.push((variable.name.clone(), None));
                return self.unknown_rounds(body);
            }
        };
        let is_found = Some(Value::Bool(!rows.is_empty()));
        for row in rows {
            self.assign_row(targets, Some(row));
            match self.round(label, body)? {
                Some(Flow::Next) => break,
                Some(flow) => return Ok(flow),
                None => {}
            }
        }
        self.set("found", is_found);
        Ok(Flow::Next)
    }

    /// A loop of which it is not known how often it runs.
    fn unknown_rounds(&mut self, body: &[Statement]) -> Result<Flow, Stop> {
        self.maybe_repeated(body)?;
        self.set("found", None);
        Ok(Flow::Next)
    }

    /// LOOP and WHILE.
    fn repeat_while(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        loop {
            if !self.host.step() {
                return Err(opaque(span, Opaque::Loop));
            }
            if let LoopKind::While(condition) = kind {
                self.look_at(condition)?;
                match self.condition(condition) {
                    Some(true) => {}
                    Some(false) => return Ok(Flow::Next),
                    None => return self.unknown_rounds(body),
                }
            }
            if let Some(flow) = self.round(label, body)? {
                return Ok(flow);
            }
        }
    }

    fn count(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        variable: &Ident,
        (from, to, step, reverse): (i64, i64, i64, bool),
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let mut number = from;
        while if reverse { number >= to } else { number <= to } {
            if !self.host.step() || step < 1 {
                return Err(opaque(span, Opaque::Loop));
            }
            self.set(&variable.name, Some(Value::Number(number)));
            if let Some(flow) = self.round(label, body)? {
                return Ok(flow);
            }
            let next = match reverse {
                true => number.checked_sub(step),
                false => number.checked_add(step),
            };
            match next {
                Some(next) => number = next,
                None => break,
            }
        }
        self.set("found", Some(Value::Bool(number != from)));
        Ok(Flow::Next)
    }

    /// One round of a loop; the flow after the loop if it is the last one.
    fn round(&mut self, label: Option<&Ident>, body: &[Statement]) -> Result<Option<Flow>, Stop> {
        let is_own = |target: &Option<Arc<str>>| match (target, label) {
            (None, _) => true,
            (Some(target), Some(label)) => *target == label.name,
            (Some(_), None) => false,
        };
        let doubt = self.doubt;
        let flow = self.statements(body)?;
        if self.doubt && !doubt {
            // Whether there is another round is not known, so that it must not change the schema.
            self.maybe_repeated(body)?;
            self.doubt = doubt || leaves(body);
            return Ok(Some(Flow::Next));
        }
        Ok(match flow {
            Flow::Next => None,
            Flow::Continue(target) if is_own(&target) => None,
            Flow::Exit(target) if is_own(&target) => Some(Flow::Next),
            flow => Some(flow),
        })
    }
}

/// The elements of an array, which may still be the text that it was written as.
fn elements(array: Value) -> Option<Vec<Value>> {
    match array {
        Value::List(list) => Some(list),
        Value::Text(text) => simple_array(&text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Relation(_) | Value::Record(_) => {
            None
        }
    }
}
