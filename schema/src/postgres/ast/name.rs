//! Names as written, and the object that they may stand for once they are looked up.

use crate::text::Span;
use std::sync::Arc;

/// A name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ident {
    /// The name that is meant: a bare word in lower case, a quoted one without its quotes, both cut to 63 bytes.
    pub name: Arc<str>,
    /// Whether it was written in double quotes.
    pub quoted: bool,
    /// Where it was written. A name that the grammar supplies has the place of the words that it stands for.
    pub span: Span,
}

impl Ident {
    /// A name that the grammar supplies for the words at `span`.
    #[must_use]
    pub fn supplied(name: &str, span: Span) -> Ident {
        Ident {
            name: name.into(),
            quoted: false,
            span,
        }
    }
}

/// `name`, `schema.name` or `catalog.schema.name`. More parts are an error that the parser reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualifiedName {
    /// The database, which must be the current one.
    pub catalog: Option<Ident>,
    /// The schema.
    pub schema: Option<Ident>,
    /// The object.
    pub name: Ident,
    /// From the first to the last part.
    pub span: Span,
}

impl QualifiedName {
    /// A name without a schema.
    #[must_use]
    pub fn bare(name: Ident) -> QualifiedName {
        QualifiedName {
            catalog: None,
            schema: None,
            span: name.span,
            name,
        }
    }

    /// `pg_catalog.name`, which the grammar supplies for the words at `span`.
    #[must_use]
    pub fn system(name: &str, span: Span) -> QualifiedName {
        QualifiedName {
            catalog: None,
            schema: Some(Ident::supplied("pg_catalog", span)),
            name: Ident::supplied(name, span),
            span,
        }
    }
}

/// An operator: `+`, or `OPERATOR(pg_catalog.+)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorName {
    /// The database.
    pub catalog: Option<Ident>,
    /// The schema.
    pub schema: Option<Ident>,
    /// The symbol; `!=` is `<>`, and LIKE is `~~`.
    pub name: Arc<str>,
    /// The symbol's place, or that of `OPERATOR(…)`.
    pub span: Span,
}

impl OperatorName {
    /// An operator without a schema.
    #[must_use]
    pub fn bare(name: &str, span: Span) -> OperatorName {
        OperatorName {
            catalog: None,
            schema: None,
            name: name.into(),
            span,
        }
    }
}
