//! What every contender does, so that they differ in their library alone.
//!
//! `contender apply <database>` migrates, and prints the nanoseconds that it took. `contender starts <database>` prints the
//! medians of what a start of an up-to-date application consists of. The other verbs are there to be counted by a
//! profiler; each does what the one before it does and one thing more.

use std::error::Error;
use std::time::Instant;

/// What a contender fails with.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The query with which the application begins, on a table that the first migration makes.
pub const QUERY: &str = "SELECT * FROM entity_1 WHERE id = 1";

/// A connection to a database, with the library that migrates it.
pub trait Contender: Sized {
    /// Opens a database as an application does that uses the library.
    fn open(database: &str) -> Result<Self, Failure>;

    /// Brings the database to the newest migration.
    fn migrate(&mut self) -> Result<(), Failure>;

    /// Runs [`QUERY`].
    fn query(&mut self) -> Result<(), Failure>;
}

/// What `main` of a contender does.
pub fn main<C: Contender>() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [verb, database] = arguments.as_slice() else {
        return Err("usage: <verb> <database>".into());
    };
    match verb.as_str() {
        "open" => drop(C::open(database)?),
        "query" => C::open(database)?.query()?,
        "apply" => {
            let mut connection = C::open(database)?;
            println!("{}", nanoseconds(|| connection.migrate())?);
        }
        "apply-query" => {
            let mut connection = C::open(database)?;
            connection.migrate()?;
            connection.query()?;
        }
        "apply-apply" => {
            let mut connection = C::open(database)?;
            connection.migrate()?;
            connection.migrate()?;
        }
        "starts" => starts::<C>(database)?,
        other => return Err(format!("no verb `{other}`").into()),
    }
    Ok(())
}

/// Prints the medians of migrating on the same connection, migrating on a fresh one, the query on a fresh one, and both on
/// a fresh one.
fn starts<C: Contender>(database: &str) -> Result<(), Failure> {
    const ROUNDS: usize = 101;
    let mut same = C::open(database)?;
    same.migrate()?;
    let mut times: [Vec<u128>; 4] = Default::default();
    let [again, fresh, query, both] = &mut times;
    for _ in 0..ROUNDS {
        again.push(nanoseconds(|| same.migrate())?);
        let mut connection = C::open(database)?;
        fresh.push(nanoseconds(|| connection.migrate())?);
        let mut connection = C::open(database)?;
        query.push(nanoseconds(|| connection.query())?);
        let mut connection = C::open(database)?;
        both.push(nanoseconds(|| {
            connection.migrate()?;
            connection.query()
        })?);
    }
    let medians = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2].to_string()
    });
    println!("{}", medians.join(" "));
    Ok(())
}

fn nanoseconds(work: impl FnOnce() -> Result<(), Failure>) -> Result<u128, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_nanos())
}
