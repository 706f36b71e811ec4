//! Rows that are there on every database because the history has written them, and the ALTER TABLE that they stop.
//!
//! Only what is sure counts. A table has rows from an INSERT of VALUES on, and until anything could have taken some away:
//! a statement that deletes, a trigger, a rule, a block, or a function that may write.

use super::Replay;
use super::table::is_serial;
use crate::catalog::Map;
use crate::errors::postgres::rows as errors;
use crate::postgres::ast::{
    AlterTable, AlterTableActionKind, Assignment, ColumnConstraintKind, ColumnDefinition,
    ConflictAction, Constant, DataStatement, Expr, ExprKind, Insert, InsertSource, Query,
    QueryBody, Statement, StatementKind, TableConstraintKind, Update,
};
use crate::postgres::catalog::{
    Catalog, CertainRows, Class, Column, Persistence, Relation, RelationKind, RuleEvent,
    TriggerEvent,
};
use crate::postgres::tree::UNKNOWN;
use crate::postgres::types::{TypeKind, Volatility, well_known};
use crate::text::Span;

/// What a statement can do to the rows that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Nothing.
    Nothing,
    /// What the functions do that it may call.
    Functions,
    /// What INSERT or UPDATE do to one table, and the functions that they may call.
    OneTable,
    /// Anything.
    Everything,
}

impl Replay {
    /// Refuses an ALTER TABLE that rows stop which are there on every database.
    pub(super) fn check_certain_rows(&mut self, before: &Catalog, statement: &Statement) {
        let StatementKind::AlterTable(alter) = &statement.kind else {
            return;
        };
        let mut found = Vec::new();
        for (oid, rows) in before.rows.iter() {
            let (Some(was), Some(now)) = (before.relation(*oid), self.catalog.relation(*oid))
            else {
                continue;
            };
            for column in now.live_columns().filter(|column| column.not_null) {
                let old = was.column_at(column.number);
                let span = place(alter, &column.name);
                if old.is_none() && self.is_without_value(alter, column) {
                    found.push(errors::new_column(
                        &now.name,
                        &column.name,
                        span,
                        rows.written,
                    ));
                } else if old.is_some_and(|old| !old.not_null)
                    && !is_spared(alter, &column.name)
                    && let Some(null) = rows.null(column.number)
                {
                    found.push(errors::null_in_column(&now.name, &column.name, span, null));
                }
            }
        }
        self.diagnostics.extend(found);
    }

    /// Keeps in mind which rows are there after a statement, in which nothing is wrong if it `is_sound`.
    pub(super) fn follow_rows(&mut self, statement: &Statement, is_sound: bool) {
        if !is_sound || self.is_written_unseen() {
            return self.forget_rows();
        }
        match reach(statement) {
            Reach::Nothing => return,
            Reach::Functions | Reach::OneTable if !self.has_writing_functions() => {}
            Reach::Functions | Reach::OneTable | Reach::Everything => self.forget_rows(),
        }
        if let StatementKind::Data(DataStatement::Insert(insert)) = &statement.kind {
            self.rows_inserted(insert);
        } else if let StatementKind::Data(DataStatement::Update(update)) = &statement.kind {
            self.rows_updated(update);
        } else if let StatementKind::AlterTable(alter) = &statement.kind {
            self.rows_altered(alter);
        }
    }

    pub(super) fn forget_rows(&mut self) {
        self.catalog.rows = Map::default();
    }

    /// Whether rows can be written by what no statement shows: an extension of which nothing is known, an event trigger, a
    /// trigger that waits for the end of the transaction, or what a mistake has kept from being there.
    fn is_written_unseen(&self) -> bool {
        let catalog = &self.catalog;
        catalog.is_partly_unknown()
            || self.doubts.told()
            || catalog
                .plain
                .iter()
                .any(|it| it.class == Class::EventTrigger)
            || catalog.triggers.iter().any(|it| it.timing.deferrable)
    }

    /// Whether the migrations have made a function that may write: the engine lets only VOLATILE ones, and those of triggers
    /// are called by nothing else.
    fn has_writing_functions(&self) -> bool {
        self.catalog.routines.iter().any(|it| {
            let of_trigger = [well_known::TRIGGER, well_known::EVENT_TRIGGER];
            it.provenance.is_some()
                && it.object.volatility == Volatility::Volatile
                && !of_trigger.contains(&it.object.result)
        })
    }

