//! The functions that migrations build statements and conditions with.

use super::evaluate::Scope;
use super::value::{Known, Value};
use crate::postgres::ast::QualifiedName;
use crate::postgres::catalog::ObjectName;
use tablature_lexer::postgres::{TokenKind, Tokenizer, name_value, quote_name};

/// The value of a call.
pub(super) fn call(scope: Scope<'_>, name: &QualifiedName, arguments: &[Known]) -> Known {
    let of_system = match &name.schema {
        Some(schema) => &*schema.name == "pg_catalog",
        None => true,
    };
    if !of_system {
        return None;
    }
    let name = &*name.name.name;
    let text =
        |index: usize| -> Option<std::sync::Arc<str>> { arguments.get(index)?.as_ref()?.as_text() };
    let number = |index: usize| -> Option<i64> { arguments.get(index)?.as_ref()?.as_number() };
    // These do something with NULL.
    match name {
        "format" => return format(arguments),
        "concat" => return joined(arguments, ""),
        "quote_nullable" if arguments.first()? == &Some(Value::Null) => {
            return Some(Value::text("NULL"));
        }
        "concat_ws" => {
            let (separator, values) = arguments.split_first()?;
            return joined(values, &separator.as_ref()?.as_text()?);
        }
        "current_schema" if arguments.is_empty() => return scope.current_schema(),
        _ => {}
    }
    if arguments.contains(&Some(Value::Null)) {
        return Some(Value::Null);
    }
    Some(match name {
        "lower" => Value::text(&text(0)?.to_lowercase()),
        "upper" => Value::text(&text(0)?.to_uppercase()),
        "btrim" | "trim" if arguments.len() == 1 => Value::text(text(0)?.trim_matches(' ')),
        "replace" => Value::text(&text(0)?.replace(&*text(1)?, &text(2)?)),
        "quote_ident" => Value::text(&quote_name(&text(0)?)),
        "quote_literal" | "quote_nullable" => Value::text(&quoted(&text(0)?)),
        "length" | "char_length" => Value::Number(i64::try_from(text(0)?.chars().count()).ok()?),
        "current_setting" => setting(scope, &text(0)?)?,
        "left" | "right" => {
            let (text, count) = (text(0)?, usize::try_from(number(1)?).ok()?);
            let all = text.chars().count();
            let part = match name {
                "left" => text.chars().take(count).collect::<String>(),
                _ => text.chars().skip(all.saturating_sub(count)).collect(),
            };
            Value::text(&part)
        }
        "substr" | "substring" if arguments.len() == 3 => {
            let first = usize::try_from(number(1)?).ok()?.checked_sub(1)?;
            let count = usize::try_from(number(2)?).ok()?;
            let part: String = text(0)?.chars().skip(first).take(count).collect();
            Value::text(&part)
        }
        "split_part" => {
            let (text, separator) = (text(0)?, text(1)?);
            let position = usize::try_from(number(2)?).ok()?.checked_sub(1)?;
            if separator.is_empty() {
                return None;
            }
            Value::text(text.split(&*separator).nth(position).unwrap_or_default())
        }
        "lpad" => {
            let (text, width) = (text(0)?, usize::try_from(number(1)?).ok()?);
            let fill = match arguments.get(2) {
                Some(fill) => fill.as_ref()?.as_text()?,
                None => " ".into(),
            };
            let missing = width.checked_sub(text.chars().count())?;
            let filled: String = fill.chars().cycle().take(missing).collect();
            Value::text(&format!("{filled}{text}"))
        }
        "array_to_string" => match arguments.first()?.as_ref()? {
            Value::List(list) => {
                let list: Vec<Known> = list.iter().cloned().map(Some).collect();
                return joined(&list, &text(1)?);
            }
            _ => return None,
        },
        "array_append" => match arguments {
            [Some(Value::List(list)), Some(value)] => {
                let mut list = list.clone();
                list.push(value.clone());
                Value::List(list)
            }
            _ => return None,
        },
        "to_regclass" => match split_name(&text(0)?) {
            Some(_) => scope
                .relation(&text(0)?)
                .map_or(Value::Null, Value::Relation),
            None => return None,
        },
        "to_regtype" => {
            let name = text(0)?;
            match type_number(scope, &name) {
                Some(found) => found,
                None if split_name(&name).is_some() => Value::Null,
                None => return None,
            }
        }
        "to_regnamespace" => scope
            .catalog
            .namespace_named(&text(0)?)
            .map_or(Value::Null, |found| Value::Number(found.0.into())),
        "array_length" | "cardinality" => match arguments.first()?.as_ref()? {
            Value::List(list) => Value::Number(i64::try_from(list.len()).ok()?),
            _ => return None,
        },
        "string_to_array" => {
            let (whole, separator) = (text(0)?, text(1)?);
            if separator.is_empty() {
                return None;
            }
            Value::List(whole.split(&*separator).map(Value::text).collect())
        }
        _ => return None,
    })
}

