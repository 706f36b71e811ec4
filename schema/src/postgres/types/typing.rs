//! The questions that every rule about types begins with.

use super::{Objects, Oid, Type, TypeKind, Typmod, well_known};

/// The type system over what exists.
#[derive(Clone, Copy)]
pub struct Typing<'a> {
    /// What exists.
    pub objects: &'a dyn Objects,
}

impl<'a> Typing<'a> {
    /// The type system over what exists.
    #[must_use]
    pub fn new(objects: &'a dyn Objects) -> Typing<'a> {
        Typing { objects }
    }

    /// A name as the engine prints it.
    #[must_use]
    pub fn quoted(self, name: &str) -> String {
        let version = u8::try_from(self.objects.version()).unwrap_or(u8::MAX);
        tablature_lexer::postgres::quote_name_since(name, version)
    }

    pub(super) fn get(self, oid: Oid) -> Option<&'a Type> {
        self.objects.type_by_oid(oid)
    }

    /// The type under a domain, however many domains there are (`getBaseType`).
    #[must_use]
    pub fn base_type(self, oid: Oid) -> Oid {
        self.base_type_and_typmod(oid, Typmod::NONE).0
    }

    /// The type under a domain with the modifier that the domain gives it (`getBaseTypeAndTypmod`).
    #[must_use]
    pub fn base_type_and_typmod(self, mut oid: Oid, mut typmod: Typmod) -> (Oid, Typmod) {
        while let Some(TypeKind::Domain { base }) = self.get(oid).map(|found| found.kind) {
            (oid, typmod) = (base.oid, base.typmod);
        }
        (oid, typmod)
    }

    /// Whether a type is a domain.
    #[must_use]
    pub fn is_domain(self, oid: Oid) -> bool {
        matches!(self.kind(oid), Some(TypeKind::Domain { .. }))
    }

    pub(super) fn kind(self, oid: Oid) -> Option<TypeKind> {
        self.get(oid).map(|found| found.kind)
    }

    /// The category of a type, and whether the type is preferred in it.
    #[must_use]
    pub fn category(self, oid: Oid) -> (char, bool) {
        self.get(oid)
            .map_or(('X', false), |found| (found.category, found.preferred))
    }

    /// The type of the elements of a true array (`get_element_type`).
    #[must_use]
    pub fn element_type(self, oid: Oid) -> Option<Oid> {
        let found = self.get(oid)?;
        if found.is_array { found.element } else { None }
    }

    /// The same of a domain over an array (`get_base_element_type`).
    #[must_use]
    pub fn base_element_type(self, oid: Oid) -> Option<Oid> {
        self.element_type(self.base_type(oid))
    }

    /// The type of arrays of a type (`get_array_type`).
    #[must_use]
    pub fn array_type(self, oid: Oid) -> Option<Oid> {
        self.get(oid)?.array
    }

    /// What `ARRAY[…]` of values of a type is: arrays of arrays are of the same type (`get_promoted_array_type`).
    #[must_use]
    pub fn promoted_array_type(self, oid: Oid) -> Option<Oid> {
        match self.array_type(oid) {
            Some(array) => Some(array),
            None => self.element_type(oid).map(|_| oid),
        }
    }

    /// The relation whose rows the values are, also for a domain over such a type (`typeOrDomainTypeRelid`).
    #[must_use]
    pub fn row_relation(self, oid: Oid) -> Option<Oid> {
        match self.kind(self.base_type(oid)) {
            Some(TypeKind::Composite { relation }) => Some(relation),
            _ => None,
        }
    }

    /// The type of the bounds of a range.
    #[must_use]
    pub fn range_subtype(self, oid: Oid) -> Option<Oid> {
        match self.kind(oid) {
            Some(TypeKind::Range { subtype, .. }) => Some(subtype),
            _ => None,
        }
    }

    /// The type of several ranges together.
    #[must_use]
    pub fn multirange_of(self, oid: Oid) -> Option<Oid> {
        match self.kind(oid) {
            Some(TypeKind::Range { multirange, .. }) => Some(multirange),
            _ => None,
        }
    }

    /// The ranges of a multirange.
    #[must_use]
    pub fn range_of(self, oid: Oid) -> Option<Oid> {
        match self.kind(oid) {
            Some(TypeKind::Multirange { range }) => Some(range),
            _ => None,
        }
    }

    /// Whether a type is an enum.
    #[must_use]
    pub fn is_enum(self, oid: Oid) -> bool {
        self.kind(oid) == Some(TypeKind::Enum)
    }

    /// The collation of a type's values where nothing is said (`get_typcollation`).
    #[must_use]
    pub fn collation_of(self, oid: Oid) -> Option<Oid> {
        self.get(oid)?.collation
    }

    /// The collation of a result: that of an operand, or the type's own; none where the type has no collations.
    #[must_use]
    pub fn result_collation(self, result: Oid, operand: Option<Oid>) -> Option<Oid> {
        self.collation_of(result).map(|own| operand.unwrap_or(own))
    }

    /// Whether a name alone finds a type (`TypeIsVisible`).
    #[must_use]
    pub fn is_visible(self, found: &Type) -> bool {
        let path = self.objects.search_path().iter();
        let mut first =
            path.filter_map(|namespace| self.objects.type_named(*namespace, &found.name));
        first.next().is_some_and(|first| first.oid == found.oid)
    }

    /// The type of a name: in a schema, or the first along the search path.
    #[must_use]
    pub fn named(self, schema: Option<&str>, name: &str) -> Option<&'a Type> {
        match schema {
            Some(schema) => self
                .objects
                .type_named(self.objects.namespace(schema)?, name),
            None => {
                let mut path = self.objects.search_path().iter();
                path.find_map(|namespace| self.objects.type_named(*namespace, name))
            }
        }
    }
}

/// The old family of polymorphic types, of which all that stand in a signature are the same type (`IsPolymorphicTypeFamily1`).
pub(super) fn is_any_family(oid: Oid) -> bool {
    matches!(
        oid,
        well_known::ANYELEMENT
            | well_known::ANYARRAY
            | well_known::ANYNONARRAY
            | well_known::ANYENUM
            | well_known::ANYRANGE
            | well_known::ANYMULTIRANGE
    )
}

/// The family of polymorphic types that are brought to a common type (`IsPolymorphicTypeFamily2`).
pub(super) fn is_compatible_family(oid: Oid) -> bool {
    matches!(
        oid,
        well_known::ANYCOMPATIBLE
            | well_known::ANYCOMPATIBLEARRAY
            | well_known::ANYCOMPATIBLENONARRAY
            | well_known::ANYCOMPATIBLERANGE
            | well_known::ANYCOMPATIBLEMULTIRANGE
    )
}

/// Whether a type stands for others in a signature.
#[must_use]
pub fn is_polymorphic(oid: Oid) -> bool {
    is_any_family(oid) || is_compatible_family(oid)
}