    fn rows_inserted(&mut self, insert: &Insert) {
        let Some(table) = self.catalog.find_relation(&insert.table).cloned() else {
            return self.forget_rows();
        };
        let mut events = vec![TriggerEvent::Insert];
        let conflict = insert.on_conflict.as_ref().map(|it| &it.action);
        if let Some(ConflictAction::Update { .. }) = conflict {
            events.push(TriggerEvent::Update);
        }
        if !self.writes_itself_only(&table, &events) {
            return self.forget_rows();
        }
        let certain = rows_of(insert).filter(|_| is_lasting(&table));
        let Some(values) = certain else {
            return;
        };
        let mut rows = self.catalog.rows.get(&table.oid).cloned();
        let rows = rows.get_or_insert_with(|| CertainRows {
            written: insert.span,
            nulls: Vec::new(),
        });
        match conflict {
            // The row that is in conflict is there, too. It may have been filled.
            Some(ConflictAction::Update { .. }) => rows.nulls.clear(),
            Some(ConflictAction::Nothing) => {}
            None => {
                for (number, span) in self.nulls_of(&table, insert, values) {
                    rows.add_null(number, span);
                }
            }
        }
        self.catalog.rows.insert(table.oid, rows.clone());
    }

    /// The columns that rows of VALUES leave NULL.
    fn nulls_of(
        &self,
        table: &Relation,
        insert: &Insert,
        values: &[Vec<Expr>],
    ) -> Vec<(i16, Span)> {
        let width = values.first().map_or(0, Vec::len);
        let all = table.live_columns().enumerate();
        let places = all.map(|(position, column)| {
            let place = match insert.columns.as_slice() {
                [] => Some(position).filter(|it| *it < width),
                listed => listed.iter().position(|it| it.column.name == column.name),
            };
            (column, place)
        });
        let found = places.filter_map(|(column, place)| {
            let null = match place {
                Some(place) => values.iter().find_map(|row| {
                    let value = row.get(place)?;
                    is_null(value).then_some(value.span)
                }),
                None => self.has_no_default(column).then_some(insert.span),
            };
            Some((column.number, null?))
        });
        found.collect()
    }

    fn rows_updated(&mut self, update: &Update) {
        let Some(table) = self.catalog.find_relation(&update.table.name) else {
            return self.forget_rows();
        };
        // An update can go on to other tables by their foreign keys.
        let has_triggers = self.catalog.triggers.iter().next().is_some();
        if has_triggers || !self.writes_itself_only(table, &[]) {
            return self.forget_rows();
        }
        let targets = update.assignments.iter().flat_map(|it| match it {
            Assignment::One { target, .. } => std::slice::from_ref(target),
            Assignment::Many { targets, .. } => targets,
        });
        let names: Vec<&str> = targets.map(|it| &*it.column.name).collect();
        let descendants = self.catalog.with_descendants(table.oid);
        for oid in descendants {
            let Some(relation) = self.catalog.relation(oid) else {
                continue;
            };
            let written = |number: i16| {
                relation
                    .column_at(number)
                    .is_none_or(|it| names.contains(&&*it.name))
            };
            let kept = self.catalog.rows.get(&oid).cloned();
            if let Some(mut rows) = kept {
                rows.nulls.retain(|(number, _)| !written(*number));
                self.catalog.rows.insert(oid, rows);
            }
        }
    }

    /// New columns are NULL in the rows that are there, and the others are what they were unless they are computed anew.
    fn rows_altered(&mut self, alter: &AlterTable) {
        let mut changed = Vec::new();
        for (oid, rows) in self.catalog.rows.iter() {
            let Some(table) = self.catalog.relation(*oid).filter(|it| is_lasting(it)) else {
                continue;
            };
            let mut rows = rows.clone();
            rows.nulls.retain(|(number, _)| {
                let column = table.column_at(*number);
                column.is_some_and(|it| !it.not_null && !is_spared(alter, &it.name))
            });
            let new = table.live_columns().filter(|column| !column.not_null);
            for column in new.filter(|it| self.is_without_value(alter, it)) {
                rows.add_null(column.number, place(alter, &column.name));
            }
            changed.push((*oid, rows));
        }
        self.catalog.rows = Map::default();
        for (oid, rows) in changed {
            self.catalog.rows.insert(oid, rows);
        }
    }

