//! What a column's name refers to (`lookupName`).

use super::affinity::ValueAffinity;
use super::resolver::Resolver;
use super::scope::{Phase, Reach, Scope};
use super::search::{Match, Search};
use super::shape::Node;
use super::source::{Source, SourceKind, is_rowid_name};
use super::value::{BINARY, Collation, DataTypes, Value, Width};
use crate::errors::sqlite::names as errors;
use crate::errors::sqlite::queries;
use crate::sqlite::catalog::{Affinity, Content, StorageClasses};
use crate::text::{Ident, IdentQuote, Span};

/// A name of one, two or three parts. The parts of a name that `*` stands for are written nowhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'n> {
    pub(super) database: Option<&'n str>,
    pub(super) table: Option<&'n str>,
    pub(super) column: &'n str,
    pub(super) table_ident: Option<&'n Ident>,
    pub(super) column_ident: Option<&'n Ident>,
    pub(super) span: Span,
}

/// What looking through one scope has found.
enum Found {
    Nothing,
    Value(Box<Value>),
    Ambiguous,
}

impl Found {
    fn value(value: Value) -> Found {
        Found::Value(Box::new(value))
    }
}

impl<'n> Name<'n> {
    /// A bare or quoted name.
    pub(super) fn simple(ident: &'n Ident) -> Name<'n> {
        Name {
            database: None,
            table: None,
            column: &ident.name,
            table_ident: None,
            column_ident: Some(ident),
            span: ident.span,
        }
    }

    fn is_truth(&self) -> Option<bool> {
        let bare = self.table.is_none()
            && self
                .column_ident
                .is_some_and(|ident| ident.quote == IdentQuote::None);
        match () {
            () if bare && self.column.eq_ignore_ascii_case("true") => Some(true),
            () if bare && self.column.eq_ignore_ascii_case("false") => Some(false),
            () => None,
        }
    }

    fn is_string(&self) -> bool {
        self.table.is_none() && self.column_ident.is_some_and(Ident::is_double_quoted)
    }
}

impl Resolver<'_> {
    /// Resolves a column's name.
    pub(super) fn name(&mut self, name: Name<'_>, scope: &Scope<'_>) -> Value {
        let name = if scope.place.is_definition() && !scope.place.is_unqualified() {
            // CHECK and partial indexes pay no regard to the database.
            Name {
                database: None,
                ..name
            }
        } else {
            name
        };
        for level in scope.chain() {
            let found = match self.in_sources(name, level, scope) {
                Found::Nothing => match self.in_rows(name, level, scope) {
                    Found::Nothing => self.in_outputs(name, level, scope),
                    found @ (Found::Value(_) | Found::Ambiguous) => found,
                },
                found @ (Found::Value(_) | Found::Ambiguous) => found,
            };
            match found {
                Found::Nothing => {}
                Found::Value(value) => {
                    self.reached = self.reached.min(level.depth);
                    return *value;
                }
                Found::Ambiguous => return self.unknown(),
            }
        }
        self.nowhere(name, scope)
    }

    fn in_sources(&mut self, name: Name<'_>, level: &Scope<'_>, scope: &Scope<'_>) -> Found {
        let search = self.search(name, level);
        let at = |found: Match| level.sources.get(found.source);
        let is_own = std::ptr::eq(level, scope);
        match (search.count, search.last) {
            (1, Some(found)) => Found::value(self.column(level, found, name, scope, is_own, true)),
            (0, Some(found))
                if search.rowids == 1
                    && !scope.place.is_unqualified()
                    && is_rowid_name(name.column) =>
            {
                Found::value(self.column(level, found, name, scope, is_own, true))
            }
            (0, Some(found)) if search.rowids > 1 && is_rowid_name(name.column) => {
                let declared = at(found).and_then(|source| source.span);
                self.report(errors::ambiguous_column(name.span, name.column, declared));
                Found::Ambiguous
            }
            (0, _) => match level.sources.iter().find(|source| is_open_to(source, name)) {
                Some(_) => Found::value(self.unknown()),
                None => Found::Nothing,
            },
            (count, Some(found)) if search.merged.len() + 1 == count => {
                Found::value(self.merged_column(level, &search, found, name, scope, is_own))
            }
            (_, _) => {
                let second = search.last.and_then(|found| {
                    let source = at(found)?;
                    source.columns.get(found.column?)?.span.or(source.span)
                });
                self.report(errors::ambiguous_column(name.span, name.column, second));
                Found::Ambiguous
            }
        }
    }

