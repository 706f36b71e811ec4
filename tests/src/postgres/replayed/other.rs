//! Schemas, extensions, and what is rarer.

use super::quote_name;
use super::{Describer, when, words};
use crate::postgres::describe::Part;
use tablature_schema::postgres::catalog::{Address, Class};
use tablature_schema::postgres::types::{CastContext, Oid};

impl Describer<'_> {
    pub(super) fn others(&mut self) {
        self.schemas();
        self.extensions();
        self.statistics();
        self.operators();
        self.publications();
        self.plain();
    }

    fn schemas(&mut self) {
        for schema in self.catalog.namespaces.iter() {
            let is_own = !schema.name.starts_with("pg_") && &*schema.name != "information_schema";
            if is_own {
                let object = format!("schema {}", quote_name(&schema.name));
                self.fact(&object, Part::Head, 0, String::new());
                self.comment_fact(&object, Address::new(Class::Namespace, schema.oid));
            }
        }
    }

    fn extensions(&mut self) {
        for extension in self.catalog.extensions.iter() {
            if &*extension.name == "plpgsql" {
                continue;
            }
            let schema = self.catalog.namespace_name(extension.namespace);
            let object = format!("extension {}", quote_name(&extension.name));
            let line = format!("schema {}", quote_name(schema.unwrap_or_default()));
            self.fact(&object, Part::Head, 0, line);
        }
    }

    fn statistics(&mut self) {
        for statistics in self.catalog.statistics.iter() {
            let Some(name) = self.name_in(statistics.namespace, &statistics.name) else {
                continue;
            };
            let table = self.catalog.relation(statistics.table);
            let mut numbers = statistics.columns.clone();
            numbers.sort_unstable();
            let columns: Vec<String> = numbers
                .iter()
                .filter_map(|number| table?.column_at(*number))
                .map(|column| quote_name(&column.name))
                .collect();
            let mut kinds: Vec<char> = statistics.kinds.iter().map(|it| char::from(*it)).collect();
            kinds.sort_unstable();
            let line = words([
                Some(format!("on {}", self.relation_name(statistics.table))),
                (!columns.is_empty()).then(|| format!("({})", columns.join(", "))),
                Some(format!("kinds {}", kinds.into_iter().collect::<String>())),
            ]);
            self.fact(&format!("statistics {name}"), Part::Head, 0, line);
        }
    }

    fn operators(&mut self) {
        for operator in self.catalog.operators.iter().map(|it| &it.object) {
            let schema = self.name_in(operator.namespace, "");
            if schema.is_none() || self.is_brought(Class::Operator, operator.oid) {
                continue;
            }
            let schema = self.catalog.namespace_name(operator.namespace);
            let left = operator.left;
            let object = format!(
                "operator {}.{}({}, {})",
                quote_name(schema.unwrap_or_default()),
                operator.name,
                left.map_or_else(|| "none".to_owned(), |left| self.type_name(left)),
                self.type_name(operator.right)
            );
            let line = match operator.function {
                Some(function) => format!("function {}", self.function_name(function)),
                None => "shell".to_owned(),
            };
            self.fact(&object, Part::Head, 0, line);
        }
        for class in self.catalog.operator_classes.iter().map(|it| &it.object) {
            let Some(name) = self.name_in(class.namespace, &class.name) else {
                continue;
            };
            if self.is_brought(Class::OperatorClass, class.oid) {
                continue;
            }
            let object = format!("operator class {name} using {}", self.method(class.method));
            let line = words([
                Some(format!("for {}", self.type_name(class.input))),
                when(class.is_default, "default"),
            ]);
            self.fact(&object, Part::Head, 0, line);
        }
        for cast in self.catalog.casts.iter() {
            if self.is_brought(Class::Cast, cast.more.0) {
                continue;
            }
            let object = format!(
                "cast ({} as {})",
                self.type_name(cast.object.source),
                self.type_name(cast.object.target)
            );
            let line = match cast.object.context {
                CastContext::Implicit => "implicit",
                CastContext::Assignment => "assignment",
                CastContext::Explicit => "explicit",
            };
            self.fact(&object, Part::Head, 0, line.to_owned());
        }
        for collation in self.catalog.collations.iter().map(|it| &it.object) {
            if let Some(name) = self.name_in(collation.namespace, &collation.name) {
                let line = when(!collation.deterministic, "not deterministic");
                let line = line.unwrap_or_default();
                self.fact(&format!("collation {name}"), Part::Head, 0, line);
            }
        }
    }

    fn publications(&mut self) {
        for publication in self.catalog.publications.iter() {
            let object = format!("publication {}", quote_name(&publication.name));
            let line = when(publication.all_tables, "all tables").unwrap_or_default();
            self.fact(&object, Part::Head, 0, line);
            for table in &publication.tables {
                let line = format!("table {}", self.relation_name(table.table));
                self.fact(&object, Part::Members, 0, line);
            }
        }
    }

    fn plain(&mut self) {
        for plain in self.catalog.plain.iter() {
            if self.is_brought(plain.class, plain.oid) {
                continue;
            }
            let noun = match plain.class {
                Class::TextSearchConfiguration => "text search configuration",
                Class::TextSearchDictionary => "text search dictionary",
                Class::EventTrigger => "event trigger",
                Class::ForeignDataWrapper => "foreign-data wrapper",
                Class::ForeignServer => "server",
                _ => continue,
            };
            let name = match plain.container {
                Some(schema) => self.name_in(schema, &plain.name),
                None => Some(quote_name(&plain.name)),
            };
            if let Some(name) = name {
                self.fact(&format!("{noun} {name}"), Part::Head, 0, String::new());
            }
        }
    }

    fn method(&self, oid: Oid) -> String {
        let own = self.catalog.access_methods.get(oid);
        let of_system = self.catalog.builtin().access_methods().iter();
        own.map(|it| &it.object)
            .or_else(|| of_system.into_iter().find(|it| it.oid == oid))
            .map(|method| method.name.to_string())
            .unwrap_or_default()
    }
}
