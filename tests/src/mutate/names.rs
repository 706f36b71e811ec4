//! Names that a mutant can put where another one stood.

use crate::model::{Schema, Visibility};
use crate::random::Random;

/// The names of a catalog.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Tables and their columns.
    pub tables: Vec<(String, Vec<String>)>,
    /// Indexes.
    pub indexes: Vec<String>,
    /// Views.
    pub views: Vec<String>,
    /// Triggers.
    pub triggers: Vec<String>,
}

impl Names {
    /// Those of a schema.
    #[must_use]
    pub fn of(schema: &Schema) -> Names {
        let mut names = Names::default();
        for database in &schema.databases {
            for table in &database.tables {
                let columns = table
                    .columns
                    .iter()
                    .filter(|column| column.visibility != Visibility::Hidden)
                    .map(|column| quoted(&column.name));
                names.tables.push((quoted(&table.name), columns.collect()));
            }
            let name = |name: &String| quoted(name);
            names
                .indexes
                .extend(database.indexes.iter().map(|it| name(&it.name)));
            names
                .views
                .extend(database.views.iter().map(|it| name(&it.name)));
            names
                .triggers
                .extend(database.triggers.iter().map(|it| name(&it.name)));
        }
        names
    }

    /// Any name.
    pub fn any(&self, random: &mut Random) -> Option<String> {
        match random.below(8) {
            0 => random.pick(&self.indexes).cloned(),
            1 => random.pick(&self.views).cloned(),
            2 | 3 => self.table(random).map(|(table, _)| table.clone()),
            4 => Some("rowid".to_owned()),
            _ => self.column(random),
        }
    }

    /// A table and its columns.
    pub fn table(&self, random: &mut Random) -> Option<&(String, Vec<String>)> {
        random.pick(&self.tables)
    }

    /// A column of any table.
    pub fn column(&self, random: &mut Random) -> Option<String> {
        let (_, columns) = self.table(random)?;
        random.pick(columns).cloned()
    }
}

/// A name in double quotes, if it needs them.
fn quoted(name: &str) -> String {
    let is_plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && tablature_lexer::tokenize(name)
            .first()
            .is_some_and(|token| token.kind == tablature_lexer::TokenKind::Word);
    if is_plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}
