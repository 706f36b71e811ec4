//! Foreign data wrappers, servers, user mappings.

use super::Replay;
use super::find::Search;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::objects as object_errors;
use crate::postgres::ast::{
    AlterServer, CreateServer, ForeignDataWrapper, GenericAction, GenericOption, GlobalWord, Ident,
    ImportForeignSchema, UserMapping, UserMappingAction,
};
use crate::postgres::catalog::{Address, Class, Dependency};
use crate::postgres::types::Oid;
use std::sync::Arc;

impl Replay {
    pub(super) fn foreign_data_wrapper(&mut self, wrapper: &ForeignDataWrapper) {
        for function in wrapper.handler.iter().chain(&wrapper.validator) {
            if self.routine_of(function, |_| true).is_none() {
                return self.missing_support(function, &[], function.span);
            }
        }
        let name = &wrapper.name;
        let search = self.search_global(GlobalWord::ForeignDataWrapper, name);
        match (wrapper.create, search) {
            (true, Search::Found(found)) => {
                let declared = self.declared(found);
                let noun = "foreign-data wrapper";
                self.report(object_errors::exists(noun, &name.name, name.span, declared));
            }
            (true, _) => {
                let oid = self.make_plain(Class::ForeignDataWrapper, name, None);
                self.set_options(oid, &wrapper.options);
            }
            (false, search) => {
                if let Some(found) = self.settle(search) {
                    self.set_options(found.oid, &wrapper.options);
                }
            }
        }
    }

    /// ADD, SET and DROP of options (`transformGenericOptions`).
    fn set_options(&mut self, of: Oid, options: &[GenericOption]) {
        let mut known = self.options.get(&of).cloned().unwrap_or_default();
        for option in options {
            let name = &option.name;
            let position = known.iter().position(|it| *it == name.name);
            match (option.action, position) {
                (GenericAction::Add, None) => known.push(Arc::clone(&name.name)),
                (GenericAction::Add, Some(_)) => {
                    let message = format!("option `{}` is there already", name.name);
                    self.report(Diagnostic::new(
                        Code::AlreadyExists,
                        message,
                        name.span,
                        "there already",
                    ));
                }
                (GenericAction::Set, Some(_)) => {}
                (GenericAction::Drop, Some(position)) => drop(known.remove(position)),
                (GenericAction::Set | GenericAction::Drop, None) => {
                    let message = format!("no option `{}` was set", name.name);
                    self.report(Diagnostic::new(
                        Code::UnknownObject,
                        message,
                        name.span,
                        "no such option",
                    ));
                }
            }
        }
        self.options.insert(of, known);
    }

    pub(super) fn create_server(&mut self, create: &CreateServer) {
        let name = &create.name;
        if let Search::Found(found) = self.search_global(GlobalWord::Server, name) {
            if !create.if_not_exists {
                let declared = self.declared(found);
                self.report(object_errors::exists(
                    "server", &name.name, name.span, declared,
                ));
            }
            return;
        }
        let search = self.search_global(GlobalWord::ForeignDataWrapper, &create.wrapper);
        let wrapper = self.settle(search);
        let oid = self.make_plain(Class::ForeignServer, name, None);
        if let Some(wrapper) = wrapper {
            let this = Address::new(Class::ForeignServer, oid);
            self.catalog
                .dependencies
                .add(this, wrapper, Dependency::Normal);
        }
        self.set_options(oid, &create.options);
    }

    pub(super) fn alter_server(&mut self, alter: &AlterServer) {
        let search = self.search_global(GlobalWord::Server, &alter.name);
        if let Some(found) = self.settle(search) {
            self.set_options(found.oid, &alter.options);
        }
    }

    pub(super) fn user_mapping(&mut self, mapping: &UserMapping) {
        let user = self.grantee(&mapping.user);
        let is_drop_if_exists =
            matches!(mapping.action, UserMappingAction::Drop { if_exists: true });
        let server = match self.search_global(GlobalWord::Server, &mapping.server) {
            Search::Missing(_) if is_drop_if_exists => return,
            search => self.settle(search),
        };
        let (Some(user), Some(server)) = (user, server) else {
            return;
        };
        let name: Arc<str> = match user {
            Some(role) => role.to_string().into(),
            None => "public".into(),
        };
        let all = self.catalog.plain.all_named(Some(server.oid), &name);
        let found = all
            .into_iter()
            .find(|it| it.class == Class::UserMapping)
            .map(|it| it.oid);
        let span = mapping.span;
        match (&mapping.action, found) {
            (UserMappingAction::Create { if_not_exists, .. }, Some(found)) => {
                if !if_not_exists {
                    let declared = self.declared(Address::new(Class::UserMapping, found));
                    let text = &mapping.server.name;
                    let noun = "user mapping for this role on server";
                    self.report(object_errors::exists(noun, text, span, declared));
                }
            }
            (UserMappingAction::Create { options, .. }, None) => {
                let ident = Ident {
                    name,
                    quoted: true,
                    span: mapping.user.span,
                };
                let oid = self.make_plain(Class::UserMapping, &ident, Some(server.oid));
                let this = Address::new(Class::UserMapping, oid);
                self.catalog
                    .dependencies
                    .add(this, server, Dependency::Normal);
                self.set_options(oid, options);
            }
            (UserMappingAction::Alter(options), Some(found)) => self.set_options(found, options),
            (UserMappingAction::Drop { .. }, Some(found)) => {
                self.catalog
                    .delete_object(Address::new(Class::UserMapping, found));
            }
            (UserMappingAction::Drop { if_exists: true }, None) => {}
            (UserMappingAction::Alter(_) | UserMappingAction::Drop { .. }, None) => {
                let message = format!(
                    "the role has no user mapping on server `{}`",
                    mapping.server.name
                );
                self.report(Diagnostic::new(
                    Code::UnknownObject,
                    message,
                    span,
                    "no such mapping",
                ));
            }
        }
    }

    /// The tables that come are those of another server, which is not known here.
    pub(super) fn import_foreign_schema(&mut self, import: &ImportForeignSchema) {
        let search = self.search_global(GlobalWord::Server, &import.server);
        self.settle(search);
        self.schema_named(&import.schema);
        let message = "which tables this makes depends on another server";
        let diagnostic = Diagnostic::new(
            Code::NotInMigrations,
            message,
            import.span,
            "not known here",
        )
        .with_help("write CREATE FOREIGN TABLE for each of them");
        self.report(diagnostic);
    }
}
