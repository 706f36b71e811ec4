//! The rows that are certain to be in a table: the history has inserted them, and nothing since can have changed them.
//!
//! There may be others. So whatever fails because of these rows fails on every database that the history builds.

use crate::catalog::Map;
use crate::sqlite::catalog::Table;
use crate::sqlite::constant::Value;
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The certain rows of all tables, which are known by the place that created them, as their columns are.
#[derive(Debug, Clone, Default)]
pub(in crate::sqlite::replay) struct Seeds {
    tables: Map<Span, Arc<Seeded>>,
}

/// How many rows of a table are kept in mind: a few statements that each double them would make any number.
const MOST_ROWS: usize = 20_000;

/// How many rows a table may have with which each new one is compared.
const FEW_ROWS: usize = 200;

/// The certain rows of a table.
#[derive(Debug, Clone, Default)]
struct Seeded {
    rows: Map<usize, Arc<Seed>>,
    /// Whether the table has no others.
    are_all: bool,
    /// What the rows hold in columns that were added after them.
    added: BTreeMap<Span, Value>,
    /// The keys of the rows, with the places of the rows.
    keys: BTreeMap<Unique, Map<Arc<[u8]>, Span>>,
}

/// A certain row.
#[derive(Debug)]
pub(super) struct Seed {
    pub(super) columns: Arc<[Span]>,
    /// None where the value is not certain.
    pub(super) values: Vec<Option<Value>>,
    pub(super) span: Span,
}

/// Columns that are unique together, each with its collation.
pub(super) type Unique = Vec<(Span, String)>;

impl Seeds {
    /// Forgets the rows of a table, as they may have changed.
    pub(in crate::sqlite::replay) fn forget(&mut self, table: &Table) {
        self.tables.remove(&table.provenance.created);
    }

    /// Takes in a table that has no rows yet.
    pub(in crate::sqlite::replay) fn table_created(&mut self, table: &Table) {
        let seeded = Seeded {
            are_all: true,
            ..Seeded::default()
        };
        self.tables
            .insert(table.provenance.created, Arc::new(seeded));
    }

    /// Takes in that a table may have other rows than those that are certain.
    pub(super) fn may_be_more(&mut self, table: &Table) {
        if let Some(seeded) = self.tables.get_mut(&table.provenance.created) {
            Arc::make_mut(seeded).are_all = false;
        }
    }

    /// Whether a table has no other rows than those that are certain.
    pub(super) fn are_all(&self, table: &Table) -> bool {
        let seeded = self.tables.get(&table.provenance.created);
        seeded.is_some_and(|seeded| seeded.are_all)
    }

    /// Forgets the rows of all tables.
    pub(in crate::sqlite::replay) fn forget_all(&mut self) {
        self.tables = Map::default();
    }

    /// Adds a row to a table, unless a row is there that has one of its keys: the place of that row, and which key it is.
    pub(super) fn add(
        &mut self,
        table: &Table,
        seed: Seed,
        uniques: &[Unique],
    ) -> Result<(), (Span, usize)> {
        let place = table.provenance.created;
        if self.tables.get(&place).is_none() {
            self.tables.insert(place, Arc::default());
        }
        let Some(seeded) = self.tables.get_mut(&place) else {
            return Ok(());
        };
        let seeded = Arc::make_mut(seeded);
        for (position, unique) in uniques.iter().enumerate() {
            if let Some(first) = seeded.repeated(unique, &seed) {
                return Err((first, position));
            }
        }
        let next = seeded.rows.keys().next_back().map_or(0, |last| last + 1);
        if next >= MOST_ROWS {
            seeded.are_all = false;
            return Ok(());
        }
        seeded.rows.insert(next, Arc::new(seed));
        Ok(())
    }

    /// Whether a row has a key of one that is there; none if that is not certain. The rowid is the engine's choice if
    /// its column is `chosen`.
    pub(super) fn conflicts(
        &self,
        table: &Table,
        seed: &Seed,
        uniques: &[Unique],
        chosen: Option<Span>,
    ) -> Option<bool> {
        let seeded = self.tables.get(&table.provenance.created)?;
        if !seeded.are_all || seeded.rows.values().nth(FEW_ROWS).is_some() {
            return None;
        }
        let mut are_certain = true;
        for unique in uniques {
            if matches!(unique.as_slice(), [(only, _)] if Some(*only) == chosen) {
                continue;
            }
            let Some(own) = seeded.certain_key(unique, seed)? else {
                continue;
            };
            for row in seeded.rows.values() {
                match seeded.certain_key(unique, row) {
                    Some(Some(key)) if key == own => return Some(true),
                    Some(_) => {}
                    None => are_certain = false,
                }
            }
        }
        are_certain.then_some(false)
    }

