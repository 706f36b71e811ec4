//! A database whose schema is not what the migrations define: every kind of difference, and what is none.

use crate::support::{dump, migrations, migrations_expecting};
use tablature::difference::differences;
use tablature::rusqlite::Connection;
use tablature::schema::Schema;
use tablature::{Error, Migrations};

fn schema(sql: &str) -> Schema {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    tablature::schema::read(&connection).unwrap()
}

/// The differences between the schema that the migrations define and the one that is found, a line each.
fn lines(expected: &str, found: &str) -> Vec<String> {
    let list = differences(&schema(expected), &schema(found));
    list.iter().map(ToString::to_string).collect()
}

#[test]
fn quoting_case_spacing_and_the_order_of_constraints_do_not_count() {
    let expected = "
        CREATE TABLE Users (id INTEGER PRIMARY KEY, email VARCHAR(255) NOT NULL UNIQUE DEFAULT 'A' CHECK (email <> ''),
          age INT DEFAULT (0) CHECK (age > 0), parent INT REFERENCES users, other INT REFERENCES Users (id));
        CREATE INDEX by_age ON Users (age) WHERE age IS NOT NULL;
        CREATE VIEW adults AS SELECT * FROM Users WHERE age >= 18;
        CREATE TRIGGER t AFTER INSERT ON Users BEGIN UPDATE Users SET age = 1 WHERE id = new.id; END;";
    let found = "
        create table if not exists \"users\"(\"id\" integer, [EMAIL] varchar ( 255 ) default 'A' not null, `age` int default 0,
          \"parent\" int, \"other\" int, -- a comment
          foreign key (other) references \"users\" (ID), foreign key (parent) references users (id), primary key (id),
          check (age>0), check (\"email\" != ''), unique (email));
        create index if not exists main.by_age on \"users\" ( \"age\" ) where \"age\" is not null;
        create view if not exists [Adults] as select * from users where age>=18;
        create trigger if not exists T after insert on users begin update users set age=1 where id=NEW.id; end;";
    assert_eq!(lines(expected, found), [""; 0]);
}

#[test]
fn what_is_the_default_does_not_count() {
    for (one, other) in [
        ("CREATE TABLE t (a DEFAULT NULL)", "CREATE TABLE t (a)"),
        (
            "CREATE TABLE t (a DEFAULT +1)",
            "CREATE TABLE t (a DEFAULT 1)",
        ),
        (
            "CREATE TABLE t (a DEFAULT 0x10)",
            "CREATE TABLE t (a DEFAULT 16)",
        ),
        (
            "CREATE TABLE t (a DEFAULT \"Word\", b DEFAULT Word)",
            "CREATE TABLE t (a DEFAULT 'Word', b DEFAULT \"Word\")",
        ),
        (
            "CREATE TABLE t (a CHECK ((a > 0)))",
            "CREATE TABLE t (a CHECK (a > 0))",
        ),
        (
            "CREATE TABLE t (a); CREATE INDEX i ON t (a ASC)",
            "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
        ),
        (
            "CREATE TABLE t (a); CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW BEGIN SELECT 1; END",
            "CREATE TABLE t (a); CREATE TRIGGER r INSERT ON t BEGIN SELECT 1; END",
        ),
        (
            "CREATE TABLE t (a UNIQUE ON CONFLICT ABORT, b NOT NULL ON CONFLICT ABORT COLLATE nocase, UNIQUE (b COLLATE NOCASE ASC))",
            "CREATE TABLE t (a, b COLLATE nocase NOT NULL, UNIQUE (b), UNIQUE (a COLLATE binary))",
        ),
        (
            "CREATE TABLE t (a UNIQUE ON CONFLICT REPLACE)",
            "CREATE TABLE t (a, UNIQUE (a) ON CONFLICT REPLACE)",
        ),
    ] {
        assert_eq!(lines(one, other), [""; 0], "{one}");
    }
}

#[test]
fn a_word_as_a_default_is_a_text() {
    for (one, other) in [
        ("Word", "word"),
        ("true", "\"true\""),
        ("current_date", "[current_date]"),
        ("NULL", "\"null\""),
    ] {
        let table = |default: &str| format!("CREATE TABLE t (a DEFAULT {default})");
        let found = lines(&table(one), &table(other));
        assert_eq!(found.len(), 1, "{one} and {other}: {found:?}");
    }
}

#[test]
fn what_a_constraint_says_beyond_its_columns() {
    for (expected, found, missing) in [
        (
            "a UNIQUE ON CONFLICT REPLACE",
            "a UNIQUE",
            "UNIQUE (a) ON CONFLICT REPLACE",
        ),
        (
            "a, UNIQUE (a COLLATE NOCASE)",
            "a, UNIQUE (a)",
            "UNIQUE (a COLLATE nocase)",
        ),
        (
            "a, b, PRIMARY KEY (a COLLATE NOCASE, b)",
            "a, b, PRIMARY KEY (a, b)",
            "PRIMARY KEY (a COLLATE nocase, b)",
        ),
        (
            "a, b, PRIMARY KEY (a DESC, b)",
            "a, b, PRIMARY KEY (a, b)",
            "PRIMARY KEY (a DESC, b)",
        ),
        (
            "a INTEGER PRIMARY KEY DESC",
            "a INTEGER PRIMARY KEY",
            "a PRIMARY KEY DESC",
        ),
        (
            "a NOT NULL ON CONFLICT IGNORE",
            "a NOT NULL",
            "NOT NULL (a) ON CONFLICT IGNORE",
        ),
        (
            "a INTEGER PRIMARY KEY ON CONFLICT REPLACE",
            "a INTEGER PRIMARY KEY",
            "PRIMARY KEY (a) ON CONFLICT REPLACE",
        ),
    ] {
        let expected = format!("CREATE TABLE t ({expected})");
        let found = format!("CREATE TABLE t ({found})");
        assert_eq!(
            lines(&expected, &found),
            [format!("constraint `{missing}` of table `t` is missing")]
        );
        assert_eq!(
            lines(&found, &expected),
            [format!(
                "constraint `{missing}` of table `t` is unexpected: no migration defines it"
            )]
        );
    }
}

#[test]
fn a_table_named_like_a_function_of_the_engine_hides_nothing() {
    let names = [
        "pragma_table_info",
        "pragma_table_xinfo",
        "pragma_index_list",
        "pragma_index_info",
        "pragma_foreign_key_list",
        "pragma_foreign_key_check",
        "pragma_schema_version",
    ];
    for kind in ["", "TEMP "] {
        let create: String = names
            .iter()
            .map(|name| format!("CREATE {kind}TABLE {name} (a UNIQUE REFERENCES {name} (a));\n"))
            .collect();
        let create: &'static str = create.leak();
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "foreign_keys", true)
            .unwrap();
        let all = migrations(&[("1_create", create)]);
        all.apply(&mut connection).unwrap();
        connection
            .execute_batch(&create.replace("CREATE TABLE", "CREATE TEMP TABLE"))
            .unwrap();
        all.verify(&connection).unwrap();
        assert!(all.apply(&mut connection).unwrap().applied.is_empty());
    }
}

