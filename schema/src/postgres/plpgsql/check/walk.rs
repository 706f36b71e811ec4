//! A body from its first statement to its last, each name with the variables that it sees.

use super::super::ast::{
    Block, Condition, DeclarationKind, Expression, Handler, Into, LoopKind, QuerySource, Raise,
    Sql, Statement, StatementKind,
};
use super::super::body;
use super::super::parse::is_word;
use super::{Firing, Made, made};
use crate::diagnostic::{Diagnostic, Severity};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{self, Constant, Expr, ExprKind, Ident, QueryBody};
use crate::postgres::parse::cursor::Parser;
use crate::postgres::resolve::{
    self, Context, Environment, OutputColumn, Place, Resolved, Rows, Variables,
};
use crate::postgres::split::Token;
use crate::postgres::tree::UNKNOWN;
use crate::postgres::types::{Typing, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

/// The errors whose handler expects that something is not there.
const MISSING: &[&str] = &["42P01", "42703", "42883", "42704", "3F000", "42000"];

/// Whether what follows a statement is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    Leaves,
}

pub(super) struct Walk<'a> {
    environment: Environment<'a>,
    tokens: &'a [Token],
    /// The columns of the rows that it returns, where they are known.
    rows: Option<&'a [ValueType]>,
    firing: Option<&'a Firing>,
    /// The places of names of what bodies make.
    made: Vec<Span>,
    /// Whether it is expected that something is not there.
    is_expected: bool,
    /// Whether NEW and OLD may be rows of other tables than the trigger's at hand.
    any_row: bool,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        environment: Environment<'a>,
        tokens: &'a [Token],
        rows: Option<&'a [ValueType]>,
        firing: Option<&'a Firing>,
        made: &Made,
    ) -> Walk<'a> {
        let made = tokens.iter().filter(|token| {
            let name = made::name_of(token);
            name.is_some_and(|name| {
                made.has(&name) || firing.is_some_and(|firing| firing.brings(&name))
            })
        });
        Walk {
            environment,
            tokens,
            rows,
            firing,
            made: made.map(|token| token.span).collect(),
            is_expected: false,
            any_row: false,
            found: Vec::new(),
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        self.inner_block(block);
    }

    fn inner_block(&mut self, block: &Block) -> Flow {
        for declaration in &block.declarations {
            match &declaration.kind {
                DeclarationKind::Variable { default, .. } => self.expressions(default),
                DeclarationKind::Alias(_) => {}
                DeclarationKind::Cursor { query, .. } => self.looked_at(query),
            }
        }
        let before = self.is_expected;
        self.is_expected |= block.handlers.iter().any(expects_missing);
        let flow = self.statements(&block.statements);
        self.is_expected = before;
        for handler in &block.handlers {
            self.statements(&handler.statements);
        }
        match block.handlers.is_empty() {
            true => flow,
            false => Flow::Next,
        }
    }

    fn statements(&mut self, statements: &[Statement]) -> Flow {
        for statement in statements {
            if self.statement(&statement.kind) == Flow::Leaves {
                // What follows is never reached.
                return Flow::Leaves;
            }
        }
        Flow::Next
    }

    fn statement(&mut self, statement: &StatementKind) -> Flow {
        match statement {
            StatementKind::Null
            | StatementKind::Close(_)
            | StatementKind::Transaction { .. }
            | StatementKind::GetDiagnostics(_)
            | StatementKind::Fetch { .. } => {}
            StatementKind::Block(block) => return self.inner_block(block),
            StatementKind::Assign {
                target,
                part,
                value,
            } => {
                match part {
                    Some(part) => self.expression(part),
                    None => self.target(target, &value.names),
                }
                self.expression(value);
            }
            StatementKind::If {
                branches,
                otherwise,
            } => return self.branches(branches, otherwise),
            StatementKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let otherwise = otherwise.as_deref().unwrap_or_default();
                return match operand {
                    None => self.branches(branches, otherwise),
                    Some(operand) => self.cases(operand, branches, otherwise),
                };
            }
            StatementKind::Loop { kind, body, .. } => self.repeated(kind, body),
            StatementKind::Leave { when, .. } => {
                self.expressions(when);
                if when.is_none() {
                    return Flow::Leaves;
                }
            }
            StatementKind::Return(value) => {
                self.expressions(value);
                return Flow::Leaves;
            }
            StatementKind::ReturnNext(value) => self.expressions(value),
            StatementKind::ReturnQuery(QuerySource::Static(sql)) => {
                if let Some(columns) = self.sql(sql) {
                    self.returned(&columns, sql.span);
                }
            }
            StatementKind::ReturnQuery(QuerySource::Dynamic(command, using)) => {
                self.command(command, using);
            }
            StatementKind::Raise(raise) => return self.raise(raise),
            StatementKind::Assert { condition, message } => {
                self.expression(condition);
                self.expressions(message);
            }
            StatementKind::Execute {
                command,
                into,
                using,
            } => {
                self.command(command, using);
                self.into(into.as_ref(), &command.names);
            }
            StatementKind::Perform(value) => self.expression(value),
            StatementKind::Sql { sql, into } => {
                self.looked_at(sql);
                self.into(into.as_ref(), &sql.names);
            }
            StatementKind::Open {
                arguments, source, ..
            } => {
                self.expressions(arguments);
                if let Some(source) = source {
                    self.source(source);
                }
            }
        }
        Flow::Next
    }

    fn raise(&mut self, raise: &Raise) -> Flow {
        self.expressions(&raise.arguments);
        self.expressions(raise.using.iter().map(|(_, value)| value));
        match raise.exception {
            true => Flow::Leaves,
            false => Flow::Next,
        }
    }

    /// IF, and CASE without an operand. Where the trigger decides a condition, the branches that are never taken are not
    /// looked at.
    fn branches(
        &mut self,
        branches: &[(Expression, Vec<Statement>)],
        otherwise: &[Statement],
    ) -> Flow {
        let before = self.any_row;
        let mut taken = Vec::new();
        for (condition, statements) in branches {
            self.expression(condition);
            match self.firing.and_then(|firing| firing.decides(condition)) {
                Some(false) => continue,
                Some(true) => {
                    taken.push(self.statements(statements));
                    return self.joined(&taken, before);
                }
                None => {
                    self.any_row |= self.asks_for_the_row(condition.span);
                    taken.push(self.statements(statements));
                }
            }
        }
        taken.push(self.statements(otherwise));
        self.joined(&taken, before)
    }

    fn cases(
        &mut self,
        operand: &Expression,
        branches: &[(Expression, Vec<Statement>)],
        otherwise: &[Statement],
    ) -> Flow {
        self.expression(operand);
        let before = self.any_row;
        let mut taken = Vec::new();
        for (values, statements) in branches {
            self.expression(values);
            match self
                .firing
                .and_then(|firing| firing.decides_case(operand, values))
            {
                Some(false) => continue,
                Some(true) => {
                    taken.push(self.statements(statements));
                    return self.joined(&taken, before);
                }
                None => {
                    self.any_row |= self.asks_for_the_row(operand.span);
                    taken.push(self.statements(statements));
                }
            }
        }
        taken.push(self.statements(otherwise));
        self.joined(&taken, before)
    }

    /// What follows branches. After one that leaves where another table's row is at hand, only this table's may be left, or
    /// not.
    fn joined(&mut self, taken: &[Flow], before: bool) -> Flow {
        let leaves = taken.contains(&Flow::Leaves);
        self.any_row = before || self.any_row && leaves;
        match taken.iter().all(|flow| *flow == Flow::Leaves) {
            true => Flow::Leaves,
            false => Flow::Next,
        }
    }

    fn repeated(&mut self, kind: &LoopKind, body: &[Statement]) {
        match kind {
            LoopKind::Forever => {}
            LoopKind::While(condition) => self.expression(condition),
            LoopKind::Integers { from, to, by, .. } => {
                self.expression(from);
                self.expression(to);
                self.expressions(by);
            }
            LoopKind::Rows { source, .. } => self.source(source),
            LoopKind::Cursor { arguments, .. } => self.expressions(arguments),
            LoopKind::Elements { array, .. } => self.expression(array),
        }
        let before = self.any_row;
        self.statements(body);
        self.any_row = before;
    }

    fn source(&mut self, source: &QuerySource) {
        match source {
            QuerySource::Static(sql) => self.looked_at(sql),
            QuerySource::Dynamic(command, using) => self.command(command, using),
        }
    }

    /// RETURN QUERY: the rows must be just those of the result (`convert_tuples_by_position`).
    fn returned(&mut self, columns: &[OutputColumn], span: Span) {
        let Some(wanted) = self.rows else {
            return;
        };
        if wanted.len() != columns.len() {
            let mistake = errors::returned_width(span, columns.len(), wanted.len());
            return self.found.push(mistake);
        }
        let typing = Typing::new(self.environment.catalog);
        let words = |typed: ValueType| typing.format(typed.oid, typed.typmod);
        for (number, (column, wanted)) in (1..).zip(columns.iter().zip(wanted)) {
            let mut typed = column.typed;
            if typed.oid == well_known::UNKNOWN {
                typed.oid = well_known::TEXT;
            }
            let is_known = typed.oid != UNKNOWN.oid && wanted.oid != UNKNOWN.oid;
            let fits = typed.oid == wanted.oid
                && (typed.typmod == wanted.typmod || !wanted.typmod.is_some());
            if is_known && !fits {
                let mistake = errors::returned_type(span, number, &words(typed), &words(*wanted));
                return self.found.push(mistake);
            }
        }
    }

    /// EXECUTE: a text that is written out is a statement without variables.
    fn command(&mut self, command: &Expression, using: &[Expression]) {
        self.expression(command);
        self.expressions(using);
        let Some(text) = written_out(command) else {
            return;
        };
        let Ok(tokens) = body::tokens(text, command.span, None) else {
            return;
        };
        let mut parser = Parser::new(&tokens, u32::from(self.environment.version));
        let Ok(statement) = parser.statement() else {
            return;
        };
        let ast::StatementKind::Data(statement) = &statement.kind else {
            return;
        };
        let names = Variables {
            parameters: vec![None; using.len()],
            ..Variables::default()
        };
        if self.is_looked_at(command.span) {
            let resolved = resolve::statement(self.seeing(&names), statement);
            self.keep(resolved);
        }
    }

    fn looked_at(&mut self, sql: &Sql) {
        self.sql(sql);
    }

    /// The columns that a statement returns; nothing where that is not known.
    fn sql(&mut self, sql: &Sql) -> Option<Vec<OutputColumn>> {
        let ast::StatementKind::Data(statement) = &sql.statement.kind else {
            return None;
        };
        if !self.is_looked_at(sql.span) {
            return None;
        }
        let names = self.names(&sql.names);
        let mut resolved = resolve::statement(self.seeing(&names), statement);
        let columns = resolved.value.columns.take();
        let is_sound = resolved.diagnostics.is_empty();
        self.keep(resolved);
        columns.filter(|_| is_sound)
    }

    fn into(&mut self, into: Option<&Into>, names: &Arc<Variables>) {
        for target in into.into_iter().flat_map(|into| &into.targets) {
            self.target(target, names);
        }
    }

    /// A field of a row that is assigned.
    fn target(&mut self, target: &[Ident], names: &Arc<Variables>) {
        let (Some(first), Some(last)) = (target.first(), target.get(1..).and_then(<[_]>::last))
        else {
            return;
        };
        let span = first.span.to(last.span);
        if !self.is_looked_at(span) {
            return;
        }
        let names = self.names(names);
        let value = Expr {
            kind: ExprKind::Column {
                parts: target.to_vec(),
                star: None,
            },
            span,
        };
        let place = Place {
            context: Context::Other,
            rows: Rows::None,
            span,
        };
        let resolved = resolve::expression(self.seeing(&names), place, &value);
        self.keep(resolved);
    }

    fn expressions<'e>(&mut self, all: impl IntoIterator<Item = &'e Expression>) {
        for expression in all {
            self.expression(expression);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        if self.is_looked_at(expression.span) {
            let names = self.names(&expression.names);
            let resolved = resolve::query(self.seeing(&names), &expression.query);
            self.keep(resolved);
        }
    }

    fn seeing<'n>(&'n self, names: &'n Variables) -> Environment<'n> {
        Environment {
            variables: Some(names),
            ..self.environment
        }
    }

    /// The variables; where NEW and OLD may be rows of another table, nothing is known of them.
    fn names(&self, names: &Arc<Variables>) -> Arc<Variables> {
        if !self.any_row {
            return Arc::clone(names);
        }
        let mut names = Variables::clone(names);
        let all = names.blocks.iter_mut().flat_map(|it| &mut it.variables);
        for row in all.filter(|it| matches!(&*it.name, "new" | "old")) {
            row.typed = None;
        }
        Arc::new(names)
    }

    /// Whether something at a place can be judged.
    fn is_looked_at(&self, span: Span) -> bool {
        !self.is_expected && !self.made.iter().any(|made| is_within(*made, span))
    }

    fn keep<T>(&mut self, resolved: Resolved<T>) {
        let mistakes = resolved.diagnostics.into_iter();
        self.found
            .extend(mistakes.filter(|it| it.severity == Severity::Error));
    }

    /// Whether a condition asks of which table the row is, other than by what the trigger decides: by its arguments, or by
    /// the fields that the row has.
    fn asks_for_the_row(&self, span: Span) -> bool {
        const FACTS: &[&str] = &[
            "tg_table_name",
            "tg_relname",
            "tg_table_schema",
            "tg_relid",
            "tg_name",
            "tg_nargs",
            "tg_argv",
        ];
        let tokens: Vec<&Token> = self
            .tokens
            .iter()
            .filter(|token| is_within(token.span, span))
            .collect();
        let asks_a_fact = tokens
            .iter()
            .any(|token| FACTS.iter().any(|fact| is_word(token, fact)));
        let passes_the_row = tokens.windows(3).any(|three| match three {
            [open, row, close] => {
                is_word(open, "(")
                    && (is_word(row, "new") || is_word(row, "old"))
                    && is_word(close, ")")
            }
            _ => false,
        });
        asks_a_fact || passes_the_row
    }
}

fn is_within(inner: Span, outer: Span) -> bool {
    inner.file == outer.file && inner.start >= outer.start && inner.end <= outer.end
}

fn expects_missing(handler: &Handler) -> bool {
    handler.conditions.iter().any(|condition| match condition {
        Condition::Others => false,
        Condition::State(state) => MISSING.contains(&&**state),
    })
}

/// The text of a command that is a string.
fn written_out(command: &Expression) -> Option<&str> {
    let QueryBody::Select(select) = &command.query.body else {
        return None;
    };
    let [target] = select.targets.as_slice() else {
        return None;
    };
    match &target.value.kind {
        ExprKind::Constant(Constant::String(text)) if select.from.is_empty() => Some(text),
        _ => None,
    }
}
