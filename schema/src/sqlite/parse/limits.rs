//! The engine's limits, as it is built by default.

use super::cursor::{Parser, Syntax};
use super::features::Feature;
use crate::errors::sqlite as errors;
use crate::text::Span;
use std::collections::BTreeSet;

/// Height of an expression's tree.
const EXPRESSION_HEIGHT: u32 = 1_000;
/// Entries of the parser's stack, less those that it needs for itself.
const PARSER_DEPTH: usize = 2_497;
/// Columns of a table, an index, a result, a SET, a GROUP BY or an ORDER BY.
const COLUMNS: usize = 2_000;
/// Arguments of a function.
const FUNCTION_ARGUMENTS: usize = 1_000;
/// Arms of a compound query.
const COMPOUND_ARMS: usize = 500;
/// Terms of a FROM clause.
const FROM_TERMS: usize = 200;
/// The greatest number of a variable.
const VARIABLES: u32 = 32_766;

/// How much of the limits a statement has used.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// How many entries the engine's parser would hold on its stack here.
    depth: usize,
    /// The greatest number of a variable so far.
    variables: u32,
    /// The named variables so far.
    names: BTreeSet<Box<str>>,
    /// The features that have been reported as missing from the oldest supported engine.
    missing: Vec<Feature>,
}

impl Limits {
    /// Whether a missing feature has not been reported yet.
    pub(super) fn is_first_use(&mut self, feature: Feature) -> bool {
        let is_first = !self.missing.contains(&feature);
        if is_first {
            self.missing.push(feature);
        }
        is_first
    }
}

impl Parser<'_> {
    /// Parses something that is nested in a construct of which the engine's parser keeps `entries` on its stack.
    ///
    /// The engine's parser is generated and needs no recursion, but has a stack of its own of limited size. Counting its
    /// entries bounds the recursion here by the same measure.
    pub(super) fn nested<T>(
        &mut self,
        entries: usize,
        rule: impl FnOnce(&mut Self) -> Syntax<T>,
    ) -> Syntax<T> {
        self.check_depth(entries)?;
        self.limits.depth += entries;
        let result = rule(self);
        self.limits.depth -= entries;
        result
    }

    /// Checks that the engine's parser has room for some more entries on its stack.
    pub(super) fn check_depth(&self, entries: usize) -> Syntax<()> {
        if self.limits.depth + entries > PARSER_DEPTH {
            return Err(Box::new(errors::syntax::too_deep(self.span())));
        }
        Ok(())
    }

    /// Checks the height of an expression's tree.
    pub(super) fn check_height(&self, height: u32, span: Span) -> Syntax<()> {
        if height > EXPRESSION_HEIGHT {
            return Err(Box::new(errors::syntax::too_tall(
                self.last_token().map_or(span, |token| token.span),
                EXPRESSION_HEIGHT,
            )));
        }
        Ok(())
    }

    /// Checks how many columns or terms there are of something.
    pub(super) fn check_columns(&mut self, count: usize, span: Span, of: &str) {
        self.check_count(count, COLUMNS, span, of);
    }

    pub(super) fn check_arguments(&mut self, count: usize, span: Span) {
        self.check_count(count, FUNCTION_ARGUMENTS, span, "arguments of a function");
    }

    pub(super) fn check_arms(&mut self, count: usize, span: Span) {
        self.check_count(count, COMPOUND_ARMS, span, "arms of a compound query");
    }

    /// Ends the statement: that it joins more tables than the engine can is no second mistake.
    pub(super) fn check_from_terms(&self, count: usize, span: Span) -> Syntax<()> {
        let of = "terms of a FROM clause";
        match count > FROM_TERMS {
            true => Err(Box::new(errors::syntax::too_many(
                span, of, count, FROM_TERMS,
            ))),
            false => Ok(()),
        }
    }

    fn check_count(&mut self, count: usize, maximum: usize, span: Span, of: &str) {
        if count > maximum {
            self.report(errors::syntax::too_many(span, of, count, maximum));
        }
    }

    /// Counts a variable as the engine numbers it.
    pub(super) fn count_variable(&mut self, text: &str, span: Span) -> Syntax<()> {
        let number = match text.strip_prefix('?') {
            Some("") => self.limits.variables.saturating_add(1),
            Some(digits) => digits.parse().unwrap_or(0),
            None if !self.limits.names.insert(text.into()) => return Ok(()),
            None => self.limits.variables.saturating_add(1),
        };
        if number == 0 || number > VARIABLES {
            return Err(Box::new(errors::syntax::variable_number(span, VARIABLES)));
        }
        self.limits.variables = self.limits.variables.max(number);
        Ok(())
    }
}
