//! Steps on a server, over both clients: what they are given, and what they cannot do.
#![cfg(all(feature = "macros", feature = "postgres"))]
#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use tablature::postgres::{Client, Transaction};
use tablature::step::{OnServer, Running, StepError, StepFunction, run_on_server};
use tablature::{Error, Event, Migrations, PostgresInsert, PostgresRow, tokio_postgres};
use tablature_test_server::{Database, shared};

fn slug(title: &str) -> String {
    let plain = title.to_lowercase().replace('ö', "oe").replace('ä', "ae");
    plain.replace(' ', "-")
}

/// With the synchronous client.
mod synchronous {
    tablature::migrations!("tests/server_steps");

    mod steps {
        use super::at_2;
        use tablature::postgres::Transaction;
        use tablature::step::StepError;
        use tablature::{PostgresInsert, PostgresRow};

        pub(super) fn fill_slugs(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
            let new = at_2::NewTale {
                title: "Hänsel und Gretel".to_owned(),
                mood: at_2::Mood::Grim,
                slug: None,
            };
            new.insert(transaction)?;
            let rows = transaction.query("SELECT * FROM stories.tales", &[])?;
            for tale in at_2::Tale::from_rows(&rows)? {
                // A transaction of its own is a savepoint.
                let mut nested = transaction.transaction()?;
                nested.execute(
                    "UPDATE stories.tales SET slug = $2 WHERE id = $1",
                    &[&tale.id, &crate::slug(&tale.title)],
                )?;
                nested.commit()?;
            }
            let mut undone = transaction.transaction()?;
            undone.execute("DELETE FROM stories.tales", &[])?;
            undone.rollback()?;
            transaction.batch_execute("SET search_path = stories")?;
            Ok(())
        }
    }
}

/// With the asynchronous client, and the same migrations.
mod asynchronous {
    tablature::migrations!("tests/server_steps");

    mod steps {
        use super::at_2;
        use tablature::step::StepError;
        use tablature::tokio_postgres::Transaction;
        use tablature::{PostgresInsert, PostgresRow};

        pub(super) async fn fill_slugs(transaction: &Transaction<'_>) -> Result<(), StepError> {
            let new = at_2::NewTale {
                title: "Hänsel und Gretel".to_owned(),
                mood: at_2::Mood::Grim,
                slug: None,
            };
            new.insert_async(transaction).await?;
            let rows = transaction
                .query("SELECT * FROM stories.tales", &[])
                .await?;
            for tale in at_2::Tale::from_rows(&rows)? {
                transaction
                    .execute(
                        "UPDATE stories.tales SET slug = $2 WHERE id = $1",
                        &[&tale.id, &crate::slug(&tale.title)],
                    )
                    .await?;
            }
            Ok(())
        }
    }
}

fn database() -> Option<(Database, Client)> {
    let database = shared()?.database();
    let client = database.connect();
    Some((database, client))
}

/// Runs something with the asynchronous client.
fn with_asynchronous<T>(
    database: &Database,
    run: impl AsyncFnOnce(&mut tokio_postgres::Client) -> T,
) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let config: tokio_postgres::Config = database.url().parse().unwrap();
    runtime.block_on(async {
        let (mut client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        run(&mut client).await
    })
}

fn slugs(client: &mut Client) -> Vec<(String, Option<String>)> {
    let rows = client.query("SELECT * FROM stories.tales ORDER BY id", &[]);
    let tales = synchronous::Tale::from_rows(&rows.unwrap()).unwrap();
    tales.into_iter().map(|it| (it.name, it.slug)).collect()
}

fn expected() -> Vec<(String, Option<String>)> {
    ["Der Froschkönig", "Frau Holle", "Hänsel und Gretel"]
        .map(|title| (title.to_owned(), Some(slug(title))))
        .into()
}

