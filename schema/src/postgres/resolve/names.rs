//! Names of columns (`transformColumnRef`).

use super::context::Context;
use super::resolver::Resolver;
use super::scope::{Item, ItemColumn};
use super::suggest;
use super::variables::Conflict;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::Ident;
use crate::postgres::catalog::{ObjectName, RelationKind};
use crate::postgres::tree::{Column, Expr, RangeKind};
use crate::postgres::types::{Oid, ValueType, well_known};
use crate::text::Span;

/// Columns that every table has (`pg_attribute` with negative numbers).
const SYSTEM_COLUMNS: [(&str, i16, Oid); 6] = [
    ("ctid", -1, well_known::TID),
    ("xmin", -2, well_known::XID),
    ("cmin", -3, well_known::CID),
    ("xmax", -4, well_known::XID),
    ("cmax", -5, well_known::CID),
    ("tableoid", -6, well_known::OID),
];

/// A system column by its name.
#[must_use]
pub fn system_column(name: &str) -> Option<(i16, Oid)> {
    let found = SYSTEM_COLUMNS.iter().find(|(it, ..)| *it == name);
    found.map(|(_, number, oid)| (*number, *oid))
}

/// The name of a system column.
#[must_use]
pub fn system_column_name(number: i16) -> Option<&'static str> {
    let found = SYSTEM_COLUMNS.iter().find(|(_, its, _)| *its == number);
    found.map(|(name, ..)| *name)
}

/// An item of FROM that a name stands for: how many queries further out it is, and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ItemPlace {
    pub(super) levels_up: usize,
    pub(super) position: usize,
}

/// What looking for something gives.
enum Search<T> {
    Found(T),
    Missing,
    /// It is a mistake, which was reported, or cannot be known because of one.
    Unknown,
}

impl<'a> Resolver<'a> {
    /// A column, whole row or variable by its name in parts.
    pub(super) fn column(&mut self, parts: &'a [Ident], span: Span) -> Expr {
        if let (Some(typed), [name]) = (self.domain_value, parts)
            && *name.name == *"value"
        {
            return Expr::DomainValue(typed);
        }
        if !self.context().takes_columns() {
            // Names of the statement are no columns, whatever they are.
            let mistake = suggest::column_here(self, parts, span);
            return self.mistake(mistake);
        }
        let conflict = self.variables.map_or(Conflict::Column, |it| it.conflict);
        if conflict == Conflict::Variable
            && let Some(value) = self.variable(parts, true)
        {
            return value;
        }
        let found = self.column_or_nothing(parts, span);
        match found {
            Search::Found(_) | Search::Unknown if conflict == Conflict::Column => {}
            Search::Found(_) if self.is_variable(parts) => {
                return self.mistake(errors::ambiguous_variable(span, parts));
            }
            Search::Found(_) => {}
            Search::Missing | Search::Unknown => {
                if let Some(value) = self.variable(parts, false) {
                    return value;
                }
            }
        }
        match found {
            Search::Found(expression) => expression,
            Search::Unknown => Expr::Unknown,
            Search::Missing => {
                let mistake = self.missing_column(parts, span);
                match mistake {
                    Some(mistake) => self.mistake(mistake),
                    None => Expr::Unknown,
                }
            }
        }
    }

    /// `t.*` as a value: a whole row.
    pub(super) fn whole_row_named(&mut self, parts: &'a [Ident], span: Span) -> Expr {
        match self.item_named(parts, span) {
            Search::Found(place) => self.whole_row(place),
            Search::Unknown => Expr::Unknown,
            Search::Missing => {
                if let Some(value) = self.variable(parts, true) {
                    return value;
                }
                let mistake = self.missing_item(parts, span);
                self.mistake(mistake)
            }
        }
    }

    fn column_or_nothing(&mut self, parts: &'a [Ident], span: Span) -> Search<Expr> {
        let Some((name, qualifier)) = parts.split_last() else {
            return Search::Unknown;
        };
        if qualifier.is_empty() {
            return match self.bare_column(name) {
                Search::Missing => match self.item_named(parts, span) {
                    Search::Found(place) => Search::Found(self.whole_row(place)),
                    Search::Missing => Search::Missing,
                    Search::Unknown => Search::Unknown,
                },
                found => found,
            };
        }
        match self.item_named(qualifier, span) {
            Search::Found(place) => match self.column_of_item(place, name) {
                Search::Missing => self.call_on_row(place, name),
                found => found,
            },
            Search::Missing => Search::Missing,
            Search::Unknown => Search::Unknown,
        }
    }

    /// `t.f` may be a call of `f(t)`.
    fn call_on_row(&mut self, place: ItemPlace, name: &'a Ident) -> Search<Expr> {
        let row = self.whole_row(place);
        match self.function_on_row(name, row) {
            Some(call) => Search::Found(call),
            None => Search::Missing,
        }
    }

