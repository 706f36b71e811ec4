//! Types of values: modifiers, names as `format_type` prints them, conversions, and which function or operator a call means.
//!
//! Everything here is asked of [`Objects`], the door to what exists: what a new database has and what the migrations made
//! look the same from here.

mod door;
mod objects;
mod oid;
mod value_type;
pub mod well_known;

pub use door::{Attribute, Objects};
pub use objects::{
    AccessMethod, AccessMethodKind, AggregateKind, Cast, CastContext, CastMethod, Collation,
    FamilyMember, Function, FunctionKind, Language, Name, Operator, OperatorClass, OperatorFamily,
    Parameter, ParameterMode, Storage, Type, TypeKind, Volatility,
};
pub use oid::Oid;
pub use value_type::{Typmod, ValueType};
