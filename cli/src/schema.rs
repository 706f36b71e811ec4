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
use tablature_schema::catalog::Catalog;
use tablature_schema::diagnostic::Severity;
use tablature_schema::on_a_large_stack;
use tablature_schema::postgres::script::script;
use tablature_schema::sqlite::catalog::{Database, Definition, TableKind};
use tablature_schema::text::{Span, text_of};

/// Prints the schema that the migrations leave behind.
///
/// # Errors
///
/// When there is none to print.
pub(crate) fn run(arguments: &SchemaArguments) -> Result<Verdict, Failure> {
    let checked = checked(&arguments.migrations, arguments.at)?;
    let version = version(&checked, arguments.at)?;
    let text = on_a_large_stack(|| text(&checked, version, arguments.format))
        .map_err(Failure::Thread)??;
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

fn text(checked: &Checked, version: Option<i64>, format: SchemaFormat) -> Result<String, Failure> {
    match (&checked.catalog, format) {
        (Catalog::Sqlite(catalog), SchemaFormat::Sql) => Ok(sql(catalog.main())),
        (Catalog::Sqlite(catalog), SchemaFormat::Json) => {
            json::text(&Schema::new(catalog.main(), version, &checked.sources))
        }
        (Catalog::Postgres(catalog), SchemaFormat::Sql) => {
            let statements = script(catalog, &|place| statement_at(checked, place));
            Ok(joined(statements.iter().map(String::as_str)))
        }
        (Catalog::Postgres(catalog), SchemaFormat::Json) => {
            // As a new connection prints it.
            let mut catalog = catalog.clone();
            catalog.set_search_path(["public".into()].into());
            json::text(&json::postgres::Schema::new(
                &catalog,
                version,
                &checked.sources,
            ))
        }
    }
}

/// The statement of an up file that a place is in.
fn statement_at(checked: &Checked, place: Span) -> Option<(Span, String)> {
    let migrations = checked.migrations.iter();
    let script = migrations
        .map(|migration| &migration.up)
        .find(|script| script.file == place.file)?;
    let mut statements = script.statements.iter();
    let span = *statements.find(|it| it.contains(place))?;
    Some((span, checked.sources.text(span).to_owned()))
}

/// Statements with semicolons and empty lines between them.
fn joined<'a>(statements: impl Iterator<Item = &'a str>) -> String {
    let statements: Vec<String> = statements.map(|it| format!("{it};\n")).collect();
    statements.join("\n")
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
    let texts: Vec<String> = definitions
        .into_iter()
        .map(|(_, definition)| text_of(&definition.tokens))
        .collect();
    joined(texts.iter().map(String::as_str))
}