#[test]
fn a_function_of_the_synchronous_client_sees_the_rows_of_its_version() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let report = synchronous::MIGRATIONS
        .postgres(&mut client)
        .apply()
        .unwrap();
    let steps: Vec<_> = report.applied.iter().map(|it| it.step.as_deref()).collect();
    assert_eq!(steps, [None, Some("steps::fill_slugs"), None]);
    assert_eq!(slugs(&mut client), expected());
    // What it has set is what it was.
    let path = client.query_one("SHOW search_path", &[]).unwrap();
    assert_eq!(path.get::<_, String>(0), "\"$user\", public");
    // The schema was verified as it is: the next start is one look.
    let verified = AtomicUsize::new(0);
    let listener = |event: Event<'_>| {
        if let Event::Verifying = event {
            verified.fetch_add(1, Ordering::Relaxed);
        }
    };
    let runner = synchronous::MIGRATIONS.runner().on_event(&listener);
    let report = runner.postgres(&mut client).apply().unwrap();
    assert!(report.applied.is_empty());
    assert_eq!(verified.into_inner(), 0);
    synchronous::MIGRATIONS
        .postgres(&mut client)
        .verify()
        .unwrap();
}

#[test]
fn a_function_of_the_asynchronous_client_sees_the_same() {
    let Some((database, mut client)) = database() else {
        return;
    };
    let report = with_asynchronous(&database, async |client| {
        asynchronous::MIGRATIONS
            .tokio_postgres(client)
            .apply()
            .await
    });
    assert_eq!(report.unwrap().applied.len(), 3);
    assert_eq!(slugs(&mut client), expected());
    // The program with the other client has nothing to do.
    let report = synchronous::MIGRATIONS
        .postgres(&mut client)
        .apply()
        .unwrap();
    assert!(report.applied.is_empty());
}

/// The migrations with another function.
fn with(run: for<'a> fn(OnServer<'a>) -> Running<'a>) -> Migrations {
    let version = 2;
    Migrations {
        steps: vec![StepFunction::Server { version, run }].into(),
        ..synchronous::MIGRATIONS.clone()
    }
}

/// What a run fails with, which must leave nothing behind.
fn failure(migrations: &Migrations) -> Option<String> {
    let (_database, mut client) = database()?;
    let error = migrations.postgres(&mut client).apply().unwrap_err();
    assert!(matches!(error, Error::Step(_)), "{error}");
    is_empty(&mut client);
    // And on the same connection the right one runs.
    synchronous::MIGRATIONS
        .postgres(&mut client)
        .apply()
        .unwrap();
    Some(error.to_string())
}

fn is_empty(client: &mut Client) {
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema'";
    let tables: i64 = client.query_one(tables, &[]).unwrap().get(0);
    assert_eq!(tables, 0);
}

#[test]
fn what_it_returns_as_an_error_ends_the_run() {
    fn fails(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        transaction.execute("UPDATE stories.tales SET slug = 'x'", &[])?;
        Err("no letters".into())
    }
    let Some(error) = failure(&with(|on| run_on_server(fails, on))) else {
        return;
    };
    assert_eq!(
        error,
        "the step `steps::fill_slugs` of migration 2 `slugs` at tests/server_steps/0002_slugs.sql:2:20 failed: \
         no letters; everything was rolled back, so that nothing of it remains: remove the cause and start again"
    );
}

#[test]
fn what_the_engine_refuses_is_told_in_its_words() {
    fn fails(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        transaction.execute("UPDATE stories.tales SET slog = 'x'", &[])?;
        Ok(())
    }
    fn goes_on(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        let _ = fails(transaction);
        Ok(())
    }
    if let Some(error) = failure(&with(|on| run_on_server(fails, on))) {
        assert!(
            error.contains("column \"slog\" of relation \"tales\" does not exist"),
            "{error}"
        );
    }
    if let Some(error) = failure(&with(|on| run_on_server(goes_on, on))) {
        assert!(error.contains("current transaction is aborted"), "{error}");
        assert!(error.contains("remove the cause"), "{error}");
    }
}

