//! Roles and groups.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterGroup, AlterObject, AlterRole, AlterSettings, Constant, CreateRole, GlobalWord, Ident,
    ObjectAction, ObjectReference, Parameter, ParameterValue, RoleName, RoleOption, StatementKind,
};

use tablature_lexer::postgres::{Keyword, TokenKind};

impl Parser<'_> {
    /// What follows CREATE ROLE, USER or GROUP.
    pub(super) fn create_role(&mut self) -> Syntax<StatementKind> {
        let name = self.role_id()?;
        self.accept(Keyword::With);
        let options = self.role_options(true)?;
        Ok(StatementKind::CreateRole(CreateRole { name, options }))
    }

    fn role_options(&mut self, in_create: bool) -> Syntax<Vec<RoleOption>> {
        let mut options: Vec<RoleOption> = Vec::new();
        while let Some(option) = self.role_option(in_create)? {
            let first = options.iter().find(|other| other.name == option.name);
            if let Some(first) = first {
                return Err(self.said_again(option.span, first.span));
            }
            options.push(option);
        }
        Ok(options)
    }

    /// An option of a role, if one is next (`CreateOptRoleElem`, and in ALTER `AlterOptRoleElem`).
    fn role_option(&mut self, in_create: bool) -> Syntax<Option<RoleOption>> {
        let start = self.position();
        let mut roles = Vec::new();
        let mut negated = false;
        let name = match self.peek() {
            Some(TokenKind::Keyword(keyword)) => {
                self.advance();
                match keyword {
                    Keyword::Encrypted => {
                        self.expect(Keyword::Password)?;
                        self.string("a string")?;
                        "password"
                    }
                    Keyword::Unencrypted => {
                        return self.refuse(
                            self.span_from(start),
                            "the engine keeps no password unencrypted",
                        );
                    }
                    Keyword::Password => {
                        if !self.accept(Keyword::Null) {
                            self.string("a string or `NULL`")?;
                        }
                        "password"
                    }
                    Keyword::Inherit => "inherit",
                    Keyword::Connection => {
                        self.expect(Keyword::Limit)?;
                        self.signed_integer("a number")?;
                        "connectionlimit"
                    }
                    Keyword::Valid => {
                        self.expect(Keyword::Until)?;
                        self.string("a string")?;
                        "validUntil"
                    }
                    Keyword::User => {
                        roles = self.roles()?;
                        "rolemembers"
                    }
                    Keyword::Sysid if in_create => {
                        self.integer("a number")?;
                        "sysid"
                    }
                    Keyword::Admin if in_create => {
                        roles = self.roles()?;
                        "adminmembers"
                    }
                    Keyword::Role if in_create => {
                        roles = self.roles()?;
                        "rolemembers"
                    }
                    Keyword::In if in_create => {
                        if !self.accept(Keyword::Role) && !self.accept(Keyword::Group) {
                            return Err(self.expected("`ROLE`"));
                        }
                        roles = self.roles()?;
                        "addroleto"
                    }
                    _ => {
                        self.reset(start);
                        return Ok(None);
                    }
                }
            }
            Some(kind) if super::names::is_identifier(kind) => {
                let word = self.take_name()?;
                let (is_negated, name) = match &*word.name {
                    "superuser" => (false, "superuser"),
                    "nosuperuser" => (true, "superuser"),
                    "createrole" => (false, "createrole"),
                    "nocreaterole" => (true, "createrole"),
                    "replication" => (false, "isreplication"),
                    "noreplication" => (true, "isreplication"),
                    "createdb" => (false, "createdb"),
                    "nocreatedb" => (true, "createdb"),
                    "login" => (false, "canlogin"),
                    "nologin" => (true, "canlogin"),
                    "bypassrls" => (false, "bypassrls"),
                    "nobypassrls" => (true, "bypassrls"),
                    "noinherit" => (true, "inherit"),
                    _ => {
                        self.reset(start);
                        return Err(self.expected("an option of a role"));
                    }
                };
                negated = is_negated;
                name
            }
            _ => return Ok(None),
        };
        Ok(Some(RoleOption {
            name,
            roles,
            negated,
            span: self.span_from(start),
        }))
    }

    /// What follows ALTER ROLE or ALTER USER.
    pub(super) fn alter_role(&mut self) -> Syntax<StatementKind> {
        let role = match self.accept(Keyword::All) {
            true => None,
            false => Some(self.role()?),
        };
        if let Some(role) = &role
            && self.is_at(Keyword::Rename)
        {
            return self.rename_role(role);
        }
        let database = match self.accept_start(Keyword::In, &[Keyword::Database])? {
            true => Some(self.column_id("a database")?),
            false => None,
        };
        let is_setting = self.is_at_any(&[Keyword::Set, Keyword::Reset]);
        match role {
            Some(role) if database.is_none() && !is_setting => {
                self.accept(Keyword::With);
                let options = self.role_options(false)?;
                Ok(StatementKind::AlterRole(AlterRole { role, options }))
            }
            role => Ok(StatementKind::AlterSettings(AlterSettings {
                role,
                database,
                set: self.set_or_reset()?,
            })),
        }
    }

    fn rename_role(&mut self, role: &RoleName) -> Syntax<StatementKind> {
        let crate::postgres::ast::RoleNameKind::Named(name) = &role.kind else {
            return self.refuse(role.span, "this role cannot be renamed by this word");
        };
        self.expect_phrase(&[Keyword::Rename, Keyword::To])?;
        Ok(StatementKind::AlterObject(AlterObject {
            object: ObjectReference::Global(GlobalWord::Role, name.clone()),
            if_exists: false,
            action: ObjectAction::Rename(self.role_id()?),
        }))
    }

    /// What follows ALTER GROUP.
    pub(super) fn alter_group(&mut self) -> Syntax<StatementKind> {
        let role = self.role()?;
        if self.is_at(Keyword::Rename) {
            return self.rename_role(&role);
        }
        let add = self.accept(Keyword::Add);
        if !add && !self.accept(Keyword::Drop) {
            return Err(self.expected("`ADD USER`, `DROP USER` or `RENAME TO`"));
        }
        self.expect(Keyword::User)?;
        Ok(StatementKind::AlterGroup(AlterGroup {
            role,
            add,
            members: self.roles()?,
        }))
    }
}

/// An option of a granted role that is on.
pub(super) fn role_parameter(name: Ident) -> Parameter {
    let span = name.span;
    Parameter {
        namespace: None,
        name,
        value: Some(ParameterValue::Constant(Constant::Boolean(true), span)),
        span,
    }
}
