//! Steps: functions of the application that run after a migration's statements, and what they cannot do.

use crate::support::{dump, enforces, migrations, value, with_down, with_step};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use tablature::migration::Reversal;
use tablature::rusqlite::Connection;
use tablature::step::StepError;
use tablature::{Error, Event, Migrations, State};

const TALES: (&str, &str) = (
    "1_tales",
    "CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
     INSERT INTO tales (title) VALUES ('Tom Thumb'), ('Rapunzel');",
);
const SLUGS: (&str, &str) = (
    "2_slugs",
    "-- tablature: step …\nALTER TABLE tales ADD COLUMN slug TEXT;",
);
const INDEX: (&str, &str) = ("3_index", "CREATE UNIQUE INDEX slugs ON tales (slug);");

type Step = fn(&Connection) -> Result<(), StepError>;

fn fill_slugs(connection: &Connection) -> Result<(), StepError> {
    let mut tales = connection.prepare("SELECT id, title FROM tales")?;
    let mut fill = connection.prepare("UPDATE tales SET slug = ?2 WHERE id = ?1")?;
    let tales = tales.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for tale in tales {
        let (id, title): (i64, String) = tale?;
        fill.execute((id, title.to_lowercase().replace(' ', "-")))?;
    }
    Ok(())
}

fn with(step: Step) -> Migrations {
    with_step(migrations(&[TALES, SLUGS, INDEX]), 2, step)
}

/// A database at version 1, on a connection that enforces foreign keys.
fn database(all: &Migrations) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    all.runner().to_version(1).apply(&mut connection).unwrap();
    connection
}

/// Applies what is pending, of which nothing must remain as the step is wrong.
fn refused(step: Step) -> Error {
    let all = with(step);
    let mut connection = database(&all);
    let before = dump(&connection);
    let error = all.apply(&mut connection).unwrap_err();
    assert!(connection.is_autocommit(), "{error}");
    assert!(enforces(&connection), "{error}");
    assert_eq!(dump(&connection), before, "{error}");
    // The hook that keeps a step from committing is gone.
    connection.execute_batch("DELETE FROM tales").unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM tales"), 0);
    error
}

