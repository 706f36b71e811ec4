//! CREATE TABLE, CREATE FOREIGN TABLE and CREATE TABLE AS.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    ColumnOptions, CreateTable, CreateTableAs, ForeignTable, LikeClause, LikeOption, OnCommit,
    Parameter, Persistence, QualifiedName, StatementKind, TableBody, TableElement, TableSource,
    TypedTableElement,
};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// What follows CREATE TABLE.
    pub(super) fn create_table(
        &mut self,
        persistence: Persistence,
        start: usize,
    ) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a table")?;
        let body = match self.peek() {
            Some(TokenKind::Keyword(Keyword::Of)) => self.typed_body()?,
            Some(TokenKind::Keyword(Keyword::Partition)) => self.partition_body()?,
            Some(TokenKind::Symbol(Symbol::LeftParen)) if !self.is_at_names_of_columns() => {
                self.columns_body()?
            }
            Some(
                TokenKind::Symbol(Symbol::LeftParen)
                | TokenKind::Keyword(
                    Keyword::As
                    | Keyword::Using
                    | Keyword::With
                    | Keyword::Without
                    | Keyword::On
                    | Keyword::Tablespace,
                ),
            ) => return self.create_table_as(persistence, if_not_exists, name, start),
            _ => return Err(self.expected("`(`")),
        };
        let partition_by = self.partition_by()?;
        let access_method = self.name_after(Keyword::Using, "an access method")?;
        let parameters = self.table_parameters()?;
        let on_commit = self.on_commit()?;
        let tablespace = self.name_after(Keyword::Tablespace, "a tablespace")?;
        Ok(StatementKind::CreateTable(Box::new(CreateTable {
            persistence,
            if_not_exists,
            name,
            body,
            partition_by,
            access_method,
            parameters,
            on_commit,
            tablespace,
            foreign: None,
            span: self.span_from(start),
        })))
    }

    /// What follows CREATE FOREIGN TABLE.
    pub(super) fn create_foreign_table(&mut self, start: usize) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a table")?;
        let body = match self.is_at(Keyword::Partition) {
            true => self.partition_body()?,
            false => self.columns_body()?,
        };
        self.expect(Keyword::Server)?;
        let server = self.column_id("a server")?;
        let options = self.generic_options()?;
        Ok(StatementKind::CreateTable(Box::new(CreateTable {
            persistence: Persistence::Permanent,
            if_not_exists,
            name,
            body,
            partition_by: None,
            access_method: None,
            parameters: Vec::new(),
            on_commit: None,
            tablespace: None,
            foreign: Some(ForeignTable { server, options }),
            span: self.span_from(start),
        })))
    }

    /// Whether `(name, …)` or `(name)` is next: columns of CREATE TABLE AS, which have no types.
    fn is_at_names_of_columns(&self) -> bool {
        let is_name = match self.peek_at(1) {
            Some(TokenKind::Keyword(keyword)) => keyword.is_column_name(),
            Some(kind) => super::names::is_identifier(kind),
            None => false,
        };
        let next = self.peek_at(2);
        is_name && (next == Some(Symbol::Comma.into()) || next == Some(Symbol::RightParen.into()))
    }

    fn columns_body(&mut self) -> Syntax<TableBody> {
        self.expect(Symbol::LeftParen)?;
        let elements = match self.is_at(Symbol::RightParen) {
            true => Vec::new(),
            false => self.list(Self::table_element)?,
        };
        if !self.accept(Symbol::RightParen) {
            return Err(self.expected("`,` or `)`"));
        }
        let inherits = match self.accept(Keyword::Inherits) {
            true => self.parenthesized_list(|parser| parser.qualified_name("a table"))?,
            false => Vec::new(),
        };
        Ok(TableBody::Columns { elements, inherits })
    }

    fn table_element(&mut self) -> Syntax<TableElement> {
        if self.is_at(Keyword::Like) {
            return self.like_clause().map(TableElement::Like);
        }
        if self.is_at_table_constraint() {
            return self.table_constraint().map(TableElement::Constraint);
        }
        self.column_definition().map(TableElement::Column)
    }

    fn typed_body(&mut self) -> Syntax<TableBody> {
        self.expect(Keyword::Of)?;
        let type_name = self.qualified_name("a composite type")?;
        Ok(TableBody::OfType {
            type_name,
            elements: self.typed_elements()?,
        })
    }

    fn partition_body(&mut self) -> Syntax<TableBody> {
        self.expect_phrase(&[Keyword::Partition, Keyword::Of])?;
        let parent = self.qualified_name("a partitioned table")?;
        let elements = self.typed_elements()?;
        Ok(TableBody::PartitionOf {
            parent,
            elements,
            bound: self.partition_bound()?,
        })
    }

    /// `(column constraints, constraint)`, or nothing.
    fn typed_elements(&mut self) -> Syntax<Vec<TypedTableElement>> {
        if !self.is_at(Symbol::LeftParen) {
            return Ok(Vec::new());
        }
        self.parenthesized_list(|parser| {
            if parser.is_at_table_constraint() {
                return parser.table_constraint().map(TypedTableElement::Constraint);
            }
            let start = parser.position();
            let name = parser.column_id("a column")?;
            if parser.accept(Keyword::With) {
                parser.expect(Keyword::Options)?;
            }
            let (collation, constraints) = parser.column_constraints()?;
            Ok(TypedTableElement::Column(ColumnOptions {
                name,
                collation,
                constraints,
                span: parser.span_from(start),
            }))
        })
    }

    fn like_clause(&mut self) -> Syntax<LikeClause> {
        let start = self.position();
        self.expect(Keyword::Like)?;
        let name = self.qualified_name("a table")?;
        let mut including: Vec<LikeOption> = Vec::new();
        loop {
            let include = self.accept(Keyword::Including);
            if !include && !self.accept(Keyword::Excluding) {
                break;
            }
            let options = self.like_options()?;
            including.retain(|option| !options.contains(option));
            if include {
                including.extend(options);
            }
        }
        Ok(LikeClause {
            name,
            including,
            span: self.span_from(start),
        })
    }

    fn like_options(&mut self) -> Syntax<Vec<LikeOption>> {
        let option = match self.keyword() {
            Some(Keyword::All) => {
                self.advance();
                return Ok(LikeOption::ALL.to_vec());
            }
            Some(Keyword::Comments) => LikeOption::Comments,
            Some(Keyword::Compression) => LikeOption::Compression,
            Some(Keyword::Constraints) => LikeOption::Constraints,
            Some(Keyword::Defaults) => LikeOption::Defaults,
            Some(Keyword::Generated) => LikeOption::Generated,
            Some(Keyword::Identity) => LikeOption::Identity,
            Some(Keyword::Indexes) => LikeOption::Indexes,
            Some(Keyword::Statistics) => LikeOption::Statistics,
            Some(Keyword::Storage) => LikeOption::Storage,
            _ => {
                return Err(self.expected(
                    "`ALL`, `COMMENTS`, `COMPRESSION`, `CONSTRAINTS`, `DEFAULTS`, `GENERATED`, `IDENTITY`, `INDEXES`, `STATISTICS` or `STORAGE`",
                ));
            }
        };
        self.advance();
        Ok(vec![option])
    }

    /// `WITH (…)` or WITHOUT OIDS, or nothing (`OptWith`).
    fn table_parameters(&mut self) -> Syntax<Vec<Parameter>> {
        match self.accept_start(Keyword::Without, &[Keyword::Oids])? {
            true => Ok(Vec::new()),
            false => self.with_parameters(),
        }
    }

    fn on_commit(&mut self) -> Syntax<Option<OnCommit>> {
        if !self.accept_start(Keyword::On, &[Keyword::Commit])? {
            return Ok(None);
        }
        if self.accept(Keyword::Drop) {
            return Ok(Some(OnCommit::Drop));
        }
        if self.accept_start(Keyword::Delete, &[Keyword::Rows])? {
            return Ok(Some(OnCommit::DeleteRows));
        }
        if self.accept_start(Keyword::Preserve, &[Keyword::Rows])? {
            return Ok(Some(OnCommit::PreserveRows));
        }
        Err(self.expected("`DROP`, `DELETE ROWS` or `PRESERVE ROWS`"))
    }

    fn create_table_as(
        &mut self,
        persistence: Persistence,
        if_not_exists: bool,
        name: QualifiedName,
        start: usize,
    ) -> Syntax<StatementKind> {
        let columns = self.optional_columns()?;
        let access_method = self.name_after(Keyword::Using, "an access method")?;
        let parameters = self.table_parameters()?;
        let on_commit = self.on_commit()?;
        let tablespace = self.name_after(Keyword::Tablespace, "a tablespace")?;
        self.expect(Keyword::As)?;
        let execute_start = self.position();
        let source = match self.accept(Keyword::Execute) {
            true => TableSource::Execute(self.execute(execute_start)?),
            false => TableSource::Query(Box::new(self.inner_query()?)),
        };
        Ok(StatementKind::CreateTableAs(Box::new(CreateTableAs {
            persistence,
            if_not_exists,
            name,
            columns,
            access_method,
            parameters,
            on_commit,
            tablespace,
            source,
            with_data: self.with_data()?,
            span: self.span_from(start),
        })))
    }

    /// WITH DATA, WITH NO DATA or nothing; false for WITH NO DATA.
    pub(super) fn with_data(&mut self) -> Syntax<bool> {
        if !self.accept(Keyword::With) {
            return Ok(true);
        }
        let without = self.accept(Keyword::No);
        self.expect(Keyword::Data)?;
        Ok(!without)
    }
}
