//! What a new database has before the first migration: types, functions, operators, casts, system catalogs, extensions.
//!
//! It is data that `data/generate.py` reads from servers of every version and writes as texts. They are read when a value is first asked
//! for, once for each version, at a cost that is linear in their length.

mod extension;
pub mod parameters;
mod read;
mod row;
pub mod settings;

use crate::postgres::types::{
    AccessMethod, Attribute, Cast, Collation, FamilyMember, Function, Language, Name, Oid,
    Operator, OperatorClass, OperatorFamily, Type,
};
pub use extension::{Brought, Extension, extension, extensions};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The oldest version that is known.
pub const FIRST_VERSION: u16 = 14;
/// The newest version that is known.
pub const LAST_VERSION: u16 = 18;

/// The schema `information_schema`, whose number differs from server to server.
pub const INFORMATION_SCHEMA: Oid = Oid(16_382);

/// The first number of what an extension brings: such an object has the same number in every database here.
pub const FIRST_OF_EXTENSIONS: Oid = Oid(4_000_000_000);

/// What every new database of a version has.
#[derive(Debug)]
pub struct Builtin {
    types: Table<Type>,
    functions: Table<Function>,
    operators: Table<Operator>,
    casts: HashMap<(Oid, Oid), Cast>,
    access_methods: Vec<AccessMethod>,
    operator_families: Table<OperatorFamily>,
    operator_classes: Table<OperatorClass>,
    family_members: HashMap<Oid, Vec<FamilyMember>>,
    collations: Table<Collation>,
    languages: Vec<Language>,
    relations: Table<SystemRelation>,
    text_search: Vec<TextSearchObject>,
    roles: Vec<&'static str>,
}

/// A table or view of `pg_catalog` or `information_schema`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemRelation {
    /// Its number.
    pub oid: Oid,
    /// The schema that it is in.
    pub namespace: Oid,
    /// Its name.
    pub name: Name,
    /// `relkind`: `r` for a table, `v` for a view, `c` for a composite type.
    pub kind: char,
    /// The type of its rows.
    pub row_type: Option<Oid>,
    columns: &'static str,
}

impl SystemRelation {
    /// Its columns. Their collation is given only where it is not that of the type.
    pub fn columns(&self) -> impl Iterator<Item = Attribute> {
        read::read_columns(self.columns)
    }

    /// Its columns with their collations, which `collation_of` a type gives where nothing else is said.
    pub fn attributes(&self, collation_of: impl Fn(Oid) -> Option<Oid>) -> Vec<Attribute> {
        let columns = self.columns().map(|mut column| {
            let collation = column.value.collation;
            column.value.collation = collation.or_else(|| collation_of(column.value.oid));
            column
        });
        columns.collect()
    }
}

/// A row of one of the catalogs of text search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextSearchObject {
    /// Its number.
    pub oid: Oid,
    /// Which catalog.
    pub kind: TextSearchKind,
    /// Its name.
    pub name: Name,
    /// The schema that it is in.
    pub namespace: Oid,
}

/// The catalogs of text search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextSearchKind {
    /// `pg_ts_config`
    Configuration,
    /// `pg_ts_dict`
    Dictionary,
    /// `pg_ts_parser`
    Parser,
    /// `pg_ts_template`
    Template,
}

/// What a new database of a major version has; of an unknown version, what the nearest known one has.
#[must_use]
pub fn builtin(version: u16) -> &'static Builtin {
    const COUNT: usize = (LAST_VERSION - FIRST_VERSION) as usize + 1;
    static READ: [OnceLock<Builtin>; COUNT] = [const { OnceLock::new() }; COUNT];
    let version = version.clamp(FIRST_VERSION, LAST_VERSION);
    let [first, .., last] = &READ;
    let cell = READ.get(usize::from(version - FIRST_VERSION));
    let cell = cell.unwrap_or(if version == FIRST_VERSION {
        first
    } else {
        last
    });
    cell.get_or_init(|| Builtin::read(version))
}

