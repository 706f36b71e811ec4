use crate::run::{Project, in_workspace};
use rusqlite::Connection;
use serde_json::{Value, json};

const HISTORY: &[(&str, &str)] = &[
    (
        "migrations/1_first.sql",
        "CREATE TABLE \"Parent\" (a INTEGER, b TEXT DEFAULT ('x' || 'y'), PRIMARY KEY (b, a), UNIQUE (b));
         CREATE TABLE child (
             id INTEGER PRIMARY KEY,
             pa INT, pb VARCHAR(10),
             doubled INT AS (pa * 2) STORED,
             FOREIGN KEY (pb, pa) REFERENCES parent (b, a) ON DELETE SET NULL,
             FOREIGN KEY (id) REFERENCES Parent
         );",
    ),
    (
        "migrations/3_second.sql",
        "CREATE TEMP TABLE scratch (x);
         CREATE VIEW both AS SELECT a, id AS child FROM Parent, child;
         CREATE INDEX by_expression ON child (pb, pa + 1) WHERE pa IS NOT NULL;
         CREATE TRIGGER kept AFTER INSERT ON child BEGIN DELETE FROM Parent; END;
         CREATE VIRTUAL TABLE words USING fts5(word);
         ALTER TABLE child RENAME COLUMN pb TO parent_b;",
    ),
];

#[test]
fn json_has_the_shape_of_the_contract() {
    let project = Project::new(HISTORY);
    let run = project.run("schema --format json --allow broken_foreign_key");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let column = |name: &str, r#type: &str| {
        json!({
            "name": name, "type": r#type, "not_null": false, "default": null, "primary_key": 0,
            "generated": null,
        })
    };
    let with = |mut column: Value, key: &str, value: Value| {
        column[key] = value;
        column
    };
    assert_eq!(
        without_history(serde_json::from_str(&run.stdout).unwrap()),
        json!({
            "dialect": "sqlite",
            "version": 3,
            "tables": [
                {
                    "name": "Parent", "kind": "table", "strict": false, "without_rowid": false,
                    "columns": [
                        with(column("a", "INTEGER"), "primary_key", json!(2)),
                        with(
                            with(column("b", "TEXT"), "primary_key", json!(1)),
                            "default",
                            json!("'x' || 'y'"),
                        ),
                    ],
                    "foreign_keys": [],
                    "unique": [["b"]],
                },
                {
                    "name": "child", "kind": "table", "strict": false, "without_rowid": false,
                    "columns": [
                        with(column("id", "INTEGER"), "primary_key", json!(1)),
                        column("pa", "INT"),
                        column("parent_b", "VARCHAR(10)"),
                        with(column("doubled", "INT"), "generated", json!("stored")),
                    ],
                    "foreign_keys": [
                        {
                            "columns": ["parent_b", "pa"], "table": "parent",
                            "references": ["b", "a"],
                            "on_update": "NO ACTION", "on_delete": "SET NULL",
                        },
                        {
                            "columns": ["id"], "table": "Parent", "references": [],
                            "on_update": "NO ACTION", "on_delete": "NO ACTION",
                        },
                    ],
                    "unique": [],
                },
                {
                    "name": "words", "kind": "virtual", "strict": false, "without_rowid": false,
                    "columns": [column("word", "")],
                    "foreign_keys": [],
                    "unique": [],
                },
            ],
            "indexes": [{
                "name": "by_expression", "table": "child", "unique": false,
                "columns": ["parent_b", null], "partial": true,
            }],
            "views": [{"name": "both", "columns": ["a", "child"]}],
            "triggers": [{"name": "kept", "table": "child"}],
        })
    );
}

