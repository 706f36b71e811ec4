//! Expressions: `primnodes.h`.

use super::call::{Aggregate, ArrayComparison, FunctionCall, Grouping, OperatorCall, WindowCall};
use super::query::Query;
use crate::postgres::types::{Oid, ValueType};
use std::sync::Arc;

/// An expression whose names are resolved and whose conversions are spelled out.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A column of a range table entry, a whole row included (`Var`).
    Column(Column),
    /// A constant (`Const`).
    Constant(Constant),
    /// `$1`, a parameter of a SQL function, a variable of PL/pgSQL (`Param`).
    Parameter(Parameter),
    /// A function call, also as a cast (`FuncExpr`).
    Function(Box<FunctionCall>),
    /// An aggregate (`Aggref`).
    Aggregate(Box<Aggregate>),
    /// `GROUPING(…)` (`GroupingFunc`).
    Grouping(Grouping),
    /// A call with OVER (`WindowFunc`).
    Window(Box<WindowCall>),
    /// An operator (`OpExpr`).
    Operator(Box<OperatorCall>),
    /// `a IS DISTINCT FROM b`, by its equality operator (`DistinctExpr`).
    Distinct(Box<OperatorCall>),
    /// `NULLIF(a, b)`, by its equality operator (`NullIfExpr`).
    NullIf(Box<OperatorCall>),
    /// `a = ANY (array)` (`ScalarArrayOpExpr`).
    ArrayComparison(Box<ArrayComparison>),
    /// AND, OR, NOT (`BoolExpr`). AND and OR take two operands or more.
    Boolean(BooleanOperator, Vec<Expr>),
    /// A subquery in an expression (`SubLink`).
    SubLink(Box<SubLink>),
    /// An argument written `name => value` (`NamedArgExpr`).
    Named(Box<NamedArgument>),
    /// Elements or slices of an array, of jsonb or of another type that has subscripts (`SubscriptingRef`).
    Subscripts(Box<Subscripts>),
    /// A field of a row value (`FieldSelect`).
    FieldSelect(Box<FieldSelect>),
    /// A row value with some of its fields replaced, in UPDATE (`FieldStore`).
    FieldStore(Box<FieldStore>),
    /// A conversion between types whose values are the same bytes (`RelabelType`).
    Relabel(Box<Conversion>),
    /// A conversion by way of text (`CoerceViaIO`).
    Io(Box<Conversion>),
    /// A conversion of the elements of an array (`ArrayCoerceExpr`).
    ArrayCoercion(Box<ArrayCoercion>),
    /// A conversion of a child table's row to its parent's (`ConvertRowtypeExpr`).
    ConvertRow(Box<Conversion>),
    /// A check of a domain's constraints (`CoerceToDomain`).
    ToDomain(Box<Conversion>),
    /// `a COLLATE c` (`CollateExpr`).
    Collate(Box<Collate>),
    /// CASE (`CaseExpr`).
    Case(Box<Case>),
    /// The operand of a CASE within its branches, or an array's element within its conversion (`CaseTestExpr`).
    CaseTest(ValueType),
    /// `ARRAY[…]` (`ArrayExpr`).
    Array(Box<ArrayConstructor>),
    /// `ROW(…)` (`RowExpr`).
    Row(Box<RowConstructor>),
    /// A comparison of rows that is none of single columns (`RowCompareExpr`).
    RowComparison(Box<RowComparison>),
    /// COALESCE (`CoalesceExpr`).
    Coalesce(Box<Coalesce>),
    /// GREATEST and LEAST (`MinMaxExpr`).
    MinMax(Box<MinMax>),
    /// `CURRENT_DATE` and its like (`SQLValueFunction`).
    SqlValue(SqlValue),
    /// SQL/XML (`XmlExpr`).
    Xml(Box<Xml>),
    /// IS NULL (`NullTest`).
    NullTest(Box<NullTest>),
    /// IS TRUE and its like (`BooleanTest`).
    BooleanTest(Box<BooleanTest>),
    /// `VALUE` in a domain's CHECK (`CoerceToDomainValue`).
    DomainValue(ValueType),
    /// DEFAULT as a value in INSERT or UPDATE (`SetToDefault`).
    Default(ValueType),
    /// `WHERE CURRENT OF cursor` (`CurrentOfExpr`).
    CurrentOf(Arc<str>),
    /// What a mistake has left unknown. It is never stored.
    Unknown,
}

/// A column of a range table entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Column {
    /// The position in the range table of the query, from 0. An expression that belongs to a table has a range table
    /// of that table alone; that of a trigger or rule has OLD at 0 and NEW at 1.
    pub entry: usize,
    /// The column's number there; 0 for the whole row, below it a system column.
    pub number: i16,
    /// How many queries further out the range table is.
    pub levels_up: usize,
    /// The column's type.
    pub typed: ValueType,
    /// The entry and column by which it is printed, where a join's alias hides its own (`varnosyn`).
    pub shown_as: Option<(usize, i16)>,
}

