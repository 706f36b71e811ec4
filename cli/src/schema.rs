//! `cargo tablature schema`

use crate::Verdict;
use crate::arguments::{SchemaArguments, SchemaFormat};
use crate::failure::Failure;
use crate::json::{self, Schema};
use crate::migrations::{checked, count, is_there};
use crate::output;
use crate::summary::counted;
use clap_cargo::style::WARN;
use tablature_schema::Checked;
use tablature_schema::diagnostic::Severity;
use tablature_schema::sqlite::catalog::{Database, Definition, TableKind};
use tablature_schema::text::text_of;

/// Prints the schema that the migrations leave behind.
///
/// # Errors
///
/// When there is none to print.
pub(crate) fn run(arguments: &SchemaArguments) -> Result<Verdict, Failure> {
    let checked = checked(&arguments.migrations, arguments.at)?;
    let version = version(&checked, arguments.at)?;
    let main = checked.catalog.sqlite().ok_or(Failure::Postgres)?.main();
    let text = match arguments.format {
        SchemaFormat::Sql => sql(main),
        SchemaFormat::Json => {
            let schema = Schema::new(main, version, &checked.sources);
            json::text(&schema)?
        }
    };
    output::print(&text)?;
    let errors = count(&checked.diagnostics, Severity::Error);
    if errors > 0 {
        output::note(&format!(
            "{WARN}warning{WARN:#}: the migrations have {}; this is the schema as far as they can be replayed",
            counted(errors, "error")
        ));
    }
    Ok(Verdict::Fine)
}

/// The version of the last migration that was replayed.
fn version(checked: &Checked, at: Option<i64>) -> Result<Option<i64>, Failure> {
    let versions = || checked.migrations.iter().map(|migration| migration.version);
    let Some(wanted) = at else {
        return Ok(versions().max());
    };
    if wanted != 0 {
        is_there(versions(), wanted)?;
    }
    Ok(versions().filter(|version| *version <= wanted).max())
}

/// Statements that create the schema, in the order in which its objects were created.
fn sql(database: &Database) -> String {
    let tables = database
        .tables()
        .into_iter()
        .filter(|table| match &table.kind {
            TableKind::Ordinary | TableKind::Virtual { .. } => true,
            TableKind::Shadow { .. } | TableKind::Internal => false,
        })
        .map(|table| (table.place, &table.definition));
    let views = database
        .views()
        .into_iter()
        .map(|view| (view.place, &view.definition));
    let indexes = database
        .indexes()
        .into_iter()
        .map(|index| (index.place, &index.definition));
    let triggers = database
        .triggers()
        .into_iter()
        .map(|trigger| (trigger.place, &trigger.definition));
    let mut definitions: Vec<(u32, &Definition)> =
        tables.chain(views).chain(indexes).chain(triggers).collect();
    definitions.sort_by_key(|(place, _)| *place);
    definitions
        .into_iter()
        .map(|(_, definition)| format!("{};\n", text_of(&definition.tokens)))
        .collect::<Vec<_>>()
        .join("\n")
}
