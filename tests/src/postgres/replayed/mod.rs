//! The replay's catalog, in the lines that the server's is compared in.

mod other;
mod relation;
mod routine;
mod types;

use super::describe::{Description, Fact, Part};
use tablature_lexer::postgres::quote_name_since;
use tablature_schema::config::Server;
use tablature_schema::postgres::catalog::{Address, Catalog, Class, Dependency};
use tablature_schema::postgres::print;
use tablature_schema::postgres::tree::Expr;
use tablature_schema::postgres::types::{Oid, Typing, Typmod, ValueType};

/// Describes a catalog as `describe.sql` describes a server's.
#[must_use]
pub fn describe(catalog: &Catalog) -> Description {
    let mut catalog = catalog.clone();
    catalog.set_search_path(["public".into()].into());
    let mut describer = Describer {
        catalog: &catalog,
        facts: Vec::new(),
    };
    describer.relations();
    describer.types();
    describer.routines();
    describer.others();
    Description::new(describer.facts)
}

struct Describer<'a> {
    catalog: &'a Catalog,
    facts: Vec<Fact>,
}

impl<'a> Describer<'a> {
    fn fact(&mut self, object: &str, part: Part, position: u32, line: String) {
        self.facts.push(Fact {
            object: object.to_owned(),
            part,
            position,
            line: line.trim_end().to_owned(),
        });
    }

    /// The comment on something, as the last words of its line or as a line of its own.
    fn comment(&self, address: Address) -> Option<String> {
        let comment = self.catalog.comments.get(&address)?;
        Some(format!("comment {comment}"))
    }

    fn comment_fact(&mut self, object: &str, address: Address) {
        if let Some(comment) = self.comment(address) {
            self.fact(object, Part::Comment, 0, comment);
        }
    }

    /// A name in its schema; nothing for what is the engine's own or temporary.
    fn name_in(&self, namespace: Oid, name: &str) -> Option<String> {
        let schema = self.catalog.namespace_name(namespace)?;
        let is_own = !schema.starts_with("pg_") && schema != "information_schema";
        is_own.then(|| format!("{}.{}", quote_name(schema), quote_name(name)))
    }

    /// Whether an extension brought it.
    fn is_brought(&self, class: Class, oid: Oid) -> bool {
        let mut edges = self.catalog.dependencies.of(Address::new(class, oid));
        edges.any(|(_, _, kind)| kind == Dependency::Extension)
    }

    fn type_name(&self, oid: Oid) -> String {
        Typing::new(self.catalog).name(oid)
    }

    fn value_type(&self, typed: ValueType) -> String {
        Typing::new(self.catalog).format(typed.oid, typed.typmod)
    }

    fn type_names(&self, oids: &[Oid]) -> String {
        Typing::new(self.catalog).names(oids)
    }

    fn modified(&self, oid: Oid, typmod: Typmod) -> String {
        Typing::new(self.catalog).format(oid, typmod)
    }

    fn expression(&self, expression: &Expr, relation: Option<Oid>) -> String {
        print::expression(self.catalog, expression, relation)
    }

    fn relation_name(&self, oid: Oid) -> String {
        let relation = self.catalog.relation(oid);
        relation.map_or_else(String::new, |it| self.catalog.relation_text(it))
    }

    /// A collation by its name, with its schema where it is not found without.
    fn collation(&self, oid: Oid) -> String {
        use tablature_schema::postgres::types::Objects;
        match self.catalog.collation(oid) {
            Some(found) => {
                let is_visible = self.catalog.search_path().contains(&found.namespace);
                self.catalog
                    .qualified_unless(is_visible, found.namespace, &found.name)
            }
            None => String::new(),
        }
    }

    fn role(&self, oid: Oid) -> String {
        let role = self.catalog.roles.get(oid);
        role.map_or_else(String::new, |role| role.name.to_string())
    }
}

/// A name as the server prints it.
fn quote_name(name: &str) -> String {
    let version = u8::try_from(Server::DEFAULT_VERSION).unwrap_or(u8::MAX);
    quote_name_since(name, version)
}

/// Words that are there, with spaces between them.
fn words<const N: usize>(words: [Option<String>; N]) -> String {
    let words: Vec<String> = words
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    words.join(" ")
}

/// A word where something is so.
fn when(is_so: bool, word: &str) -> Option<String> {
    is_so.then(|| word.to_owned())
}
