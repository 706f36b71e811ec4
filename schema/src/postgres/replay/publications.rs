//! Publications and subscriptions.

use super::Replay;
use super::find::Search;
use super::options::text_of_value;
use crate::catalog::Provenance;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    AlterPublication, AlterSubscription, CreatePublication, CreateSubscription, GlobalWord,
    Parameter, PublicationAction, PublicationObject,
};
use crate::postgres::catalog::{
    Address, Catalog, Class, Dependency, Persistence, Publication, PublishedTable, Relation,
    RelationKind,
};
use crate::postgres::replay::Wanted;
use crate::postgres::resolve::{Context, Place, Rows};
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use std::sync::Arc;

/// Something with the place where it is named.
type Named<T> = (T, Span);

impl Replay {
    pub(super) fn create_publication(&mut self, create: &CreatePublication) {
        let name = &create.name;
        if let Search::Found(found) = self.search_global(GlobalWord::Publication, name) {
            let declared = self.declared(found);
            let noun = "publication";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        self.publication_options(&create.options);
        let (tables, namespaces) = self.published(&create.objects);
        let oid = self.catalog.next_oid();
        self.catalog.publications.put(Publication {
            oid,
            name: Arc::clone(&name.name),
            owner: Catalog::OWNER,
            all_tables: create.all_tables,
            tables: Vec::new(),
            namespaces: Vec::new(),
            publishes: [true; 4],
            provenance: Some(Provenance::new(name.span)),
        });
        self.publish(oid, tables, namespaces);
    }

    fn publication_options(&mut self, options: &[Parameter]) {
        const KNOWN: [&str; 3] = [
            "publish",
            "publish_via_partition_root",
            "publish_generated_columns",
        ];
        for option in options {
            let text = &*option.name.name;
            let is_known = KNOWN.contains(&text)
                && (text != "publish_generated_columns" || self.catalog.version >= 18);
            if !is_known {
                self.report(errors::unknown_option(
                    "a publication",
                    text,
                    option.span,
                    KNOWN,
                ));
                continue;
            }
            let value = option
                .value
                .as_ref()
                .map_or_else(String::new, text_of_value);
            if text == "publish" {
                let mut words = value.split(',').map(str::trim);
                let known = ["insert", "update", "delete", "truncate", ""];
                if let Some(word) = words.find(|word| !known.contains(word)) {
                    let message = format!("a publication cannot publish `{word}`");
                    self.report(errors::refused(message, option.span));
                }
            }
        }
    }

    /// The tables and schemas that a publication is about; what is wrong is left out.
    fn published(
        &mut self,
        objects: &[PublicationObject],
    ) -> (Vec<Named<PublishedTable>>, Vec<Named<Oid>>) {
        let has_schemas = objects
            .iter()
            .any(|it| !matches!(it, PublicationObject::Table { .. }));
        let mut tables: Vec<(PublishedTable, Span)> = Vec::new();
        let mut namespaces = Vec::new();
        for object in objects {
            match object {
                PublicationObject::Table {
                    table,
                    columns,
                    condition,
                } => {
                    let name = &table.name;
                    let Some(relation) = self.relation_named(name, Wanted::Table, false) else {
                        continue;
                    };
                    if !self.check_published(&relation, name.span) {
                        continue;
                    }
                    if has_schemas && !columns.is_empty() {
                        let message = "a publication of whole schemas cannot list columns";
                        self.report(errors::refused(message, name.span));
                        continue;
                    }
                    let mut numbers: Vec<i16> = Vec::new();
                    for column in columns {
                        match self.column_named(&relation, column) {
                            Some(number) if numbers.contains(&number) => {
                                let message = format!("column `{}` is there twice", column.name);
                                self.report(errors::refused(message, column.span));
                            }
                            Some(number) if self.is_sendable(&relation, number, column.span) => {
                                numbers.push(number);
                            }
                            Some(_) | None => {}
                        }
                    }
                    let condition = condition.as_deref().and_then(|condition| {
                        let place = Place {
                            context: Context::Where,
                            rows: Rows::Of(&relation),
                            span: name.span,
                        };
                        let resolved = self.condition_at(place, "PUBLICATION WHERE", condition)?;
                        self.is_row_filter(&relation, &resolved, condition.span)
                            .then_some(resolved)
                    });
                    let published = PublishedTable {
                        oid: self.catalog.next_oid(),
                        table: relation.oid,
                        columns: numbers,
                        condition,
                    };
                    if !tables.iter().any(|(it, _)| it.table == relation.oid) {
                        tables.push((published, name.span));
                    }
                }
                PublicationObject::Schema(schema) => {
                    if let Some(oid) = self.schema_named(schema) {
                        if oid == well_known::PG_CATALOG {
                            let message = "the tables of the system cannot be published";
                            self.report(errors::refused(message, schema.span));
                            continue;
                        }
                        namespaces.push((oid, schema.span));
                    }
                }
                PublicationObject::CurrentSchema(span) => {
                    namespaces.extend(self.catalog.creation_namespace().map(|it| (it, *span)));
                }
            }
        }
        (tables, namespaces)
    }

    fn check_published(&mut self, relation: &Relation, span: Span) -> bool {
        let why = match (&relation.kind, relation.persistence) {
            _ if relation.oid.is_builtin() => Some("it belongs to the system"),
            (RelationKind::Table | RelationKind::Partitioned(_), Persistence::Permanent) => None,
            (RelationKind::Table | RelationKind::Partitioned(_), Persistence::Temporary) => {
                Some("it is temporary")
            }
            (RelationKind::Table | RelationKind::Partitioned(_), Persistence::Unlogged) => {
                Some("it is unlogged")
            }
            _ => Some("only tables can be published"),
        };
        if let Some(why) = why {
            let message = format!("`{}` cannot be published", relation.name);
            self.report(errors::refused(message, span).with_note(why));
        }
        why.is_none()
    }

    fn publish(
        &mut self,
        oid: Oid,
        tables: Vec<(PublishedTable, Span)>,
        namespaces: Vec<(Oid, Span)>,
    ) {
        for (table, _) in &tables {
            let this = Address::new(Class::PublicationRelation, table.oid);
            let mut edges = vec![
                (Address::new(Class::Publication, oid), Dependency::Auto),
                (Address::relation(table.table), Dependency::Auto),
            ];
            for column in &table.columns {
                edges.push((Address::column(table.table, *column), Dependency::Normal));
            }
            if let Some(condition) = &table.condition {
                let referenced = self.catalog.references_of(condition, &[table.table]);
                let referenced = referenced.into_iter();
                let referenced = referenced.filter(|it| *it != Address::relation(table.table));
                edges.extend(referenced.map(|it| (it, Dependency::Normal)));
            }
            for (referenced, kind) in edges {
                self.catalog.dependencies.add(this, referenced, kind);
            }
        }
        self.catalog.publications.change(oid, |it| {
            it.tables.extend(tables.into_iter().map(|(table, _)| table));
            it.namespaces
                .extend(namespaces.into_iter().map(|(oid, _)| oid));
        });
    }

    pub(super) fn alter_publication(&mut self, alter: &AlterPublication) {
        let search = self.search_global(GlobalWord::Publication, &alter.name);
        let Some(found) = self.settle(search) else {
            return;
        };
        let Some(publication) = self.catalog.publications.get(found.oid).cloned() else {
            return;
        };
        let objects = match &alter.action {
            PublicationAction::Options(options) => return self.publication_options(options),
            PublicationAction::Add(objects)
            | PublicationAction::Set(objects)
            | PublicationAction::Drop(objects) => objects,
        };
        if publication.all_tables {
            let message = format!("publication `{}` is FOR ALL TABLES", publication.name);
            return self.report(errors::refused(message, alter.name.span));
        }
        let (mut tables, mut namespaces) = self.published(objects);
        let in_it = |oid: Oid| publication.tables.iter().any(|it| it.table == oid);
        match &alter.action {
            PublicationAction::Add(_) => {
                for (table, span) in &tables {
                    if in_it(table.table) {
                        let name = self.catalog.describe(Address::relation(table.table));
                        let message =
                            format!("{name} is in publication `{}` already", publication.name);
                        self.report(Diagnostic::new(
                            Code::AlreadyExists,
                            message,
                            *span,
                            "published already",
                        ));
                    }
                }
                tables.retain(|(table, _)| !in_it(table.table));
                namespaces.retain(|(oid, _)| !publication.namespaces.contains(oid));
                self.publish(found.oid, tables, namespaces);
            }
            PublicationAction::Drop(_) => {
                for (table, span) in &tables {
                    if !in_it(table.table) {
                        let name = self.catalog.describe(Address::relation(table.table));
                        let message =
                            format!("{name} is not in publication `{}`", publication.name);
                        self.report(Diagnostic::new(
                            Code::UnknownObject,
                            message,
                            *span,
                            "not published",
                        ));
                    }
                }
                for (oid, span) in &namespaces {
                    if !publication.namespaces.contains(oid) {
                        let message =
                            format!("the schema is not in publication `{}`", publication.name);
                        self.report(Diagnostic::new(
                            Code::UnknownObject,
                            message,
                            *span,
                            "not published",
                        ));
                    }
                }
                let named = |oid: Oid| tables.iter().any(|(table, _)| table.table == oid);
                self.unpublish(&publication, named);
                self.catalog.publications.change(found.oid, |it| {
                    it.namespaces
                        .retain(|it| !namespaces.iter().any(|(oid, _)| oid == it));
                });
            }
            PublicationAction::Set(_) | PublicationAction::Options(_) => {
                self.unpublish(&publication, |_| true);
                self.catalog.publications.change(found.oid, |it| {
                    it.namespaces.clear();
                });
                self.publish(found.oid, tables, namespaces);
            }
        }
    }

    /// Takes tables out of a publication.
    fn unpublish(&mut self, publication: &Publication, which: impl Fn(Oid) -> bool) {
        for table in publication.tables.iter().filter(|it| which(it.table)) {
            self.catalog
                .delete_object(Address::new(Class::PublicationRelation, table.oid));
        }
    }

    pub(super) fn create_subscription(&mut self, create: &CreateSubscription) {
        let name = &create.name;
        if let Search::Found(found) = self.search_global(GlobalWord::Subscription, name) {
            let declared = self.declared(found);
            let noun = "subscription";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        let connects = |wanted: &str| {
            let option = create.options.iter().find(|it| &*it.name.name == wanted);
            let value = option.map(|it| {
                it.value
                    .as_ref()
                    .map_or_else(|| "true".to_owned(), text_of_value)
            });
            !value.is_some_and(|it| matches!(it.as_str(), "false" | "off" | "0" | "no"))
        };
        if connects("connect") && connects("create_slot") {
            let what = "CREATE SUBSCRIPTION with a replication slot";
            self.refuse_in_transaction(what, create.span);
        }
        self.make_plain(Class::Subscription, name, None);
    }

    pub(super) fn alter_subscription(&mut self, alter: &AlterSubscription) {
        let search = self.search_global(GlobalWord::Subscription, &alter.name);
        self.settle(search);
    }
}
