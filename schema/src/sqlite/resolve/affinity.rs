//! Affinities of expressions and of declared types.

use crate::sqlite::catalog::Affinity;

/// The affinity of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueAffinity {
    /// One that a column can have.
    Column(Affinity),
    /// What a CAST in a compound query has: numeric, but texts and blobs stay as they are.
    Flexible,
}

impl ValueAffinity {
    /// Whether it makes numbers of values.
    pub(super) fn is_numeric(self) -> bool {
        match self {
            ValueAffinity::Column(Affinity::Blob | Affinity::Text) => false,
            ValueAffinity::Column(Affinity::Numeric | Affinity::Integer | Affinity::Real)
            | ValueAffinity::Flexible => true,
        }
    }

    /// The affinity that the catalog knows.
    pub(super) fn to_column(self) -> Affinity {
        match self {
            ValueAffinity::Column(affinity) => affinity,
            ValueAffinity::Flexible => Affinity::Numeric,
        }
    }

    /// The type that the engine declares for a column of this affinity which comes from no declared column.
    pub(super) fn type_name(self) -> &'static str {
        match self {
            ValueAffinity::Column(Affinity::Blob) => "BLOB",
            ValueAffinity::Column(Affinity::Text) => "TEXT",
            ValueAffinity::Column(Affinity::Numeric) | ValueAffinity::Flexible => "NUM",
            ValueAffinity::Column(Affinity::Integer) => "INT",
            ValueAffinity::Column(Affinity::Real) => "REAL",
        }
    }
}

/// The affinity that a declared type gives (`sqlite3AffinityType`); that of no type is for the caller to know.
pub(super) fn of_type(declared: &str) -> Affinity {
    let declared = declared.to_ascii_lowercase();
    let bytes = declared.as_bytes();
    let mut affinity = Affinity::Numeric;
    for end in 1..=bytes.len() {
        let read = bytes.get(..end).unwrap_or_default();
        if read.ends_with(b"int") {
            return Affinity::Integer;
        }
        let text = [&b"char"[..], b"clob", b"text"];
        let real = [&b"real"[..], b"floa", b"doub"];
        if text.iter().any(|word| read.ends_with(word)) {
            affinity = Affinity::Text;
        } else if read.ends_with(b"blob") && matches!(affinity, Affinity::Numeric | Affinity::Real)
        {
            affinity = Affinity::Blob;
        } else if real.iter().any(|word| read.ends_with(word)) && affinity == Affinity::Numeric {
            affinity = Affinity::Real;
        }
    }
    affinity
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_inside_a_type_decide_and_int_wins() {
        assert_eq!(of_type("VARCHAR(255)"), Affinity::Text);
        assert_eq!(of_type("CHARINT"), Affinity::Integer);
        assert_eq!(of_type("FLOATING POINT"), Affinity::Integer);
        assert_eq!(of_type("DOUBLE"), Affinity::Real);
        assert_eq!(of_type("REAL BLOB"), Affinity::Blob);
        assert_eq!(of_type("TEXT BLOB"), Affinity::Text);
        assert_eq!(of_type("DATETIME"), Affinity::Numeric);
    }
}
