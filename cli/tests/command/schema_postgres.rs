//! `schema` on PostgreSQL: the statements make the schema in an empty database, and the JSON is what the server has then.

use crate::run::Project;
use postgres::{Client, NoTls, SimpleQueryMessage};
use serde_json::{Value, json};
use std::path::Path;
use std::{env, fs};
use tablature_test_server::shared;

/// What only one of the two would say: partitions, inheritance, names that need quotes, a parent that comes later.
const HISTORY: &[(&str, &str)] = &[
    ("migrations/tablature.toml", "dialect = \"postgres\"\n"),
    (
        "migrations/1_first.sql",
        "CREATE SCHEMA tales;
         CREATE TYPE tales.mood AS ENUM ('merry', 'grim');
         CREATE TABLE \"Story\" (
             id bigint GENERATED ALWAYS AS IDENTITY,
             part serial,
             mood tales.mood NOT NULL DEFAULT 'grim',
             title varchar(20) COLLATE \"C\",
             doubled bigint GENERATED ALWAYS AS (part * 2) STORED,
             PRIMARY KEY (part, id), UNIQUE (title)
         );
         CREATE TABLE visits (at date NOT NULL, part integer, id bigint, CHECK (id > 0)) PARTITION BY RANGE (at);
         CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
         CREATE INDEX ON visits (id, (part + 1)) WHERE part > 0;
         ALTER TABLE visits ADD FOREIGN KEY (part, id) REFERENCES \"Story\" ON DELETE CASCADE;
         ALTER TABLE visits ADD PRIMARY KEY (at, id);
         CREATE TABLE old_stories (extra text) INHERITS (\"Story\");",
    ),
    (
        "migrations/2_second.sql",
        "CREATE TEMP TABLE scratch (x integer);
         CREATE TABLE notes (id integer);
         CREATE FUNCTION is_fine(notes) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.id > 0';
         ALTER TABLE notes ADD CONSTRAINT fine CHECK (is_fine(notes));
         CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
         CREATE TRIGGER kept BEFORE INSERT ON visits FOR EACH ROW EXECUTE FUNCTION kept();
         CREATE MATERIALIZED VIEW tales.titles AS SELECT title, id AS number FROM \"Story\";
         CREATE UNIQUE INDEX titles_key ON tales.titles (number);
         CREATE VIEW visited AS SELECT s.title, v.at FROM \"Story\" s JOIN visits v USING (id);
         CREATE SEQUENCE numbers AS smallint INCREMENT -2 MAXVALUE 100 CYCLE;
         COMMENT ON TABLE visits IS 'who''s been here';",
    ),
];

#[test]
fn json_adds_the_schema_of_each_object_enums_and_sequences() {
    let project = Project::new(&[
        HISTORY[0],
        (
            "migrations/1_first.sql",
            "CREATE TYPE mood AS ENUM ('merry', 'grim');
             CREATE TABLE parents (id serial PRIMARY KEY);
             CREATE TABLE children (
                 parent integer REFERENCES parents ON DELETE SET NULL, mood mood DEFAULT 'grim', UNIQUE (mood)
             );
             CREATE INDEX by_mood ON children (mood) WHERE parent IS NULL;",
        ),
    ]);
    let run = project.run("schema --format json");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let column = |name: &str, r#type: &str| {
        json!({
            "name": name, "type": r#type, "not_null": false, "default": null, "primary_key": 0,
            "generated": null,
        })
    };
    let mut id = column("id", "integer");
    id["not_null"] = json!(true);
    id["default"] = json!("nextval('parents_id_seq'::regclass)");
    id["primary_key"] = json!(1);
    let mut mood = column("mood", "mood");
    mood["default"] = json!("'grim'::mood");
    assert_eq!(
        without_history(serde_json::from_str(&run.stdout).unwrap()),
        json!({
            "dialect": "postgres",
            "version": 1,
            "tables": [
                {
                    "schema": "public", "name": "parents", "kind": "table", "strict": false,
                    "without_rowid": false, "columns": [id], "foreign_keys": [], "unique": [],
                },
                {
                    "schema": "public", "name": "children", "kind": "table", "strict": false,
                    "without_rowid": false,
                    "columns": [column("parent", "integer"), mood],
                    "foreign_keys": [{
                        "columns": ["parent"], "schema": "public", "table": "parents",
                        "references": ["id"], "on_update": "NO ACTION", "on_delete": "SET NULL",
                    }],
                    "unique": [["mood"]],
                },
            ],
            "indexes": [{
                "schema": "public", "name": "by_mood", "table": "children", "unique": false,
                "columns": ["mood"], "partial": true,
            }],
            "views": [],
            "triggers": [],
            "enums": [{"schema": "public", "name": "mood", "labels": ["merry", "grim"]}],
            "sequences": [{"schema": "public", "name": "parents_id_seq"}],
        })
    );
}

#[test]
fn sql_is_read_as_it_is_written() {
    let project = Project::new(&[
        HISTORY[0],
        (
            "migrations/1_first.sql",
            "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT '?');
             CREATE TABLE posts (author bigint REFERENCES users);",
        ),
        ("migrations/2_second.sql", "DROP TABLE posts;"),
    ]);
    let run = project.run("schema --at 1");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        run.stdout,
        "SET search_path = public;\n\n\
         CREATE TABLE users (\n    \
             id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,\n    \
             name text DEFAULT '?'::text NOT NULL,\n    \
             CONSTRAINT users_pkey PRIMARY KEY (id)\n\
         );\n\n\
         CREATE TABLE posts (\n    \
             author bigint,\n    \
             CONSTRAINT posts_author_fkey FOREIGN KEY (author) REFERENCES users(id)\n\
         );\n"
    );
    assert!(!project.run("schema").stdout.contains("posts"));
    assert_eq!(project.run("schema --at 0").stdout, "");
}

