//! What has a name in a schema, and nothing more.

use super::Search;
use crate::diagnostic::Code;
use crate::postgres::ast::{QualifiedName, SchemaWord};
use crate::postgres::builtin::TextSearchKind;
use crate::postgres::catalog::{Address, Candidate, Class};
use crate::postgres::replay::Replay;
use crate::postgres::types::{self, Oid};

impl SchemaWord {
    pub(in crate::postgres::replay) fn class(self) -> Class {
        match self {
            SchemaWord::Collation => Class::Collation,
            SchemaWord::Conversion => Class::Conversion,
            SchemaWord::Statistics => Class::Statistics,
            SchemaWord::TextSearchParser => Class::TextSearchParser,
            SchemaWord::TextSearchDictionary => Class::TextSearchDictionary,
            SchemaWord::TextSearchTemplate => Class::TextSearchTemplate,
            SchemaWord::TextSearchConfiguration => Class::TextSearchConfiguration,
        }
    }
}

impl Replay {
    pub(super) fn search_in_schema(&self, word: SchemaWord, name: &QualifiedName) -> Search {
        let class = word.class();
        match self.in_schema(word, name) {
            Some(oid) => Search::Found(Address::new(class, oid)),
            // Every server has one for most pairs of encodings.
            None if word == SchemaWord::Conversion && name.name.name.contains("_to_") => {
                Search::Unknown
            }
            None => {
                let code = match word {
                    SchemaWord::Collation => Code::UnknownCollation,
                    _ => Code::UnknownObject,
                };
                let names = self.catalog.plain.iter().filter(|it| it.class == class);
                let others = names.map(|it| Candidate::in_schema(&**it));
                let diagnostic = self.missing_in_schema(code, class, class.noun(), name, others);
                Search::missing(diagnostic)
            }
        }
    }

    /// The number of what has nothing but a name in its schema.
    pub(in crate::postgres::replay) fn in_schema(
        &self,
        word: SchemaWord,
        name: &QualifiedName,
    ) -> Option<Oid> {
        let catalog = &self.catalog;
        let text = &*name.name.name;
        let look_up = |namespace: Oid| match word {
            SchemaWord::Collation => {
                let found = types::Objects::collation_named(catalog, namespace, text);
                found.map(|it| it.oid)
            }
            SchemaWord::Statistics => {
                let found = catalog.statistics.named(Some(namespace), text);
                found.map(|it| it.oid)
            }
            SchemaWord::Conversion
            | SchemaWord::TextSearchParser
            | SchemaWord::TextSearchDictionary
            | SchemaWord::TextSearchTemplate
            | SchemaWord::TextSearchConfiguration => {
                self.plain_in(namespace, word.class(), text).or_else(|| {
                    let kind = text_search_kind(word)?;
                    let mut all = catalog.builtin().text_search().iter();
                    let found = all
                        .find(|it| it.kind == kind && it.namespace == namespace && it.name == text);
                    found.map(|it| it.oid)
                })
            }
        };
        match &name.schema {
            Some(schema) => look_up(catalog.namespace_named(&schema.name)?),
            None => catalog.search_path().iter().copied().find_map(look_up),
        }
    }

    /// A plain object in a schema.
    pub(in crate::postgres::replay) fn plain_in(
        &self,
        namespace: Oid,
        class: Class,
        name: &str,
    ) -> Option<Oid> {
        let all = self.catalog.plain.all_named(Some(namespace), name);
        let found = all.into_iter().find(|it| it.class == class);
        found.map(|it| it.oid)
    }

    /// The first that a look-up gives, in the schema of the name or along the search path.
    pub(in crate::postgres::replay) fn along<T>(
        &self,
        name: &QualifiedName,
        look_up: impl Fn(Oid) -> Option<T>,
    ) -> Option<T> {
        match &name.schema {
            Some(schema) => look_up(self.catalog.namespace_named(&schema.name)?),
            None => self.catalog.search_path().iter().copied().find_map(look_up),
        }
    }
}

fn text_search_kind(word: SchemaWord) -> Option<TextSearchKind> {
    match word {
        SchemaWord::TextSearchParser => Some(TextSearchKind::Parser),
        SchemaWord::TextSearchDictionary => Some(TextSearchKind::Dictionary),
        SchemaWord::TextSearchTemplate => Some(TextSearchKind::Template),
        SchemaWord::TextSearchConfiguration => Some(TextSearchKind::Configuration),
        SchemaWord::Collation | SchemaWord::Conversion | SchemaWord::Statistics => None,
    }
}
