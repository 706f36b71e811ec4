//! Whose SQL the migrations are written in.

use super::Config;
use crate::diagnostic::Diagnostic;
use crate::errors::config as errors;

/// An engine whose SQL is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres,
}

impl Config {
    /// The dialect that is chosen, else the one that is set; SQLite if none is.
    ///
    /// # Errors
    ///
    /// If there is no such dialect, or none in this build.
    pub fn dialect(&self) -> Result<Dialect, Box<Diagnostic>> {
        if let Some(chosen) = self.chosen_dialect {
            return Ok(chosen);
        }
        let Some(setting) = &self.dialect else {
            return Ok(Dialect::Sqlite);
        };
        match setting.text.as_str() {
            "sqlite" => Ok(Dialect::Sqlite),
            #[cfg(feature = "postgres")]
            "postgres" => Ok(Dialect::Postgres),
            #[cfg(not(feature = "postgres"))]
            "postgres" => Err(Box::new(errors::postgres_is_not_built(setting))),
            _ => Err(Box::new(errors::unknown_dialect(setting))),
        }
    }
}
