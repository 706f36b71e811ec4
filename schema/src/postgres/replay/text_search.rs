//! Text search: parsers, templates, dictionaries, configurations.

use super::Replay;
use super::options::text_of_value;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    AlterConfiguration, AlterDictionary, Define, Ident, MappingAction, ObjectReference, Parameter,
    QualifiedName, SchemaWord,
};
use crate::postgres::catalog::{Address, Dependency};
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// The kinds of tokens of the parser that every server has.
const TOKENS: [&str; 23] = [
    "asciiword",
    "word",
    "numword",
    "email",
    "url",
    "host",
    "sfloat",
    "version",
    "hword_numpart",
    "hword_part",
    "hword_asciipart",
    "blank",
    "tag",
    "protocol",
    "numhword",
    "asciihword",
    "hword",
    "url_path",
    "file",
    "float",
    "int",
    "uint",
    "entity",
];

impl Replay {
    pub(super) fn create_text_search(
        &mut self,
        define: &Define,
        word: SchemaWord,
        name: &QualifiedName,
    ) {
        let find = |wanted: &str| define.options.iter().find(|it| &*it.name.name == wanted);
        let (required, known): (&[&str], &[&str]) = match word {
            SchemaWord::TextSearchParser => (
                &["start", "gettoken", "end", "lextypes"],
                &["start", "gettoken", "end", "lextypes", "headline"],
            ),
            SchemaWord::TextSearchTemplate => (&["lexize"], &["init", "lexize"]),
            SchemaWord::TextSearchConfiguration => (&[], &["parser", "copy"]),
            _ => (&["template"], &[]),
        };
        for option in &define.options {
            let text = &*option.name.name;
            if !known.is_empty() && !known.contains(&text) {
                let noun = word.class().noun();
                return self.report(errors::unknown_option(
                    &format!("a {noun}"),
                    text,
                    option.span,
                    known.iter().copied(),
                ));
            }
        }
        for required in required {
            if find(required).is_none() {
                return self.report(errors::option_missing(
                    word.class().noun(),
                    required,
                    name.span,
                ));
            }
        }
        let mut referenced = Vec::new();
        let named = [
            ("template", SchemaWord::TextSearchTemplate),
            ("parser", SchemaWord::TextSearchParser),
            ("copy", SchemaWord::TextSearchConfiguration),
        ];
        for (option, of) in named {
            let Some(option) = find(option).filter(|_| word != SchemaWord::TextSearchParser) else {
                continue;
            };
            let Some(written) = Replay::name_of_option(option) else {
                continue;
            };
            match self.object(&ObjectReference::InSchema(of, written)) {
                Some(found) => referenced.push(found),
                None => return,
            }
        }
        if word == SchemaWord::TextSearchConfiguration {
            match (find("parser"), find("copy")) {
                (Some(_), Some(copy)) => {
                    let message = "a text search configuration has a parser or is a copy";
                    return self.report(errors::refused(message, copy.span));
                }
                (None, None) => {
                    let noun = "text search configuration";
                    return self.report(errors::option_missing(noun, "parser", name.span));
                }
                _ => {}
            }
        }
        if word == SchemaWord::TextSearchDictionary
            && !self.check_dictionary(&define.options, name.span)
        {
            return;
        }
        let Some(namespace) = self.schema_of_new(name) else {
            return;
        };
        let class = word.class();
        if let Some(taken) = self.plain_in(namespace, class, &name.name.name) {
            let declared = self.declared(Address::new(class, taken));
            let text = &name.name.name;
            return self.report(object_errors::exists(
                class.noun(),
                text,
                name.span,
                declared,
            ));
        }
        let oid = self.make_plain(class, &name.name, Some(namespace));
        let this = Address::new(class, oid);
        self.put_in_schema(this, namespace);
        if let (Some(source), Some(_)) = (referenced.first().copied(), find("copy")) {
            let mappings = self.mappings_of(source.oid);
            self.mappings.insert(oid, mappings);
            return;
        }
        for referenced in referenced {
            self.catalog
                .dependencies
                .add(this, referenced, Dependency::Normal);
        }
    }

