//! CREATE VIEW.

use super::Replay;
use super::options::text_of_value;
use super::store::NewRelation;
use super::store::note_change;
use crate::catalog::{ChangeKind, Provenance};
use crate::errors::postgres::views as errors;
use crate::postgres::ast::{
    self, CheckOption, CommonTable, CreateView, DataStatement, Expr, ExprKind, FromItem,
    FromItemKind, Ident, Limit, Parameter, Persistence, QualifiedName, Query, QueryBody, Select,
    Target, With,
};

use crate::postgres::catalog::{
    self, Address, Column, Relation, RelationKind, RelationOption, View, ViewCheck,
};
use crate::postgres::resolve::{self, OutputColumn};
use crate::postgres::tree::{self, Distinct, RangeKind};
use crate::postgres::types::{Oid, TypeKind, well_known};
use crate::text::Span;
use std::sync::Arc;

/// Options of views, and which of them are boolean.
const OPTIONS: [(&str, bool); 3] = [
    ("security_barrier", true),
    ("security_invoker", true),
    ("check_option", false),
];

impl Replay {
    pub(super) fn create_view(&mut self, create: &CreateView) {
        if create.persistence == Persistence::Unlogged {
            return self.report(errors::unlogged("views", create.name.span));
        }
        let recursive = create.recursive.then(|| recursive_query(create));
        let written = recursive.as_ref().unwrap_or(&create.query);
        let resolved = resolve::query(self.environment(), written);
        let is_sound = resolved.diagnostics.is_empty();
        self.diagnostics.extend(resolved.diagnostics);
        let query = resolved.value.query;
        let mut persistence = create.persistence;
        if is_sound {
            self.check_view_query(create, &query);
            // A view over something temporary is temporary as well.
            if self.reads_temporary(&query) && persistence == Persistence::Permanent {
                persistence = Persistence::Temporary;
            }
        }
        let columns = match &resolved.value.columns {
            Some(columns) if is_sound => self.columns_of_view(columns, &create.columns, "VIEW"),
            Some(_) | None => None,
        };
        let (options, check) = self.view_options(create, is_sound.then_some(&query));
        let Some(namespace) = self.place_of_new(&create.name, persistence) else {
            return;
        };
        let existing = self
            .catalog
            .relation_named(namespace, &create.name.name.name);
        let existing = existing
            .map(|it| it.oid)
            .and_then(|oid| self.relation_of(oid));
        match existing {
            Some(existing) if create.or_replace => {
                let view = View {
                    query: is_sound.then(|| Arc::new(query)),
                    check,
                    populated: true,
                };
                self.replace_view(&existing, create, columns, view, options);
            }
            _ => {
                if !self.is_name_free(namespace, &create.name.name, false, true) {
                    return;
                }
                let incomplete = columns.is_none();
                let query = Arc::new(query);
                let kind = RelationKind::View(View {
                    query: is_sound.then(|| Arc::clone(&query)),
                    check,
                    populated: true,
                });
                let oid = self.catalog.create_relation(NewRelation {
                    persistence: persistence_of(persistence),
                    options,
                    ..NewRelation::new(
                        Arc::clone(&create.name.name.name),
                        namespace,
                        kind,
                        columns.unwrap_or_default(),
                        Some(Provenance::new(create.name.name.span)),
                    )
                });
                self.catalog
                    .relations
                    .change(oid, |it| it.incomplete = incomplete);
                if is_sound {
                    self.catalog
                        .depend_on_query(Address::relation(oid), &query, &[]);
                }
            }
        }
    }

    fn check_view_query(&mut self, create: &CreateView, query: &tree::Query) {
        if query.has_modifying_common_table {
            self.report(errors::modifying("view", create.query.span));
        }
        if let (true, Some((_, span))) = (create.recursive, &create.check) {
            self.report(errors::check_of_recursive(*span));
        }
    }

    /// Whether a query reads something temporary (`isQueryUsingTempRelation`).
    pub(super) fn reads_temporary(&self, query: &tree::Query) -> bool {
        let references = self.catalog.references_of_query(query, &[]);
        references.iter().any(|it| {
            it.class == catalog::Class::Relation
                && self
                    .catalog
                    .relation(it.oid)
                    .is_some_and(|it| it.persistence == catalog::Persistence::Temporary)
        })
    }

