//! CREATE INDEX, and the indexes of constraints (`DefineIndex`).

mod class;
mod create;

pub(crate) use create::term_of;
mod define;
mod partitions;

pub(super) use define::{BTREE, ConstraintRequest, IndexRequest, KeyRequest};
pub(super) use partitions::{index_for, is_same};