#[test]
fn it_cannot_end_the_transaction() {
    fn commits(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        transaction.execute("UPDATE stories.tales SET slug = 'x'", &[])?;
        transaction.batch_execute("COMMIT")?;
        Ok(())
    }
    fn commits_in_silence(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        let _ = commits(transaction);
        Ok(())
    }
    fn rolls_back(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        transaction.batch_execute("ROLLBACK")?;
        Ok(())
    }
    fn begins_another(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        transaction.batch_execute("ROLLBACK; BEGIN")?;
        Ok(())
    }
    for run in [
        (|on| run_on_server(commits, on)) as for<'a> fn(OnServer<'a>) -> Running<'a>,
        |on| run_on_server(commits_in_silence, on),
        |on| run_on_server(rolls_back, on),
        |on| run_on_server(begins_another, on),
    ] {
        if let Some(error) = failure(&with(run)) {
            assert!(
                error.ends_with(
                    "leave COMMIT, ROLLBACK and OR ROLLBACK out of the function and start again"
                ),
                "{error}"
            );
        }
    }
}

#[test]
fn it_makes_no_schema() {
    fn makes(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        transaction.batch_execute("CREATE TABLE stories.more (x text)")?;
        Ok(())
    }
    let Some((_database, mut client)) = database() else {
        return;
    };
    let error = with(|on| run_on_server(makes, on))
        .postgres(&mut client)
        .apply();
    let error = error.unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
    is_empty(&mut client);
}

#[test]
fn a_panic_leaves_nothing_behind() {
    fn panics(transaction: &mut Transaction<'_>) -> Result<(), StepError> {
        transaction.execute("UPDATE stories.tales SET slug = 'x'", &[])?;
        panic!("in the application");
    }
    let Some((_database, mut client)) = database() else {
        return;
    };
    let migrations = with(|on| run_on_server(panics, on));
    let run = AssertUnwindSafe(|| migrations.postgres(&mut client).apply());
    assert!(catch_unwind(run).is_err());
    is_empty(&mut client);
    synchronous::MIGRATIONS
        .postgres(&mut client)
        .apply()
        .unwrap();
}

#[test]
fn a_function_of_the_other_client_is_refused_before_anything_is_applied() {
    let Some((database, mut client)) = database() else {
        return;
    };
    // Each migration by itself, so that those before the step would be kept.
    let runner = asynchronous::MIGRATIONS
        .runner()
        .transaction_per_migration();
    let error = runner.postgres(&mut client).apply().unwrap_err();
    assert!(
        matches!(error, Error::StepOfOtherClient { version: 2, .. }),
        "{error}"
    );
    let said = "is a function for the client `tokio-postgres`, and the run is over `postgres`, so that nothing was applied";
    assert!(error.to_string().contains(said), "{error}");
    is_empty(&mut client);
    let error = with_asynchronous(&database, async |client| {
        let runner = synchronous::MIGRATIONS.runner();
        let runner = runner.transaction_per_migration();
        runner.tokio_postgres(client).apply().await
    });
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("the run is over `tokio-postgres`"),
        "{error}"
    );
    is_empty(&mut client);
}

#[test]
fn an_asynchronous_function_cannot_end_the_transaction_either() {
    async fn commits(transaction: &tokio_postgres::Transaction<'_>) -> Result<(), StepError> {
        transaction.batch_execute("COMMIT").await?;
        Ok(())
    }
    let Some((database, mut client)) = database() else {
        return;
    };
    let migrations = with(|on| run_on_server(commits, on));
    let error = with_asynchronous(&database, async |client| {
        migrations.tokio_postgres(client).apply().await
    });
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Step(_)), "{error}");
    is_empty(&mut client);
}

#[test]
fn a_program_without_the_function_is_told_so_before_anything_runs() {
    let Some((_database, mut client)) = database() else {
        return;
    };
    let migrations = Migrations {
        steps: Vec::new().into(),
        ..synchronous::MIGRATIONS.clone()
    };
    let error = migrations.postgres(&mut client).apply().unwrap_err();
    assert!(
        matches!(error, Error::UnknownStep { version: 2, .. }),
        "{error}"
    );
    is_empty(&mut client);
    // Rows that a later version has, through the structs of then.
    synchronous::MIGRATIONS
        .postgres(&mut client)
        .apply()
        .unwrap();
    let tale = synchronous::NewTale {
        name: "Rapunzel".to_owned(),
        slug: None,
    };
    assert_eq!(tale.insert(&mut client).unwrap().id, 4);
}
