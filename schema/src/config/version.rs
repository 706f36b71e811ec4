//! Versions of the engine.

use std::fmt;

/// A version of SQLite, such as 3.45.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EngineVersion {
    /// Always 3.
    pub major: u32,
    /// The release.
    pub minor: u32,
    /// The patch; 0 where it is left out.
    pub patch: u32,
}

impl EngineVersion {
    /// The version that rusqlite bundles.
    pub const BUNDLED: EngineVersion = EngineVersion::new(3, 54, 1);

    /// A version from its parts.
    #[must_use]
    pub const fn new(major: u32, minor: u32, patch: u32) -> EngineVersion {
        EngineVersion {
            major,
            minor,
            patch,
        }
    }

    /// Reads `3`, `3.45` or `3.45.1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<EngineVersion> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let version = EngineVersion::new(
            parts.next()??,
            parts.next().unwrap_or(Some(0))?,
            parts.next().unwrap_or(Some(0))?,
        );
        parts.next().is_none().then_some(version)
    }
}

impl fmt::Display for EngineVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