    /// NEW, OLD and `excluded`.
    fn in_rows(&mut self, name: Name<'_>, level: &Scope<'_>, scope: &Scope<'_>) -> Found {
        let Some(table) = name.table.filter(|_| name.database.is_none()) else {
            return Found::Nothing;
        };
        let row = self.home.rows.as_ref().filter(|rows| {
            rows.new && table.eq_ignore_ascii_case("new")
                || rows.old && table.eq_ignore_ascii_case("old")
        });
        let row = row.map(|rows| rows.source.clone());
        let excluded = level
            .excluded
            .filter(|_| table.eq_ignore_ascii_case("excluded"));
        let Some(source) = row.as_ref().or(excluded) else {
            return Found::Nothing;
        };
        let column = source.column(name.column);
        if column.is_none() && !(source.rowid && is_rowid_name(name.column)) {
            if source.open {
                return Found::value(self.unknown());
            }
            return Found::Nothing;
        }
        let value = self.column_value(source, column);
        let position = column.or(source.rowid_alias);
        if let (Some(ident), Some(position)) = (name.column_ident, position) {
            let named = source.columns.get(position).and_then(|c| c.named.clone());
            self.refer_to_column(ident, named.as_ref(), scope.clause.get());
        }
        // The engine takes `excluded` for the table, and so RENAME TO writes the new name in its place.
        if let (Some(ident), None) = (name.table_ident, &row) {
            self.refer_to_relation(ident, source.relation.as_ref());
        }
        Found::value(Value {
            // The constraints of the table are checked only after a BEFORE trigger has run.
            nullable: true,
            content: Content::ANY,
            finite: false,
            column: None,
            shown: None,
            origin: None,
            declared_type: None,
            affinity: None,
            ..value
        })
    }

    /// The aliases of SELECT.
    fn in_outputs(&mut self, name: Name<'_>, level: &Scope<'_>, scope: &Scope<'_>) -> Found {
        if name.table.is_some() {
            return Found::Nothing;
        }
        let output = level.outputs.iter().find(|output| {
            let alias = output.name.as_ref();
            alias.is_some_and(|alias| alias.eq_ignore_ascii_case(name.column))
        });
        let Some(output) = output else {
            return Found::Nothing;
        };
        let own = std::ptr::eq(level, scope);
        let grouped = match level.phase.get() {
            Phase::Columns | Phase::Aggregated { .. } => level.aggregates.get(),
            // GROUP BY complains of its terms itself.
            Phase::GroupBy => own,
            Phase::Rows => false,
        };
        if output.aggregate && !grouped {
            self.report(queries::aggregate_alias(name.span, name.column));
            return Found::Ambiguous;
        }
        if output.window && !(own && level.window_functions.get()) {
            self.report(queries::window_alias(name.span, name.column));
            return Found::Ambiguous;
        }
        if let Width::Row(_) | Width::Subquery(2..) = output.value.width {
            self.report(queries::row_value(name.span));
            return Found::Ambiguous;
        }
        if output.aggregate {
            level.has_aggregate.set(true);
        }
        if output.window {
            level.has_window.set(true);
        }
        self.seen.extend_from_slice(&output.cursors);
        Found::value(output.value.clone())
    }

    /// A name that refers to nothing: a string in double quotes, TRUE or FALSE, else a mistake.
    fn nowhere(&mut self, name: Name<'_>, scope: &Scope<'_>) -> Value {
        if name.is_string() {
            let nearest = self.nearest(name, scope);
            self.report(errors::double_quoted_string(
                name.span,
                name.column,
                nearest.as_ref(),
            ));
            let value = self.leaf(format!("'{}", name.column));
            return Value {
                nullable: false,
                content: Content::of(StorageClasses::TEXT),
                data: DataTypes::TEXT,
                ..value
            };
        }
        if let Some(truth) = name.is_truth() {
            let value = self.leaf(if truth { "true" } else { "false" });
            return Value {
                nullable: false,
                content: Content::of(StorageClasses::INTEGER),
                finite: true,
                data: DataTypes::NUMERIC,
                ..value
            };
        }
        let mistake = self.unknown_column(name, scope);
        self.report(mistake);
        self.unknown()
    }