impl Builtin {
    fn read(version: u16) -> Builtin {
        let rows = |text| row::of_version(text, version);
        let nowhere = Oid(0);
        let casts = rows(include_str!("data/casts.tsv")).map(read::read_cast);
        Builtin {
            types: Table::new(
                rows(include_str!("data/types.tsv"))
                    .map(|row| read::read_type(row, nowhere))
                    .collect(),
            ),
            functions: Table::new(
                rows(include_str!("data/functions.tsv"))
                    .map(|row| read::read_function(row, nowhere))
                    .collect(),
            ),
            operators: Table::new(
                rows(include_str!("data/operators.tsv"))
                    .map(|row| read::read_operator(row, nowhere))
                    .collect(),
            ),
            casts: casts
                .map(|cast| ((cast.source, cast.target), cast))
                .collect(),
            access_methods: rows(include_str!("data/access_methods.tsv"))
                .map(read::read_access_method)
                .collect(),
            operator_families: Table::new(
                rows(include_str!("data/operator_families.tsv"))
                    .map(|row| read::read_family(row, nowhere))
                    .collect(),
            ),
            operator_classes: Table::new(
                rows(include_str!("data/operator_classes.tsv"))
                    .map(|row| read::read_class(row, nowhere))
                    .collect(),
            ),
            family_members: by_family(
                rows(include_str!("data/family_members.tsv")).map(read::read_member),
            ),
            collations: Table::new(
                rows(include_str!("data/collations.tsv"))
                    .map(|row| read::read_collation(row, nowhere))
                    .collect(),
            ),
            languages: rows(include_str!("data/languages.tsv"))
                .map(read::read_language)
                .collect(),
            relations: Table::new(
                rows(include_str!("data/relations.tsv"))
                    .map(|row| read::read_relation(row, nowhere))
                    .collect(),
            ),
            text_search: rows(include_str!("data/text_search.tsv"))
                .map(|row| read::read_text_search(row, nowhere))
                .collect(),
            roles: rows(include_str!("data/roles.tsv"))
                .map(|mut row| row.text())
                .collect(),
        }
    }

    /// Types.
    #[must_use]
    pub fn types(&self) -> &Table<Type> {
        &self.types
    }

    /// Functions, procedures, aggregates and window functions.
    #[must_use]
    pub fn functions(&self) -> &Table<Function> {
        &self.functions
    }

    /// Operators.
    #[must_use]
    pub fn operators(&self) -> &Table<Operator> {
        &self.operators
    }

    /// The cast from one type to another.
    #[must_use]
    pub fn cast(&self, source: Oid, target: Oid) -> Option<&Cast> {
        self.casts.get(&(source, target))
    }

    /// Access methods.
    #[must_use]
    pub fn access_methods(&self) -> &[AccessMethod] {
        &self.access_methods
    }

    /// Operator families.
    #[must_use]
    pub fn operator_families(&self) -> &Table<OperatorFamily> {
        &self.operator_families
    }

    /// Operator classes.
    #[must_use]
    pub fn operator_classes(&self) -> &Table<OperatorClass> {
        &self.operator_classes
    }

    /// The operators of a family.
    #[must_use]
    pub fn family_members(&self, family: Oid) -> &[FamilyMember] {
        self.family_members.get(&family).map_or(&[], Vec::as_slice)
    }

    /// Collations.
    #[must_use]
    pub fn collations(&self) -> &Table<Collation> {
        &self.collations
    }

    /// Languages.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Tables and views of `pg_catalog` and `information_schema`.
    #[must_use]
    pub fn relations(&self) -> &Table<SystemRelation> {
        &self.relations
    }

    /// Configurations, dictionaries, parsers and templates of text search.
    #[must_use]
    pub fn text_search(&self) -> &[TextSearchObject] {
        &self.text_search
    }

    /// The roles that every server has: `pg_monitor` and its kin.
    #[must_use]
    pub fn roles(&self) -> &[&'static str] {
        &self.roles
    }
}

