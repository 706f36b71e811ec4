//! Literals that name an object, `regclass` and its kin.

use super::{Input, InputMistake, Outcome, number, unsure, value};
use crate::postgres::builtin::TextSearchKind;
use crate::postgres::tree::Value;
use crate::postgres::types::{Oid, Typing, well_known};

/// A name as a literal of `regclass` has it: parts with dots between them, folded where they are not quoted
/// (`stringToQualifiedNameList`).
pub(crate) fn name_parts(text: &str) -> Option<Vec<String>> {
    let mut rest = number::trim(text);
    let mut parts = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut part = String::new();
            let mut chars = quoted.char_indices().peekable();
            let end = loop {
                match chars.next()? {
                    (_, '"') if chars.peek().is_some_and(|(_, c)| *c == '"') => {
                        part.push('"');
                        chars.next();
                    }
                    (position, '"') => break position + 1,
                    (_, c) => part.push(c),
                }
            };
            if part.is_empty() {
                return None;
            }
            parts.push(tablature_lexer::postgres::cut_name(&part).to_owned());
            rest = quoted.get(end..)?;
        } else {
            let end = rest
                .find(|c: char| c == '.' || c.is_ascii_whitespace())
                .unwrap_or(rest.len());
            let (part, after) = rest.split_at_checked(end)?;
            if part.is_empty() {
                return None;
            }
            let folded = part.to_ascii_lowercase();
            parts.push(tablature_lexer::postgres::cut_name(&folded).to_owned());
            rest = after;
        }
        rest = rest.trim_start();
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Some(parts),
            None => return None,
        }
    }
}

impl Typing<'_> {
    /// A literal of one of the types that name objects; none for other types.
    pub(super) fn reg_input(self, oid: Oid, text: &str) -> Option<Outcome> {
        let name = match oid {
            well_known::REGCLASS => "relation",
            well_known::REGTYPE => "type",
            well_known::REGPROC => "function",
            well_known::REGNAMESPACE => "schema",
            well_known::REGROLE => "role",
            well_known::REGCOLLATION => "collation",
            well_known::REGCONFIG => "text search configuration",
            well_known::REGDICTIONARY => "text search dictionary",
            well_known::REGPROCEDURE | well_known::REGOPER | well_known::REGOPERATOR => {
                return Some(Ok(Input::Unsure(unsure::TYPE)));
            }
            _ => return None,
        };
        // A number stands for itself, and `-` for none.
        let digits = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
        if digits && text.bytes().all(|c| c == b'0') {
            return Some(Ok(value("-")));
        }
        if text == "-" || digits {
            return Some(Ok(value(text)));
        }
        if oid == well_known::REGTYPE {
            return Some(self.type_input(text));
        }
        let Some(parts) = name_parts(text) else {
            return Some(Err(InputMistake::new("invalid name syntax")));
        };
        let (schema, last) = match parts.as_slice() {
            [last] => (None, last),
            [schema, last] => (Some(schema.as_str()), last),
            [_, _, _] => {
                let message = format!("cross-database references are not implemented: \"{text}\"");
                return Some(Err(InputMistake::new(message)));
            }
            _ => {
                let message = format!("improper qualified name (too many dotted names): {text}");
                return Some(Err(InputMistake::new(message)));
            }
        };
        let in_path = |look_up: &dyn Fn(Oid) -> Option<Oid>| {
            self.search_places(schema).into_iter().find_map(look_up)
        };
        let found = match oid {
            well_known::REGCLASS => {
                in_path(&|namespace| self.objects.relation_named(namespace, last))
            }
            well_known::REGNAMESPACE => self.objects.namespace(last),
            well_known::REGROLE => self.objects.role_named(last),
            well_known::REGCOLLATION => in_path(&|namespace| {
                let found = self.objects.collation_named(namespace, last);
                found.map(|found| found.oid)
            }),
            well_known::REGCONFIG | well_known::REGDICTIONARY => {
                let kind = if oid == well_known::REGCONFIG {
                    TextSearchKind::Configuration
                } else {
                    TextSearchKind::Dictionary
                };
                in_path(&|namespace| self.objects.text_search_named(kind, namespace, last))
            }
            _ => {
                let places = self.search_places(schema);
                let named = self.objects.functions_named(last);
                let mut of_name = named.iter().filter(|it| places.contains(&it.namespace));
                match (of_name.next(), of_name.next()) {
                    (Some(found), None) => Some(found.oid),
                    (Some(_), Some(_)) => {
                        let message = format!("more than one function named \"{text}\"");
                        return Some(Err(InputMistake::new(message)));
                    }
                    (None, _) => None,
                }
            }
        };
        Some(match found {
            Some(found) => Ok(Input::Value(Value::Object(found))),
            None => {
                if let Some(schema) = schema
                    && self.objects.namespace(schema).is_none()
                {
                    return Some(Err(InputMistake::new(format!(
                        "schema \"{schema}\" does not exist"
                    ))));
                }
                let text = if oid == well_known::REGCLASS {
                    parts.join(".")
                } else {
                    text.to_owned()
                };
                Err(InputMistake::new(format!(
                    "{name} \"{text}\" does not exist"
                )))
            }
        })
    }

    /// `regtype`: names as the grammar reads them; only plain ones are looked up here.
    fn type_input(self, text: &str) -> Outcome {
        let plain = text
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'.' | b'"'));
        let Some(parts) = name_parts(text).filter(|_| plain) else {
            return Ok(Input::Unsure(unsure::TYPE));
        };
        let found = match parts.as_slice() {
            [name] => {
                let keyword = match name.as_str() {
                    "int" | "integer" => "int4",
                    "smallint" => "int2",
                    "bigint" => "int8",
                    "real" => "float4",
                    "float" => "float8",
                    "boolean" => "bool",
                    "decimal" | "dec" => "numeric",
                    "character" | "char" => "bpchar",
                    name => name,
                };
                self.named(None, keyword)
            }
            [schema, name] => self.named(Some(schema), name),
            _ => return Ok(Input::Unsure(unsure::TYPE)),
        };
        match found {
            Some(found) => Ok(Input::Value(Value::Object(found.oid))),
            None => Err(InputMistake::new(format!(
                "type \"{}\" does not exist",
                parts.join(".")
            ))),
        }
    }
}
