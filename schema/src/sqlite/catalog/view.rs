//! Views.

use super::{Affinity, Content, Definition};
use crate::catalog::{Key, Provenance};
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use std::sync::Arc;

/// A view.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// In its creator's letter case.
    pub name: Arc<str>,
    /// Its columns, as far as they can be known; none while its query names what does not exist.
    pub columns: Option<Vec<ViewColumn>>,
    /// Why it cannot be used, where that is known.
    pub broken: Option<Box<Diagnostic>>,
    /// As the engine keeps it.
    pub definition: Definition,
    /// Its name, where it was last written.
    pub span: Span,
    /// Where it came from.
    pub provenance: Provenance,
    /// Its place among the objects of its database by creation.
    pub place: u32,
}

/// A column of a view or of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewColumn {
    /// As the engine names it.
    pub name: Arc<str>,
    /// The declared type of the column that it comes from, else empty.
    pub declared_type: String,
    /// The declared type that another query of this column goes by; that of the last arm of a compound query, and none
    /// for an expression.
    pub passed_type: Option<Arc<str>>,
    /// The affinity of its values, if it has one.
    pub affinity: Option<Affinity>,
    /// What it holds besides NULL.
    pub content: Content,
    /// Whether it can be NULL.
    pub nullability: Nullability,
    /// The table and column that it shows unchanged, by the table's database, key and the column's position.
    pub origin: Option<(usize, Key, usize)>,
    /// The collation that comparisons of it use; none means BINARY.
    pub collation: Option<Arc<str>>,
}

/// Whether a value can be NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullability {
    /// Never.
    NotNull,
    /// It can, or nothing says that it cannot.
    Nullable,
}
