//! Text search, statistics, publications, subscriptions, foreign servers.

use super::Replay;
use super::find::Search;
use super::views::text_of_value;
use crate::catalog::Provenance;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    self, AlterConfiguration, AlterDictionary, AlterPublication, AlterServer, AlterStatistics,
    AlterSubscription, CreatePublication, CreateServer, CreateStatistics, CreateSubscription,
    Define, ForeignDataWrapper, GenericAction, GenericOption, GlobalWord, Ident,
    ImportForeignSchema, IndexKey, MappingAction, ObjectReference, Parameter, PublicationAction,
    PublicationObject, QualifiedName, SchemaWord, UserMapping, UserMappingAction,
};
use crate::postgres::catalog::{
    Address, Catalog, Class, Dependency, Persistence, Publication, PublishedTable, Relation,
    RelationKind, Statistics,
};
use crate::postgres::replay::Wanted;
use crate::postgres::resolve::{self, Context, Place, Rows};
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use std::sync::Arc;

/// Something with the place where it is named.
type Named<T> = (T, Span);

/// The kinds of tokens of the parser that every server has.
const TOKENS: [&str; 23] = [
    "asciiword",
    "word",
    "numword",
    "email",
    "url",
    "host",
    "sfloat",
    "version",
    "hword_numpart",
    "hword_part",
    "hword_asciipart",
    "blank",
    "tag",
    "protocol",
    "numhword",
    "asciihword",
    "hword",
    "url_path",
    "file",
    "float",
    "int",
    "uint",
    "entity",
];

impl Replay {
    pub(super) fn create_text_search(
        &mut self,
        define: &Define,
        word: SchemaWord,
        name: &QualifiedName,
    ) {
        let find = |wanted: &str| define.options.iter().find(|it| &*it.name.name == wanted);
        let (required, known): (&[&str], &[&str]) = match word {
            SchemaWord::TextSearchParser => (
                &["start", "gettoken", "end", "lextypes"],
                &["start", "gettoken", "end", "lextypes", "headline"],
            ),
            SchemaWord::TextSearchTemplate => (&["lexize"], &["init", "lexize"]),
            SchemaWord::TextSearchConfiguration => (&[], &["parser", "copy"]),
            _ => (&["template"], &[]),
        };
        for option in &define.options {
            let text = &*option.name.name;
            if !known.is_empty() && !known.contains(&text) {
                let noun = word.class().noun();
                return self.report(errors::unknown_option(
                    noun,
                    text,
                    option.span,
                    known.iter().copied(),
                ));
            }
        }
        for required in required {
            if find(required).is_none() {
                return self.report(errors::option_missing(
                    word.class().noun(),
                    required,
                    name.span,
                ));
            }
        }
        let mut referenced = Vec::new();
        let named = [
            ("template", SchemaWord::TextSearchTemplate),
            ("parser", SchemaWord::TextSearchParser),
            ("copy", SchemaWord::TextSearchConfiguration),
        ];
        for (option, of) in named {
            let Some(option) = find(option).filter(|_| word != SchemaWord::TextSearchParser) else {
                continue;
            };
            let Some(written) = Replay::name_of_option(option) else {
                continue;
            };
            match self.object(&ObjectReference::InSchema(of, written)) {
                Some(found) => referenced.push(found),
                None => return,
            }
        }
        if word == SchemaWord::TextSearchConfiguration {
            match (find("parser"), find("copy")) {
                (Some(_), Some(copy)) => {
                    let message = "a text search configuration has a parser or is a copy";
                    return self.report(errors::refused(message, copy.span));
                }
                (None, None) => {
                    let noun = "text search configuration";
                    return self.report(errors::option_missing(noun, "parser", name.span));
                }
                _ => {}
            }
        }
        if word == SchemaWord::TextSearchDictionary
            && !self.check_dictionary(&define.options, name.span)
        {
            return;
        }
        let Some(namespace) = self.schema_of_new(name) else {
            return;
        };
        let class = word.class();
        if let Some(taken) = self.plain_in(namespace, class, &name.name.name) {
            let declared = self.declared(Address::new(class, taken));
            let text = &name.name.name;
            return self.report(object_errors::exists(
                class.noun(),
                text,
                name.span,
                declared,
            ));
        }
        let oid = self.make_plain(class, &name.name, Some(namespace));
        let this = Address::new(class, oid);
        self.put_in_schema(this, namespace);
        if let (Some(source), Some(_)) = (referenced.first().copied(), find("copy")) {
            let mappings = self.mappings_of(source.oid);
            self.mappings.insert(oid, mappings);
            return;
        }
        for referenced in referenced {
            self.catalog
                .dependencies
                .add(this, referenced, Dependency::Normal);
        }
    }

