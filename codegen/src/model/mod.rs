//! Every decision about what is generated, before any token is written: names, types, nullability.

mod derivable;
mod enumeration;
mod field;
mod overrides;
pub(crate) mod steps;

pub(crate) use derivable::Obstacle;
#[cfg(feature = "postgres")]
pub(crate) use enumeration::named as variants_named;
pub(crate) use enumeration::{Enumeration, Variant};
#[cfg(feature = "postgres")]
pub(crate) use field::enum_name;
pub(crate) use field::{Field, FieldType, InNewRow, Origin};
pub(crate) use overrides::{CustomType, Known, Overrides};

use crate::names::{self, Identifier, Taken};
use proc_macro2::TokenStream;
use std::collections::BTreeMap;
use tablature_schema::Checked;
use tablature_schema::catalog::{Catalog, Key};
use tablature_schema::diagnostic::{Code, Diagnostic, Severity};
use tablature_schema::sqlite;
use tablature_schema::sqlite::catalog::{Relation, Table, TableKind, View};

/// What is generated besides the migrations.
pub(crate) struct Model<'a> {
    /// What the last migration leaves behind: tables and views in the order of their creation.
    pub(crate) rows: Vec<RowStruct<'a>>,
    /// What the steps find.
    pub(crate) versions: Vec<Version<'a>>,
    /// The types that columns have by the configuration.
    pub(crate) custom_types: Vec<CustomType>,
    /// What is wrong with the configuration.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The schema that a step finds.
pub(crate) struct Version<'a> {
    /// That of the step's migration.
    pub(crate) number: i64,
    /// Tables and views in the order of their creation.
    pub(crate) rows: Vec<RowStruct<'a>>,
}

/// The struct of a table's or a view's rows.
pub(crate) struct RowStruct<'a> {
    /// The struct's name.
    pub(crate) name: Identifier,
    /// What it is a row of.
    pub(crate) source: Source<'a>,
    /// The derive macros that the configuration adds, for the structs and the enums of the columns.
    pub(crate) derives: Vec<TokenStream>,
    /// In the order of the columns, without hidden ones.
    pub(crate) fields: Vec<Field<'a>>,
    /// The name of the struct of its new rows, if such a row is not all of it.
    pub(crate) new: Option<Identifier>,
    /// What a row is that borrows, if the configuration wants one.
    pub(crate) borrowed: Option<Borrowed>,
}

/// A row that borrows what it can from the statement that it is read from.
pub(crate) enum Borrowed {
    /// A struct of this name.
    By(Identifier),
    /// There is nothing in it to borrow.
    Nothing,
}

