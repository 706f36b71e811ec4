//! A start that goes on where the database cannot be brought up to date: on a connection that only reads.

use super::client::Client;
use super::inspection::{Inspection, expected};
use super::session::Session;
use crate::difference::{Difference, Object, shown};
use crate::error::Error;
use crate::runner::Runner;
use crate::start::{Degraded, OtherType};
use crate::status::Status;
use std::collections::BTreeSet;
use tablature_model::postgres::Schema;

/// Lets the session write again if an earlier start has made it only read.
pub(super) async fn may_write<C: Client>(client: &mut C) {
    let sql = "SELECT pg_catalog.set_config('default_transaction_read_only',
            pg_catalog.current_setting('tablature.read_only_before'), false),
        pg_catalog.set_config('tablature.read_only_before', '', false)
        WHERE coalesce(pg_catalog.current_setting('tablature.read_only_before', true), '') <> ''";
    // Where that fails, so does what follows, and says why.
    let _ = client.query(sql).await;
}

/// Makes the transactions of the session only read, and remembers what they did before.
async fn only_read<C: Client>(client: &mut C) {
    let sql = "SELECT pg_catalog.set_config('tablature.read_only_before',
            pg_catalog.current_setting('default_transaction_read_only'), false),
        pg_catalog.set_config('default_transaction_read_only', 'on', false)
        WHERE pg_catalog.current_setting('default_transaction_read_only') = 'off'";
    // A connection that is gone writes nothing.
    let _ = client.query(sql).await;
}

/// What an application goes on with after an error, on a session that from now on only reads.
pub(super) async fn degraded<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    error: Error,
    status: Option<Status>,
) -> Degraded {
    let missing = missing(client, runner).await.ok();
    only_read(client).await;
    let types = |schema: &Schema| other_types(schema, missing.as_deref().unwrap_or_default());
    let of_other_types = expected(runner).map_or_else(|_| Vec::new(), |schema| types(&schema));
    Degraded {
        error,
        status,
        missing,
        of_other_types,
    }
}

async fn missing<C: Client>(client: &mut C, runner: &Runner<'_>) -> Result<Vec<Difference>, Error> {
    expected(runner)?;
    let mut session = Session::new(client, runner);
    session.begin_read().await?;
    let seen = Inspection::read(&mut session, runner).await?;
    let missing = seen.missing(&mut session).await?;
    session.rollback().await?;
    Ok(missing)
}

/// The columns that the migrations define and whose type is among what differs.
fn other_types(expected: &Schema, differences: &[Difference]) -> Vec<OtherType> {
    let types = differences.iter().filter_map(|it| {
        let Object::Type { name } = it.object() else {
            return None;
        };
        Some(name.as_str())
    });
    let types: BTreeSet<&str> = types.collect();
    let is_other = |data_type: &str| types.contains(&*told(data_type));
    let mut found = Vec::new();
    for table in expected.tables.iter() {
        for column in table.columns.iter().filter(|it| is_other(&it.data_type)) {
            found.push(OtherType {
                relation: shown(&table.name),
                column: column.name.to_string(),
            });
        }
    }
    for view in expected.views.iter() {
        for column in view.columns.iter().filter(|it| is_other(&it.data_type)) {
            found.push(OtherType {
                relation: shown(&view.name),
                column: column.name.to_string(),
            });
        }
    }
    found
}

/// A type that the engine has printed, of a value or of an element of it, as differences name it.
fn told(data_type: &str) -> String {
    let plain = data_type.trim_end_matches("[]").replace('"', "");
    match plain.strip_prefix("public.") {
        Some(name) => name.to_owned(),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn types_are_compared_by_the_names_that_differences_have() {
        assert_eq!(told("public.mood[]"), "mood");
        assert_eq!(told("tales.\"Mood\""), "tales.Mood");
        assert_eq!(told("integer"), "integer");
    }
}