    fn merged_column(
        &mut self,
        level: &Scope<'_>,
        search: &Search,
        last: Match,
        name: Name<'_>,
        scope: &Scope<'_>,
        own: bool,
    ) -> Value {
        let mut shapes = Vec::new();
        let mut first: Option<Value> = None;
        let mut content = Content::NOTHING;
        for found in search.merged.iter().copied().chain([last]) {
            // The name stands for none of them alone, so that a rename of one leaves it as it is.
            let value = self.column(level, found, name, scope, own, false);
            shapes.push(value.shape);
            content = content.or(&value.content);
            first.get_or_insert(value);
        }
        let shape = self.shapes.apply("coalesce()", shapes);
        // Of each row at least one side is there, but which is not known: NULL if any of them may be.
        let value = first.unwrap_or_else(|| Value::new(shape));
        Value {
            nullable: true,
            column: None,
            shown: None,
            declared_type: None,
            content,
            origin: None,
            shape,
            ..value
        }
    }

    fn column(
        &mut self,
        level: &Scope<'_>,
        found: Match,
        name: Name<'_>,
        scope: &Scope<'_>,
        own: bool,
        referring: bool,
    ) -> Value {
        let Some(source) = level.sources.get(found.source) else {
            return self.unknown();
        };
        if let Some(Reach { last, argument }) = level.reach.get()
            && found.source > last
        {
            self.report(queries::names_to_the_right(name.span, argument));
        }
        self.seen.push(source.cursor);
        if let (Some(ident), None) = (name.table_ident, &source.alias) {
            self.refer_to_relation(ident, source.relation.as_ref());
        }
        if let Some(ident) = name.column_ident.filter(|_| referring) {
            // A name of the rowid is one of the column that is the rowid.
            let position = found.column.or(source.rowid_alias);
            let column = position.and_then(|position| source.columns.get(position));
            if let Some(column) = column {
                self.refer_to_column(ident, column.named.as_ref(), scope.clause.get());
            }
        }
        let value = self.column_value(source, found.column);
        Value {
            nullable: value.nullable || source.is_outer(),
            finite: value.finite && !source.is_outer(),
            bare: own,
            ..value
        }
    }

    fn column_value(&mut self, source: &Source, column: Option<usize>) -> Value {
        let rowid = column.is_none() || column == source.rowid_alias;
        let position = column.or(source.rowid_alias);
        let shown = position.and_then(|position| source.columns.get(position));
        let shape = if rowid { None } else { column };
        let shape = self.shapes.of(Node::Column(source.cursor, shape));
        let Some(shown) = shown else {
            return Value {
                affinity: Some(ValueAffinity::Column(Affinity::Integer)),
                declared_type: Some("INTEGER".into()),
                nullable: false,
                content: Content::of(StorageClasses::INTEGER),
                finite: true,
                data: DataTypes::NUMERIC.or(DataTypes::BLOB),
                column: Some("rowid".into()),
                shown: Some("rowid".into()),
                ..Value::new(shape)
            };
        };
        let affinity = if rowid {
            Some(ValueAffinity::Column(Affinity::Integer))
        } else {
            shown.affinity
        };
        Value {
            affinity,
            declared_type: shown.passed_type.clone(),
            collation: (!rowid).then(|| Collation {
                name: shown.collation.clone().unwrap_or_else(|| BINARY.into()),
                written: None,
            }),
            nullable: shown.nullable && !rowid,
            content: shown.content.clone(),
            finite: shown.finite || rowid,
            data: data_of(affinity),
            origin: shown.origin.clone(),
            column: Some(shown.name.clone()),
            shown: Some(shown.name.clone()),
            ..Value::new(shape)
        }
    }
}

/// What a value of an affinity may be (`sqlite3ExprDataType`).
pub(super) fn data_of(affinity: Option<ValueAffinity>) -> DataTypes {
    match affinity {
        Some(affinity) if affinity.is_numeric() => DataTypes::NUMERIC.or(DataTypes::BLOB),
        Some(ValueAffinity::Column(Affinity::Text)) => DataTypes::TEXT.or(DataTypes::BLOB),
        Some(_) | None => DataTypes::ANY,
    }
}

/// Whether a name that is found nowhere may be one of a source's columns that are not known.
fn is_open_to(source: &Source, name: Name<'_>) -> bool {
    source.open
        && name.table.is_none_or(|table| {
            source.kind == SourceKind::Group || source.answers_to(table, name.database.is_some())
        })
}