    /// Options of the templates that every server has.
    fn check_dictionary(&mut self, options: &[Parameter], span: Span) -> bool {
        let template = options.iter().find(|it| &*it.name.name == "template");
        let template = template.and_then(|it| it.value.as_ref()).map(text_of_value);
        let known: &[&str] = match template
            .as_deref()
            .map(|it| it.rsplit('.').next().unwrap_or(it))
        {
            Some("simple") => &["template", "stopwords", "accept"],
            Some("snowball") => &["template", "language", "stopwords"],
            Some("synonym") => &["template", "synonyms", "casesensitive"],
            Some("thesaurus") => &["template", "dictfile", "dictionary"],
            Some("ispell") => &["template", "dictfile", "afffile", "stopwords"],
            _ => return true,
        };
        for option in options {
            let text = &*option.name.name;
            if !known.contains(&text) {
                let noun = "text search dictionary";
                self.report(errors::unknown_option(
                    noun,
                    text,
                    option.span,
                    known.iter().copied(),
                ));
                return false;
            }
        }
        if known.contains(&"language") && !options.iter().any(|it| &*it.name.name == "language") {
            self.report(errors::option_missing(
                "text search dictionary",
                "language",
                span,
            ));
            return false;
        }
        true
    }

    pub(super) fn alter_dictionary(&mut self, alter: &AlterDictionary) {
        let word = SchemaWord::TextSearchDictionary;
        self.object(&ObjectReference::InSchema(word, alter.name.clone()));
    }

    /// The tokens that a configuration maps; those of the system map all but blanks and tags.
    fn mappings_of(&self, configuration: Oid) -> Vec<Arc<str>> {
        if let Some(found) = self.mappings.get(&configuration) {
            return found.clone();
        }
        if !configuration.is_builtin() {
            return Vec::new();
        }
        let unmapped = ["blank", "tag", "protocol", "entity"];
        let all = TOKENS.iter().filter(|it| !unmapped.contains(it));
        all.map(|it| Arc::from(*it)).collect()
    }

    pub(super) fn alter_configuration(&mut self, alter: &AlterConfiguration) {
        let word = SchemaWord::TextSearchConfiguration;
        let reference = ObjectReference::InSchema(word, alter.name.clone());
        let Some(configuration) = self.object(&reference) else {
            return;
        };
        let (tokens, dictionaries): (&[Ident], Vec<&QualifiedName>) = match &alter.action {
            MappingAction::Add(tokens, dictionaries)
            | MappingAction::Alter(tokens, dictionaries) => (tokens, dictionaries.iter().collect()),
            MappingAction::Replace(tokens, old, new) => (tokens, vec![old, new]),
            MappingAction::Drop { tokens, .. } => (tokens, Vec::new()),
        };
        for token in tokens {
            if !TOKENS.contains(&&*token.name) {
                let message = format!("no token type `{}` exists", token.name);
                let label = "no such token type";
                return self.report(Diagnostic::new(
                    Code::UnknownObject,
                    message,
                    token.span,
                    label,
                ));
            }
        }
        for dictionary in dictionaries {
            let word = SchemaWord::TextSearchDictionary;
            let reference = ObjectReference::InSchema(word, dictionary.clone());
            let Some(found) = self.object(&reference) else {
                return;
            };
            let kind = Dependency::Normal;
            self.catalog.dependencies.add(configuration, found, kind);
        }
        let mut mapped = self.mappings_of(configuration.oid);
        for token in tokens {
            let position = mapped.iter().position(|it| *it == token.name);
            match (&alter.action, position) {
                (MappingAction::Add(..), Some(_)) => {
                    let message = format!("token type `{}` is mapped already", token.name);
                    let diagnostic =
                        Diagnostic::new(Code::AlreadyExists, message, token.span, "mapped already")
                            .with_help("write ALTER MAPPING instead of ADD MAPPING");
                    return self.report(diagnostic);
                }
                (MappingAction::Add(..) | MappingAction::Alter(..), None) => {
                    mapped.push(Arc::clone(&token.name));
                }
                (MappingAction::Drop { if_exists, .. }, None) if !if_exists => {
                    let message = format!("token type `{}` is not mapped", token.name);
                    let label = "no mapping to drop";
                    return self.report(Diagnostic::new(
                        Code::UnknownObject,
                        message,
                        token.span,
                        label,
                    ));
                }
                (MappingAction::Drop { .. }, Some(position)) => drop(mapped.remove(position)),
                _ => {}
            }
        }
        self.mappings.insert(configuration.oid, mapped);
    }

