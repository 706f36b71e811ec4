//! Queries (`SelectStmt`): SELECT, VALUES, TABLE and what combines them.

use super::cursor::{Parser, Syntax};
use super::expr::{Place, Precedence};
use super::type_name::constant;
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    Constant, Distinct, Expr, ExprKind, FromItem, FromItemKind, GroupItem, GroupItemKind, Limit,
    LockStrength, LockWait, Locking, OrderTerm, Persistence, Query, QueryBody, Select, SelectInto,
    SetOperator, Target, With,
};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

/// What may follow the arms of a query, and whether it has been written.
#[derive(Debug, Default)]
struct Options {
    with: Option<With>,
    order_by: Vec<OrderTerm>,
    limit: Limit,
    locking: Vec<Locking>,
}

impl Parser<'_> {
    /// A query (`SelectStmt`), perhaps in parentheses.
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn query(&mut self) -> Syntax<Query> {
        let with = self.with()?;
        self.query_after_with(with)
    }

    /// A query of which WITH has been read.
    pub(super) fn query_after_with(&mut self, with: Option<With>) -> Syntax<Query> {
        let outer = self.nesting.begin();
        let query = self.nested(|parser| {
            let start = parser.position();
            let query = parser.set_operations(None)?;
            let mut options = parser.options()?;
            options.with = with;
            parser.with_options(query, options, start)
        })?;
        self.nesting.end(outer);
        Ok(query)
    }

    /// A query from what follows SELECT on, without set operations.
    pub(super) fn select_without_keyword(&mut self) -> Syntax<Query> {
        let start = self.position();
        let select = self.select()?;
        let query = bare(QueryBody::Select(Box::new(select)), self.span_from(start));
        self.forbid_into(&query)?;
        let options = self.options()?;
        self.with_options(query, options, start)
    }

    /// Whether a parenthesis that holds a query is next.
    pub(super) fn is_at_parenthesized_query(&self) -> bool {
        self.nesting.is_query(self.position())
    }

    /// A query in parentheses (`select_with_parens`) inside something else, which INTO can have no meaning for.
    pub(super) fn parenthesized_query(&mut self) -> Syntax<Query> {
        self.expect(Symbol::LeftParen)?;
        let query = self.query()?;
        self.expect(Symbol::RightParen)?;
        self.forbid_into(&query)?;
        Ok(query)
    }

    /// Refuses INTO of a query that is part of another statement.
    ///
    /// # Errors
    ///
    /// If the query has INTO.
    pub fn forbid_into(&self, query: &Query) -> Syntax<()> {
        match into(query) {
            Some(into) => Err(Box::new(errors::misplaced_into(into.span))),
            None => Ok(()),
        }
    }

    /// Arms and the operators between them; INTERSECT binds more tightly than the others (`select_clause`).
    fn set_operations(&mut self, above: Option<SetOperator>) -> Syntax<Query> {
        let start = self.position();
        let mut left = self.arm()?;
        loop {
            let operator_start = self.position();
            let operator = match self.keyword() {
                Some(Keyword::Intersect) => SetOperator::Intersect,
                Some(Keyword::Union) => SetOperator::Union,
                Some(Keyword::Except) => SetOperator::Except,
                _ => return Ok(left),
            };
            let is_tighter = match above {
                None => true,
                Some(SetOperator::Intersect) => false,
                Some(_) => operator == SetOperator::Intersect,
            };
            if !is_tighter {
                return Ok(left);
            }
            self.advance();
            self.grow()?;
            let all = self.accept(Keyword::All);
            if !all {
                self.accept(Keyword::Distinct);
            }
            let operator_span = self.span_from(operator_start);
            let outer = self.nesting.begin();
            let right = self.set_operations(Some(operator))?;
            self.nesting.end(outer);
            self.forbid_into(&right)?;
            left = bare(
                QueryBody::SetOperation {
                    operator,
                    all,
                    operator_span,
                    left: Box::new(left),
                    right: Box::new(right),
                },
                self.span_from(start),
            );
        }
    }

    /// SELECT, VALUES, TABLE, or a query in parentheses (`simple_select`, `select_with_parens`).
    fn arm(&mut self) -> Syntax<Query> {
        let start = self.position();
        if self.accept(Symbol::LeftParen) {
            let query = self.query()?;
            self.expect(Symbol::RightParen)?;
            return Ok(query);
        }
        let body = match self.keyword() {
            Some(Keyword::Select) => {
                self.advance();
                QueryBody::Select(Box::new(self.select()?))
            }
            Some(Keyword::Values) => {
                self.advance();
                QueryBody::Values(self.list(|parser| parser.parenthesized_list(Parser::expr))?)
            }
            Some(Keyword::Table) => {
                self.advance();
                QueryBody::Select(Box::new(self.whole_table(start)?))
            }
            _ => return Err(self.expected("`SELECT`")),
        };
        Ok(bare(body, self.span_from(start)))
    }

    /// `TABLE name`, which is `SELECT * FROM name`.
    fn whole_table(&mut self, start: usize) -> Syntax<Select> {
        let keyword = self.span_from(start);
        let relation = self.relation()?;
        let span = relation.span;
        Ok(Select {
            targets: vec![Target {
                value: star(keyword),
                label: None,
            }],
            from: vec![FromItem {
                kind: FromItemKind::Table {
                    relation,
                    alias: None,
                    sample: None,
                },
                span,
            }],
            ..Select::default()
        })
    }

    /// SELECT after its keyword.
    fn select(&mut self) -> Syntax<Select> {
        let distinct = self.distinct()?;
        let targets = match distinct.is_none() && self.ends_target(0) {
            true => Vec::new(),
            false => self.targets()?,
        };
        let into = self.select_into()?;
        let from = match self.accept(Keyword::From) {
            true => self.table_items()?,
            false => Vec::new(),
        };
        let filter = self.filter()?;
        let mut group_distinct = false;
        let group_by = match self.accept_start(Keyword::Group, &[Keyword::By])? {
            true => {
                group_distinct = self.accept(Keyword::Distinct);
                if !group_distinct {
                    self.accept(Keyword::All);
                }
                self.list(Self::group_item)?
            }
            false => Vec::new(),
        };
        let having = match self.accept(Keyword::Having) {
            true => Some(self.expr()?),
            false => None,
        };
        Ok(Select {
            distinct,
            targets,
            into,
            from,
            filter,
            group_by,
            group_distinct,
            having,
            windows: self.windows()?,
        })
    }

    fn distinct(&mut self) -> Syntax<Option<Distinct>> {
        if self.accept(Keyword::All) || !self.accept(Keyword::Distinct) {
            return Ok(None);
        }
        Ok(Some(match self.accept(Keyword::On) {
            true => Distinct::On(self.parenthesized_list(Self::expr)?),
            false => Distinct::All,
        }))
    }

    /// `INTO TABLE name`, if it is next (`into_clause`, `OptTempTableName`).
    fn select_into(&mut self) -> Syntax<Option<Box<SelectInto>>> {
        let start = self.position();
        if !self.accept(Keyword::Into) {
            return Ok(None);
        }
        let next_is_temporary =
            |word: Option<Keyword>| matches!(word, Some(Keyword::Temporary | Keyword::Temp));
        let is_scoped = self.is_at_any(&[Keyword::Local, Keyword::Global])
            && next_is_temporary(self.keyword_at(1));
        if is_scoped {
            self.advance();
        }
        // The words are names, too: `INTO temp`.
        let is_word = self.is_at_any(&[Keyword::Temporary, Keyword::Temp, Keyword::Unlogged])
            && (is_scoped || begins_name(self.peek_at(1)));
        let persistence = match self.keyword() {
            Some(Keyword::Temporary | Keyword::Temp) if is_word => Persistence::Temporary,
            Some(Keyword::Unlogged) if is_word => Persistence::Unlogged,
            _ => Persistence::Permanent,
        };
        if is_word {
            self.advance();
        }
        self.accept(Keyword::Table);
        let table = self.qualified_name("a table")?;
        Ok(Some(Box::new(SelectInto {
            persistence,
            table,
            span: self.span_from(start),
        })))
    }

    /// `WHERE condition`, if it is next.
    ///
    /// # Errors
    ///
    /// If no condition follows.
    pub fn filter(&mut self) -> Syntax<Option<Expr>> {
        match self.accept(Keyword::Where) {
            true => Ok(Some(self.expr()?)),
            false => Ok(None),
        }
    }

    /// A term of GROUP BY.
    fn group_item(&mut self) -> Syntax<GroupItem> {
        let start = self.position();
        let next = self.peek_at(1);
        let is_call = next == Some(TokenKind::Symbol(Symbol::LeftParen));
        let kind = match self.keyword() {
            Some(Keyword::Cube) if is_call => {
                self.advance();
                GroupItemKind::Cube(self.parenthesized_list(Self::expr)?)
            }
            Some(Keyword::Rollup) if is_call => {
                self.advance();
                GroupItemKind::Rollup(self.parenthesized_list(Self::expr)?)
            }
            Some(Keyword::Grouping) if self.keyword_at(1) == Some(Keyword::Sets) => {
                self.advance();
                self.advance();
                let sets = self.nested(|parser| parser.parenthesized_list(Parser::group_item));
                GroupItemKind::Sets(sets?)
            }
            _ if self.is_at(Symbol::LeftParen)
                && next == Some(TokenKind::Symbol(Symbol::RightParen)) =>
            {
                self.advance();
                self.advance();
                GroupItemKind::Empty
            }
            _ => GroupItemKind::Expr(self.expr()?),
        };
        Ok(GroupItem {
            kind,
            span: self.span_from(start),
        })
    }

    /// ORDER BY, LIMIT, OFFSET, FETCH and FOR UPDATE, those of the last two kinds in any order.
    fn options(&mut self) -> Syntax<Options> {
        let mut options = Options {
            order_by: self.order_by()?,
            ..Options::default()
        };
        options.locking = self.locking()?;
        options.limit = self.limit()?;
        if options.locking.is_empty() {
            options.locking = self.locking()?;
        }
        Ok(options)
    }

    /// A query with what is written before and after it, which may be there already if the query is in parentheses
    /// (`insertSelectOptions`).
    fn with_options(&mut self, mut query: Query, options: Options, start: usize) -> Syntax<Query> {
        let span = self.span_from(start);
        let twice = |clause: &str| Err(Box::new(errors::clause_twice(span, clause)));
        if !options.order_by.is_empty() {
            if !query.order_by.is_empty() {
                return twice("ORDER BY");
            }
            query.order_by = options.order_by;
            query.span = span;
        }
        if !options.locking.is_empty() {
            query.locking.extend(options.locking);
            query.span = span;
        }
        if let Some(offset) = options.limit.offset {
            if query.limit.offset.is_some() {
                return twice("OFFSET");
            }
            query.limit.offset = Some(offset);
            query.span = span;
        }
        if let Some(count) = options.limit.count {
            if query.limit.count.is_some() {
                return twice("LIMIT");
            }
            if options.limit.with_ties && query.order_by.is_empty() {
                return Err(Box::new(errors::ties_without_order(count.span)));
            }
            let skips = query
                .locking
                .iter()
                .find(|locking| locking.wait == LockWait::SkipLocked);
            if let (true, Some(locking)) = (options.limit.with_ties, skips) {
                return Err(Box::new(errors::ties_with_skip_locked(locking.span)));
            }
            query.limit.count = Some(count);
            query.limit.with_ties = options.limit.with_ties;
            query.span = span;
        }
        if let Some(with) = options.with {
            if query.with.is_some() {
                return twice("WITH");
            }
            query.span = with.span.to(query.span);
            query.with = Some(with);
        }
        Ok(query)
    }

    /// LIMIT or FETCH, and OFFSET, in any order.
    fn limit(&mut self) -> Syntax<Limit> {
        let mut limit = Limit::default();
        loop {
            if limit.count.is_none() && self.accept(Keyword::Limit) {
                let span = self.span();
                limit.count = Some(match self.accept(Keyword::All) {
                    true => constant(Constant::Null, span),
                    false => self.expr()?,
                });
                if self.is_at(Symbol::Comma) {
                    return Err(Box::new(errors::limit_with_comma(self.span())));
                }
            } else if limit.count.is_none() && self.accept(Keyword::Fetch) {
                self.fetch(&mut limit)?;
            } else if limit.offset.is_none() && self.accept(Keyword::Offset) {
                limit.offset = Some(self.offset()?);
            } else {
                return Ok(limit);
            }
        }
    }

    /// `FIRST n ROWS ONLY` after FETCH.
    fn fetch(&mut self, limit: &mut Limit) -> Syntax<()> {
        if !self.accept(Keyword::First) {
            self.expect(Keyword::Next)?;
        }
        let span = self.last_span();
        // The words are names, too.
        let has_no_count = self.is_at_any(&[Keyword::Row, Keyword::Rows])
            && matches!(self.keyword_at(1), Some(Keyword::Only | Keyword::With));
        limit.count = Some(match has_no_count {
            true => constant(Constant::Integer(1), span),
            false => self.fetch_count()?,
        });
        if !self.accept(Keyword::Row) {
            self.expect(Keyword::Rows)?;
        }
        limit.with_ties = self.accept_start(Keyword::With, &[Keyword::Ties])?;
        if !limit.with_ties {
            self.expect(Keyword::Only)?;
        }
        Ok(())
    }

    /// A number of rows before ROWS (`select_fetch_first_value`): only numbers may have a sign.
    fn fetch_count(&mut self) -> Syntax<Expr> {
        let is_signed = self.is_at(Symbol::Minus) || self.is_at(Symbol::Plus);
        let is_number = matches!(
            self.peek_at(1),
            Some(TokenKind::Integer | TokenKind::Numeric)
        );
        match is_signed && is_number {
            true => self.expr_above(Precedence::Sign, Place::Anywhere),
            false => self.primary(),
        }
    }

    /// What follows OFFSET: any expression, or a number of ROWS.
    fn offset(&mut self) -> Syntax<Expr> {
        let start = self.position();
        let is_signed = self.is_at(Symbol::Minus) || self.is_at(Symbol::Plus);
        let has_rows = self.keyword_at(2).is_some_and(is_rows);
        if is_signed && has_rows {
            let count = self.fetch_count()?;
            self.advance();
            return Ok(count);
        }
        if is_signed || self.is_at_prefix() {
            return self.expr();
        }
        let first = self.primary()?;
        if self.keyword().is_some_and(is_rows) {
            self.advance();
            return Ok(first);
        }
        self.operators(first, start, Precedence::Loosest, Place::Anywhere)
    }

    /// Whether an operator or a word before an operand is next.
    fn is_at_prefix(&self) -> bool {
        match self.peek() {
            Some(TokenKind::Operator) => true,
            Some(TokenKind::Keyword(keyword)) => matches!(
                keyword,
                Keyword::Not | Keyword::Default | Keyword::Unique | Keyword::Operator
            ),
            _ => false,
        }
    }

    /// FOR UPDATE and its kin, or FOR READ ONLY.
    fn locking(&mut self) -> Syntax<Vec<Locking>> {
        let mut lockings = Vec::new();
        while self.is_at(Keyword::For) {
            let start = self.position();
            self.advance();
            if lockings.is_empty() && self.accept(Keyword::Read) {
                self.expect(Keyword::Only)?;
                return Ok(lockings);
            }
            let strength = if self.accept(Keyword::Update) {
                LockStrength::Update
            } else if self.accept(Keyword::Share) {
                LockStrength::Share
            } else if self.accept_start(Keyword::No, &[Keyword::Key, Keyword::Update])? {
                LockStrength::NoKeyUpdate
            } else if self.accept_start(Keyword::Key, &[Keyword::Share])? {
                LockStrength::KeyShare
            } else {
                return Err(self.expected("`UPDATE` or `SHARE`"));
            };
            let of = match self.accept(Keyword::Of) {
                true => self.list(|parser| parser.qualified_name("a table"))?,
                false => Vec::new(),
            };
            let wait = if self.accept(Keyword::Nowait) {
                LockWait::NoWait
            } else if self.accept_start(Keyword::Skip, &[Keyword::Locked])? {
                LockWait::SkipLocked
            } else {
                LockWait::Block
            };
            lockings.push(Locking {
                strength,
                of,
                wait,
                span: self.span_from(start),
            });
        }
        Ok(lockings)
    }
}

fn is_rows(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::Row | Keyword::Rows)
}

/// Whether a token may begin a table's name, or is TABLE.
fn begins_name(kind: Option<TokenKind>) -> bool {
    match kind {
        Some(TokenKind::Keyword(keyword)) => keyword.is_column_name() || keyword == Keyword::Table,
        Some(kind) => super::names::is_identifier(kind),
        None => false,
    }
}

/// INTO of a query or of its first arm.
fn into(query: &Query) -> Option<&SelectInto> {
    let mut query = query;
    loop {
        match &query.body {
            QueryBody::Select(select) => return select.into.as_deref(),
            QueryBody::Values(_) => return None,
            QueryBody::SetOperation { left, .. } => query = left,
        }
    }
}

/// `*`
pub(super) fn star(span: crate::text::Span) -> Expr {
    Expr {
        kind: ExprKind::Column {
            parts: Vec::new(),
            star: Some(span),
        },
        span,
    }
}

fn bare(body: QueryBody, span: crate::text::Span) -> Query {
    Query {
        with: None,
        body,
        order_by: Vec::new(),
        limit: Limit::default(),
        locking: Vec::new(),
        span,
    }
}
