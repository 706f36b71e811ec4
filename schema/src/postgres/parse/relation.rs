//! CREATE INDEX, VIEW, MATERIALIZED VIEW and STATISTICS, REFRESH and TRUNCATE.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterStatistics, CheckOption, CreateIndex, CreateMaterializedView, CreateStatistics,
    CreateView, IndexKey, Persistence, RefreshMaterializedView, StatementKind, Truncate,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows CREATE [UNIQUE] INDEX.
    pub(super) fn create_index(&mut self, unique: bool, start: usize) -> Syntax<StatementKind> {
        let word = self.position();
        let concurrently = self
            .accept(Keyword::Concurrently)
            .then(|| self.span_from(word));
        let if_not_exists = self.if_not_exists()?;
        let name = match if_not_exists || !self.is_at(Keyword::On) {
            true => Some(self.column_id("an index")?),
            false => None,
        };
        self.expect(Keyword::On)?;
        let table = self.relation()?;
        let method = self.name_after(Keyword::Using, "an access method")?;
        let elements = self.parenthesized_list(Self::index_element)?;
        let include = match self.accept(Keyword::Include) {
            true => self.parenthesized_list(Self::index_element)?,
            false => Vec::new(),
        };
        let nulls_not_distinct = self.nulls_not_distinct()?;
        let parameters = self.with_parameters()?;
        let tablespace = self.name_after(Keyword::Tablespace, "a tablespace")?;
        Ok(StatementKind::CreateIndex(Box::new(CreateIndex {
            unique,
            concurrently,
            if_not_exists,
            name,
            table,
            method,
            elements,
            include,
            nulls_not_distinct,
            parameters,
            tablespace,
            filter: self.filter()?,
            span: self.span_from(start),
        })))
    }

    /// What follows CREATE [RECURSIVE] VIEW.
    pub(super) fn create_view(
        &mut self,
        or_replace: bool,
        persistence: Persistence,
        recursive: bool,
        start: usize,
    ) -> Syntax<StatementKind> {
        let name = self.qualified_name("a view")?;
        let columns = match recursive {
            true => self.column_names()?,
            false => self.optional_columns()?,
        };
        let options = self.with_parameters()?;
        self.expect(Keyword::As)?;
        let query = Box::new(self.inner_query()?);
        let check = self.check_option()?;
        if let Some((_, span)) = check
            && recursive
        {
            return self.refuse(span, "a recursive view cannot have WITH CHECK OPTION");
        }
        Ok(StatementKind::CreateView(CreateView {
            or_replace,
            persistence,
            recursive,
            name,
            columns,
            options,
            query,
            check,
            span: self.span_from(start),
        }))
    }

    fn check_option(&mut self) -> Syntax<Option<(CheckOption, crate::text::Span)>> {
        let start = self.position();
        if !self.accept(Keyword::With) {
            return Ok(None);
        }
        let option = match self.accept(Keyword::Local) {
            true => CheckOption::Local,
            false => {
                self.accept(Keyword::Cascaded);
                CheckOption::Cascaded
            }
        };
        self.expect_phrase(&[Keyword::Check, Keyword::Option])?;
        Ok(Some((option, self.span_from(start))))
    }

    /// What follows CREATE MATERIALIZED VIEW.
    pub(super) fn create_materialized_view(
        &mut self,
        unlogged: bool,
        start: usize,
    ) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let name = self.qualified_name("a materialized view")?;
        let columns = self.optional_columns()?;
        let access_method = self.name_after(Keyword::Using, "an access method")?;
        let options = self.with_parameters()?;
        let tablespace = self.name_after(Keyword::Tablespace, "a tablespace")?;
        self.expect(Keyword::As)?;
        let query = Box::new(self.inner_query()?);
        Ok(StatementKind::CreateMaterializedView(
            CreateMaterializedView {
                if_not_exists,
                unlogged,
                name,
                columns,
                access_method,
                options,
                tablespace,
                query,
                with_data: self.with_data()?,
                span: self.span_from(start),
            },
        ))
    }

    /// What follows REFRESH.
    pub(super) fn refresh_materialized_view(&mut self, _start: usize) -> Syntax<StatementKind> {
        self.expect_phrase(&[Keyword::Materialized, Keyword::View])?;
        let word = self.position();
        let concurrently = self
            .accept(Keyword::Concurrently)
            .then(|| self.span_from(word));
        let name = self.qualified_name("a materialized view")?;
        Ok(StatementKind::RefreshMaterializedView(
            RefreshMaterializedView {
                concurrently,
                name,
                with_data: self.with_data()?,
            },
        ))
    }

    /// What follows CREATE STATISTICS.
    pub(super) fn create_statistics(&mut self, start: usize) -> Syntax<StatementKind> {
        let if_not_exists = self.if_not_exists()?;
        let could_be_unnamed = self.version >= 16 && !if_not_exists;
        let is_unnamed =
            could_be_unnamed && (self.is_at(Keyword::On) || self.is_at(Symbol::LeftParen));
        let name = match is_unnamed {
            true => None,
            false => Some(self.qualified_name("a name")?),
        };
        let kinds = match self.is_at(Symbol::LeftParen) {
            true => self.parenthesized_list(|parser| parser.column_id("a kind of statistics"))?,
            false => Vec::new(),
        };
        self.expect(Keyword::On)?;
        let terms = self.list(|parser| {
            let element = parser.position();
            let key = if parser.accept(Symbol::LeftParen) {
                let value = parser.expr()?;
                parser.expect(Symbol::RightParen)?;
                IndexKey::Expr(value)
            } else if let Some(call) = parser.windowless_call()? {
                IndexKey::Expr(call)
            } else {
                IndexKey::Column(parser.column_id("a column")?)
            };
            Ok((key, parser.span_from(element)))
        })?;
        self.expect(Keyword::From)?;
        let from = self.list(Self::table_item)?;
        Ok(StatementKind::CreateStatistics(CreateStatistics {
            if_not_exists,
            name,
            kinds,
            terms,
            from,
            span: self.span_from(start),
        }))
    }

    /// What follows ALTER STATISTICS, if it is SET STATISTICS.
    pub(super) fn alter_statistics(&mut self) -> Syntax<Option<StatementKind>> {
        let start = self.position();
        let if_exists = self.if_exists();
        let name = self.qualified_name("a name")?;
        if !self.accept_phrase(&[Keyword::Set, Keyword::Statistics]) {
            return match if_exists {
                true => Err(self.expected("`SET STATISTICS`")),
                false => {
                    self.reset(start);
                    Ok(None)
                }
            };
        }
        self.statistics_target()?;
        Ok(Some(StatementKind::AlterStatistics(AlterStatistics {
            if_exists,
            name,
        })))
    }

    /// What follows TRUNCATE.
    pub(super) fn truncate(&mut self, start: usize) -> Syntax<StatementKind> {
        self.accept(Keyword::Table);
        let tables = self.list(Self::relation)?;
        let restart_identity = self.accept_start(Keyword::Restart, &[Keyword::Identity])?;
        if !restart_identity {
            self.accept_start(Keyword::Continue, &[Keyword::Identity])?;
        }
        Ok(StatementKind::Truncate(Truncate {
            tables,
            restart_identity,
            cascade: self.cascade(),
            span: self.span_from(start),
        }))
    }
}