/// The schema without what the order of the migrations decides.
fn without_history(mut schema: Value) -> Value {
    match &mut schema {
        Value::Array(items) => {
            for item in items {
                *item = without_history(item.take());
            }
        }
        Value::Object(members) => {
            members.remove("created");
            members.remove("changed");
            for member in members.values_mut() {
                *member = without_history(member.take());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    schema
}

#[test]
fn json_tells_where_everything_was_created_and_changed() {
    let project = Project::new(&[
        (
            "migrations/1_first.sql",
            "CREATE TABLE t (a INTEGER,\n    b TEXT);
             CREATE INDEX by_a ON t (a);
             CREATE VIEW shown AS SELECT a FROM t;
             CREATE TRIGGER kept AFTER INSERT ON t BEGIN SELECT new.a; END;",
        ),
        (
            "migrations/2_change.sql",
            "ALTER TABLE t RENAME COLUMN a TO number;\nALTER TABLE t ADD COLUMN c INTEGER;",
        ),
        (
            "migrations/3_rebuild.sql",
            "CREATE TABLE n (number INTEGER NOT NULL, c INTEGER, d TEXT);
INSERT INTO n SELECT number, c, b FROM t;
DROP VIEW shown;
DROP TABLE t;
ALTER TABLE n RENAME TO t;
CREATE INDEX by_a ON t (number);
CREATE VIEW shown AS SELECT number, d FROM t;",
        ),
    ]);
    let run = project.run("schema --format json");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    let at = |file: &str, line: u32, column: u32| {
        json!({
            "file": format!("migrations/{file}.sql"), "line": line, "column": column,
        })
    };
    let change = |file: &str, line: u32, column: u32, what: &str| {
        let mut change = at(file, line, column);
        change["what"] = json!(what);
        change
    };
    let table = &schema["tables"][0];
    assert_eq!(table["created"], at("1_first", 1, 14));
    assert_eq!(
        table["changed"],
        json!([
            change("2_change", 1, 34, "column `a` renamed to `number`"),
            change("2_change", 2, 26, "column `c` added"),
            change("3_rebuild", 1, 14, "created again"),
            change("3_rebuild", 5, 25, "renamed from `n`"),
        ])
    );
    let [number, c, d] = table["columns"].as_array().unwrap().as_slice() else {
        panic!("{table}");
    };
    assert_eq!(number["created"], at("1_first", 1, 17));
    assert_eq!(
        number["changed"],
        json!([
            change("2_change", 1, 34, "renamed from `a`"),
            change("3_rebuild", 1, 17, "created again"),
        ])
    );
    assert_eq!(c["created"], at("2_change", 2, 26));
    assert_eq!(
        c["changed"],
        json!([change("3_rebuild", 1, 42, "created again")])
    );
    assert_eq!(d["created"], at("3_rebuild", 1, 53));
    assert_eq!(d["changed"], json!([]));
    assert_eq!(schema["indexes"][0]["created"], at("1_first", 3, 27));
    assert_eq!(
        schema["indexes"][0]["changed"],
        json!([
            change("2_change", 1, 34, "rewritten by an ALTER TABLE"),
            change("3_rebuild", 6, 14, "created again"),
        ])
    );
    assert_eq!(schema["views"][0]["created"], at("1_first", 4, 26));
    assert_eq!(
        schema["views"][0]["changed"],
        json!([
            change("2_change", 1, 34, "rewritten by an ALTER TABLE"),
            change("3_rebuild", 7, 13, "created again"),
        ])
    );
    assert_eq!(schema["triggers"], json!([]));
}

#[test]
fn a_version_is_the_state_after_it() {
    let project = Project::new(HISTORY);
    let at = |version: &str| {
        let run = project.run(&format!("schema --format json --at {version}"));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let schema: Value = serde_json::from_str(&run.stdout).unwrap();
        (
            schema["version"].clone(),
            schema["tables"].as_array().unwrap().len(),
        )
    };
    assert_eq!(at("0"), (Value::Null, 0));
    assert_eq!(at("1"), (json!(1), 2));
    assert_eq!(at("3"), (json!(3), 3));
}

#[test]
fn a_version_that_is_not_there_is_refused() {
    let project = Project::new(HISTORY);
    for (version, known) in [("2", "the nearest are 1 and 3"), ("4", "the last is 3")] {
        let run = project.run(&format!("schema --at {version}"));
        assert_eq!(run.code, Some(2));
        assert_eq!(run.stdout, "");
        assert_eq!(
            run.stderr,
            format!("error: no migration has version {version}; {known}\n")
        );
    }
}

#[test]
fn a_rejected_history_is_printed_as_far_as_it_goes() {
    let project = Project::new(&[
        ("migrations/1_a.sql", "CREATE TABLE a (x);"),
        ("migrations/2_b.sql", "ALTER TABLE b ADD COLUMN y;"),
    ]);
    let run = project.run("schema");
    assert_eq!(run.code, Some(0));
    assert_eq!(run.stdout, "CREATE TABLE a (x);\n");
    assert_eq!(
        run.stderr,
        "warning: the migrations have 1 error; this is the schema as far as they can be replayed\n"
    );
}

#[test]
fn the_printed_statements_make_the_same_schema() {
    let project = Project::new(HISTORY);
    for (printed, json) in [
        (in_workspace("schema"), in_workspace("schema --format json")),
        (
            project.run("schema --allow broken_foreign_key"),
            project.run("schema --format json"),
        ),
    ] {
        assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
        Connection::open_in_memory()
            .unwrap()
            .execute_batch(&printed.stdout)
            .unwrap();
        let again = Project::new(&[("migrations/1_all.sql", &printed.stdout)]);
        let mut before: Value = serde_json::from_str(&json.stdout).unwrap();
        let after = again.run("schema --format json").stdout;
        before["version"] = json!(1);
        let after = serde_json::from_str(&after).unwrap();
        assert_eq!(without_history(before), without_history(after));
    }
}
