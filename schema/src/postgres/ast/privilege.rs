//! Roles and what they may do.

use super::{
    GlobalWord, Ident, Parameter, QualifiedName, RoleName, RoutineReference, SetParameter,
};
use crate::text::Span;

/// GRANT or REVOKE of privileges on objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// GRANT; REVOKE otherwise.
    pub grant: bool,
    /// The privileges; none for ALL.
    pub privileges: Vec<Privilege>,
    /// The columns of `ALL (columns)`.
    pub all_columns: Vec<Ident>,
    /// On what.
    pub target: GrantTarget,
    /// To or from whom.
    pub grantees: Vec<RoleName>,
    /// WITH GRANT OPTION, or GRANT OPTION FOR.
    pub grant_option: Option<Span>,
    /// GRANTED BY.
    pub grantor: Option<RoleName>,
    /// CASCADE, of REVOKE.
    pub cascade: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// A privilege as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privilege {
    /// Its name: SELECT, REFERENCES, CREATE, or any other word, in lower case.
    pub name: Ident,
    /// The columns that it is for.
    pub columns: Vec<Ident>,
}

/// On what privileges are granted.
#[derive(Debug, Clone, PartialEq)]
pub enum GrantTarget {
    /// `[TABLE] name, …`
    Tables(Vec<QualifiedName>),
    /// SEQUENCE.
    Sequences(Vec<QualifiedName>),
    /// What is in no schema: DATABASE, FOREIGN DATA WRAPPER, FOREIGN SERVER, LANGUAGE, SCHEMA, TABLESPACE.
    Global(GlobalWord, Vec<Ident>),
    /// DOMAIN.
    Domains(Vec<QualifiedName>),
    /// TYPE.
    Types(Vec<QualifiedName>),
    /// FUNCTION, PROCEDURE or ROUTINE.
    Routines(Vec<RoutineReference>),
    /// LARGE OBJECT.
    LargeObjects(Span),
    /// PARAMETER.
    Parameters(Vec<QualifiedName>),
    /// `ALL TABLES IN SCHEMA name, …`
    AllInSchema(AllWord, Vec<Ident>),
}

/// Of what kind all objects of a schema are meant, or all that will be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum AllWord {
    Tables,
    Sequences,
    Functions,
    Procedures,
    Routines,
    Types,
    Schemas,
}

/// GRANT or REVOKE of roles.
#[derive(Debug, Clone, PartialEq)]
pub struct GrantRole {
    /// GRANT; REVOKE otherwise.
    pub grant: bool,
    /// The roles that are granted. They are written like privileges; those with columns are errors of syntax.
    pub roles: Vec<Ident>,
    /// To or from whom.
    pub grantees: Vec<RoleName>,
    /// WITH ADMIN OPTION and, since version 16, its like.
    pub options: Vec<Parameter>,
    /// GRANTED BY.
    pub grantor: Option<RoleName>,
    /// From its first to its last token.
    pub span: Span,
}

/// ALTER DEFAULT PRIVILEGES.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterDefaultPrivileges {
    /// IN SCHEMA.
    pub schemas: Vec<Ident>,
    /// FOR ROLE.
    pub roles: Vec<RoleName>,
    /// GRANT; REVOKE otherwise.
    pub grant: bool,
    /// The privileges; none for ALL.
    pub privileges: Vec<Privilege>,
    /// ON.
    pub on: (AllWord, Span),
    /// To or from whom.
    pub grantees: Vec<RoleName>,
    /// WITH GRANT OPTION, or GRANT OPTION FOR.
    pub grant_option: Option<Span>,
}

/// CREATE ROLE, USER or GROUP.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRole {
    /// Its name; CURRENT_USER and its like are refused by the grammar.
    pub name: Ident,
    /// Its options.
    pub options: Vec<RoleOption>,
}

/// An option of a role.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleOption {
    /// Its name as the engine keeps it: `superuser`, `canlogin`, `rolemembers`, …
    pub name: &'static str,
    /// The roles of IN ROLE, ROLE, ADMIN, USER.
    pub roles: Vec<RoleName>,
    /// Whether it is said with NO before it, and otherwise means the same.
    pub negated: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// ALTER ROLE with options.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterRole {
    /// The role.
    pub role: RoleName,
    /// Its options.
    pub options: Vec<RoleOption>,
}

/// ALTER ROLE … SET, ALTER DATABASE … SET.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterSettings {
    /// The role; nothing for ALL, and for a database alone.
    pub role: Option<RoleName>,
    /// The database.
    pub database: Option<Ident>,
    /// What is set.
    pub set: SetParameter,
}

/// ALTER GROUP … ADD USER, DROP USER.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterGroup {
    /// The role.
    pub role: RoleName,
    /// ADD; DROP otherwise.
    pub add: bool,
    /// The members.
    pub members: Vec<RoleName>,
}

/// DROP ROLE, USER or GROUP.
#[derive(Debug, Clone, PartialEq)]
pub struct DropRole {
    /// IF EXISTS.
    pub if_exists: bool,
    /// The roles.
    pub roles: Vec<RoleName>,
}

/// DROP OWNED BY, REASSIGN OWNED BY.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    /// Whose.
    pub roles: Vec<RoleName>,
    /// REASSIGN … TO; DROP otherwise.
    pub reassign: Option<RoleName>,
    /// CASCADE, of DROP.
    pub cascade: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// CREATE USER MAPPING, ALTER USER MAPPING, DROP USER MAPPING.
#[derive(Debug, Clone, PartialEq)]
pub struct UserMapping {
    /// What is done.
    pub action: UserMappingAction,
    /// FOR.
    pub user: RoleName,
    /// SERVER.
    pub server: Ident,
    /// From its first to its last token.
    pub span: Span,
}

/// What is done to a user mapping.
#[derive(Debug, Clone, PartialEq)]
pub enum UserMappingAction {
    /// CREATE.
    Create {
        /// IF NOT EXISTS.
        if_not_exists: bool,
        /// OPTIONS.
        options: Vec<super::GenericOption>,
    },
    /// ALTER.
    Alter(Vec<super::GenericOption>),
    /// DROP.
    Drop {
        /// IF EXISTS.
        if_exists: bool,
    },
}
