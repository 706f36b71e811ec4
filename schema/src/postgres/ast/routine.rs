//! CREATE FUNCTION, CREATE PROCEDURE, CALL and DO.

use super::{
    DataStatement, Expr, FunctionCall, Ident, Parameter, QualifiedName, RoutineReference,
    SetParameter, TypeName,
};
use crate::text::Span;

/// CREATE FUNCTION or CREATE PROCEDURE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRoutine {
    /// OR REPLACE.
    pub or_replace: bool,
    /// PROCEDURE; FUNCTION otherwise.
    pub procedure: bool,
    /// Its name.
    pub name: QualifiedName,
    /// Its arguments, without those of RETURNS TABLE.
    pub arguments: Vec<RoutineArgument>,
    /// RETURNS.
    pub returns: Option<Returns>,
    /// LANGUAGE, IMMUTABLE, AS and so on, in the order in which they are written.
    pub options: Vec<RoutineOption>,
    /// RETURN or BEGIN ATOMIC.
    pub body: Option<RoutineBody>,
    /// From its first to its last token.
    pub span: Span,
}

/// An argument of a routine.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutineArgument {
    /// Which way it goes, if that is written.
    pub mode: Option<ArgumentMode>,
    /// Its name.
    pub name: Option<Ident>,
    /// Its type.
    pub type_name: TypeName,
    /// DEFAULT or `=`.
    pub default: Option<Expr>,
    /// From its first to its last token.
    pub span: Span,
}

/// Which way an argument goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum ArgumentMode {
    In,
    Out,
    InOut,
    Variadic,
}

/// RETURNS.
#[derive(Debug, Clone, PartialEq)]
pub enum Returns {
    /// A type, perhaps SETOF.
    Type(TypeName),
    /// `TABLE (name type, …)`
    Table(Vec<TableColumn>, Span),
}

/// A column of RETURNS TABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub type_name: TypeName,
}

/// What a routine is or does.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutineOption {
    /// Which one.
    pub kind: RoutineOptionKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The options of a routine (`createfunc_opt_item`, `common_func_opt_item`).
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum RoutineOptionKind {
    /// AS, with a second string for a symbol in an object file.
    As(RoutineText, Option<RoutineText>),
    Language(Ident),
    Transform(Vec<TypeName>),
    Window,
    Immutable,
    Stable,
    Volatile,
    /// STRICT or RETURNS NULL ON NULL INPUT; false is CALLED ON NULL INPUT.
    Strict(bool),
    SecurityDefiner(bool),
    Leakproof(bool),
    Cost(f64),
    Rows(f64),
    Support(QualifiedName),
    Set(SetParameter),
    Parallel(Ident),
}

/// The text of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineText {
    /// What stands between the quotes, with its escapes decoded.
    pub text: Box<str>,
    /// The place of the string with its quotes.
    pub span: Span,
    /// Where the text itself begins, if it is in the file as it is: it is quoted by dollars, or has no escapes.
    pub verbatim: Option<Span>,
}

/// A body in SQL that is parsed with the statement.
#[derive(Debug, Clone, PartialEq)]
pub enum RoutineBody {
    /// RETURN.
    Return(Box<Expr>),
    /// BEGIN ATOMIC … END.
    Atomic(Vec<AtomicStatement>),
}

/// A statement of BEGIN ATOMIC.
#[derive(Debug, Clone, PartialEq)]
pub enum AtomicStatement {
    /// One that reads or changes rows.
    Data(DataStatement),
    /// RETURN.
    Return(Box<Expr>),
    /// Any other, which the engine refuses.
    Other(Span),
}

/// ALTER FUNCTION, PROCEDURE or ROUTINE with options.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterRoutine {
    /// The routine.
    pub routine: RoutineReference,
    /// The options.
    pub options: Vec<RoutineOption>,
}

/// CALL.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The call.
    pub call: FunctionCall,
    /// From its first to its last token.
    pub span: Span,
}

/// DO.
#[derive(Debug, Clone, PartialEq)]
pub struct Do {
    /// The texts and languages, of which the engine wants one each at most.
    pub options: Vec<RoutineOption>,
    /// From its first to its last token.
    pub span: Span,
}

