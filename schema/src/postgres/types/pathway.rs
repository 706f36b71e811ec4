//! Which types can be converted to which, and how (`parse_coerce.c`).

use super::typing::is_polymorphic;
use super::{CastContext, CastMethod, Oid, Typing, well_known};

/// How a value of one type becomes one of another (`CoercionPathType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pathway {
    /// By a function.
    Function(Oid),
    /// The bytes are the same.
    Relabel,
    /// Element by element.
    Array,
    /// By way of text.
    Io,
}

impl Typing<'_> {
    /// How a value of a type becomes one of another; nothing if it does not (`find_coercion_pathway`).
    #[must_use]
    pub fn pathway(self, target: Oid, source: Oid, context: CastContext) -> Option<Pathway> {
        let (source, target) = (self.base_type(source), self.base_type(target));
        if source == target {
            return Some(Pathway::Relabel);
        }
        if let Some(cast) = self.objects.cast(source, target) {
            return (context >= cast.context).then_some(match cast.method {
                CastMethod::Function(function) => Pathway::Function(function),
                CastMethod::InOut => Pathway::Io,
                CastMethod::Binary => Pathway::Relabel,
            });
        }
        // These are stored as arrays, but without what an array of a converted element would have.
        let is_vector = matches!(target, well_known::OIDVECTOR | well_known::INT2VECTOR);
        if !is_vector
            && let (Some(to), Some(from)) = (self.element_type(target), self.element_type(source))
            // An element type is no true array itself, so that this ends.
            && self.pathway(to, from, context).is_some()
        {
            return Some(Pathway::Array);
        }
        let to_string = context >= CastContext::Assignment && self.category(target).0 == 'S';
        let from_string = context >= CastContext::Explicit && self.category(source).0 == 'S';
        (to_string || from_string).then_some(Pathway::Io)
    }

    /// How a value of a type is brought to a modifier of the type; nothing where modifiers need nothing
    /// (`find_typmod_coercion_function`).
    #[must_use]
    pub fn modifier_pathway(self, target: Oid) -> Option<Pathway> {
        let element = self.element_type(target);
        let cast = self
            .objects
            .cast(element.unwrap_or(target), element.unwrap_or(target))?;
        match (cast.method, element) {
            (CastMethod::Function(_), Some(_)) => Some(Pathway::Array),
            (CastMethod::Function(function), None) => Some(Pathway::Function(function)),
            (CastMethod::Binary | CastMethod::InOut, _) => None,
        }
    }

    /// Whether a value of a type can become one of another, in a context (`can_coerce_type` of one).
    #[must_use]
    pub fn can_coerce(self, source: Oid, target: Oid, context: CastContext) -> bool {
        self.can_coerce_all(&[source], &[target], context)
    }

    /// Whether each value can become one of the type beside it, polymorphic types taken together (`can_coerce_type`).
    #[must_use]
    pub fn can_coerce_all(self, sources: &[Oid], targets: &[Oid], context: CastContext) -> bool {
        let pairs = || sources.iter().copied().zip(targets.iter().copied());
        pairs().all(|(source, target)| self.can_coerce_one(source, target, context))
            && (!pairs().any(|(source, target)| source != target && is_polymorphic(target))
                || self.is_consistent(sources, targets))
    }

    fn can_coerce_one(self, source: Oid, target: Oid, context: CastContext) -> bool {
        source == target
            || target == well_known::ANY
            || is_polymorphic(target)
            || (source == well_known::UNKNOWN && target != well_known::INTERNAL)
            || self.pathway(target, source, context).is_some()
            || (source == well_known::RECORD && self.row_relation(target).is_some())
            || (target == well_known::RECORD && self.row_relation(source).is_some())
            || (target == well_known::RECORD_ARRAY
                && self
                    .element_type(source)
                    .is_some_and(|it| self.row_relation(it).is_some()))
            || self.inherits(source, target)
    }

    /// Whether rows of a type are rows of another's relation as well: of a child table, of a table `OF` a type
    /// (`typeInheritsFrom`, `typeIsOfTypedTable`).
    #[must_use]
    pub fn inherits(self, source: Oid, target: Oid) -> bool {
        match (self.row_relation(source), self.row_relation(target)) {
            (Some(child), Some(parent)) => self.objects.inherits(child, parent),
            _ => false,
        }
    }

    /// Whether values of a type are those of another as they are, without a check (`IsBinaryCoercible`).
    #[must_use]
    pub fn is_binary_coercible(self, source: Oid, target: Oid) -> bool {
        if source == target
            || matches!(
                target,
                well_known::ANY | well_known::ANYELEMENT | well_known::ANYCOMPATIBLE
            )
        {
            return true;
        }
        let source = self.base_type(source);
        if source == target {
            return true;
        }
        let is_array = || self.element_type(source).is_some();
        let same = match target {
            well_known::ANYARRAY | well_known::ANYCOMPATIBLEARRAY => is_array(),
            well_known::ANYNONARRAY | well_known::ANYCOMPATIBLENONARRAY => !is_array(),
            well_known::ANYENUM => self.is_enum(source),
            well_known::ANYRANGE | well_known::ANYCOMPATIBLERANGE => {
                self.range_subtype(source).is_some()
            }
            well_known::ANYMULTIRANGE | well_known::ANYCOMPATIBLEMULTIRANGE => {
                self.range_of(source).is_some()
            }
            well_known::RECORD => self.row_relation(source).is_some(),
            well_known::RECORD_ARRAY => self
                .element_type(source)
                .is_some_and(|element| self.row_relation(element).is_some()),
            _ => false,
        };
        same || self.objects.cast(source, target).is_some_and(|cast| {
            cast.method == CastMethod::Binary && cast.context == CastContext::Implicit
        })
    }
}
