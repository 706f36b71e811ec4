//! Roles, GRANT and REVOKE; databases and tablespaces.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AllWord, AlterDefaultPrivileges, AlterGroup, AlterObject, AlterRole, AlterSettings, Constant,
    CreateRole, GlobalWord, Grant, GrantRole, GrantTarget, Ident, ObjectAction, ObjectReference,
    Parameter, ParameterValue, Privilege, RoleName, RoleOption, RoutineWord, StatementKind,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

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

    /// What follows GRANT.
    pub(super) fn grant(&mut self, start: usize) -> Syntax<StatementKind> {
        let (privileges, all_columns, is_all) = self.privileges()?;
        if !is_all && self.accept(Keyword::To) {
            return self.grant_roles(privileges, start);
        }
        self.expect(Keyword::On)?;
        let target = self.grant_target()?;
        self.expect(Keyword::To)?;
        let grantees = self.list(Self::grantee)?;
        let grant_option = self.with_grant_option()?;
        Ok(StatementKind::Grant(Grant {
            grant: true,
            privileges,
            all_columns,
            target,
            grantees,
            grant_option,
            grantor: self.granted_by()?,
            cascade: false,
            span: self.span_from(start),
        }))
    }

    fn with_grant_option(&mut self) -> Syntax<Option<Span>> {
        let start = self.position();
        if !self.accept(Keyword::With) {
            return Ok(None);
        }
        self.expect_phrase(&[Keyword::Grant, Keyword::Option])?;
        Ok(Some(self.span_from(start)))
    }

    /// What follows REVOKE.
    pub(super) fn revoke(&mut self, start: usize) -> Syntax<StatementKind> {
        let option = self.position();
        let grant_option = self
            .accept_phrase(&[Keyword::Grant, Keyword::Option, Keyword::For])
            .then(|| self.span_from(option));
        let is_role_option = grant_option.is_none()
            && self.is_at_column_id()
            && self.keyword_at(1) == Some(Keyword::Option)
            && self.keyword_at(2) == Some(Keyword::For);
        let mut options = Vec::new();
        if is_role_option {
            if self.version < 16 && !self.is_at(Keyword::Admin) {
                return Err(self.expected("`ADMIN OPTION FOR` or `GRANT OPTION FOR`"));
            }
            let name = self.column_id("an option")?;
            options.push(role_parameter(name));
            self.expect_phrase(&[Keyword::Option, Keyword::For])?;
        }
        let (privileges, all_columns, is_all) = self.privileges()?;
        let could_be_roles = !is_all && grant_option.is_none();
        if could_be_roles && self.accept(Keyword::From) {
            let roles = self.granted_roles(privileges)?;
            let grantees = self.roles()?;
            let grantor = self.granted_by()?;
            self.cascade();
            return Ok(StatementKind::GrantRole(GrantRole {
                grant: false,
                roles,
                grantees,
                options,
                grantor,
                span: self.span_from(start),
            }));
        }
        if is_role_option {
            return Err(self.expected("`FROM`"));
        }
        self.expect(Keyword::On)?;
        let target = self.grant_target()?;
        self.expect(Keyword::From)?;
        let grantees = self.list(Self::grantee)?;
        let grantor = self.granted_by()?;
        Ok(StatementKind::Grant(Grant {
            grant: false,
            privileges,
            all_columns,
            target,
            grantees,
            grant_option,
            grantor,
            cascade: self.cascade(),
            span: self.span_from(start),
        }))
    }

    /// Roles are written as privileges are.
    fn granted_roles(&self, privileges: Vec<Privilege>) -> Syntax<Vec<Ident>> {
        if let Some(column) = privileges.iter().find_map(|one| one.columns.first()) {
            return self.refuse(column.span, "a role has no columns");
        }
        Ok(privileges.into_iter().map(|one| one.name).collect())
    }

    fn grant_roles(&mut self, privileges: Vec<Privilege>, start: usize) -> Syntax<StatementKind> {
        let roles = self.granted_roles(privileges)?;
        let grantees = self.roles()?;
        let mut options = Vec::new();
        if self.accept(Keyword::With) {
            options = match self.version {
                16.. => self.list(Self::grant_role_option)?,
                _ => {
                    let start = self.position();
                    self.expect_phrase(&[Keyword::Admin, Keyword::Option])?;
                    let span = self.span_from(start);
                    vec![role_parameter(Ident::supplied("admin", span))]
                }
            };
        }
        Ok(StatementKind::GrantRole(GrantRole {
            grant: true,
            roles,
            grantees,
            options,
            grantor: self.granted_by()?,
            span: self.span_from(start),
        }))
    }

    /// `ADMIN OPTION`, `INHERIT TRUE` (`grant_role_opt`).
    fn grant_role_option(&mut self) -> Syntax<Parameter> {
        let name = self.label("an option")?;
        let mut parameter = role_parameter(name);
        let start = self.position();
        if self.accept(Keyword::Option) || self.accept(Keyword::True) {
            return Ok(parameter);
        }
        if !self.accept(Keyword::False) {
            return Err(self.expected("`OPTION`, `TRUE` or `FALSE`"));
        }
        parameter.value = Some(ParameterValue::Constant(
            Constant::Boolean(false),
            self.span_from(start),
        ));
        Ok(parameter)
    }

    fn granted_by(&mut self) -> Syntax<Option<RoleName>> {
        match self.accept_start(Keyword::Granted, &[Keyword::By])? {
            true => self.role().map(Some),
            false => Ok(None),
        }
    }

    /// `GROUP role` or `role`.
    fn grantee(&mut self) -> Syntax<RoleName> {
        self.accept(Keyword::Group);
        self.role()
    }

    /// The privileges, none for ALL; the columns of ALL; whether it is ALL.
    fn privileges(&mut self) -> Syntax<(Vec<Privilege>, Vec<Ident>, bool)> {
        if self.accept(Keyword::All) {
            self.accept(Keyword::Privileges);
            return Ok((Vec::new(), self.optional_columns()?, true));
        }
        let privileges = self.list(|parser| {
            let start = parser.position();
            if parser.accept_phrase(&[Keyword::Alter, Keyword::System]) {
                parser.needs(15, "the privilege ALTER SYSTEM", start);
                return Ok(Privilege {
                    name: Ident::supplied("alter system", parser.span_from(start)),
                    columns: Vec::new(),
                });
            }
            let is_keyword =
                parser.is_at_any(&[Keyword::Select, Keyword::References, Keyword::Create]);
            let name = match is_keyword {
                true => parser.take_name()?,
                false => parser.column_id("a privilege or a role")?,
            };
            Ok(Privilege {
                name,
                columns: parser.optional_columns()?,
            })
        })?;
        Ok((privileges, Vec::new(), false))
    }

    /// What follows ON (`privilege_target`).
    fn grant_target(&mut self) -> Syntax<GrantTarget> {
        use Keyword as K;
        let start = self.position();
        // Most of these words may also be names of tables.
        let next = self.peek_at(1);
        let is_table = next.is_none()
            || next == Some(Symbol::Dot.into())
            || next == Some(Symbol::Comma.into())
            || next == Some(K::To.into())
            || next == Some(K::From.into());
        let keyword = match self.keyword() {
            Some(keyword) if !is_table => keyword,
            _ => return self.qualified_names("a table").map(GrantTarget::Tables),
        };
        self.advance();
        match keyword {
            K::Table => self.qualified_names("a table").map(GrantTarget::Tables),
            K::Sequence => self
                .qualified_names("a sequence")
                .map(GrantTarget::Sequences),
            K::Foreign if self.accept(K::Data) => {
                self.expect(K::Wrapper)?;
                self.global_target(GlobalWord::ForeignDataWrapper)
            }
            K::Foreign => {
                self.expect(K::Server)?;
                self.global_target(GlobalWord::Server)
            }
            K::Function => self.routine_target(RoutineWord::Function),
            K::Procedure => self.routine_target(RoutineWord::Procedure),
            K::Routine => self.routine_target(RoutineWord::Routine),
            K::Database => self.global_target(GlobalWord::Database),
            K::Domain => self.qualified_names("a domain").map(GrantTarget::Domains),
            K::Language => self.global_target(GlobalWord::Language),
            K::Large => {
                self.expect(K::Object)?;
                let numbers = self.list(|parser| parser.signed_number("a number"))?;
                let span = numbers.first().map_or(self.span(), |first| first.span);
                Ok(GrantTarget::LargeObjects(span.to(self.last_span())))
            }
            K::Parameter => {
                self.needs(15, "GRANT ON PARAMETER", start);
                self.list(|parser| {
                    let start = parser.position();
                    let parts = parser.dotted_columns("a parameter")?;
                    Ok(super::names::joined_name(parts, parser.span_from(start)))
                })
                .map(GrantTarget::Parameters)
            }
            K::Schema => self.global_target(GlobalWord::Schema),
            K::Tablespace => self.global_target(GlobalWord::Tablespace),
            K::Type => self.qualified_names("a type").map(GrantTarget::Types),
            K::All => {
                let word = match self.keyword() {
                    Some(K::Tables) => AllWord::Tables,
                    Some(K::Sequences) => AllWord::Sequences,
                    Some(K::Functions) => AllWord::Functions,
                    Some(K::Procedures) => AllWord::Procedures,
                    Some(K::Routines) => AllWord::Routines,
                    _ => {
                        return Err(self.expected(
                            "`TABLES`, `SEQUENCES`, `FUNCTIONS`, `PROCEDURES` or `ROUTINES`",
                        ));
                    }
                };
                self.advance();
                self.expect_phrase(&[K::In, K::Schema])?;
                let schemas = self.names("a schema")?;
                Ok(GrantTarget::AllInSchema(word, schemas))
            }
            _ => {
                self.reset(start);
                self.qualified_names("a table").map(GrantTarget::Tables)
            }
        }
    }

    fn global_target(&mut self, word: GlobalWord) -> Syntax<GrantTarget> {
        let names = self.names("a name")?;
        Ok(GrantTarget::Global(word, names))
    }

    fn routine_target(&mut self, word: RoutineWord) -> Syntax<GrantTarget> {
        self.list(|parser| parser.routine(word))
            .map(GrantTarget::Routines)
    }

    /// Names with dots between them, none of which is a reserved word.
    pub(super) fn dotted_columns(&mut self, what: &str) -> Syntax<Vec<Ident>> {
        let mut parts = vec![self.column_id(what)?];
        while self.accept(Symbol::Dot) {
            parts.push(self.column_id(what)?);
        }
        Ok(parts)
    }

    /// What follows ALTER DEFAULT.
    pub(super) fn alter_default_privileges(&mut self) -> Syntax<StatementKind> {
        self.expect(Keyword::Privileges)?;
        let mut schemas: Option<(Vec<Ident>, Span)> = None;
        let mut roles: Option<(Vec<RoleName>, Span)> = None;
        loop {
            let start = self.position();
            if self.accept_start(Keyword::In, &[Keyword::Schema])? {
                let names = self.names("a schema")?;
                let span = self.span_from(start);
                if let Some((_, first)) = schemas.replace((names, span)) {
                    return Err(self.said_again(span, first));
                }
            } else if self.accept(Keyword::For) {
                if !self.accept(Keyword::Role) && !self.accept(Keyword::User) {
                    return Err(self.expected("`ROLE` or `USER`"));
                }
                let names = self.roles()?;
                let span = self.span_from(start);
                if let Some((_, first)) = roles.replace((names, span)) {
                    return Err(self.said_again(span, first));
                }
            } else {
                break;
            }
        }
        let grant = self.accept(Keyword::Grant);
        if !grant && !self.accept(Keyword::Revoke) {
            return Err(self.expected("`GRANT` or `REVOKE`"));
        }
        let option = self.position();
        let mut grant_option = match grant {
            true => None,
            false => self
                .accept_phrase(&[Keyword::Grant, Keyword::Option, Keyword::For])
                .then(|| self.span_from(option)),
        };
        let (privileges, _, _) = self.privileges()?;
        self.expect(Keyword::On)?;
        let on = self.default_target()?;
        self.expect(if grant { Keyword::To } else { Keyword::From })?;
        let grantees = self.list(Self::grantee)?;
        match grant {
            true => grant_option = self.with_grant_option()?,
            false => {
                self.cascade();
            }
        }
        Ok(StatementKind::AlterDefaultPrivileges(
            AlterDefaultPrivileges {
                schemas: schemas.map(|(names, _)| names).unwrap_or_default(),
                roles: roles.map(|(names, _)| names).unwrap_or_default(),
                grant,
                privileges,
                on,
                grantees,
                grant_option,
            },
        ))
    }

    fn default_target(&mut self) -> Syntax<(AllWord, Span)> {
        let word = match self.keyword() {
            Some(Keyword::Tables) => AllWord::Tables,
            Some(Keyword::Functions) => AllWord::Functions,
            Some(Keyword::Routines) => AllWord::Routines,
            Some(Keyword::Sequences) => AllWord::Sequences,
            Some(Keyword::Types) => AllWord::Types,
            Some(Keyword::Schemas) => AllWord::Schemas,
            _ => {
                return Err(self.expected(
                    "`TABLES`, `SEQUENCES`, `FUNCTIONS`, `ROUTINES`, `TYPES` or `SCHEMAS`",
                ));
            }
        };
        self.advance();
        Ok((word, self.last_span()))
    }

    /// What follows CREATE DATABASE.
    pub(super) fn create_database(&mut self) -> Syntax<StatementKind> {
        self.column_id("a database")?;
        self.accept(Keyword::With);
        self.database_options()?;
        Ok(StatementKind::Server("CREATE DATABASE"))
    }

    /// Options of a database, perhaps none (`createdb_opt_list`).
    fn database_options(&mut self) -> Syntax<()> {
        loop {
            let is_word = self.is_at_any(&[
                Keyword::Encoding,
                Keyword::Location,
                Keyword::Owner,
                Keyword::Tablespace,
                Keyword::Template,
            ]);
            if self.accept(Keyword::Connection) {
                self.expect(Keyword::Limit)?;
            } else if is_word || self.is_at_identifier() {
                self.take_name()?;
            } else {
                return Ok(());
            }
            self.accept(Symbol::Equal);
            if self.is_at_number() {
                self.signed_number("a number")?;
            } else if !self.accept(Keyword::Default) {
                self.boolean_or_string("a value")?;
            }
        }
    }

    /// What follows ALTER DATABASE.
    pub(super) fn alter_database(&mut self) -> Syntax<StatementKind> {
        let name = self.column_id("a database")?;
        let object = ObjectReference::Global(GlobalWord::Database, name.clone());
        match self.keyword() {
            Some(Keyword::Rename) => self.change_object(object, &[super::alter::Change::Rename]),
            Some(Keyword::Owner) if self.keyword_at(1) == Some(Keyword::To) => {
                self.change_object(object, &[super::alter::Change::Owner])
            }
            Some(Keyword::Refresh) => {
                self.expect_phrase(&[Keyword::Refresh, Keyword::Collation, Keyword::Version])?;
                Ok(StatementKind::Server("ALTER DATABASE"))
            }
            Some(Keyword::Set)
                if self.keyword_at(1) == Some(Keyword::Tablespace) && !self.is_at_setting(1) =>
            {
                self.advance();
                self.advance();
                self.column_id("a tablespace")?;
                Ok(StatementKind::Server("ALTER DATABASE"))
            }
            Some(Keyword::Set | Keyword::Reset) => {
                Ok(StatementKind::AlterSettings(AlterSettings {
                    role: None,
                    database: Some(name),
                    set: self.set_or_reset()?,
                }))
            }
            _ => {
                self.accept(Keyword::With);
                self.database_options()?;
                Ok(StatementKind::Server("ALTER DATABASE"))
            }
        }
    }

    /// What follows CREATE TABLESPACE.
    pub(super) fn create_tablespace(&mut self) -> Syntax<StatementKind> {
        self.column_id("a tablespace")?;
        if self.accept(Keyword::Owner) {
            self.role()?;
        }
        self.expect(Keyword::Location)?;
        self.string("a directory, as a string")?;
        self.with_parameters()?;
        Ok(StatementKind::Server("CREATE TABLESPACE"))
    }

    /// What follows the name in ALTER TABLESPACE.
    pub(super) fn alter_tablespace(&mut self) -> Syntax<StatementKind> {
        if !self.accept(Keyword::Set) && !self.accept(Keyword::Reset) {
            return Err(self.expected("`SET`, `RESET`, `RENAME TO` or `OWNER TO`"));
        }
        self.relation_options()?;
        Ok(StatementKind::Server("ALTER TABLESPACE"))
    }
}

/// An option of a granted role that is on.
fn role_parameter(name: Ident) -> Parameter {
    let span = name.span;
    Parameter {
        namespace: None,
        name,
        value: Some(ParameterValue::Constant(Constant::Boolean(true), span)),
        span,
    }
}
