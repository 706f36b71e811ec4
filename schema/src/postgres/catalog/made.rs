//! Types, routines, operators and their like as migrations make them: what the type system needs of them, and the rest.

use super::objects::Object;
use crate::catalog::Provenance;
use crate::postgres::tree;
use crate::postgres::types::{
    self, AccessMethod, Cast, Collation, FamilyMember, Function, Language, Oid, Operator,
    OperatorClass, OperatorFamily,
};
use crate::text::Span;
use std::sync::Arc;

/// What a migration made of a kind that the type system knows.
#[derive(Debug, Clone)]
pub struct Made<T, More = ()> {
    /// What the type system knows of it.
    pub object: T,
    /// The rest.
    pub more: More,
    /// The role that owns it; none for kinds without owners.
    pub owner: Option<Oid>,
    /// Where it came from; nothing for what an extension brought.
    pub provenance: Option<Provenance>,
}

/// A type.
pub type Type = Made<types::Type, TypeDetails>;
/// A function, procedure, aggregate or window function.
pub type Routine = Made<Function, RoutineDetails>;
/// A conversion of values of one type to another's.
pub type MadeCast = Made<Cast, CastName>;

/// What only some types have.
#[derive(Debug, Clone)]
pub enum TypeDetails {
    /// Nothing more.
    None,
    /// The labels of an enum, in their order.
    Enum(Vec<EnumLabel>),
    /// A domain. Its CHECKs are constraints of its number.
    Domain(DomainDetails),
    /// A range.
    Range(RangeDetails),
    /// A mistake keeps from knowing it: what is missed in it is no second mistake.
    Unknown,
}

/// A label of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumLabel {
    /// Its number.
    pub oid: Oid,
    /// The label.
    pub label: Arc<str>,
    /// Whether it was added, to a type that is older, in the transaction that is still open; it cannot be used in it.
    pub uncommitted: bool,
}

/// What only a domain has.
#[derive(Debug, Clone, Default)]
pub struct DomainDetails {
    /// NOT NULL.
    pub not_null: bool,
    /// DEFAULT.
    pub default: Option<Arc<tree::Expr>>,
    /// How many dimensions its array was declared with.
    pub dimensions: i16,
}

/// What only a range has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeDetails {
    /// The operator class that orders the bounds.
    pub class: Oid,
    /// The collation that orders them.
    pub collation: Option<Oid>,
    /// The function that brings a range to its normal form.
    pub canonical: Option<Oid>,
    /// The function that measures a range.
    pub difference: Option<Oid>,
}

/// What the type system does not need of a routine.
#[derive(Debug, Clone, Default)]
pub struct RoutineDetails {
    /// The defaults of the last inputs; nothing where a mistake keeps from knowing one.
    pub defaults: Vec<Option<Arc<tree::Expr>>>,
    /// What it does, where it is known.
    pub body: Option<Arc<RoutineBody>>,
    /// SECURITY DEFINER.
    pub security_definer: bool,
    /// LEAKPROOF.
    pub leakproof: bool,
    /// SET … of the function, which hold while it runs.
    pub settings: Vec<(Arc<str>, Arc<str>)>,
    /// The function that an aggregate takes a row in with.
    pub transition: Option<Oid>,
    /// The type of the state of an aggregate.
    pub state: Option<Oid>,
}

/// What a routine does.
#[derive(Debug, Clone)]
pub enum RoutineBody {
    /// The text between the quotes.
    Text(BodyText),
    /// A body in SQL that the engine has parsed: `BEGIN ATOMIC`, `RETURN`.
    Parsed(Vec<Arc<tree::Query>>),
}

/// The text of a routine, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyText {
    /// What stands between the quotes, with its escapes decoded.
    pub text: Arc<str>,
    /// The place of the string with its quotes.
    pub literal: Span,
    /// The place of the text itself, if the file has it as it is.
    pub verbatim: Option<Span>,
}

/// The number of a cast, which has no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CastName(pub Oid);

/// What an operator family consists of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FamilyMembers {
    /// Its operators.
    pub operators: Vec<FamilyMember>,
    /// Its support functions: the number, the left and right type, the function.
    pub functions: Vec<(i16, Oid, Oid, Oid)>,
}

/// Says of a struct of the type system what it is called, and in what.
macro_rules! made {
    ($type:ty, $more:ty, $object:ident => $container:expr) => {
        impl Object for Made<$type, $more> {
            fn oid(&self) -> Oid {
                self.object.oid
            }

            fn container(&self) -> Option<Oid> {
                let $object = &self.object;
                $container
            }

            fn name(&self) -> &str {
                &self.object.name
            }

            fn provenance(&self) -> Option<&Provenance> {
                self.provenance.as_ref()
            }
        }
    };
}

made!(types::Type, TypeDetails, object => Some(object.namespace));
made!(Function, RoutineDetails, object => Some(object.namespace));
made!(Operator, (), object => Some(object.namespace));
made!(OperatorClass, (), object => Some(object.namespace));
made!(OperatorFamily, FamilyMembers, object => Some(object.namespace));
made!(Collation, (), object => Some(object.namespace));
made!(Language, (), _object => None);
made!(AccessMethod, (), _object => None);

/// A cast is found by its types, not by a name.
impl Object for MadeCast {
    fn oid(&self) -> Oid {
        self.more.0
    }

    fn container(&self) -> Option<Oid> {
        Some(self.object.source)
    }

    fn name(&self) -> &'static str {
        ""
    }

    fn provenance(&self) -> Option<&Provenance> {
        self.provenance.as_ref()
    }
}