/// The number of a type by its name as text; nothing for types of the engine, which are written in many ways.
pub(super) fn type_number(scope: Scope<'_>, name: &str) -> Known {
    let parts = split_name(name)?;
    let (schema, name) = match parts.as_slice() {
        [name] => (None, own_name(name)),
        [schema, name] => (Some(schema.as_str()), name.as_str()),
        _ => return None,
    };
    let found = scope.catalog.find_type(ObjectName { schema, name })?;
    Some(Value::Number(found.oid.0.into()))
}

/// What the engine calls a type that the grammar knows by another word.
fn own_name(word: &str) -> &str {
    match word {
        "int" | "integer" => "int4",
        "bigint" => "int8",
        "smallint" => "int2",
        "boolean" => "bool",
        "real" => "float4",
        "float" => "float8",
        "dec" | "decimal" => "numeric",
        "char" | "character" | "nchar" => "bpchar",
        word => word,
    }
}

/// A parameter of the session, as far as migrations have set it.
fn setting(scope: Scope<'_>, name: &str) -> Known {
    let name = name.to_ascii_lowercase();
    scope.settings.get(&*name).cloned().map(Value::Text)
}

/// Texts with a separator between them, without those that are NULL.
fn joined(values: &[Known], separator: &str) -> Known {
    let mut texts = Vec::new();
    for value in values {
        match value.as_ref()? {
            Value::Null => {}
            value => texts.push(value.as_text()?),
        }
    }
    Some(Value::text(&texts.join(separator)))
}

/// The parts of a name that is written in a text.
pub(super) fn split_name(text: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut expects_name = true;
    for token in Tokenizer::new(text) {
        let written = text.get(token.start..token.end)?;
        match token.kind {
            TokenKind::Space => {}
            TokenKind::Word | TokenKind::Keyword(_) | TokenKind::QuotedName if expects_name => {
                parts.push(name_value(token.kind, written, '\\').ok()?);
                expects_name = false;
            }
            TokenKind::Symbol(tablature_lexer::postgres::Symbol::Dot) if !expects_name => {
                expects_name = true;
            }
            _ => return None,
        }
    }
    (!expects_name).then_some(parts)
}

/// A text as a literal.
fn quoted(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    match text.contains('\\') {
        true => format!(" E'{}'", doubled.replace('\\', "\\\\")),
        false => format!("'{doubled}'"),
    }
}

/// `format(text, values …)` with `%s`, `%I`, `%L`, `%%`, and positions such as `%1$I`.
fn format(arguments: &[Known]) -> Known {
    let (format, values) = arguments.split_first()?;
    let format = format.as_ref()?.as_text()?;
    let mut result = String::new();
    let mut next = 0;
    let mut rest = &*format;
    while let Some(place) = rest.find('%') {
        result.push_str(rest.get(..place)?);
        rest = rest.get(place + 1..)?;
        if let Some(after) = rest.strip_prefix('%') {
            result.push('%');
            rest = after;
            continue;
        }
        let digits = rest.find(|character: char| !character.is_ascii_digit())?;
        let position = match rest.get(digits..)?.strip_prefix('$') {
            Some(after) if digits > 0 => {
                let position: usize = rest.get(..digits)?.parse().ok()?;
                rest = after;
                position.checked_sub(1)?
            }
            _ => next,
        };
        next = position + 1;
        let value = values.get(position)?.as_ref()?;
        let mut characters = rest.chars();
        match (characters.next()?, value) {
            ('s', Value::Null) => {}
            ('s', value) => result.push_str(&value.as_text()?),
            ('I', value) => result.push_str(&quote_name(&value.as_text()?)),
            ('L', Value::Null) => result.push_str("NULL"),
            ('L', value) => result.push_str(&quoted(&value.as_text()?)),
            _ => return None,
        }
        rest = characters.as_str();
    }
    result.push_str(rest);
    Some(Value::text(&result))
}
