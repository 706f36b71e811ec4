//! CREATE TRIGGER.

use super::{Replay, names, tokens};
use crate::catalog::{Key, Provenance};
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::objects as errors;
use crate::sqlite::ast::{CreateTrigger, Statement, TriggerEvent, TriggerTime};
use crate::sqlite::catalog::{
    Catalog, Definition, ObjectPath, Relation, TableKind, Trigger, TriggerEventKind,
};
use crate::sqlite::resolve;
use crate::sqlite::split::RawStatement;
use crate::text::Ident;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_trigger(
        &mut self,
        raw: &RawStatement,
        create: &CreateTrigger,
        statement: &Arc<Statement>,
    ) {
        let name = &create.name.name;
        let (database, watched) = match self.watched(create) {
            Ok(found) => found,
            Err(diagnostic) => {
                self.report(*diagnostic);
                let table = Key::new(&create.table.name.name);
                let path = ObjectPath {
                    database: Catalog::MAIN,
                    key: table,
                };
                return self.add_unknown_trigger(Catalog::MAIN, name, path);
            }
        };
        if !self.check_reserved(name) {
            return;
        }
        let content = self.catalog.databases.get(database);
        let taken = content.and_then(|content| content.triggers.get(&Key::new(&name.name)));
        if let Some(taken) = taken {
            if !create.if_not_exists {
                let diagnostic = errors::trigger_exists(name, taken);
                self.report(diagnostic);
            }
            return;
        }
        let mut refused = self.unsuited(create, &watched);
        // The engine looks no further into the body before the trigger fires.
        let resolution = resolve::trigger(self.environment(), database, create);
        let of_body = resolution.diagnostics.into_iter();
        refused.extend(of_body.filter(|diagnostic| diagnostic.code == Code::InvalidTrigger));
        if !refused.is_empty() {
            self.diagnostics.extend(refused);
            return self.add_unknown_trigger(database, name, watched);
        }
        let definition = tokens::definition("CREATE TRIGGER", &raw.tokens, name, Some(statement));
        self.add_trigger(database, build(create, watched, definition));
    }

    /// The database of a new trigger, and the table or view that it watches (`sqlite3BeginTrigger`).
    fn watched(&self, create: &CreateTrigger) -> Result<(usize, ObjectPath), Box<Diagnostic>> {
        let mut database = self.target("trigger", &create.name, false)?;
        if create.temporary {
            if let Some(named) = &create.name.database {
                return Err(Box::new(errors::temporary_elsewhere("trigger", named)));
            }
            database = Catalog::TEMP;
        }
        let found = self.find_relation(&create.table);
        if create.name.database.is_none()
            && found
                .as_ref()
                .is_some_and(|found| found.path.database == Catalog::TEMP)
        {
            database = Catalog::TEMP;
        }
        if database == Catalog::TEMP {
            let missing = || Box::new(errors::unknown_table(&self.catalog, &create.table));
            return Ok((database, found.ok_or_else(missing)?.path));
        }
        // Elsewhere a trigger belongs to its table's database.
        if let Some(named) = &create.table.database
            && self.catalog.database(&named.name) != Some(database)
        {
            let code = Code::InvalidTrigger;
            let span = create.table.span();
            let name = &create.name.name;
            let diagnostic = match self.catalog.database(&named.name) {
                Some(_) => errors::other_database(code, "trigger", name, span),
                None => errors::unknown_database(&self.catalog, named),
            };
            return Err(Box::new(diagnostic));
        }
        let key = Key::new(&create.table.name.name);
        match self.relation_at(database, &key) {
            Some(_) => Ok((database, ObjectPath { database, key })),
            None => Err(Box::new(errors::unknown_table(
                &self.catalog,
                &create.table,
            ))),
        }
    }

    /// What does not suit the table or view.
    fn unsuited(&self, create: &CreateTrigger, watched: &ObjectPath) -> Vec<Diagnostic> {
        let table = &create.table.name;
        let span = create.table.span();
        let refuse =
            |message: String, label: &str| vec![errors::untriggerable(message, span, label)];
        match self.relation_at(watched.database, &watched.key) {
            Some(Relation::View(_)) if create.time != TriggerTime::InsteadOf => {
                let time = match create.time {
                    TriggerTime::After => "an AFTER",
                    TriggerTime::Before | TriggerTime::InsteadOf => "a BEFORE",
                };
                let message = format!("{time} trigger cannot watch view `{}`", table.name);
                refuse(message, "views take INSTEAD OF triggers")
            }
            Some(Relation::View(_)) | None => Vec::new(),
            Some(Relation::Table(_)) if names::is_reserved(&table.name) => {
                let message = format!("a trigger cannot watch `{}`", table.name);
                refuse(message, "the engine's own table")
            }
            Some(Relation::Table(found)) => match found.kind {
                TableKind::Virtual { .. } => {
                    let message = format!("a trigger cannot watch virtual table `{}`", table.name);
                    refuse(message, "a virtual table")
                }
                TableKind::Internal => {
                    let message = format!("a trigger cannot watch `{}`", table.name);
                    refuse(message, "the engine's own table")
                }
                TableKind::Ordinary | TableKind::Shadow { .. } => {
                    if create.time == TriggerTime::InsteadOf && !found.incomplete {
                        let message =
                            format!("an INSTEAD OF trigger cannot watch table `{}`", table.name);
                        refuse(message, "only views take INSTEAD OF triggers")
                    } else {
                        Vec::new()
                    }
                }
            },
        }
    }

    /// Leaves something behind for the statements that use a trigger which could not be made.
    pub(super) fn add_unknown_trigger(
        &mut self,
        database: usize,
        name: &Ident,
        watched: ObjectPath,
    ) {
        let key = Key::new(&name.name);
        let content = self.catalog.databases.get(database);
        if content.is_some_and(|content| content.triggers.contains_key(&key)) {
            return;
        }
        let trigger = Trigger {
            name: Arc::clone(&name.name),
            database: watched.database,
            table_name: watched.key.as_str().into(),
            table: watched.key,
            time: TriggerTime::Before,
            event: TriggerEventKind::Insert,
            definition: tokens::no_definition(),
            span: name.span,
            provenance: Provenance::new(name.span),
            place: 0,
        };
        self.add_trigger(database, trigger);
    }
}

fn build(create: &CreateTrigger, watched: ObjectPath, definition: Definition) -> Trigger {
    let name = &create.name.name;
    Trigger {
        name: Arc::clone(&name.name),
        database: watched.database,
        table: watched.key,
        table_name: Arc::clone(&create.table.name.name),
        time: create.time,
        event: match create.event {
            TriggerEvent::Insert => TriggerEventKind::Insert,
            TriggerEvent::Delete => TriggerEventKind::Delete,
            TriggerEvent::Update { .. } => TriggerEventKind::Update,
        },
        definition,
        span: name.span,
        provenance: Provenance::new(name.span),
        place: 0,
    }
}