#[test]
fn whole_objects() {
    let table = "CREATE TABLE a (x); ";
    let b = "CREATE TABLE b (y); CREATE INDEX i ON b (y); CREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT 1; END;";
    let view = "CREATE VIEW v AS SELECT x FROM a;";
    assert_eq!(
        lines(&format!("{table}{b}{view}"), table),
        ["table `b` is missing", "view `v` is missing"]
    );
    assert_eq!(
        lines(table, &format!("{table}{b}{view}")),
        [
            "table `b` is unexpected: no migration defines it",
            "view `v` is unexpected: no migration defines it"
        ]
    );
    let things = "CREATE INDEX i ON a (x); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;";
    assert_eq!(
        lines(&format!("{table}{things}"), table),
        ["index `i` is missing", "trigger `t` is missing"]
    );
    assert_eq!(
        lines(table, &format!("{table}{things}")),
        [
            "index `i` is unexpected: no migration defines it",
            "trigger `t` is unexpected: no migration defines it"
        ]
    );
}

#[test]
fn definitions() {
    let table = "CREATE TABLE a (x, y);";
    assert_eq!(
        lines(
            &format!(
                "{table} CREATE UNIQUE INDEX i ON a (x); CREATE VIEW v AS SELECT x FROM a;
                 CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;"
            ),
            &format!(
                "{table} CREATE INDEX i ON a (x); CREATE VIEW v AS SELECT y FROM a;
                 CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT 1; END;"
            )
        ),
        [
            "the definition of index `i` is `create index i on a ( x )`, \
             and the migrations define `create unique index i on a ( x )`",
            "the definition of view `v` is `create view v as select y from a`, \
             and the migrations define `create view v as select x from a`",
            "the definition of trigger `t` is `create trigger t insert on a begin select 1 ; end`, \
             and the migrations define `create trigger t after insert on a begin select 1 ; end`",
        ]
    );
}

