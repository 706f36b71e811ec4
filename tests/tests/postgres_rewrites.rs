//! Which changes of a column write its table anew: `rewrites_table` says what the server does.

use postgres::{Client, NoTls};
use std::path::Path;
use tablature_schema::diagnostic::Code;
use tablature_test_server::shared;
use tablature_tests::case::Case;

const SETUP: &str =
    "CREATE DOMAIN plain AS text; CREATE DOMAIN checked AS text CHECK (VALUE <> '');
    CREATE DOMAIN short AS varchar(5); CREATE TYPE mood AS ENUM ('merry');";

/// Types of a column before and after, and what is converted if it is not the column.
const TYPES: &[(&str, &str, &str)] = &[
    ("varchar(10)", "varchar(20)", ""),
    ("varchar(10)", "varchar(5)", ""),
    ("varchar(10)", "varchar", ""),
    ("varchar", "varchar(10)", ""),
    ("varchar(10)", "text", ""),
    ("text", "varchar", ""),
    ("text", "varchar(10)", ""),
    ("varchar(10)", "text", "x::text"),
    ("varchar(10)", "text", "(x)"),
    ("varchar(10)", "text", "lower(x)"),
    ("char(10)", "char(20)", ""),
    ("char(10)", "text", ""),
    ("char(5)", "varchar", ""),
    ("text", "char(5)", ""),
    ("text", "bpchar", ""),
    ("numeric(10, 2)", "numeric(12, 2)", ""),
    ("numeric(10, 2)", "numeric(12, 4)", ""),
    ("numeric(10, 2)", "numeric(8, 2)", ""),
    ("numeric(10, 2)", "numeric", ""),
    ("numeric", "numeric(10, 2)", ""),
    ("timestamp", "timestamptz", ""),
    ("timestamptz", "timestamp", ""),
    ("timestamp(3)", "timestamp(6)", ""),
    ("timestamp(3)", "timestamp", ""),
    ("timestamp", "timestamp(3)", ""),
    ("timestamp", "timestamp(6)", ""),
    ("time(2)", "time", ""),
    ("timetz(2)", "timetz(4)", ""),
    ("timetz(4)", "timetz(2)", ""),
    ("interval(2)", "interval", ""),
    ("interval", "interval(6)", ""),
    ("interval", "interval(2)", ""),
    ("interval day to second", "interval", ""),
    ("interval", "interval day", ""),
    ("integer", "bigint", ""),
    ("bigint", "integer", ""),
    ("integer", "oid", ""),
    ("integer", "regclass", ""),
    ("integer", "numeric", ""),
    ("bit(3)", "bit(4)", ""),
    ("bit(3)", "varbit", ""),
    ("varbit(3)", "varbit(5)", ""),
    ("varbit", "varbit(3)", ""),
    ("text", "plain", ""),
    ("text", "checked", ""),
    ("plain", "text", ""),
    ("checked", "text", ""),
    ("plain", "checked", ""),
    ("varchar(10)", "plain", ""),
    ("text", "short", ""),
    ("short", "varchar(8)", ""),
    ("varchar(10)[]", "text[]", ""),
    ("varchar(10)[]", "varchar(20)[]", ""),
    ("varchar[]", "varchar(10)[]", ""),
    ("integer[]", "bigint[]", ""),
    ("numeric(10, 2)[]", "numeric[]", ""),
    ("mood", "text", ""),
    ("text", "mood", "x::mood"),
    ("cidr", "inet", ""),
    ("inet", "cidr", ""),
    ("json", "jsonb", ""),
    ("json", "text", ""),
    ("xml", "text", ""),
    ("text", "xml", "x::xml"),
    ("text", "bytea", "x::bytea"),
    ("name", "text", ""),
    ("text", "text COLLATE \"C\"", ""),
    ("integer", "integer", ""),
    ("date", "timestamp", ""),
    ("uuid", "text", ""),
    ("timestamp(3)", "timestamptz(3)", ""),
];

/// Columns that are added.
const COLUMNS: &[&str] = &[
    "integer",
    "integer DEFAULT 1",
    "integer NOT NULL DEFAULT 1",
    "timestamptz DEFAULT now()",
    "timestamptz DEFAULT clock_timestamp()",
    "uuid DEFAULT gen_random_uuid()",
    "double precision DEFAULT random()",
    "serial",
    "integer GENERATED ALWAYS AS IDENTITY",
    "integer GENERATED ALWAYS AS (x + 1) STORED",
    "checked",
    "checked DEFAULT 'a'",
    "plain",
    "plain DEFAULT 'a'",
    "text DEFAULT current_setting('a', true)",
    "integer CHECK (y > 0)",
];

#[test]
fn a_change_of_type_is_said_to_rewrite_where_the_server_rewrites() {
    let statements = TYPES.iter().map(|(from, to, using)| {
        let using = match *using {
            "" => String::new(),
            using => format!(" USING {using}"),
        };
        let create = format!("CREATE TABLE t (x {from})");
        let alter = format!("ALTER TABLE t ALTER COLUMN x TYPE {to}{using}");
        (create, alter)
    });
    assert_eq!(differences(statements), Vec::<String>::new());
}

#[test]
fn a_new_column_is_said_to_rewrite_where_the_server_rewrites() {
    let statements = COLUMNS.iter().map(|column| {
        let create = "CREATE TABLE t (x integer)".to_owned();
        (create, format!("ALTER TABLE t ADD COLUMN y {column}"))
    });
    assert_eq!(differences(statements), Vec::<String>::new());
}

/// Of which tables and statements the lint and the server say different things.
fn differences(statements: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let Some(server) = shared() else {
        return Vec::new();
    };
    let database = server.database();
    let mut client = database.config().connect(NoTls).expect("a connection");
    // Where it is UTC, the two kinds of `timestamp` are stored alike.
    let setup = format!("SET timezone = 'Europe/Berlin'; {SETUP}");
    client.batch_execute(&setup).expect("the domains are made");
    let differing = statements.filter_map(|(create, alter)| {
        let said = is_said(&create, &alter);
        match is_done(&mut client, &create, &alter) {
            Ok(done) if done == said => None,
            Ok(done) => Some(format!("{create}; {alter}: said {said}, done {done}")),
            Err(error) => Some(format!("{alter}: {error:?}")),
        }
    });
    differing.collect()
}

/// Whether the lint reports a statement.
fn is_said(create: &str, alter: &str) -> bool {
    let text = format!(
        "-- tablature.toml: dialect = \"postgres\"\n-- file: 0001_a.sql\n{SETUP}\n{create};\n-- file: 0002_b.sql\n{alter};\n"
    );
    let checked = Case::new(Path::new("example.sql"), &text).check();
    assert!(checked.accepted(), "{alter}: {:?}", checked.diagnostics);
    let mut findings = checked.diagnostics.iter();
    findings.any(|it| it.code == Code::RewritesTable)
}

/// Whether the server keeps the rows in another file after a statement.
fn is_done(client: &mut Client, create: &str, alter: &str) -> Result<bool, postgres::Error> {
    const FILE: &str = "SELECT relfilenode FROM pg_class WHERE relname = 't'";
    client.batch_execute(create)?;
    let before: u32 = client.query_one(FILE, &[])?.get(0);
    client.batch_execute(alter)?;
    let after: u32 = client.query_one(FILE, &[])?.get(0);
    client.batch_execute("DROP TABLE t")?;
    Ok(before != after)
}