    /// A column by its name alone (`colNameToVar`).
    fn bare_column(&mut self, name: &Ident) -> Search<Expr> {
        let mut incomplete = false;
        for levels_up in 0..self.levels().len() {
            let Some(level) = self.outer(levels_up) else {
                break;
            };
            incomplete |= level.incomplete;
            let lateral = level.lateral;
            let mut found: Option<ItemPlace> = None;
            let visible = level.items.iter().enumerate();
            let visible =
                visible.filter(|(_, item)| item.columns_visible && (lateral || !item.lateral_only));
            let mut ambiguous: Option<Diagnostic> = None;
            for (position, item) in visible {
                incomplete |= item.unknown;
                let columns = item.columns.iter().filter(|it| it.name == name.name);
                let count = columns.count();
                let system = system_column(&name.name).is_some() && item.system_columns;
                if count == 0 && !system {
                    continue;
                }
                if count > 1 {
                    ambiguous = Some(errors::ambiguous_column(name, &[item.span]));
                }
                if let Some(other) = found
                    && let Some(other) = level.items.get(other.position)
                {
                    ambiguous = Some(errors::ambiguous_column(name, &[other.span, item.span]));
                }
                found = Some(ItemPlace {
                    levels_up,
                    position,
                });
            }
            if let Some(mistake) = ambiguous {
                self.report(mistake);
                return Search::Unknown;
            }
            if let Some(place) = found {
                return self.column_of_item(place, name);
            }
        }
        match incomplete {
            true => Search::Unknown,
            false => Search::Missing,
        }
    }

    pub(super) fn item(&self, place: ItemPlace) -> Option<&Item> {
        self.outer(place.levels_up)?.items.get(place.position)
    }

    /// A column of an item (`scanNSItemForColumn`).
    fn column_of_item(&mut self, place: ItemPlace, name: &Ident) -> Search<Expr> {
        let Some(item) = self.item(place) else {
            return Search::Unknown;
        };
        let mut columns = item.columns.iter().filter(|it| it.name == name.name);
        if let Some(column) = columns.next() {
            if columns.next().is_some() {
                let mistake = errors::ambiguous_column(name, &[item.span]);
                self.report(mistake);
                return Search::Unknown;
            }
            let column = column.clone();
            if item.lateral_only && !item.lateral_allowed {
                let mistake = errors::lateral_not_allowed(name.span, &item.name, item.span);
                self.report(mistake);
                return Search::Unknown;
            }
            return self.checked_column(place, &column, name);
        }
        if item.unknown {
            return Search::Unknown;
        }
        if let Some((number, oid)) = system_column(&name.name)
            && item.system_columns
        {
            let entry = item.entry;
            return self.system_column_of(place, entry, number, oid, name);
        }
        Search::Missing
    }

    fn checked_column(
        &mut self,
        place: ItemPlace,
        column: &ItemColumn,
        name: &Ident,
    ) -> Search<Expr> {
        if self.context() == Context::Generated && self.is_generated(place, column.column) {
            self.report(errors::generated_from_generated(name));
            return Search::Unknown;
        }
        if let Some(level) = self.outer_mut(place.levels_up) {
            let Column { entry, number, .. } = column.column;
            level.mentions.push((entry, number, name.span));
        }
        Search::Found(column.seen_from(place.levels_up))
    }

    fn is_generated(&self, place: ItemPlace, column: Column) -> bool {
        let Some(level) = self.outer(place.levels_up) else {
            return false;
        };
        let entry = level.range_table.get(column.entry);
        let Some(RangeKind::Relation { relation, .. }) = entry.map(|it| &it.kind) else {
            return false;
        };
        let relation = self.catalog.relation(*relation);
        let column = relation.and_then(|it| it.column_at(column.number));
        column.is_some_and(|it| it.generated.is_some())
    }

    fn system_column_of(
        &mut self,
        place: ItemPlace,
        entry: usize,
        number: i16,
        oid: Oid,
        name: &Ident,
    ) -> Search<Expr> {
        let context = self.context();
        let is_table_oid = oid == well_known::OID;
        let forbids = matches!(
            context,
            Context::Check | Context::Generated | Context::MergeWhen
        );
        if forbids && !is_table_oid {
            self.report(errors::system_column_here(name, context));
            return Search::Unknown;
        }
        Search::Found(Expr::Column(Column {
            levels_up: place.levels_up,
            ..Column::new(entry, number, ValueType::plain(oid))
        }))
    }

