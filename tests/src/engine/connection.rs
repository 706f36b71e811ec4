//! What a file leaves on the connection, and the next must not find.

use rusqlite::{Connection, Error};

/// Throws away what is temporary and detaches what is attached.
pub(super) fn clean(connection: &Connection) -> Result<(), Error> {
    // Whenever it changes, the engine closes the temporary database.
    connection.execute_batch("PRAGMA temp_store = FILE; PRAGMA temp_store = DEFAULT;")?;
    let mut attached = connection.prepare("SELECT name FROM pragma_database_list WHERE seq > 1")?;
    let attached: Vec<String> = attached
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in attached {
        connection.execute("DETACH ?1", [name])?;
    }
    Ok(())
}
