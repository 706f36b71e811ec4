//! Bodies of routines in SQL: those that are parsed with the statement, and those that are texts, which are parsed and
//! resolved as they will be when they run.

use super::signature::{Returned, Signature};
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::routines as errors;
use crate::postgres::ast::{
    AtomicStatement, CreateRoutine, DataStatement, Expr, Limit, Query, QueryBody, Returns,
    RoutineBody as Body, Select, Statement, StatementKind, Target,
};
use crate::postgres::catalog::{BodyText, RoutineBody};
use crate::postgres::replay::Replay;
use crate::postgres::resolve::{
    self, BodyResult, Conflict, Environment, FunctionBody, Variable, VariableBlock, Variables,
};
use crate::postgres::types::{self, Oid, ParameterMode, ValueType, well_known};
use crate::postgres::{parse, split, tree};
use crate::text::{FileId, Span};
use std::sync::Arc;

/// The file of the text of a body while it is read: no migration has this number.
const BODY: FileId = FileId(u32::MAX);

impl Replay {
    /// Checks the text of a body.
    pub(super) fn check_sql(
        &mut self,
        create: &CreateRoutine,
        text: &BodyText,
        signature: &Signature,
        returned: Returned,
    ) {
        let name = &create.name.name.name;
        self.read_sql(name, text, signature, returned, place_of_result(create));
    }

    /// Checks the text of a body of a routine of this name, whose result is declared at a place.
    pub(super) fn read_sql(
        &mut self,
        name: &str,
        text: &BodyText,
        signature: &Signature,
        returned: Returned,
        span: Span,
    ) {
        let known = self.diagnostics.len();
        self.statements_of(name, text, signature, returned, span);
        for diagnostic in self.diagnostics.iter_mut().skip(known) {
            put_in_place(diagnostic, text);
        }
    }

    fn statements_of(
        &mut self,
        name: &str,
        text: &BodyText,
        signature: &Signature,
        returned: Returned,
        span: Span,
    ) {
        let file = split::split(BODY, &text.text);
        let mut is_sound = file.diagnostics.is_empty();
        self.diagnostics.extend(file.diagnostics);
        let mut statements: Vec<Statement> = Vec::new();
        for raw in &file.statements {
            let parsed = parse::statement(&raw.tokens, u32::from(self.catalog.version));
            is_sound &= parsed.statement.is_some();
            self.diagnostics.extend(parsed.diagnostics);
            statements.extend(parsed.statement);
        }
        if !is_sound {
            return;
        }
        // What does not read or change rows is only parsed.
        let data = statements.iter().map(|statement| match &statement.kind {
            StatementKind::Data(statement) => Some(statement),
            _ => None,
        });
        let data: Vec<Option<&DataStatement>> = data.collect();
        self.sql_body(name, data, signature, returned, span);
    }

    pub(super) fn parsed_body(
        &mut self,
        create: &CreateRoutine,
        body: &Body,
        signature: &Signature,
        returned: Returned,
    ) -> Option<RoutineBody> {
        let mut statements: Vec<DataStatement> = Vec::new();
        match body {
            Body::Return(value) => statements.push(select_of(value)),
            Body::Atomic(all) => {
                for statement in all {
                    match statement {
                        AtomicStatement::Data(statement) => statements.push(statement.clone()),
                        AtomicStatement::Return(value) => statements.push(select_of(value)),
                        AtomicStatement::Other(span) => {
                            let message =
                                "BEGIN ATOMIC holds statements that read or change rows only";
                            self.report(errors::refused(message, *span));
                        }
                    }
                }
            }
        }
        let statements: Vec<Option<&DataStatement>> = statements.iter().map(Some).collect();
        let queries = self.sql_body(
            &create.name.name.name,
            statements,
            signature,
            returned,
            place_of_result(create),
        )?;
        Some(RoutineBody::Parsed(
            queries.into_iter().map(Arc::new).collect(),
        ))
    }