    pub(super) fn create_statistics(&mut self, create: &CreateStatistics) {
        let relation = match create.from.as_slice() {
            [
                ast::FromItem {
                    kind: ast::FromItemKind::Table { relation, .. },
                    ..
                },
            ] => relation,
            _ => {
                let message = "statistics are of one table";
                return self.report(errors::refused(message, create.span));
            }
        };
        let Some(table) = self.relation_named(&relation.name, Wanted::Table, false) else {
            return;
        };
        let fits = matches!(
            table.kind,
            RelationKind::Table
                | RelationKind::Partitioned(_)
                | RelationKind::Foreign(_)
                | RelationKind::MaterializedView(_)
        );
        if !fits {
            let message = format!(
                "{} has no statistics",
                object_errors::with_article(table.kind.noun())
            );
            return self.report(errors::refused(message, relation.name.span));
        }
        for kind in &create.kinds {
            if !matches!(&*kind.name, "ndistinct" | "dependencies" | "mcv") {
                let message = format!("`{}` is no kind of statistics", kind.name);
                return self.report(errors::refused(message, kind.span));
            }
        }
        let Some((columns, expressions)) = self.statistics_terms(create, &table) else {
            return;
        };
        let count = columns.len() + expressions.len();
        if count < 2 && expressions.is_empty() {
            let message = "statistics need two columns at least, or an expression";
            return self.report(errors::refused(message, create.span));
        }
        let (name, namespace, span) = match &create.name {
            Some(name) => {
                let Some(namespace) = self.schema_of_new(name) else {
                    return;
                };
                (Arc::clone(&name.name.name), namespace, name.span)
            }
            None => {
                let terms = create.terms.iter().map(|(term, _)| match term {
                    IndexKey::Column(name) => Some(&*name.name),
                    IndexKey::Expr(_) => None,
                });
                let namespace = table.namespace;
                let catalog = &self.catalog;
                let name = catalog.choose_statistics_name(&table.name, terms, namespace);
                (name.into(), namespace, create.span)
            }
        };
        if let Some(taken) = self
            .catalog
            .statistics
            .named(Some(namespace), &name)
            .map(|it| it.oid)
        {
            if !create.if_not_exists {
                let declared = self.declared(Address::new(Class::Statistics, taken));
                let noun = "statistics object";
                self.report(object_errors::exists(noun, &name, span, declared));
            }
            return;
        }
        let kinds = statistics_kinds(create, count, !expressions.is_empty());
        let oid = self.catalog.next_oid();
        self.put_statistics(Statistics {
            oid,
            name,
            namespace,
            owner: Catalog::OWNER,
            table: table.oid,
            columns,
            expressions,
            kinds,
            provenance: Some(Provenance::new(span)),
        });
    }

    /// Stores statistics with what they depend on.
    pub(super) fn put_statistics(&mut self, statistics: Statistics) {
        let this = Address::new(Class::Statistics, statistics.oid);
        for column in &statistics.columns {
            let column = Address::column(statistics.table, *column);
            self.catalog
                .dependencies
                .add(this, column, Dependency::Auto);
        }
        for expression in &statistics.expressions {
            let (own, other) = (Dependency::Auto, Dependency::Normal);
            self.catalog
                .depend_on_expression(this, expression, statistics.table, own, other);
        }
        self.put_in_schema(this, statistics.namespace);
        self.catalog.statistics.put(statistics);
    }

    fn statistics_terms(
        &mut self,
        create: &CreateStatistics,
        table: &Relation,
    ) -> Option<(Vec<i16>, Vec<Arc<crate::postgres::tree::Expr>>)> {
        let mut columns: Vec<i16> = Vec::new();
        let mut expressions = Vec::new();
        for (term, span) in &create.terms {
            match term {
                IndexKey::Column(name) => {
                    let number = self.column_named(table, name)?;
                    if columns.contains(&number) {
                        let message = format!("column `{}` is there twice", name.name);
                        self.report(errors::refused(message, name.span));
                        return None;
                    }
                    columns.push(number);
                }
                IndexKey::Expr(expression) => {
                    let place = Place {
                        context: Context::StatisticsExpression,
                        rows: Rows::Of(table),
                        span: *span,
                    };
                    let resolved = resolve::expression(self.surroundings(), place, expression);
                    let resolved = self.sound(resolved)?;
                    expressions.push(Arc::new(resolved));
                }
            }
        }
        Some((columns, expressions))
    }