impl Column {
    /// A column of the query itself.
    #[must_use]
    pub fn new(entry: usize, number: i16, typed: ValueType) -> Column {
        Column {
            entry,
            number,
            levels_up: 0,
            typed,
            shown_as: None,
        }
    }
}

/// A constant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Constant {
    /// Its type.
    pub typed: ValueType,
    /// Its value; none for NULL.
    pub value: Option<Value>,
}

/// A constant that is not NULL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// What the type's output function would print.
    Text(Arc<str>),
    /// An object, of a type such as `regclass`.
    Object(Oid),
    /// A label of an enum.
    Label(Oid),
    /// An array of labels of an enum.
    Labels(Arc<[LabelPart]>),
}

/// A part of an array of labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LabelPart {
    /// Braces, delimiters and NULLs as they are printed.
    Text(Box<str>),
    /// A label, whose name may change.
    Label(Oid),
}

/// A value that is given from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// Where it is from.
    pub kind: ParameterKind,
    /// Its type.
    pub typed: ValueType,
}

/// Where the value of a parameter is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterKind {
    /// `$1`, or what is named in its place, from 1.
    External(u32),
    /// A column of the subquery of `SET (a, b) = (SELECT …)`: which one of the statement, and its column, both from 1.
    MultipleAssignment(u32, u32),
}

/// How a conversion was written, and so how it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CoercionForm {
    /// As a function call.
    Call,
    /// As a cast.
    Explicit,
    /// Not at all.
    Implicit,
    /// As the special syntax of SQL, such as `EXTRACT(year FROM x)`.
    SqlSyntax,
}

/// AND, OR, NOT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BooleanOperator {
    /// AND.
    And,
    /// OR.
    Or,
    /// NOT.
    Not,
}

/// A subquery in an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct SubLink {
    /// What is made of its rows.
    pub kind: SubLinkKind,
    /// Which one of its statement it is, for [`SubLinkKind::MultipleAssignment`]; else 0.
    pub number: u32,
    /// The left sides of ALL and ANY.
    pub operands: Vec<Expr>,
    /// For ALL and ANY: the operators, one for each column.
    pub operators: Vec<Oid>,
    /// For ALL and ANY: the columns of the subquery as the operators take them; each holds a [`Expr::Parameter`]
    /// in whose place the column stands.
    pub comparison: Option<Box<Expr>>,
    /// The operator as it is written, for ALL and ANY; `IN` is kept as `=`.
    pub operator_name: Vec<Arc<str>>,
    /// The query.
    pub query: Query,
    /// The type of the value of [`SubLinkKind::Scalar`] and [`SubLinkKind::Array`].
    pub typed: ValueType,
}

/// What is made of the rows of a subquery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubLinkKind {
    /// `EXISTS (…)`.
    Exists,
    /// `a < ALL (…)`.
    All,
    /// `a = ANY (…)`, `a IN (…)`.
    Any,
    /// `(…)` as a value.
    Scalar,
    /// `SET (a, b) = (…)`.
    MultipleAssignment,
    /// `ARRAY(…)`.
    Array,
}

/// An argument written `name => value`.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedArgument {
    /// The name.
    pub name: Arc<str>,
    /// Its position among the function's parameters, from 0.
    pub position: usize,
    /// The value.
    pub argument: Expr,
}

/// Elements or slices.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscripts {
    /// What is subscripted.
    pub container: Expr,
    /// The type that it counts as: domains over arrays are taken for their array.
    pub container_type: Oid,
    /// The type of its elements.
    pub element_type: Oid,
    /// The subscripts.
    pub subscripts: Vec<Subscript>,
    /// The value that is assigned there, in UPDATE and INSERT.
    pub assigned: Option<Expr>,
    /// The type of the result.
    pub typed: ValueType,
}

/// One subscript.
#[derive(Debug, Clone, PartialEq)]
pub enum Subscript {
    /// `[index]`.
    Index(Expr),
    /// `[lower:upper]`, either of which may be left out.
    Slice(Option<Expr>, Option<Expr>),
}

/// A field of a row value.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldSelect {
    /// The row value.
    pub row: Expr,
    /// The field's number.
    pub number: i16,
    /// Its type.
    pub typed: ValueType,
}

/// A row value with some fields replaced.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldStore {
    /// The row value.
    pub row: Expr,
    /// Numbers of fields, and their new values.
    pub fields: Vec<(i16, Expr)>,
    /// The row's type.
    pub row_type: Oid,
}

/// A conversion that calls no function.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// What is converted.
    pub operand: Expr,
    /// The type that it is converted to.
    pub typed: ValueType,
    /// How it was written.
    pub form: CoercionForm,
}