/// What became of a step that fails or ends the transaction.
fn failure(step: Step) -> (Option<String>, bool) {
    match refused(step) {
        Error::Step(failure) => {
            assert_eq!(
                (
                    failure.version,
                    &*failure.name,
                    failure.line,
                    failure.column
                ),
                (2, "slugs", 1, 20)
            );
            let reason = failure.reason.as_ref().map(ToString::to_string);
            (reason, failure.ended_transaction)
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_step_runs_after_the_statements_of_its_migration_and_before_the_next() {
    let all = with(fill_slugs);
    let mut connection = database(&all);
    let report = all.apply(&mut connection).unwrap();
    let steps: Vec<_> = report
        .applied
        .iter()
        .map(|one| one.step.as_deref())
        .collect();
    assert_eq!(steps, [Some("crate::steps::run"), None]);
    let slugs = "SELECT group_concat(slug, ' ' ORDER BY slug) FROM tales";
    assert_eq!(value::<String>(&connection, slugs), "rapunzel tom-thumb");
    all.verify(&connection).unwrap();
    // Once, as everything else.
    connection
        .execute_batch("UPDATE tales SET slug = NULL")
        .unwrap();
    assert!(all.apply(&mut connection).unwrap().applied.is_empty());
    assert_eq!(
        value::<i64>(&connection, "SELECT count(slug) FROM tales"),
        0
    );
}

#[test]
fn each_of_several_transactions_has_its_step() {
    let all = with(fill_slugs);
    let mut connection = Connection::open_in_memory().unwrap();
    let runner = all.runner().transaction_per_migration();
    assert_eq!(runner.apply(&mut connection).unwrap().applied.len(), 3);
    assert_eq!(
        value::<i64>(&connection, "SELECT count(slug) FROM tales"),
        2
    );
}

#[test]
fn an_error_of_the_function_leaves_nothing_behind() {
    let (reason, ended) = failure(|connection| {
        connection.execute_batch("UPDATE tales SET slug = id; DELETE FROM tales WHERE id = 1")?;
        Err("no transliteration of `ﬀ`".into())
    });
    assert_eq!(reason.as_deref(), Some("no transliteration of `ﬀ`"));
    assert!(!ended);
    let error = refused(|_| Err("unlucky".into()));
    assert_eq!(
        error.to_string(),
        "the step `crate::steps::run` of migration 2 `slugs` at migrations/2_slugs.sql:1:20 failed: unlucky; \
         everything was rolled back, so that nothing of it remains: remove the cause and start again"
    );
}

#[test]
fn a_panic_of_the_function_leaves_nothing_behind() {
    let all = with(|connection| {
        connection.execute_batch("UPDATE tales SET slug = id")?;
        panic!("unlucky")
    });
    let mut connection = database(&all);
    let before = dump(&connection);
    let panicked = catch_unwind(AssertUnwindSafe(|| all.apply(&mut connection)));
    assert!(panicked.is_err());
    assert!(connection.is_autocommit() && enforces(&connection));
    assert_eq!(dump(&connection), before);
    connection.execute_batch("DELETE FROM tales").unwrap();
    assert_eq!(value::<i64>(&connection, "SELECT count(*) FROM tales"), 0);
}

#[test]
fn a_function_cannot_commit() {
    for step in [
        (|connection| Ok(connection.execute_batch("UPDATE tales SET slug = id; COMMIT")?)) as Step,
        |connection| Ok(connection.execute_batch("END TRANSACTION")?),
    ] {
        let (reason, ended) = failure(step);
        assert!(reason.is_some() && ended, "{reason:?}");
    }
    // Nor if it looks at nothing that it is told.
    let (reason, ended) = failure(|connection| {
        let _ = connection.execute_batch("COMMIT");
        let _ = connection.execute_batch("UPDATE tales SET title = 'alone'");
        let _ = connection.execute_batch("CREATE TABLE alone (x)");
        let _ = connection.execute_batch("PRAGMA user_version = 7");
        let _ = connection.execute_batch("BEGIN; DELETE FROM tales; COMMIT");
        Ok(())
    });
    assert_eq!((reason, ended), (None, true));
}

#[test]
fn a_function_cannot_roll_back() {
    let (reason, ended) = failure(|connection| Ok(connection.execute_batch("ROLLBACK")?));
    assert_eq!((reason, ended), (None, true));
    // Nor begin another transaction in the place of the run's.
    let (reason, ended) = failure(|connection| {
        connection.execute_batch("ROLLBACK; BEGIN IMMEDIATE; DELETE FROM tales")?;
        Ok(())
    });
    assert_eq!((reason, ended), (None, true));
    let (reason, ended) = failure(|connection| {
        connection.execute_batch("ROLLBACK; SAVEPOINT _tablature_step; DELETE FROM tales")?;
        Ok(())
    });
    assert_eq!((reason, ended), (None, true));
    let (reason, ended) = failure(|connection| {
        let twice = "INSERT OR ROLLBACK INTO tales (id, title) VALUES (1, 'again')";
        let _ = connection.execute_batch(twice);
        let _ = connection.execute_batch("UPDATE tales SET title = 'alone'");
        Ok(())
    });
    assert_eq!((reason, ended), (None, true));
}

#[test]
fn a_function_may_nest() {
    let (reason, ended) = failure(|connection| Ok(connection.execute_batch("BEGIN")?));
    let message = "cannot start a transaction within a transaction";
    assert!(reason.unwrap().starts_with(message) && !ended);
    let all = with(|connection| {
        connection.execute_batch(
            "SAVEPOINT a; UPDATE tales SET slug = 'x' || id; RELEASE a;
             SAVEPOINT b; DELETE FROM tales; ROLLBACK TO b; RELEASE b; SAVEPOINT c",
        )?;
        Ok(())
    });
    let mut connection = database(&all);
    all.apply(&mut connection).unwrap();
    assert_eq!(
        value::<i64>(&connection, "SELECT count(slug) FROM tales"),
        2
    );
}

#[test]
fn a_function_that_changes_the_schema_is_refused() {
    let error = refused(|connection| Ok(connection.execute_batch("CREATE TABLE extra (x)")?));
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
}

#[test]
fn rows_that_a_function_leaves_without_parents_are_refused() {
    let files = [
        (
            "1_tales",
            "CREATE TABLE tales (id INTEGER PRIMARY KEY);
             CREATE TABLE lines (tale INTEGER REFERENCES tales (id));
             INSERT INTO tales VALUES (1); INSERT INTO lines VALUES (1);",
        ),
        ("2_nothing", "-- tablature: step …"),
    ];
    let all = with_step(migrations(&files), 2, |connection| {
        connection.execute_batch("DELETE FROM tales")?;
        Ok(())
    });
    let mut connection = database(&all);
    let before = dump(&connection);
    let error = all.apply(&mut connection).unwrap_err();
    assert!(
        matches!(&error, Error::ForeignKeys { total: 1, .. }),
        "{error}"
    );
    assert_eq!(dump(&connection), before);
}

#[test]
fn what_a_function_sets_and_makes_temporarily_ends_with_its_migration() {
    let all = with(|connection| {
        connection.execute_batch(
            "PRAGMA legacy_alter_table = ON; CREATE TEMP TABLE tales (slug); PRAGMA recursive_triggers = ON",
        )?;
        Ok(())
    });
    let mut connection = database(&all);
    all.apply(&mut connection).unwrap();
    assert_eq!(value::<i64>(&connection, "PRAGMA legacy_alter_table"), 0);
    assert_eq!(value::<i64>(&connection, "PRAGMA recursive_triggers"), 0);
    let temporary = "SELECT count(*) FROM temp.sqlite_schema";
    assert_eq!(value::<i64>(&connection, temporary), 0);
}

#[test]
fn a_program_without_the_function_applies_nothing() {
    let mut all = with(fill_slugs);
    all.steps = Vec::new().into();
    for mut connection in [database(&all), Connection::open_in_memory().unwrap()] {
        let before = dump(&connection);
        let error = all.apply(&mut connection).unwrap_err();
        assert!(
            matches!(&error, Error::UnknownStep { version: 2, .. }),
            "{error}"
        );
        assert_eq!(dump(&connection), before);
    }
    // What comes before the step can be applied, and what has been applied is of no interest.
    let mut connection = database(&all);
    assert!(all.runner().to_version(1).apply(&mut connection).is_ok());
    with(fill_slugs).apply(&mut connection).unwrap();
    assert!(all.apply(&mut connection).unwrap().applied.is_empty());
}

#[test]
fn what_a_run_would_do_and_does_is_told_with_the_step() {
    let all = with(fill_slugs);
    let mut connection = database(&all);
    let plan = all.plan(&connection).unwrap();
    assert_eq!(
        plan.migrations[0].step.as_deref(),
        Some("crate::steps::run")
    );
    assert!(
        plan.to_string().contains(
            "ADD COLUMN slug TEXT;\n-- step: crate::steps::run, a function of the application\n"
        ),
        "{plan}"
    );
    let status = all.status(&connection).unwrap();
    assert!(matches!(status.state, State::Pending { .. }));
    assert_eq!(status.pending[0].step.as_deref(), Some("crate::steps::run"));
    assert!(
        status
            .to_string()
            .contains("2 slugs, with the step `crate::steps::run` of the application"),
        "{status}"
    );
    let lines = Mutex::new(String::new());
    let listener = |event: Event<'_>| {
        if let Event::StepStarted { .. } | Event::StepFinished { .. } = event {
            let line = event.to_string();
            let (told, _) = line.split_once(" took").unwrap_or((&line, ""));
            writeln!(lines.lock().unwrap(), "{told}").unwrap();
        }
    };
    all.runner()
        .on_event(&listener)
        .apply(&mut connection)
        .unwrap();
    assert_eq!(
        lines.into_inner().unwrap(),
        "migration 2 slugs: step crate::steps::run\nmigration 2 slugs: step crate::steps::run\n"
    );
}

#[test]
fn going_back_over_a_step_has_to_be_asked_for() {
    let restores = || Reversal::Restores {
        losses: Vec::new().into(),
    };
    let all = with_down(
        with(fill_slugs),
        2,
        "ALTER TABLE tales DROP COLUMN slug",
        restores(),
    );
    let all = with_down(all, 3, "DROP INDEX slugs", restores());
    let mut connection = database(&all);
    all.apply(&mut connection).unwrap();
    let error = all.runner().revert_to(&mut connection, 1).unwrap_err();
    assert!(
        matches!(&error, Error::Irreversible { refusals } if refusals.len() == 1 && refusals[0].version == 2),
        "{error}"
    );
    // The schema of before is found out without running the step, and so it is for an older program.
    let mut older = migrations(&[TALES]);
    older.list.to_mut()[0].chain = all.list[0].chain;
    let error = older.runner().revert_to(&mut connection, 1).unwrap_err();
    assert!(matches!(error, Error::Irreversible { .. }), "{error}");
    let runner = all.runner().accept_losses_of([2]);
    runner.revert_to(&mut connection, 1).unwrap();
    assert_eq!(all.apply(&mut connection).unwrap().applied.len(), 2);
    assert_eq!(
        value::<i64>(&connection, "SELECT count(slug) FROM tales"),
        2
    );
}

#[test]
fn a_database_is_adopted_without_its_steps() {
    let all = with(|_| Err("not again".into()));
    let mut connection = Connection::open_in_memory().unwrap();
    for migration in all.list.iter() {
        connection.execute_batch(&migration.sql).unwrap();
    }
    let adopted = all.adopt(&mut connection).unwrap();
    assert_eq!(adopted.version, Some(3));
    all.verify(&connection).unwrap();
}

/// What an error is told as that the engine has reported within a step.
fn told_of(disturb: fn(&mut Connection), step: Step) -> Error {
    let all = with(step);
    let mut connection = database(&all);
    let before = dump(&connection);
    disturb(&mut connection);
    let error = all.apply(&mut connection).unwrap_err();
    assert!(connection.is_autocommit(), "{error}");
    connection
        .progress_handler(0, None::<fn() -> bool>)
        .unwrap();
    connection
        .pragma_update(None, "max_page_count", 1000)
        .unwrap();
    assert_eq!(dump(&connection), before, "{error}");
    error
}

#[test]
fn a_full_disk_and_an_interrupt_are_not_the_fault_of_the_function() {
    let error = told_of(
        |connection| connection.pragma_update(None, "max_page_count", 7).unwrap(),
        |connection| {
            connection.execute("UPDATE tales SET slug = hex(zeroblob(100000))", [])?;
            Ok(())
        },
    );
    assert!(matches!(error, Error::DiskFull { .. }), "{error}");
    let error = told_of(
        // Only what takes very long is interrupted.
        |connection| {
            connection.progress_handler(100_000, Some(|| true)).unwrap();
        },
        |connection| {
            connection.execute(
                "UPDATE tales SET slug = (WITH RECURSIVE n (i) AS
                   (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT max(i) FROM n)",
                [],
            )?;
            Ok(())
        },
    );
    assert!(matches!(error, Error::Interrupted), "{error}");
}
