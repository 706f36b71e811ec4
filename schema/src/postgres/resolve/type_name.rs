//! Names of types (`typenameType`).

use super::relation::object_name;
use super::resolver::Resolver;
use super::suggest;
use crate::errors::postgres::{expressions as errors, habits, relations as relation_errors};
use crate::postgres::ast::{
    Constant, Expr, ExprKind, Ident, IntervalFields, QualifiedName, TypeName, TypeNameKind,
};
use crate::postgres::catalog::{Candidate, Class, TypeDetails};
use crate::postgres::types::{
    self, ModifierMistake, Objects as _, Oid, TypeKind, Typmod, ValueType, interval_range,
    well_known,
};

impl Resolver<'_> {
    /// The type of a name, its modifier and collation included; nothing if a mistake was reported.
    pub(super) fn type_named(&mut self, name: &TypeName) -> Option<ValueType> {
        let typed = match &name.kind {
            TypeNameKind::System {
                name: system,
                modifiers,
            } => {
                let found = self.typing().named(Some("pg_catalog"), system)?;
                let oid = found.oid;
                self.modified(oid, modifiers, name)?
            }
            TypeNameKind::Interval { fields, precision } => {
                let mut numbers = Vec::new();
                let range = interval_range(fields.map(words));
                if fields.is_some() || precision.is_some() {
                    numbers.push(range.to_string());
                }
                if let Some(precision) = precision.as_deref() {
                    numbers.push(self.modifier_text(precision)?);
                }
                self.with_modifier(well_known::INTERVAL, &numbers, name)?
            }
            TypeNameKind::Named {
                name: written,
                modifiers,
            } => {
                let oid = self.type_of_name(written)?;
                self.modified(oid, modifiers, name)?
            }
            TypeNameKind::OfColumn(parts) => self.type_of_column(parts)?,
        };
        if name.dimensions.is_empty() {
            return Some(typed);
        }
        let Some(array) = self.array_of(typed.oid) else {
            let type_name = self.type_name(typed.oid);
            self.report(errors::no_array_type(name.span, &type_name));
            return None;
        };
        Some(ValueType {
            oid: array,
            ..typed
        })
    }

    fn type_of_name(&mut self, written: &QualifiedName) -> Option<Oid> {
        if !self.is_of_this_database(written.catalog.as_ref()) {
            return None;
        }
        let wanted = object_name(written);
        if let Some(found) = self.typing().named(wanted.schema, wanted.name) {
            if matches!(found.kind, TypeKind::Shell) {
                let oid = found.oid;
                let type_name = self.type_name(oid);
                self.report(errors::shell_type(written.span, &type_name));
                return None;
            }
            let made = self.catalog.made_type(found.oid);
            // A mistake that was told keeps from knowing it.
            let is_known = made.is_none_or(|it| !matches!(it.more, TypeDetails::Unknown));
            return is_known.then_some(found.oid);
        }
        if self.may_be_of_extension() {
            return None;
        }
        if let Some(schema) = &written.schema
            && self.catalog.namespace_named(&schema.name).is_none()
        {
            self.report(relation_errors::unknown_schema(self.catalog, schema));
            return None;
        }
        let mine = self.catalog.types.iter().filter(|it| !it.object.is_array);
        let mine = mine.map(|it| Candidate::in_schema(&**it));
        let common = COMMON.map(|it| Candidate::of_system(well_known::PG_CATALOG, it));
        let near = self.catalog.meant(written, mine.chain(common));
        let departed = self.catalog.fate(Class::Type, wanted.name, |_| true);
        let extension = self
            .catalog
            .extension_bringing(|it| it.types.iter().any(|it| *it.name == *wanted.name))
            .or_else(|| habits::extension_elsewhere(wanted.name));
        let mut diagnostic = errors::unknown_type(written, near, departed, extension);
        if extension.is_none()
            && let Some(help) = habits::type_elsewhere(wanted.name)
        {
            diagnostic = diagnostic.with_help(help);
        }
        self.report(diagnostic);
        None
    }

    fn modified(&mut self, oid: Oid, modifiers: &[Expr], name: &TypeName) -> Option<ValueType> {
        let mut texts = Vec::new();
        for modifier in modifiers {
            texts.push(self.modifier_text(modifier)?);
        }
        self.with_modifier(oid, &texts, name)
    }

    fn with_modifier(&mut self, oid: Oid, texts: &[String], name: &TypeName) -> Option<ValueType> {
        let plain = self.plain_type(oid);
        if texts.is_empty() {
            return Some(plain);
        }
        let takes = self
            .catalog
            .type_by_oid(oid)
            .is_none_or(|it| it.takes_modifier);
        if takes && !oid.is_builtin() {
            // What a type of an extension makes of its modifier is not known.
            return Some(plain);
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        match types::modifier(oid, &texts, self.version) {
            Ok(typmod) => Some(ValueType { typmod, ..plain }),
            Err(mistake) => {
                let type_name = self.type_name(oid);
                let mistake = match mistake {
                    ModifierMistake::NotAllowed => errors::no_modifier(name.span, &type_name),
                    ModifierMistake::Invalid(reason) => errors::bad_modifier(name.span, &reason),
                };
                self.report(mistake);
                None
            }
        }
    }

    /// A modifier as its type reads it: a number, a string or a bare word.
    fn modifier_text(&mut self, modifier: &Expr) -> Option<String> {
        match &modifier.kind {
            ExprKind::Constant(Constant::Integer(number)) => Some(number.to_string()),
            ExprKind::Constant(Constant::Number(text) | Constant::String(text)) => {
                Some(text.to_string())
            }
            ExprKind::Column { parts, star: None } if parts.len() == 1 => {
                parts.first().map(|part| part.name.to_string())
            }
            _ => {
                self.report(errors::modifier_not_constant(modifier.span));
                None
            }
        }
    }

    /// `table.column%TYPE`.
    fn type_of_column(&mut self, parts: &[Ident]) -> Option<ValueType> {
        let (column, table) = parts.split_last()?;
        let qualified = match table {
            [table] => QualifiedName::bare(table.clone()),
            [schema, table] => QualifiedName {
                schema: Some(schema.clone()),
                ..QualifiedName::bare(table.clone())
            },
            _ => {
                // A variable of PL/pgSQL, whose type its own reader knows.
                let found = self.variable(parts, true)?;
                return Some(found.value_type());
            }
        };
        let relation = self.relation_named(&qualified)?;
        match relation.column(&column.name) {
            Some(column) => Some(ValueType {
                typmod: Typmod::NONE,
                ..column.typed
            }),
            None => {
                let mistake = suggest::unknown_target(self, relation, column);
                self.report(mistake);
                None
            }
        }
    }
}

/// Names of types that are often misspelt.
const COMMON: [&str; 21] = [
    "text",
    "integer",
    "bigint",
    "smallint",
    "boolean",
    "numeric",
    "varchar",
    "char",
    "timestamp",
    "timestamptz",
    "date",
    "time",
    "interval",
    "uuid",
    "json",
    "jsonb",
    "bytea",
    "real",
    "inet",
    "money",
    "decimal",
];

fn words(fields: IntervalFields) -> &'static str {
    match fields {
        IntervalFields::Year => "year",
        IntervalFields::Month => "month",
        IntervalFields::Day => "day",
        IntervalFields::Hour => "hour",
        IntervalFields::Minute => "minute",
        IntervalFields::Second => "second",
        IntervalFields::YearToMonth => "year to month",
        IntervalFields::DayToHour => "day to hour",
        IntervalFields::DayToMinute => "day to minute",
        IntervalFields::DayToSecond => "day to second",
        IntervalFields::HourToMinute => "hour to minute",
        IntervalFields::HourToSecond => "hour to second",
        IntervalFields::MinuteToSecond => "minute to second",
    }
}
