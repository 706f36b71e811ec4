//! From a statement to what it does: which file knows what.

use super::Replay;
use super::create_table_as::into_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::plpgsql::DECLARE;
use crate::postgres::ast::{
    AlterObject, DataStatement, DefineKind, ObjectAction, ObjectReference, Statement, StatementKind,
};

impl Replay {
    /// Applies one statement.
    pub(crate) fn apply(&mut self, statement: &Statement) {
        let span = statement.span;
        self.statement_span = span;
        match &statement.kind {
            StatementKind::Transaction(kind) => self.transaction(kind, span),
            StatementKind::Data(statement) => match statement {
                DataStatement::Query(query) => match into_of(query) {
                    Some(into) => self.select_into(query, into),
                    None => self.data(statement),
                },
                DataStatement::Insert(_)
                | DataStatement::Update(_)
                | DataStatement::Delete(_)
                | DataStatement::Merge(_) => self.data(statement),
            },
            StatementKind::Explain(explain) => self.explain(explain),
            StatementKind::CreateTable(create) => self.create_table(create),
            StatementKind::CreateTableAs(create) => self.create_table_as(create),
            StatementKind::AlterTable(alter) => self.alter_table(alter),
            StatementKind::Truncate(truncate) => self.truncate(truncate),
            StatementKind::CreateIndex(create) => self.create_index(create),
            StatementKind::CreateSequence(create) => self.create_sequence(create),
            StatementKind::AlterSequence(alter) => self.alter_sequence(alter),
            StatementKind::Vacuum(vacuum) => self.vacuum(vacuum),
            StatementKind::Reindex(reindex) => self.reindex(reindex),
            StatementKind::Cluster(cluster) => self.cluster(cluster),
            StatementKind::Lock(lock) => self.lock(lock),
            StatementKind::Do(block) => self.do_block(block),
            StatementKind::Call(call) => self.call(call),
            StatementKind::CreateSchema(create) => self.create_schema(create),
            StatementKind::CreateType(create) => self.create_type(create),
            StatementKind::AlterType(alter) => self.alter_type(alter),
            StatementKind::CreateDomain(create) => self.create_domain(create),
            StatementKind::AlterDomain(alter) => self.alter_domain(alter),
            StatementKind::Define(define) => match &define.kind {
                DefineKind::Aggregate { name, arguments } => {
                    self.create_aggregate(define, name, arguments.as_ref());
                }
                DefineKind::Type(name) => self.create_base_type(define, name),
                DefineKind::Operator(name) => self.create_operator(define, name),
                DefineKind::Collation(name) => self.create_collation(define, name),
                DefineKind::CollationFrom(name, from) => self.copy_collation(define, name, from),
                DefineKind::TextSearch(word, name) => self.create_text_search(define, *word, name),
            },
            StatementKind::CreateView(create) => self.create_view(create),
            StatementKind::CreateMaterializedView(create) => self.create_materialized_view(create),
            StatementKind::RefreshMaterializedView(refresh) => self.refresh(refresh),
            StatementKind::CreateRoutine(create) => self.create_routine(create),
            StatementKind::AlterRoutine(alter) => self.alter_routine(alter),
            StatementKind::CreateTrigger(create) => self.create_trigger(create),
            StatementKind::CreateEventTrigger(create) => self.create_event_trigger(create),
            StatementKind::AlterEventTrigger(alter) => self.alter_event_trigger(alter),
            StatementKind::CreateRule(create) => self.create_rule(create),
            StatementKind::CreatePolicy(create) => self.create_policy(create),
            StatementKind::AlterPolicy(alter) => self.alter_policy(alter),
            StatementKind::Drop(drop) => self.drop(drop, span),
            StatementKind::AlterObject(alter) => self.alter_any(alter),
            StatementKind::Comment(comment) => self.comment(comment),
            StatementKind::SecurityLabel(label) => self.security_label(label),
            StatementKind::CreateExtension(create) => self.create_extension(create),
            StatementKind::AlterExtension(alter) => self.alter_extension(alter),
            StatementKind::Grant(grant) => self.grant(grant),
            StatementKind::GrantRole(grant) => self.grant_role(grant),
            StatementKind::AlterDefaultPrivileges(alter) => self.alter_default_privileges(alter),
            StatementKind::CreateRole(create) => self.create_role(create),
            StatementKind::AlterRole(alter) => self.alter_role(alter),
            StatementKind::AlterSettings(alter) => self.alter_settings(alter),
            StatementKind::AlterGroup(alter) => self.alter_group(alter),
            StatementKind::DropRole(drop) => self.drop_role(drop),
            StatementKind::Owned(owned) => self.owned(owned),
            StatementKind::CreateCast(create) => self.create_cast(create),
            StatementKind::CreateTransform(create) => self.create_transform(create),
            StatementKind::CreateLanguage(create) => self.create_language(create),
            StatementKind::CreateAccessMethod(create) => self.create_access_method(create),
            StatementKind::CreateConversion(create) => self.create_conversion(create),
            StatementKind::CreateOperatorClass(create) => self.create_operator_class(create),
            StatementKind::CreateOperatorFamily(create) => self.create_operator_family(create),
            StatementKind::AlterOperatorFamily(alter) => self.alter_operator_family(alter),
            StatementKind::AlterOperator(alter) => self.alter_operator(alter),
            StatementKind::AlterCollation(alter) => self.alter_collation(alter),
            StatementKind::CreateStatistics(create) => self.create_statistics(create),
            StatementKind::AlterStatistics(alter) => self.alter_statistics(alter),
            StatementKind::AlterDictionary(alter) => self.alter_dictionary(alter),
            StatementKind::AlterConfiguration(alter) => self.alter_configuration(alter),
            StatementKind::CreatePublication(create) => self.create_publication(create),
            StatementKind::AlterPublication(alter) => self.alter_publication(alter),
            StatementKind::CreateSubscription(create) => self.create_subscription(create),
            StatementKind::AlterSubscription(alter) => self.alter_subscription(alter),
            StatementKind::ForeignDataWrapper(wrapper) => self.foreign_data_wrapper(wrapper),
            StatementKind::CreateServer(create) => self.create_server(create),
            StatementKind::AlterServer(alter) => self.alter_server(alter),
            StatementKind::UserMapping(mapping) => self.user_mapping(mapping),
            StatementKind::ImportForeignSchema(import) => self.import_foreign_schema(import),
            StatementKind::Set(set) => self.set(set),
            StatementKind::SetConstraints(set) => self.set_constraints(set),
            StatementKind::Show(show) => self.show(show),
            StatementKind::Discard(discard) => self.discard(*discard, span),
            StatementKind::Prepare(prepare) => self.prepare(prepare),
            StatementKind::Execute(execute) => self.execute(execute),
            StatementKind::Deallocate(name) => self.deallocate(name.as_ref()),
            StatementKind::DeclareCursor(declare) => self.declare_cursor(declare),
            StatementKind::Fetch(name) => self.fetch(name),
            StatementKind::Close(name) => self.close(name.as_ref()),
            StatementKind::Copy(copy) => self.copy(copy),
            StatementKind::Server(words) => self.server(words, span),
            // No effect: they wake other sessions, write out what is in memory, or load a library.
            StatementKind::Listen(_)
            | StatementKind::Unlisten(_)
            | StatementKind::Notify(_)
            | StatementKind::Checkpoint
            | StatementKind::Load(_) => {}
            // Which tables a tablespace holds is the server's business.
            StatementKind::MoveAll(_) => self.report(
                Diagnostic::new(
                    Code::OpaqueStatement,
                    "what this statement moves is not followed",
                    span,
                    "not replayed",
                )
                .with_help(DECLARE),
            ),
        }
    }

    /// ALTER of any kind of object. Those of relations are the business of the files about them.
    fn alter_any(&mut self, alter: &AlterObject) {
        match (&alter.object, &alter.action) {
            (ObjectReference::Relation(..), ObjectAction::DependsOnExtension { no, extension }) => {
                if let Some(object) = self.object(&alter.object) {
                    self.depend_on_extension(object, *no, extension);
                }
            }
            _ => self.alter_object(alter),
        }
    }
}
