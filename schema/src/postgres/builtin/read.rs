//! A row of each kind, from its line.

use super::row::Row;
use super::{SystemRelation, TextSearchKind, TextSearchObject};
use crate::postgres::types::{
    AccessMethod, AccessMethodKind, AggregateKind, Attribute, Cast, CastContext, CastMethod,
    Collation, FamilyMember, Function, FunctionKind, Language, Name, Oid, Operator, OperatorClass,
    OperatorFamily, Parameter, ParameterMode, Storage, Type, TypeKind, Typmod, ValueType,
    Volatility,
};

pub(super) fn read_type(mut row: Row, target: Oid) -> Type {
    let oid = row.oid();
    let namespace = row.namespace(target);
    let name = Name::Borrowed(row.text());
    let kind = row.text();
    let category = row.text();
    let length = row.number();
    let storage = match row.text() {
        "x" => Storage::Extended,
        "e" => Storage::External,
        "m" => Storage::Main,
        _ => Storage::Plain,
    };
    let element = row.object();
    let is_array = row.flag();
    let array = row.object();
    let collation = row.object();
    let takes_modifier = row.flag();
    let made_of = row.oid();
    let more = row.text();
    Type {
        oid,
        namespace,
        name,
        kind: match kind {
            "c" => TypeKind::Composite { relation: made_of },
            "d" => TypeKind::Domain {
                base: ValueType {
                    oid: made_of,
                    typmod: Typmod(more.trim_end_matches('!').parse().unwrap_or(-1)),
                    collation,
                },
            },
            "e" => TypeKind::Enum,
            "p" => TypeKind::Pseudo,
            "r" => TypeKind::Range {
                subtype: made_of,
                multirange: Oid(more.parse().unwrap_or_default()),
            },
            "m" => TypeKind::Multirange { range: made_of },
            "s" => TypeKind::Shell,
            _ => TypeKind::Base,
        },
        category: category.chars().next().unwrap_or('X'),
        preferred: category.ends_with('!'),
        length,
        storage,
        element,
        is_array,
        array,
        collation,
        takes_modifier,
    }
}

pub(super) fn read_function(mut row: Row, target: Oid) -> Function {
    let oid = row.oid();
    let namespace = row.namespace(target);
    let name = Name::Borrowed(row.text());
    let kind = function_kind(row.text());
    let inputs = row.objects();
    let modes_and_names = row.text();
    let all = row.objects();
    let defaults = row.number();
    let variadic = row.object();
    let returns_set = row.flag();
    let result = row.oid();
    let flags = row.text();
    let types = if all.is_empty() { &inputs } else { &all };
    let parameters = if modes_and_names.is_empty() {
        Box::default()
    } else {
        let parameters = modes_and_names.split(' ').zip(types);
        parameters
            .map(|(each, value)| parameter(each, *value))
            .collect()
    };
    Function {
        oid,
        namespace,
        name,
        kind,
        parameters,
        inputs,
        defaults,
        variadic,
        result,
        returns_set,
        strict: flags.starts_with('s') && flags.len() == 2,
        volatility: match flags.chars().last() {
            Some('i') => Volatility::Immutable,
            Some('s') => Volatility::Stable,
            _ => Volatility::Volatile,
        },
        language: row.oid(),
    }
}

fn function_kind(text: &str) -> FunctionKind {
    let direct = |text: &str| text.parse().unwrap_or_default();
    match text.split_at_checked(2) {
        Some(("ao", number)) => FunctionKind::Aggregate(AggregateKind::OrderedSet {
            direct: direct(number),
        }),
        Some(("ah", number)) => FunctionKind::Aggregate(AggregateKind::Hypothetical {
            direct: direct(number),
        }),
        _ => match text {
            "a" => FunctionKind::Aggregate(AggregateKind::Normal),
            "w" => FunctionKind::Window,
            "p" => FunctionKind::Procedure,
            _ => FunctionKind::Function,
        },
    }
}

/// A parameter from the letter of its mode and its name.
fn parameter(text: &'static str, value: Oid) -> Parameter {
    let (mode, name) = text.split_at_checked(1).unwrap_or_default();
    Parameter {
        mode: match mode {
            "o" => ParameterMode::Out,
            "b" => ParameterMode::InOut,
            "v" => ParameterMode::Variadic,
            "t" => ParameterMode::Table,
            _ => ParameterMode::In,
        },
        name: Name::Borrowed(name),
        value,
    }
}

