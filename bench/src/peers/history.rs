//! The history that all contenders apply, in the file names that each wants.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a migration does; a history goes through them again and again.
enum Kind {
    CreateTable,
    AddColumn,
    CreateIndex,
    RenameColumn,
    Insert,
    Update,
}

use Kind::{AddColumn, CreateIndex, CreateTable, Insert, RenameColumn, Update};

/// A quarter each of tables, columns and indexes, an eighth of renames, and some rows: what public histories consist of.
const KINDS: [Kind; 16] = [
    CreateTable,
    AddColumn,
    CreateIndex,
    CreateTable,
    AddColumn,
    CreateIndex,
    RenameColumn,
    Insert,
    CreateTable,
    AddColumn,
    CreateIndex,
    CreateTable,
    AddColumn,
    CreateIndex,
    RenameColumn,
    Update,
];

/// Where a tool wants its files.
#[derive(Clone, Copy)]
pub(crate) enum Convention {
    /// `0001_name.sql`
    Numbered,
    /// `0001_name.sql`, and `list.rs`, a list of `(number, name, text)`.
    Listed,
    /// `V1__name.sql`
    V,
    /// `0001_name/up.sql`
    Directories,
    /// `0001-name/up.sql`
    DashedDirectories,
    /// `0001_name/migration.sql`
    MigrationDirectories,
}

/// A migration: its name, without a number, and its text.
pub(crate) struct Migration {
    pub(crate) name: String,
    pub(crate) sql: String,
}

/// A history of some migrations, the same on every machine.
pub(crate) fn history(size: usize) -> Vec<Migration> {
    let mut writer = Writer {
        random: fastrand::Rng::with_seed(1),
        tables: Vec::new(),
    };
    (1..=size)
        .zip(KINDS.iter().cycle())
        .map(|(number, kind)| writer.migration(number, kind))
        .collect()
}

/// A table that the history has made, and the names of its columns that are not its key or a reference.
struct Table {
    name: String,
    columns: Vec<String>,
}

struct Writer {
    random: fastrand::Rng,
    tables: Vec<Table>,
}

impl Writer {
    fn migration(&mut self, number: usize, kind: &Kind) -> Migration {
        if let CreateTable = kind {
            return self.table();
        }
        let at = self.random.usize(..self.tables.len());
        let Some(table) = self.tables.get_mut(at) else {
            return self.table();
        };
        let column = self.random.usize(..table.columns.len());
        let Table { name, columns } = table;
        let column = columns.get_mut(column);
        let column = column.expect("every table has columns");
        match kind {
            CreateTable => self.table(),
            AddColumn => {
                let added = format!("added_{number}");
                let sql = format!(
                    "ALTER TABLE {name} ADD COLUMN {added} TEXT NOT NULL DEFAULT 'none';\n"
                );
                let name = format!("add_{added}_to_{name}");
                columns.push(added);
                Migration { name, sql }
            }
            CreateIndex => Migration {
                sql: format!("CREATE INDEX {name}_by_{column}_{number} ON {name} ({column});\n"),
                name: format!("index_{name}_by_{column}"),
            },
            RenameColumn => {
                let old = std::mem::replace(column, format!("renamed_{number}"));
                Migration {
                    sql: format!("ALTER TABLE {name} RENAME COLUMN {old} TO {column};\n"),
                    name: format!("rename_{old}_of_{name}"),
                }
            }
            Insert => Migration {
                sql: format!(
                    "INSERT INTO {name} ({column}) VALUES ('first'), ('second'), ('third');\n"
                ),
                name: format!("seed_{name}"),
            },
            Update => Migration {
                sql: format!("UPDATE {name} SET {column} = 'done' WHERE id > 1;\n"),
                name: format!("update_{name}"),
            },
        }
    }

    /// Makes a table of 8 to 13 columns, of which every second has a reference to the table before it.
    fn table(&mut self) -> Migration {
        let number = self.tables.len() + 1;
        let name = format!("entity_{number}");
        let mut sql = format!("CREATE TABLE {name} (\n    id INTEGER PRIMARY KEY");
        if let Some(parent) = self.tables.last().filter(|_| number % 2 == 0) {
            let parent = &parent.name;
            let _ = write!(
                sql,
                ",\n    parent_id INTEGER REFERENCES {parent} (id) ON DELETE SET NULL"
            );
        }
        const TYPES: [&str; 4] = [
            "TEXT",
            "TEXT NOT NULL DEFAULT 'new'",
            "INTEGER NOT NULL DEFAULT 0",
            "REAL",
        ];
        let columns: Vec<String> = (1..=self.random.usize(7..12))
            .map(|number| format!("field_{number}"))
            .collect();
        for (column, declared) in columns.iter().zip(TYPES.iter().cycle()) {
            let _ = write!(sql, ",\n    {column} {declared}");
        }
        sql.push_str("\n);\n");
        let migration = Migration {
            name: format!("create_{name}"),
            sql,
        };
        self.tables.push(Table { name, columns });
        migration
    }
}

/// Writes a history into a directory that has nothing else.
pub(crate) fn write(
    directory: &Path,
    history: &[Migration],
    convention: Convention,
) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    let mut list = "&[\n".to_owned();
    for (number, Migration { name, sql }) in (1..).zip(history) {
        let file = directory.join(path(number, name, convention));
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        write_if_changed(&file, sql)?;
        let _ = writeln!(
            list,
            "    ({number}, \"{name}\", include_str!(\"{number:04}_{name}.sql\")),"
        );
    }
    list.push_str("]\n");
    match convention {
        Convention::Listed => write_if_changed(&directory.join("list.rs"), &list),
        _ => Ok(()),
    }
}

/// Where a migration's text is, below the directory.
pub(crate) fn path(number: usize, name: &str, convention: Convention) -> PathBuf {
    match convention {
        Convention::Numbered | Convention::Listed => format!("{number:04}_{name}.sql").into(),
        Convention::V => format!("V{number}__{name}.sql").into(),
        Convention::Directories => Path::new(&format!("{number:04}_{name}")).join("up.sql"),
        Convention::DashedDirectories => Path::new(&format!("{number:04}-{name}")).join("up.sql"),
        Convention::MigrationDirectories => {
            Path::new(&format!("{number:04}_{name}")).join("migration.sql")
        }
    }
}

/// Leaves a file alone that has the text already, so that cargo builds nothing anew.
pub(crate) fn write_if_changed(file: &Path, text: &str) -> io::Result<()> {
    match fs::read_to_string(file) {
        Ok(there) if there == text => Ok(()),
        _ => fs::write(file, text),
    }
}
