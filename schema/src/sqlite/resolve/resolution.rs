//! What resolving gives.

use crate::config::Rules;
use crate::diagnostic::Diagnostic;
use crate::sqlite::catalog::{Catalog, ObjectPath, ViewColumn};
use crate::text::{Span, TokenIndex};

/// What names are resolved against.
#[derive(Debug, Clone, Copy)]
pub struct Environment<'a> {
    /// The objects at this point.
    pub catalog: &'a Catalog,
    /// The engine's version and what the application registers.
    pub rules: &'a Rules,
    /// Whether a mistake says which of the names that are there is most like the unknown one.
    pub suggests: bool,
}

/// What the names of a statement refer to, and what is wrong with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// Every name that refers to a table, a view or a column of one, in no particular order.
    pub references: Vec<Reference>,
    /// The columns that a query returns; none when it is none or when they cannot be known.
    pub columns: Option<Vec<ViewColumn>>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// A name and what it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Which token.
    pub token: TokenIndex,
    /// Where it is.
    pub span: Span,
    /// What it refers to.
    pub target: Target,
    /// In which clause it stands.
    pub clause: Clause,
}

/// What a name refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A table or view of the catalog.
    Relation(ObjectPath),
    /// A column of a table or view of the catalog, by its position; also through NEW, OLD and `excluded`.
    Column {
        /// The table or view.
        relation: ObjectPath,
        /// The column.
        column: usize,
    },
}

/// In which clause a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clause {
    /// WHERE, HAVING or ON, the subqueries in them included.
    Filter,
    /// USING, where RENAME COLUMN leaves the name as it is.
    Using,
    /// Anywhere else.
    Other,
}
