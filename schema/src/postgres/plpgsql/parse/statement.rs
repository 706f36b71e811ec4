//! Statements by their first word, and statements of SQL.

use super::super::ast::{Expression, QuerySource, Sql, Statement, StatementKind};
use super::reader::{Reader, Syntax, is};
use super::routine::Returning;
use super::scope::Labelled;
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::split::Token;
use tablature_lexer::postgres::{Symbol, TokenKind};

impl Reader<'_> {
    /// Whether the tokens after a name make it the target of an assignment.
    pub(super) fn is_assignment_at(&self, distance: usize) -> bool {
        [":=", "=", "[", "."]
            .iter()
            .any(|symbol| self.is_at_distance(distance, symbol))
    }

    /// A statement with its semicolon (`proc_stmt`).
    pub(super) fn statement(&mut self) -> Syntax<Statement> {
        let start = self.position();
        let label = self.label()?;
        let kind = match label {
            Some(label) => match self.block_or_loop(Some(label), start)? {
                Some(kind) => kind,
                None => return Err(self.expected("a block or a loop")),
            },
            None => self.unlabelled(start)?,
        };
        Ok(Statement {
            kind,
            span: self.span_from(start),
        })
    }

    fn unlabelled(&mut self, start: usize) -> Syntax<StatementKind> {
        if let Some(kind) = self.block_or_loop(None, start)? {
            return Ok(kind);
        }
        let Some(token) = self.token_at(0) else {
            return Err(self.expected("a statement"));
        };
        if token.kind == TokenKind::Parameter || self.is_at_name() && self.is_assignment() {
            return self.assignment();
        }
        if let Some(kind) = self.simple_statement(token)? {
            return Ok(kind);
        }
        self.sql_statement()
    }

    /// A block or a loop, if one is next.
    fn block_or_loop(
        &mut self,
        label: Option<crate::postgres::ast::Ident>,
        start: usize,
    ) -> Syntax<Option<StatementKind>> {
        if self.is_at("declare") || self.is_at("begin") {
            let block = self.block(label, start)?;
            self.semicolon()?;
            return Ok(Some(StatementKind::Block(block)));
        }
        self.loop_statement(label)
    }

    /// Whether a variable with `:=` or `=` after it is next.
    fn is_assignment(&self) -> bool {
        let mut distance = 1;
        while self.is_at_distance(distance, ".") {
            distance += 2;
        }
        self.is_at_distance(distance, ":=")
            || self.is_at_distance(distance, "=")
            || self.is_at_distance(distance, "[")
    }

    /// `variable[1].field := value;`
    fn assignment(&mut self) -> Syntax<StatementKind> {
        let start = self.position();
        let (target, _) = self.variable()?;
        let part = match self.is_at("[") {
            true => {
                self.reset(start);
                Some(self.expression_until(&[":=", "="], "`:=`")?)
            }
            false => None,
        };
        if !self.accept(":=") {
            self.expect("=")?;
        }
        // The engine reads what is assigned together with the target, and so does not miss an expression that is not there.
        let value = match self.is_at(";") {
            true => self.expression(&[])?,
            false => self.expression_until(&[";"], "`;`")?,
        };
        self.semicolon()?;
        Ok(StatementKind::Assign {
            target,
            part,
            value,
        })
    }

    /// A statement that begins with a word of PL/pgSQL and holds no others, if one is next.
    fn simple_statement(&mut self, token: &Token) -> Syntax<Option<StatementKind>> {
        let text = match token.kind {
            TokenKind::Word | TokenKind::Keyword(_) => token.text.to_ascii_lowercase(),
            _ => return Ok(None),
        };
        let start = self.position();
        self.advance();
        let kind = match text.as_str() {
            "null" => {
                self.semicolon()?;
                StatementKind::Null
            }
            "if" => self.if_statement()?,
            "case" => self.case_statement()?,
            "exit" => self.leave(true)?,
            "continue" => self.leave(false)?,
            "return" => self.return_statement()?,
            "raise" => self.raise()?,
            "assert" => self.assert()?,
            "execute" => self.execute()?,
            "perform" if self.is_at(";") => {
                let nothing = self.expression(&[])?;
                self.semicolon()?;
                StatementKind::Perform(nothing)
            }
            "perform" => StatementKind::Perform(self.expression_to(";")?),
            "get" => self.get_diagnostics()?,
            "open" => self.open()?,
            "fetch" => self.fetch(true)?,
            "move" => self.fetch(false)?,
            "close" => self.close()?,
            "commit" => self.transaction(true)?,
            "rollback" => self.transaction(false)?,
            _ => {
                self.reset(start);
                return Ok(None);
            }
        };
        Ok(Some(kind))
    }

    fn if_statement(&mut self) -> Syntax<StatementKind> {
        let mut branches = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            let condition = self.expression_to("then")?;
            branches.push((condition, self.statements()?));
            if self.accept("elsif") || self.accept("elseif") {
                continue;
            }
            if self.accept("else") {
                otherwise = self.statements()?;
            }
            break;
        }
        self.expect("end")?;
        self.expect("if")?;
        self.semicolon()?;
        Ok(StatementKind::If {
            branches,
            otherwise,
        })
    }

    fn case_statement(&mut self) -> Syntax<StatementKind> {
        let operand = match self.is_at("when") {
            true => None,
            false => Some(self.expression_until(&["when"], "`WHEN`")?),
        };
        let mut branches = Vec::new();
        self.expect("when")?;
        loop {
            let condition = self.expression_to("then")?;
            branches.push((condition, self.statements()?));
            if !self.accept("when") {
                break;
            }
        }
        let otherwise = match self.accept("else") {
            true => Some(self.statements()?),
            false => None,
        };
        self.expect("end")?;
        self.expect("case")?;
        self.semicolon()?;
        Ok(StatementKind::Case {
            operand,
            branches,
            otherwise,
        })
    }

    /// `label WHEN condition;` after EXIT or CONTINUE.
    fn leave(&mut self, exit: bool) -> Syntax<StatementKind> {
        let place = self.span();
        let label = match self.is_at_name() {
            true => Some(self.any_name()?),
            false => None,
        };
        match &label {
            Some(label) => match self.scopes.label(&label.name) {
                None => return Err(Box::new(errors::unknown_label(label))),
                Some(Labelled::Block) if !exit => {
                    return Err(Box::new(errors::continued_block(label)));
                }
                Some(Labelled::Block | Labelled::Loop) => {}
            },
            None if !self.scopes.is_in_loop() => {
                return Err(Box::new(errors::outside_of_loop(place, exit)));
            }
            None => {}
        }
        let when = match self.accept("when") {
            true => Some(self.expression_to(";")?),
            false => {
                self.semicolon()?;
                None
            }
        };
        Ok(StatementKind::Leave { exit, label, when })
    }

    fn return_statement(&mut self) -> Syntax<StatementKind> {
        let returns = self.routine.returns;
        let place = self.span();
        if self.is_at("next") || self.is_at("query") {
            let is_query = self.is_at("query");
            let has_outputs = match returns {
                Returning::Rows => false,
                Returning::OutputRows => true,
                Returning::Nothing | Returning::Value => {
                    return Err(Box::new(errors::returns_no_rows(place)));
                }
            };
            self.advance();
            if is_query {
                return self.query_source().map(StatementKind::ReturnQuery);
            }
            let place = self.span();
            let value = match (has_outputs, self.accept(";")) {
                (true, true) => None,
                (true, false) => return Err(Box::new(errors::returns_outputs(place))),
                (false, true) => return Err(self.expected("the row to return")),
                (false, false) => Some(self.expression_to(";")?),
            };
            return Ok(StatementKind::ReturnNext(value));
        }
        let has_value = !self.is_at(";");
        match (returns, has_value) {
            (Returning::Value, false) => return Err(self.expected("the value to return")),
            (Returning::Nothing | Returning::Rows | Returning::OutputRows, true) => {
                return Err(Box::new(errors::returns_nothing(place)));
            }
            (Returning::Value, true)
            | (Returning::Nothing | Returning::Rows | Returning::OutputRows, false) => {}
        }
        let value = match has_value {
            true => Some(self.expression_to(";")?),
            false => {
                self.semicolon()?;
                None
            }
        };
        Ok(StatementKind::Return(value))
    }

    /// A query, or EXECUTE with USING, and the semicolon.
    pub(super) fn query_source(&mut self) -> Syntax<QuerySource> {
        if self.accept("execute") {
            let command = self.expression_until(&["using", ";"], "`;`")?;
            let using = self.using(&[";"])?;
            self.semicolon()?;
            return Ok(QuerySource::Dynamic(command, using));
        }
        let start = self.position();
        let tokens = self.slice_until(&[";"], "`;`")?;
        let sql = self.sql(tokens.to_vec(), self.span_from(start))?;
        self.semicolon()?;
        Ok(QuerySource::Static(sql))
    }

    /// `USING a, b`, if it is next, up to what ends it.
    pub(super) fn using(&mut self, ends: &[&str]) -> Syntax<Vec<Expression>> {
        let mut values = Vec::new();
        if !self.accept("using") {
            return Ok(values);
        }
        let ends: Vec<&str> = ends.iter().copied().chain([","]).collect();
        loop {
            values.push(self.expression_until(&ends, "`;`")?);
            if !self.accept(",") {
                return Ok(values);
            }
        }
    }

    /// A statement of SQL, from which an INTO with variables is taken (`make_execsql_stmt`).
    fn sql_statement(&mut self) -> Syntax<StatementKind> {
        let start = self.position();
        let first = self.token_at(0);
        let is_import = self.is_at("import");
        let mut tokens: Vec<Token> = Vec::new();
        let mut into = None;
        let mut depth = 0_usize;
        let mut atomic = 0_usize;
        let mut is_routine = false;
        loop {
            let Some(token) = self.token_at(0) else {
                return Err(self.expected("`;`"));
            };
            if depth == 0 && atomic == 0 && is(token, ";") {
                break;
            }
            match token.kind {
                TokenKind::Symbol(Symbol::LeftParen) => depth += 1,
                TokenKind::Symbol(Symbol::RightParen) => depth = depth.saturating_sub(1),
                _ => {}
            }
            // The body of a function in SQL has semicolons of its own.
            let second = tokens.len() < 4;
            is_routine |= second
                && (is(token, "function") || is(token, "procedure"))
                && first.is_some_and(|first| is(first, "create"));
            let opens = is_routine && is(token, "begin") || atomic > 0 && is(token, "case");
            if opens {
                atomic += 1;
            } else if atomic > 0 && is(token, "end") {
                atomic -= 1;
            }
            let follows_verb = tokens
                .last()
                .is_some_and(|last| is(last, "insert") || is(last, "merge"));
            if is(token, "into") && !follows_verb && !is_import {
                if into.is_some() {
                    return Err(Box::new(errors::second_into(token.span)));
                }
                self.advance();
                into = Some(self.targets_of_into()?);
                continue;
            }
            tokens.push(token.clone());
            self.advance();
        }
        let span = self.span_from(start);
        let sql: Sql = self.sql(tokens, span)?;
        self.semicolon()?;
        Ok(StatementKind::Sql { sql, into })
    }
}
