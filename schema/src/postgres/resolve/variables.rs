//! Names that come from around a statement: parameters of SQL functions, variables of PL/pgSQL.

use super::resolver::{Resolver, is_unknown};
use super::suggest;
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::Ident;
use crate::postgres::tree::{Expr, Parameter, ParameterKind};
use crate::postgres::types::ValueType;
use std::sync::Arc;

/// The names around a statement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Variables {
    /// What a name means that is a column's as well.
    pub conflict: Conflict,
    /// Blocks of variables, the innermost last.
    pub blocks: Vec<VariableBlock>,
    /// What `$1`, `$2` … are.
    pub parameters: Vec<Option<ValueType>>,
    /// Whether others take their types from where they stand, as in PREPARE (`parse_analyze_varparams`).
    pub open: bool,
}

/// What a name means that is both a column's and a variable's (`plpgsql.variable_conflict`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Conflict {
    /// Nothing: it is ambiguous, as in PL/pgSQL where nothing else is said.
    #[default]
    Ambiguous,
    /// The column, as in SQL functions.
    Column,
    /// The variable.
    Variable,
}

/// Variables that are declared together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VariableBlock {
    /// The label of the block, or the name of the function, before which a dot may be written.
    pub label: Option<Arc<str>>,
    /// The variables.
    pub variables: Vec<Variable>,
    /// The row that the label alone stands for, as OLD and NEW do in a rule: then its columns, which are the variables, have
    /// no names but those after the label.
    pub row: Option<Variable>,
}

/// A variable or parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: Arc<str>,
    /// Its type; none for what only a run knows, such as the row of a `record`.
    pub typed: Option<ValueType>,
    /// Its number among the parameters of a SQL function, from 1; 0 for a variable.
    pub number: u32,
}

impl Variable {
    /// Its value.
    pub(super) fn value(&self) -> Expr {
        match self.typed {
            Some(typed) => Expr::Parameter(Parameter {
                kind: ParameterKind::External(self.number),
                typed,
            }),
            None => Expr::Unknown,
        }
    }
}

impl Variables {
    fn bare(&self, name: &str) -> Option<&Variable> {
        let blocks = self.blocks.iter().rev();
        blocks
            .flat_map(|block| match &block.row {
                Some(row) => std::slice::from_ref(row).iter().rev(),
                None => block.variables.iter().rev(),
            })
            .find(|variable| *variable.name == *name)
    }

    /// The columns of a row that a label alone stands for, by the number of its parameter.
    pub(super) fn columns_of_row(&self, number: u32) -> Option<&[Variable]> {
        let mut blocks = self.blocks.iter();
        let block = blocks.find(|it| it.row.as_ref().is_some_and(|it| it.number == number))?;
        Some(&block.variables)
    }

    fn labelled(&self, label: &str, name: &str) -> Option<&Variable> {
        let block = self.blocks.iter().rev();
        let mut block = block.filter(|block| block.label.as_deref() == Some(label));
        let variables = &block.next()?.variables;
        variables.iter().rev().find(|it| *it.name == *name)
    }

    /// The variable that a name in parts begins with, and how many of the parts it takes.
    pub(super) fn find(&self, parts: &[Ident]) -> Option<(&Variable, usize)> {
        let (first, rest) = parts.split_first()?;
        if let Some(second) = rest.first()
            && let Some(found) = self.labelled(&first.name, &second.name)
        {
            return Some((found, 2));
        }
        self.bare(&first.name).map(|found| (found, 1))
    }
}

impl Resolver<'_> {
    /// What a name in parts stands for among the variables, if it is one of them. With `quiet`, a field that the
    /// variable does not have is no mistake, but no variable.
    pub(super) fn variable(&mut self, parts: &[Ident], quiet: bool) -> Option<Expr> {
        let variables = self.variables?;
        let (variable, taken) = variables.find(parts)?;
        let mut value = variable.value();
        for field in parts.get(taken..).unwrap_or_default() {
            if matches!(value, Expr::Unknown) {
                return Some(Expr::Unknown);
            }
            match self.field_of(value, &field.name) {
                Ok(found) => value = found,
                Err(_) if quiet => return None,
                Err(value) => {
                    let mistake = suggest::unknown_field(self, field, &variable.name, &value);
                    return Some(self.mistake(mistake));
                }
            }
        }
        Some(value)
    }

    /// Whether a name stands for a variable as well. A row of which nothing is known may lack the field.
    pub(super) fn is_variable(&mut self, parts: &[Ident]) -> bool {
        let found = self.variable(parts, true);
        found.is_some_and(|value| parts.len() == 1 || !is_unknown(&value))
    }

    /// What `$n` stands for.
    pub(super) fn parameter(&mut self, number: i32, span: crate::text::Span) -> Expr {
        let parameters = self.variables.map(|it| it.parameters.as_slice());
        let position = usize::try_from(number)
            .ok()
            .and_then(|it| it.checked_sub(1));
        let found = position.and_then(|at| parameters.unwrap_or_default().get(at));
        match found {
            Some(Some(typed)) => Expr::Parameter(Parameter {
                kind: ParameterKind::External(number.unsigned_abs()),
                typed: *typed,
            }),
            Some(None) => Expr::Unknown,
            None if number > 0 && self.variables.is_some_and(|it| it.open) => Expr::Unknown,
            None => self.mistake(errors::no_such_parameter(span, number)),
        }
    }
}
