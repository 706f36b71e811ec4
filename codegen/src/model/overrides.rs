//! `[types]` and `[tables]` of the configuration, and which of their keys the catalog never asks for.

use crate::errors;
use crate::names::{Identifier, Taken};
use crate::rust_type;
use proc_macro2::TokenStream;
use std::collections::{BTreeMap, BTreeSet};
use tablature_schema::config::{Config, Setting, type_name, type_spelling};
use tablature_schema::diagnostic::Diagnostic;
use tablature_schema::text::Span;

/// What the configuration says of types and names.
pub(crate) struct Overrides<'a> {
    /// By `table.column` in lower case, or by SQL type as [`type_spelling`] gives it.
    types: BTreeMap<String, TypeOverride<'a>>,
    /// By table or view, in lower case.
    tables: BTreeMap<String, TableOverride<'a>>,
    /// The derive macros of everything.
    derives: Vec<TokenStream>,
    /// Whether each row has a form that borrows.
    borrowed: bool,
    /// The settings that are wrong in themselves.
    mistakes: Vec<Diagnostic>,
}

/// A type that the configuration gives to columns.
pub(crate) struct CustomType {
    /// The key that says so: `users.email`.
    pub(crate) key: String,
    /// The type.
    pub(crate) tokens: TokenStream,
}

/// The type of a column or of all columns of a type.
struct TypeOverride<'a> {
    key: &'a str,
    setting: &'a Setting,
    /// What it says; none if that is a mistake.
    value: Option<TokenStream>,
    used: bool,
}

/// What is said of a table or view.
struct TableOverride<'a> {
    key: &'a str,
    span: Span,
    /// The name of its struct, unless that is a mistake.
    name: Option<(Identifier, &'a Setting)>,
    derives: Vec<TokenStream>,
    /// Whether its rows have a form that borrows; none if nothing is said of it.
    borrowed: Option<bool>,
    used: bool,
}

/// The types and names that keys could have meant.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) relations: Vec<String>,
    pub(crate) columns: Vec<String>,
    pub(crate) types: Vec<String>,
}

