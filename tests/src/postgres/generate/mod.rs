//! Statements made from PostgreSQL's grammar over the names of a catalog: most mean something, and some do not.

mod define;
mod expression;
mod rows;

use super::mutate::Names;
use crate::random::Random;

/// Makes statements.
#[derive(Debug)]
pub struct Generator<'a> {
    random: &'a mut Random,
    names: &'a Names,
    /// How much deeper an expression or query may still nest.
    depth: usize,
}

/// How deep expressions and queries nest.
const DEPTH: usize = 3;

/// What can be referred to: how a table is called here, and its columns.
type Scope = Vec<(String, Vec<String>)>;

impl<'a> Generator<'a> {
    /// Starts from the names of the catalog as it is.
    pub fn new(random: &'a mut Random, names: &'a Names) -> Generator<'a> {
        Generator {
            random,
            names,
            depth: DEPTH,
        }
    }

    /// Makes a statement.
    pub fn statement(&mut self) -> String {
        // What there is nothing to do with yet is made first.
        if self.names.shared.tables.len() < 2 {
            return self.create_table();
        }
        match self.random.below(48) {
            0..=4 => self.create_table(),
            5 => self.create_table_as(),
            6..=9 => self.create_index(),
            10..=13 => self.create_view(),
            14 | 15 => self.create_type(),
            16..=18 => self.create_function(),
            19 => self.create_trigger(),
            20 => self.create_policy(),
            21 => self.create_sequence(),
            22..=32 => self.alter_table(),
            33 | 34 => self.alter_other(),
            35..=37 => self.drop_object(),
            38..=40 => self.insert(),
            41 | 42 => self.update(),
            43 => self.delete(),
            44 => self.comment(),
            _ => self.query(&Vec::new()),
        }
    }

    fn chance(&mut self, times: usize) -> bool {
        self.random.once_in(times)
    }

    /// One of several words.
    fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.random.pick(words).copied().unwrap_or_default()
    }

    /// A word, as often as once in so many times.
    fn perhaps(&mut self, times: usize, word: &'static str) -> &'static str {
        if self.chance(times) { word } else { "" }
    }

    fn list(
        &mut self,
        most: usize,
        separator: &str,
        mut one: impl FnMut(&mut Self) -> String,
    ) -> String {
        let count = 1 + self.random.below(most);
        let items: Vec<String> = (0..count).map(|_| one(self)).collect();
        items.join(separator)
    }

    /// A table of the catalog with its columns, or a stray one.
    fn table(&mut self) -> (String, Vec<String>) {
        if self.chance(40) {
            return ("nowhere".to_owned(), vec!["a".to_owned()]);
        }
        self.names.table(self.random).cloned().unwrap_or_default()
    }

    fn column_of(&mut self, columns: &[String]) -> String {
        if self.chance(30) {
            return self
                .word(&["a", "b", "id", "ctid", "\"a\"", "new", "value"])
                .to_owned();
        }
        let column = self.random.pick(columns).cloned();
        column.unwrap_or_else(|| "a".to_owned())
    }

    fn columns_of(&mut self, columns: &[String], most: usize) -> String {
        self.list(most, ", ", |it| it.column_of(columns))
    }

    fn a_type(&mut self) -> String {
        let names = self.names;
        names
            .any_type(self.random)
            .unwrap_or_else(|| "integer".to_owned())
    }

    fn picked(&mut self, from: &[String]) -> String {
        let picked = self.random.pick(from).cloned();
        picked.unwrap_or_else(|| "nowhere".to_owned())
    }

    /// A name for something new; often one that is taken elsewhere.
    fn fresh(&mut self) -> String {
        self.word(&[
            "t1",
            "t2",
            "t3",
            "t4",
            "u1",
            "u2",
            "v1",
            "v2",
            "\"Mixed\"",
            "x",
            "y",
            "app.t1",
            "app.v1",
            "public.t5",
            "name",
            "\"user\"",
        ])
        .to_owned()
    }

    fn fresh_column(&mut self) -> String {
        self.word(&[
            "id",
            "a",
            "b",
            "c",
            "d",
            "name",
            "value",
            "\"Mixed\"",
            "at",
            "data",
            "kind",
            "\"order\"",
            "n",
        ])
        .to_owned()
    }
}
