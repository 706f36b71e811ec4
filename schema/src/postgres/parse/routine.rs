//! CREATE and ALTER FUNCTION, DO and CALL.

use super::alter::Change;
use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterRoutine, AtomicStatement, Call, CreateRoutine, Do, ObjectReference, Returns,
    RoutineArgument, RoutineBody, RoutineOption, RoutineOptionKind, RoutineText, RoutineWord,
    StatementKind, TableColumn,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// What follows CREATE FUNCTION or CREATE PROCEDURE.
    pub(super) fn create_routine(
        &mut self,
        or_replace: bool,
        procedure: bool,
        start: usize,
    ) -> Syntax<StatementKind> {
        let what = if procedure {
            "a procedure"
        } else {
            "a function"
        };
        let name = self.function_name(what)?;
        let arguments = self.routine_arguments()?;
        let returns = match procedure {
            true => None,
            false => self.returns()?,
        };
        let mut options = Vec::new();
        while let Some(option) = self.routine_option(true)? {
            self.add_option(&mut options, option)?;
        }
        let body = self.routine_body()?;
        Ok(StatementKind::CreateRoutine(Box::new(CreateRoutine {
            or_replace,
            procedure,
            name,
            arguments,
            returns,
            options,
            body,
            span: self.span_from(start),
        })))
    }

    /// `(a integer DEFAULT 1, OUT b text)` (`func_args_with_defaults`).
    fn routine_arguments(&mut self) -> Syntax<Vec<RoutineArgument>> {
        self.expect(Symbol::LeftParen)?;
        if self.accept(Symbol::RightParen) {
            return Ok(Vec::new());
        }
        let arguments = self.list(|parser| {
            let start = parser.position();
            let mut argument = parser.routine_argument()?;
            if parser.accept(Keyword::Default) || parser.accept(Symbol::Equal) {
                argument.default = Some(parser.expr()?);
                argument.span = parser.span_from(start);
            }
            Ok(argument)
        })?;
        self.expect(Symbol::RightParen)?;
        Ok(arguments)
    }

    fn returns(&mut self) -> Syntax<Option<Returns>> {
        if !self.is_at(Keyword::Returns) || self.keyword_at(1) == Some(Keyword::Null) {
            return Ok(None);
        }
        self.advance();
        let start = self.position();
        if !self.accept(Keyword::Table) {
            return self.function_type().map(|name| Some(Returns::Type(name)));
        }
        let columns = self.parenthesized_list(|parser| {
            Ok(TableColumn {
                name: parser.type_function_name("a column")?,
                type_name: parser.function_type()?,
            })
        })?;
        Ok(Some(Returns::Table(columns, self.span_from(start))))
    }

    /// Adds an option that may be said once (SET and RESET may be said often).
    fn add_option(&self, options: &mut Vec<RoutineOption>, option: RoutineOption) -> Syntax<()> {
        let class = option_class(&option.kind);
        let first = options
            .iter()
            .find(|other| class.is_some() && option_class(&other.kind) == class);
        match first {
            Some(first) => Err(self.said_again(option.span, first.span)),
            None => {
                options.push(option);
                Ok(())
            }
        }
    }

    /// An option of a routine, if one is next (`createfunc_opt_item`, and in ALTER `common_func_opt_item`).
    fn routine_option(&mut self, in_create: bool) -> Syntax<Option<RoutineOption>> {
        use Keyword as K;
        use RoutineOptionKind as Kind;
        let start = self.position();
        let Some(keyword) = self.keyword() else {
            return Ok(None);
        };
        self.advance();
        let kind = match keyword {
            K::As if in_create => {
                let text = self.routine_text()?;
                let symbol = match self.accept(Symbol::Comma) {
                    true => Some(self.routine_text()?),
                    false => None,
                };
                Kind::As(text, symbol)
            }
            K::Language if in_create => Kind::Language(self.word_or_string("a language")?),
            K::Transform if in_create => Kind::Transform(self.list(|parser| {
                parser.expect_phrase(&[K::For, K::Type])?;
                parser.type_name()
            })?),
            K::Window if in_create => Kind::Window,
            K::Called => {
                self.expect_phrase(&[K::On, K::Null, K::Input])?;
                Kind::Strict(false)
            }
            K::Returns => {
                self.expect_phrase(&[K::Null, K::On, K::Null, K::Input])?;
                Kind::Strict(true)
            }
            K::Strict => Kind::Strict(true),
            K::Immutable => Kind::Immutable,
            K::Stable => Kind::Stable,
            K::Volatile => Kind::Volatile,
            K::External => {
                self.expect(K::Security)?;
                Kind::SecurityDefiner(self.definer()?)
            }
            K::Security => Kind::SecurityDefiner(self.definer()?),
            K::Leakproof => Kind::Leakproof(true),
            K::Not => {
                self.expect(K::Leakproof)?;
                Kind::Leakproof(false)
            }
            K::Cost => Kind::Cost(self.float()?),
            K::Rows => Kind::Rows(self.float()?),
            K::Support => Kind::Support(self.qualified_name("a function")?),
            K::Set => Kind::Set(self.set_rest(false, start)?),
            K::Reset => Kind::Set(self.reset_rest(start)?),
            K::Parallel => Kind::Parallel(self.column_id("`SAFE`, `UNSAFE` or `RESTRICTED`")?),
            _ => {
                self.reset(start);
                return Ok(None);
            }
        };
        Ok(Some(RoutineOption {
            kind,
            span: self.span_from(start),
        }))
    }

    fn definer(&mut self) -> Syntax<bool> {
        if self.accept(Keyword::Definer) {
            return Ok(true);
        }
        match self.accept(Keyword::Invoker) {
            true => Ok(false),
            false => Err(self.expected("`DEFINER` or `INVOKER`")),
        }
    }

    fn float(&mut self) -> Syntax<f64> {
        let number = self.signed_number("a number")?;
        Ok(super::common::value_of(&number))
    }

    /// The text of a body, and where it is in the file as it is.
    fn routine_text(&mut self) -> Syntax<RoutineText> {
        let token = self.token();
        let (text, span) = self.string("the body, as a string")?;
        let quote = match token.map(|token| (token.kind, &token.text)) {
            Some((TokenKind::DollarString, written)) => {
                written.len().checked_sub(text.len()).map(|both| both / 2)
            }
            Some((TokenKind::String, written)) if written.len() == text.len() + 2 => Some(1),
            _ => None,
        };
        let verbatim = quote.and_then(|quote| {
            let quote = u32::try_from(quote).ok()?;
            Some(Span {
                start: span.start + quote,
                end: span.end.checked_sub(quote)?,
                ..span
            })
        });
        Ok(RoutineText {
            text,
            span,
            verbatim,
        })
    }

    /// RETURN or BEGIN ATOMIC (`opt_routine_body`), or nothing.
    fn routine_body(&mut self) -> Syntax<Option<RoutineBody>> {
        if self.accept(Keyword::Return) {
            let value = Box::new(self.expr()?);
            return Ok(Some(RoutineBody::Return(value)));
        }
        if !self.accept(Keyword::Begin) {
            return Ok(None);
        }
        self.expect(Keyword::Atomic)?;
        let mut statements = Vec::new();
        loop {
            if self.accept(Keyword::End) {
                return Ok(Some(RoutineBody::Atomic(statements)));
            }
            if self.accept(Symbol::Semicolon) {
                continue;
            }
            statements.push(self.atomic_statement()?);
            self.expect(Symbol::Semicolon)?;
        }
    }

    fn atomic_statement(&mut self) -> Syntax<AtomicStatement> {
        if self.accept(Keyword::Return) {
            return Ok(AtomicStatement::Return(Box::new(self.expr()?)));
        }
        let statement = self.statement()?;
        Ok(match statement.kind {
            StatementKind::Data(statement) => AtomicStatement::Data(statement),
            _ => AtomicStatement::Other(statement.span),
        })
    }

    /// What follows ALTER FUNCTION, PROCEDURE or ROUTINE.
    pub(super) fn alter_routine(&mut self, word: RoutineWord) -> Syntax<StatementKind> {
        let routine = self.routine(word)?;
        let is_object = self.is_at_any(&[Keyword::Rename, Keyword::Owner, Keyword::Depends])
            || self.is_at(Keyword::No)
            || self.is_at_phrase(&[Keyword::Set, Keyword::Schema])
                && !self.is_at_setting(1)
                && !self.peek_at(2).is_some_and(super::names::is_string);
        if is_object {
            return self.change_object(
                ObjectReference::Routine(routine),
                &[
                    Change::Rename,
                    Change::Owner,
                    Change::Schema,
                    Change::Depends,
                ],
            );
        }
        let mut options = Vec::new();
        while let Some(option) = self.routine_option(false)? {
            self.add_option(&mut options, option)?;
        }
        if options.is_empty() {
            return Err(self.expected("what to alter"));
        }
        self.accept(Keyword::Restrict);
        Ok(StatementKind::AlterRoutine(AlterRoutine {
            routine,
            options,
        }))
    }

    /// What follows DO.
    pub(super) fn do_block(&mut self, start: usize) -> Syntax<StatementKind> {
        let mut options = Vec::new();
        let mut has_code = false;
        loop {
            let option = self.position();
            let kind = if self.is_at_string() {
                has_code = true;
                RoutineOptionKind::As(self.routine_text()?, None)
            } else if self.accept(Keyword::Language) {
                RoutineOptionKind::Language(self.word_or_string("a language")?)
            } else {
                break;
            };
            let span = self.span_from(option);
            self.add_option(&mut options, RoutineOption { kind, span })?;
        }
        match has_code {
            true => Ok(StatementKind::Do(Do {
                options,
                span: self.span_from(start),
            })),
            false => Err(self.expected("the code, as a string")),
        }
    }

    /// What follows CALL.
    pub(super) fn call_procedure(&mut self, start: usize) -> Syntax<StatementKind> {
        let name = self.function_name("a procedure")?;
        let call = self.application(name)?;
        Ok(StatementKind::Call(Call {
            call,
            span: self.span_from(start),
        }))
    }
}

/// What an option is about, if that may be said once.
fn option_class(kind: &RoutineOptionKind) -> Option<u8> {
    Some(match kind {
        RoutineOptionKind::As(..) => 0,
        RoutineOptionKind::Language(_) => 1,
        RoutineOptionKind::Transform(_) => 2,
        RoutineOptionKind::Window => 3,
        RoutineOptionKind::Immutable | RoutineOptionKind::Stable | RoutineOptionKind::Volatile => 4,
        RoutineOptionKind::Strict(_) => 5,
        RoutineOptionKind::SecurityDefiner(_) => 6,
        RoutineOptionKind::Leakproof(_) => 7,
        RoutineOptionKind::Cost(_) => 8,
        RoutineOptionKind::Rows(_) => 9,
        RoutineOptionKind::Support(_) => 10,
        RoutineOptionKind::Parallel(_) => 11,
        RoutineOptionKind::Set(_) => return None,
    })
}
