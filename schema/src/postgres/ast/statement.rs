//! Statements.

use super::{
    AlterCollation, AlterConfiguration, AlterDefaultPrivileges, AlterDictionary, AlterDomain,
    AlterEventTrigger, AlterExtension, AlterGroup, AlterObject, AlterOperator, AlterOperatorFamily,
    AlterPolicy, AlterPublication, AlterRole, AlterRoutine, AlterSequence, AlterServer,
    AlterSettings, AlterStatistics, AlterSubscription, AlterTable, AlterType, Call, Cluster,
    Comment, Copy, CreateAccessMethod, CreateCast, CreateConversion, CreateDomain,
    CreateEventTrigger, CreateExtension, CreateIndex, CreateLanguage, CreateMaterializedView,
    CreateOperatorClass, CreateOperatorFamily, CreatePolicy, CreatePublication, CreateRole,
    CreateRoutine, CreateRule, CreateSchema, CreateSequence, CreateServer, CreateStatistics,
    CreateSubscription, CreateTable, CreateTableAs, CreateTransform, CreateTrigger, CreateType,
    CreateView, DataStatement, DeclareCursor, Define, Discard, Do, Drop, DropRole, Execute,
    Explain, ForeignDataWrapper, Grant, GrantRole, Ident, ImportForeignSchema, Lock, MoveAll,
    Owned, Prepare, RefreshMaterializedView, Reindex, SecurityLabel, SetConstraints, SetParameter,
    Show, TransactionStatement, Truncate, UserMapping, Vacuum,
};
use crate::text::Span;

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
    Data(DataStatement),
    CreateTable(Box<CreateTable>),
    CreateTableAs(Box<CreateTableAs>),
    AlterTable(Box<AlterTable>),
    /// ALTER TABLE ALL IN TABLESPACE, and of indexes and materialized views.
    MoveAll(MoveAll),
    CreateIndex(Box<CreateIndex>),
    CreateSequence(CreateSequence),
    AlterSequence(AlterSequence),
    Truncate(Truncate),
    Transaction(TransactionStatement),
    Explain(Explain),
    CreateSchema(CreateSchema),
    CreateType(CreateType),
    AlterType(AlterType),
    CreateDomain(CreateDomain),
    AlterDomain(AlterDomain),
    Define(Define),
    CreateView(CreateView),
    CreateMaterializedView(CreateMaterializedView),
    RefreshMaterializedView(RefreshMaterializedView),
    CreateRoutine(Box<CreateRoutine>),
    AlterRoutine(AlterRoutine),
    CreateTrigger(Box<CreateTrigger>),
    CreateEventTrigger(CreateEventTrigger),
    AlterEventTrigger(AlterEventTrigger),
    CreateRule(CreateRule),
    CreatePolicy(CreatePolicy),
    AlterPolicy(AlterPolicy),
    Drop(Drop),
    AlterObject(AlterObject),
    Comment(Comment),
    SecurityLabel(SecurityLabel),
    CreateExtension(CreateExtension),
    AlterExtension(AlterExtension),
    Grant(Grant),
    GrantRole(GrantRole),
    AlterDefaultPrivileges(AlterDefaultPrivileges),
    CreateRole(CreateRole),
    AlterRole(AlterRole),
    AlterSettings(AlterSettings),
    AlterGroup(AlterGroup),
    DropRole(DropRole),
    Owned(Owned),
    CreateCast(CreateCast),
    CreateTransform(CreateTransform),
    CreateLanguage(CreateLanguage),
    CreateAccessMethod(CreateAccessMethod),
    CreateConversion(CreateConversion),
    CreateOperatorClass(CreateOperatorClass),
    CreateOperatorFamily(CreateOperatorFamily),
    AlterOperatorFamily(AlterOperatorFamily),
    AlterOperator(AlterOperator),
    AlterCollation(AlterCollation),
    CreateStatistics(CreateStatistics),
    AlterStatistics(AlterStatistics),
    AlterDictionary(AlterDictionary),
    AlterConfiguration(AlterConfiguration),
    CreatePublication(CreatePublication),
    AlterPublication(AlterPublication),
    CreateSubscription(CreateSubscription),
    AlterSubscription(AlterSubscription),
    ForeignDataWrapper(ForeignDataWrapper),
    CreateServer(CreateServer),
    AlterServer(AlterServer),
    UserMapping(UserMapping),
    ImportForeignSchema(ImportForeignSchema),
    Set(SetParameter),
    SetConstraints(SetConstraints),
    Show(Show),
    Discard(Discard),
    Prepare(Prepare),
    Execute(Execute),
    /// DEALLOCATE; nothing for ALL.
    Deallocate(Option<Ident>),
    DeclareCursor(DeclareCursor),
    /// FETCH or MOVE from a cursor.
    Fetch(Ident),
    /// CLOSE; nothing for ALL.
    Close(Option<Ident>),
    Listen(Ident),
    /// UNLISTEN; nothing for `*`.
    Unlisten(Option<Ident>),
    Notify(Ident),
    Lock(Lock),
    Copy(Copy),
    Call(Call),
    Do(Do),
    Vacuum(Vacuum),
    Reindex(Reindex),
    Cluster(Cluster),
    Checkpoint,
    /// LOAD.
    Load(Box<str>),
    /// What concerns the whole server: databases, tablespaces, ALTER SYSTEM; the words that it begins with.
    Server(&'static str),
}
