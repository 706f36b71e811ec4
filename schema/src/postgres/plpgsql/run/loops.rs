//! Loops, of which it is known how often they run, or whose bodies do not change the schema.

use super::super::ast::{LoopKind, QuerySource, Statement};
use super::super::value::{Row, Value};
use super::{Flow, Host, MAX_STEPS, Opaque, Run, Stop, opaque};
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

    pub(super) fn repeated(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let rounds: Vec<(&[Vec<Ident>], Row)> = match kind {
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
                self.variables.push((variable.name.clone(), None));
                let step = match by {
                    Some(by) => self.number(by),
                    None => Some(1),
                };
                let (Some(from), Some(to), Some(step)) = (self.number(from), self.number(to), step)
                else {
                    return self.maybe(body).map(|()| Flow::Next);
                };
                return self.count(span, label, variable, (from, to, step, *reverse), body);
            }
            LoopKind::Rows {
                targets,
                source: QuerySource::Static(sql),
            } => {
                let Some(rows) = self.rows(sql) else {
                    self.forget(targets);
                    return self.maybe(body).map(|()| Flow::Next);
                };
                rows.into_iter()
                    .map(|row| (targets.as_slice(), row))
                    .collect()
            }
            LoopKind::Elements {
                targets,
                slice: None,
                array,
            } => {
                let Some(Value::List(list)) = self.value(array) else {
                    self.forget(targets);
                    return self.maybe(body).map(|()| Flow::Next);
                };
                let row = |value| vec![("".into(), Some(value))];
                list.into_iter()
                    .map(|value| (targets.as_slice(), row(value)))
                    .collect()
            }
            LoopKind::Rows { targets, .. } | LoopKind::Elements { targets, .. } => {
                self.forget(targets);
                return self.maybe(body).map(|()| Flow::Next);
            }
            LoopKind::Cursor { variable, .. } => {
                self.variables.push((variable.name.clone(), None));
                return self.maybe(body).map(|()| Flow::Next);
            }
        };
        for (targets, row) in rounds {
            self.assign_row(targets, Some(row));
            match self.round(label, body)? {
                Some(Flow::Next) => break,
                Some(flow) => return Ok(flow),
                None => {}
            }
        }
        Ok(Flow::Next)
    }

    /// LOOP and WHILE.
    pub(super) fn repeat_while(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        loop {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(opaque(span, Opaque::Loop));
            }
            if let LoopKind::While(condition) = kind {
                match self.condition(condition) {
                    Some(true) => {}
                    Some(false) => return Ok(Flow::Next),
                    None => return self.maybe(body).map(|()| Flow::Next),
                }
            }
            if let Some(flow) = self.round(label, body)? {
                return Ok(flow);
            }
            // What is not known to go on would go on forever here.
            if self.doubt {
                return Ok(Flow::Next);
            }
        }
    }

    pub(super) fn count(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        variable: &Ident,
        (from, to, step, reverse): (i64, i64, i64, bool),
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let mut number = from;
        while if reverse { number >= to } else { number <= to } {
            self.steps += 1;
            if self.steps > MAX_STEPS || step < 1 {
                return Err(opaque(span, Opaque::Loop));
            }
            self.set(&variable.name, Some(Value::Number(number)));
            if let Some(flow) = self.round(label, body)? {
                return Ok(flow);
            }
            number = if reverse {
                number - step
            } else {
                number + step
            };
        }
        Ok(Flow::Next)
    }

    /// One round of a loop; the flow after the loop if it is the last one.
    pub(super) fn round(
        &mut self,
        label: Option<&Ident>,
        body: &[Statement],
    ) -> Result<Option<Flow>, Stop> {
        let is_own = |target: &Option<Arc<str>>| match (target, label) {
            (None, _) => true,
            (Some(target), Some(label)) => *target == label.name,
            (Some(_), None) => false,
        };
        Ok(match self.statements(body)? {
            Flow::Next => None,
            Flow::Continue(target) if is_own(&target) => None,
            Flow::Exit(target) if is_own(&target) => Some(Flow::Next),
            flow => Some(flow),
        })
    }
}
