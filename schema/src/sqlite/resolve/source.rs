//! What stands in FROM once it is known what it is.

use super::affinity::ValueAffinity;
use super::named::{HasName, Named};
use crate::catalog::Key;
use crate::sqlite::catalog::{Content, ObjectPath};
use crate::text::Span;
use std::sync::Arc;

/// A table, view, subquery, common table or group in FROM, or the table that a statement changes.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// A number that no other source of the statement has.
    pub(super) cursor: u32,
    /// AS.
    pub(super) alias: Option<Arc<str>>,
    /// The name of the table, under which its columns can be qualified where it has no alias.
    pub(super) name: Arc<str>,
    /// The position of its database; subqueries and common tables have none.
    pub(super) database: Option<usize>,
    /// The table or view of the catalog.
    pub(super) relation: Option<ObjectPath>,
    /// Its columns.
    pub(super) columns: Named<SourceColumn>,
    /// Whether `rowid` names something in it.
    pub(super) rowid: bool,
    /// The column that is the rowid, if one is.
    pub(super) rowid_alias: Option<usize>,
    /// What kind of thing it is.
    pub(super) kind: SourceKind,
    /// How it is joined to what stands before it.
    pub(super) join: Join,
    /// After a mistake it may have columns that are not known: a name that is not found in it is no second mistake.
    pub(super) open: bool,
    /// Where it is written.
    pub(super) span: Option<Span>,
}

/// What kind of thing a source is, where that decides which names find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceKind {
    /// A table or a view.
    Relation,
    /// `sqlite_schema`, which has two names.
    SchemaTable {
        /// The one of `temp`, which has two more.
        temporary: bool,
    },
    /// A subquery or a common table.
    Query,
    /// `( a JOIN b )`, whose columns keep the names of the tables within.
    Group,
}

/// How a source is joined to what stands before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Join {
    /// LEFT or FULL JOIN: its columns may be NULL.
    pub(super) keeps_left: bool,
    /// RIGHT or FULL JOIN.
    pub(super) keeps_right: bool,
    /// Whether a RIGHT or FULL JOIN follows, so that its columns may be NULL.
    pub(super) before_right: bool,
    /// The names of USING, those of NATURAL included.
    pub(super) using: Named<Arc<str>>,
}

/// A column of a source.
#[derive(Debug, Clone)]
pub(super) struct SourceColumn {
    /// Its name.
    pub(super) name: Arc<str>,
    /// Its declared type, if it has one.
    pub(super) declared_type: Option<Arc<str>>,
    /// The declared type of the column that it shows unchanged, as a query of it finds it.
    pub(super) passed_type: Option<Arc<str>>,
    /// Its affinity, if it has one.
    pub(super) affinity: Option<ValueAffinity>,
    /// Its collation; none means BINARY.
    pub(super) collation: Option<Arc<str>>,
    /// Whether it may be NULL, joins aside.
    pub(super) nullable: bool,
    /// What it holds, NULL aside.
    pub(super) content: Content,
    /// Whether it is always a number that is no infinity.
    pub(super) finite: bool,
    /// Whether `*` leaves it out: a hidden column of a virtual table, or one that USING shows already.
    pub(super) hidden: bool,
    /// Whether `*` without a table leaves it out, because USING shows it already.
    pub(super) merged: bool,
    /// Whether a value can be given for it in INSERT.
    pub(super) generated: bool,
    /// The column of the catalog that its name is the name of.
    pub(super) named: Option<(ObjectPath, usize)>,
    /// The column of a table whose value it is.
    pub(super) origin: Option<(usize, Key, usize)>,
    /// Where it is declared.
    pub(super) span: Option<Span>,
    /// Under which names a column of a group can be found.
    pub(super) inner: Option<InnerName>,
}

/// The names of a column within a group.
#[derive(Debug, Clone)]
pub(super) struct InnerName {
    /// The name of its database; `*` for that of a subquery, empty for a column that USING made.
    pub(super) database: Arc<str>,
    /// The name or alias of its table; empty for a column that USING made.
    pub(super) table: Arc<str>,
    /// The column's.
    pub(super) column: Arc<str>,
    /// Whether it is the rowid of a table within.
    pub(super) rowid: bool,
    /// Whether USING made it.
    pub(super) using: bool,
}

impl HasName for SourceColumn {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Source {
    /// The name under which its columns are qualified.
    pub(super) fn known_as(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }

    /// The name under which its columns are qualified, if it has one that can be written.
    pub(super) fn written_name(&self) -> Option<&str> {
        Some(self.known_as()).filter(|name| self.alias.is_some() || !name.starts_with('('))
    }

    /// Whether its columns may be NULL because of the joins around it.
    pub(super) fn is_outer(&self) -> bool {
        self.join.keeps_left || self.join.before_right
    }

    /// The position of the first column of a name.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.position_of(name)
    }

    /// Whether USING or NATURAL joins it by a column of this name.
    pub(super) fn uses(&self, name: &str) -> bool {
        self.join.using.position_of(name).is_some()
    }

    /// Whether `name` before a dot means this source.
    pub(super) fn answers_to(&self, name: &str, with_database: bool) -> bool {
        if let Some(alias) = &self.alias {
            return alias.eq_ignore_ascii_case(name);
        }
        if self.name.eq_ignore_ascii_case(name) {
            return true;
        }
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        match self.kind {
            SourceKind::SchemaTable { temporary: false } => is("sqlite_schema"),
            SourceKind::SchemaTable { temporary: true } => {
                is("sqlite_temp_schema")
                    || with_database && (is("sqlite_master") || is("sqlite_schema"))
            }
            SourceKind::Relation | SourceKind::Query | SourceKind::Group => false,
        }
    }
}

/// The three names of the rowid, where no column has them.
pub(super) fn is_rowid_name(name: &str) -> bool {
    ["rowid", "_rowid_", "oid"]
        .iter()
        .any(|rowid| rowid.eq_ignore_ascii_case(name))
}
