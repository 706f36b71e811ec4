//! Names as SQL, and finding in a schema what a difference names.

use tablature_lexer::postgres::{TokenKind, quote_name, tokenize};
use tablature_model::postgres::{QualifiedName, Routine};

/// A name.
pub(super) fn name(name: &str) -> String {
    quote_name(name)
}

/// A qualified name.
pub(super) fn qualified(it: &QualifiedName) -> String {
    format!("{}.{}", name(&it.schema), name(&it.name))
}

/// Whether an expression names something.
pub(super) fn reads(expression: &str, name: &str) -> bool {
    tokenize(expression).iter().any(|token| {
        let is_name = matches!(
            token.kind,
            TokenKind::Word | TokenKind::QuotedName | TokenKind::Keyword(_)
        );
        is_name && expression.get(token.start..token.end) == Some(&self::name(name))
    })
}

/// A routine, as the statements that drop or alter it name it.
pub(super) fn routine(it: &Routine) -> String {
    let kind = match &*it.kind {
        "p" => "PROCEDURE",
        "a" => "AGGREGATE",
        _ => "FUNCTION",
    };
    let arguments = match (&*it.kind, &*it.arguments) {
        ("a", "") => "*",
        (_, arguments) => arguments,
    };
    format!("{kind} {}({arguments})", qualified(&it.name))
}

/// Finding things by the names that differences tell.
pub(super) mod find {
    use crate::difference::shown;
    use tablature_model::postgres::{
        Composite, Constraint, Domain, Enum, Index, Policy, QualifiedName, Range, Routine, Rule,
        Schema, Sequence, Table, Trigger, View,
    };

    macro_rules! by_name {
        ($($function:ident: $list:ident of $thing:ident;)*) => {
            $(
                pub(in super::super) fn $function<'a>(schema: &'a Schema, name: &str) -> Option<&'a $thing> {
                    schema.$list.iter().find(|it| shown(&it.name) == name)
                }
            )*
        };
    }

    by_name! {
        table: tables of Table;
        view: views of View;
        index: indexes of Index;
        sequence: sequences of Sequence;
        enumeration: enums of Enum;
        domain: domains of Domain;
        composite: composites of Composite;
        range: ranges of Range;
    }

    pub(in super::super) fn routine<'a>(schema: &'a Schema, name: &str) -> Option<&'a Routine> {
        let is = |it: &&Routine| format!("{}({})", shown(&it.name), it.arguments) == name;
        schema.routines.iter().find(is)
    }

    pub(in super::super) fn trigger<'a>(schema: &'a Schema, name: &str) -> Option<&'a Trigger> {
        let is = |it: &&Trigger| format!("{}.{}", shown(&it.table), it.name) == name;
        schema.triggers.iter().find(is)
    }

    pub(in super::super) fn policy<'a>(
        schema: &'a Schema,
        table: &str,
        name: &str,
    ) -> Option<&'a Policy> {
        let is = |it: &&Policy| shown(&it.table) == table && it.name == name;
        schema.policies.iter().find(is)
    }

    pub(in super::super) fn rule<'a>(
        schema: &'a Schema,
        table: &str,
        name: &str,
    ) -> Option<&'a Rule> {
        let is = |it: &&Rule| shown(&it.table) == table && it.name == name;
        schema.rules.iter().find(is)
    }

    /// A constraint of a table or a domain, with what ALTER calls that and its name.
    pub(in super::super) fn constraint<'a>(
        schema: &'a Schema,
        owner: &str,
        name: &str,
    ) -> Option<(&'static str, &'a QualifiedName, &'a Constraint)> {
        let named = |list: &'a [Constraint]| list.iter().find(|it| it.name == name);
        if let Some(table) = table(schema, owner) {
            let kind = if table.kind == "f" {
                "FOREIGN TABLE"
            } else {
                "TABLE"
            };
            return Some((kind, &table.name, named(&table.constraints)?));
        }
        let domain = domain(schema, owner)?;
        Some(("DOMAIN", &domain.name, named(&domain.constraints)?))
    }
}
