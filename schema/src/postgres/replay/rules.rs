//! CREATE RULE.

use super::Replay;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, triggers as errors};
use crate::postgres::ast::{self, CreateRule, RuleAction};
use crate::postgres::catalog::{
    Address, Class, Dependency, Enabled, Relation, RelationKind, Rule, RuleEvent,
};
use crate::postgres::replay::Wanted;
use crate::postgres::resolve::{
    self, Conflict, Context, Environment, Place, Rows, Variable, VariableBlock, Variables,
};
use crate::postgres::tree::{self, ParameterKind, Visitor, walk_expression};
use crate::postgres::types::{Oid, ValueType};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_rule(&mut self, create: &CreateRule) {
        let Some(table) = self.relation_named(&create.table, Wanted::Relation, false) else {
            return;
        };
        let message = match &table.kind {
            _ if table.oid.is_builtin() => {
                Some("a table of the system cannot have rules".to_owned())
            }
            RelationKind::Table | RelationKind::Partitioned(_) | RelationKind::View(_) => None,
            kind => Some(format!(
                "{} cannot have rules",
                object_errors::with_article(kind.noun())
            )),
        };
        if let Some(message) = message {
            return self.report(errors::refused_definition(message, create.table.span));
        }
        let name = &create.name;
        if create.event == ast::RuleEvent::Select {
            return self.create_select_rule(create, &table);
        }
        if &*name.name == "_RETURN" {
            let why = "the rule of a view has this name";
            let diagnostic = object_errors::reserved("rule", &name.name, name.span, why);
            return self.report(diagnostic);
        }
        let has_notify = create
            .actions
            .iter()
            .any(|it| matches!(it, RuleAction::Notify(_)));
        if create.condition.is_some() && has_notify {
            let message = "a rule with WHERE cannot notify";
            return self.report(errors::refused_definition(message, create.span));
        }
        let found = self.catalog.rules.named(Some(table.oid), &name.name);
        let found = found.map(|it| it.oid);
        if let Some(found) = found
            && !create.or_replace
        {
            let declared = self.declared(Address::new(Class::Rule, found));
            let diagnostic = object_errors::exists("rule", &name.name, name.span, declared);
            return self.report(diagnostic);
        }
        let (condition, actions) = self.resolved_rule(create, &table);
        let oid = found.unwrap_or_else(|| self.catalog.next_oid());
        let this = Address::new(Class::Rule, oid);
        self.catalog.dependencies.forget(this);
        let own = Address::relation(table.oid);
        self.catalog.dependencies.add(this, own, Dependency::Auto);
        let around = [table.oid, table.oid];
        if let Some(condition) = &condition {
            for referenced in self.catalog.references_of(condition, &around) {
                if referenced != own {
                    let kind = Dependency::Normal;
                    self.catalog.dependencies.add(this, referenced, kind);
                }
            }
        }
        for action in &actions {
            self.catalog.depend_on_query(this, action, &around);
        }
        self.depend_on_rows(this, table.oid, &actions);
        self.catalog.rules.put(Rule {
            oid,
            name: Arc::clone(&name.name),
            table: table.oid,
            event: match create.event {
                ast::RuleEvent::Select => RuleEvent::Select,
                ast::RuleEvent::Insert => RuleEvent::Insert,
                ast::RuleEvent::Update => RuleEvent::Update,
                ast::RuleEvent::Delete => RuleEvent::Delete,
            },
            instead: create.instead,
            condition,
            actions,
            enabled: Enabled::Origin,
            provenance: Some(Provenance::new(name.span)),
        });
    }

    /// A rule for SELECT makes a view of a table, which nobody writes any more: since version 16 the engine refuses it.
    fn create_select_rule(&mut self, create: &CreateRule, table: &Relation) {
        if matches!(table.kind, RelationKind::View(_)) && create.or_replace {
            let message = "the query of a view is replaced by CREATE OR REPLACE VIEW";
            return self.report(errors::refused_definition(message, create.span));
        }
        let message = "a rule for SELECT makes a view of its table";
        let diagnostic =
            errors::refused_definition(message, create.span).with_help("write CREATE VIEW instead");
        self.report(diagnostic);
    }
}