    /// The columns of a view: those of its query, under the names that are listed.
    pub(super) fn columns_of_view(
        &mut self,
        columns: &[OutputColumn],
        names: &[Ident],
        what: &str,
    ) -> Option<Vec<Column>> {
        if let Some(surplus) = names.get(columns.len()) {
            self.report(errors::too_many_names(what, surplus.span, columns.len()));
            return None;
        }
        let mut made: Vec<Column> = Vec::new();
        for (position, column) in columns.iter().enumerate() {
            let name = names.get(position);
            let text = name.map_or_else(|| Arc::clone(&column.name), |it| Arc::clone(&it.name));
            let number = i16::try_from(position + 1).unwrap_or(i16::MAX);
            if made.iter().any(|it| it.name == text) {
                let span = name.map(|it| it.span);
                self.report(errors::column_twice(&text, span, self.statement_span));
                return None;
            }
            let mut typed = column.typed;
            if typed.oid == well_known::UNKNOWN {
                typed.oid = well_known::TEXT;
                typed.collation = Some(well_known::DEFAULT_COLLATION);
            }
            if !self.check_view_column(&text, typed.oid) {
                return None;
            }
            let mut column = Column::new(number, text, typed);
            column.provenance = name.map(|it| Provenance::new(it.span));
            made.push(column);
        }
        Some(made)
    }

    /// Refuses a column whose type has no values (`CheckAttributeType`).
    fn check_view_column(&mut self, name: &str, oid: Oid) -> bool {
        let found = self.catalog.type_of(oid);
        let is_pseudo = found.is_some_and(|it| it.kind == TypeKind::Pseudo);
        if is_pseudo {
            let of = self.catalog.type_text(oid);
            let span = self.statement_span;
            self.report(crate::errors::postgres::types::pseudo_type(name, &of, span));
        }
        !is_pseudo
    }

    /// The options of a view and its check option, which is one of them.
    fn view_options(
        &mut self,
        create: &CreateView,
        query: Option<&tree::Query>,
    ) -> (Vec<RelationOption>, Option<ViewCheck>) {
        let mut check = create.check.map(|(check, _)| match check {
            CheckOption::Local => ViewCheck::Local,
            CheckOption::Cascaded => ViewCheck::Cascaded,
        });
        let mut place = create.check.map(|(_, span)| span);
        let mut options = Vec::new();
        for parameter in &create.options {
            let Some((name, value)) = self.view_option(parameter) else {
                continue;
            };
            if name == "check_option" {
                if create.check.is_some() {
                    self.report(errors::option_twice("check_option", parameter.span));
                    continue;
                }
                check = Some(match value.as_str() {
                    "local" => ViewCheck::Local,
                    _ => ViewCheck::Cascaded,
                });
                place = Some(parameter.span);
                continue;
            }
            options.push(RelationOption {
                name: name.into(),
                value: value.into(),
            });
        }
        if let (Some(place), Some(query)) = (place, query)
            && let Some(why) = self.why_not_updatable(query)
        {
            self.report(errors::not_updatable(why, place));
        }
        if let Some(check) = check {
            options.push(RelationOption {
                name: "check_option".into(),
                value: match check {
                    ViewCheck::Local => "local".into(),
                    ViewCheck::Cascaded => "cascaded".into(),
                },
            });
        }
        (options, check)
    }

    /// SET (…) of a view that is there.
    pub(super) fn set_view_options(&mut self, relation: &Relation, parameters: &[Parameter]) {
        for parameter in parameters {
            let Some((name, value)) = self.view_option(parameter) else {
                continue;
            };
            let mut check = None;
            if name == "check_option" {
                let query = relation.view().and_then(|it| it.query.clone());
                if let Some(why) = query.and_then(|query| self.why_not_updatable(&query)) {
                    self.report(errors::not_updatable(why, parameter.span));
                    continue;
                }
                check = Some(match value.as_str() {
                    "local" => ViewCheck::Local,
                    _ => ViewCheck::Cascaded,
                });
            }
            self.catalog.relations.change(relation.oid, |it| {
                it.options.retain(|option| *option.name != *name);
                it.options.push(RelationOption {
                    name: name.into(),
                    value: value.into(),
                });
                if let (Some(check), RelationKind::View(view)) = (check, &mut it.kind) {
                    view.check = Some(check);
                }
            });
        }
    }

