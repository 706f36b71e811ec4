//! What has a name in the whole database or cluster.

use super::Search;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::objects as errors;
use crate::postgres::ast::{GlobalWord, Ident, RoleName, RoleNameKind};
use crate::postgres::catalog::{Address, Candidate, Catalog, Class, Near, Object as _};
use crate::postgres::replay::Replay;
use crate::postgres::types::Oid;

impl GlobalWord {
    pub(in crate::postgres::replay) fn class(self) -> Class {
        match self {
            GlobalWord::AccessMethod => Class::AccessMethod,
            GlobalWord::Database => Class::Database,
            GlobalWord::EventTrigger => Class::EventTrigger,
            GlobalWord::Extension => Class::Extension,
            GlobalWord::ForeignDataWrapper => Class::ForeignDataWrapper,
            GlobalWord::Language => Class::Language,
            GlobalWord::Publication => Class::Publication,
            GlobalWord::Role => Class::Role,
            GlobalWord::Schema => Class::Namespace,
            GlobalWord::Server => Class::ForeignServer,
            GlobalWord::Subscription => Class::Subscription,
            GlobalWord::Tablespace => Class::Tablespace,
        }
    }
}

impl Replay {
    /// Looks for what is in no schema.
    pub(in crate::postgres::replay) fn search_global(
        &self,
        word: GlobalWord,
        name: &Ident,
    ) -> Search {
        let class = word.class();
        let catalog = &self.catalog;
        let text = &*name.name;
        let found = match word {
            GlobalWord::Schema => catalog.namespace_named(text),
            GlobalWord::Extension => catalog.extensions.named(None, text).map(|it| it.oid),
            GlobalWord::Role => catalog.roles.named(None, text).map(|it| it.oid),
            GlobalWord::Publication => catalog.publications.named(None, text).map(|it| it.oid),
            GlobalWord::Language => self.language(text),
            GlobalWord::AccessMethod => self.method_named(text),
            GlobalWord::Tablespace => self.is_tablespace(text).then_some(Oid(0)),
            // Of databases nothing is known here.
            GlobalWord::Database => Some(Oid(0)),
            GlobalWord::EventTrigger
            | GlobalWord::ForeignDataWrapper
            | GlobalWord::Server
            | GlobalWord::Subscription => {
                let all = catalog.plain.all_named(None, text);
                let found = all.into_iter().find(|it| it.class == class);
                found.map(|it| it.oid)
            }
        };
        match found {
            Some(oid) => Search::Found(Address::new(class, oid)),
            None => Search::missing(self.missing_global(word, name)),
        }
    }

    pub(super) fn missing_global(&self, word: GlobalWord, name: &Ident) -> Diagnostic {
        let class = word.class();
        let catalog = &self.catalog;
        let code = match word {
            GlobalWord::Schema => return self.unknown_schema(name),
            GlobalWord::Role => return self.unknown_role(name),
            GlobalWord::Extension => Code::UnknownExtension,
            _ => Code::UnknownObject,
        };
        let names: Vec<&str> = match word {
            GlobalWord::Extension => catalog.extensions.iter().map(|it| it.name()).collect(),
            GlobalWord::Publication => catalog.publications.iter().map(|it| it.name()).collect(),
            GlobalWord::Language => catalog
                .builtin()
                .languages()
                .iter()
                .map(|it| &*it.name)
                .collect(),
            _ => {
                let plain = catalog.plain.iter().filter(|it| it.class == class);
                plain.map(|it| it.name()).collect()
            }
        };
        let it = errors::Missing {
            code,
            noun: class.noun(),
            name: &name.name,
            place: None,
            span: name.span,
        };
        let fate = self.catalog.fate(class, &name.name, |_| true);
        errors::missing(it, fate, Near::named(&name.name, names))
    }

    /// A language by its name.
    pub(in crate::postgres::replay) fn language(&self, name: &str) -> Option<Oid> {
        let made = self.catalog.languages.named(None, name);
        let made = made.map(|it| it.object.oid);
        made.or_else(|| {
            let mut all = self.catalog.builtin().languages().iter();
            all.find(|it| it.name == name).map(|it| it.oid)
        })
    }

    /// An access method by its name.
    pub(in crate::postgres::replay) fn method_named(&self, name: &str) -> Option<Oid> {
        let made = self.catalog.access_methods.named(None, name);
        let made = made.map(|it| it.object.oid);
        made.or_else(|| {
            let mut all = self.catalog.builtin().access_methods().iter();
            all.find(|it| it.name == name).map(|it| it.oid)
        })
    }

    /// A role that is not known.
    pub(in crate::postgres::replay) fn unknown_role(&self, name: &Ident) -> Diagnostic {
        let others = self.catalog.roles.iter();
        let near = Near::of(&name.name, others.map(|it| Candidate::alone(&**it)));
        let fate = self.catalog.fate(Class::Role, &name.name, |_| true);
        errors::unknown_role(&name.name, name.span, fate, near)
    }

    /// The one role that a statement names; nothing if a mistake was reported.
    pub(in crate::postgres::replay) fn role(&mut self, role: &RoleName) -> Option<Oid> {
        match &role.kind {
            RoleNameKind::Named(name) => match self.catalog.roles.named(None, &name.name) {
                Some(found) => Some(found.oid),
                None => {
                    let diagnostic = self.unknown_role(name);
                    self.report(diagnostic);
                    None
                }
            },
            RoleNameKind::Public => {
                self.report(errors::no_single_role(role.span));
                None
            }
            RoleNameKind::CurrentRole | RoleNameKind::CurrentUser | RoleNameKind::SessionUser => {
                Some(Catalog::OWNER)
            }
        }
    }

    /// A role or PUBLIC, which is the inner nothing.
    pub(in crate::postgres::replay) fn grantee(&mut self, role: &RoleName) -> Option<Option<Oid>> {
        match role.kind {
            RoleNameKind::Public => Some(None),
            _ => self.role(role).map(Some),
        }
    }
}
