//! Whether a body may change the schema when it runs.

use super::ast::{Block, Expression, LoopKind, QuerySource, Sql, Statement, StatementKind};
use super::evaluate::Scope;
use crate::postgres::ast::{
    Expr, ExprKind, FromItem, FromItemKind, FunctionCall, Query, QueryBody,
};
use crate::postgres::parse::cursor::Parser;
use crate::postgres::split::{Token, split};
use crate::text::FileId;
use tablature_lexer::postgres::{Symbol, TokenKind, Tokenizer};

/// What is asked of the functions that a body calls.
pub(crate) type Acts<'a> = dyn FnMut(&FunctionCall) -> bool + 'a;

/// Whether a block has a statement that may change the schema; `acts` says it of the functions that it calls.
pub(crate) fn may_change(
    block: &Block,
    scope: Scope<'_>,
    version: u32,
    acts: &mut Acts<'_>,
) -> bool {
    let mut judge = Judge {
        scope,
        version,
        acts,
    };
    judge.block(block)
}

struct Judge<'a, 'b> {
    scope: Scope<'a>,
    version: u32,
    acts: &'a mut Acts<'b>,
}

impl Judge<'_, '_> {
    fn block(&mut self, block: &Block) -> bool {
        let mut handlers = block.handlers.iter();
        self.any(&block.statements) || handlers.any(|handler| self.any(&handler.statements))
    }

