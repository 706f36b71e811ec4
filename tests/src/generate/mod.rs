//! Statements made from the grammar over the names of a catalog: most mean something, and some do not.

mod change;
mod define;
mod expression;
mod query;
mod rows;

use crate::mutate::Names;
use crate::random::Random;

/// Makes statements.
#[derive(Debug)]
pub struct Generator<'a> {
    random: &'a mut Random,
    names: &'a Names,
    /// How much deeper an expression or query may still nest.
    depth: usize,
}

/// What the columns of an expression can be, and what else may stand in it.
#[derive(Debug, Clone, Default)]
struct Scope {
    /// How a table is called here, and its columns.
    tables: Vec<(String, Vec<String>)>,
    /// Whether aggregates and window functions are likely to be wanted.
    aggregates: bool,
    /// Whether RAISE may stand here.
    raise: bool,
}

/// How deep expressions and queries nest.
const DEPTH: usize = 3;

/// Names that are hardly ever there.
const STRAY: &[&str] = &[
    "a", "b", "t", "zz", "rowid", "new", "excluded", "\"a\"", "\"none\"",
];

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
        if self.names.tables.len() < 2 {
            return self.create_table();
        }
        match self.random.below(40) {
            0..=3 => self.create_table(),
            4 => self.create_table_as(),
            5..=7 => self.create_index(),
            8..=11 => self.create_view(),
            12..=15 => self.create_trigger(),
            16 => self.create_virtual_table(),
            17..=19 => self.rename_column(),
            20 => self.rename_table(),
            21 | 22 => self.add_column(),
            23 | 24 => self.drop_column(),
            25 => self.alter_constraint(),
            26 => self.drop_object(),
            27..=29 => self.insert(),
            30 | 31 => self.update(),
            32 => self.delete(),
            33 => self.other(),
            _ => self.query(&Scope::default()),
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

    /// A table or view of the catalog with its columns, or a stray one.
    fn relation(&mut self) -> (String, Vec<String>) {
        if self.chance(40) {
            return ("nowhere".to_owned(), vec!["a".to_owned()]);
        }
        self.names.table(self.random).cloned().unwrap_or_default()
    }

    fn column_of(&mut self, columns: &[String]) -> String {
        if self.chance(25) {
            return self.word(STRAY).to_owned();
        }
        let column = self.random.pick(columns).cloned();
        let column = column.unwrap_or_else(|| "a".to_owned());
        self.spelling(column)
    }

    /// A name in one of its spellings.
    fn spelling(&mut self, name: String) -> String {
        if name.starts_with('"') {
            return name;
        }
        match self.random.below(20) {
            0 => name.to_ascii_uppercase(),
            1 => format!("\"{name}\""),
            2 => format!("[{name}]"),
            3 => format!("`{name}`"),
            _ => name,
        }
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
            "i1",
            "i2",
            "x1",
            "x2",
            "\"odd name\"",
        ])
        .to_owned()
    }

    fn fresh_column(&mut self) -> String {
        self.word(&[
            "a", "b", "c", "d", "e", "f", "g", "h", "id", "name", "\"c d\"", "value", "key",
        ])
        .to_owned()
    }
}
