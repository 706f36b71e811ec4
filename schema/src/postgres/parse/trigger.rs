//! Triggers, event triggers, rules and policies.

use super::constraint::Allowed;
use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterEventTrigger, AlterPolicy, CreateEventTrigger, CreatePolicy, CreateRule, CreateTrigger,
    DataStatement, EventFilter, Expr, Ident, PolicyCommand, QualifiedName, RoleName, RuleAction,
    RuleEvent, StatementKind, Transition, TriggerEvent, TriggerTime,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// What follows CREATE [CONSTRAINT] TRIGGER.
    pub(super) fn create_trigger(
        &mut self,
        or_replace: bool,
        constraint: bool,
        start: usize,
    ) -> Syntax<StatementKind> {
        let name = self.column_id("a trigger")?;
        let time = self.trigger_time(constraint)?;
        let mut columns = Vec::new();
        let events = self.trigger_events(&mut columns)?;
        self.expect(Keyword::On)?;
        let table = self.qualified_name("a table")?;
        let mut trigger = CreateTrigger {
            or_replace,
            constraint,
            name,
            time,
            events,
            columns,
            table,
            referenced: None,
            deferrable: false,
            deferred: false,
            transitions: Vec::new(),
            for_each_row: false,
            condition: None,
            function: QualifiedName::system("", self.span()),
            arguments: Vec::new(),
            span: self.span(),
        };
        if constraint {
            if self.accept(Keyword::From) {
                trigger.referenced = Some(self.qualified_name("a table")?);
            }
            let said = self.constraint_attributes()?;
            let attributes = self.allowed_attributes(&said, Allowed::Trigger)?;
            trigger.deferrable = attributes.deferrable;
            trigger.deferred = attributes.initially_deferred;
            self.expect_phrase(&[Keyword::For, Keyword::Each, Keyword::Row])?;
            trigger.for_each_row = true;
        } else {
            trigger.transitions = self.transitions()?;
            trigger.for_each_row = self.for_each_row()?;
        }
        if self.accept(Keyword::When) {
            self.expect(Symbol::LeftParen)?;
            trigger.condition = Some(Box::new(self.expr()?));
            self.expect(Symbol::RightParen)?;
        }
        trigger.function = self.executed_function()?;
        trigger.arguments = self.trigger_arguments()?;
        trigger.span = self.span_from(start);
        Ok(StatementKind::CreateTrigger(Box::new(trigger)))
    }

    fn trigger_time(&mut self, constraint: bool) -> Syntax<TriggerTime> {
        if self.accept(Keyword::After) {
            return Ok(TriggerTime::After);
        }
        if constraint {
            return Err(self.expected("`AFTER`"));
        }
        if self.accept(Keyword::Before) {
            return Ok(TriggerTime::Before);
        }
        match self.accept_start(Keyword::Instead, &[Keyword::Of])? {
            true => Ok(TriggerTime::InsteadOf),
            false => Err(self.expected("`BEFORE`, `AFTER` or `INSTEAD OF`")),
        }
    }

    fn trigger_events(&mut self, columns: &mut Vec<Ident>) -> Syntax<Vec<(TriggerEvent, Span)>> {
        let mut events: Vec<(TriggerEvent, Span)> = Vec::new();
        loop {
            let start = self.position();
            let event = match self.keyword() {
                Some(Keyword::Insert) => TriggerEvent::Insert,
                Some(Keyword::Delete) => TriggerEvent::Delete,
                Some(Keyword::Update) => TriggerEvent::Update,
                Some(Keyword::Truncate) => TriggerEvent::Truncate,
                _ => {
                    return Err(self.expected("`INSERT`, `UPDATE`, `DELETE` or `TRUNCATE`"));
                }
            };
            self.advance();
            if event == TriggerEvent::Update && self.accept(Keyword::Of) {
                *columns = self.names("a column")?;
            }
            let span = self.span_from(start);
            if let Some((_, first)) = events.iter().find(|(other, _)| *other == event) {
                return Err(self.said_again(span, *first));
            }
            events.push((event, span));
            if !self.accept(Keyword::Or) {
                return Ok(events);
            }
        }
    }

    fn transitions(&mut self) -> Syntax<Vec<Transition>> {
        let mut transitions = Vec::new();
        if !self.accept(Keyword::Referencing) {
            return Ok(transitions);
        }
        loop {
            let start = self.position();
            let new = self.accept(Keyword::New);
            if !new && !self.accept(Keyword::Old) {
                return match transitions.is_empty() {
                    true => Err(self.expected("`OLD TABLE` or `NEW TABLE`")),
                    false => Ok(transitions),
                };
            }
            let table = self.accept(Keyword::Table);
            if !table {
                self.expect(Keyword::Row)?;
            }
            self.accept(Keyword::As);
            let name = self.column_id("a name")?;
            transitions.push(Transition {
                new,
                table,
                name,
                span: self.span_from(start),
            });
        }
    }

    fn for_each_row(&mut self) -> Syntax<bool> {
        if !self.accept(Keyword::For) {
            return Ok(false);
        }
        self.accept(Keyword::Each);
        if self.accept(Keyword::Row) {
            return Ok(true);
        }
        match self.accept(Keyword::Statement) {
            true => Ok(false),
            false => Err(self.expected("`ROW` or `STATEMENT`")),
        }
    }

    /// `EXECUTE FUNCTION name`
    fn executed_function(&mut self) -> Syntax<QualifiedName> {
        self.expect(Keyword::Execute)?;
        if !self.accept(Keyword::Function) && !self.accept(Keyword::Procedure) {
            return Err(self.expected("`FUNCTION`"));
        }
        self.function_name("a function")
    }

    /// Numbers, strings and words, all of which are strings to the function.
    fn trigger_arguments(&mut self) -> Syntax<Vec<Box<str>>> {
        self.expect(Symbol::LeftParen)?;
        if self.accept(Symbol::RightParen) {
            return Ok(Vec::new());
        }
        // The list may begin with nothing, but not end so.
        self.accept(Symbol::Comma);
        let arguments = self.list(|parser| match parser.peek() {
            Some(TokenKind::Integer | TokenKind::Numeric) => {
                Ok(parser.signed_number("an argument")?.text)
            }
            Some(kind) if super::names::is_string(kind) => Ok(parser.string("an argument")?.0),
            _ => Ok(parser.label("a string")?.name.as_ref().into()),
        })?;
        self.expect(Symbol::RightParen)?;
        Ok(arguments)
    }

    /// What follows CREATE EVENT TRIGGER.
    pub(super) fn create_event_trigger(&mut self) -> Syntax<StatementKind> {
        let name = self.column_id("an event trigger")?;
        self.expect(Keyword::On)?;
        let event = self.label("an event")?;
        let mut filters = Vec::new();
        if self.accept(Keyword::When) {
            loop {
                let variable = self.column_id("a variable")?;
                self.expect(Keyword::In)?;
                let values = self.parenthesized_list(|parser| parser.string("a string"))?;
                filters.push(EventFilter { variable, values });
                if !self.accept(Keyword::And) {
                    break;
                }
            }
        }
        let function = self.executed_function()?;
        self.expect(Symbol::LeftParen)?;
        self.expect(Symbol::RightParen)?;
        Ok(StatementKind::CreateEventTrigger(CreateEventTrigger {
            name,
            event,
            filters,
            function,
        }))
    }

    /// What follows the name in ALTER EVENT TRIGGER.
    pub(super) fn alter_event_trigger(&mut self, name: Ident) -> Syntax<StatementKind> {
        if self.accept(Keyword::Enable) {
            if !self.accept(Keyword::Replica) {
                self.accept(Keyword::Always);
            }
        } else if !self.accept(Keyword::Disable) {
            return Err(self.expected("`ENABLE`, `DISABLE`, `RENAME TO` or `OWNER TO`"));
        }
        Ok(StatementKind::AlterEventTrigger(AlterEventTrigger { name }))
    }

    /// What follows CREATE RULE.
    pub(super) fn create_rule(&mut self, or_replace: bool, start: usize) -> Syntax<StatementKind> {
        let name = self.column_id("a rule")?;
        self.expect_phrase(&[Keyword::As, Keyword::On])?;
        let event = match self.keyword() {
            Some(Keyword::Select) => RuleEvent::Select,
            Some(Keyword::Insert) => RuleEvent::Insert,
            Some(Keyword::Update) => RuleEvent::Update,
            Some(Keyword::Delete) => RuleEvent::Delete,
            _ => return Err(self.expected("`SELECT`, `INSERT`, `UPDATE` or `DELETE`")),
        };
        self.advance();
        self.expect(Keyword::To)?;
        let table = self.qualified_name("a table")?;
        let condition = self.filter()?.map(Box::new);
        self.expect(Keyword::Do)?;
        let instead = self.accept(Keyword::Instead);
        if !instead {
            self.accept(Keyword::Also);
        }
        Ok(StatementKind::CreateRule(CreateRule {
            or_replace,
            name,
            event,
            table,
            condition,
            instead,
            actions: self.rule_actions()?,
            span: self.span_from(start),
        }))
    }

    fn rule_actions(&mut self) -> Syntax<Vec<RuleAction>> {
        if self.accept(Keyword::Nothing) {
            return Ok(Vec::new());
        }
        if !self.is_at(Symbol::LeftParen) {
            return Ok(vec![self.rule_action()?]);
        }
        let start = self.position();
        if self.is_at_data_statement() {
            // A query in parentheses is one whether they are its own or those of the list.
            let action = self.rule_action();
            match action {
                Ok(action) if self.peek().is_none() => return Ok(vec![action]),
                _ => self.reset(start),
            }
        }
        self.expect(Symbol::LeftParen)?;
        let mut actions = Vec::new();
        loop {
            if !self.is_at(Symbol::Semicolon) && !self.is_at(Symbol::RightParen) {
                actions.push(self.rule_action()?);
            }
            if !self.accept(Symbol::Semicolon) {
                self.expect(Symbol::RightParen)?;
                return Ok(actions);
            }
        }
    }

    fn rule_action(&mut self) -> Syntax<RuleAction> {
        let start = self.position();
        if self.accept(Keyword::Notify) {
            self.notify(start)?;
            return Ok(RuleAction::Notify(self.span_from(start)));
        }
        let statement = self.inner_data_statement()?;
        match statement {
            DataStatement::Merge(merge) => self.refuse(merge.span, "a rule cannot have a MERGE"),
            statement => Ok(RuleAction::Data(statement)),
        }
    }

    /// What follows CREATE POLICY.
    pub(super) fn create_policy(&mut self, start: usize) -> Syntax<StatementKind> {
        let name = self.column_id("a policy")?;
        self.expect(Keyword::On)?;
        let table = self.qualified_name("a table")?;
        let mut kind = None;
        if self.accept(Keyword::As) {
            if !self.is_at_identifier() {
                return Err(self.expected("`PERMISSIVE` or `RESTRICTIVE`"));
            }
            let word = self.take_name()?;
            if !matches!(&*word.name, "permissive" | "restrictive") {
                return self.refuse(word.span, "expected `PERMISSIVE` or `RESTRICTIVE`");
            }
            kind = Some(word);
        }
        let command = match self.accept(Keyword::For) {
            true => self.policy_command()?,
            false => PolicyCommand::All,
        };
        let roles = self.policy_roles()?.unwrap_or_default();
        let using = self.policy_condition(&[Keyword::Using])?;
        let check = self.policy_condition(&[Keyword::With, Keyword::Check])?;
        Ok(StatementKind::CreatePolicy(CreatePolicy {
            name,
            table,
            kind,
            command,
            roles,
            using,
            check,
            span: self.span_from(start),
        }))
    }

    fn policy_command(&mut self) -> Syntax<PolicyCommand> {
        let command = match self.keyword() {
            Some(Keyword::All) => PolicyCommand::All,
            Some(Keyword::Select) => PolicyCommand::Select,
            Some(Keyword::Insert) => PolicyCommand::Insert,
            Some(Keyword::Update) => PolicyCommand::Update,
            Some(Keyword::Delete) => PolicyCommand::Delete,
            _ => {
                return Err(self.expected("`ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`"));
            }
        };
        self.advance();
        Ok(command)
    }

    fn policy_roles(&mut self) -> Syntax<Option<Vec<RoleName>>> {
        match self.accept(Keyword::To) {
            true => self.roles().map(Some),
            false => Ok(None),
        }
    }

    /// A condition after its words, or nothing.
    fn policy_condition(&mut self, words: &[Keyword]) -> Syntax<Option<Box<Expr>>> {
        if !words.first().is_some_and(|first| self.is_at(*first)) {
            return Ok(None);
        }
        self.expect_phrase(words)?;
        Ok(Some(Box::new(self.parenthesized_expr()?)))
    }

    fn parenthesized_expr(&mut self) -> Syntax<Expr> {
        self.expect(Symbol::LeftParen)?;
        let value = self.expr()?;
        self.expect(Symbol::RightParen)?;
        Ok(value)
    }

    /// What follows the table in ALTER POLICY.
    pub(super) fn alter_policy(
        &mut self,
        name: Ident,
        table: QualifiedName,
    ) -> Syntax<StatementKind> {
        let roles = self.policy_roles()?;
        let using = self.policy_condition(&[Keyword::Using])?;
        let check = self.policy_condition(&[Keyword::With, Keyword::Check])?;
        Ok(StatementKind::AlterPolicy(AlterPolicy {
            name,
            table,
            roles,
            using,
            check,
        }))
    }
}
