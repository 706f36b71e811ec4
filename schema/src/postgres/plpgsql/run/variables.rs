//! Variables and the values of expressions.

use super::super::ast::{Expression, Into, VariableType};
use super::super::evaluate::{Scope, truth};
use super::super::value::{Known, Row, Value};
use super::{Host, Run};
use crate::postgres::ast::{Ident, Query, QueryBody, TypeNameKind};
use crate::postgres::parse::cursor::Parser;
use crate::postgres::split::Token;

impl<H: Host> Run<'_, H> {
    pub(super) fn scope(&self) -> Scope<'_> {
        Scope {
            catalog: self.host.catalog(),
            settings: self.host.settings(),
            variables: &self.variables,
            rows: &[],
        }
    }

    pub(super) fn value(&self, expression: &Expression) -> Known {
        match &expression.query.body {
            QueryBody::Select(select)
                if select.from.is_empty()
                    && select.filter.is_none()
                    && select.targets.len() == 1 =>
            {
                let target = select.targets.first()?;
                self.scope().value(&target.value)
            }
            _ => match self.scope().first_column(&expression.query)?.as_slice() {
                [] => Some(Value::Null),
                [only] => only.clone(),
                _ => None,
            },
        }
    }

    pub(super) fn condition(&self, expression: &Expression) -> Option<bool> {
        Some(truth(&self.value(expression)?)? == Some(true))
    }

    pub(super) fn number(&self, expression: &Expression) -> Option<i64> {
        self.value(expression)?.as_number()
    }

    /// The rows of a statement that is a query.
    pub(super) fn rows(&self, tokens: &[Token]) -> Option<Vec<Row>> {
        let query = self.query(tokens)?;
        self.scope().rows_of(&query)
    }

    pub(super) fn query(&self, tokens: &[Token]) -> Option<Query> {
        let mut parser = Parser::new(tokens, self.version);
        let query = parser.query().ok()?;
        parser.peek().is_none().then_some(query)
    }

    /// A value as a variable of a type holds it.
    pub(super) fn converted(&self, value: Known, type_name: &VariableType) -> Known {
        match type_name {
            VariableType::Type(name) if !is_record(type_name) => self.scope().cast(value?, name),
            VariableType::Type(_) | VariableType::Of(_) | VariableType::RowOf(_) => value,
        }
    }

    /// Puts a row into variables, if it is known which.
    pub(super) fn assign_known(&mut self, targets: &[Vec<Ident>], row: Option<Option<Row>>) {
        match row {
            Some(row) => self.assign_row(targets, row),
            None => self.forget(targets),
        }
    }

    /// Puts a row into variables; NULL if there is none.
    pub(super) fn assign_row(&mut self, targets: &[Vec<Ident>], row: Option<Row>) {
        let is_record = match targets {
            [only] => {
                only.len() == 1
                    && only
                        .first()
                        .is_some_and(|it| self.records.contains(&it.name))
            }
            _ => false,
        };
        let null = || Some(Value::Null);
        match (targets, row) {
            ([only], Some(row)) if is_record => self.assign(only, Some(Value::Record(row))),
            (targets, Some(row)) => {
                let mut values = row.into_iter().map(|(_, value)| value);
                for target in targets {
                    let value = values.next().unwrap_or_else(null);
                    self.assign(target, value);
                }
            }
            (targets, None) => {
                for target in targets {
                    self.assign(target, null());
                }
            }
        }
    }

    pub(super) fn forget_into(&mut self, into: Option<&Into>) {
        if let Some(into) = into {
            self.forget(&into.targets);
            self.set("found", None);
        }
    }

    pub(super) fn forget(&mut self, targets: &[Vec<Ident>]) {
        for target in targets {
            self.assign(target, None);
        }
    }

    pub(super) fn assign(&mut self, target: &[Ident], value: Known) {
        match target {
            [name] => self.set(&name.name, value),
            [record, ..] => self.set(&record.name, None),
            [] => {}
        }
    }

    pub(super) fn set(&mut self, name: &str, value: Known) {
        let mut variables = self.variables.iter_mut().rev();
        if let Some((_, place)) = variables.find(|(variable, _)| **variable == *name) {
            *place = value;
        }
    }
}

pub(super) fn is_record(type_name: &VariableType) -> bool {
    match type_name {
        VariableType::RowOf(_) => true,
        VariableType::Of(_) => false,
        VariableType::Type(name) => match &name.kind {
            TypeNameKind::Named { name, .. } => &*name.name.name == "record",
            _ => false,
        },
    }
}
