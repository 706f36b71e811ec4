//! Databases for tests: each a new one of its own, and the migrations run once for all of them.
//!
//! Enable the feature `testing` where tests are compiled, and nowhere else:
//!
//! ```toml
//! [dev-dependencies]
//! tablature = { version = "0.1", features = ["testing"] }
//! ```

use crate::error::Error;
use crate::migration::Migrations;
use crate::runner::Runner;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::{fmt, fs, io};

/// Opens a new database in memory that is up to date, with the rows that the migrations insert.
///
/// The first call of a process applies the migrations, or the snapshot; those after it copy what came of that, which takes
/// microseconds. Each test has a database of its own and need not tidy up.
///
/// # Errors
///
/// Those of [`Runner::apply`].
///
/// # Example
///
/// ```
/// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
/// let connection = tablature::testing::database(&MIGRATIONS)?;
/// connection.execute_batch("CREATE TABLE only_here (a)")?;
///
/// let other = tablature::testing::database(&MIGRATIONS)?;
/// assert!(!other.table_exists(None, "only_here")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn database(migrations: &Migrations) -> Result<Connection, Error> {
    static IMAGES: Mutex<BTreeMap<[u8; 32], Image>> = Mutex::new(BTreeMap::new());
    let chain = migrations.list.last().map_or([0; 32], |head| head.chain);
    // Whoever panicked has left an image that is whole, or none.
    let mut images = IMAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let image = match images.get(&chain) {
        Some(image) => image.clone(),
        None => {
            let image = migrations.runner().image()?;
            images.entry(chain).or_insert(image).clone()
        }
    };
    // Others need not wait until this one is copied.
    drop(images);
    image.open()
}

/// What a new database is once the migrations have been applied to it, to make as many of as are needed.
#[derive(Clone)]
pub struct Image {
    bytes: std::sync::Arc<[u8]>,
    open: fn() -> rusqlite::Result<Connection>,
}

impl Runner<'_> {
    /// Applies the migrations to the empty database that [`scratch`](Self::scratch) opens, and keeps what it is then.
    ///
    /// # Errors
    ///
    /// Those of [`apply`](Self::apply), and what opening and reading that database can fail with.
    ///
    /// # Example
    ///
    /// ```
    /// # static MIGRATIONS: tablature::Migrations = tablature::Migrations::EMPTY;
    /// use tablature::rusqlite::{Connection, Result};
    ///
    /// /// Registers what the application registers.
    /// fn open() -> Result<Connection> {
    ///     let connection = Connection::open_in_memory()?;
    ///     connection.pragma_update(None, "foreign_keys", true)?;
    ///     Ok(connection)
    /// }
    ///
    /// let image = MIGRATIONS.runner().scratch(open).image()?;
    /// let connection = image.open()?;
    /// # assert_eq!(connection.pragma_query_value(None, "foreign_keys", |row| row.get::<_, i64>(0))?, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn image(&self) -> Result<Image, Error> {
        let open = self.scratch;
        let mut connection = open()?;
        self.apply(&mut connection)?;
        let bytes = connection.serialize("main")?.to_vec();
        Ok(Image {
            bytes: bytes.into(),
            open,
        })
    }
}

impl Image {
    /// Opens a new database in memory that is what the image is.
    ///
    /// # Errors
    ///
    /// What opening a database can fail with.
    pub fn open(&self) -> Result<Connection, Error> {
        let mut connection = (self.open)()?;
        let length = self.bytes.len();
        connection.deserialize_read_exact("main", &*self.bytes, length, false)?;
        Ok(connection)
    }

    /// Writes a new database file that is what the image is, for tests in which several connections open it.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or is there already.
    pub fn write(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let mut file = fs::File::create_new(path)?;
        io::Write::write_all(&mut file, &self.bytes)
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image of {} bytes", self.bytes.len())
    }
}