    /// Puts rows in the place of those that were certain.
    pub(super) fn put(&mut self, table: &Table, rows: Vec<Seed>) {
        let Some(seeded) = self.tables.get_mut(&table.provenance.created) else {
            return;
        };
        let seeded = Arc::make_mut(seeded);
        seeded.keys = BTreeMap::new();
        seeded.rows = Map::default();
        for (position, row) in rows.into_iter().enumerate() {
            seeded.rows.insert(position, Arc::new(row));
        }
    }

    /// Takes in that a column was added with a value that is certain.
    pub(in crate::sqlite::replay) fn column_added(
        &mut self,
        table: &Table,
        column: Span,
        value: Value,
    ) {
        if let Some(seeded) = self.tables.get_mut(&table.provenance.created) {
            Arc::make_mut(seeded).added.insert(column, value);
        }
    }

    /// The certain rows of a table with what each holds in the table's columns, as they are now.
    pub(super) fn rows<'a>(
        &'a self,
        table: &'a Table,
    ) -> impl Iterator<Item = (Span, Vec<Option<Value>>)> + 'a {
        let seeded = self.tables.get(&table.provenance.created);
        seeded.into_iter().flat_map(move |seeded| {
            seeded.rows.values().map(move |seed| {
                let columns = table.columns.iter();
                let values = columns.map(|column| seeded.value(seed, column.provenance.created));
                (seed.span, values.map(|value| value.cloned()).collect())
            })
        })
    }

    /// The place of the first certain row of a table.
    pub(in crate::sqlite::replay) fn first(&self, table: &Table) -> Option<Span> {
        let seeded = self.tables.get(&table.provenance.created)?;
        seeded.rows.values().next().map(|seed| seed.span)
    }

    /// The places of two rows of a table that have one key.
    pub(super) fn repetition(&self, table: &Table, unique: &Unique) -> Option<(Span, Span)> {
        let seeded = self.tables.get(&table.provenance.created)?;
        let mut keys = BTreeMap::new();
        seeded.rows.values().find_map(|seed| {
            let key = seeded.key(unique, seed)?;
            let first = keys.insert(key, seed.span)?;
            Some((first, seed.span))
        })
    }
}

impl Seeded {
    fn value<'a>(&'a self, seed: &'a Seed, column: Span) -> Option<&'a Value> {
        match seed.columns.iter().position(|own| *own == column) {
            Some(position) => seed.values.get(position)?.as_ref(),
            None => self.added.get(&column),
        }
    }

    /// The place of a row with the same key; takes in the key if there is none.
    fn repeated(&mut self, unique: &Unique, seed: &Seed) -> Option<Span> {
        if !self.keys.contains_key(unique) {
            let rows = self.rows.values();
            let keys = rows.filter_map(|row| Some((self.key(unique, row)?, row.span)));
            let keys = keys.collect();
            self.keys.insert(unique.clone(), keys);
        }
        let key = self.key(unique, seed)?;
        self.keys.get_mut(unique)?.insert(key, seed.span)
    }

    /// What is unique of a row: nothing if it holds NULL. None if that is not certain.
    #[expect(
        clippy::option_option,
        reason = "that nothing is unique may be certain"
    )]
    fn certain_key(&self, unique: &Unique, seed: &Seed) -> Option<Option<Arc<[u8]>>> {
        let mut columns = unique.iter();
        let is_null = |column: Span| self.value(seed, column) == Some(&Value::Null);
        match columns.any(|(column, _)| is_null(*column)) {
            true => Some(None),
            false => self.key(unique, seed).map(Some),
        }
    }

    /// What is unique of a row; none if it is not certain or holds NULL, which repeats nothing.
    fn key(&self, unique: &Unique, seed: &Seed) -> Option<Arc<[u8]>> {
        let mut key = Vec::new();
        for (column, collation) in unique {
            self.value(seed, *column)?.add_to_key(collation, &mut key)?;
        }
        Some(key.into())
    }
}
