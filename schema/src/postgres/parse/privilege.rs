//! GRANT, REVOKE and ALTER DEFAULT PRIVILEGES.

use super::cursor::{Parser, Syntax};
use super::role::role_parameter;
use crate::postgres::ast::{
    AllWord, AlterDefaultPrivileges, Constant, GlobalWord, Grant, GrantRole, GrantTarget, Ident,
    Parameter, ParameterValue, Privilege, RoleName, RoutineWord, StatementKind,
};

use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
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
}