    fn view_option(&mut self, parameter: &Parameter) -> Option<(&'static str, String)> {
        let name = &*parameter.name.name;
        let known = OPTIONS.iter().find(|(it, _)| *it == name);
        let version = self.catalog.version;
        let known = known.filter(|(it, _)| *it != "security_invoker" || version >= 15);
        let Some((known, is_boolean)) = known.filter(|_| parameter.namespace.is_none()) else {
            let names = OPTIONS.map(|(it, _)| it);
            self.report(errors::unknown_option("view", name, parameter.span, names));
            return None;
        };
        let value = parameter
            .value
            .as_ref()
            .map_or_else(|| "true".to_owned(), text_of_value);
        let is_valid = match is_boolean {
            true => is_boolean_text(&value),
            false => value == "local" || value == "cascaded",
        };
        if !is_valid {
            self.report(errors::invalid_option(known, &value, parameter.span));
            return None;
        }
        Some((known, value))
    }

    /// Why rows cannot be changed through a view's query, if they cannot (`view_query_is_auto_updatable`).
    fn why_not_updatable(&self, query: &tree::Query) -> Option<&'static str> {
        let found = if query.distinct != Distinct::No {
            "it has DISTINCT"
        } else if !query.group_by.is_empty() || !query.grouping_sets.is_empty() {
            "it has GROUP BY"
        } else if query.having.is_some() {
            "it has HAVING"
        } else if query.set_operation.is_some() {
            "it has UNION, INTERSECT or EXCEPT"
        } else if !query.common_tables.is_empty() {
            "it has WITH"
        } else if query.limit.is_some() || query.offset.is_some() {
            "it has LIMIT or OFFSET"
        } else if query.has_aggregates {
            "it returns aggregates"
        } else if !query.windows.is_empty() {
            "it returns window functions"
        } else if query.has_sets {
            "it returns sets"
        } else {
            return self.why_not_one_table(query);
        };
        Some(found)
    }

    fn why_not_one_table(&self, query: &tree::Query) -> Option<&'static str> {
        const ONE: &str = "it does not read from one table or view alone";
        let [tree::FromItem::Entry(entry)] = query.from.as_slice() else {
            return Some(ONE);
        };
        let entry = query.range_table.get(*entry)?;
        let RangeKind::Relation { relation, .. } = &entry.kind else {
            return Some(ONE);
        };
        let relation = self.catalog.relation(*relation)?;
        let is_fit = matches!(
            relation.kind,
            RelationKind::Table
                | RelationKind::Partitioned(_)
                | RelationKind::Foreign(_)
                | RelationKind::View(_)
        );
        if !is_fit {
            return Some(ONE);
        }
        let has_column = query.targets.iter().any(|target| {
            !target.junk
                && matches!(&target.expression, tree::Expr::Column(it) if it.levels_up == 0 && it.number > 0)
        });
        (!has_column).then_some("it has no column of its table")
    }

    /// OR REPLACE: the columns that are there stay as they are, others can follow (`checkViewTupleDesc`).
    fn replace_view(
        &mut self,
        existing: &Relation,
        create: &CreateView,
        columns: Option<Vec<Column>>,
        view: View,
        options: Vec<RelationOption>,
    ) {
        let name = &create.name;
        let declared = self.declared(Address::relation(existing.oid));
        if !matches!(existing.kind, RelationKind::View(_)) {
            let diagnostic = crate::errors::postgres::objects::wrong_kind(
                &name.name.name,
                existing.kind.noun(),
                "view",
                name.span,
                declared,
            );
            return self.report(diagnostic);
        }
        let oid = existing.oid;
        let Some(columns) = columns else {
            self.catalog
                .relations
                .change(oid, |it| it.incomplete = true);
            return;
        };
        if !existing.incomplete && !self.check_replaced(existing, &columns, name.span) {
            return;
        }
        let this = Address::relation(oid);
        let query = view.query.clone();
        self.catalog.relations.change(oid, |it| {
            it.kind = RelationKind::View(view);
            it.options = options;
            note_change(&mut it.provenance, name.name.span, ChangeKind::Rewritten);
        });
        let kept = match existing.incomplete {
            true => 0,
            false => existing.columns.len(),
        };
        if existing.incomplete {
            self.catalog.relations.change(oid, |it| {
                it.columns.clear();
                it.incomplete = false;
            });
        }
        for column in columns.into_iter().skip(kept) {
            self.catalog.add_column(oid, column);
        }
        self.forget_references(this);
        if let Some(query) = query {
            self.catalog.depend_on_query(this, &query, &[]);
        }
    }

    /// Forgets what a view's query refers to; that it is in its schema stays.
    fn forget_references(&mut self, view: Address) {
        let edges: Vec<_> = self.catalog.dependencies.of(view).collect();
        for (dependent, referenced, kind) in edges {
            let is_place = matches!(
                referenced.class,
                catalog::Class::Namespace | catalog::Class::Extension
            );
            if dependent == view && !is_place {
                self.catalog
                    .dependencies
                    .remove(dependent, referenced, kind);
            }
        }
    }

    fn check_replaced(&mut self, existing: &Relation, columns: &[Column], span: Span) -> bool {
        let declared = self.declared(Address::relation(existing.oid));
        let name = &existing.name;
        for (position, old) in existing.columns.iter().enumerate() {
            let message = match columns.get(position) {
                None => format!("view `{name}` cannot lose column `{}`", old.name),
                Some(new) if new.name != old.name => format!(
                    "column `{}` of view `{name}` cannot become `{}`",
                    old.name, new.name
                ),
                Some(new)
                    if new.typed.oid != old.typed.oid || new.typed.typmod != old.typed.typmod =>
                {
                    let (from, to) = (self.type_words(old), self.type_words(new));
                    format!(
                        "column `{}` of view `{name}` cannot change from `{from}` to `{to}`",
                        old.name
                    )
                }
                Some(new) if new.typed.collation != old.typed.collation => {
                    format!(
                        "column `{}` of view `{name}` cannot get another collation",
                        old.name
                    )
                }
                Some(_) => continue,
            };
            self.report(errors::cannot_replace(message, name, span, declared));
            return false;
        }
        true
    }

    fn type_words(&self, column: &Column) -> String {
        crate::postgres::types::Typing::new(&self.catalog)
            .format(column.typed.oid, column.typed.typmod)
    }
}

