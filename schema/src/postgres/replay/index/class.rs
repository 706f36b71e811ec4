//! Which operator class a key of an index has (`ResolveOpClass`).

use crate::errors::postgres::indexes as errors;
use crate::postgres::ast::QualifiedName;
use crate::postgres::catalog::Catalog;
use crate::postgres::replay::Replay;
use crate::postgres::tree::UNKNOWN;
use crate::postgres::types::{Objects as _, Oid, OperatorClass, Typing};
use crate::text::Span;

impl Catalog {
    /// The operator class that an index of a method has on values of a type where none is named (`GetDefaultOpClass`).
    pub(crate) fn default_operator_class(&self, of: Oid, method: Oid) -> Option<&OperatorClass> {
        let typing = Typing::new(self);
        let of = typing.base_type(of);
        let (category, _) = typing.category(of);
        let mut preferred = Vec::new();
        let mut compatible = Vec::new();
        for class in self.operator_classes(method) {
            if !class.is_default {
                continue;
            }
            if class.input == of {
                return Some(class);
            }
            if typing.is_binary_coercible(of, class.input) {
                match typing.category(class.input) == (category, true) {
                    true => preferred.push(class),
                    false => compatible.push(class),
                }
            }
        }
        match (preferred.as_slice(), compatible.as_slice()) {
            ([only], _) | ([], [only]) => Some(only),
            _ => None,
        }
    }
}

impl Replay {
    /// The operator class of a key; nothing if a mistake was reported.
    pub(crate) fn operator_class(
        &mut self,
        written: Option<&QualifiedName>,
        of: Oid,
        method: Oid,
        span: Span,
    ) -> Option<Oid> {
        if of == UNKNOWN.oid {
            // A mistake that was told keeps from knowing the type.
            return None;
        }
        let Some(written) = written else {
            let found = self.catalog.default_operator_class(of, method);
            let found = found.map(|it| it.oid);
            if found.is_none() && !self.is_partly_unknown() {
                let type_name = self.catalog.type_text(of);
                let method = self.catalog.access_method_name(method);
                self.report(errors::no_default_class(&type_name, &method, span));
            }
            return found;
        };
        let namespaces = match &written.schema {
            Some(schema) => vec![self.schema_named(schema)?],
            None => self.catalog.search_path().to_vec(),
        };
        let classes = self.catalog.operator_classes(method);
        let found = namespaces.iter().find_map(|namespace| {
            let mut classes = classes.iter();
            let found = classes
                .find(|class| class.namespace == *namespace && class.name == *written.name.name);
            found.map(|class| (class.oid, class.input))
        });
        let Some((oid, input)) = found else {
            if !self.is_partly_unknown() {
                let method = self.catalog.access_method_name(method);
                let name = &written.name.name;
                let extension = self.catalog.extension_bringing(|it| {
                    it.operator_classes.iter().any(|it| *it.name == **name)
                });
                self.report(errors::unknown_class(
                    name,
                    &method,
                    written.span,
                    extension,
                ));
            }
            return None;
        };
        if !Typing::new(&self.catalog).is_binary_coercible(of, input) {
            let type_name = self.catalog.type_text(of);
            let name = &written.name.name;
            self.report(errors::class_of_other_type(name, &type_name, written.span));
        }
        Some(oid)
    }
}
