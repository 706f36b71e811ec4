//! What belongs to a server and to none of its databases: a test that makes such things leaves none behind.

use postgres::{Error, SimpleQueryMessage};
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tablature_test_server::Server;

/// The roles and databases of a server, while no other test of the process makes any.
pub struct Globals {
    server: &'static Server,
    names: BTreeSet<(String, String)>,
    _alone: MutexGuard<'static, ()>,
}

const QUERY: &str = "SELECT 'ROLE', quote_ident(rolname) FROM pg_roles WHERE rolname !~ '^pg_' \
    UNION ALL SELECT 'DATABASE', quote_ident(datname) FROM pg_database WHERE datname !~ '^tablature_'";

impl Globals {
    /// Looks at what is there.
    ///
    /// # Errors
    ///
    /// If the server does not say.
    pub fn keep(server: &'static Server) -> Result<Globals, Error> {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Globals {
            server,
            names: names(server)?,
            _alone: alone,
        })
    }
}

impl Drop for Globals {
    fn drop(&mut self) {
        let mut client = self.server.connect();
        for (kind, name) in names(self.server).unwrap_or_default() {
            if !self.names.contains(&(kind.clone(), name.clone())) {
                // What still owns something stays until its database goes.
                let _ = client.batch_execute(&format!("DROP {kind} {name}"));
            }
        }
    }
}

fn names(server: &Server) -> Result<BTreeSet<(String, String)>, Error> {
    let rows = server.connect().simple_query(QUERY)?;
    let name = |message: &SimpleQueryMessage| match message {
        SimpleQueryMessage::Row(row) => Some((row.get(0)?.to_owned(), row.get(1)?.to_owned())),
        _ => None,
    };
    Ok(rows.iter().filter_map(name).collect())
}