/// A conversion of an array's elements.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrayCoercion {
    /// The array.
    pub operand: Expr,
    /// The conversion of one element, which stands there as [`Expr::CaseTest`].
    pub element: Expr,
    /// The type of the result.
    pub typed: ValueType,
    /// How it was written.
    pub form: CoercionForm,
}

/// `operand COLLATE collation`.
#[derive(Debug, Clone, PartialEq)]
pub struct Collate {
    /// The operand.
    pub operand: Expr,
    /// The collation.
    pub collation: Oid,
}

/// CASE.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What the branches are compared with; their conditions then hold it as [`Expr::CaseTest`].
    pub operand: Option<Expr>,
    /// The branches.
    pub branches: Vec<CaseBranch>,
    /// ELSE; NULL where there is none.
    pub otherwise: Expr,
    /// The type of the result.
    pub typed: ValueType,
}

/// WHEN … THEN ….
#[derive(Debug, Clone, PartialEq)]
pub struct CaseBranch {
    /// WHEN.
    pub condition: Expr,
    /// THEN.
    pub result: Expr,
}

/// `ARRAY[…]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrayConstructor {
    /// The elements, or the arrays one dimension lower.
    pub elements: Vec<Expr>,
    /// The type of the elements, or of those of the lower arrays.
    pub element_type: Oid,
    /// Whether the elements are arrays.
    pub nested: bool,
    /// The array's type.
    pub typed: ValueType,
}

/// `ROW(…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct RowConstructor {
    /// The fields.
    pub fields: Vec<Expr>,
    /// `record`, or the composite type that it is.
    pub row_type: Oid,
    /// The names of the fields, where the type is `record`.
    pub names: Vec<Arc<str>>,
    /// With `ROW` written out ([`CoercionForm::Call`]), without ([`CoercionForm::Implicit`]), or by a cast.
    pub form: CoercionForm,
}

/// `(a, b) < (c, d)`.
#[derive(Debug, Clone, PartialEq)]
pub struct RowComparison {
    /// Which comparison.
    pub kind: RowComparisonKind,
    /// The operator of each pair.
    pub operators: Vec<Oid>,
    /// The operator family of each pair.
    pub families: Vec<Oid>,
    /// The left row.
    pub left: Vec<Expr>,
    /// The right row.
    pub right: Vec<Expr>,
}

/// How rows are compared. Equality and inequality are AND and OR of those of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowComparisonKind {
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>=`.
    GreaterOrEqual,
    /// `>`.
    Greater,
}

/// COALESCE.
#[derive(Debug, Clone, PartialEq)]
pub struct Coalesce {
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// The type of the result.
    pub typed: ValueType,
}

/// GREATEST or LEAST.
#[derive(Debug, Clone, PartialEq)]
pub struct MinMax {
    /// Whether it is GREATEST.
    pub greatest: bool,
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// The type of the result.
    pub typed: ValueType,
}

/// `CURRENT_DATE` and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SqlValue {
    /// Which one.
    pub kind: SqlValueKind,
    /// The type of its value; the modifier is the precision.
    pub typed: ValueType,
}

/// Values that SQL names with a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum SqlValueKind {
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
    LocalTime,
    LocalTimestamp,
    CurrentRole,
    CurrentUser,
    User,
    SessionUser,
    CurrentCatalog,
    CurrentSchema,
}

/// SQL/XML.
#[derive(Debug, Clone, PartialEq)]
pub struct Xml {
    /// Which function.
    pub kind: XmlKind,
    /// The name of an element or of a processing instruction.
    pub name: Option<Arc<str>>,
    /// Attributes or forest elements with their names.
    pub named: Vec<(Arc<str>, Expr)>,
    /// The other arguments.
    pub arguments: Vec<Expr>,
    /// Whether DOCUMENT is written rather than CONTENT.
    pub document: bool,
    /// The type of the result.
    pub typed: ValueType,
}

/// The functions of SQL/XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum XmlKind {
    Concat,
    Element,
    Forest,
    Parse,
    Pi,
    Root,
    Serialize,
    IsDocument,
}

/// IS NULL.
#[derive(Debug, Clone, PartialEq)]
pub struct NullTest {
    /// What is tested.
    pub operand: Expr,
    /// Whether it is IS NOT NULL.
    pub negated: bool,
    /// Whether the fields of a row are tested rather than the row.
    pub row: bool,
}

/// IS TRUE and its like.
#[derive(Debug, Clone, PartialEq)]
pub struct BooleanTest {
    /// What is tested.
    pub operand: Expr,
    /// For what.
    pub truth: Truth,
    /// Whether it is IS NOT.
    pub negated: bool,
}

/// The three values of a boolean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Truth {
    True,
    False,
    Unknown,
}