impl<'a> Overrides<'a> {
    pub(crate) fn new(config: &'a Config) -> Overrides<'a> {
        let mut mistakes = Vec::new();
        let mut types = BTreeMap::new();
        for (key, setting) in &config.types {
            let mut value = rust_type::parse(&setting.text);
            if value.is_none() {
                mistakes.push(errors::not_a_type(setting));
            }
            if value.as_ref().is_some_and(rust_type::is_option) {
                mistakes.push(errors::optional_type(setting));
                value = None;
            }
            let folded = if key.contains('.') {
                key.to_ascii_lowercase()
            } else {
                type_spelling(key)
            };
            let found = TypeOverride {
                key,
                setting,
                value,
                used: false,
            };
            types.insert(folded, found);
        }
        let mut tables = BTreeMap::new();
        let mut named: BTreeMap<&str, &Setting> = BTreeMap::new();
        for (key, table) in &config.tables {
            let name = table.struct_name.as_ref().and_then(|setting| {
                let name = Identifier::exact(&setting.text).filter(|name| !name.is_prelude_type());
                if name.is_none() {
                    mistakes.push(errors::not_a_struct_name(setting));
                } else if let Some(first) = named.insert(&setting.text, setting) {
                    mistakes.push(errors::struct_name_taken(setting, first));
                    return None;
                }
                Some((name?, setting))
            });
            let found = TableOverride {
                key,
                span: table.key,
                name,
                derives: derives(&table.derive, &mut mistakes),
                borrowed: table.borrowed,
                used: false,
            };
            tables.insert(key.to_ascii_lowercase(), found);
        }
        Overrides {
            types,
            tables,
            derives: derives(&config.derive, &mut mistakes),
            borrowed: config.borrowed,
            mistakes,
        }
    }

    /// The derive macros of what is generated for a table or view, each once.
    pub(crate) fn derives(&mut self, relation: &str) -> Vec<TokenStream> {
        let own = self.tables.get_mut(&relation.to_ascii_lowercase());
        let own = own.map(|found| {
            found.used = true;
            found.derives.as_slice()
        });
        let mut seen = BTreeSet::new();
        let all = self.derives.iter().chain(own.unwrap_or_default());
        all.filter(|path| seen.insert(path.to_string()))
            .cloned()
            .collect()
    }

    /// Whether the rows of a table or view have a form that borrows.
    pub(crate) fn wants_borrowed(&mut self, relation: &str) -> bool {
        let own = self.tables.get_mut(&relation.to_ascii_lowercase());
        let own = own.and_then(|found| {
            found.used = true;
            found.borrowed
        });
        own.unwrap_or(self.borrowed)
    }

    /// The name of the struct of a table or view. All of them are taken before any name is made up.
    pub(crate) fn struct_name(&mut self, relation: &str) -> Option<Identifier> {
        let found = self.tables.get_mut(&relation.to_ascii_lowercase())?;
        found.used = true;
        Some(found.name.as_ref()?.0.clone())
    }

    /// The same name was made for another table or view, which has none of its own in the configuration.
    ///
    /// It is a mistake, as the other's struct would otherwise change its name in silence.
    pub(crate) fn is_name_of(&mut self, other: &str, name: &Identifier) {
        let chosen = self.tables.values().filter_map(|found| found.name.as_ref());
        if let Some((_, setting)) = chosen.into_iter().find(|(chosen, _)| chosen == name) {
            let mistake = errors::struct_name_of_another(setting, other);
            self.mistakes.push(mistake);
        }
    }

    /// Takes the names of all structs.
    pub(crate) fn take_names(&self, taken: &mut Taken) {
        for (name, _) in self.tables.values().filter_map(|found| found.name.as_ref()) {
            taken.take(name);
        }
    }

    /// The type that the configuration gives a column by its name.
    pub(crate) fn by_column(&mut self, relation: &str, column: &str) -> Option<TokenStream> {
        self.ty(&format!("{relation}.{column}").to_ascii_lowercase())
    }

    /// The type that the configuration gives a declared type: with its numbers, else without them.
    pub(crate) fn by_type(&mut self, declared: &str) -> Option<TokenStream> {
        let by_spelling = self.ty(&type_spelling(declared));
        let by_name = self.ty(&type_name(declared));
        by_spelling.or(by_name)
    }

    fn ty(&mut self, key: &str) -> Option<TokenStream> {
        let found = self.types.get_mut(key)?;
        found.used = true;
        found.value.clone()
    }

    /// Takes over what other overrides of the same configuration were asked for.
    pub(crate) fn are_used_by(&mut self, others: &Overrides<'_>) {
        for (key, found) in &mut self.types {
            found.used |= others.types.get(key).is_some_and(|other| other.used);
        }
        for (key, found) in &mut self.tables {
            found.used |= others.tables.get(key).is_some_and(|other| other.used);
        }
    }

    /// The types that columns have by the configuration, and the keys that say so.
    pub(crate) fn custom_types(&self) -> Vec<CustomType> {
        let used = self.types.values().filter(|found| found.used);
        used.filter_map(|found| {
            Some(CustomType {
                key: found.key.to_owned(),
                tokens: found.value.clone()?,
            })
        })
        .collect()
    }

    /// What is wrong with the settings; whether each is used is judged if all that could use it is known.
    pub(crate) fn diagnostics(self, known: Option<&Known>) -> Vec<Diagnostic> {
        let mut diagnostics = self.mistakes;
        let Some(known) = known else {
            return diagnostics;
        };
        for unused in self.types.values().filter(|found| !found.used) {
            let candidates = if unused.key.contains('.') {
                &known.columns
            } else {
                &known.types
            };
            let candidates = candidates.iter().map(String::as_str);
            diagnostics.push(errors::unknown_type_key(
                unused.key,
                unused.setting,
                candidates,
            ));
        }
        for unused in self.tables.values().filter(|found| !found.used) {
            let candidates = known.relations.iter().map(String::as_str);
            diagnostics.push(errors::unknown_relation(
                unused.key,
                unused.span,
                candidates,
            ));
        }
        diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span);
        diagnostics
    }
}

/// The paths of derive macros, as far as they are such paths.
fn derives(settings: &[Setting], mistakes: &mut Vec<Diagnostic>) -> Vec<TokenStream> {
    let mut derives = Vec::new();
    for setting in settings {
        match rust_type::parse_path(&setting.text) {
            Some(path) => derives.push(path),
            None => mistakes.push(errors::not_a_derive(setting)),
        }
    }
    derives
}