    /// Options of the templates that every server has.
    fn check_dictionary(&mut self, options: &[Parameter], span: Span) -> bool {
        let template = options.iter().find(|it| &*it.name.name == "template");
        let template = template.and_then(|it| it.value.as_ref()).map(text_of_value);
        let known: &[&str] = match template
            .as_deref()
            .map(|it| it.rsplit('.').next().unwrap_or(it))
        {
            Some("simple") => &["template", "stopwords", "accept"],
            Some("snowball") => &["template", "language", "stopwords"],
            Some("synonym") => &["template", "synonyms", "casesensitive"],
            Some("thesaurus") => &["template", "dictfile", "dictionary"],
            Some("ispell") => &["template", "dictfile", "afffile", "stopwords"],
            _ => return true,
        };
        for option in options {
            let text = &*option.name.name;
            if !known.contains(&text) {
                let noun = "text search dictionary";
                self.report(errors::unknown_option(
                    &format!("a {noun}"),
                    text,
                    option.span,
                    known.iter().copied(),
                ));
                return false;
            }
        }
        if known.contains(&"language") && !options.iter().any(|it| &*it.name.name == "language") {
            self.report(errors::option_missing(
                "text search dictionary",
                "language",
                span,
            ));
            return false;
        }
        true
    }

    pub(super) fn alter_dictionary(&mut self, alter: &AlterDictionary) {
        let word = SchemaWord::TextSearchDictionary;
        self.object(&ObjectReference::InSchema(word, alter.name.clone()));
    }

    /// The tokens that a configuration maps; those of the system map all but blanks and tags.
    fn mappings_of(&self, configuration: Oid) -> Vec<Arc<str>> {
        if let Some(found) = self.mappings.get(&configuration) {
            return found.clone();
        }
        if !configuration.is_builtin() {
            return Vec::new();
        }
        let unmapped = ["blank", "tag", "protocol", "entity"];
        let all = TOKENS.iter().filter(|it| !unmapped.contains(it));
        all.map(|it| Arc::from(*it)).collect()
    }

    pub(super) fn alter_configuration(&mut self, alter: &AlterConfiguration) {
        let word = SchemaWord::TextSearchConfiguration;
        let reference = ObjectReference::InSchema(word, alter.name.clone());
        let Some(configuration) = self.object(&reference) else {
            return;
        };
        let (tokens, dictionaries): (&[Ident], Vec<&QualifiedName>) = match &alter.action {
            MappingAction::Add(tokens, dictionaries)
            | MappingAction::Alter(tokens, dictionaries) => (tokens, dictionaries.iter().collect()),
            MappingAction::Replace(tokens, old, new) => (tokens, vec![old, new]),
            MappingAction::Drop { tokens, .. } => (tokens, Vec::new()),
        };
        for token in tokens {
            if !TOKENS.contains(&&*token.name) {
                let message = format!("no token type `{}` exists", token.name);
                let label = "no such token type";
                return self.report(Diagnostic::new(
                    Code::UnknownObject,
                    message,
                    token.span,
                    label,
                ));
            }
        }
        for dictionary in dictionaries {
            let word = SchemaWord::TextSearchDictionary;
            let reference = ObjectReference::InSchema(word, dictionary.clone());
            let Some(found) = self.object(&reference) else {
                return;
            };
            let kind = Dependency::Normal;
            self.catalog.dependencies.add(configuration, found, kind);
        }
        let mut mapped = self.mappings_of(configuration.oid);
        for token in tokens {
            let position = mapped.iter().position(|it| *it == token.name);
            match (&alter.action, position) {
                (MappingAction::Add(..), Some(_)) => {
                    let message = format!("token type `{}` is mapped already", token.name);
                    let diagnostic =
                        Diagnostic::new(Code::AlreadyExists, message, token.span, "mapped already")
                            .with_help("write ALTER MAPPING instead of ADD MAPPING");
                    return self.report(diagnostic);
                }
                (MappingAction::Add(..) | MappingAction::Alter(..), None) => {
                    mapped.push(Arc::clone(&token.name));
                }
                (MappingAction::Drop { if_exists, .. }, None) if !if_exists => {
                    let message = format!("token type `{}` is not mapped", token.name);
                    let label = "no mapping to drop";
                    return self.report(Diagnostic::new(
                        Code::UnknownObject,
                        message,
                        token.span,
                        label,
                    ));
                }
                (MappingAction::Drop { .. }, Some(position)) => drop(mapped.remove(position)),
                _ => {}
            }
        }
        self.mappings.insert(configuration.oid, mapped);
    }
}