/// Parameters stand for columns of OLD from this number on, and for those of NEW from the next multiple.
const ROW: u32 = 10_000;

impl Replay {
    /// The condition and the actions of a rule; OLD and NEW are variables in them.
    fn resolved_rule(
        &mut self,
        create: &CreateRule,
        table: &Relation,
    ) -> (Option<Arc<tree::Expr>>, Vec<Arc<tree::Query>>) {
        let (old, new) = match create.event {
            ast::RuleEvent::Insert => (false, true),
            ast::RuleEvent::Delete => (true, false),
            ast::RuleEvent::Update | ast::RuleEvent::Select => (true, true),
        };
        let condition = create.condition.as_ref().and_then(|condition| {
            let place = Place {
                context: Context::Where,
                rows: Rows::OldAndNew(table, old, new),
                span: create.table.span,
            };
            self.condition_at(place, "WHERE", condition)
        });
        let block = |label: &str, first: u32| VariableBlock {
            label: Some(label.into()),
            variables: table
                .live_columns()
                .map(|column| Variable {
                    name: Arc::clone(&column.name),
                    typed: Some(column.typed),
                    number: first + u32::from(column.number.unsigned_abs()),
                })
                .collect(),
            row: Some(Variable {
                name: label.into(),
                typed: table.row_type.map(ValueType::plain),
                number: first,
            }),
        };
        let rows = [(old, "old", ROW), (new, "new", 2 * ROW)];
        let rows = rows.iter().filter(|(is_there, ..)| *is_there);
        let variables = Variables {
            conflict: Conflict::Column,
            blocks: rows.map(|(_, label, first)| block(label, *first)).collect(),
            parameters: Vec::new(),
            open: false,
        };
        let mut actions = Vec::new();
        for action in &create.actions {
            let RuleAction::Data(statement) = action else {
                continue;
            };
            let environment = Environment {
                variables: Some(&variables),
                ..self.environment()
            };
            let resolved = resolve::statement(environment, statement);
            if let Some(found) = self.settled(resolved) {
                self.check_returning(create, table, &found, statement.span());
                actions.push(Arc::new(found.query));
            }
        }
        (condition, actions)
    }

    /// RETURNING of an INSTEAD rule gives the columns of its table.
    fn check_returning(
        &mut self,
        create: &CreateRule,
        table: &Relation,
        found: &resolve::Statement,
        span: Span,
    ) {
        if found.query.returning.is_empty() {
            return;
        }
        if !create.instead {
            let message = "only an INSTEAD rule can have RETURNING";
            return self.report(errors::refused_definition(message, span));
        }
        if create.condition.is_some() {
            let message = "a rule with WHERE cannot have RETURNING";
            return self.report(errors::refused_definition(message, span));
        }
        let columns: Vec<_> = table.live_columns().collect();
        let returned: Vec<_> = found.query.returning.iter().filter(|it| !it.junk).collect();
        let fits = columns.len() == returned.len()
            && columns
                .iter()
                .zip(&returned)
                .all(|(column, target)| target.expression.value_type().oid == column.typed.oid);
        if !fits && !table.incomplete {
            let message = format!(
                "RETURNING of a rule must give the columns of `{}`",
                table.name
            );
            self.report(errors::refused_definition(message, span));
        }
    }

    /// Has a rule depend on the columns of OLD and NEW that its actions read.
    fn depend_on_rows(&mut self, rule: Address, table: Oid, actions: &[Arc<tree::Query>]) {
        let mut rows = ReadRows::default();
        for action in actions {
            rows.query(action);
        }
        for number in rows.found {
            let number = i16::try_from(number % ROW).unwrap_or_default();
            let column = Address::column(table, number);
            self.catalog
                .dependencies
                .add(rule, column, Dependency::Normal);
        }
    }
}

/// The columns of OLD and NEW that statements read, by the parameters that stand for them.
#[derive(Debug, Default)]
struct ReadRows {
    found: BTreeSet<u32>,
}

impl Visitor for ReadRows {
    fn expression(&mut self, expression: &tree::Expr) {
        if let tree::Expr::Parameter(parameter) = expression
            && let ParameterKind::External(number) = parameter.kind
            && number >= ROW
        {
            self.found.insert(number);
        }
        walk_expression(self, expression);
    }
}