fn persistence_of(persistence: Persistence) -> catalog::Persistence {
    match persistence {
        Persistence::Permanent => catalog::Persistence::Permanent,
        Persistence::Unlogged => catalog::Persistence::Unlogged,
        Persistence::Temporary => catalog::Persistence::Temporary,
    }
}

fn is_boolean_text(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let begins = |word: &str| !text.is_empty() && word.starts_with(&text);
    ["true", "false", "yes", "no"].iter().any(|it| begins(it))
        || ["on", "off", "of", "1", "0"].contains(&text.as_str())
}

/// `WITH RECURSIVE name (columns) AS (query) SELECT columns FROM name` (`makeRecursiveViewSelect`).
fn recursive_query(create: &CreateView) -> Query {
    let name = &create.name.name;
    let span = create.query.span;
    let columns = create.columns.iter().map(|column| Target {
        value: Expr {
            kind: ExprKind::Column {
                parts: vec![column.clone()],
                star: None,
            },
            span: column.span,
        },
        label: None,
    });
    let table = FromItem {
        kind: FromItemKind::Table {
            relation: ast::Relation {
                name: QualifiedName::bare(name.clone()),
                only: false,
                span: name.span,
            },
            alias: None,
            sample: None,
        },
        span: name.span,
    };
    let select = Select {
        distinct: None,
        targets: columns.collect(),
        into: None,
        from: vec![table],
        filter: None,
        group_by: Vec::new(),
        group_distinct: false,
        having: None,
        windows: Vec::new(),
    };
    let common = CommonTable {
        name: name.clone(),
        columns: create.columns.clone(),
        materialized: None,
        statement: Box::new(DataStatement::Query(create.query.clone())),
        search: None,
        cycle: None,
        span,
    };
    Query {
        with: Some(With {
            recursive: true,
            tables: vec![common],
            span,
        }),
        body: QueryBody::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: Limit::default(),
        locking: Vec::new(),
        span,
    }
}