/// CREATE LANGUAGE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateLanguage {
    /// OR REPLACE.
    pub or_replace: bool,
    /// TRUSTED.
    pub trusted: bool,
    /// Its name.
    pub name: Ident,
    /// HANDLER, INLINE and VALIDATOR; without a handler it is an extension.
    pub handler: Option<QualifiedName>,
    /// INLINE.
    pub inline: Option<QualifiedName>,
    /// VALIDATOR.
    pub validator: Option<QualifiedName>,
}

/// CREATE CAST.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateCast {
    /// The type that is converted.
    pub source: TypeName,
    /// The type that comes out.
    pub target: TypeName,
    /// How.
    pub method: CastMethod,
    /// Where it is done without being asked for.
    pub context: CastContext,
    /// From its first to its last token.
    pub span: Span,
}

/// How a cast is done.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum CastMethod {
    Function(RoutineReference),
    WithoutFunction,
    InOut,
}

/// Where a cast is done without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum CastContext {
    Explicit,
    Assignment,
    Implicit,
}

/// CREATE TRANSFORM.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTransform {
    /// OR REPLACE.
    pub or_replace: bool,
    /// The type.
    pub type_name: TypeName,
    /// The language.
    pub language: Ident,
    /// FROM SQL WITH FUNCTION.
    pub from_sql: Option<RoutineReference>,
    /// TO SQL WITH FUNCTION.
    pub to_sql: Option<RoutineReference>,
}

/// ALTER OPERATOR … SET (…).
#[derive(Debug, Clone, PartialEq)]
pub struct AlterOperator {
    /// The operator.
    pub operator: super::OperatorReference,
    /// RESTRICT, JOIN; a value that is missing is NONE.
    pub options: Vec<Parameter>,
}

/// CREATE OPERATOR CLASS.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateOperatorClass {
    /// Its name.
    pub name: QualifiedName,
    /// DEFAULT.
    pub is_default: bool,
    /// FOR TYPE.
    pub type_name: TypeName,
    /// USING.
    pub method: Ident,
    /// FAMILY.
    pub family: Option<QualifiedName>,
    /// AS.
    pub items: Vec<OperatorClassItem>,
}

/// CREATE OPERATOR FAMILY.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateOperatorFamily {
    /// Its name.
    pub name: QualifiedName,
    /// USING.
    pub method: Ident,
}

/// ALTER OPERATOR FAMILY … ADD or DROP.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterOperatorFamily {
    /// Its name.
    pub name: QualifiedName,
    /// USING.
    pub method: Ident,
    /// What is done.
    pub action: OperatorFamilyAction,
}

/// What is done to an operator family.
#[derive(Debug, Clone, PartialEq)]
pub enum OperatorFamilyAction {
    /// ADD.
    Add(Vec<OperatorClassItem>),
    /// DROP.
    Drop(Vec<OperatorFamilyDrop>),
}

/// What is taken out of an operator family.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorFamilyDrop {
    /// FUNCTION; OPERATOR otherwise.
    pub function: bool,
    /// Its number.
    pub number: i32,
    /// The types: one, or the left and the right one.
    pub types: Vec<TypeName>,
    /// From its first to its last token.
    pub span: Span,
}

/// A part of an operator class.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorClassItem {
    /// What it is.
    pub kind: OperatorClassItemKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The parts of an operator class.
#[derive(Debug, Clone, PartialEq)]
pub enum OperatorClassItemKind {
    /// OPERATOR.
    Operator {
        /// Its number.
        number: i32,
        /// The operator.
        name: super::OperatorName,
        /// Its operands, if they are written.
        operands: Option<Box<(Option<TypeName>, Option<TypeName>)>>,
        /// FOR ORDER BY.
        order_family: Option<QualifiedName>,
    },
    /// FUNCTION.
    Function {
        /// Its number.
        number: i32,
        /// The types that it is for, if they are written.
        types: Vec<TypeName>,
        /// The function.
        function: RoutineReference,
    },
    /// STORAGE.
    Storage(TypeName),
}

/// CREATE ACCESS METHOD.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateAccessMethod {
    /// Its name.
    pub name: Ident,
    /// TYPE INDEX; TABLE otherwise.
    pub index: bool,
    /// HANDLER.
    pub handler: QualifiedName,
}

/// CREATE CONVERSION.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateConversion {
    /// DEFAULT.
    pub is_default: bool,
    /// Its name.
    pub name: QualifiedName,
    /// FOR.
    pub source: (Box<str>, Span),
    /// TO.
    pub target: (Box<str>, Span),
    /// FROM.
    pub function: QualifiedName,
}