    pub(super) fn alter_statistics(&mut self, alter: &AlterStatistics) {
        let reference = ObjectReference::InSchema(SchemaWord::Statistics, alter.name.clone());
        match self.search(&reference) {
            Search::Missing(_) if alter.if_exists => {}
            found => drop(self.settle(found)),
        }
    }

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
                    "publication",
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
                            Some(number) => numbers.push(number),
                            None => {}
                        }
                    }
                    let condition = condition.as_deref().and_then(|condition| {
                        let place = Place {
                            context: Context::Where,
                            rows: Rows::Of(&relation),
                            span: name.span,
                        };
                        self.condition_at(place, "PUBLICATION WHERE", condition)
                    });
                    let published = PublishedTable {
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
            // What belongs to a publication goes with its table, but for columns that it names.
            let this = Address::new(Class::Publication, oid);
            for column in &table.columns {
                let column = Address::column(table.table, *column);
                self.catalog
                    .dependencies
                    .add(this, column, Dependency::Normal);
            }
            if let Some(condition) = &table.condition {
                for referenced in self.catalog.references_of(condition, &[table.table]) {
                    if referenced != Address::relation(table.table) {
                        let kind = Dependency::Normal;
                        self.catalog.dependencies.add(this, referenced, kind);
                    }
                }
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
                self.catalog.publications.change(found.oid, |it| {
                    it.tables
                        .retain(|it| !tables.iter().any(|(table, _)| table.table == it.table));
                    it.namespaces
                        .retain(|it| !namespaces.iter().any(|(oid, _)| oid == it));
                });
            }
            PublicationAction::Set(_) | PublicationAction::Options(_) => {
                self.catalog.publications.change(found.oid, |it| {
                    it.tables.clear();
                    it.namespaces.clear();
                });
                self.publish(found.oid, tables, namespaces);
            }
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

    pub(super) fn foreign_data_wrapper(&mut self, wrapper: &ForeignDataWrapper) {
        for function in wrapper.handler.iter().chain(&wrapper.validator) {
            if self.routine_of(function, |_| true).is_none() {
                return self.missing_support(function, &[], function.span);
            }
        }
        let name = &wrapper.name;
        let search = self.search_global(GlobalWord::ForeignDataWrapper, name);
        match (wrapper.create, search) {
            (true, Search::Found(found)) => {
                let declared = self.declared(found);
                let noun = "foreign-data wrapper";
                self.report(object_errors::exists(noun, &name.name, name.span, declared));
            }
            (true, _) => {
                let oid = self.make_plain(Class::ForeignDataWrapper, name, None);
                self.set_options(oid, &wrapper.options);
            }
            (false, search) => {
                if let Some(found) = self.settle(search) {
                    self.set_options(found.oid, &wrapper.options);
                }
            }
        }
    }

    /// ADD, SET and DROP of options (`transformGenericOptions`).
    fn set_options(&mut self, of: Oid, options: &[GenericOption]) {
        let mut known = self.options.get(&of).cloned().unwrap_or_default();
        for option in options {
            let name = &option.name;
            let position = known.iter().position(|it| *it == name.name);
            match (option.action, position) {
                (GenericAction::Add, None) => known.push(Arc::clone(&name.name)),
                (GenericAction::Add, Some(_)) => {
                    let message = format!("option `{}` is there already", name.name);
                    self.report(Diagnostic::new(
                        Code::AlreadyExists,
                        message,
                        name.span,
                        "there already",
                    ));
                }
                (GenericAction::Set, Some(_)) => {}
                (GenericAction::Drop, Some(position)) => drop(known.remove(position)),
                (GenericAction::Set | GenericAction::Drop, None) => {
                    let message = format!("no option `{}` was set", name.name);
                    self.report(Diagnostic::new(
                        Code::UnknownObject,
                        message,
                        name.span,
                        "no such option",
                    ));
                }
            }
        }
        self.options.insert(of, known);
    }

    pub(super) fn create_server(&mut self, create: &CreateServer) {
        let name = &create.name;
        if let Search::Found(found) = self.search_global(GlobalWord::Server, name) {
            if !create.if_not_exists {
                let declared = self.declared(found);
                self.report(object_errors::exists(
                    "server", &name.name, name.span, declared,
                ));
            }
            return;
        }
        let search = self.search_global(GlobalWord::ForeignDataWrapper, &create.wrapper);
        let wrapper = self.settle(search);
        let oid = self.make_plain(Class::ForeignServer, name, None);
        if let Some(wrapper) = wrapper {
            let this = Address::new(Class::ForeignServer, oid);
            self.catalog
                .dependencies
                .add(this, wrapper, Dependency::Normal);
        }
        self.set_options(oid, &create.options);
    }

    pub(super) fn alter_server(&mut self, alter: &AlterServer) {
        let search = self.search_global(GlobalWord::Server, &alter.name);
        if let Some(found) = self.settle(search) {
            self.set_options(found.oid, &alter.options);
        }
    }

    pub(super) fn user_mapping(&mut self, mapping: &UserMapping) {
        let user = self.grantee(&mapping.user);
        let is_drop_if_exists =
            matches!(mapping.action, UserMappingAction::Drop { if_exists: true });
        let server = match self.search_global(GlobalWord::Server, &mapping.server) {
            Search::Missing(_) if is_drop_if_exists => return,
            search => self.settle(search),
        };
        let (Some(user), Some(server)) = (user, server) else {
            return;
        };
        let name: Arc<str> = match user {
            Some(role) => role.to_string().into(),
            None => "public".into(),
        };
        let all = self.catalog.plain.all_named(Some(server.oid), &name);
        let found = all
            .into_iter()
            .find(|it| it.class == Class::UserMapping)
            .map(|it| it.oid);
        let span = mapping.span;
        match (&mapping.action, found) {
            (UserMappingAction::Create { if_not_exists, .. }, Some(found)) => {
                if !if_not_exists {
                    let declared = self.declared(Address::new(Class::UserMapping, found));
                    let text = &mapping.server.name;
                    let noun = "user mapping for this role on server";
                    self.report(object_errors::exists(noun, text, span, declared));
                }
            }
            (UserMappingAction::Create { options, .. }, None) => {
                let ident = Ident {
                    name,
                    quoted: true,
                    span: mapping.user.span,
                };
                let oid = self.make_plain(Class::UserMapping, &ident, Some(server.oid));
                let this = Address::new(Class::UserMapping, oid);
                self.catalog
                    .dependencies
                    .add(this, server, Dependency::Normal);
                self.set_options(oid, options);
            }
            (UserMappingAction::Alter(options), Some(found)) => self.set_options(found, options),
            (UserMappingAction::Drop { .. }, Some(found)) => {
                self.catalog
                    .delete_object(Address::new(Class::UserMapping, found));
            }
            (UserMappingAction::Drop { if_exists: true }, None) => {}
            (UserMappingAction::Alter(_) | UserMappingAction::Drop { .. }, None) => {
                let message = format!(
                    "the role has no user mapping on server `{}`",
                    mapping.server.name
                );
                self.report(Diagnostic::new(
                    Code::UnknownObject,
                    message,
                    span,
                    "no such mapping",
                ));
            }
        }
    }

    /// The tables that come are those of another server, which is not known here.
    pub(super) fn import_foreign_schema(&mut self, import: &ImportForeignSchema) {
        let search = self.search_global(GlobalWord::Server, &import.server);
        self.settle(search);
        self.schema_named(&import.schema);
        let message = "which tables this makes depends on another server";
        let diagnostic = Diagnostic::new(
            Code::NotInMigrations,
            message,
            import.span,
            "not known here",
        )
        .with_help("write CREATE FOREIGN TABLE for each of them");
        self.report(diagnostic);
    }
}

/// The kinds of statistics as `stxkind` has them: those that are named, else all that several terms allow.
fn statistics_kinds(create: &CreateStatistics, terms: usize, has_expressions: bool) -> Vec<u8> {
    let is_named = |name: &str| create.kinds.iter().any(|kind| *kind.name == *name);
    let is_wanted = |name: &str| match create.kinds.is_empty() {
        true => terms > 1,
        false => is_named(name),
    };
    [
        (is_wanted("ndistinct"), b'd'),
        (is_wanted("dependencies"), b'f'),
        (is_wanted("mcv"), b'm'),
        (has_expressions, b'e'),
    ]
    .into_iter()
    .filter_map(|(is_so, letter)| is_so.then_some(letter))
    .collect()
}
