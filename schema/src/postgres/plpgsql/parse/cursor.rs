//! Statements on cursors: OPEN, FETCH, MOVE, CLOSE, and the arguments of a cursor.

use super::super::ast::{Expression, StatementKind};
use super::reader::{Reader, Syntax};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::Ident;
use std::sync::Arc;

impl Reader<'_> {
    /// OPEN after its word.
    pub(super) fn open(&mut self) -> Syntax<StatementKind> {
        let (cursor, own) = self.cursor_variable()?;
        if let Some(names) = own {
            let arguments = self.cursor_arguments(&cursor, &names)?;
            self.semicolon()?;
            return Ok(StatementKind::Open {
                cursor,
                arguments,
                source: None,
            });
        }
        self.accept("no");
        self.accept("scroll");
        self.expect("for")?;
        let source = self.query_source()?;
        Ok(StatementKind::Open {
            cursor,
            arguments: Vec::new(),
            source: Some(source),
        })
    }

    /// The values of the arguments of a cursor, if it has any: in order, or by name (`read_cursor_args`).
    pub(super) fn cursor_arguments(
        &mut self,
        cursor: &Ident,
        names: &[Arc<str>],
    ) -> Syntax<Vec<Expression>> {
        let refused = |span, why: &str| Err(Box::new(errors::cursor_arguments(cursor, span, why)));
        match (names.is_empty(), self.is_at("(")) {
            (true, false) => return Ok(Vec::new()),
            (true, true) => return refused(self.span(), "takes no arguments"),
            (false, false) => return refused(cursor.span, "wants its arguments"),
            (false, true) => self.advance(),
        }
        let mut given: Vec<bool> = vec![false; names.len()];
        let mut values = Vec::new();
        loop {
            let place = self.span();
            let is_named =
                self.is_at_distance(1, ":=") || self.version >= 18 && self.is_at_distance(1, "=>");
            let position = match is_named {
                true => {
                    let name = self.any_name()?;
                    self.advance();
                    names.iter().position(|known| *known == name.name)
                }
                false => Some(values.len()),
            };
            let Some(is_given) = position.and_then(|position| given.get_mut(position)) else {
                return match is_named {
                    true => refused(place, "has no argument of this name"),
                    false => refused(place, "has too many arguments here"),
                };
            };
            if std::mem::replace(is_given, true) {
                return refused(place, "is given an argument twice");
            }
            values.push(self.expression_until(&[",", ")"], "`)`")?);
            if !self.accept(",") {
                break;
            }
        }
        let place = self.span();
        self.expect(")")?;
        match values.len() < names.len() {
            true => refused(place, "has too few arguments here"),
            false => Ok(values),
        }
    }

    /// FETCH or MOVE after its word: `direction FROM cursor INTO targets;`
    pub(super) fn fetch(&mut self, has_target: bool) -> Syntax<StatementKind> {
        let start = self.position();
        let several = self.direction()?;
        let direction = self.span_from(start);
        let (cursor, _) = self.cursor_variable()?;
        let into = match has_target {
            true => {
                self.expect("into")?;
                Some(self.targets_of_into()?)
            }
            false => None,
        };
        self.semicolon()?;
        match has_target && several {
            true => Err(Box::new(errors::fetches_several(direction))),
            false => Ok(StatementKind::Fetch { cursor, into }),
        }
    }

    /// CLOSE after its word.
    pub(super) fn close(&mut self) -> Syntax<StatementKind> {
        let (cursor, _) = self.cursor_variable()?;
        self.semicolon()?;
        Ok(StatementKind::Close(cursor))
    }

    /// `NEXT FROM`, `ABSOLUTE n IN`, or nothing; whether more than one row may come of it (`read_fetch_direction`).
    fn direction(&mut self) -> Syntax<bool> {
        const ENDS: &[&str] = &["from", "in"];
        const PLAIN: &[&str] = &["next", "prior", "first", "last"];
        const COUNTED: &[&str] = &["absolute", "relative"];
        const SEVERAL: &[&str] = &["forward", "backward"];
        let names_a_cursor = self.is_at_distance(1, "into") || self.is_at_distance(1, ";");
        let is_at = |reader: &Self, words: &[&str]| words.iter().any(|word| reader.is_at(word));
        let several = if names_a_cursor {
            return Ok(false);
        } else if is_at(self, PLAIN) {
            self.advance();
            false
        } else if is_at(self, COUNTED) {
            self.advance();
            self.expression_until(ENDS, "`FROM`")?;
            false
        } else if is_at(self, SEVERAL) {
            self.advance();
            let is_one = is_at(self, ENDS);
            if !is_one && !self.accept("all") {
                self.expression_until(ENDS, "`FROM`")?;
            }
            !is_one
        } else if self.accept("all") {
            true
        } else if is_at(self, ENDS) || self.is_at_variable() {
            false
        } else {
            self.expression_until(ENDS, "`FROM`")?;
            true
        };
        if !self.accept("from") {
            self.accept("in");
        }
        Ok(several)
    }
}
