//! What it costs the compiler to check structs for 500 tables: generated ones, and the same written by hand.

use crate::build::Cost;
use crate::contenders::{Result, TABLATURE, cargo, run, workshop};
use crate::history::{Migration, write_if_changed};
use crate::table::{self, Series};
use std::fmt::Write as _;
use std::path::Path;

const TABLES: usize = 500;
const ROUNDS: usize = 5;

/// A column: its name, its definition, its type in Rust, and the default that it gives to a new row.
struct Column(
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

/// The columns of every table beside its key.
const COLUMNS: [Column; 9] = [
    Column("name", "TEXT NOT NULL", "String", None),
    Column("note", "TEXT", "Option<String>", None),
    Column("amount", "INTEGER NOT NULL DEFAULT 0", "i64", Some("0")),
    Column("price", "REAL", "Option<f64>", None),
    Column("weight", "REAL NOT NULL", "f64", None),
    Column(
        "state",
        "TEXT NOT NULL DEFAULT 'new'",
        "String",
        Some("'new'"),
    ),
    Column("picture", "BLOB", "Option<Vec<u8>>", None),
    Column("position", "INTEGER", "Option<i64>", None),
    Column("created_at", "TEXT NOT NULL", "String", None),
];

pub(crate) fn measure() -> Result<()> {
    let workshop = workshop().join("structs");
    let target = workshop.join("target");
    let history: Vec<Migration> = (1..=TABLES).map(migration).collect();
    let ours = TABLATURE.write(&workshop.join("generated"), &history)?;
    let theirs = TABLATURE.write(&workshop.join("by-hand"), &[])?;
    let main = |package: &Path| package.join("src/main.rs");
    let generated = "tablature::migrations!(\"migrations\");\n\nfn main() {}\n";
    let sources = [(&ours, generated.to_owned()), (&theirs, by_hand())];
    let mut costs: [[Vec<Cost>; 2]; 2] = Default::default();
    for round in 0..=ROUNDS {
        for ((package, source), costs) in sources.iter().zip(&mut costs) {
            for (incremental, costs) in ["0", "1"].iter().zip(costs) {
                write_if_changed(
                    &main(package),
                    &format!("// {round} {incremental}\n{source}"),
                )?;
                let mut cargo = cargo(&target, package);
                cargo.args(["check", "--quiet", "--offline"]);
                cargo.env("CARGO_INCREMENTAL", incremental);
                let cost = Cost::of(|| run(&mut cargo).map(drop))?;
                // The first round builds what both depend on.
                if round > 0 {
                    costs.push(cost);
                }
            }
        }
    }
    let [ours, theirs] = &costs;
    let rows: Vec<Vec<String>> = ["whole crate", "again, incremental"]
        .iter()
        .zip(ours.iter().zip(theirs))
        .map(|(what, (ours, theirs))| {
            let seconds = |costs: &[Cost]| costs.iter().map(|cost| cost.seconds).collect();
            let (our, their): (Series, Series) = (seconds(ours), seconds(theirs));
            let pairs = ours.iter().zip(theirs);
            let ratio: Series = pairs
                .clone()
                .map(|(our, their)| our.seconds / their.seconds)
                .collect();
            let processor: Series = pairs
                .map(|(our, their)| our.processor / their.processor)
                .collect();
            vec![
                (*what).to_owned(),
                our.spread(),
                their.spread(),
                ratio.spread(),
                processor.spread(),
            ]
        })
        .collect();
    let head = [
        "",
        "generated, s",
        "by hand, s",
        "ratio",
        "ratio of processor time",
    ];
    let title = format!("`cargo check` of the structs of {TABLES} tables, {ROUNDS} rounds");
    table::print(&title, &head.map(str::to_owned), &rows);
    Ok(())
}

fn migration(number: usize) -> Migration {
    let mut sql = format!("CREATE TABLE things_{number} (\n    id INTEGER PRIMARY KEY");
    for Column(name, definition, ..) in COLUMNS {
        let _ = write!(sql, ",\n    {name} {definition}");
    }
    sql.push_str("\n);\n");
    Migration {
        name: format!("create_things_{number}"),
        sql,
    }
}

/// A program with what an application would write for these tables.
fn by_hand() -> String {
    let structs: String = (1..=TABLES).map(structs).collect();
    format!(
        "mod tables {{\n#![allow(dead_code)]\n\
         use tablature::rusqlite::{{Connection, Result, Row, params}};\n{structs}}}\n\nfn main() {{}}\n"
    )
}

fn structs(number: usize) -> String {
    let lines = |line: &dyn Fn(&Column) -> String| COLUMNS.iter().map(line).collect::<String>();
    let fields = lines(&|Column(name, _, ty, _)| format!("    pub {name}: {ty},\n"));
    let new_fields = lines(&|Column(name, _, ty, default)| match default {
        Some(_) => format!("    pub {name}: Option<{ty}>,\n"),
        None => format!("    pub {name}: {ty},\n"),
    });
    let gets = lines(&|Column(name, ..)| format!("            {name}: row.get(\"{name}\")?,\n"));
    let names = COLUMNS.map(|Column(name, ..)| name).join(", ");
    let values = COLUMNS
        .map(|Column(name, ..)| format!("self.{name}"))
        .join(", ");
    let parameters: Vec<String> = (1..)
        .zip(&COLUMNS)
        .map(|(at, Column(.., default))| match default {
            Some(default) => format!("coalesce(?{at}, {default})"),
            None => format!("?{at}"),
        })
        .collect();
    let parameters = parameters.join(", ");
    format!(
        "#[derive(Debug, Clone, PartialEq)]
pub struct Thing{number} {{
    pub id: i64,
{fields}}}

impl Thing{number} {{
    pub fn from_row(row: &Row<'_>) -> Result<Self> {{
        Ok(Self {{
            id: row.get(\"id\")?,
{gets}        }})
    }}

    pub fn insert(&self, connection: &Connection) -> Result<()> {{
        connection.execute(
            \"INSERT INTO things_{number} (id, {names}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)\",
            params![self.id, {values}],
        )?;
        Ok(())
    }}
}}

#[derive(Debug, Clone, PartialEq)]
pub struct NewThing{number} {{
{new_fields}}}

impl NewThing{number} {{
    pub fn insert(&self, connection: &Connection) -> Result<i64> {{
        connection.execute(
            \"INSERT INTO things_{number} ({names}) VALUES ({parameters})\",
            params![{values}],
        )?;
        Ok(connection.last_insert_rowid())
    }}
}}

"
    )
}
