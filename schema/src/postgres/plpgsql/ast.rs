//! The syntax tree of a body.

use crate::postgres::ast::{self, Ident, QualifiedName, Query, TypeName};
use crate::postgres::resolve::Variables;
use crate::postgres::split::Token;
use crate::text::Span;
use std::sync::Arc;

/// A block: `DECLARE … BEGIN … EXCEPTION … END`.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// `<<label>>`
    pub label: Option<Ident>,
    /// DECLARE.
    pub declarations: Vec<Declaration>,
    /// What is run.
    pub statements: Vec<Statement>,
    /// EXCEPTION; without it the block is no savepoint.
    pub handlers: Vec<Handler>,
    /// From its first to its last token.
    pub span: Span,
}

/// WHEN of EXCEPTION.
#[derive(Debug, Clone, PartialEq)]
pub struct Handler {
    /// Any of these.
    pub conditions: Vec<Condition>,
    /// What is run then.
    pub statements: Vec<Statement>,
}

/// An error that a handler is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// OTHERS: all but a cancelled query and a failed assertion.
    Others,
    /// The one of a SQLSTATE.
    State(Box<str>),
}

/// A declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// What is declared.
    pub name: Ident,
    /// As what.
    pub kind: DeclarationKind,
    /// From its first to its last token.
    pub span: Span,
}

/// What is declared.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum DeclarationKind {
    Variable {
        constant: bool,
        type_name: Box<VariableType>,
        collation: Option<Box<QualifiedName>>,
        not_null: bool,
        default: Option<Expression>,
    },
    /// ALIAS FOR.
    Alias(Vec<Ident>),
    Cursor {
        arguments: Vec<(Ident, VariableType)>,
        query: Sql,
    },
}

/// The type of a variable.
#[derive(Debug, Clone, PartialEq)]
pub enum VariableType {
    /// Any type, `record` included.
    Type(TypeName),
    /// `name%TYPE`, of a variable or a column.
    Of(Vec<Ident>),
    /// `table%ROWTYPE`
    RowOf(Vec<Ident>),
}

/// An expression: all that may follow SELECT.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The SELECT.
    pub query: Box<Query>,
    /// The variables that it sees.
    pub names: Arc<Variables>,
    /// From its first to its last token.
    pub span: Span,
}

/// A statement of SQL in a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Sql {
    /// Its tokens, without an INTO that names variables.
    pub tokens: Vec<Token>,
    /// What they were read to.
    pub statement: Box<ast::Statement>,
    /// The variables that it sees.
    pub names: Arc<Variables>,
    /// From its first to its last token.
    pub span: Span,
}

/// Where INTO puts values.
#[derive(Debug, Clone, PartialEq)]
pub struct Into {
    /// STRICT.
    pub strict: bool,
    /// The variables, each with its fields.
    pub targets: Vec<Vec<Ident>>,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it is.
    pub kind: StatementKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The kinds of statements.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the variants are the statements of the language"
)]
pub enum StatementKind {
    Null,
    Block(Block),
    Assign {
        target: Vec<Ident>,
        /// The target as a value, if an element or a slice of it is assigned.
        part: Option<Expression>,
        value: Expression,
    },
    /// The branches in order; ELSE.
    If {
        branches: Vec<(Expression, Vec<Statement>)>,
        otherwise: Vec<Statement>,
    },
    Case {
        operand: Option<Expression>,
        branches: Vec<(Expression, Vec<Statement>)>,
        /// Without ELSE, a CASE that nothing matches is an error.
        otherwise: Option<Vec<Statement>>,
    },
    Loop {
        label: Option<Ident>,
        kind: LoopKind,
        body: Vec<Statement>,
    },
    /// EXIT or CONTINUE.
    Leave {
        exit: bool,
        label: Option<Ident>,
        when: Option<Expression>,
    },
    Return(Option<Expression>),
    ReturnNext(Option<Expression>),
    ReturnQuery(QuerySource),
    Raise(Raise),
    Assert {
        condition: Expression,
        message: Option<Expression>,
    },
    Execute {
        command: Expression,
        into: Option<Into>,
        using: Vec<Expression>,
    },
    Perform(Expression),
    Sql {
        sql: Sql,
        into: Option<Into>,
    },
    /// The variables that are set.
    GetDiagnostics(Vec<Vec<Ident>>),
    Open {
        cursor: Ident,
        /// Those of a cursor that has its query.
        arguments: Vec<Expression>,
        source: Option<QuerySource>,
    },
    Fetch {
        cursor: Ident,
        into: Option<Into>,
    },
    Close(Ident),
    /// COMMIT or ROLLBACK.
    Transaction {
        commit: bool,
    },
}

/// A query that is written out or computed.
#[derive(Debug, Clone, PartialEq)]
pub enum QuerySource {
    /// Written out.
    Static(Sql),
    /// EXECUTE … USING ….
    Dynamic(Expression, Vec<Expression>),
}

/// The kinds of loops.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum LoopKind {
    Forever,
    While(Expression),
    Integers {
        variable: Ident,
        reverse: bool,
        from: Expression,
        to: Expression,
        by: Option<Expression>,
    },
    Rows {
        targets: Vec<Vec<Ident>>,
        source: QuerySource,
    },
    Cursor {
        variable: Ident,
        cursor: Ident,
        arguments: Vec<Expression>,
    },
    Elements {
        targets: Vec<Vec<Ident>>,
        slice: Option<i32>,
        array: Expression,
    },
}

/// RAISE.
#[derive(Debug, Clone, PartialEq)]
pub struct Raise {
    /// Whether the level is EXCEPTION, written or not.
    pub exception: bool,
    /// The SQLSTATE if it is said by a condition's name or by itself; none for RAISE alone, which raises the error at hand
    /// again, and where USING says it.
    pub state: Option<Box<str>>,
    /// Whether there is nothing but the word.
    pub again: bool,
    /// The message's format, decoded.
    pub format: Option<Box<str>>,
    /// Its arguments.
    pub arguments: Vec<Expression>,
    /// USING.
    pub using: Vec<(RaiseOption, Expression)>,
}

/// The options of RAISE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum RaiseOption {
    Errcode,
    Message,
    Detail,
    Hint,
    Column,
    Constraint,
    Datatype,
    Table,
    Schema,
}
