//! COPY, EXPLAIN, VACUUM, ANALYZE, CLUSTER and REINDEX.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    Cluster, Constant, Copy, CopyPlace, CopySource, Explain, Ident, Parameter, ParameterValue,
    QualifiedName, Reindex, ReindexTarget, StatementKind, Vacuum,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows COPY.
    pub(super) fn copy(&mut self, start: usize) -> Syntax<StatementKind> {
        let mut options = Vec::new();
        if self.accept(Symbol::LeftParen) {
            let statement = Box::new(self.inner_data_statement()?);
            self.expect(Symbol::RightParen)?;
            self.expect(Keyword::To)?;
            let place = self.copy_place()?;
            self.accept(Keyword::With);
            self.copy_options(&mut options)?;
            return Ok(StatementKind::Copy(Copy {
                source: CopySource::Statement(statement),
                from: false,
                place,
                options,
                condition: None,
                span: self.span_from(start),
            }));
        }
        if let Some(binary) = self.copy_word(Keyword::Binary) {
            options.push(binary);
        }
        let table = self.qualified_name("a table")?;
        let columns = self.optional_columns()?;
        let from = self.accept(Keyword::From);
        if !from && !self.accept(Keyword::To) {
            return Err(self.expected("`FROM` or `TO`"));
        }
        let place = self.copy_place()?;
        let delimiter = self.position();
        let using = self.accept(Keyword::Using);
        if using || self.is_at(Keyword::Delimiters) {
            self.expect(Keyword::Delimiters)?;
            self.string("a string")?;
            options.push(self.copy_option("delimiter", delimiter));
        }
        self.accept(Keyword::With);
        self.copy_options(&mut options)?;
        let condition_start = self.position();
        let condition = self.filter()?.map(Box::new);
        if condition.is_some() && !from {
            let span = self.span_from(condition_start);
            return self.refuse(span, "only COPY FROM takes a WHERE");
        }
        Ok(StatementKind::Copy(Copy {
            source: CopySource::Table(table, columns),
            from,
            place,
            options,
            condition,
            span: self.span_from(start),
        }))
    }

    fn copy_place(&mut self) -> Syntax<CopyPlace> {
        let start = self.position();
        let program = self.accept(Keyword::Program);
        if self.accept(Keyword::Stdin) || self.accept(Keyword::Stdout) {
            return match program {
                true => self.refuse(self.span_from(start), "a program is named by a string"),
                false => Ok(CopyPlace::Client),
            };
        }
        self.string("a file, as a string")?;
        Ok(match program {
            true => CopyPlace::Program,
            false => CopyPlace::File,
        })
    }

    /// An option of the old form that is its word alone, if it is next.
    fn copy_word(&mut self, keyword: Keyword) -> Option<Parameter> {
        let start = self.position();
        self.accept(keyword)
            .then(|| self.copy_option(&keyword.as_str().to_lowercase(), start))
    }

    /// An option that began at the token `start`.
    fn copy_option(&self, name: &str, start: usize) -> Parameter {
        let span = self.span_from(start);
        Parameter {
            namespace: None,
            name: Ident::supplied(name, span),
            value: None,
            span,
        }
    }

    /// `(FORMAT csv, …)`, or options of the old form (`copy_options`).
    fn copy_options(&mut self, options: &mut Vec<Parameter>) -> Syntax<()> {
        if self.is_at(Symbol::LeftParen) {
            let list = self.parenthesized_list(Self::copy_generic_option)?;
            options.extend(list);
            return Ok(());
        }
        loop {
            let start = self.position();
            let Some(keyword) = self.keyword() else {
                return Ok(());
            };
            self.advance();
            let name = match keyword {
                Keyword::Binary => "format",
                Keyword::Csv => "format",
                Keyword::Freeze => "freeze",
                Keyword::Header => "header",
                Keyword::Delimiter | Keyword::Null | Keyword::Quote | Keyword::Escape => {
                    self.accept(Keyword::As);
                    self.string("a string")?;
                    match keyword {
                        Keyword::Delimiter => "delimiter",
                        Keyword::Null => "null",
                        Keyword::Quote => "quote",
                        _ => "escape",
                    }
                }
                Keyword::Encoding => {
                    self.string("a string")?;
                    "encoding"
                }
                Keyword::Force => self.copy_force()?,
                _ => {
                    self.reset(start);
                    return Ok(());
                }
            };
            options.push(self.copy_option(name, start));
        }
    }

    /// What follows FORCE.
    fn copy_force(&mut self) -> Syntax<&'static str> {
        let name = if self.accept(Keyword::Quote) {
            if self.accept(Symbol::Star) {
                return Ok("force_quote");
            }
            "force_quote"
        } else if self.accept(Keyword::Null) {
            "force_null"
        } else {
            self.expect_phrase(&[Keyword::Not, Keyword::Null])?;
            "force_not_null"
        };
        let takes_all = name != "force_quote" && self.version >= 17;
        if !(takes_all && self.accept(Symbol::Star)) {
            self.names("a column")?;
        }
        Ok(name)
    }

    fn copy_generic_option(&mut self) -> Syntax<Parameter> {
        let start = self.position();
        let name = self.label("an option")?;
        let mut value = None;
        if self.is_at(Symbol::LeftParen) {
            self.parenthesized_list(|parser| parser.boolean_or_string("a value"))?;
        } else if !self.accept(Symbol::Star) {
            value = self.utility_value()?;
        }
        Ok(Parameter {
            namespace: None,
            name,
            value,
            span: self.span_from(start),
        })
    }

    /// A number, a word or a string, if one is next.
    fn utility_value(&mut self) -> Syntax<Option<ParameterValue>> {
        if self.is_at_number() {
            let number = self.signed_number("a value")?;
            let value = match number.text.parse() {
                Ok(value) => Constant::Integer(value),
                Err(_) => Constant::Number(number.text),
            };
            return Ok(Some(ParameterValue::Constant(value, number.span)));
        }
        if !self.is_at_boolean_or_string() {
            return Ok(None);
        }
        let word = self.boolean_or_string("a value")?;
        let text = Constant::String(word.name.as_ref().into());
        Ok(Some(ParameterValue::Constant(text, word.span)))
    }

    /// `(VERBOSE, FORMAT json)` (`utility_option_list`).
    fn utility_options(&mut self) -> Syntax<Vec<Parameter>> {
        self.parenthesized_list(|parser| {
            let start = parser.position();
            let name = match parser.is_at_any(&[Keyword::Analyze, Keyword::Analyse]) {
                true => {
                    parser.advance();
                    Ident::supplied("analyze", parser.last_span())
                }
                false => parser.non_reserved_word("an option")?,
            };
            let value = parser.utility_value()?;
            Ok(Parameter {
                namespace: None,
                name,
                value,
                span: parser.span_from(start),
            })
        })
    }

    /// An option without parentheses, if its word is next.
    fn word_option(&mut self, keyword: Keyword, options: &mut Vec<Parameter>) {
        options.extend(self.copy_word(keyword));
    }

    /// What follows EXPLAIN.
    pub(super) fn explain(&mut self, _start: usize) -> Syntax<StatementKind> {
        let mut options = Vec::new();
        let is_values = self.keyword_at(1) == Some(Keyword::Values)
            && self.peek_at(2) == Some(Symbol::LeftParen.into());
        let is_query = self.peek_at(1) == Some(Symbol::LeftParen.into())
            || matches!(
                self.keyword_at(1),
                Some(Keyword::Select | Keyword::With | Keyword::Table)
            );
        if self.is_at(Symbol::LeftParen) && !is_values && !is_query {
            options = self.utility_options()?;
        } else {
            self.word_option(Keyword::Analyze, &mut options);
            if options.is_empty() {
                self.word_option(Keyword::Analyse, &mut options);
            }
            self.word_option(Keyword::Verbose, &mut options);
        }
        let start = self.position();
        let statement = Box::new(self.statement()?);
        let is_allowed = matches!(
            statement.kind,
            StatementKind::Data(_)
                | StatementKind::DeclareCursor(_)
                | StatementKind::CreateTableAs(_)
                | StatementKind::CreateMaterializedView(_)
                | StatementKind::RefreshMaterializedView(_)
                | StatementKind::Execute(_)
        );
        if !is_allowed {
            self.reset(start);
            return Err(self.expected("a statement that has a plan"));
        }
        Ok(StatementKind::Explain(Explain { options, statement }))
    }

    /// What follows VACUUM.
    pub(super) fn vacuum(&mut self, start: usize) -> Syntax<StatementKind> {
        let options = if self.is_at(Symbol::LeftParen) {
            self.utility_options()?
        } else {
            let mut options = Vec::new();
            self.word_option(Keyword::Full, &mut options);
            self.word_option(Keyword::Freeze, &mut options);
            self.word_option(Keyword::Verbose, &mut options);
            let count = options.len();
            self.word_option(Keyword::Analyze, &mut options);
            if options.len() == count {
                self.word_option(Keyword::Analyse, &mut options);
            }
            options
        };
        self.vacuum_of(true, options, start)
    }

    /// What follows ANALYZE.
    pub(super) fn analyze(&mut self, start: usize) -> Syntax<StatementKind> {
        let options = if self.is_at(Symbol::LeftParen) {
            self.utility_options()?
        } else {
            let mut options = Vec::new();
            self.word_option(Keyword::Verbose, &mut options);
            options
        };
        self.vacuum_of(false, options, start)
    }

    fn vacuum_of(
        &mut self,
        vacuum: bool,
        options: Vec<Parameter>,
        start: usize,
    ) -> Syntax<StatementKind> {
        let tables = match self.peek().is_some() {
            true => self.list(Self::vacuumed_table)?,
            false => Vec::new(),
        };
        Ok(StatementKind::Vacuum(Vacuum {
            vacuum,
            options,
            tables,
            span: self.span_from(start),
        }))
    }

    fn vacuumed_table(&mut self) -> Syntax<(QualifiedName, Vec<Ident>)> {
        let table = match self.version {
            18.. => self.relation()?.name,
            _ => self.qualified_name("a table")?,
        };
        Ok((table, self.optional_columns()?))
    }

    /// What follows CLUSTER.
    pub(super) fn cluster(&mut self, start: usize) -> Syntax<StatementKind> {
        let has_options = self.is_at(Symbol::LeftParen);
        let mut options = Vec::new();
        if has_options {
            let position = self.position();
            options = self.utility_options()?;
            self.needs(14, "CLUSTER with options", position);
        } else {
            self.accept(Keyword::Verbose);
        }
        let (mut table, mut index) = (None, None);
        if self.peek().is_some() || has_options && self.version < 17 {
            let name = self.qualified_name("a table")?;
            let is_old = !has_options && name.schema.is_none();
            if is_old && self.accept(Keyword::On) {
                index = Some(name.name);
                table = Some(self.qualified_name("a table")?);
            } else {
                index = self.name_after(Keyword::Using, "an index")?;
                table = Some(name);
            }
        }
        Ok(StatementKind::Cluster(Cluster {
            options,
            table,
            index,
            span: self.span_from(start),
        }))
    }

    /// What follows REINDEX.
    pub(super) fn reindex(&mut self, start: usize) -> Syntax<StatementKind> {
        let options = match self.is_at(Symbol::LeftParen) {
            true => self.utility_options()?,
            false => Vec::new(),
        };
        let keyword = self.keyword();
        self.advance();
        let word = self.position();
        let concurrently = self
            .accept(Keyword::Concurrently)
            .then(|| self.span_from(word));
        let target = match keyword {
            Some(Keyword::Index) => ReindexTarget::Index(self.qualified_name("an index")?),
            Some(Keyword::Table) => ReindexTarget::Table(self.qualified_name("a table")?),
            Some(Keyword::Schema) => ReindexTarget::Schema(self.column_id("a schema")?),
            Some(Keyword::Database) => ReindexTarget::Database(self.reindexed_database()?),
            Some(Keyword::System) => ReindexTarget::System(self.reindexed_database()?),
            _ => {
                self.reset(self.position().saturating_sub(1));
                return Err(self.expected("`INDEX`, `TABLE`, `SCHEMA`, `DATABASE` or `SYSTEM`"));
            }
        };
        Ok(StatementKind::Reindex(Reindex {
            options,
            target,
            concurrently,
            span: self.span_from(start),
        }))
    }

    /// The name of the current database, which may be left out since version 16.
    fn reindexed_database(&mut self) -> Syntax<Option<Ident>> {
        match self.peek().is_none() && self.version >= 16 {
            true => Ok(None),
            false => self.column_id("the current database").map(Some),
        }
    }
}