    /// Resolves the statements of a body in SQL, with the arguments in scope, and what the last one returns.
    fn sql_body(
        &mut self,
        name: &str,
        statements: Vec<Option<&DataStatement>>,
        signature: &Signature,
        returned: Returned,
        span: Span,
    ) -> Option<Vec<tree::Query>> {
        let variables = self.variables_of(name, signature);
        let outputs = signature.parameters.iter().filter(|it| {
            matches!(
                it.mode,
                ParameterMode::Out | ParameterMode::InOut | ParameterMode::Table
            )
        });
        let outputs: Vec<(Arc<str>, ValueType)> = outputs
            .map(|it| (Arc::from(&*it.name), self.plain_value(it.value)))
            .collect();
        let result = match returned.oid {
            well_known::VOID => BodyResult::Nothing,
            well_known::RECORD if outputs.is_empty() => BodyResult::Record,
            well_known::RECORD => BodyResult::Columns(outputs),
            oid => BodyResult::Value(self.plain_value(oid)),
        };
        let function = FunctionBody {
            statements,
            parameters: &variables,
            result,
            span,
        };
        let environment = Environment {
            variables: Some(&variables),
            ..self.environment()
        };
        let resolved = resolve::body(environment, &function);
        self.settled(resolved)
    }

    fn plain_value(&self, oid: Oid) -> ValueType {
        let collation = self.catalog.type_of(oid).and_then(|it| it.collation);
        ValueType::plain(oid).collated(collation)
    }

    /// The arguments as a body in SQL knows them: by name, by the function's name and theirs, by number.
    fn variables_of(&self, name: &str, signature: &Signature) -> Variables {
        let inputs = signature.parameters.iter().filter(|it| {
            matches!(
                it.mode,
                ParameterMode::In | ParameterMode::InOut | ParameterMode::Variadic
            )
        });
        let mut variables = Vec::new();
        let mut parameters = Vec::new();
        for (number, input) in (1..).zip(inputs) {
            let typed = self.plain_value(input.value);
            // What a polymorphic argument is only a call tells.
            let typed = (!types::is_polymorphic(typed.oid)).then_some(typed);
            parameters.push(typed);
            if !input.name.is_empty() {
                variables.push(Variable {
                    name: Arc::from(&*input.name),
                    typed,
                    number,
                });
            }
        }
        Variables {
            conflict: Conflict::Column,
            blocks: vec![VariableBlock {
                label: Some(name.into()),
                variables,
                row: None,
            }],
            parameters,
            open: false,
        }
    }
}

/// Where it is written what a routine returns.
fn place_of_result(create: &CreateRoutine) -> Span {
    match &create.returns {
        Some(Returns::Type(name)) => name.span,
        Some(Returns::Table(_, span)) => *span,
        None => create.name.name.span,
    }
}

/// `SELECT value`
fn select_of(value: &Expr) -> DataStatement {
    let select = Select {
        distinct: None,
        targets: vec![Target {
            value: value.clone(),
            label: None,
        }],
        into: None,
        from: Vec::new(),
        filter: None,
        group_by: Vec::new(),
        group_distinct: false,
        having: None,
        windows: Vec::new(),
    };
    DataStatement::Query(Box::new(Query {
        with: None,
        body: QueryBody::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: Limit::default(),
        locking: Vec::new(),
        span: value.span,
    }))
}

/// Points at the places in the migration that those in the text of a body are.
fn put_in_place(diagnostic: &mut Diagnostic, text: &BodyText) {
    let labels = diagnostic.secondary.iter_mut();
    for label in labels.chain([&mut diagnostic.primary]) {
        if label.span.file != BODY {
            continue;
        }
        label.span = match text.verbatim {
            Some(place) => Span {
                file: place.file,
                start: place.start.saturating_add(label.span.start),
                end: place.start.saturating_add(label.span.end),
            },
            // With its escapes decoded it has other places than in the file.
            None => text.literal,
        };
    }
}
