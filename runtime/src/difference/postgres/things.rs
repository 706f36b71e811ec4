//! What the lists of a schema have in common: what each thing is called, and where it is defined.

use super::super::Object;
use super::shown;
use crate::schema::Place;
use tablature_model::postgres::{Column, Constraint};

/// What the lists of a schema have in common.
pub(super) trait Thing {
    fn object(&self) -> Object;
    fn place(&self) -> Option<&Place>;
}

/// A column, and its table.
pub(super) struct OfTable<'a> {
    pub(super) table: String,
    pub(super) column: &'a Column,
    pub(super) place: Option<&'a Place>,
}

impl Thing for OfTable<'_> {
    fn object(&self) -> Object {
        Object::Column {
            table: self.table.clone(),
            name: self.column.name.to_string(),
        }
    }

    fn place(&self) -> Option<&Place> {
        self.place
    }
}

/// A constraint, and what it is of.
pub(super) struct Named<'a> {
    pub(super) owner: String,
    pub(super) constraint: Constraint,
    pub(super) place: Option<&'a Place>,
}

impl Thing for Named<'_> {
    fn object(&self) -> Object {
        Object::NamedConstraint {
            owner: self.owner.clone(),
            name: self.constraint.name.to_string(),
        }
    }

    fn place(&self) -> Option<&Place> {
        self.place
    }
}

macro_rules! things {
    ($($thing:ident => $object:expr;)*) => {
        $(
            impl Thing for tablature_model::postgres::$thing {
                fn object(&self) -> Object {
                    let object: fn(&Self) -> Object = $object;
                    object(self)
                }

                fn place(&self) -> Option<&Place> {
                    self.place.as_ref()
                }
            }
        )*
    };
}

things! {
    Namespace => |it| Object::Schema { name: it.name.to_string() };
    Extension => |it| Object::Extension { name: it.name.to_string() };
    Enum => |it| Object::Type { name: shown(&it.name) };
    Domain => |it| Object::Type { name: shown(&it.name) };
    Composite => |it| Object::Type { name: shown(&it.name) };
    Range => |it| Object::Type { name: shown(&it.name) };
    Sequence => |it| Object::Sequence { name: shown(&it.name) };
    Table => |it| Object::Table { name: shown(&it.name) };
    View => |it| Object::View { name: shown(&it.name) };
    Index => |it| Object::Index { name: shown(&it.name) };
    Routine => |it| Object::Routine { name: format!("{}({})", shown(&it.name), it.arguments) };
    Trigger => |it| Object::Trigger { name: format!("{}.{}", shown(&it.table), it.name) };
    Policy => |it| Object::Policy { table: shown(&it.table), name: it.name.to_string() };
    Rule => |it| Object::Rule { table: shown(&it.table), name: it.name.to_string() };
}