/// What a struct is a row of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source<'a> {
    /// A table.
    Table(&'a Table),
    /// A view.
    View(&'a View),
}

/// The types of columns of tables, which views that show them share.
type ColumnTypes = BTreeMap<(Key, usize), FieldType>;

impl<'a> Model<'a> {
    pub(crate) fn new(checked: &'a Checked) -> Model<'a> {
        let mut overrides = Overrides::new(&checked.config);
        let rows = rows(&checked.catalog, &mut overrides);
        let mut versions = Vec::new();
        for migration in &checked.migrations {
            let Some(step) = &migration.step else {
                continue;
            };
            // What does not fit a schema of long ago is no mistake.
            let mut earlier = Overrides::new(&checked.config);
            let mut rows = self::rows(&step.catalog, &mut earlier);
            let _ = derivable::check(&checked.config, &mut rows);
            overrides.are_used_by(&earlier);
            versions.push(Version {
                number: migration.version,
                rows,
            });
        }
        let custom_types = overrides.custom_types();
        let mut model = Model {
            rows,
            versions,
            custom_types,
            diagnostics: steps::diagnostics(checked),
        };
        // What a mistake in the migrations kept out of the catalog is no second mistake.
        let known = is_known(checked).then(|| known(&model.rows));
        let of_the_configuration = overrides.diagnostics(known.as_ref());
        model.diagnostics.extend(of_the_configuration);
        if known.is_some() {
            let underivable = derivable::check(&checked.config, &mut model.rows);
            model.diagnostics.extend(underivable);
        }
        let place = |diagnostic: &Diagnostic| diagnostic.primary.span;
        model.diagnostics.sort_by_key(place);
        model
    }
}

/// The structs of a catalog's tables and views, in the order of their creation.
fn rows<'a>(catalog: &'a Catalog, overrides: &mut Overrides<'_>) -> Vec<RowStruct<'a>> {
    let Some(catalog) = catalog.sqlite() else {
        return Vec::new();
    };
    let mut taken = Taken::default();
    overrides.take_names(&mut taken);
    let sources = sources(catalog);
    // All structs are named before any enum, so that an enum never renames a struct.
    let names: Vec<Identifier> = sources
        .iter()
        .enumerate()
        .map(|(position, source)| {
            let relation = source.name();
            if let Some(chosen) = overrides.struct_name(relation) {
                return chosen;
            }
            if let Some(own) = names::struct_name(relation) {
                overrides.is_name_of(relation, &own);
            }
            struct_name(source, position, &mut taken)
        })
        .collect();
    let mut types = ColumnTypes::new();
    let mut rows: Vec<RowStruct<'a>> = Vec::with_capacity(sources.len());
    // A view shows columns of tables, whatever was created first.
    for (source, name) in sources.iter().zip(&names) {
        let fields = match source {
            Source::Table(table) => field::of_table(table, name, overrides, &mut taken, &mut types),
            Source::View(_) => Vec::new(),
        };
        rows.push(RowStruct {
            name: name.clone(),
            source: *source,
            derives: overrides.derives(source.name()),
            fields,
            new: None,
            borrowed: None,
        });
    }
    // After the structs and enums, so that none of them changes its name for a new row's.
    for row in &mut rows {
        row.new = new_name(row, &mut taken);
    }
    for row in &mut rows {
        if let Source::View(view) = row.source {
            row.fields = field::of_view(view, catalog, overrides, &types);
        }
        if overrides.wants_borrowed(row.source.name()) {
            row.borrowed = Some(borrowed(row, &mut taken));
        }
    }
    rows
}

impl Source<'_> {
    /// Its name in its creator's letter case.
    pub(crate) fn name(&self) -> &str {
        match self {
            Source::Table(table) => &table.name,
            Source::View(view) => &view.name,
        }
    }

    fn place(&self) -> u32 {
        match self {
            Source::Table(table) => table.place,
            Source::View(view) => view.place,
        }
    }
}

/// The tables and views of the main database that have rows for the application, in the order of their creation.
fn sources(catalog: &sqlite::catalog::Catalog) -> Vec<Source<'_>> {
    let relations = catalog.main().relations.values();
    let mut sources: Vec<Source<'_>> = relations
        .filter_map(|relation| match relation {
            Relation::Table(table) => match table.kind {
                TableKind::Ordinary | TableKind::Virtual { .. } => Some(Source::Table(table)),
                TableKind::Shadow { .. } | TableKind::Internal => None,
            },
            Relation::View(view) => view.columns.is_some().then_some(Source::View(view)),
        })
        .collect();
    sources.sort_by_key(Source::place);
    sources
}

fn struct_name(source: &Source<'_>, position: usize, taken: &mut Taken) -> Identifier {
    let name = source.name();
    let word = match source {
        Source::Table(_) => "Table",
        Source::View(_) => "View",
    };
    let fallback = Identifier::numbered(word, position + 1);
    let candidates = [names::struct_name(name), names::plural_struct_name(name)];
    taken.unique(candidates, fallback, "")
}

/// The name of the struct of new rows: for a table with a column that such a row has no value for, or need not have one.
fn new_name(row: &RowStruct<'_>, taken: &mut Taken) -> Option<Identifier> {
    let is_less = |field: &Field<'_>| match field.in_new_row() {
        InNewRow::Absent | InNewRow::Default(_) => true,
        InNewRow::Value => false,
    };
    let wanted = match row.source {
        Source::Table(table) => table.kind == TableKind::Ordinary && row.fields.iter().any(is_less),
        Source::View(_) => false,
    };
    let name = row.name.with_prefix("New");
    let other = name.with_suffix("Row");
    wanted.then(|| taken.unique([Some(name.clone()), Some(other)], name, ""))
}

fn borrowed(row: &RowStruct<'_>, taken: &mut Taken) -> Borrowed {
    if !row.fields.iter().any(Field::is_borrowed) {
        return Borrowed::Nothing;
    }
    let name = row.name.with_suffix("Ref");
    let other = row.name.with_suffix("RowRef");
    Borrowed::By(taken.unique([Some(name.clone()), Some(other)], name, ""))
}

/// Whether the catalog is all that the migrations leave behind: a mistake in the configuration does not keep them from it.
pub(crate) fn is_known(checked: &Checked) -> bool {
    let mut diagnostics = checked.diagnostics.iter();
    let is_fine = |one: &Diagnostic| {
        one.severity != Severity::Error || one.code == Code::InvalidConfiguration
    };
    checked.accepted()
        || !checked.migrations.is_empty() && !checked.config.garbled && diagnostics.all(is_fine)
}

fn known(rows: &[RowStruct<'_>]) -> Known {
    let mut known = Known::default();
    for row in rows {
        let relation = row.source.name();
        known.relations.push(relation.to_owned());
        for field in &row.fields {
            known.columns.push(format!("{relation}.{}", field.column));
            if !field.declared_type.is_empty() {
                known.types.push(field.declared_type.to_ascii_uppercase());
            }
        }
    }
    known
}
