//! Operators, and the classes and families of access methods.

use super::{Search, text_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::objects as errors;
use crate::postgres::ast::{GlobalWord, Ident, OperatorReference, QualifiedName};
use crate::postgres::catalog::{Address, Class};
use crate::postgres::replay::Replay;
use crate::postgres::types::{self, Oid, Operator};

impl Replay {
    pub(super) fn search_operator(&self, operator: &OperatorReference) -> Search {
        let mut operands = [None, None];
        for (operand, type_name) in operands.iter_mut().zip([&operator.left, &operator.right]) {
            if let Some(type_name) = type_name {
                match self.type_or_mistake(type_name) {
                    Ok(Some(typed)) => *operand = Some(typed.oid),
                    Ok(None) => return Search::Unknown,
                    Err(diagnostic) => return Search::Missing(diagnostic),
                }
            }
        }
        let [left, right] = operands;
        let found = right.and_then(|right| self.operator_of(&operator.name, left, right));
        match found {
            Some(found) => Search::Found(Address::new(Class::Operator, found.oid)),
            None => {
                let types = [left, right].map(|it| match it {
                    Some(oid) => self.catalog.type_text(oid),
                    None => "NONE".to_owned(),
                });
                let text = format!("{} ({})", operator.name.name, types.join(", "));
                let it = errors::Missing {
                    code: Code::UnknownObject,
                    noun: "operator",
                    name: &text,
                    place: None,
                    span: operator.span,
                };
                Search::missing(errors::missing(it, None, None))
            }
        }
    }

    /// The operator of exactly these operands (`OpernameGetOprid`).
    pub(in crate::postgres::replay) fn operator_of(
        &self,
        name: &crate::postgres::ast::OperatorName,
        left: Option<Oid>,
        right: Oid,
    ) -> Option<&Operator> {
        let all = types::Objects::operators_named(&self.catalog, &name.name);
        let fits = |it: &&Operator| it.left == left && it.right == right;
        let all: Vec<&Operator> = all.into_iter().filter(fits).collect();
        let inside = |namespace: Oid| all.iter().copied().find(|it| it.namespace == namespace);
        match &name.schema {
            Some(schema) => inside(self.catalog.namespace_named(&schema.name)?),
            None => self.catalog.search_path().iter().copied().find_map(inside),
        }
    }

    pub(super) fn search_operator_class(&self, name: &QualifiedName, method: &Ident) -> Search {
        let Some(method_oid) = self.method_named(&method.name) else {
            return Search::missing(self.missing_global(GlobalWord::AccessMethod, method));
        };
        let all = types::Objects::operator_classes(&self.catalog, method_oid);
        let inside = |namespace: Oid| {
            let mut all = all.iter();
            all.find(|it| it.namespace == namespace && it.name == *name.name.name)
        };
        match self.along(name, inside) {
            Some(found) => Search::Found(Address::new(Class::OperatorClass, found.oid)),
            None => Search::missing(self.missing_for_method(Class::OperatorClass, name, method)),
        }
    }

    pub(super) fn search_operator_family(&self, name: &QualifiedName, method: &Ident) -> Search {
        let Some(method_oid) = self.method_named(&method.name) else {
            return Search::missing(self.missing_global(GlobalWord::AccessMethod, method));
        };
        match self.operator_family(name, method_oid) {
            Some(oid) => Search::Found(Address::new(Class::OperatorFamily, oid)),
            None => Search::missing(self.missing_for_method(Class::OperatorFamily, name, method)),
        }
    }

    /// The operator family of a name for an access method.
    pub(in crate::postgres::replay) fn operator_family(
        &self,
        name: &QualifiedName,
        method: Oid,
    ) -> Option<Oid> {
        let catalog = &self.catalog;
        let inside = |namespace: Oid| {
            let made = catalog
                .operator_families
                .all_named(Some(namespace), &name.name.name);
            let mut made = made.into_iter().map(|it| &it.object);
            let builtin = catalog.builtin().operator_families().named(&name.name.name);
            let mut builtin = builtin.iter().filter(|it| it.namespace == namespace);
            let found = made.find(|it| it.method == method);
            found
                .or_else(|| builtin.find(|it| it.method == method))
                .map(|it| it.oid)
        };
        self.along(name, inside)
    }

    pub(super) fn missing_for_method(
        &self,
        class: Class,
        name: &QualifiedName,
        method: &Ident,
    ) -> Diagnostic {
        if let Some(diagnostic) = self.missing_schema(name) {
            return diagnostic;
        }
        let place = format!("for access method `{}`", method.name);
        let text = text_of(name);
        let it = errors::Missing {
            code: Code::UnknownObject,
            noun: class.noun(),
            name: &text,
            place: Some(&place),
            span: name.span,
        };
        errors::missing(it, None, None)
    }
}