#[test]
fn columns() {
    assert_eq!(
        lines(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, gone TEXT, kind INTEGER, must TEXT NOT NULL, d DEFAULT 1,
               g INT AS (d + 1) STORED, n TEXT COLLATE NOCASE)",
            "CREATE TABLE a (id INTEGER PRIMARY KEY, kind TEXT, must TEXT, d DEFAULT '1', g INT AS (d + 2), n TEXT, more)"
        ),
        [
            "the default of column `a.d` is `'1'`, and the migrations define `1`",
            "the generated expression of column `a.g` is `as ( d + 2 ) virtual`, \
             and the migrations define `as ( d + 1 ) stored`",
            "column `a.gone` is missing",
            "the type of column `a.kind` is `TEXT`, and the migrations define `INTEGER`",
            "column `a.more` is unexpected: no migration defines it",
            "the nullability of column `a.must` is `NULL`, and the migrations define `NOT NULL`",
            "the collation of column `a.n` is `binary`, and the migrations define `nocase`",
        ]
    );
    assert_eq!(
        lines("CREATE TABLE a (x INT, y)", "CREATE TABLE a (y INT, x)"),
        [
            "the type of column `a.x` is `none`, and the migrations define `INT`",
            "the type of column `a.y` is `INT`, and the migrations define `none`",
            "the order of columns of table `a` is `y, x`, and the migrations define `x, y`",
        ]
    );
}

#[test]
fn properties_of_tables() {
    assert_eq!(
        lines(
            "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)",
            "CREATE TABLE a (id INTEGER PRIMARY KEY)"
        ),
        ["AUTOINCREMENT of table `a` is `off`, and the migrations define `on`"]
    );
    assert_eq!(
        lines(
            "CREATE TABLE a (id INT NOT NULL PRIMARY KEY) STRICT",
            "CREATE TABLE a (id INT NOT NULL PRIMARY KEY) WITHOUT ROWID"
        ),
        [
            "STRICT of table `a` is `off`, and the migrations define `on`",
            "WITHOUT ROWID of table `a` is `on`, and the migrations define `off`",
        ]
    );
    assert_eq!(
        lines(
            "CREATE TABLE a (x, y, PRIMARY KEY (y, x))",
            "CREATE TABLE a (x, y, PRIMARY KEY (x, y))"
        ),
        ["the primary key of table `a` is `x, y`, and the migrations define `y, x`"]
    );
    assert_eq!(
        lines("CREATE TABLE a (x PRIMARY KEY)", "CREATE TABLE a (x)"),
        ["the primary key of table `a` is `none`, and the migrations define `x`"]
    );
    assert_eq!(
        lines("CREATE VIRTUAL TABLE a USING fts5(x)", "CREATE TABLE a (x)"),
        [
            "the kind of table `a` is `an ordinary table`, and the migrations define `a virtual table using fts5 ( x )`"
        ]
    );
    assert_eq!(
        lines(
            "CREATE VIRTUAL TABLE a USING fts5(x)",
            "CREATE VIRTUAL TABLE a USING FTS5 (x)"
        ),
        [""; 0]
    );
}

