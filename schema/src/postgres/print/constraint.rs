//! Constraints (`pg_get_constraintdef`).

use super::scope::columns_of;
use super::{Printer, Scope};
use crate::postgres::catalog::{
    Catalog, Constraint, ConstraintKind, ConstraintOn, ForeignKeyAction, KeyConstraint,
};
use crate::postgres::types::Oid;

/// What stands after the name of a constraint. None where a mistake keeps from knowing it, and for a constraint trigger,
/// of which the engine prints the trigger.
#[must_use]
pub fn constraint_definition(catalog: &Catalog, constraint: &Constraint) -> Option<String> {
    let table = constraint.on.table();
    let mut printer = Printer::new(catalog);
    printer.scopes.push(Scope::of_relation(catalog, table));
    match &constraint.kind {
        ConstraintKind::Check { condition, .. } => {
            printer.push("CHECK (");
            printer.expression(condition.as_deref()?, false);
            printer.push(")");
            if constraint.no_inherit {
                printer.push(" NO INHERIT");
            }
        }
        ConstraintKind::NotNull { column } => {
            printer.push("NOT NULL");
            if let ConstraintOn::Table(table) = constraint.on {
                printer.push(" ");
                printer.columns(table, &[*column]);
                if constraint.no_inherit {
                    printer.push(" NO INHERIT");
                }
            }
        }
        ConstraintKind::PrimaryKey(key) => printer.key("PRIMARY KEY ", catalog, table?, key),
        ConstraintKind::Unique(key) => printer.key("UNIQUE ", catalog, table?, key),
        ConstraintKind::Exclude { key, operators } => {
            printer
                .text
                .push_str(&super::index::exclusion(catalog, key.index, operators)?);
        }
        ConstraintKind::ForeignKey(key) => {
            printer.push("FOREIGN KEY (");
            printer.columns(table?, &key.columns);
            let referenced = printer.relation_name(key.table);
            printer.push(&format!(") REFERENCES {referenced}("));
            printer.columns(key.table, &key.referenced);
            printer.push(")");
            if key.full {
                printer.push(" MATCH FULL");
            }
            if let Some(action) = action(key.on_update) {
                printer.push(&format!(" ON UPDATE {action}"));
            }
            if let Some(action) = action(key.on_delete) {
                printer.push(&format!(" ON DELETE {action}"));
            }
            if !key.set_columns.is_empty() {
                printer.push(" (");
                printer.columns(table?, &key.set_columns);
                printer.push(")");
            }
        }
        ConstraintKind::Trigger => return None,
    }
    if constraint.timing.deferrable {
        printer.push(" DEFERRABLE");
    }
    if constraint.timing.deferred {
        printer.push(" INITIALLY DEFERRED");
    }
    // From 18 on, what is not enforced is not valid either, and only the former is said.
    if !constraint.enforced {
        printer.push(" NOT ENFORCED");
    } else if !constraint.validated {
        printer.push(" NOT VALID");
    }
    Some(printer.text)
}

fn action(action: ForeignKeyAction) -> Option<&'static str> {
    match action {
        ForeignKeyAction::NoAction => None,
        ForeignKeyAction::Restrict => Some("RESTRICT"),
        ForeignKeyAction::Cascade => Some("CASCADE"),
        ForeignKeyAction::SetNull => Some("SET NULL"),
        ForeignKeyAction::SetDefault => Some("SET DEFAULT"),
    }
}

impl Printer<'_> {
    /// Names of columns with commas between them.
    fn columns(&mut self, table: Oid, numbers: &[i16]) {
        let columns = columns_of(self.typing.objects, table);
        self.list(numbers, |this, number| {
            if let Some((_, name)) = columns.iter().find(|(its, _)| its == number) {
                this.name(name);
            }
        });
    }

    fn key(&mut self, words: &str, catalog: &Catalog, table: Oid, key: &KeyConstraint) {
        let index = catalog
            .relation(key.index)
            .and_then(|relation| relation.index());
        self.push(words);
        if index.is_some_and(|index| index.nulls_not_distinct) {
            self.push("NULLS NOT DISTINCT ");
        }
        self.push("(");
        self.columns(table, &key.columns);
        self.push(")");
        if let Some(index) = index
            && !index.included.is_empty()
        {
            self.push(" INCLUDE (");
            self.columns(table, &index.included);
            self.push(")");
        }
    }
}
