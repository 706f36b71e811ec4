//! A PostgreSQL server for tests: the one that `TABLATURE_POSTGRES_URL` names, else a throw-away cluster made with the
//! binaries that are installed, which is gone when the process is, however it ends.
//!
//! ```no_run
//! let Some(server) = tablature_test_server::shared() else { return };
//! let database = server.database();
//! let client = database.connect();
//! ```

#[cfg(unix)]
mod binaries;
#[cfg(unix)]
mod cluster;
mod server;

#[cfg(unix)]
pub use cluster::Cluster;
pub use server::{Database, Server, shared};

/// The variable that names the server to use, as a URL or as `host=… user=…`.
pub const URL: &str = "TABLATURE_POSTGRES_URL";

/// The variable that makes it an error if there is no server.
pub const REQUIRE: &str = "TABLATURE_REQUIRE_POSTGRES";
