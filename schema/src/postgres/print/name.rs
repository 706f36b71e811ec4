//! Names of objects, qualified where the search path does not find them.

use super::Printer;
use crate::postgres::types::{Call, Callee, Oid, ValueType, well_known};

impl Printer<'_> {
    /// A name after its schema.
    pub(super) fn qualified(&self, namespace: Oid, name: &str) -> String {
        let schema = self
            .typing
            .objects
            .namespace_name(namespace)
            .unwrap_or_default();
        format!(
            "{}.{}",
            self.typing.quoted(schema),
            self.typing.quoted(name)
        )
    }

    /// A relation (`generate_relation_name`).
    pub(super) fn relation_name(&self, oid: Oid) -> String {
        let objects = self.typing.objects;
        let Some((namespace, name)) = objects.relation_name(oid) else {
            return String::new();
        };
        let mut path = objects.search_path().iter();
        let first = path.find_map(|namespace| objects.relation_named(*namespace, name));
        if first == Some(oid) {
            self.typing.quoted(name)
        } else {
            self.qualified(namespace, name)
        }
    }

    /// A collation (`generate_collation_name`).
    pub(super) fn collation_name(&self, oid: Oid) -> String {
        let objects = self.typing.objects;
        let Some(found) = objects.collation(oid) else {
            return String::new();
        };
        let mut path = objects.search_path().iter();
        let first = path.find_map(|namespace| objects.collation_named(*namespace, &found.name));
        if first.is_some_and(|first| first.oid == oid) {
            self.typing.quoted(&found.name)
        } else {
            self.qualified(found.namespace, &found.name)
        }
    }

    /// An operator: alone if that finds it for the operands, else as `OPERATOR(schema.+)` (`generate_operator_name`).
    pub(super) fn operator_name(&self, oid: Oid, left: Option<Oid>, right: Oid) -> String {
        let Some(operator) = self.typing.objects.operator(oid) else {
            return String::new();
        };
        let found = self.typing.find_operator(None, &operator.name, left, right);
        if found.is_ok_and(|found| found.oid == oid) {
            return operator.name.as_ref().to_owned();
        }
        let schema = self
            .typing
            .objects
            .namespace_name(operator.namespace)
            .unwrap_or_default();
        format!("OPERATOR({}.{})", self.typing.quoted(schema), operator.name)
    }

    /// A function: alone if that finds it for the arguments (`generate_function_name`).
    pub(super) fn function_name(
        &self,
        oid: Oid,
        inputs: &[Oid],
        names: &[&str],
        variadic: bool,
    ) -> String {
        let Some(function) = self.typing.objects.function(oid) else {
            return String::new();
        };
        let call = Call {
            schema: None,
            name: &function.name,
            inputs,
            names,
            expand_variadic: !variadic,
            expand_defaults: true,
            include_outputs: false,
            is_literal: false,
        };
        let is_found = match self.typing.find_function(&call) {
            Ok(Callee::Function(found)) => found.function.oid == oid,
            Ok(Callee::Conversion(_)) | Err(_) => false,
        };
        if is_found {
            self.typing.quoted(&function.name)
        } else {
            self.qualified(function.namespace, &function.name)
        }
    }

    /// `::type`
    pub(super) fn type_suffix(&mut self, typed: ValueType) {
        let name = self.typing.format(typed.oid, typed.typmod);
        self.push("::");
        self.push(&name);
    }

    /// Whether a type is that of rows.
    pub(super) fn is_row_type(&self, oid: Oid) -> bool {
        oid == well_known::RECORD || self.typing.row_relation(oid).is_some()
    }
}
