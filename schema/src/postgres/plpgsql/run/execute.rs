//! Statements of SQL, written out or as texts, and the functions that they call.

use super::super::ast::{Expression, Into, QuerySource, Raise, RaiseOption};
use super::super::conditions::condition;
use super::super::effects::{changes_schema, direct_calls, is_harmless};
use super::super::parse::is_word;
use super::super::value::{Known, Row, Value};
use super::{Host, Mistake, Opaque, Run, Stop, opaque, raised, unknown_variables};
use crate::postgres::ast::{Query, StatementKind};
use crate::postgres::parse::cursor::Parser;
use crate::postgres::resolve::Variables;
use crate::postgres::split::{Token, split};
use crate::text::{FileId, Span};
use std::sync::Arc;

impl<H: Host> Run<'_, H> {
    /// A statement that is written out.
    pub(super) fn sql(
        &mut self,
        tokens: &[Token],
        names: &Arc<Variables>,
        span: Span,
    ) -> Result<(), Stop> {
        self.host.apply(tokens, names)?;
        if changes_schema(tokens) {
            self.looked_at.clear();
        }
        if tokens.first().is_some_and(|first| is_word(first, "call")) {
            return self.procedure(tokens, span);
        }
        match self.query(tokens) {
            Some(query) => self.calls(&query, span),
            None => Ok(()),
        }
    }

    /// CALL.
    fn procedure(&mut self, tokens: &[Token], span: Span) -> Result<(), Stop> {
        let mut parser = Parser::new(tokens, self.version);
        let Ok(statement) = parser.statement() else {
            return Ok(());
        };
        let StatementKind::Call(call) = statement.kind else {
            return Ok(());
        };
        if !self.host.acts(&call.call) {
            return Ok(());
        }
        let arguments = call.call.arguments.iter();
        let arguments = arguments.map(|argument| self.scope().value(&argument.value));
        let arguments: Vec<Known> = arguments.collect();
        self.host.call_routine(&call.call, arguments, span)
    }

    /// What the functions do that a query calls, once for each of its rows.
    pub(super) fn calls(&mut self, query: &Query, span: Span) -> Result<(), Stop> {
        let calls = direct_calls(query);
        if !calls.iter().any(|call| self.host.acts(call)) {
            return Ok(());
        }
        let Some(rows) = self.scope().calls_of(query) else {
            return Err(opaque(span, Opaque::Call));
        };
        for (call, arguments) in rows {
            if self.host.acts(call) {
                self.looked_at.clear();
                self.host.call_routine(call, arguments, span)?;
            }
        }
        Ok(())
    }

    /// An expression that is evaluated: the names in it, and what the functions do that it calls.
    pub(super) fn look_at(&mut self, expression: &Expression) -> Result<(), Stop> {
        if self.looked_at.insert(std::ptr::from_ref(expression).addr()) {
            self.host.look_at(expression)?;
        }
        self.calls(&expression.query, expression.span)
    }

    pub(super) fn look_at_all<'e>(
        &mut self,
        expressions: impl IntoIterator<Item = &'e Expression>,
    ) -> Result<(), Stop> {
        expressions.into_iter().try_for_each(|it| self.look_at(it))
    }

    /// EXECUTE; the row that its last statement gives.
    pub(super) fn execute(
        &mut self,
        command: &Expression,
        using: &[Expression],
        into: Option<&Into>,
        span: Span,
    ) -> Result<Option<Option<Row>>, Stop> {
        let strict = into.is_some_and(|into| into.strict);
        match self.dynamic(command, using, span)? {
            Some(rows) if into.is_some() => self.only_row(rows, strict, span),
            _ => Ok(None),
        }
    }

    /// The rows of a query, written out or as a text.
    pub(super) fn rows_of(&mut self, source: &QuerySource) -> Result<Option<Vec<Row>>, Stop> {
        match source {
            QuerySource::Static(sql) => {
                self.sql(&sql.tokens, &sql.names, sql.span)?;
                Ok(self.rows(&sql.tokens))
            }
            QuerySource::Dynamic(command, using) => {
                let rows = self.dynamic(command, using, command.span)?;
                Ok(rows.flatten())
            }
        }
    }

    /// Runs a text that is computed. Nothing if the text is not known; then nothing if the rows of its last statement are
    /// not.
    fn dynamic(
        &mut self,
        command: &Expression,
        using: &[Expression],
        span: Span,
    ) -> Result<Option<Option<Vec<Row>>>, Stop> {
        self.look_at(command)?;
        self.look_at_all(using)?;
        let value = self.value(command);
        if value == Some(Value::Null) {
            return Err(raised(Some("22004".into()), span));
        }
        let Some(text) = value.and_then(|value| value.as_text()) else {
            return match is_harmless(self.scope(), command) {
                true => Ok(None),
                false => Err(opaque(span, Opaque::Text)),
            };
        };
        let parameters = using.iter().enumerate();
        let parameters = parameters.map(|(index, value)| {
            let name: Arc<str> = format!("${}", index + 1).into();
            (name, self.value(value))
        });
        let parameters: Vec<(Arc<str>, Known)> = parameters.collect();
        let names = unknown_variables(&parameters);
        // The variables of the body are not seen in the text.
        let variables = std::mem::replace(&mut self.variables, parameters);
        let rows = self.text(&text, &names, span);
        self.variables = variables;
        rows.map(Some)
    }

    /// The statements of a text; each has the place of EXECUTE.
    fn text(
        &mut self,
        text: &str,
        names: &Arc<Variables>,
        span: Span,
    ) -> Result<Option<Vec<Row>>, Stop> {
        let file = split(FileId(0), text);
        if let Some(diagnostic) = file.diagnostics.into_iter().next() {
            let mut diagnostic = diagnostic;
            diagnostic.primary.span = span;
            return Err(Stop::Mistake(Mistake {
                state: Some("42601".into()),
                diagnostics: vec![diagnostic],
                span,
            }));
        }
        let mut rows = None;
        for statement in file.statements {
            let tokens = statement
                .tokens
                .into_iter()
                .map(|token| Token { span, ..token });
            let tokens: Vec<Token> = tokens.collect();
            self.sql(&tokens, names, span)?;
            rows = self.rows(&tokens);
        }
        Ok(rows)
    }

    /// The row that INTO takes of some; nothing if it is not known, and then nothing if there is none.
    pub(super) fn only_row(
        &self,
        rows: Option<Vec<Row>>,
        strict: bool,
        span: Span,
    ) -> Result<Option<Option<Row>>, Stop> {
        let Some(rows) = rows else {
            return Ok(None);
        };
        let mut rows = rows.into_iter();
        match (rows.next(), rows.next()) {
            (None, _) if strict => Err(raised(Some("P0002".into()), span)),
            (Some(_), Some(_)) if strict => Err(raised(Some("P0003".into()), span)),
            (first, None) => Ok(Some(first)),
            // Which of several comes first is not known.
            (_, Some(_)) => Ok(None),
        }
    }

    /// The SQLSTATE of RAISE; nothing if it is computed.
    pub(super) fn state_of(&self, raise: &Raise) -> Option<Arc<str>> {
        if raise.again {
            return None;
        }
        let mut options = raise.using.iter();
        if let Some((_, code)) = options.find(|(option, _)| *option == RaiseOption::Errcode) {
            let code = self.value(code)?.as_text()?;
            return Some(condition(&code).map_or(code, Arc::from));
        }
        Some(raise.state.as_deref().unwrap_or("P0001").into())
    }
}
