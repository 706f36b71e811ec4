//! The readable form of a schema: what a case's `.schema` file holds and what a difference is shown in.

use super::{Column, Database, ForeignKey, Index, Key, Schema, Table, Trigger, View, Visibility};
use similar::TextDiff;
use std::fmt;

/// Returns the lines in which two schemas differ, or nothing if they are equal.
#[must_use]
pub fn difference(engine: &Schema, replay: &Schema) -> Option<String> {
    if engine == replay {
        return None;
    }
    let (engine, replay) = (engine.to_string(), replay.to_string());
    let diff = TextDiff::from_lines(&engine, &replay)
        .unified_diff()
        .context_radius(2)
        .header("engine", "replay")
        .to_string();
    Some(diff)
}

impl fmt::Display for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for database in &self.databases {
            database.fmt(formatter)?;
        }
        Ok(())
    }
}

impl fmt::Display for Database {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name != "main" {
            writeln!(formatter, "database {}", self.name)?;
        }
        self.tables.iter().try_for_each(|it| it.fmt(formatter))?;
        self.indexes.iter().try_for_each(|it| it.fmt(formatter))?;
        self.views.iter().try_for_each(|it| it.fmt(formatter))?;
        self.triggers.iter().try_for_each(|it| it.fmt(formatter))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind.as_str() {
            "table" => "table".to_owned(),
            kind => format!("{kind} table"),
        };
        write!(formatter, "{kind} {}", self.name)?;
        flag(formatter, self.strict, " strict")?;
        flag(formatter, self.without_rowid, " without rowid")?;
        writeln!(formatter)?;
        self.columns.iter().try_for_each(|it| it.fmt(formatter))?;
        self.keys.iter().try_for_each(|it| it.fmt(formatter))?;
        self.foreign_keys
            .iter()
            .try_for_each(|it| it.fmt(formatter))?;
        match &self.sql {
            Some(sql) => writeln!(formatter, "  sql {}", one_line(sql)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "  column {}", one_line(&self.name))?;
        if !self.declared_type.is_empty() {
            write!(formatter, " {}", one_line(&self.declared_type))?;
        }
        flag(formatter, self.not_null, " not null")?;
        if let Some(default) = &self.default {
            write!(formatter, " default {}", one_line(default))?;
        }
        if self.primary_key > 0 {
            write!(formatter, " primary key {}", self.primary_key)?;
        }
        flag(formatter, self.autoincrement, " autoincrement")?;
        if self.collation != "BINARY" {
            write!(formatter, " collate {}", self.collation)?;
        }
        let visibility = match self.visibility {
            Visibility::Ordinary => "",
            Visibility::Hidden => " hidden",
            Visibility::Virtual => " generated virtual",
            Visibility::Stored => " generated stored",
        };
        writeln!(formatter, "{visibility}")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.primary {
            "primary key"
        } else {
            "unique"
        };
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|(name, collation)| match collation.as_str() {
                "BINARY" => name.clone(),
                collation => format!("{name} collate {collation}"),
            })
            .collect();
        writeln!(formatter, "  {kind} ({})", columns.join(", "))
    }
}

impl fmt::Display for ForeignKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "  foreign key ({}) references {}",
            self.columns.join(", "),
            self.table
        )?;
        if !self.references.is_empty() {
            write!(formatter, " ({})", self.references.join(", "))?;
        }
        for (event, action) in [("update", &self.on_update), ("delete", &self.on_delete)] {
            if action != "NO ACTION" {
                write!(formatter, " on {event} {}", action.to_ascii_lowercase())?;
            }
        }
        writeln!(formatter)
    }
}

impl fmt::Display for Index {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "index {} on {}", self.name, self.table)?;
        flag(formatter, self.unique, " unique")?;
        flag(formatter, self.partial, " partial")?;
        writeln!(formatter)?;
        for term in &self.terms {
            write!(formatter, "  term {}", one_line(&term.what))?;
            match term.collation.as_deref() {
                None | Some("BINARY") => {}
                Some(collation) => write!(formatter, " collate {collation}")?,
            }
            flag(formatter, term.descending, " desc")?;
            writeln!(formatter)?;
        }
        writeln!(formatter, "  sql {}", one_line(&self.sql))
    }
}

impl fmt::Display for View {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "view {}", self.name)?;
        match &self.columns {
            None => writeln!(formatter, "  broken")?,
            Some(columns) => {
                for (name, declared_type) in columns {
                    write!(formatter, "  column {}", one_line(name))?;
                    flag(formatter, !declared_type.is_empty(), " ")?;
                    writeln!(formatter, "{}", one_line(declared_type))?;
                }
            }
        }
        writeln!(formatter, "  sql {}", one_line(&self.sql))
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "trigger {} on {}", self.name, self.table)?;
        writeln!(formatter, "  sql {}", one_line(&self.sql))
    }
}

fn flag(formatter: &mut fmt::Formatter<'_>, set: bool, text: &str) -> fmt::Result {
    formatter.write_str(if set { text } else { "" })
}

/// Keeps a text with line breaks, such as a string literal, on its line.
fn one_line(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}
