//! Types of values: modifiers, names as `format_type` prints them, conversions, and which function or operator a call means.
//!
//! Everything here is asked of [`Objects`], the door to what exists: what a new database has and what the migrations made
//! look the same from here.

mod candidate;
mod class;
mod common;
mod decimal;
mod door;
mod format;
mod function;
mod input;
mod modifier;
mod objects;
mod oid;
mod operator;
mod pathway;
mod polymorphic;
mod typing;
mod value_type;
mod visible;
pub mod well_known;

pub use class::{Comparison, Strategy};
pub(crate) use decimal::Decimal;
pub use door::{Attribute, Objects};
pub use function::{Call, CallMistake, Callee, Found};
pub(crate) use input::compare;
pub(crate) use input::name_parts;
pub use input::{Input, InputMistake};
pub use modifier::{ModifierMistake, interval_range, modifier, modifier_keeps_values};
pub use objects::{
    AccessMethod, AccessMethodKind, AggregateKind, Cast, CastContext, CastMethod, Collation,
    FamilyMember, Function, FunctionKind, Language, Name, Operator, OperatorClass, OperatorFamily,
    Parameter, ParameterMode, Storage, Type, TypeKind, Volatility,
};
pub use oid::Oid;
pub use operator::OperatorMistake;
pub use pathway::Pathway;
pub use polymorphic::PolymorphicMistake;
pub use typing::{Typing, is_polymorphic};
pub use value_type::{Typmod, ValueType};