#[test]
fn statements_and_json_are_those_of_the_server() {
    compare(&Project::new(HISTORY), "the history");
}

#[test]
fn statements_and_json_of_public_histories_are_those_of_the_server() {
    // Each is replayed twice here, which takes long for long ones; `postgres_script` runs what is printed of all of them.
    const FILES: usize = 40;
    let Some(corpus) = env::var_os("TABLATURE_CORPUS") else {
        return;
    };
    let mut histories: Vec<_> = fs::read_dir(Path::new(&corpus).join("postgres"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("order.txt").is_file())
        .collect();
    histories.sort();
    for history in histories {
        let name = history.file_name().unwrap().to_string_lossy().into_owned();
        let order = fs::read_to_string(history.join("order.txt")).unwrap();
        if order.lines().count() <= FILES {
            compare(&project_of(&history), &name);
        }
    }
}

/// A history under names that are a convention's.
fn project_of(history: &Path) -> Project {
    let read = |name: &str| fs::read_to_string(history.join(name)).unwrap_or_default();
    let meta: Value = serde_json::from_str(&read("meta.json")).unwrap();
    let order = read("order.txt");
    let files: Vec<&str> = order.lines().filter(|line| !line.is_empty()).collect();
    let usable = meta["usable_files"].as_u64().map(|it| it as usize);
    let alone = meta["check"]["files_that_cannot_run_in_one_transaction"].to_string();
    let roles = match &meta["roles"] {
        Value::Array(roles) => Value::Array(roles.clone()).to_string(),
        _ => "[]".to_owned(),
    };
    let mut texts = vec![(
        "migrations/tablature.toml".to_owned(),
        format!("dialect = \"postgres\"\nroles = {roles}\n"),
    )];
    let setup = meta["session_setup"].as_str().unwrap_or_default();
    let prelude = Some("prelude.sql").filter(|it| history.join(it).is_file());
    let files = files.iter().take(usable.unwrap_or(files.len())).copied();
    for (number, file) in prelude.into_iter().chain(files).enumerate() {
        let head = match alone.contains(file) {
            true => "-- no-transaction\n",
            false => "",
        };
        let path = format!("migrations/{}_file.sql", number + 1);
        texts.push((path, format!("{head}{setup}\n{}", read(file))));
    }
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    Project::new(&texts)
}

/// Runs the statements in an empty database, and compares its catalogs with the JSON.
fn compare(project: &Project, name: &str) {
    let Some(server) = shared() else {
        return;
    };
    let printed = project.run("schema");
    assert_eq!(printed.code, Some(0), "{name}: {}", printed.stderr);
    let database = server.database();
    let mut client = Client::connect(&database.url(), NoTls).unwrap();
    for role in roles_of(&printed.stdout) {
        // Another test may have made it, and it is gone with the database's server at the latest.
        let _ = client.batch_execute(&format!("CREATE ROLE {role}"));
    }
    let made = client.batch_execute(&printed.stdout);
    assert!(made.is_ok(), "{name}: {made:?}\n{}", printed.stdout);
    client.batch_execute("RESET ALL").unwrap();
    let rows = client.simple_query(include_str!("catalog.sql")).unwrap();
    let catalog = rows.iter().find_map(|row| match row {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    let wanted: Value = serde_json::from_str(catalog.unwrap()).unwrap();
    let run = project.run("schema --format json");
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let found = without_history(found);
    for key in [
        "tables",
        "indexes",
        "views",
        "triggers",
        "enums",
        "sequences",
    ] {
        let (wanted, found) = (sorted(&wanted[key]), sorted(&found[key]));
        for (wanted, found) in wanted.iter().zip(&found) {
            assert_eq!(found, wanted, "{name}: {key}");
        }
        assert_eq!(found.len(), wanted.len(), "{name}: {key}");
    }
}

/// The roles that policies name.
fn roles_of(script: &str) -> Vec<&str> {
    let policies = script
        .lines()
        .filter(|line| line.starts_with("CREATE POLICY"));
    let names = policies.filter_map(|line| line.split_once(" TO ")?.1.split_once([' ', ';']));
    names.map(|(name, _)| name.trim_end_matches(',')).collect()
}

/// Objects, and what in them is a set, in an order of their own.
fn sorted(objects: &Value) -> Vec<Value> {
    let mut objects = objects.as_array().cloned().unwrap_or_default();
    for object in &mut objects {
        for key in ["foreign_keys", "unique"] {
            if let Some(Value::Array(set)) = object.get_mut(key) {
                set.sort_by_key(Value::to_string);
            }
        }
    }
    objects.sort_by_key(Value::to_string);
    objects
}

/// The same without where things came from.
fn without_history(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.remove("created");
            fields.remove("changed");
            for field in fields.values_mut() {
                *field = without_history(field.take());
            }
        }
        Value::Array(values) => {
            for value in values {
                *value = without_history(value.take());
            }
        }
        _ => {}
    }
    value
}
