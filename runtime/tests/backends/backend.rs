//! The engines and clients that the suite runs on, behind one trait.

use std::fmt::Write;
use tablature::migration::{Embedded, Expected};
use tablature::postgres::{self, SimpleQueryMessage};
use tablature::rusqlite::{self, types::ValueRef};
use tablature::tokio_postgres;
use tablature::{
    AdoptPlan, Adopted, Error, Migrations, Plan, Repair, Report, RevertPlan, Reverted, Runner,
    Start, Status,
};
use tablature_test_server::Database;
use tokio::runtime::Runtime;

/// A connection to a database of its own, which is empty at first.
pub(crate) trait Backend: Sized + Send {
    /// A new database; none if there is no server.
    fn new() -> Option<Self>;
    /// Another connection to the same database.
    fn another(&self) -> Self;
    /// The schema of the database, as a compiler would have found it.
    fn expected(&mut self) -> Expected;
    /// Runs statements.
    fn run(&mut self, sql: &str);
    /// Runs statements that may fail.
    fn try_run(&mut self, sql: &str) -> Result<(), String>;
    /// The first column of the first row, as a text; `NULL` for NULL.
    fn value(&mut self, sql: &str) -> String;
    /// The names of the tables in a schema of a server's database.
    fn dump_in(&mut self, schema: &str) -> String {
        self.value(&TABLES.replace("'public'", &format!("'\"{schema}\"'")))
    }
    /// The names of all tables, and the rows of the history.
    fn dump(&mut self) -> String;

