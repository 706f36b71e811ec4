//! The fields of SQLite's schema, in the order in which they are written.

use super::text::{Reader, Value, Writer, of_fields};
use crate::schema::{
    Column, ForeignKey, Generated, Index, Schema, Table, Trigger, UniqueConstraint, View,
};

of_fields! {
    Schema { tables, indexes, views, triggers }
    Table {
        name, module, strict, without_rowid, autoincrement, columns, unique, foreign_keys, checks, constraints, place
    }
    Column { name, declared_type, not_null, default, primary_key, generated, collation, place }
    Generated { stored, expression }
    UniqueConstraint { columns }
    ForeignKey { columns, table, references, on_update, on_delete, deferred }
    Index { name, table, definition, place }
    View { name, definition, place }
    Trigger { name, table, definition, place }
}
