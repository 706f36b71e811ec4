//! Types and domains, casts and transforms, which are named by types.

use super::Search;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as errors, relations, types as type_errors};
use crate::postgres::ast::{GlobalWord, Ident, QualifiedName, TypeName, TypeNameKind};
use crate::postgres::catalog::{Address, Candidate, Class, Object as _};
use crate::postgres::replay::Replay;
use crate::postgres::types::{self, Oid, TypeKind};
use crate::text::Span;

impl Replay {
    pub(super) fn search_type(&self, name: &TypeName) -> Search {
        // A type that was only announced can be named where no value of it is wanted.
        if let TypeNameKind::Named { name: written, .. } = &name.kind
            && name.dimensions.is_empty()
            && let Some(found) = self.catalog.find_type(written)
            && found.kind == TypeKind::Shell
        {
            return Search::Found(Address::new(Class::Type, found.oid));
        }
        match self.type_or_mistake(name) {
            Ok(Some(typed)) => Search::Found(Address::new(Class::Type, typed.oid)),
            Ok(None) => Search::Unknown,
            Err(diagnostic) => Search::Missing(diagnostic),
        }
    }

    pub(super) fn as_domain(&self, address: Address, span: Span) -> Search {
        let found = self.catalog.type_of(address.oid);
        match found.map(|it| it.kind) {
            Some(TypeKind::Domain { .. }) => Search::Found(address),
            Some(_) => {
                let name = found.map_or("", |it| &it.name);
                let declared = self.declared(address);
                Search::failed(type_errors::not_a("domain", name, span, declared))
            }
            None => Search::Unknown,
        }
    }

    /// The type of a name; nothing if a mistake was reported or is known.
    pub(in crate::postgres::replay) fn altered_type(
        &mut self,
        name: &QualifiedName,
    ) -> Option<types::Type> {
        if let Some(database) = &name.catalog {
            self.report(relations::other_database(database));
            return None;
        }
        let found = self.catalog.find_type(name).cloned();
        if found.is_none() && !self.is_partly_unknown() {
            let diagnostic = self.missing_type(name);
            self.report(diagnostic);
        }
        found
    }

    /// A type that is not there.
    pub(in crate::postgres::replay) fn missing_type(&self, name: &QualifiedName) -> Diagnostic {
        let made = self.catalog.types.iter().filter(|it| !it.object.is_array);
        let made = made.map(|it| Candidate::in_schema(&**it));
        let builtin = self.catalog.builtin().types().all().iter();
        let builtin = builtin.filter(|it| !it.name.starts_with(['_', 'p']));
        let builtin = builtin.map(|it| Candidate::of_system(it.namespace, &it.name));
        let others = made.chain(builtin);
        self.missing_in_schema(Code::UnknownType, Class::Type, "type", name, others)
    }

    pub(super) fn search_cast(&self, source: &TypeName, target: &TypeName, span: Span) -> Search {
        let mut ends = [Oid(0), Oid(0)];
        for (end, name) in ends.iter_mut().zip([source, target]) {
            match self.type_or_mistake(name) {
                Ok(Some(typed)) => *end = typed.oid,
                Ok(None) => return Search::Unknown,
                Err(diagnostic) => return Search::Missing(diagnostic),
            }
        }
        let [source, target] = ends;
        let mut made = self.catalog.casts.inside(Some(source));
        if let Some(found) = made.find(|it| it.object.target == target) {
            return Search::Found(Address::new(Class::Cast, found.oid()));
        }
        if types::Objects::cast(&self.catalog, source, target).is_some() {
            return Search::Found(Address::new(Class::Cast, Oid(1)));
        }
        let text = [source, target].map(|oid| self.catalog.type_text(oid));
        let text = text.join(" AS ");
        let it = errors::Missing {
            code: Code::UnknownObject,
            noun: "cast",
            name: &text,
            place: None,
            span,
        };
        Search::missing(errors::missing(it, None, None))
    }

    pub(super) fn search_transform(&self, type_name: &TypeName, language: &Ident) -> Search {
        let typed = match self.type_or_mistake(type_name) {
            Ok(Some(typed)) => typed,
            Ok(None) => return Search::Unknown,
            Err(diagnostic) => return Search::Missing(diagnostic),
        };
        let Some(language_oid) = self.language(&language.name) else {
            return Search::missing(self.missing_global(GlobalWord::Language, language));
        };
        let all = self
            .catalog
            .plain
            .all_named(Some(typed.oid), &language_oid.to_string());
        if let Some(found) = all.into_iter().find(|it| it.class == Class::Transform) {
            return Search::Found(Address::new(Class::Transform, found.oid));
        }
        let text = format!(
            "FOR {} LANGUAGE {}",
            self.catalog.type_text(typed.oid),
            language.name
        );
        let it = errors::Missing {
            code: Code::UnknownObject,
            noun: "transform",
            name: &text,
            place: None,
            span: type_name.span,
        };
        Search::missing(errors::missing(it, None, None))
    }
}
