//! Expressions (`a_expr`, `b_expr`, `c_expr`).
//!
//! Parentheses leave no trace; `span` of an expression that has parts begins and ends with its own tokens, those of
//! parentheses around its first or last part included.

use super::{Ident, OperatorName, OrderTerm, QualifiedName, Query, TypeName};
use crate::text::Span;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum ExprKind {
    Constant(Constant),
    /// `$1`
    Parameter(i32),
    /// `column`, `table.column`, `schema.table.column`, and so on; with `star`, `*`, `table.*` and so on. The parser lets a
    /// bare `*` stand only where a column of a result may. Four names at most have a meaning; more are left to resolution.
    Column {
        parts: Vec<Ident>,
        star: Option<Span>,
    },
    /// `value[1].field`
    Indirection {
        value: Box<Expr>,
        steps: Vec<Indirection>,
    },
    Unary {
        operator: OperatorName,
        operand: Box<Expr>,
    },
    Binary {
        operator: OperatorName,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `a AND b AND c` or `a OR b OR c`, as flat as the engine's grammar makes them; at least two operands.
    Boolean {
        operator: BooleanOperator,
        operands: Vec<Expr>,
    },
    Not(Box<Expr>),
    /// `IS [NOT] NULL`, `ISNULL`, `NOTNULL`.
    IsNull {
        value: Box<Expr>,
        negated: bool,
    },
    /// `IS [NOT] TRUE`, `FALSE`, `UNKNOWN`.
    IsTruth {
        value: Box<Expr>,
        test: BooleanTest,
        negated: bool,
    },
    /// `IS [NOT] DISTINCT FROM`; the operator is `=`, with the span of the words.
    IsDistinct {
        left: Box<Expr>,
        right: Box<Expr>,
        negated: bool,
        operator: OperatorName,
    },
    /// `IS [NOT] DOCUMENT`.
    IsDocument {
        value: Box<Expr>,
        negated: bool,
    },
    /// With ESCAPE, `pattern` is a call of `pg_catalog.like_escape`; of SIMILAR TO it always is one of
    /// `pg_catalog.similar_to_escape`.
    Like {
        like: LikeOperator,
        negated: bool,
        /// `~~`, `!~~*`, …, with the span of the words.
        operator: OperatorName,
        value: Box<Expr>,
        pattern: Box<Expr>,
    },
    Between {
        negated: bool,
        symmetric: bool,
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        /// BETWEEN, with NOT and SYMMETRIC.
        keyword: Span,
    },
    /// `value [NOT] IN (a, b)`; the operator is `=` or `<>`, with the span of the words.
    In {
        negated: bool,
        value: Box<Expr>,
        list: Vec<Expr>,
        operator: OperatorName,
    },
    InQuery {
        negated: bool,
        value: Box<Expr>,
        query: Box<Query>,
        operator: OperatorName,
    },
    /// `value operator ANY (…)`.
    Quantified {
        value: Box<Expr>,
        operator: OperatorName,
        quantifier: Quantifier,
        operand: QuantifiedOperand,
    },
    Exists(Box<Query>),
    /// `(SELECT …)`
    Subquery(Box<Query>),
    /// `ARRAY(SELECT …)`
    ArrayQuery(Box<Query>),
    /// `ARRAY[…]`; inner arrays may be written `[…]` alone and are of this kind, too.
    Array(Vec<Expr>),
    /// `ROW(…)`, or `(a, b)` with at least two fields.
    Row {
        fields: Vec<Expr>,
        explicit: bool,
    },
    Case {
        operand: Option<Box<Expr>>,
        whens: Vec<WhenClause>,
        otherwise: Option<Box<Expr>>,
    },
    Coalesce(Vec<Expr>),
    NullIf(Box<Expr>, Box<Expr>),
    MinMax {
        function: MinMax,
        arguments: Vec<Expr>,
    },
    Cast {
        value: Box<Expr>,
        type_name: Box<TypeName>,
        syntax: CastSyntax,
    },
    Collate {
        value: Box<Expr>,
        collation: QualifiedName,
    },
    Function(Box<FunctionCall>),
    /// `current_timestamp(3)`
    SqlValue {
        value: SqlValue,
        precision: Option<i32>,
    },
    Grouping(Vec<Expr>),
    XmlConcat(Vec<Expr>),
    XmlElement {
        name: Ident,
        attributes: Vec<XmlAttribute>,
        content: Vec<Expr>,
    },
    XmlForest(Vec<XmlAttribute>),
    XmlParse {
        content: XmlContent,
        value: Box<Expr>,
        /// PRESERVE WHITESPACE.
        preserve_whitespace: bool,
    },
    XmlInstruction {
        name: Ident,
        value: Option<Box<Expr>>,
    },
    XmlRoot {
        value: Box<Expr>,
        /// None for NO VALUE.
        version: Option<Box<Expr>>,
        standalone: XmlStandalone,
    },
    XmlSerialize {
        content: XmlContent,
        value: Box<Expr>,
        type_name: Box<TypeName>,
        /// Since version 16.
        indent: bool,
    },
    /// DEFAULT, as a value of INSERT or UPDATE; anywhere else resolution refuses it.
    Default,
    /// `WHERE CURRENT OF cursor`.
    CurrentOf(Ident),
}

/// Literal values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constant {
    /// NULL.
    Null,
    /// TRUE or FALSE.
    Boolean(bool),
    /// An integer that fits four bytes. A minus before it, where the grammar makes one constant of them, is applied.
    Integer(i32),
    /// Any other number, as written but for `_`.
    Number(Box<str>),
    /// A string, with its escapes decoded.
    String(Box<str>),
    /// `B'1010'` or `X'1F'`: `b` or `x` and the digits.
    Bits(Box<str>),
}