    /// The item of FROM that a name stands for (`refnameNamespaceItem`).
    fn item_named(&mut self, parts: &[Ident], span: Span) -> Search<ItemPlace> {
        let (name, schema) = match parts {
            [name] => (name, None),
            [schema, name] => (name, Some(schema)),
            [catalog, schema, name] => {
                if !self.is_of_this_database(Some(catalog)) {
                    return Search::Unknown;
                }
                (name, Some(schema))
            }
            _ => {
                self.report(errors::too_many_names(span));
                return Search::Unknown;
            }
        };
        let relation = match schema {
            None => None,
            Some(schema) => {
                let name = ObjectName {
                    schema: Some(&schema.name),
                    name: &name.name,
                };
                match self.catalog.find_relation(name) {
                    Some(found) => Some(found.oid),
                    None => return Search::Missing,
                }
            }
        };
        for levels_up in 0..self.levels().len() {
            let Some(level) = self.outer(levels_up) else {
                break;
            };
            let matching = level.items.iter().enumerate().filter(|(_, item)| {
                let named = match relation {
                    None => item.name == name.name,
                    Some(oid) => !item.aliased && self.relation_of(levels_up, item) == Some(oid),
                };
                named && item.name_visible && (level.lateral || !item.lateral_only)
            });
            let mut matching = matching.map(|(position, item)| (position, item.clone()));
            let Some((position, item)) = matching.next() else {
                continue;
            };
            if let Some((_, other)) = matching.next() {
                drop(matching);
                let mistake = errors::ambiguous_table(name, item.span, other.span);
                self.report(mistake);
                return Search::Unknown;
            }
            drop(matching);
            if item.lateral_only && !item.lateral_allowed {
                let mistake = errors::lateral_not_allowed(name.span, &item.name, item.span);
                self.report(mistake);
                return Search::Unknown;
            }
            return Search::Found(ItemPlace {
                levels_up,
                position,
            });
        }
        match self.levels().iter().any(|level| level.incomplete) {
            true => Search::Unknown,
            false => Search::Missing,
        }
    }

    /// The item of FROM that the name before `.*` stands for; nothing if there is none or a mistake was reported.
    pub(super) fn starred_item(&mut self, parts: &[Ident], span: Span) -> Option<ItemPlace> {
        match self.item_named(parts, span) {
            Search::Found(place) => Some(place),
            Search::Unknown => None,
            Search::Missing => {
                let mistake = self.missing_item(parts, span);
                self.report(mistake);
                None
            }
        }
    }

    /// Whether a name before `.*` is that of an item of FROM.
    pub(super) fn is_item(&self, name: &str) -> bool {
        let levels = self.levels().iter();
        levels
            .flat_map(|level| &level.items)
            .any(|item| *item.name == *name)
    }

    fn relation_of(&self, levels_up: usize, item: &Item) -> Option<Oid> {
        let entry = self.outer(levels_up)?.range_table.get(item.entry)?;
        match &entry.kind {
            RangeKind::Relation { relation, .. } => Some(*relation),
            RangeKind::Subquery { .. }
            | RangeKind::Join(_)
            | RangeKind::Function { .. }
            | RangeKind::TableFunction(_)
            | RangeKind::Values { .. }
            | RangeKind::CommonTable { .. }
            | RangeKind::TransitionTable { .. }
            | RangeKind::Unknown => None,
        }
    }

    /// A row as a value (`makeWholeRowVar`).
    pub(super) fn whole_row(&self, place: ItemPlace) -> Expr {
        let Some(item) = self.item(place) else {
            return Expr::Unknown;
        };
        if item.unknown {
            return Expr::Unknown;
        }
        if item.scalar {
            return match item.columns.first() {
                Some(column) => column.seen_from(place.levels_up),
                None => Expr::Unknown,
            };
        }
        let level = self.outer(place.levels_up);
        let entry = level.and_then(|level| level.range_table.get(item.entry));
        let row = match entry.map(|it| &it.kind) {
            Some(RangeKind::Relation { relation, .. }) => {
                let relation = self.catalog.relation(*relation);
                relation.and_then(|it| it.row_type)
            }
            Some(RangeKind::Function {
                functions,
                ordinality: false,
            }) => match functions.as_slice() {
                [function] if function.definitions.is_empty() => {
                    Some(function.call.value_type().oid)
                }
                _ => None,
            },
            _ => None,
        };
        let typed = ValueType::plain(row.unwrap_or(well_known::RECORD));
        Expr::Column(Column {
            levels_up: place.levels_up,
            ..Column::new(item.entry, 0, typed)
        })
    }

    /// What to say of a name that is no column.
    fn missing_column(&mut self, parts: &[Ident], span: Span) -> Option<Diagnostic> {
        let (name, qualifier) = parts.split_last()?;
        if qualifier.is_empty() {
            return Some(suggest::unknown_column(self, name));
        }
        match self.item_named(qualifier, span) {
            Search::Found(place) => Some(suggest::unknown_column_of(self, place, name)),
            Search::Missing => Some(self.missing_item(qualifier, span)),
            Search::Unknown => None,
        }
    }

    /// What to say of a name before a dot that is nothing in FROM.
    fn missing_item(&self, parts: &[Ident], span: Span) -> Diagnostic {
        suggest::unknown_item(self, parts, span)
    }

    /// Whether a relation has columns that every table has.
    pub(super) fn has_system_columns(kind: &RelationKind) -> bool {
        match kind {
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_) => true,
            RelationKind::View(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => false,
        }
    }
}
