//! ANALYZE and REINDEX.

use super::Replay;
use crate::errors::sqlite::objects as errors;
use crate::sqlite::ast::QualifiedName;
use crate::sqlite::catalog::Catalog;
use crate::text::Span;

/// Where the engine keeps its statistics.
const STATISTICS: [&str; 2] = [
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
];

impl Replay {
    pub(super) fn analyze(&mut self, name: Option<&QualifiedName>, span: Span) {
        match name {
            None => {
                for database in 0..self.catalog.databases.len() {
                    if database != Catalog::TEMP {
                        self.need_statistics(database, span);
                    }
                }
            }
            Some(name) => match self.analyzed(name) {
                Some(database) => self.need_statistics(database, span),
                None => {
                    let diagnostic = errors::unknown_table(&self.catalog, name);
                    self.report(diagnostic);
                }
            },
        }
    }

    /// The database that a name stands for, or that of the index or table of the name.
    fn analyzed(&self, name: &QualifiedName) -> Option<usize> {
        if name.database.is_none()
            && let Some(database) = self.catalog.database(&name.name.name)
        {
            return Some(database);
        }
        let index = self.catalog.index(name).map(|found| found.path.database);
        index.or_else(|| Some(self.catalog.relation(name)?.path.database))
    }

    fn need_statistics(&mut self, database: usize, span: Span) {
        for sql in STATISTICS {
            self.need_internal_table(database, sql, span);
        }
    }

    pub(super) fn reindex(&mut self, name: Option<&QualifiedName>) {
        let Some(name) = name else {
            return;
        };
        let is_collation = name.database.is_none()
            && ["BINARY", "NOCASE", "RTRIM"]
                .iter()
                .any(|collation| name.name.name.eq_ignore_ascii_case(collation));
        if is_collation
            || (name.database.is_none() && self.rules.is_registered(&name.name.name))
            || self.catalog.relation(name).is_some()
            || self.catalog.index(name).is_some()
        {
            return;
        }
        let diagnostic = match &name.database {
            Some(database) if self.catalog.database(&database.name).is_none() => {
                errors::unknown_database(&self.catalog, database)
            }
            Some(_) | None => errors::unknown_reindex(&self.catalog, name),
        };
        self.report(diagnostic);
    }
}