    /// Whether a statement on a table writes to that one only: no trigger for its events, no rule, no policy.
    fn writes_itself_only(&self, table: &Relation, events: &[TriggerEvent]) -> bool {
        let container = Some(table.oid);
        let mut triggers = self.catalog.triggers.inside(container);
        let mut rules = self.catalog.rules.inside(container);
        matches!(table.kind, RelationKind::Table)
            && !table.is_partition()
            && !table.row_security.enabled
            && !triggers.any(|it| it.events.iter().any(|event| events.contains(event)))
            && !rules.any(|it| it.event != RuleEvent::Select)
    }

    /// Whether a column is one that an ALTER TABLE adds, and that the rows which are there get no value for.
    fn is_without_value(&self, alter: &AlterTable, column: &Column) -> bool {
        let mut added = alter.actions.iter().filter_map(|action| {
            let AlterTableActionKind::AddColumn { column, .. } = &action.kind else {
                return None;
            };
            Some(column)
        });
        let definition = added.find(|it| it.name.name == column.name);
        definition.is_some_and(|it| !gives_value(it)) && self.has_no_default_of_type(column)
    }

    /// Whether a row that gives a column no value leaves it NULL.
    fn has_no_default(&self, column: &Column) -> bool {
        column.default.is_none()
            && column.identity.is_none()
            && column.generated.is_none()
            && self.has_no_default_of_type(column)
    }

    /// Whether the type of a column is one without a default of its own, as a domain can have one.
    fn has_no_default_of_type(&self, column: &Column) -> bool {
        let oid = column.typed.oid;
        let made = self.catalog.made_type(oid).map(|it| it.object.kind);
        column.typed != UNKNOWN
            && match made {
                None => oid.is_builtin(),
                Some(TypeKind::Domain { .. } | TypeKind::Base | TypeKind::Shell) => false,
                Some(
                    TypeKind::Composite { .. }
                    | TypeKind::Enum
                    | TypeKind::Range { .. }
                    | TypeKind::Multirange { .. }
                    | TypeKind::Pseudo,
                ) => true,
            }
    }
}

/// Whether rows of a table stay when its session ends or the server crashes.
fn is_lasting(table: &Relation) -> bool {
    table.persistence == Persistence::Permanent && !table.incomplete
}

/// The rows that an INSERT surely writes; one without a value for DEFAULT VALUES.
fn rows_of(insert: &Insert) -> Option<&[Vec<Expr>]> {
    match &insert.source {
        InsertSource::DefaultValues => Some(&[]),
        InsertSource::Query(query) => {
            let is_whole = query.limit.count.is_none() && query.limit.offset.is_none();
            match &query.body {
                QueryBody::Values(rows) if is_whole => Some(rows),
                QueryBody::Values(_) | QueryBody::Select(_) | QueryBody::SetOperation { .. } => {
                    None
                }
            }
        }
    }
}

fn is_null(value: &Expr) -> bool {
    matches!(value.kind, ExprKind::Constant(Constant::Null))
}

/// Whether the definition of a new column says what it holds in the rows that are there.
fn gives_value(definition: &ColumnDefinition) -> bool {
    let mut constraints = definition.constraints.iter();
    is_serial(&definition.type_name)
        || constraints.any(|constraint| match &constraint.kind {
            ColumnConstraintKind::Default(value) => !is_null(value),
            ColumnConstraintKind::Identity { .. } | ColumnConstraintKind::Generated { .. } => true,
            ColumnConstraintKind::Null
            | ColumnConstraintKind::NotNull { .. }
            | ColumnConstraintKind::Check { .. }
            | ColumnConstraintKind::References(_)
            | ColumnConstraintKind::Unique { .. }
            | ColumnConstraintKind::PrimaryKey { .. } => false,
        })
}

/// Whether an ALTER TABLE computes the values of a column anew, or asks something of new ones only.
fn is_spared(alter: &AlterTable, name: &str) -> bool {
    use AlterTableActionKind as Kind;
    alter.actions.iter().any(|action| {
        if let Kind::SetType { column, .. } | Kind::SetExpression { column, .. } = &action.kind {
            return *column.name == *name;
        }
        if let Kind::AddConstraint(constraint) = &action.kind
            && let TableConstraintKind::NotNull { column, .. } = &constraint.kind
        {
            return *column.name == *name && constraint.attributes.not_valid;
        }
        false
    })
}

/// The action of an ALTER TABLE that is about a column.
fn place(alter: &AlterTable, name: &str) -> Span {
    use AlterTableActionKind as Kind;
    let mut actions = alter.actions.iter();
    let found = actions.find(|action| {
        if let Kind::AddColumn { column, .. } = &action.kind {
            return *column.name.name == *name;
        }
        matches!(&action.kind, Kind::SetNotNull { column } if *column.name == *name)
    });
    found.map_or(alter.span, |action| action.span)
}