    fn apply(&mut self, runner: Runner<'_>) -> Result<Report, Error>;
    fn start(&mut self, runner: Runner<'_>) -> Start;
    fn verify(&mut self, runner: Runner<'_>) -> Result<(), Error>;
    fn status(&mut self, runner: Runner<'_>) -> Result<Status, Error>;
    fn plan(&mut self, runner: Runner<'_>) -> Result<Plan, Error>;
    fn revert_to(&mut self, runner: Runner<'_>, version: i64) -> Result<Reverted, Error>;
    fn plan_revert(&mut self, runner: Runner<'_>, version: i64) -> Result<RevertPlan, Error>;
    fn repair(&mut self, runner: Runner<'_>) -> Result<Repair, Error>;
    fn adopt(&mut self, runner: Runner<'_>) -> Result<Adopted, Error>;
    fn adopt_at(&mut self, runner: Runner<'_>, version: i64) -> Result<Adopted, Error>;
    fn plan_adopt(&mut self, runner: Runner<'_>) -> Result<AdoptPlan, Error>;
}

/// A connection to a server, which can be made another way too.
pub(crate) trait Remote: Backend {
    /// The database that it is connected to.
    fn database(&self) -> &Database;
    /// A connection to what a URL names, as to this database.
    fn at(&self, url: &str) -> Self;
}

/// SQLite over rusqlite.
pub(crate) struct Sqlite {
    connection: rusqlite::Connection,
    file: std::sync::Arc<tempfile::TempDir>,
}

impl Sqlite {
    fn open(file: std::sync::Arc<tempfile::TempDir>) -> Self {
        let connection = rusqlite::Connection::open(file.path().join("app.db")).unwrap();
        Sqlite { connection, file }
    }
}

impl Backend for Sqlite {
    fn new() -> Option<Self> {
        let directory = tempfile::tempdir().unwrap();
        Some(Sqlite::open(directory.into()))
    }

    fn another(&self) -> Self {
        Sqlite::open(self.file.clone())
    }

    fn expected(&mut self) -> Expected {
        let schema = tablature::schema::read(&self.connection).unwrap();
        Expected::Sqlite(Embedded::Value(schema))
    }

    fn run(&mut self, sql: &str) {
        self.connection.execute_batch(sql).unwrap();
    }

    fn try_run(&mut self, sql: &str) -> Result<(), String> {
        let ran = self.connection.execute_batch(sql);
        ran.map_err(|error| error.to_string())
    }

    fn value(&mut self, sql: &str) -> String {
        let read = |row: &rusqlite::Row<'_>| {
            Ok(match row.get_ref(0)? {
                ValueRef::Null => "NULL".to_owned(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => number.to_string(),
                ValueRef::Text(text) | ValueRef::Blob(text) => {
                    String::from_utf8_lossy(text).into_owned()
                }
            })
        };
        self.connection.query_row(sql, [], read).unwrap()
    }

    fn dump(&mut self) -> String {
        let tables = self.value(
            "SELECT coalesce(group_concat(name, ' '), '') FROM (SELECT name FROM sqlite_schema
             WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name)",
        );
        history(self, tables)
    }

    fn apply(&mut self, runner: Runner<'_>) -> Result<Report, Error> {
        runner.apply(&mut self.connection)
    }

    fn start(&mut self, runner: Runner<'_>) -> Start {
        runner.start(&mut self.connection)
    }

    fn verify(&mut self, runner: Runner<'_>) -> Result<(), Error> {
        runner.verify(&self.connection)
    }

    fn status(&mut self, runner: Runner<'_>) -> Result<Status, Error> {
        runner.status(&self.connection)
    }

    fn plan(&mut self, runner: Runner<'_>) -> Result<Plan, Error> {
        runner.plan(&self.connection)
    }

    fn revert_to(&mut self, runner: Runner<'_>, version: i64) -> Result<Reverted, Error> {
        runner.revert_to(&mut self.connection, version)
    }

    fn plan_revert(&mut self, runner: Runner<'_>, version: i64) -> Result<RevertPlan, Error> {
        runner.plan_revert(&self.connection, version)
    }

    fn repair(&mut self, runner: Runner<'_>) -> Result<Repair, Error> {
        runner.repair(&self.connection)
    }

    fn adopt(&mut self, runner: Runner<'_>) -> Result<Adopted, Error> {
        runner.adopt(&mut self.connection)
    }

    fn adopt_at(&mut self, runner: Runner<'_>, version: i64) -> Result<Adopted, Error> {
        runner.adopt_at(&mut self.connection, version)
    }

    fn plan_adopt(&mut self, runner: Runner<'_>) -> Result<AdoptPlan, Error> {
        runner.plan_adopt(&self.connection)
    }
}

/// The tables of a server's database.
const TABLES: &str = "SELECT coalesce(string_agg(relname, ' ' ORDER BY relname COLLATE \"C\"), '') FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> '_tablature_progress'";

/// The tables, and the rows of the history if there is one.
fn history(backend: &mut impl Backend, tables: String) -> String {
    let mut dump = tables;
    if dump.split(' ').any(|table| table == "_tablature_history") {
        let count = backend.value("SELECT count(*) FROM _tablature_history");
        let newest = backend.value("SELECT max(version) FROM _tablature_history");
        write!(dump, "; {count} applied, the newest {newest}").unwrap();
    }
    dump
}

fn first(messages: Vec<SimpleQueryMessage>) -> String {
    let row = messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    row.unwrap().get(0).unwrap_or("NULL").to_owned()
}

/// PostgreSQL over the synchronous client.
pub(crate) struct Synchronous {
    client: postgres::Client,
    scratch: Option<(postgres::Client, Database)>,
    database: std::sync::Arc<Database>,
}

impl Synchronous {
    /// A connection to the same database, without an empty one at its side.
    pub(crate) fn client(&self) -> postgres::Client {
        self.database.connect()
    }

    /// The migrations on the connection, with an empty database at their side.
    fn on<'a>(&'a mut self, runner: Runner<'a>) -> tablature::Postgres<'a> {
        let (scratch, _) = self.scratch.get_or_insert_with(|| {
            let database = tablature_test_server::shared().unwrap().database();
            (database.connect(), database)
        });
        runner.postgres(&mut self.client).scratch(scratch)
    }
}

impl Remote for Synchronous {
    fn database(&self) -> &Database {
        &self.database
    }

    fn at(&self, url: &str) -> Self {
        Synchronous {
            client: postgres::Client::connect(url, postgres::NoTls).unwrap(),
            scratch: None,
            database: self.database.clone(),
        }
    }
}

impl Backend for Synchronous {
    fn new() -> Option<Self> {
        let database = tablature_test_server::shared()?.database();
        Some(Synchronous {
            client: database.connect(),
            scratch: None,
            database: database.into(),
        })
    }

    fn another(&self) -> Self {
        Synchronous {
            client: self.database.connect(),
            scratch: None,
            database: self.database.clone(),
        }
    }

    fn expected(&mut self) -> Expected {
        let schema = Migrations::EMPTY
            .postgres(&mut self.client)
            .schema()
            .unwrap();
        Expected::Postgres(Embedded::Value(schema))
    }

    fn run(&mut self, sql: &str) {
        self.client.batch_execute(sql).unwrap();
    }

    fn try_run(&mut self, sql: &str) -> Result<(), String> {
        let ran = self.client.batch_execute(sql);
        ran.map_err(|error| error.to_string())
    }

    fn value(&mut self, sql: &str) -> String {
        first(self.client.simple_query(sql).unwrap())
    }

    fn dump(&mut self) -> String {
        let tables = self.value(TABLES);
        history(self, tables)
    }

    fn apply(&mut self, runner: Runner<'_>) -> Result<Report, Error> {
        // Without another database, as an application would.
        runner.postgres(&mut self.client).apply()
    }

    fn start(&mut self, runner: Runner<'_>) -> Start {
        runner.postgres(&mut self.client).start()
    }

    fn verify(&mut self, runner: Runner<'_>) -> Result<(), Error> {
        self.on(runner).verify()
    }

    fn status(&mut self, runner: Runner<'_>) -> Result<Status, Error> {
        self.on(runner).status()
    }

    fn plan(&mut self, runner: Runner<'_>) -> Result<Plan, Error> {
        self.on(runner).plan()
    }

    fn revert_to(&mut self, runner: Runner<'_>, version: i64) -> Result<Reverted, Error> {
        self.on(runner).revert_to(version)
    }

    fn plan_revert(&mut self, runner: Runner<'_>, version: i64) -> Result<RevertPlan, Error> {
        self.on(runner).plan_revert(version)
    }

    fn repair(&mut self, runner: Runner<'_>) -> Result<Repair, Error> {
        self.on(runner).repair()
    }

    fn adopt(&mut self, runner: Runner<'_>) -> Result<Adopted, Error> {
        self.on(runner).adopt()
    }

    fn adopt_at(&mut self, runner: Runner<'_>, version: i64) -> Result<Adopted, Error> {
        self.on(runner).adopt_at(version)
    }

    fn plan_adopt(&mut self, runner: Runner<'_>) -> Result<AdoptPlan, Error> {
        self.on(runner).plan_adopt()
    }
}

/// PostgreSQL over the asynchronous client.
pub(crate) struct Asynchronous {
    runtime: Runtime,
    client: tokio_postgres::Client,
    scratch: Option<(tokio_postgres::Client, Database)>,
    database: std::sync::Arc<Database>,
}

impl Asynchronous {
    fn open(database: std::sync::Arc<Database>, url: &str) -> Self {
        // With a thread of its own, on which the connections go on by themselves.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let client = connected(&runtime, url);
        Asynchronous {
            runtime,
            client,
            scratch: None,
            database,
        }
    }
}

impl Asynchronous {
    /// Applies, and gives up after a time.
    pub(crate) fn apply_for(&mut self, runner: Runner<'_>, time: std::time::Duration) {
        let mut on = runner.tokio_postgres(&mut self.client);
        let run = async { tokio::time::timeout(time, on.apply()).await };
        self.runtime.block_on(run).unwrap_err();
    }
}

fn connected(runtime: &Runtime, url: &str) -> tokio_postgres::Client {
    let config: tokio_postgres::Config = url.parse().unwrap();
    let (client, connection) = runtime
        .block_on(config.connect(tokio_postgres::NoTls))
        .unwrap();
    runtime.spawn(connection);
    client
}

/// Runs a verb on the connection, with an empty database at its side.
macro_rules! on {
    ($backend:expr, $runner:expr, $verb:ident($($argument:expr)?)) => {{
        let Asynchronous { runtime, client, scratch, .. } = $backend;
        let (scratch, _) = scratch.get_or_insert_with(|| {
            let database = tablature_test_server::shared().unwrap().database();
            (connected(runtime, &database.url()), database)
        });
        let mut on = $runner.tokio_postgres(client).scratch(scratch);
        runtime.block_on(on.$verb($($argument)?))
    }};
}

impl Remote for Asynchronous {
    fn database(&self) -> &Database {
        &self.database
    }

    fn at(&self, url: &str) -> Self {
        Asynchronous::open(self.database.clone(), url)
    }
}

impl Backend for Asynchronous {
    fn new() -> Option<Self> {
        let database = tablature_test_server::shared()?.database();
        let url = database.url();
        Some(Asynchronous::open(database.into(), &url))
    }

    fn another(&self) -> Self {
        self.at(&self.database.url())
    }

    fn expected(&mut self) -> Expected {
        let mut on = Migrations::EMPTY.tokio_postgres(&mut self.client);
        let schema = self.runtime.block_on(on.schema()).unwrap();
        Expected::Postgres(Embedded::Value(schema))
    }

    fn run(&mut self, sql: &str) {
        self.runtime
            .block_on(self.client.batch_execute(sql))
            .unwrap();
    }

    fn try_run(&mut self, sql: &str) -> Result<(), String> {
        let ran = self.runtime.block_on(self.client.batch_execute(sql));
        ran.map_err(|error| error.to_string())
    }

    fn value(&mut self, sql: &str) -> String {
        first(
            self.runtime
                .block_on(self.client.simple_query(sql))
                .unwrap(),
        )
    }

    fn dump(&mut self) -> String {
        let tables = self.value(TABLES);
        history(self, tables)
    }

    fn apply(&mut self, runner: Runner<'_>) -> Result<Report, Error> {
        let mut on = runner.tokio_postgres(&mut self.client);
        self.runtime.block_on(on.apply())
    }

    fn start(&mut self, runner: Runner<'_>) -> Start {
        let mut on = runner.tokio_postgres(&mut self.client);
        self.runtime.block_on(on.start())
    }

    fn verify(&mut self, runner: Runner<'_>) -> Result<(), Error> {
        on!(self, runner, verify())
    }

    fn status(&mut self, runner: Runner<'_>) -> Result<Status, Error> {
        on!(self, runner, status())
    }

    fn plan(&mut self, runner: Runner<'_>) -> Result<Plan, Error> {
        on!(self, runner, plan())
    }

    fn revert_to(&mut self, runner: Runner<'_>, version: i64) -> Result<Reverted, Error> {
        on!(self, runner, revert_to(version))
    }

    fn plan_revert(&mut self, runner: Runner<'_>, version: i64) -> Result<RevertPlan, Error> {
        on!(self, runner, plan_revert(version))
    }

    fn repair(&mut self, runner: Runner<'_>) -> Result<Repair, Error> {
        on!(self, runner, repair())
    }

    fn adopt(&mut self, runner: Runner<'_>) -> Result<Adopted, Error> {
        on!(self, runner, adopt())
    }

    fn adopt_at(&mut self, runner: Runner<'_>, version: i64) -> Result<Adopted, Error> {
        on!(self, runner, adopt_at(version))
    }

    fn plan_adopt(&mut self, runner: Runner<'_>) -> Result<AdoptPlan, Error> {
        on!(self, runner, plan_adopt())
    }
}
