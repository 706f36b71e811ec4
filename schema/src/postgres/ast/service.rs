//! Extensions, publications, subscriptions, foreign servers, statistics, text search configurations.

use super::{Expr, Ident, IndexKey, ObjectReference, Parameter, QualifiedName, Relation};
use crate::text::Span;

/// CREATE EXTENSION.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateExtension {
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: Ident,
    /// SCHEMA.
    pub schema: Option<Ident>,
    /// VERSION.
    pub version: Option<(Box<str>, Span)>,
    /// CASCADE.
    pub cascade: bool,
}

/// ALTER EXTENSION, but for SET SCHEMA, which any object takes.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterExtension {
    /// Its name.
    pub name: Ident,
    /// What is done.
    pub action: ExtensionAction,
}

/// What is done to an extension.
#[derive(Debug, Clone, PartialEq)]
pub enum ExtensionAction {
    /// UPDATE, perhaps TO a version.
    Update(Option<(Box<str>, Span)>),
    /// ADD.
    Add(ObjectReference),
    /// DROP.
    Drop(ObjectReference),
}

/// CREATE PUBLICATION.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatePublication {
    /// Its name.
    pub name: Ident,
    /// FOR ALL TABLES.
    pub all_tables: bool,
    /// FOR.
    pub objects: Vec<PublicationObject>,
    /// WITH (…).
    pub options: Vec<Parameter>,
}

/// What a publication publishes.
#[derive(Debug, Clone, PartialEq)]
pub enum PublicationObject {
    /// TABLE, also where it follows another one without the word.
    Table {
        /// The table, perhaps with ONLY.
        table: Relation,
        /// The columns, if they are listed.
        columns: Vec<Ident>,
        /// WHERE.
        condition: Option<Box<Expr>>,
    },
    /// TABLES IN SCHEMA.
    Schema(Ident),
    /// `TABLES IN SCHEMA CURRENT_SCHEMA`
    CurrentSchema(Span),
}

/// ALTER PUBLICATION, but for what any object takes.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterPublication {
    /// Its name.
    pub name: Ident,
    /// What is done.
    pub action: PublicationAction,
}

/// What is done to a publication.
#[derive(Debug, Clone, PartialEq)]
pub enum PublicationAction {
    /// ADD.
    Add(Vec<PublicationObject>),
    /// SET.
    Set(Vec<PublicationObject>),
    /// DROP.
    Drop(Vec<PublicationObject>),
    /// `SET (…)`
    Options(Vec<Parameter>),
}

/// CREATE SUBSCRIPTION.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateSubscription {
    /// Its name.
    pub name: Ident,
    /// PUBLICATION.
    pub publications: Vec<Ident>,
    /// WITH (…).
    pub options: Vec<Parameter>,
    /// From its first to its last token.
    pub span: Span,
}

/// ALTER SUBSCRIPTION, but for what any object takes.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterSubscription {
    /// Its name.
    pub name: Ident,
    /// From its first to its last token.
    pub span: Span,
}

/// An option of a foreign server or its like: `ADD name 'value'`.
#[derive(Debug, Clone, PartialEq)]
pub struct GenericOption {
    /// What is done with it.
    pub action: GenericAction,
    /// Its name.
    pub name: Ident,
    /// Its value; nothing for DROP.
    pub value: Option<Box<str>>,
}

/// What is done with an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum GenericAction {
    Add,
    Set,
    Drop,
}

/// CREATE FOREIGN DATA WRAPPER, ALTER FOREIGN DATA WRAPPER.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignDataWrapper {
    /// CREATE; ALTER otherwise.
    pub create: bool,
    /// Its name.
    pub name: Ident,
    /// HANDLER.
    pub handler: Option<QualifiedName>,
    /// VALIDATOR.
    pub validator: Option<QualifiedName>,
    /// OPTIONS.
    pub options: Vec<GenericOption>,
}

/// CREATE SERVER.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateServer {
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: Ident,
    /// FOREIGN DATA WRAPPER.
    pub wrapper: Ident,
    /// OPTIONS.
    pub options: Vec<GenericOption>,
}

/// ALTER SERVER, but for what any object takes.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterServer {
    /// Its name.
    pub name: Ident,
    /// OPTIONS.
    pub options: Vec<GenericOption>,
}

/// IMPORT FOREIGN SCHEMA.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportForeignSchema {
    /// FROM SERVER.
    pub server: Ident,
    /// INTO.
    pub schema: Ident,
    /// From its first to its last token.
    pub span: Span,
}

/// CREATE STATISTICS.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateStatistics {
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name; since version 16 it may have none.
    pub name: Option<QualifiedName>,
    /// The kinds.
    pub kinds: Vec<Ident>,
    /// ON.
    pub terms: Vec<(IndexKey, Span)>,
    /// FROM: one table, or the engine refuses it.
    pub from: Vec<super::FromItem>,
    /// From its first to its last token.
    pub span: Span,
}

/// ALTER STATISTICS … SET STATISTICS.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterStatistics {
    /// IF EXISTS.
    pub if_exists: bool,
    /// Its name.
    pub name: QualifiedName,
}

/// ALTER TEXT SEARCH DICTIONARY … (…).
#[derive(Debug, Clone, PartialEq)]
pub struct AlterDictionary {
    /// Its name.
    pub name: QualifiedName,
    /// The options.
    pub options: Vec<Parameter>,
}

/// ALTER TEXT SEARCH CONFIGURATION … MAPPING.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterConfiguration {
    /// Its name.
    pub name: QualifiedName,
    /// What is done.
    pub action: MappingAction,
}

/// What is done to the mappings of a text search configuration.
#[derive(Debug, Clone, PartialEq)]
pub enum MappingAction {
    /// `ADD MAPPING FOR tokens WITH dictionaries`
    Add(Vec<Ident>, Vec<QualifiedName>),
    /// `ALTER MAPPING FOR tokens WITH dictionaries`
    Alter(Vec<Ident>, Vec<QualifiedName>),
    /// `ALTER MAPPING [FOR tokens] REPLACE dictionary WITH dictionary`
    Replace(Vec<Ident>, QualifiedName, QualifiedName),
    /// `DROP MAPPING [IF EXISTS] FOR tokens`
    Drop {
        /// IF EXISTS.
        if_exists: bool,
        /// The tokens.
        tokens: Vec<Ident>,
    },
}

/// ALTER COLLATION … REFRESH VERSION.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterCollation {
    /// The collation.
    pub name: QualifiedName,
}