pub(super) fn read_operator(mut row: Row, target: Oid) -> Operator {
    Operator {
        oid: row.oid(),
        namespace: row.namespace(target),
        name: Name::Borrowed(row.text()),
        left: row.object(),
        right: row.oid(),
        result: row.object(),
        function: row.object(),
        commutator: row.object(),
        negator: row.object(),
    }
}

pub(super) fn read_cast(mut row: Row) -> Cast {
    let source = row.oid();
    let target = row.oid();
    let context = match row.text() {
        "i" => CastContext::Implicit,
        "a" => CastContext::Assignment,
        _ => CastContext::Explicit,
    };
    let method = row.text();
    Cast {
        source,
        target,
        context,
        method: match (method, row.object()) {
            ("f", Some(function)) => CastMethod::Function(function),
            ("i", _) => CastMethod::InOut,
            _ => CastMethod::Binary,
        },
    }
}

pub(super) fn read_access_method(mut row: Row) -> AccessMethod {
    let oid = row.oid();
    let name = Name::Borrowed(row.text());
    let mut kind = row.text().chars();
    let is_index = kind.next() == Some('i');
    let mut can = || kind.next() == Some('1');
    AccessMethod {
        oid,
        name,
        kind: if is_index {
            AccessMethodKind::Index {
                can_order: can(),
                can_unique: can(),
                can_multi_column: can(),
                can_exclude: can(),
                can_include: can(),
            }
        } else {
            AccessMethodKind::Table
        },
    }
}

pub(super) fn read_family(mut row: Row, target: Oid) -> OperatorFamily {
    OperatorFamily {
        oid: row.oid(),
        namespace: row.namespace(target),
        name: Name::Borrowed(row.text()),
        method: row.oid(),
    }
}

pub(super) fn read_class(mut row: Row, target: Oid) -> OperatorClass {
    OperatorClass {
        oid: row.oid(),
        namespace: row.namespace(target),
        name: Name::Borrowed(row.text()),
        method: row.oid(),
        family: row.oid(),
        input: row.oid(),
        is_default: row.flag(),
    }
}

pub(super) fn read_member(mut row: Row) -> FamilyMember {
    FamilyMember {
        family: row.oid(),
        left: row.oid(),
        right: row.oid(),
        strategy: row.number(),
        operator: row.oid(),
        orders: row.flag(),
    }
}

pub(super) fn read_collation(mut row: Row, target: Oid) -> Collation {
    Collation {
        oid: row.oid(),
        namespace: row.namespace(target),
        name: Name::Borrowed(row.text()),
        deterministic: row.flag(),
    }
}

pub(super) fn read_language(mut row: Row) -> Language {
    Language {
        oid: row.oid(),
        name: Name::Borrowed(row.text()),
        trusted: row.flag(),
    }
}

pub(super) fn read_relation(mut row: Row, target: Oid) -> SystemRelation {
    SystemRelation {
        oid: row.oid(),
        namespace: row.namespace(target),
        name: Name::Borrowed(row.text()),
        kind: row.text().chars().next().unwrap_or('r'),
        row_type: row.object(),
        columns: row.text(),
    }
}

/// The columns of a relation: name, type, modifier, `!` for NOT NULL, `=` and a collation that is not the type's.
pub(super) fn read_columns(text: &'static str) -> impl Iterator<Item = Attribute> {
    let columns = text.split('|').filter(|column| !column.is_empty());
    (1..).zip(columns).map(|(number, column)| {
        let mut fields = column.splitn(3, ' ');
        let name = Name::Borrowed(fields.next().unwrap_or_default());
        let oid = Oid(fields
            .next()
            .and_then(|it| it.parse().ok())
            .unwrap_or_default());
        let more = fields.next().unwrap_or_default();
        let (more, collation) = match more.split_once('=') {
            Some((more, collation)) => (more, collation.parse().ok().map(Oid)),
            None => (more, None),
        };
        let typmod = Typmod(more.trim_end_matches('!').parse().unwrap_or(-1));
        Attribute {
            number,
            name,
            value: ValueType {
                oid,
                typmod,
                collation,
            },
            not_null: more.ends_with('!'),
        }
    })
}

pub(super) fn read_text_search(mut row: Row, target: Oid) -> TextSearchObject {
    TextSearchObject {
        oid: row.oid(),
        kind: match row.text() {
            "c" => TextSearchKind::Configuration,
            "d" => TextSearchKind::Dictionary,
            "p" => TextSearchKind::Parser,
            _ => TextSearchKind::Template,
        },
        name: Name::Borrowed(row.text()),
        namespace: row.namespace(target),
    }
}
