//! What stands in lists of options and of index columns.

use super::{
    Constant, Expr, Ident, NullsOrder, OperatorName, QualifiedName, SortDirection, TypeName,
};
use crate::text::Span;

/// A term of `WITH (fillfactor = 70, toast.autovacuum_enabled)` (`reloption_elem`) or of a definition list (`def_elem`).
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// What stands before the dot.
    pub namespace: Option<Ident>,
    /// Its name, in lower case unless quoted. Keywords may be names here.
    pub name: Ident,
    /// Its value.
    pub value: Option<ParameterValue>,
    /// From its first to its last token.
    pub span: Span,
}

/// The value of a parameter (`def_arg`).
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    /// A bare word or a type: the grammar cannot tell them apart.
    Type(Box<TypeName>),
    /// A reserved keyword such as `true`, or `none`.
    Keyword(Ident),
    /// An operator.
    Operator(OperatorName),
    /// A number (with its sign) or a string, and where it is.
    Constant(Constant, Span),
}

/// A column of an index, of an exclusion constraint or of the target of ON CONFLICT (`index_elem`).
#[derive(Debug, Clone, PartialEq)]
pub struct IndexElement {
    /// What is indexed.
    pub key: IndexKey,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// The operator class.
    pub operator_class: Option<QualifiedName>,
    /// The operator class's parameters.
    pub parameters: Vec<Parameter>,
    /// ASC or DESC.
    pub direction: Option<SortDirection>,
    /// NULLS FIRST or NULLS LAST.
    pub nulls: Option<NullsOrder>,
    /// From its first to its last token.
    pub span: Span,
}

/// What is indexed.
#[derive(Debug, Clone, PartialEq)]
pub enum IndexKey {
    /// A column.
    Column(Ident),
    /// A function call, or an expression in parentheses.
    Expr(Expr),
}
