//! A cheap witness that the schema has not moved since it was verified.
//!
//! The engine has no number that counts changes of the schema. But every change writes a row of its catalogs, and a row that
//! is written carries the number of the transaction that wrote it, `xmin`. So the witness is how many rows there are, and the
//! sum of a hash of each one's object and `xmin`: a row that comes, goes or is written anew changes it.
//!
//! In `pg_class` the engine also writes when it truncates, refreshes or rebuilds something, which leaves the schema as it was;
//! there the columns that are part of the schema are hashed instead, as is the name of a schema, and of a policy's roles,
//! whose own rows belong to the whole server. Rows are left out where another tells the same: a default is set or taken away
//! with its column's row, a range made and dropped with its type's, the type of a table with the table's, and what a new
//! database has (objects with numbers below 16384) does not change. So are the objects of temporary tables, which come and
//! go.
//!
//! It notices more than changes of what the migrations define: those of others in the same database, and a restored dump or an
//! upgrade of the server, which write every row anew. Then the schema is verified once more. What it does not notice is what
//! no catalog row tells: changes by writing to the catalogs by hand with `xmin` frozen, or through the files.
//!
//! It is taken before what it vouches for is read, in a transaction or not: what is changed between the two makes it void.
//!
//! It reads a row for each column, constraint and index, in ranges of their indexes and without a join, so that the time it
//! takes grows with their number and with nothing else, whatever the planner knows of them. `bench/README.md` has figures.

use super::quote::literal;

const QUERY: &str = include_str!("fingerprint.sql");

/// An expression whose value is the fingerprint, a text. What is left out of a verification is part of it.
pub(super) fn expression(ignored: &[String]) -> String {
    let mut names: Vec<String> = ignored.iter().map(|name| name.to_lowercase()).collect();
    names.sort();
    names.dedup();
    match names.as_slice() {
        [] => format!("({QUERY})"),
        names => format!("concat_ws(' ', ({QUERY}), {})", literal(&names.join("\n"))),
    }
}
