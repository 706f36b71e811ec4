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
        // `parse` alone would take a sign.
        let number = |part: &str| {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        };
        let mut parts = text.split('.').map(number);
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

#[cfg(test)]
mod tests {
    use super::EngineVersion;

    #[test]
    fn parts_that_are_left_out_are_zero() {
        assert_eq!(
            EngineVersion::parse("3.45"),
            Some(EngineVersion::new(3, 45, 0))
        );
        assert_eq!(EngineVersion::parse("3"), Some(EngineVersion::new(3, 0, 0)));
        assert_eq!(
            EngineVersion::parse("3.45.1"),
            Some(EngineVersion::new(3, 45, 1))
        );
    }

    #[test]
    fn anything_else_is_no_version() {
        for text in ["", "3.", "+3.4", "3.4.5.6", "3.x", "99999999999"] {
            assert_eq!(EngineVersion::parse(text), None, "{text}");
        }
    }
}