/// A step from a value to a part of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Indirection {
    /// `.field`
    Field(Ident),
    /// `.*`
    Star(Span),
    /// `[1]`
    Subscript(Box<Expr>),
    /// `[1:2]`
    Slice {
        /// Before the colon.
        lower: Option<Box<Expr>>,
        /// After the colon.
        upper: Option<Box<Expr>>,
        /// The brackets.
        span: Span,
    },
}

/// AND and OR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum BooleanOperator {
    And,
    Or,
}

/// What IS asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum BooleanTest {
    True,
    False,
    Unknown,
}

/// LIKE and its kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum LikeOperator {
    Like,
    ILike,
    SimilarTo,
}

/// ANY (or SOME) and ALL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum Quantifier {
    Any,
    All,
}

/// What stands in the parentheses of ANY and ALL.
#[derive(Debug, Clone, PartialEq)]
pub enum QuantifiedOperand {
    /// A query.
    Query(Box<Query>),
    /// An array.
    Expr(Box<Expr>),
}

/// GREATEST and LEAST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum MinMax {
    Greatest,
    Least,
}

/// How a conversion was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastSyntax {
    /// `CAST(value AS type)`
    Cast,
    /// `value::type`
    DoubleColon,
    /// `type 'literal'`
    Literal,
}

/// WHEN … THEN ….
#[derive(Debug, Clone, PartialEq)]
pub struct WhenClause {
    /// WHEN.
    pub condition: Expr,
    /// THEN.
    pub result: Expr,
}

/// A function call.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionCall {
    /// The function; one of `pg_catalog` if the call is written in a syntax of its own.
    pub name: QualifiedName,
    /// The arguments in the function's order.
    pub arguments: Vec<Argument>,
    /// `(*)`
    pub star: bool,
    /// Whether the last argument is written with VARIADIC.
    pub variadic: bool,
    /// DISTINCT.
    pub distinct: bool,
    /// ORDER BY among the arguments, or that of WITHIN GROUP.
    pub order_by: Vec<OrderTerm>,
    /// Whether `order_by` is that of WITHIN GROUP.
    pub within_group: bool,
    /// FILTER (WHERE …).
    pub filter: Option<Box<Expr>>,
    /// OVER.
    pub over: Option<Over>,
    /// How the call was written.
    pub syntax: CallSyntax,
}

impl FunctionCall {
    /// A call that has nothing but arguments.
    #[must_use]
    pub fn new(name: QualifiedName, arguments: Vec<Expr>, syntax: CallSyntax) -> FunctionCall {
        FunctionCall {
            name,
            arguments: arguments
                .into_iter()
                .map(|value| Argument { name: None, value })
                .collect(),
            star: false,
            variadic: false,
            distinct: false,
            order_by: Vec::new(),
            within_group: false,
            filter: None,
            over: None,
            syntax,
        }
    }
}

/// How a call was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallSyntax {
    /// `f(a, b)`
    Call,
    /// In words that the standard has for it: `EXTRACT(year FROM x)`, `x AT TIME ZONE y`. The engine prints it so again.
    Sql,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// `name =>` or `name :=`.
    pub name: Option<Ident>,
    /// The value.
    pub value: Expr,
}

/// Values that are written like names of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum SqlValue {
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
    LocalTime,
    LocalTimestamp,
    CurrentRole,
    CurrentUser,
    SessionUser,
    User,
    CurrentCatalog,
    CurrentSchema,
}

/// A value that becomes an attribute or an element of XML.
#[derive(Debug, Clone, PartialEq)]
pub struct XmlAttribute {
    /// AS; without it the value must be a column.
    pub name: Option<Ident>,
    /// The value.
    pub value: Expr,
}

/// DOCUMENT or CONTENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum XmlContent {
    Document,
    Content,
}

/// STANDALONE of XMLROOT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum XmlStandalone {
    Yes,
    No,
    NoValue,
    Absent,
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
    /// EXCLUDE; NO OTHERS is none.
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
    CurrentRow,
    Group,
    Ties,
}
