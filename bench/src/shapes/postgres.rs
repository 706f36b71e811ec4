//! Histories for PostgreSQL.

use super::{Shape, created};

pub(crate) const SHAPES: [Shape; 16] = [
    Shape {
        name: "migrations",
        what: "migrations of 15 lines, 6 statements",
        sizes: [100, 1_000],
        files: |size| (1..=size).map(migration).collect(),
    },
    Shape {
        name: "columns",
        what: "columns added to one table",
        sizes: [150, 1_500],
        files: |size| {
            let add = |number| format!("ALTER TABLE t ADD COLUMN c_{number} text DEFAULT 'x';\n");
            created("CREATE TABLE t (id bigint PRIMARY KEY);\n", size, add)
        },
    },
    Shape {
        name: "keys",
        what: "tables with a foreign key to one table",
        sizes: [200, 2_000],
        files: |size| {
            let add = |number| {
                format!(
                    "CREATE TABLE k_{number} (id bigint PRIMARY KEY, t bigint NOT NULL REFERENCES t ON DELETE CASCADE);\n"
                )
            };
            created("CREATE TABLE t (id bigint PRIMARY KEY);\n", size, add)
        },
    },
    Shape {
        name: "constraints",
        what: "constraints and indexes on one table",
        sizes: [100, 1_000],
        files: |size| {
            let add = |number| {
                format!(
                    "ALTER TABLE t ADD CONSTRAINT k_{number} CHECK (a > {number});\nCREATE INDEX i_{number} ON t (a, b);\n"
                )
            };
            created(ROWS, size, add)
        },
    },
    Shape {
        name: "enums",
        what: "enums, each with a table",
        sizes: [200, 2_000],
        files: |size| {
            let add = |number| {
                format!(
                    "CREATE TYPE mood_{number} AS ENUM ('sad', 'ok');\nCREATE TABLE m_{number} (id bigint PRIMARY KEY, mood mood_{number} NOT NULL DEFAULT 'ok');\n"
                )
            };
            created("", size, add)
        },
    },
    Shape {
        name: "values",
        what: "values added to one enum",
        sizes: [200, 2_000],
        files: |size| {
            let add = |number| format!("ALTER TYPE mood ADD VALUE 'v_{number}';\n");
            created("CREATE TYPE mood AS ENUM ('sad');\n", size, add)
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
            created("CREATE TABLE v_0 (a integer, b integer);\n", size, view)
        },
    },
    Shape {
        name: "replaced",
        what: "times that a view and a function are replaced",
        sizes: [150, 1_500],
        files: |size| {
            let replace = |number| {
                format!(
                    "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t WHERE a > {number};\nCREATE OR REPLACE FUNCTION f(x integer) RETURNS integer LANGUAGE plpgsql AS $$\nDECLARE n integer := {number};\nBEGIN\n  SELECT count(*) INTO n FROM t WHERE a > x;\n  RETURN n;\nEND $$;\n"
                )
            };
            created(ROWS, size, replace)
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
        name: "types",
        what: "changes of a column's type, with an index and a constraint",
        sizes: [100, 1_000],
        files: |size| {
            let change = |number| {
                let to = ["integer", "bigint"][number % 2];
                format!("ALTER TABLE t ALTER COLUMN a TYPE {to};\n")
            };
            created(
                &format!("{ROWS}CREATE INDEX i ON t (a);\nALTER TABLE t ADD CHECK (a > 0);\n"),
                size,
                change,
            )
        },
    },
    Shape {
        name: "policies",
        what: "policies and triggers on one table",
        sizes: [100, 1_000],
        files: |size| {
            let add = |number| {
                format!(
                    "CREATE POLICY p_{number} ON t USING (a = {number});\nCREATE TRIGGER g_{number} BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION stamp();\n"
                )
            };
            created(
                &format!(
                    "{ROWS}CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\n"
                ),
                size,
                add,
            )
        },
    },
    Shape {
        name: "blocks",
        what: "DO blocks that add a column if it is not there",
        sizes: [100, 1_000],
        files: |size| {
            let block = |number| {
                format!(
                    "DO $$ BEGIN\n  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c_{0}') THEN\n    ALTER TABLE t ADD COLUMN c_{0} text;\n  END IF;\nEND $$;\n",
                    number % 100
                )
            };
            created(ROWS, size, block)
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

const ROWS: &str = "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a integer NOT NULL, b text, c real);\n";

const KNOWN: &str = "CREATE TABLE t_0 (id bigint PRIMARY KEY, a text);\n\
    CREATE TABLE o (id bigint PRIMARY KEY, t bigint REFERENCES t_0 (id));\n\
    CREATE INDEX i ON t_0 (a);\n\
    CREATE VIEW v AS SELECT a FROM t_0;\n";

/// A table of some columns beside its key.
fn table(columns: usize) -> String {
    let columns = (0..columns).map(|number| format!("    c_{number} text NOT NULL DEFAULT ''"));
    let columns = columns.collect::<Vec<_>>().join(",\n");
    format!("CREATE TABLE t (\n    id bigint PRIMARY KEY,\n{columns}\n);\n")
}

fn wide(number: usize) -> String {
    let table = table(100).replacen("TABLE t", &format!("TABLE t_{number}"), 1);
    format!(
        "{table}INSERT INTO t_{number} (id, c_1, c_99) VALUES (1, 'a', 'b');\n\
         UPDATE t_{number} SET c_2 = c_3 || c_4 WHERE c_98 = 'x';\n"
    )
}

/// One migration: 15 lines, 6 statements.
fn migration(number: usize) -> String {
    let parent = number - 1;
    let older = number.div_ceil(2);
    let parent = match parent {
        0 => "bigint".to_owned(),
        _ => format!("bigint REFERENCES entity_{parent} (id) ON DELETE SET NULL"),
    };
    format!(
        "-- entity {number}\n\
         CREATE TABLE entity_{number} (\n    \
             id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,\n    \
             parent_id {parent},\n    \
             name text NOT NULL,\n    \
             status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'busy', 'done')),\n    \
             price numeric(10, 2),\n    \
             created_at timestamptz NOT NULL DEFAULT now()\n\
         );\n\
         CREATE INDEX entity_{number}_by_name ON entity_{number} (name, created_at);\n\
         ALTER TABLE entity_{older} ADD COLUMN extra_{number} integer NOT NULL DEFAULT 0;\n\
         \n\
         INSERT INTO entity_{number} (name, status, price) VALUES ('first', 'done', 1.5), ('second', 'new', 2);\n\
         UPDATE entity_{number} SET price = price * 2 WHERE status = 'done' AND name IS NOT NULL;\n\
         DELETE FROM entity_{older} WHERE status = 'done' AND price > 100 AND created_at < '2020-01-01';\n"
    )
}
