//! CREATE TABLE: columns, constraints, inheritance, partitions.

mod check;
mod clone;
mod column;
mod create;
mod default;
mod foreign_key;
mod inherit;
mod key;
mod like;
mod partition;
mod parts;

pub(super) use check::renumbered;
pub(super) use column::{ColumnHome, is_serial};
pub(super) use create::NewConstraint;
pub(super) use parts::{
    ColumnParts, NewCheck, NewColumn, NewDefault, NewForeignKey, NewIdentity, NewKey,
};
