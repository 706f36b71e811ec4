//! Which changes of a column's type write the table anew (`ATColumnChangeRequiresRewrite`).

use crate::postgres::catalog::{Catalog, TypeDetails};
use crate::postgres::types::{
    CastContext, Oid, Pathway, TypeKind, Typing, ValueType, modifier_keeps_values,
};

/// Whether a change of type does. Between the two kinds of `timestamp` it need not where the time zone is UTC, which is not
/// known here.
pub(super) fn rewrites(
    catalog: &Catalog,
    from: ValueType,
    to: ValueType,
    context: CastContext,
) -> bool {
    let typing = Typing::new(catalog);
    if from.oid == to.oid && from.typmod == to.typmod {
        return false;
    }
    if from.oid != to.oid && has_checks(catalog, to.oid) {
        return true;
    }
    // What a domain has its values limited to does not count as a modifier of them.
    let (source, had) = (typing.base_type(from.oid), from.typmod);
    let (target, wanted) = typing.base_type_and_typmod(to.oid, to.typmod);
    if source != target {
        match typing.pathway(target, source, context) {
            Some(Pathway::Relabel) => {}
            Some(Pathway::Function(_) | Pathway::Array | Pathway::Io) | None => return true,
        }
        return wanted.is_some() && typing.modifier_pathway(target).is_some();
    }
    if !wanted.is_some() || had == wanted {
        return false;
    }
    typing.element_type(target).is_some() || !modifier_keeps_values(target, had, wanted)
}

/// Whether a type is a domain with NOT NULL or a CHECK, its own or of a domain that it is over.
pub(crate) fn has_checks(catalog: &Catalog, mut oid: Oid) -> bool {
    while let Some(made) = catalog.made_type(oid) {
        let (TypeKind::Domain { base }, TypeDetails::Domain(domain)) =
            (made.object.kind, &made.more)
        else {
            return false;
        };
        if domain.not_null || catalog.constraints.inside(Some(oid)).next().is_some() {
            return true;
        }
        oid = base.oid;
    }
    false
}
