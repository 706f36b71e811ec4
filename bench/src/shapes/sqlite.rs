//! Histories for SQLite.

use super::{Shape, created};

pub(crate) const SHAPES: [Shape; 8] = [
    Shape {
        name: "migrations",
        what: "migrations of 15 lines, 6 statements",
        sizes: [100, 1_000],
        files: |size| (1..=size).map(migration).collect(),
    },
    Shape {
        name: "columns",
        what: "columns added to one table",
        sizes: [190, 1_900],
        files: |size| {
            let add = |number| format!("ALTER TABLE t ADD COLUMN c_{number} TEXT DEFAULT 'x';\n");
            created("CREATE TABLE t (id INTEGER PRIMARY KEY);\n", size, add)
        },
    },
    Shape {
        name: "inserts",
        what: "INSERT statements of a row each",
        sizes: [200, 2_000],
        files: |size| {
            let insert =
                |number| format!("INSERT INTO t (a, b, c) VALUES ({number}, 'text', 1.5);\n");
            created(ROWS, size, insert)
        },
    },
    Shape {
        name: "rows",
        what: "rows of one INSERT",
        sizes: [1_000, 10_000],
        files: |size| {
            let rows = (0..size).map(|number| format!("({number}, 'text', 1.5)"));
            let rows = rows.collect::<Vec<_>>().join(",\n");
            vec![
                ROWS.to_owned(),
                format!("INSERT INTO t (a, b, c) VALUES\n{rows};\n"),
            ]
        },
    },
    Shape {
        name: "wide",
        what: "tables of 100 columns, with an INSERT and an UPDATE",
        sizes: [10, 100],
        files: |size| (0..size).map(wide).collect(),
    },
    Shape {
        name: "views",
        what: "views, each of the one before it",
        sizes: [150, 1_500],
        files: |size| {
            let view = |number| {
                format!(
                    "CREATE VIEW v_{} AS SELECT a, b + 1 AS b FROM v_{number};\n",
                    number + 1
                )
            };
            created("CREATE TABLE v_0 (a INTEGER, b INTEGER);\n", size, view)
        },
    },
    Shape {
        name: "renames",
        what: "renames of a table that a view, an index and a foreign key know",
        sizes: [100, 1_000],
        files: |size| {
            let rename = |number| format!("ALTER TABLE t_{number} RENAME TO t_{};\n", number + 1);
            created(KNOWN, size, rename)
        },
    },
    Shape {
        name: "queries",
        what: "UPDATE statements with a subquery over a table of 50 columns",
        sizes: [200, 2_000],
        files: |size| {
            let update = |number| {
                format!(
                    "UPDATE t SET c_1 = (SELECT max(o.c_2) FROM t AS o WHERE o.c_3 = t.c_3) WHERE id = {number};\n"
                )
            };
            created(&table(50), size, update)
        },
    },
];

const ROWS: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b TEXT, c REAL);\n";

const KNOWN: &str = "CREATE TABLE t_0 (id INTEGER PRIMARY KEY, a TEXT);\n\
    CREATE TABLE o (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t_0 (id));\n\
    CREATE INDEX i ON t_0 (a);\n\
    CREATE VIEW v AS SELECT a FROM t_0;\n";

/// A table of some columns beside its key.
fn table(columns: usize) -> String {
    let columns = (0..columns).map(|number| format!("    c_{number} TEXT NOT NULL DEFAULT ''"));
    let columns = columns.collect::<Vec<_>>().join(",\n");
    format!("CREATE TABLE t (\n    id INTEGER PRIMARY KEY,\n{columns}\n);\n")
}

fn wide(number: usize) -> String {
    let table = table(100).replacen("TABLE t", &format!("TABLE t_{number}"), 1);
    format!(
        "{table}INSERT INTO t_{number} (c_1, c_99) VALUES ('a', 'b');\n\
         UPDATE t_{number} SET c_2 = c_3 || c_4 WHERE c_98 = 'x';\n"
    )
}

/// One migration: 15 lines, 6 statements.
fn migration(number: usize) -> String {
    let parent = number - 1;
    let older = number.div_ceil(2);
    let parent = match parent {
        0 => "INTEGER".to_owned(),
        _ => format!("INTEGER REFERENCES entity_{parent} (id) ON DELETE SET NULL"),
    };
    format!(
        "-- entity {number}\n\
         CREATE TABLE entity_{number} (\n    \
             id INTEGER PRIMARY KEY,\n    \
             parent_id {parent},\n    \
             name TEXT NOT NULL,\n    \
             status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'busy', 'done')),\n    \
             price REAL,\n    \
             created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP\n\
         );\n\
         CREATE INDEX entity_{number}_by_name ON entity_{number} (name, created_at);\n\
         ALTER TABLE entity_{older} ADD COLUMN extra_{number} INTEGER NOT NULL DEFAULT 0;\n\
         \n\
         INSERT INTO entity_{number} (name, status, price) VALUES ('first', 'done', 1.5), ('second', 'new', 2);\n\
         UPDATE entity_{number} SET price = price * 2 WHERE status = 'done' AND name IS NOT NULL;\n\
         DELETE FROM entity_{older} WHERE status = 'done' AND price > 100 AND created_at < '2020-01-01';\n"
    )
}