#[test]
fn constraints() {
    assert_eq!(
        lines(
            "CREATE TABLE a (x UNIQUE, y, z, CHECK (x > 1), CHECK (x > 1), UNIQUE (y, z), FOREIGN KEY (y) REFERENCES b (k))",
            "CREATE TABLE a (x, y, z, CHECK (x > 1), CHECK (x > 2), UNIQUE (z, y), FOREIGN KEY (z) REFERENCES b (k))"
        ),
        [
            "constraint `UNIQUE (x)` of table `a` is missing",
            "constraint `UNIQUE (y, z)` of table `a` is missing",
            "constraint `UNIQUE (z, y)` of table `a` is unexpected: no migration defines it",
            "constraint `CHECK (x > 1)` of table `a` is missing",
            "constraint `CHECK (x > 2)` of table `a` is unexpected: no migration defines it",
            "foreign key `(y) REFERENCES b` of table `a` is missing",
            "foreign key `(z) REFERENCES b` of table `a` is unexpected: no migration defines it",
        ]
    );
    assert_eq!(
        lines(
            "CREATE TABLE p (id INTEGER PRIMARY KEY, k UNIQUE);
             CREATE TABLE c (p REFERENCES p ON DELETE SET NULL, q REFERENCES p (k) DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TABLE p (id INTEGER PRIMARY KEY, k UNIQUE);
             CREATE TABLE c (p REFERENCES p (k) ON DELETE CASCADE, q REFERENCES p (k) ON UPDATE CASCADE)"
        ),
        [
            "the referenced key of foreign key `(p) REFERENCES p` of table `c` is `k`, and the migrations define `id`",
            "ON DELETE of foreign key `(p) REFERENCES p` of table `c` is `CASCADE`, and the migrations define `SET NULL`",
            "ON UPDATE of foreign key `(q) REFERENCES p` of table `c` is `CASCADE`, and the migrations define `NO ACTION`",
            "the time of checking of foreign key `(q) REFERENCES p` of table `c` is `immediate`, \
             and the migrations define `deferred`",
        ]
    );
}

const STATISTICS: (&str, &str) = (
    "1_statistics",
    "CREATE TABLE statistics (tale TEXT PRIMARY KEY, total INTEGER NOT NULL DEFAULT 0);",
);

fn statistics() -> Migrations {
    migrations(&[STATISTICS])
}

#[test]
fn a_database_that_was_changed_by_hand_is_seen_at_the_next_start() {
    let mut connection = Connection::open_in_memory().unwrap();
    statistics().apply(&mut connection).unwrap();
    connection
        .execute_batch(
            "ALTER TABLE statistics RENAME COLUMN total TO usage_count; CREATE TABLE notes (x)",
        )
        .unwrap();
    let before = dump(&connection);
    let expected = "the schema of the database is not what the migrations define:\
        \n  table `notes` is unexpected: no migration defines it\
        \n  column `statistics.total` is missing (migrations/1_statistics.sql:1)\
        \n  column `statistics.usage_count` is unexpected: no migration defines it\
        \nbring the database back to what the migrations define, for which `repair` writes the script, \
        or name tables that belong to others with `MIGRATIONS.runner().ignore_tables([…])`";
    for error in [
        statistics().apply(&mut connection).unwrap_err(),
        statistics().verify(&connection).unwrap_err(),
    ] {
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(dump(&connection), before);

    connection
        .execute_batch(
            "ALTER TABLE statistics RENAME COLUMN usage_count TO total; DROP TABLE notes",
        )
        .unwrap();
    statistics().apply(&mut connection).unwrap();
    statistics().verify(&connection).unwrap();
}

#[test]
fn migrations_that_do_not_arrive_at_the_schema_are_not_recorded() {
    let mut connection = Connection::open_in_memory().unwrap();
    let before = dump(&connection);
    let wrong = migrations_expecting(
        &[STATISTICS],
        "CREATE TABLE statistics (tale TEXT PRIMARY KEY)",
    );
    let error = wrong.apply(&mut connection).unwrap_err();
    assert!(matches!(&error, Error::SchemaMismatch { differences } if differences.len() == 1));
    assert_eq!(dump(&connection), before);
}

#[test]
fn a_migration_may_correct_a_changed_database() {
    let mut connection = Connection::open_in_memory().unwrap();
    statistics().apply(&mut connection).unwrap();
    connection.execute_batch("DROP TABLE statistics").unwrap();
    migrations(&[
        STATISTICS,
        (
            "2_correct",
            "DROP TABLE IF EXISTS statistics; CREATE TABLE statistics (tale TEXT PRIMARY KEY);",
        ),
    ])
    .apply(&mut connection)
    .unwrap();
}

#[test]
fn temporary_objects_are_not_looked_at() {
    let mut connection = Connection::open_in_memory().unwrap();
    statistics().apply(&mut connection).unwrap();
    connection
        .execute_batch("CREATE TEMP TABLE statistics (other); CREATE TEMP VIEW v AS SELECT 1; ATTACH ':memory:' AS b; CREATE TABLE b.c (x)")
        .unwrap();
    statistics().verify(&connection).unwrap();
}