fn by_family(members: impl Iterator<Item = FamilyMember>) -> HashMap<Oid, Vec<FamilyMember>> {
    let mut families: HashMap<Oid, Vec<FamilyMember>> = HashMap::new();
    for member in members {
        families.entry(member.family).or_default().push(member);
    }
    families
}

/// Rows in the order of their names.
#[derive(Debug)]
pub struct Table<R> {
    rows: Vec<R>,
    by_oid: HashMap<Oid, u32>,
}

impl<R: Named> Table<R> {
    /// A table of rows that are already in order.
    fn new(rows: Vec<R>) -> Table<R> {
        let by_oid = (0..)
            .zip(&rows)
            .map(|(position, row)| (row.oid(), position));
        Table {
            by_oid: by_oid.collect(),
            rows,
        }
    }

    /// A row by its number.
    #[must_use]
    pub fn get(&self, oid: Oid) -> Option<&R> {
        let position = *self.by_oid.get(&oid)?;
        self.rows.get(usize::try_from(position).ok()?)
    }

    /// All rows of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> &[R] {
        let start = self.rows.partition_point(|row| row.name() < name);
        let rows = self.rows.get(start..).unwrap_or_default();
        let count = rows.partition_point(|row| row.name() == name);
        rows.get(..count).unwrap_or_default()
    }

    /// All rows.
    #[must_use]
    pub fn all(&self) -> &[R] {
        &self.rows
    }
}

/// What has a number and a name.
pub trait Named {
    /// Its number.
    fn oid(&self) -> Oid;
    /// Its name.
    fn name(&self) -> &str;
}

macro_rules! named {
    ($($row:ty),*) => {
        $(impl Named for $row {
            fn oid(&self) -> Oid {
                self.oid
            }

            fn name(&self) -> &str {
                &self.name
            }
        })*
    };
}
named!(
    Type,
    Function,
    Operator,
    OperatorFamily,
    OperatorClass,
    Collation,
    SystemRelation
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_the_order_of_their_names() {
        fn sorted<R: Named>(table: &Table<R>) -> bool {
            table.all().is_sorted_by(|a, b| a.name() <= b.name())
        }
        for version in FIRST_VERSION..=LAST_VERSION {
            let it = builtin(version);
            assert!(sorted(it.types()) && sorted(it.functions()) && sorted(it.operators()));
            assert!(sorted(it.operator_families()) && sorted(it.operator_classes()));
            assert!(sorted(it.collations()) && sorted(it.relations()));
        }
    }

    #[test]
    fn every_row_refers_to_rows_of_its_version() {
        for version in FIRST_VERSION..=LAST_VERSION {
            let it = builtin(version);
            let known = |oid: Oid| it.types().get(oid).is_some();
            for function in it.functions().all() {
                assert!(known(function.result), "{function:?}");
                assert!(
                    function.inputs.iter().all(|input| known(*input)),
                    "{function:?}"
                );
                let named = function.parameters.len();
                assert!(named == 0 || named >= function.inputs.len(), "{function:?}");
            }
            for operator in it.operators().all() {
                assert!(
                    known(operator.right) && operator.result.is_some_and(known),
                    "{operator:?}"
                );
                assert!(operator.left.is_none_or(known), "{operator:?}");
                let function = operator.function;
                assert!(
                    function.is_some_and(|it_is| it.functions().get(it_is).is_some()),
                    "{operator:?}"
                );
            }
            for relation in it.relations().all() {
                assert!(
                    relation.columns().all(|column| known(column.value.oid)),
                    "{relation:?}"
                );
                assert!(relation.columns().count() > 0, "{relation:?}");
            }
            for class in it.operator_classes().all() {
                assert!(
                    it.operator_families().get(class.family).is_some(),
                    "{class:?}"
                );
            }
        }
    }

    #[test]
    fn versions_differ() {
        let merge_support =
            |version: u16| !builtin(version).functions().named("any_value").is_empty();
        assert!(!merge_support(15) && merge_support(16));
        assert!(builtin(15).functions().named("uuidv7").is_empty());
        assert!(!builtin(18).functions().named("uuidv7").is_empty());
    }
}
