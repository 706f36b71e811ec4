//! Operators.

use super::Replay;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    self, AlterOperator, Define, ObjectReference, OperatorName, ParameterValue,
};
use crate::postgres::catalog::{Address, Catalog, Class, Dependency, Made};
use crate::postgres::types::{Name, Oid, Operator, well_known};

impl Replay {
    pub(super) fn create_operator(&mut self, define: &Define, name: &OperatorName) {
        let find = |wanted: &[&str]| {
            let mut all = define.options.iter();
            all.find(|it| wanted.contains(&&*it.name.name))
        };
        let mut operands = [None, None];
        for (operand, option) in operands.iter_mut().zip(["leftarg", "rightarg"]) {
            if let Some(option) = find(&[option]) {
                match self.type_of_option(option) {
                    Some(oid) => *operand = Some(oid),
                    None => return,
                }
            }
        }
        let [left, right] = operands;
        let Some(right) = right else {
            return self.report(errors::option_missing("operator", "rightarg", name.span));
        };
        let Some(option) = find(&["function", "procedure"]) else {
            return self.report(errors::option_missing("operator", "function", name.span));
        };
        let Some(function) = Replay::name_of_option(option) else {
            return;
        };
        let given: Vec<Oid> = left.into_iter().chain([right]).collect();
        let found = self.routine_of(&function, |it| *it.inputs == *given);
        let Some((function, result)) = found.map(|it| (it.oid, it.result)) else {
            return self.missing_support(&function, &given, option.span);
        };
        let is_boolean = result == well_known::BOOL;
        for (word, needs_two) in [
            ("merges", true),
            ("hashes", true),
            ("negator", false),
            ("join", true),
        ] {
            let Some(option) = find(&[word]) else {
                continue;
            };
            let message = if needs_two && left.is_none() {
                format!(
                    "only an operator with two operands can have {}",
                    word.to_uppercase()
                )
            } else if !is_boolean {
                format!(
                    "only an operator that returns boolean can have {}",
                    word.to_uppercase()
                )
            } else {
                continue;
            };
            return self.report(errors::refused(message, option.span));
        }
        let namespace = match &name.schema {
            Some(schema) => self.schema_named(schema),
            None => self.catalog.creation_namespace(),
        };
        let Some(namespace) = namespace else {
            return;
        };
        let taken = self
            .catalog
            .operators
            .all_named(Some(namespace), &name.name);
        let taken = taken
            .into_iter()
            .find(|it| it.object.left == left && it.object.right == right);
        let taken = taken.map(|it| (it.object.oid, it.object.function.is_some()));
        if let Some((oid, true)) = taken {
            let declared = self.declared(Address::new(Class::Operator, oid));
            let diagnostic = object_errors::exists("operator", &name.name, name.span, declared);
            return self.report(diagnostic);
        }
        if let Some(option) = find(&["negator"])
            && let Some(ParameterValue::Operator(negator)) = &option.value
            && negator.name == name.name
            && negator.schema == name.schema
        {
            let message = "an operator cannot be its own opposite";
            return self.report(errors::refused(message, option.span));
        }
        let oid = taken.map_or_else(|| self.catalog.next_oid(), |(oid, _)| oid);
        let commutator = self.other_operator(
            find(&["commutator"]),
            Some(right),
            left.unwrap_or(right),
            (name, oid),
        );
        let negator = self.other_operator(find(&["negator"]), left, right, (name, oid));
        self.catalog.operators.put(Made {
            object: Operator {
                oid,
                namespace,
                name: Name::Owned(name.name.to_string()),
                left,
                right,
                result: Some(result),
                function: Some(function),
                commutator: commutator.filter(|_| left.is_some()),
                negator,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.span)),
        });
        let this = Address::new(Class::Operator, oid);
        self.put_in_schema(this, namespace);
        let function = Address::new(Class::Routine, function);
        self.catalog
            .dependencies
            .add(this, function, Dependency::Normal);
        self.depend_on_types(this, &given, result);
    }

    /// COMMUTATOR or NEGATOR: an operator that is there, or is announced by it.
    fn other_operator(
        &mut self,
        option: Option<&ast::Parameter>,
        left: Option<Oid>,
        right: Oid,
        own: (&OperatorName, Oid),
    ) -> Option<Oid> {
        let Some(ParameterValue::Operator(other)) = &option?.value else {
            return None;
        };
        if let Some(found) = self.operator_of(other, left, right) {
            return Some(found.oid);
        }
        if other.name == own.0.name {
            return Some(own.1);
        }
        let namespace = self.catalog.creation_namespace()?;
        let oid = self.catalog.next_oid();
        self.catalog.operators.put(Made {
            object: Operator {
                oid,
                namespace,
                name: Name::Owned(other.name.to_string()),
                left,
                right,
                result: None,
                function: None,
                commutator: None,
                negator: None,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(other.span)),
        });
        Some(oid)
    }

    pub(super) fn alter_operator(&mut self, alter: &AlterOperator) {
        self.object(&ObjectReference::Operator(alter.operator.clone()));
    }
}
