//! Where and how what tables hold is stored: tablespaces, access methods, compression.

use super::Replay;
use crate::errors::postgres::{alter as errors, objects};
use crate::postgres::ast::Ident;
use crate::postgres::catalog::Near;
use crate::postgres::types::{Oid, Storage};

/// The tablespace of a database that was made with none.
const DEFAULT_TABLESPACE: &str = "pg_default";
/// That of what all databases share.
const SHARED_TABLESPACE: &str = "pg_global";

impl Replay {
    /// Whether a tablespace is on the server.
    pub(super) fn is_tablespace(&self, name: &str) -> bool {
        let own = [DEFAULT_TABLESPACE, SHARED_TABLESPACE].contains(&name);
        own || self.known_tablespaces.contains(name)
    }

    /// Whether a table or index can be in a tablespace; reports if not.
    pub(super) fn check_tablespace(&mut self, name: &Ident) -> bool {
        if *name.name == *SHARED_TABLESPACE {
            let message = "only what all databases share is in the tablespace `pg_global`";
            self.report(errors::refused(message, name.span));
            return false;
        }
        let is_known = self.is_tablespace(&name.name);
        if !is_known {
            let known = self.known_tablespaces.iter().map(String::as_str);
            let diagnostic =
                objects::unknown_tablespace(&name.name, name.span, Near::named(&name.name, known));
            self.report(diagnostic);
        }
        is_known
    }

    /// The access method of tables of a name; reports if there is none.
    pub(super) fn table_method(&mut self, name: &Ident) -> Option<Oid> {
        match self.catalog.access_method_named(&name.name) {
            Some((method, false)) => Some(method),
            Some((_, true)) => {
                let message = format!("`{}` is an access method of indexes", name.name);
                self.report(errors::refused(message, name.span));
                None
            }
            None => {
                if !self.is_partly_unknown() {
                    let message = format!("no access method `{}` of tables exists", name.name);
                    self.report(errors::refused(message, name.span));
                }
                None
            }
        }
    }

    /// Whether values of a type can be compressed by a method (`GetAttributeCompression`); reports if not.
    pub(super) fn can_be_compressed(&mut self, typed: Oid, method: &Ident) -> bool {
        if *method.name == *"default" {
            return true;
        }
        let storage = self.catalog.type_of(typed).map(|it| it.storage);
        let message = if storage == Some(Storage::Plain) {
            let of = self.catalog.type_text(typed);
            format!("values of type `{of}` are not compressed")
        } else if !matches!(&*method.name, "pglz" | "lz4") {
            format!("no method of compression `{}` exists", method.name)
        } else {
            return true;
        };
        self.report(errors::refused(message, method.span));
        false
    }
}