fn reach(statement: &Statement) -> Reach {
    use StatementKind as Kind;
    let of_query = |query: &Query| match query.with {
        Some(_) => Reach::Everything,
        None => Reach::Functions,
    };
    match &statement.kind {
        Kind::Data(DataStatement::Query(query)) => of_query(query),
        Kind::Data(DataStatement::Insert(insert)) => {
            let of_source = match &insert.source {
                InsertSource::DefaultValues => None,
                InsertSource::Query(query) => query.with.as_ref(),
            };
            match insert.with.as_ref().or(of_source) {
                Some(_) => Reach::Everything,
                None => Reach::OneTable,
            }
        }
        Kind::Data(DataStatement::Update(update)) if update.with.is_none() => Reach::OneTable,
        Kind::Data(
            DataStatement::Update(_) | DataStatement::Delete(_) | DataStatement::Merge(_),
        )
        | Kind::CreateTableAs(_)
        | Kind::Truncate(_)
        | Kind::Explain(_)
        | Kind::Execute(_)
        | Kind::Copy(_)
        | Kind::Call(_)
        | Kind::Do(_) => Reach::Everything,
        Kind::AlterTable(_)
        | Kind::CreateIndex(_)
        | Kind::CreateMaterializedView(_)
        | Kind::RefreshMaterializedView(_)
        | Kind::AlterDomain(_)
        | Kind::AlterType(_)
        | Kind::DeclareCursor(_)
        | Kind::Fetch(_)
        | Kind::Vacuum(_)
        | Kind::Reindex(_)
        | Kind::Cluster(_) => Reach::Functions,
        Kind::CreateTable(_)
        | Kind::MoveAll(_)
        | Kind::CreateSequence(_)
        | Kind::AlterSequence(_)
        | Kind::Transaction(_)
        | Kind::CreateSchema(_)
        | Kind::CreateType(_)
        | Kind::CreateDomain(_)
        | Kind::Define(_)
        | Kind::CreateView(_)
        | Kind::CreateRoutine(_)
        | Kind::AlterRoutine(_)
        | Kind::CreateTrigger(_)
        | Kind::CreateEventTrigger(_)
        | Kind::AlterEventTrigger(_)
        | Kind::CreateRule(_)
        | Kind::CreatePolicy(_)
        | Kind::AlterPolicy(_)
        | Kind::Drop(_)
        | Kind::AlterObject(_)
        | Kind::Comment(_)
        | Kind::SecurityLabel(_)
        | Kind::CreateExtension(_)
        | Kind::AlterExtension(_)
        | Kind::Grant(_)
        | Kind::GrantRole(_)
        | Kind::AlterDefaultPrivileges(_)
        | Kind::CreateRole(_)
        | Kind::AlterRole(_)
        | Kind::AlterSettings(_)
        | Kind::AlterGroup(_)
        | Kind::DropRole(_)
        | Kind::Owned(_)
        | Kind::CreateCast(_)
        | Kind::CreateTransform(_)
        | Kind::CreateLanguage(_)
        | Kind::CreateAccessMethod(_)
        | Kind::CreateConversion(_)
        | Kind::CreateOperatorClass(_)
        | Kind::CreateOperatorFamily(_)
        | Kind::AlterOperatorFamily(_)
        | Kind::AlterOperator(_)
        | Kind::AlterCollation(_)
        | Kind::CreateStatistics(_)
        | Kind::AlterStatistics(_)
        | Kind::AlterDictionary(_)
        | Kind::AlterConfiguration(_)
        | Kind::CreatePublication(_)
        | Kind::AlterPublication(_)
        | Kind::CreateSubscription(_)
        | Kind::AlterSubscription(_)
        | Kind::ForeignDataWrapper(_)
        | Kind::CreateServer(_)
        | Kind::AlterServer(_)
        | Kind::UserMapping(_)
        | Kind::ImportForeignSchema(_)
        | Kind::Set(_)
        | Kind::SetConstraints(_)
        | Kind::Show(_)
        | Kind::Discard(_)
        | Kind::Prepare(_)
        | Kind::Deallocate(_)
        | Kind::Close(_)
        | Kind::Listen(_)
        | Kind::Unlisten(_)
        | Kind::Notify(_)
        | Kind::Lock(_)
        | Kind::Checkpoint
        | Kind::Load(_)
        | Kind::Server(_) => Reach::Nothing,
    }
}
