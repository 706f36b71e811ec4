//! Relations and their columns.

use super::{Search, text_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::objects as errors;
use crate::postgres::ast::{Ident, QualifiedName, RelationWord};
use crate::postgres::catalog::{Address, Class, Relation, RelationKind};
use crate::postgres::replay::Replay;
use crate::postgres::types::Oid;

impl RelationWord {
    /// What messages call it.
    pub(in crate::postgres::replay) fn noun(self) -> &'static str {
        match self {
            RelationWord::Table => "table",
            RelationWord::View => "view",
            RelationWord::MaterializedView => "materialized view",
            RelationWord::Index => "index",
            RelationWord::Sequence => "sequence",
            RelationWord::ForeignTable => "foreign table",
        }
    }

    /// Whether a relation of a kind is what the word says.
    pub(in crate::postgres::replay) fn is(self, kind: &RelationKind) -> bool {
        match kind {
            RelationKind::Table | RelationKind::Partitioned(_) => self == RelationWord::Table,
            RelationKind::Foreign(_) => self == RelationWord::ForeignTable,
            RelationKind::View(_) => self == RelationWord::View,
            RelationKind::MaterializedView(_) => self == RelationWord::MaterializedView,
            RelationKind::Sequence(_) => self == RelationWord::Sequence,
            RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => {
                self == RelationWord::Index
            }
            RelationKind::Composite => false,
        }
    }
}

impl Replay {
    /// The relation of a name, whatever it is; nothing if it is missing, which is reported.
    pub(in crate::postgres::replay) fn relation_or_mistake(
        &mut self,
        name: &QualifiedName,
    ) -> Option<Oid> {
        match self.search_any_relation(name) {
            Search::Found(address) => Some(address.oid),
            other => {
                self.settle(other);
                None
            }
        }
    }

    /// Looks for a relation, whatever it is.
    pub(in crate::postgres::replay) fn search_any_relation(&self, name: &QualifiedName) -> Search {
        match self.catalog.find_relation(name) {
            Some(found) => Search::Found(Address::relation(found.oid)),
            None if self.may_be_missed(name) => Search::Unknown,
            None => Search::missing(self.missing_relation("table", name)),
        }
    }

    /// Whether an extension of which nothing is known may have brought a name.
    pub(super) fn may_be_missed(&self, _name: &QualifiedName) -> bool {
        self.catalog.extensions.iter().any(|it| !it.known)
    }

    pub(super) fn missing_relation(&self, noun: &str, name: &QualifiedName) -> Diagnostic {
        let code = match noun {
            "index" => Code::UnknownIndex,
            _ => Code::UnknownTable,
        };
        let names = self.catalog.relations.iter().map(|it| &*it.name);
        self.missing_in_schema(code, Class::Relation, noun, name, names)
    }

    pub(super) fn search_relation(&self, word: RelationWord, name: &QualifiedName) -> Search {
        let Some(found) = self.catalog.find_relation(name) else {
            return match self.may_be_missed(name) {
                true => Search::Unknown,
                false => Search::missing(self.missing_relation(word.noun(), name)),
            };
        };
        if !word.is(&found.kind) {
            let diagnostic = errors::wrong_kind(
                &text_of(name),
                found.kind.noun(),
                word.noun(),
                name.span,
                self.declared(Address::relation(found.oid)),
            );
            return Search::failed(diagnostic);
        }
        Search::Found(Address::relation(found.oid))
    }

    pub(super) fn search_column(&self, relation: &QualifiedName, column: &Ident) -> Search {
        let Some(found) = self.catalog.find_relation(relation) else {
            return self.search_any_relation(relation);
        };
        match column_number(found, &column.name) {
            Some(number) => Search::Found(Address::column(found.oid, number)),
            None if found.incomplete => Search::Unknown,
            None => Search::missing(self.missing_column(found, column)),
        }
    }

    /// A column that a relation does not have.
    pub(in crate::postgres::replay) fn missing_column(
        &self,
        relation: &Relation,
        column: &Ident,
    ) -> Diagnostic {
        let of = self.catalog.relation_text(relation);
        let names = relation.live_columns().map(|it| &*it.name);
        let fate = self.fate(Class::Relation, &column.name, |it| {
            it.is_column && it.oid == relation.oid
        });
        let message = format!(
            "no column `{}` on {} `{of}`",
            column.name,
            relation.kind.noun()
        );
        let diagnostic =
            Diagnostic::new(Code::UnknownColumn, message, column.span, "no such column");
        if let Some(fate) = fate {
            return errors::with_fate(diagnostic, fate);
        }
        match crate::diagnostic::nearest(&column.name, names) {
            Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
            None => diagnostic,
        }
    }
}

/// The number of a column, those that every table has included.
pub(in crate::postgres::replay) fn column_number(relation: &Relation, name: &str) -> Option<i16> {
    if let Some(column) = relation.column(name) {
        return Some(column.number);
    }
    let has_system_columns = matches!(
        relation.kind,
        RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::MaterializedView(_)
    );
    let numbers = [
        ("ctid", -1),
        ("xmin", -2),
        ("cmin", -3),
        ("xmax", -4),
        ("cmax", -5),
        ("tableoid", -6),
    ];
    let number = numbers.iter().find(|(system, _)| *system == name);
    number
        .filter(|_| has_system_columns)
        .map(|(_, number)| *number)
}