    fn any(&mut self, statements: &[Statement]) -> bool {
        statements.iter().any(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement) -> bool {
        match &statement.kind {
            StatementKind::Null
            | StatementKind::Leave { .. }
            | StatementKind::Raise(_)
            | StatementKind::Assert { .. }
            | StatementKind::GetDiagnostics(_)
            | StatementKind::Open { .. }
            | StatementKind::Fetch { .. }
            | StatementKind::Close(_)
            | StatementKind::Return(None)
            | StatementKind::ReturnNext(None)
            | StatementKind::Transaction { .. } => false,
            StatementKind::Block(block) => self.block(block),
            StatementKind::Assign { value, .. } => self.expression(value),
            StatementKind::Return(Some(value)) | StatementKind::ReturnNext(Some(value)) => {
                self.expression(value)
            }
            StatementKind::ReturnQuery(source) => self.source(source),
            StatementKind::Perform(query) => self.expression(query),
            StatementKind::If {
                branches,
                otherwise,
            } => branches.iter().any(|(_, statements)| self.any(statements)) || self.any(otherwise),
            StatementKind::Case {
                branches,
                otherwise,
                ..
            } => {
                branches.iter().any(|(_, statements)| self.any(statements))
                    || self.any(otherwise.as_deref().unwrap_or_default())
            }
            StatementKind::Loop { kind, body, .. } => {
                let in_source = match kind {
                    LoopKind::Rows { source, .. } => self.source(source),
                    LoopKind::Forever
                    | LoopKind::While(_)
                    | LoopKind::Integers { .. }
                    | LoopKind::Cursor { .. }
                    | LoopKind::Elements { .. } => false,
                };
                in_source || self.any(body)
            }
            StatementKind::Execute { command, .. } => !is_harmless(self.scope, command),
            StatementKind::Sql { sql, .. } => self.sql(sql),
        }
    }

    fn source(&mut self, source: &QuerySource) -> bool {
        match source {
            QuerySource::Static(sql) => self.sql(sql),
            QuerySource::Dynamic(command, _) => !is_harmless(self.scope, command),
        }
    }

    fn sql(&mut self, sql: &Sql) -> bool {
        if changes_schema(&sql.tokens) {
            return true;
        }
        let mut parser = Parser::new(&sql.tokens, self.version);
        parser.query().is_ok_and(|query| self.query(&query))
    }

    fn expression(&mut self, expression: &Expression) -> bool {
        self.query(&expression.query)
    }

    fn query(&mut self, query: &Query) -> bool {
        direct_calls(query)
            .into_iter()
            .any(|call| (self.acts)(call))
    }
}

/// The calls of a query that are columns of it, or items of its FROM, and not parts of other expressions.
pub(crate) fn direct_calls(query: &Query) -> Vec<&FunctionCall> {
    let QueryBody::Select(select) = &query.body else {
        return Vec::new();
    };
    let targets = select.targets.iter().map(|target| &target.value);
    let items = select.from.iter().flat_map(calls_of_item);
    items.chain(targets).filter_map(call_of).collect()
}

fn calls_of_item(item: &FromItem) -> Vec<&Expr> {
    match &item.kind {
        FromItemKind::Function { functions, .. } => {
            functions.iter().map(|it| &it.function).collect()
        }
        FromItemKind::Join { left, right, .. } => {
            let mut calls = calls_of_item(left);
            calls.extend(calls_of_item(right));
            calls
        }
        FromItemKind::Table { .. } | FromItemKind::XmlTable { .. } | FromItemKind::Query { .. } => {
            Vec::new()
        }
    }
}

/// The call that an expression is, perhaps of which a field is taken, or that is cast.
pub(super) fn call_of(expr: &Expr) -> Option<&FunctionCall> {
    match &expr.kind {
        ExprKind::Function(call) => Some(call),
        ExprKind::Cast { value, .. } | ExprKind::Indirection { value, .. } => call_of(value),
        _ => None,
    }
}

/// Whether a statement may change the schema: all but those that read or change rows, or that only concern the session.
pub(crate) fn changes_schema(tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else {
        return false;
    };
    !is_harmless_word(&first.text) && first.kind != TokenKind::Symbol(Symbol::LeftParen)
}

fn is_harmless_word(word: &str) -> bool {
    const HARMLESS: &[&str] = &[
        "select", "insert", "update", "delete", "merge", "with", "values", "table", "set", "reset",
        "lock", "notify", "listen", "unlisten", "analyze", "explain", "show", "truncate",
        "refresh", "vacuum", "reindex", "cluster",
    ];
    let mut harmless = HARMLESS.iter();
    harmless.any(|harmless| word.eq_ignore_ascii_case(harmless))
}

/// Whether the text of EXECUTE begins with a word of statements that change no schema, whatever follows it.
pub(super) fn is_harmless(scope: Scope<'_>, command: &Expression) -> bool {
    let QueryBody::Select(select) = &command.query.body else {
        return false;
    };
    let [target] = select.targets.as_slice() else {
        return false;
    };
    if let Some(text) = scope.value(&target.value).and_then(|value| value.as_text()) {
        let file = split(FileId(0), &text);
        let mut statements = file.statements.iter();
        return !statements.any(|statement| changes_schema(&statement.tokens));
    }
    let Some(beginning) = beginning(scope, &target.value) else {
        return false;
    };
    let mut tokens = Tokenizer::new(&beginning);
    let is_text = |kind| !matches!(kind, TokenKind::Space | TokenKind::Comment);
    let Some(first) = tokens.find(|token| is_text(token.kind)) else {
        return false;
    };
    // What follows could be the rest of the word.
    first.end < beginning.len()
        && beginning
            .get(first.start..first.end)
            .is_some_and(is_harmless_word)
}

/// How a text begins, as far as that is known.
fn beginning(scope: Scope<'_>, expr: &Expr) -> Option<String> {
    if let Some(value) = scope.value(expr) {
        return value.as_text().map(|text| text.to_string());
    }
    match &expr.kind {
        ExprKind::Binary { operator, left, .. } if &*operator.name == "||" => {
            beginning(scope, left)
        }
        ExprKind::Cast { value, .. } => beginning(scope, value),
        ExprKind::Function(call) => {
            let first = beginning(scope, &call.arguments.first()?.value)?;
            match &*call.name.name.name {
                "concat" => Some(first),
                "format" => first.split('%').next().map(str::to_owned),
                _ => None,
            }
        }
        _ => None,
    }
}
