//! The migrations of a checked directory, and its snapshot.

use super::place;
use super::reversal::reversal;
use std::borrow::Cow;
use tablature_model::{Compatibility, Down, Migration, Snapshot, Statement, Step};
use tablature_schema as schema;
use tablature_schema::text::Sources;
use tablature_schema::{Checked, Script};

/// Makes the list of migrations, in the order of their versions, with their whole texts.
#[must_use]
pub fn migrations(checked: &Checked) -> Vec<Migration> {
    let sources = &checked.sources;
    let migrations = checked.migrations.iter().map(|migration| Migration {
        version: migration.version,
        name: migration.name.clone().into(),
        file: file(&migration.up, sources),
        sql: sql(&migration.up, sources),
        statements: statements(&migration.up, sources),
        checksum: migration.checksum,
        chain: migration.chain,
        transaction: migration.up.transaction,
        step: migration.step.as_ref().map(|step| {
            let place = sources.start(step.span);
            Step {
                path: step.path.clone().into(),
                line: place.line,
                column: place.column,
            }
        }),
        compatibility: match &migration.compatibility {
            schema::Compatibility::Additive => Compatibility::Additive,
            schema::Compatibility::Breaking { reason, span } => Compatibility::Breaking {
                reason: reason.clone().into(),
                place: place(*span, sources),
            },
        },
        down: migration.down.as_ref().map(|down| Down {
            file: file(down, sources),
            sql: sql(down, sources),
            statements: statements(down, sources),
            transaction: down.transaction,
            reversal: reversal(migration.reversal.as_ref(), sources),
        }),
    });
    migrations.collect()
}

/// Makes the snapshot, if the directory has one.
#[must_use]
pub fn snapshot(checked: &Checked) -> Option<Snapshot> {
    let snapshot = checked.snapshot.as_ref()?;
    let sources = &checked.sources;
    Some(Snapshot {
        version: snapshot.version,
        chain: snapshot.chain,
        file: file(&snapshot.script, sources),
        sql: sql(&snapshot.script, sources),
        statements: statements(&snapshot.script, sources),
    })
}

fn file(script: &Script, sources: &Sources) -> Cow<'static, str> {
    sources.file(script.file).path.clone().into()
}

fn sql(script: &Script, sources: &Sources) -> Cow<'static, str> {
    sources.file(script.file).text.to_string().into()
}

fn statements(script: &Script, sources: &Sources) -> Cow<'static, [Statement]> {
    let statements = script.statements.iter().map(|span| {
        let place = sources.start(*span);
        Statement {
            start: span.start as usize,
            end: span.end as usize,
            line: place.line,
            column: place.column,
        }
    });
    statements.collect()
}
