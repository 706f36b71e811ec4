//! Routines, aggregates and operators by the types of their arguments.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AggregateArguments, ArgumentMode, ArgumentReference, OperatorReference, RoutineArgument,
    RoutineReference, RoutineWord, TypeName,
};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// A routine, perhaps with the types of its arguments (`function_with_argtypes`).
    pub(super) fn routine(&mut self, word: RoutineWord) -> Syntax<RoutineReference> {
        let start = self.position();
        let is_bare = self.peek_at(1) != Some(Symbol::Dot.into())
            && self.peek_at(1) != Some(Symbol::LeftParen.into());
        // Without arguments, every name of a column or of a function will do.
        let name = match is_bare && !self.is_at_type_function_name() {
            true => self.qualified_name("a function")?,
            false => self.function_name("a function")?,
        };
        let arguments = match self.is_at(Symbol::LeftParen) {
            true => Some(self.argument_references()?),
            false => None,
        };
        Ok(RoutineReference {
            word,
            name,
            arguments,
            direct: None,
            span: self.span_from(start),
        })
    }

    /// `(integer, OUT text)` (`func_args`).
    fn argument_references(&mut self) -> Syntax<Vec<ArgumentReference>> {
        self.expect(Symbol::LeftParen)?;
        if self.accept(Symbol::RightParen) {
            return Ok(Vec::new());
        }
        let arguments = self.list(Self::routine_argument)?;
        self.expect(Symbol::RightParen)?;
        Ok(arguments.into_iter().map(reference).collect())
    }

    /// An argument without a default (`func_arg`).
    pub(super) fn routine_argument(&mut self) -> Syntax<RoutineArgument> {
        let start = self.position();
        let mut mode = self.argument_mode();
        let has_name = self.is_at_type_function_name() && self.begins_type_or_mode(1);
        let name = match has_name {
            true => Some(self.take_name()?),
            false => None,
        };
        if mode.is_none() && name.is_some() {
            mode = self.argument_mode();
        }
        let type_name = self.function_type()?;
        Ok(RoutineArgument {
            mode,
            name,
            type_name,
            default: None,
            span: self.span_from(start),
        })
    }

    /// IN, OUT, IN OUT, INOUT or VARIADIC.
    fn argument_mode(&mut self) -> Option<ArgumentMode> {
        let mode = match self.keyword()? {
            Keyword::In if self.keyword_at(1) == Some(Keyword::Out) => {
                self.advance();
                ArgumentMode::InOut
            }
            Keyword::In => ArgumentMode::In,
            Keyword::Out => ArgumentMode::Out,
            Keyword::Inout => ArgumentMode::InOut,
            Keyword::Variadic => ArgumentMode::Variadic,
            _ => return None,
        };
        self.advance();
        Some(mode)
    }

    /// Whether a token after the next one begins the type or the mode of an argument, which makes the next one its name.
    fn begins_type_or_mode(&self, distance: usize) -> bool {
        match self.peek_at(distance) {
            Some(TokenKind::Word | TokenKind::QuotedName | TokenKind::UnicodeName) => true,
            Some(TokenKind::Keyword(keyword)) => {
                keyword.is_type_or_function_name()
                    || matches!(
                        keyword,
                        Keyword::Bigint
                            | Keyword::Bit
                            | Keyword::Boolean
                            | Keyword::Char
                            | Keyword::Character
                            | Keyword::Dec
                            | Keyword::Decimal
                            | Keyword::Float
                            | Keyword::In
                            | Keyword::Inout
                            | Keyword::Int
                            | Keyword::Integer
                            | Keyword::Interval
                            | Keyword::Json
                            | Keyword::National
                            | Keyword::Nchar
                            | Keyword::Numeric
                            | Keyword::Out
                            | Keyword::Real
                            | Keyword::Setof
                            | Keyword::Smallint
                            | Keyword::Time
                            | Keyword::Timestamp
                            | Keyword::Varchar
                            | Keyword::Variadic
                    )
            }
            _ => false,
        }
    }

    /// An aggregate with its arguments (`aggregate_with_argtypes`).
    pub(super) fn aggregate(&mut self) -> Syntax<RoutineReference> {
        let start = self.position();
        let name = self.function_name("an aggregate")?;
        let arguments = self.aggregate_arguments()?;
        Ok(RoutineReference {
            word: RoutineWord::Aggregate,
            name,
            direct: arguments.direct,
            arguments: Some(arguments.arguments.into_iter().map(reference).collect()),
            span: self.span_from(start),
        })
    }

    /// `(*)`, `(types)`, `(types ORDER BY types)` (`aggr_args`).
    pub(super) fn aggregate_arguments(&mut self) -> Syntax<AggregateArguments> {
        self.expect(Symbol::LeftParen)?;
        if self.accept(Symbol::Star) {
            self.expect(Symbol::RightParen)?;
            return Ok(AggregateArguments {
                arguments: Vec::new(),
                direct: None,
            });
        }
        let mut arguments = match self.is_at(Keyword::Order) {
            true => Vec::new(),
            false => self.list(Self::routine_argument)?,
        };
        let mut direct = None;
        if self.accept_start(Keyword::Order, &[Keyword::By])? {
            direct = Some(arguments.len());
            let start = self.position();
            let ordered = self.list(Self::routine_argument)?;
            self.merge_variadic(&mut arguments, ordered, start)?;
        }
        self.expect(Symbol::RightParen)?;
        Ok(AggregateArguments { arguments, direct })
    }

    /// Where the last direct argument is VARIADIC, the ordered one is the same, and is one with it (`makeOrderedSetArgs`).
    fn merge_variadic(
        &mut self,
        direct: &mut Vec<RoutineArgument>,
        ordered: Vec<RoutineArgument>,
        start: usize,
    ) -> Syntax<()> {
        let is_variadic =
            |argument: &RoutineArgument| argument.mode == Some(ArgumentMode::Variadic);
        if !direct.last().is_some_and(is_variadic) {
            direct.extend(ordered);
            return Ok(());
        }
        match ordered.as_slice() {
            [only] if is_variadic(only) => Ok(()),
            _ => self.refuse(
                self.span_from(start),
                "an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same type",
            ),
        }
    }

    /// An operator with its operands (`operator_with_argtypes`).
    pub(super) fn operator_reference(&mut self) -> Syntax<OperatorReference> {
        let start = self.position();
        let name = self.qualified_operator()?;
        let (left, right) = self.operands()?;
        Ok(OperatorReference {
            name,
            left,
            right,
            span: self.span_from(start),
        })
    }

    /// `(integer, NONE)` (`oper_argtypes`).
    pub(super) fn operands(&mut self) -> Syntax<(Option<TypeName>, Option<TypeName>)> {
        self.expect(Symbol::LeftParen)?;
        let left = self.operand_type()?;
        if self.is_at(Symbol::RightParen) && left.is_some() {
            return Err(self.expected("`,` and the right operand, or `NONE`"));
        }
        self.expect(Symbol::Comma)?;
        let right = match left {
            None => Some(self.type_name()?),
            Some(_) => self.operand_type()?,
        };
        self.expect(Symbol::RightParen)?;
        Ok((left, right))
    }

    fn operand_type(&mut self) -> Syntax<Option<TypeName>> {
        match self.accept(Keyword::None) {
            true => Ok(None),
            false => self.type_name().map(Some),
        }
    }
}

fn reference(argument: RoutineArgument) -> ArgumentReference {
    ArgumentReference {
        mode: argument.mode,
        type_name: argument.type_name,
    }
}
