//! Constants (`get_const_expr`).

use super::Printer;
use crate::postgres::tree::{Constant, Value};
use crate::postgres::types::{Oid, well_known};

/// Whether the type of a constant is printed after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// No, as a cast around it says it.
    Never,
    /// Where it would be read as another type.
    Needed,
    /// Always.
    Always,
}

impl Printer<'_> {
    pub(super) fn constant(&mut self, constant: &Constant, label: Label) {
        let Some(value) = &constant.value else {
            self.push("NULL");
            if label != Label::Never {
                self.type_suffix(constant.typed);
                self.constant_collation(constant);
            }
            return;
        };
        let text = self.value_text(constant.typed.oid, value);
        let starts_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
        let needed = match constant.typed.oid {
            // A sign would be read as an operator.
            well_known::INT4 if !text.starts_with('-') => {
                self.push(&text);
                false
            }
            well_known::NUMERIC if starts_with_digit && text.contains(['e', 'E', '.']) => {
                self.push(&text);
                constant.typed.typmod.is_some()
            }
            well_known::BOOL => {
                self.push(if text == "t" { "true" } else { "false" });
                false
            }
            oid => {
                self.quoted(&text);
                oid != well_known::UNKNOWN
            }
        };
        if label == Label::Never {
            return;
        }
        if needed || label == Label::Always {
            self.type_suffix(constant.typed);
        }
        self.constant_collation(constant);
    }

    fn constant_collation(&mut self, constant: &Constant) {
        let own = self.typing.collation_of(constant.typed.oid);
        if let Some(collation) = constant.typed.collation
            && own != Some(collation)
        {
            let name = self.collation_name(collation);
            self.push(" COLLATE ");
            self.push(&name);
        }
    }

    /// A string literal.
    pub(super) fn quoted(&mut self, text: &str) {
        self.text.push('\'');
        self.text.push_str(&text.replace('\'', "''"));
        self.text.push('\'');
    }

    /// What the type's output function prints.
    pub(super) fn value_text(&self, oid: Oid, value: &Value) -> String {
        let objects = self.typing.objects;
        match value {
            Value::Text(text) => text.as_ref().to_owned(),
            Value::Label(label) => self.typing.label_text(self.typing.base_type(oid), *label),
            Value::Labels(parts) => self.typing.labels_text(oid, parts),
            Value::Object(object) => match self.typing.base_type(oid) {
                well_known::REGCLASS => self.relation_name(*object),
                well_known::REGTYPE => self.typing.name(*object),
                well_known::REGCOLLATION => self.collation_name(*object),
                well_known::REGNAMESPACE => {
                    let name = objects.namespace_name(*object).unwrap_or_default();
                    self.typing.quoted(name)
                }
                well_known::REGPROC => match objects.function(*object) {
                    Some(function) if self.typing.is_only_of_name(function) => {
                        self.typing.quoted(&function.name)
                    }
                    Some(function) => self.qualified(function.namespace, &function.name),
                    None => object.to_string(),
                },
                well_known::REGROLE => objects
                    .role_name(*object)
                    .map_or_else(|| object.to_string(), |name| self.typing.quoted(name)),
                well_known::REGCONFIG | well_known::REGDICTIONARY => {
                    match objects.text_search_name(*object) {
                        Some((namespace, name)) if objects.search_path().contains(&namespace) => {
                            self.typing.quoted(name)
                        }
                        Some((namespace, name)) => self.qualified(namespace, name),
                        None => object.to_string(),
                    }
                }
                _ => object.to_string(),
            },
        }
    }
}
