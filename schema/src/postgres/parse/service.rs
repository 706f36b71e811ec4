//! Schemas, extensions, foreign servers, publications and subscriptions.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterExtension, AlterPublication, AlterServer, AlterSubscription, CreateExtension,
    CreatePublication, CreateSchema, CreateServer, CreateSubscription, ExtensionAction,
    ForeignDataWrapper, Ident, ImportForeignSchema, PublicationAction, PublicationObject,
    QualifiedName, Relation, RoleName, RoleNameKind, Statement, StatementKind, UserMapping,
    UserMappingAction,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows CREATE SCHEMA.
    pub(super) fn create_schema(&mut self, start: usize) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = match self.is_at(Keyword::Authorization) {
            true => None,
            false => Some(self.column_id("a schema, or `AUTHORIZATION`")?),
        };
        let owner = match self.accept(Keyword::Authorization) {
            true => Some(self.role()?),
            false => None,
        };
        let mut elements: Vec<Statement> = Vec::new();
        while self.is_at_any(&[Keyword::Create, Keyword::Grant]) {
            let element = self.statement()?;
            let is_allowed = match &element.kind {
                StatementKind::CreateTable(table) => table.foreign.is_none(),
                StatementKind::CreateIndex(_)
                | StatementKind::CreateSequence(_)
                | StatementKind::CreateTrigger(_)
                | StatementKind::CreateView(_) => true,
                StatementKind::Grant(grant) => grant.grant,
                _ => false,
            };
            if !is_allowed {
                return self.refuse(
                    element.span,
                    "CREATE SCHEMA takes only tables, indexes, sequences, triggers, views and grants",
                );
            }
            elements.push(element);
        }
        if if_not_exists && let Some(first) = elements.first() {
            return self.refuse(
                first.span,
                "CREATE SCHEMA IF NOT EXISTS cannot create anything in the schema",
            );
        }
        Ok(StatementKind::CreateSchema(CreateSchema {
            name,
            owner,
            if_not_exists,
            elements,
            span: self.span_from(start),
        }))
    }

    /// What follows CREATE EXTENSION.
    pub(super) fn create_extension(&mut self) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = self.column_id("an extension")?;
        self.accept(Keyword::With);
        let mut extension = CreateExtension {
            if_not_exists,
            name,
            schema: None,
            version: None,
            cascade: false,
        };
        let mut cascade: Option<Span> = None;
        loop {
            let start = self.position();
            if self.accept(Keyword::Schema) {
                let schema = self.column_id("a schema")?;
                if let Some(first) = &extension.schema {
                    return Err(self.said_again(self.span_from(start), first.span));
                }
                extension.schema = Some(schema);
            } else if self.accept(Keyword::Version) {
                let version = self.version_name()?;
                if let Some((_, first)) = &extension.version {
                    return Err(self.said_again(self.span_from(start), *first));
                }
                extension.version = Some(version);
            } else if self.accept(Keyword::Cascade) {
                let span = self.span_from(start);
                if let Some(first) = cascade.replace(span) {
                    return Err(self.said_again(span, first));
                }
                extension.cascade = true;
            } else if self.is_at(Keyword::From) {
                return self.refuse(
                    self.span(),
                    "CREATE EXTENSION … FROM is no longer supported",
                );
            } else {
                return Ok(StatementKind::CreateExtension(extension));
            }
        }
    }

    fn version_name(&mut self) -> Syntax<(Box<str>, Span)> {
        let version = self.word_or_string("a version")?;
        Ok((version.name.as_ref().into(), version.span))
    }

    /// What follows the name in ALTER EXTENSION.
    pub(super) fn alter_extension(&mut self, name: Ident) -> Syntax<StatementKind> {
        let action = if self.accept(Keyword::Update) {
            let mut version: Option<(Box<str>, Span)> = None;
            while self.accept(Keyword::To) {
                let other = self.version_name()?;
                if let Some((_, first)) = &version {
                    return Err(self.said_again(other.1, *first));
                }
                version = Some(other);
            }
            ExtensionAction::Update(version)
        } else if self.accept(Keyword::Add) {
            ExtensionAction::Add(self.extension_member()?)
        } else if self.accept(Keyword::Drop) {
            ExtensionAction::Drop(self.extension_member()?)
        } else {
            return Err(self.expected("`UPDATE`, `ADD`, `DROP` or `SET SCHEMA`"));
        };
        Ok(StatementKind::AlterExtension(AlterExtension {
            name,
            action,
        }))
    }

    fn extension_member(&mut self) -> Syntax<crate::postgres::ast::ObjectReference> {
        let start = self.position();
        let object = self.object()?;
        if matches!(
            object,
            crate::postgres::ast::ObjectReference::OfTable { .. }
        ) {
            self.reset(start);
            return Err(self.expected("the kind of an object that an extension can have"));
        }
        Ok(object)
    }

    /// What follows CREATE FOREIGN DATA WRAPPER.
    pub(super) fn create_foreign_data_wrapper(&mut self) -> Syntax<StatementKind> {
        let name = self.column_id("a foreign data wrapper")?;
        let (handler, validator) = self.wrapper_functions()?;
        Ok(StatementKind::ForeignDataWrapper(ForeignDataWrapper {
            create: true,
            name,
            handler,
            validator,
            options: self.generic_options()?,
        }))
    }

    /// What follows the name in ALTER FOREIGN DATA WRAPPER.
    pub(super) fn alter_foreign_data_wrapper(&mut self, name: Ident) -> Syntax<StatementKind> {
        let start = self.position();
        let (handler, validator) = self.wrapper_functions()?;
        let options = match self.is_at(Keyword::Options) || self.position() == start {
            true => self.generic_option_changes()?,
            false => Vec::new(),
        };
        Ok(StatementKind::ForeignDataWrapper(ForeignDataWrapper {
            create: false,
            name,
            handler,
            validator,
            options,
        }))
    }

    fn wrapper_functions(&mut self) -> Syntax<(Option<QualifiedName>, Option<QualifiedName>)> {
        let (mut handler, mut validator) = (None, None);
        let mut said: [Option<Span>; 2] = [None, None];
        loop {
            let start = self.position();
            let no = self.is_at(Keyword::No);
            let word = if no {
                self.keyword_at(1)
            } else {
                self.keyword()
            };
            let index = match word {
                Some(Keyword::Handler) => 0,
                Some(Keyword::Validator) => 1,
                _ => return Ok((handler, validator)),
            };
            self.advance();
            let mut function = None;
            if no {
                self.advance();
            } else {
                function = Some(self.qualified_name("a function")?);
            }
            let span = self.span_from(start);
            if let Some(first) = said[index].replace(span) {
                return Err(self.said_again(span, first));
            }
            match index {
                0 => handler = function,
                _ => validator = function,
            }
        }
    }

    /// What follows CREATE SERVER.
    pub(super) fn create_server(&mut self) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = self.column_id("a server")?;
        if self.accept(Keyword::Type) {
            self.string("a string")?;
        }
        if self.accept(Keyword::Version) && !self.accept(Keyword::Null) {
            self.string("a string")?;
        }
        self.expect_phrase(&[Keyword::Foreign, Keyword::Data, Keyword::Wrapper])?;
        let wrapper = self.column_id("a foreign data wrapper")?;
        Ok(StatementKind::CreateServer(CreateServer {
            if_not_exists,
            name,
            wrapper,
            options: self.generic_options()?,
        }))
    }

    /// What follows the name in ALTER SERVER.
    pub(super) fn alter_server(&mut self, name: Ident) -> Syntax<StatementKind> {
        let has_version = self.accept(Keyword::Version);
        if has_version && !self.accept(Keyword::Null) {
            self.string("a string")?;
        }
        let options = match self.is_at(Keyword::Options) || !has_version {
            true => self.generic_option_changes()?,
            false => Vec::new(),
        };
        Ok(StatementKind::AlterServer(AlterServer { name, options }))
    }

    /// MAPPING after USER, unless it is the name of a role.
    pub(super) fn accept_mapping(&mut self) -> bool {
        matches!(self.keyword_at(1), Some(Keyword::For | Keyword::If))
            && self.accept(Keyword::Mapping)
    }

    /// `FOR user SERVER server`
    pub(super) fn mapped_user(&mut self) -> Syntax<(RoleName, Ident)> {
        self.expect(Keyword::For)?;
        let start = self.position();
        let user = match self.accept(Keyword::User) {
            true => RoleName {
                kind: RoleNameKind::CurrentUser,
                span: self.span_from(start),
            },
            false => self.role()?,
        };
        self.expect(Keyword::Server)?;
        Ok((user, self.column_id("a server")?))
    }

    /// What follows CREATE USER MAPPING.
    pub(super) fn create_user_mapping(&mut self, start: usize) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let (user, server) = self.mapped_user()?;
        let options = self.generic_options()?;
        Ok(StatementKind::UserMapping(UserMapping {
            action: UserMappingAction::Create {
                if_not_exists,
                options,
            },
            user,
            server,
            span: self.span_from(start),
        }))
    }

    /// What follows ALTER USER MAPPING.
    pub(super) fn alter_user_mapping(&mut self, start: usize) -> Syntax<StatementKind> {
        let (user, server) = self.mapped_user()?;
        let options = self.generic_option_changes()?;
        Ok(StatementKind::UserMapping(UserMapping {
            action: UserMappingAction::Alter(options),
            user,
            server,
            span: self.span_from(start),
        }))
    }

    /// What follows IMPORT.
    pub(super) fn import_foreign_schema(&mut self, start: usize) -> Syntax<StatementKind> {
        self.expect_phrase(&[Keyword::Foreign, Keyword::Schema])?;
        self.column_id("a schema")?;
        if self.accept_start(Keyword::Limit, &[Keyword::To])? || self.accept(Keyword::Except) {
            self.parenthesized_list(Self::relation)?;
        }
        self.expect_phrase(&[Keyword::From, Keyword::Server])?;
        let server = self.column_id("a server")?;
        self.expect(Keyword::Into)?;
        let schema = self.column_id("a schema")?;
        self.generic_options()?;
        Ok(StatementKind::ImportForeignSchema(ImportForeignSchema {
            server,
            schema,
            span: self.span_from(start),
        }))
    }

    /// What follows CREATE PUBLICATION.
    pub(super) fn create_publication(&mut self) -> Syntax<StatementKind> {
        let name = self.column_id("a publication")?;
        let mut publication = CreatePublication {
            name,
            all_tables: false,
            objects: Vec::new(),
            options: Vec::new(),
        };
        if self.accept(Keyword::For) {
            if self.accept_start(Keyword::All, &[Keyword::Tables])? {
                publication.all_tables = true;
            } else {
                publication.objects = self.publication_objects()?;
            }
        }
        publication.options = self.with_definition()?;
        Ok(StatementKind::CreatePublication(publication))
    }

    /// What follows the name in ALTER PUBLICATION.
    pub(super) fn alter_publication(&mut self, name: Ident) -> Syntax<StatementKind> {
        let action = if self.accept(Keyword::Add) {
            PublicationAction::Add(self.publication_objects()?)
        } else if self.accept(Keyword::Drop) {
            PublicationAction::Drop(self.publication_objects()?)
        } else if self.accept(Keyword::Set) {
            match self.is_at(Symbol::LeftParen) {
                true => PublicationAction::Options(self.definition()?),
                false => PublicationAction::Set(self.publication_objects()?),
            }
        } else {
            return Err(self.expected("`ADD`, `SET`, `DROP`, `RENAME TO` or `OWNER TO`"));
        };
        Ok(StatementKind::AlterPublication(AlterPublication {
            name,
            action,
        }))
    }

    /// Tables and schemas, of which those without a word are of the kind of the one before them (`pub_obj_list`).
    fn publication_objects(&mut self) -> Syntax<Vec<PublicationObject>> {
        let mut of_tables: Option<bool> = None;
        self.list(|parser| {
            if parser.accept(Keyword::Table) {
                of_tables = Some(true);
                return parser.published_table();
            }
            let start = parser.position();
            let has_words = parser.is_at_phrase(&[Keyword::Tables, Keyword::In]);
            if has_words {
                parser.expect_phrase(&[Keyword::Tables, Keyword::In, Keyword::Schema])?;
                parser.needs(15, "TABLES IN SCHEMA", start);
                of_tables = Some(false);
            }
            match of_tables {
                Some(true) => parser.published_table(),
                Some(false) => parser.published_schema(),
                None => Err(parser.expected("`TABLE` or `TABLES IN SCHEMA`")),
            }
        })
    }

    fn published_schema(&mut self) -> Syntax<PublicationObject> {
        if self.accept(Keyword::CurrentSchema) {
            return Ok(PublicationObject::CurrentSchema(self.last_span()));
        }
        Ok(PublicationObject::Schema(self.column_id("a schema")?))
    }

    fn published_table(&mut self) -> Syntax<PublicationObject> {
        let table: Relation = self.relation()?;
        let start = self.position();
        let columns = self.optional_columns()?;
        let condition = match self.accept(Keyword::Where) {
            true => {
                self.expect(Symbol::LeftParen)?;
                let condition = self.expr()?;
                self.expect(Symbol::RightParen)?;
                Some(Box::new(condition))
            }
            false => None,
        };
        if self.position() > start {
            self.needs(15, "a publication of some columns or rows", start);
        }
        Ok(PublicationObject::Table {
            table,
            columns,
            condition,
        })
    }

    /// What follows CREATE SUBSCRIPTION.
    pub(super) fn create_subscription(&mut self, start: usize) -> Syntax<StatementKind> {
        let name = self.column_id("a subscription")?;
        self.expect(Keyword::Connection)?;
        self.string("a connection string")?;
        self.expect(Keyword::Publication)?;
        let publications = self.names("a publication")?;
        let options = self.with_definition()?;
        Ok(StatementKind::CreateSubscription(CreateSubscription {
            name,
            publications,
            options,
            span: self.span_from(start),
        }))
    }

    /// What follows the name in ALTER SUBSCRIPTION.
    pub(super) fn alter_subscription(
        &mut self,
        name: Ident,
        start: usize,
    ) -> Syntax<StatementKind> {
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("what to alter"));
        };
        self.advance();
        match keyword {
            Keyword::Set if self.is_at(Symbol::LeftParen) => {
                self.definition()?;
            }
            Keyword::Set | Keyword::Add | Keyword::Drop => {
                self.expect(Keyword::Publication)?;
                self.names("a publication")?;
                self.with_definition()?;
            }
            Keyword::Connection => {
                self.string("a connection string")?;
            }
            Keyword::Refresh => {
                self.expect(Keyword::Publication)?;
                self.with_definition()?;
            }
            Keyword::Enable | Keyword::Disable => {}
            Keyword::Skip => {
                self.definition()?;
            }
            _ => {
                self.reset(self.position() - 1);
                return Err(self.expected("what to alter"));
            }
        }
        Ok(StatementKind::AlterSubscription(AlterSubscription {
            name,
            span: self.span_from(start),
        }))
    }
}
