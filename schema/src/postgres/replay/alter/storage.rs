//! What concerns how a table is stored, who owns it, which of its triggers fire.

use super::Target;
use crate::errors::postgres::{alter as errors, relations};
use crate::postgres::ast::{
    AlterTableActionKind as Kind, ColumnOrNumber, Fires, Ident, QualifiedName,
    ReplicaIdentity as Written, TriggerChoice,
};
use crate::postgres::catalog::{
    Address, Enabled, Persistence, Relation, RelationKind, ReplicaIdentity, RowSecurity,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::options::OptionsOf;
use crate::postgres::types::{Oid, Storage};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn alter_storage(&mut self, relation: &Relation, target: Target, kind: &Kind) {
        let oid = relation.oid;
        match kind {
            Kind::EnableRowSecurity => self.row_security(oid, |it| it.enabled = true),
            Kind::DisableRowSecurity => self.row_security(oid, |it| it.enabled = false),
            Kind::ForceRowSecurity => self.row_security(oid, |it| it.forced = true),
            Kind::NoForceRowSecurity => self.row_security(oid, |it| it.forced = false),
            Kind::ReplicaIdentity(identity) => self.replica_identity(relation, identity),
            Kind::SetParameters(parameters) if matches!(relation.kind, RelationKind::View(_)) => {
                self.set_view_options(relation, parameters);
            }
            Kind::SetParameters(parameters) => {
                let options = self.storage_options(parameters, OptionsOf::relation(relation));
                self.catalog.relations.change(oid, |it| {
                    for option in options {
                        it.options.retain(|other| other.name != option.name);
                        it.options.push(option);
                    }
                });
            }
            Kind::ResetParameters(parameters) => {
                let names = self.reset_options(parameters);
                self.catalog.relations.change(oid, |it| {
                    it.options.retain(|option| !names.contains(&option.name));
                    if let RelationKind::View(view) = &mut it.kind
                        && names.iter().any(|name| **name == *"check_option")
                    {
                        view.check = None;
                    }
                });
            }
            Kind::SetLogged => self.set_persistence(relation, Persistence::Permanent, target),
            Kind::SetUnlogged => self.set_persistence(relation, Persistence::Unlogged, target),
            Kind::SetTablespace(name) => {
                if !self.check_tablespace(name) {
                    return;
                }
                let name = Arc::clone(&name.name);
                self.catalog.relations.change(oid, |it| {
                    it.tablespace = (*name != *"pg_default").then_some(name);
                });
            }
            Kind::SetAccessMethod(Some(name)) => {
                if let Some(method) = self.table_method(name) {
                    self.catalog
                        .relations
                        .change(oid, |it| it.access_method = Some(method));
                }
            }
            Kind::SetAccessMethod(None) => {
                self.catalog
                    .relations
                    .change(oid, |it| it.access_method = None);
            }
            Kind::ClusterOn(name) => {
                if let Some(index) = self.index_of(relation, name) {
                    self.cluster_by(relation, index, name.span);
                }
            }
            Kind::SetWithoutCluster => self.set_clustered(relation, None),
            Kind::Trigger { fires, which } => self.enable_triggers(relation, *fires, which),
            Kind::Rule { fires, name } => self.enable_rule(relation, *fires, name),
            Kind::SetStatistics {
                column,
                target: statistics,
            } => {
                let number = match column {
                    ColumnOrNumber::Column(name) => self.altered_column(relation, name),
                    ColumnOrNumber::Number(number, span) => {
                        let found = relation.column_at(*number).map(|it| it.number);
                        if found.is_none() {
                            let message = format!("there is no column {number}");
                            self.report(errors::refused(message, *span));
                        }
                        found
                    }
                };
                if let Some(number) = number {
                    if !self.takes_statistics(relation, number, *statistics, target.span) {
                        return;
                    }
                    let statistics = *statistics;
                    self.catalog
                        .change_column(oid, number, |it| it.statistics = statistics);
                }
            }
            Kind::SetStorage { column, storage } => self.set_storage(relation, column, storage),
            Kind::SetCompression {
                column,
                compression,
            } => {
                if let Some(number) = self.altered_column(relation, column) {
                    let typed = relation.column_at(number).map(|it| it.typed.oid);
                    if !typed.is_none_or(|typed| self.can_be_compressed(typed, compression)) {
                        return;
                    }
                    let name = Arc::clone(&compression.name);
                    self.catalog.change_column(oid, number, |it| {
                        it.compression = (*name != *"default").then_some(name);
                    });
                }
            }
            Kind::SetColumnParameters { column, parameters } => {
                self.altered_column(relation, column);
                self.storage_options(parameters, OptionsOf::Column);
            }
            Kind::ResetColumnParameters { column, parameters } => {
                self.altered_column(relation, column);
                self.reset_options(parameters);
            }
            Kind::ChangeColumnOptions { column, .. } => {
                self.altered_column(relation, column);
            }
            Kind::SetOwner(role) => {
                if let Some(owner) = self.role(role) {
                    self.set_owner(Address::relation(oid), owner);
                }
            }
            Kind::OfType(name) => self.of_type(relation, name),
            Kind::NotOfType => {
                if relation.of_type.is_none() {
                    let message = format!("`{}` is not a table of a type", relation.name);
                    self.report(errors::refused(message, target.span));
                }
                self.catalog.relations.change(oid, |it| it.of_type = None);
            }
            // Roles are the server's; options of foreign tables and what comes with an extension are not modelled.
            _ => {}
        }
    }

    fn row_security(&mut self, oid: Oid, change: impl FnOnce(&mut RowSecurity)) {
        self.catalog
            .relations
            .change(oid, |it| change(&mut it.row_security));
    }

    /// The index of a table by its name; reports if it is not there.
    fn index_of(&mut self, relation: &Relation, name: &Ident) -> Option<Oid> {
        let found = self.catalog.relation_named(relation.namespace, &name.name);
        let found = found.filter(|it| relation.indexes.contains(&it.oid));
        let found = found.map(|it| it.oid);
        if found.is_none() {
            let name = QualifiedName::bare(name.clone());
            self.report(relations::unknown("index", &name, None, None));
        }
        found
    }

    fn replica_identity(&mut self, relation: &Relation, written: &Written) {
        let identity = match written {
            Written::Default => ReplicaIdentity::Default,
            Written::Full => ReplicaIdentity::Full,
            Written::Nothing => ReplicaIdentity::Nothing,
            Written::UsingIndex(name) => {
                let Some(oid) = self.index_of(relation, name) else {
                    return;
                };
                let index = self.relation_of(oid);
                let Some(index) = index.as_ref().and_then(|it| it.index()) else {
                    return;
                };
                let nullable = index.keys.iter().any(|key| {
                    let column = key.term.column().and_then(|it| relation.column_at(it));
                    column.is_none_or(|column| !column.not_null)
                });
                let has_expression = index.keys.iter().any(|key| key.term.column().is_none());
                let message = if !index.unique {
                    Some("is not unique")
                } else if !index.immediate {
                    Some("is deferrable")
                } else if has_expression {
                    Some("has expressions")
                } else if index.predicate.is_some() {
                    Some("is partial")
                } else if nullable {
                    Some("has columns that can be NULL")
                } else {
                    None
                };
                if let Some(message) = message {
                    let message = format!("index `{}` {message}", name.name);
                    return self.report(errors::refused(message, name.span));
                }
                ReplicaIdentity::Index(oid)
            }
        };
        self.catalog
            .relations
            .change(relation.oid, |it| it.replica_identity = identity);
    }

    fn set_persistence(&mut self, relation: &Relation, to: Persistence, target: Target) {
        if relation.persistence == Persistence::Temporary {
            let message = format!("`{}` is temporary", relation.name);
            return self.report(errors::refused(message, target.span));
        }
        if relation.persistence == to {
            return;
        }
        let other = match to {
            Persistence::Permanent => Persistence::Unlogged,
            Persistence::Unlogged | Persistence::Temporary => Persistence::Permanent,
        };
        if let Some(name) = self.neighbour(relation, to, other) {
            let message = match to {
                Persistence::Permanent => {
                    format!("`{}` references `{name}`, which is unlogged", relation.name)
                }
                Persistence::Unlogged | Persistence::Temporary => {
                    format!("`{name}` references `{}` and is permanent", relation.name)
                }
            };
            return self.report(errors::refused(message, target.span));
        }
        let mut all = vec![relation.oid];
        all.extend(&relation.indexes);
        all.extend(self.catalog.owned_sequences(relation.oid));
        for oid in all {
            self.catalog.relations.change(oid, |it| it.persistence = to);
        }
    }

    /// The table by whose foreign key, or by the foreign key to which, another persistence is not allowed.
    fn neighbour(
        &self,
        relation: &Relation,
        to: Persistence,
        other: Persistence,
    ) -> Option<Arc<str>> {
        let constraints = self.catalog.constraints.iter();
        let keys = constraints.filter_map(|it| Some((it.on.table()?, it.kind.foreign_key()?)));
        let mut neighbours = keys.filter_map(|(table, key)| match to {
            Persistence::Permanent => (table == relation.oid).then_some(key.table),
            Persistence::Unlogged | Persistence::Temporary => {
                (key.table == relation.oid).then_some(table)
            }
        });
        neighbours.find_map(|oid| {
            let found = self.catalog.relation(oid)?;
            let is_in_the_way = found.persistence == other && found.oid != relation.oid;
            is_in_the_way.then(|| Arc::clone(&found.name))
        })
    }

    fn enable_triggers(&mut self, relation: &Relation, fires: Fires, which: &TriggerChoice) {
        let enabled = enabled(fires);
        let triggers: Vec<Oid> = match which {
            TriggerChoice::Named(name) => {
                let found = self.catalog.trigger_of(relation.oid, &name.name);
                match found.map(|it| it.oid) {
                    Some(oid) => vec![oid],
                    None => {
                        let message =
                            format!("no trigger `{}` exists on `{}`", name.name, relation.name);
                        let code = crate::diagnostic::Code::UnknownTrigger;
                        let span = name.span;
                        let diagnostic = crate::diagnostic::Diagnostic::new(
                            code,
                            message,
                            span,
                            "no such trigger",
                        );
                        return self.report(diagnostic);
                    }
                }
            }
            TriggerChoice::All | TriggerChoice::User => {
                let triggers = self.catalog.triggers.inside(Some(relation.oid));
                triggers.map(|it| it.oid).collect()
            }
        };
        for oid in triggers {
            self.enable_trigger(oid, enabled);
        }
    }

    /// Says of a trigger when it fires, and of those that partitions have from it.
    fn enable_trigger(&mut self, oid: Oid, enabled: Enabled) {
        self.catalog.triggers.change(oid, |it| it.enabled = enabled);
        let copies: Vec<Oid> = self
            .catalog
            .triggers
            .iter()
            .filter(|it| it.parent == Some(oid))
            .map(|it| it.oid)
            .collect();
        for copy in copies {
            self.enable_trigger(copy, enabled);
        }
    }

    fn enable_rule(&mut self, relation: &Relation, fires: Fires, name: &Ident) {
        let found = self.catalog.rules.named(Some(relation.oid), &name.name);
        match found.map(|it| it.oid) {
            Some(oid) => {
                self.catalog
                    .rules
                    .change(oid, |it| it.enabled = enabled(fires));
            }
            None => {
                let message = format!("no rule `{}` exists on `{}`", name.name, relation.name);
                self.report(errors::refused(message, name.span));
            }
        }
    }

    fn set_storage(&mut self, relation: &Relation, name: &Ident, storage: &Ident) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number) else {
            return;
        };
        let wanted = match storage.name.to_lowercase().as_str() {
            "plain" => Some(Storage::Plain),
            "external" => Some(Storage::External),
            "extended" => Some(Storage::Extended),
            "main" => Some(Storage::Main),
            "default" => None,
            _ => {
                let message = format!("`{}` is no kind of storage", storage.name);
                return self.report(errors::refused(message, storage.span));
            }
        };
        let of_type = self.catalog.type_of(column.typed.oid).map(|it| it.storage);
        if of_type == Some(Storage::Plain) && !matches!(wanted, None | Some(Storage::Plain)) {
            let type_name = self.catalog.type_text(column.typed.oid);
            let message = format!("values of type `{type_name}` can only be stored plain");
            return self.report(errors::refused(message, storage.span));
        }
        self.catalog
            .change_column(relation.oid, number, |it| it.storage = wanted);
    }

    /// Why a table cannot be one of a composite type (`ATExecAddOf`): its columns must be the type's.
    fn why_not_of_type(&self, relation: &Relation, row: Oid) -> Option<String> {
        if !relation.parents.is_empty() {
            return Some(format!(
                "`{}` inherits, so that it cannot be of a type",
                relation.name
            ));
        }
        let row = self.catalog.relation(row)?;
        let mut own = relation.live_columns();
        for wanted in row.live_columns() {
            let Some(column) = own.next() else {
                return Some(format!(
                    "`{}` has no column `{}`",
                    relation.name, wanted.name
                ));
            };
            if column.name != wanted.name {
                return Some(format!(
                    "`{}` has column `{}` where the type has `{}`",
                    relation.name, column.name, wanted.name
                ));
            }
            if column.typed != wanted.typed {
                return Some(format!("column `{}` is of another type there", column.name));
            }
        }
        let more = own.next()?;
        Some(format!("the type has no column `{}`", more.name))
    }

    /// Whether the statistics of a column of a relation can be set.
    fn takes_statistics(
        &mut self,
        relation: &Relation,
        number: i16,
        target: Option<i32>,
        span: Span,
    ) -> bool {
        if target.is_some_and(|it| it < -1) {
            self.report(errors::refused(
                "there are no fewer statistics than -1",
                span,
            ));
            return false;
        }
        let key = relation.index().map(|index| {
            let position = usize::try_from(number - 1).unwrap_or_default();
            index.keys.get(position).map(|key| key.term.column())
        });
        let message = match key {
            Some(None) => "a column of INCLUDE has no statistics of its own",
            Some(Some(Some(_))) => "only an expression of an index has statistics of its own",
            Some(Some(None)) | None => return true,
        };
        self.report(errors::refused(message, span));
        false
    }

    fn of_type(&mut self, relation: &Relation, name: &QualifiedName) {
        let found = self.catalog.find_type(name).map(|it| (it.oid, it.kind));
        match found {
            Some((of, crate::postgres::types::TypeKind::Composite { relation: row })) => {
                if let Some(message) = self.why_not_of_type(relation, row) {
                    return self.report(errors::refused(message, name.span));
                }
                self.catalog
                    .relations
                    .change(relation.oid, |it| it.of_type = Some(of));
            }
            Some(_) | None => {
                if !self.is_partly_unknown() {
                    let message = format!("`{}` is no composite type", name.name.name);
                    self.report(errors::refused(message, name.span));
                }
            }
        }
    }
}

fn enabled(fires: Fires) -> Enabled {
    match fires {
        Fires::Origin => Enabled::Origin,
        Fires::Replica => Enabled::Replica,
        Fires::Always => Enabled::Always,
        Fires::Never => Enabled::Disabled,
    }
}
