//! Languages, access methods, conversions: what a server is extended by with functions in C.

use super::Replay;
use super::find::Search;
use crate::catalog::Provenance;
use crate::errors::postgres::objects as object_errors;
use crate::postgres::ast::{self, GlobalWord};
use crate::postgres::catalog::{Address, Catalog, Class, Made};
use crate::postgres::types::{self, Name, well_known};

impl Replay {
    pub(super) fn create_language(&mut self, create: &ast::CreateLanguage) {
        let name = &create.name;
        if create.handler.is_none() {
            // It is an extension, of whose name nothing may be there.
            let extension = ast::CreateExtension {
                if_not_exists: create.or_replace,
                name: name.clone(),
                schema: None,
                version: None,
                cascade: false,
            };
            return self.create_extension(&extension);
        }
        if let Search::Found(found) = self.search_global(GlobalWord::Language, name) {
            if !create.or_replace {
                let declared = self.declared(found);
                let noun = "language";
                self.report(object_errors::exists(noun, &name.name, name.span, declared));
            }
            return;
        }
        let handlers = create
            .handler
            .iter()
            .chain(&create.inline)
            .chain(&create.validator);
        for handler in handlers {
            if self.routine_of(handler, |_| true).is_none() {
                return self.missing_support(handler, &[], handler.span);
            }
        }
        let oid = self.catalog.next_oid();
        self.catalog.languages.put(Made {
            object: types::Language {
                oid,
                name: Name::Owned(name.name.to_string()),
                trusted: create.trusted,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.span)),
        });
    }

    pub(super) fn create_access_method(&mut self, create: &ast::CreateAccessMethod) {
        let name = &create.name;
        if let Search::Found(found) = self.search_global(GlobalWord::AccessMethod, name) {
            let declared = self.declared(found);
            let noun = "access method";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        let found = self.routine_of(&create.handler, |it| *it.inputs == [well_known::INTERNAL]);
        if found.is_none() {
            return self.missing_support(
                &create.handler,
                &[well_known::INTERNAL],
                create.handler.span,
            );
        }
        let kind = match create.index {
            false => types::AccessMethodKind::Table,
            true => types::AccessMethodKind::Index {
                can_order: true,
                can_unique: true,
                can_multi_column: true,
                can_exclude: true,
                can_include: true,
            },
        };
        let oid = self.catalog.next_oid();
        self.catalog.access_methods.put(Made {
            object: types::AccessMethod {
                oid,
                name: Name::Owned(name.name.to_string()),
                kind,
            },
            more: (),
            owner: None,
            provenance: Some(Provenance::new(name.span)),
        });
    }

    pub(super) fn create_conversion(&mut self, create: &ast::CreateConversion) {
        let Some(namespace) = self.schema_of_new(&create.name) else {
            return;
        };
        let found = self.routine_of(&create.function, |it| it.inputs.len() >= 5);
        if found.is_none() {
            return self.missing_support(&create.function, &[], create.function.span);
        }
        let name = &create.name.name;
        if let Some(taken) = self.plain_in(namespace, Class::Conversion, &name.name) {
            let declared = self.declared(Address::new(Class::Conversion, taken));
            let noun = "conversion";
            return self.report(object_errors::exists(noun, &name.name, name.span, declared));
        }
        let oid = self.make_plain(Class::Conversion, name, Some(namespace));
        self.put_in_schema(Address::new(Class::Conversion, oid), namespace);
    }
}
