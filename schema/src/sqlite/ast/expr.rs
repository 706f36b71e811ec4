//! Expressions.

use super::{OrderTerm, QualifiedName, Query, TypeName};
use crate::text::{Ident, Span};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first to its last token.
    pub span: Span,
    /// The height of its tree as SQLite counts it (`sqlite3ExprSetHeight`), at most 1,000.
    pub height: u32,
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum ExprKind {
    Literal(Literal),
    Variable(Box<str>),
    /// A bare or quoted name: a column, TRUE or FALSE, or a string in double quotes.
    Name(Ident),
    /// `table.column` or `database.table.column`.
    Qualified {
        database: Option<Ident>,
        table: Ident,
        column: Ident,
    },
    /// `(expr)`, kept because a parenthesized name is no column of an index or of ORDER BY's shortcuts.
    Parenthesized(Box<Expr>),
    Unary {
        operator: UnaryOperator,
        operand: Box<Expr>,
    },
    Binary {
        operator: BinaryOperator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `ISNULL`, `IS NULL` is a `Binary`.
    IsNull(Box<Expr>),
    /// `NOTNULL` and `NOT NULL`.
    NotNull(Box<Expr>),
    Like {
        operator: LikeOperator,
        negated: bool,
        left: Box<Expr>,
        pattern: Box<Expr>,
        escape: Option<Box<Expr>>,
    },
    Between {
        negated: bool,
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    /// If `value` is a row, the parser reports elements of another width.
    InList {
        negated: bool,
        value: Box<Expr>,
        list: Vec<Expr>,
    },
    InQuery {
        negated: bool,
        value: Box<Expr>,
        query: Box<Query>,
    },
    /// `IN table` or `IN function(arguments)`.
    InTable {
        negated: bool,
        value: Box<Expr>,
        table: QualifiedName,
        arguments: Option<Vec<Expr>>,
    },
    Exists(Box<Query>),
    Subquery(Box<Query>),
    Case {
        operand: Option<Box<Expr>>,
        whens: Vec<WhenClause>,
        otherwise: Option<Box<Expr>>,
    },
    /// The type may be absent: `CAST(x AS)` is valid.
    Cast {
        value: Box<Expr>,
        type_name: Option<TypeName>,
    },
    Collate {
        value: Box<Expr>,
        collation: Ident,
    },
    Function(Box<FunctionCall>),
    /// `(a, b, …)`
    Row(Vec<Expr>),
    /// Only in triggers.
    Raise {
        kind: RaiseKind,
        message: Option<Box<Expr>>,
    },
}

/// Literal values, with the text as written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the literals of the language")]
pub enum Literal {
    Null,
    Integer(Box<str>),
    Float(Box<str>),
    /// Unquoted.
    String(Box<str>),
    /// With `x'` and `'`.
    Blob(Box<str>),
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
}

/// Prefix operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the variants are the operators of the language"
)]
pub enum UnaryOperator {
    Not,
    BitNot,
    Plus,
    Minus,
}

/// Infix operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the variants are the operators of the language"
)]
pub enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    /// `IS` and `IS NOT DISTINCT FROM`.
    Is,
    /// `IS NOT` and `IS DISTINCT FROM`.
    IsNot,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    BitAnd,
    BitOr,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Concat,
    /// `->`
    Arrow,
    /// `->>`
    LongArrow,
}

/// LIKE and its kin, each of which calls a function of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the variants are the operators of the language"
)]
pub enum LikeOperator {
    Like,
    Glob,
    Regexp,
    Match,
}

/// WHEN … THEN ….
#[derive(Debug, Clone, PartialEq)]
pub struct WhenClause {
    /// WHEN.
    pub condition: Expr,
    /// THEN.
    pub result: Expr,
}

/// What RAISE does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum RaiseKind {
    Ignore,
    Rollback,
    Abort,
    Fail,
}

/// A function call.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionCall {
    /// The function.
    pub name: Ident,
    /// DISTINCT.
    pub distinct: bool,
    /// What it is called with.
    pub arguments: FunctionArguments,
    /// ORDER BY among the arguments of an aggregate.
    pub order_by: Vec<OrderTerm>,
    /// FILTER (WHERE …).
    pub filter: Option<Expr>,
    /// OVER.
    pub over: Option<Over>,
}

/// What a function is called with.
#[derive(Debug, Clone, PartialEq)]
pub enum FunctionArguments {
    /// `(*)`
    Star,
    /// `(a, b)`; may be empty.
    List(Vec<Expr>),
}

/// OVER.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// `OVER name`
    Named(Ident),
    /// `OVER (…)`
    Window(Box<WindowSpecification>),
}

/// What stands in the parentheses of OVER or of the WINDOW clause.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowSpecification {
    /// The window that it extends.
    pub base: Option<Ident>,
    /// PARTITION BY.
    pub partition_by: Vec<Expr>,
    /// ORDER BY.
    pub order_by: Vec<OrderTerm>,
    /// The frame.
    pub frame: Option<WindowFrame>,
    /// The parentheses.
    pub span: Span,
}

/// The frame of a window.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowFrame {
    /// What it counts.
    pub units: FrameUnits,
    /// Where it starts.
    pub start: FrameBound,
    /// Where it ends, if BETWEEN says so.
    pub end: Option<FrameBound>,
    /// EXCLUDE.
    pub exclude: Option<FrameExclude>,
    /// From the units to the last token.
    pub span: Span,
}

/// What a frame counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum FrameUnits {
    Rows,
    Range,
    Groups,
}

/// An end of a frame.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum FrameBound {
    UnboundedPreceding,
    Preceding(Box<Expr>),
    CurrentRow,
    Following(Box<Expr>),
    UnboundedFollowing,
}

/// EXCLUDE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum FrameExclude {
    NoOthers,
    CurrentRow,
    Group,
    Ties,
}
