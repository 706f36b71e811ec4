//! Queries (`get_query_def`): SELECT, VALUES, set operations, WITH.

use super::scope::{Entry, Scope, columns_of};
use super::{Printer, STANDARD};
use crate::postgres::tree::{
    Command, CommonTable, Expr, LockStrength, LockWait, Materialized, Query, RangeEntry, RangeKind,
    SetKind, SetOperand, SetOperation, SortTerm, Target,
};

impl Printer<'_> {
    /// A query. The names of its columns are those that are given, where the query is a view whose columns are called otherwise.
    pub(super) fn query(&mut self, query: &Query, columns: Option<&[String]>) {
        self.query_within(query, columns, true);
    }

    /// A query in a place where the names of its columns may not matter to anyone.
    pub(super) fn query_within(
        &mut self,
        query: &Query,
        columns: Option<&[String]>,
        names_visible: bool,
    ) {
        let level = self.level;
        let scope = self.scope_of(query);
        self.scopes.push(scope);
        let windows = std::mem::replace(&mut self.windows, query.windows.clone());
        if query.command == Command::Select {
            self.with_clause(query);
            self.select_statement(query, columns, names_visible);
        }
        self.windows = windows;
        self.scopes.pop();
        self.level = level;
    }

    /// The names of a query's range table; the same name twice gets a number after it.
    fn scope_of(&self, query: &Query) -> Scope {
        let mut used: Vec<String> = self
            .scopes
            .iter()
            .flat_map(|scope| scope.entries.iter().filter_map(|entry| entry.name.clone()))
            .collect();
        let mut entries = Vec::with_capacity(query.range_table.len());
        for entry in &query.range_table {
            let name = self.entry_name(entry).map(|name| unique(name, &used));
            used.extend(name.clone());
            entries.push(Entry {
                name,
                columns: self.entry_columns(entry),
            });
        }
        Scope {
            prefixed: self.always_prefixed
                || !self.scopes.is_empty()
                || query.range_table.len() != 1,
            entries,
        }
    }

    fn entry_name(&self, entry: &RangeEntry) -> Option<String> {
        if let Some(alias) = &entry.alias {
            return Some(alias.name.as_ref().to_owned());
        }
        match &entry.kind {
            RangeKind::Relation { relation, .. } => {
                let name = self.typing.objects.relation_name(*relation);
                name.map(|(_, name)| name.to_owned())
            }
            RangeKind::Join(_) => None,
            RangeKind::Subquery { .. }
            | RangeKind::Function { .. }
            | RangeKind::TableFunction(_)
            | RangeKind::Values { .. }
            | RangeKind::CommonTable { .. }
            | RangeKind::TransitionTable { .. }
            | RangeKind::Unknown => Some(entry.reference.name.as_ref().to_owned()),
        }
    }

    fn entry_columns(&self, entry: &RangeEntry) -> Vec<(i16, String)> {
        if let RangeKind::Relation { relation, .. } = &entry.kind {
            let mut columns = columns_of(self.typing.objects, *relation);
            let aliases = entry.alias.as_ref().map_or(&[][..], |alias| &alias.columns);
            for (number, name) in &mut columns {
                let alias = usize::try_from(*number - 1)
                    .ok()
                    .and_then(|it| aliases.get(it));
                if let Some(alias) = alias.filter(|alias| !alias.is_empty()) {
                    alias.as_ref().clone_into(name);
                }
            }
            return columns;
        }
        let mut used = Vec::new();
        let named = (1..).zip(&entry.reference.columns).map(|(number, name)| {
            let name = unique(name.as_ref().to_owned(), &used);
            used.push(name.clone());
            (number, name)
        });
        named.collect()
    }

    fn with_clause(&mut self, query: &Query) {
        if query.common_tables.is_empty() {
            return;
        }
        self.level += STANDARD;
        self.push(" ");
        self.push(if query.recursive {
            "WITH RECURSIVE "
        } else {
            "WITH "
        });
        self.list(&query.common_tables, Self::common_table);
        self.level -= STANDARD;
        self.keyword("", 0, 0, 0);
    }

    fn common_table(&mut self, table: &CommonTable) {
        self.name(&table.name);
        if !table.aliases.is_empty() {
            self.push("(");
            self.list(&table.aliases, |this, name| this.name(name));
            self.push(")");
        }
        self.push(match table.materialized {
            Materialized::Default => " AS (",
            Materialized::Always => " AS MATERIALIZED (",
            Materialized::Never => " AS NOT MATERIALIZED (",
        });
        self.keyword("", 0, 0, 0);
        self.query(&table.query, None);
        self.keyword("", 0, 0, 0);
        self.push(")");
        if let Some(search) = &table.search {
            self.push(if search.breadth {
                " SEARCH BREADTH FIRST BY "
            } else {
                " SEARCH DEPTH FIRST BY "
            });
            self.list(&search.columns, |this, name| this.name(name));
            self.push(" SET ");
            self.name(&search.sequence);
        }
        if let Some(cycle) = &table.cycle {
            self.push(" CYCLE ");
            self.list(&cycle.columns, |this, name| this.name(name));
            self.push(" SET ");
            self.name(&cycle.mark);
            let plain = |value: &Expr, text: &str| match value {
                Expr::Constant(constant) => matches!(
                    &constant.value,
                    Some(crate::postgres::tree::Value::Text(its)) if **its == *text
                ),
                _ => false,
            };
            if !(plain(&cycle.value, "t") && plain(&cycle.default, "f")) {
                self.push(" TO ");
                self.expression(&cycle.value, false);
                self.push(" DEFAULT ");
                self.expression(&cycle.default, false);
            }
            self.push(" USING ");
            self.name(&cycle.path);
        }
    }

    fn select_statement(&mut self, query: &Query, columns: Option<&[String]>, names_visible: bool) {
        match &query.set_operation {
            Some(operation) => self.set_operation(operation, query, columns, names_visible),
            None => self.select(query, columns, names_visible),
        }
        if !query.order_by.is_empty() {
            self.keyword(" ORDER BY ", -STANDARD, STANDARD, 1);
            self.order(
                &query.order_by,
                &query.targets,
                query.set_operation.is_some(),
            );
        }
        if let Some(offset) = &query.offset {
            self.keyword(" OFFSET ", -STANDARD, STANDARD, 0);
            self.expression(offset, false);
        }
        if let Some(limit) = &query.limit {
            if query.with_ties {
                self.keyword(" FETCH FIRST ", -STANDARD, STANDARD, 0);
                self.push("(");
                self.expression(limit, false);
                self.push(") ROWS WITH TIES");
            } else {
                self.keyword(" LIMIT ", -STANDARD, STANDARD, 0);
                match limit {
                    Expr::Constant(constant) if constant.value.is_none() => self.push("ALL"),
                    limit => self.expression(limit, false),
                }
            }
        }
        for lock in query.row_locks.iter().filter(|lock| !lock.pushed_down) {
            let words = match lock.strength {
                LockStrength::KeyShare => " FOR KEY SHARE",
                LockStrength::Share => " FOR SHARE",
                LockStrength::NoKeyUpdate => " FOR NO KEY UPDATE",
                LockStrength::Update => " FOR UPDATE",
            };
            self.keyword(words, -STANDARD, STANDARD, 0);
            let name = self
                .scopes
                .last()
                .and_then(|scope| scope.entries.get(lock.entry)?.name.clone());
            if let Some(name) = name {
                self.push(" OF ");
                self.name(&name);
            }
            match lock.wait {
                LockWait::Block => {}
                LockWait::SkipLocked => self.push(" SKIP LOCKED"),
                LockWait::NoWait => self.push(" NOWAIT"),
            }
        }
    }

    fn set_operation(
        &mut self,
        it: &SetOperation,
        query: &Query,
        columns: Option<&[String]>,
        visible: bool,
    ) {
        let parentheses = match &it.left {
            SetOperand::Operation(left) => left.kind != it.kind || left.all != it.all,
            SetOperand::Entry(_) => false,
        };
        if parentheses {
            self.push("(");
            self.keyword("", STANDARD, 0, 0);
        }
        self.set_operand(&it.left, query, columns, visible);
        if parentheses {
            self.keyword(") ", -STANDARD, 0, 0);
        } else {
            self.keyword("", 0, 0, 0);
        }
        self.push(match it.kind {
            SetKind::Union => "UNION ",
            SetKind::Intersect => "INTERSECT ",
            SetKind::Except => "EXCEPT ",
        });
        if it.all {
            self.push("ALL ");
        }
        let parentheses = matches!(it.right, SetOperand::Operation(_));
        let indent = if parentheses { STANDARD } else { 0 };
        if parentheses {
            self.push("(");
        }
        self.keyword("", indent, 0, 0);
        self.set_operand(&it.right, query, columns, false);
        self.level -= indent;
        if parentheses {
            self.keyword(")", 0, 0, 0);
        }
    }

    fn set_operand(
        &mut self,
        operand: &SetOperand,
        query: &Query,
        columns: Option<&[String]>,
        visible: bool,
    ) {
        match operand {
            SetOperand::Operation(operation) => {
                self.set_operation(operation, query, columns, visible)
            }
            SetOperand::Entry(entry) => {
                let Some(RangeKind::Subquery { query, .. }) =
                    query.range_table.get(*entry).map(|it| &it.kind)
                else {
                    return;
                };
                let parentheses = !query.common_tables.is_empty()
                    || !query.order_by.is_empty()
                    || !query.row_locks.is_empty()
                    || query.offset.is_some()
                    || query.limit.is_some();
                if parentheses {
                    self.push("(");
                }
                self.query_within(query, columns, visible);
                if parentheses {
                    self.push(")");
                }
            }
        }
    }

    /// ORDER BY and its like (`get_rule_orderby`).
    pub(super) fn order(&mut self, terms: &[SortTerm], targets: &[Target], by_number: bool) {
        self.list(terms, |this, term| {
            let Some(target) = targets.iter().find(|it| it.sort_reference == term.target) else {
                return;
            };
            this.sort_expression(target, by_number);
            let comparison = this.typing.comparison(target.expression.value_type().oid);
            if term.sort == comparison.less {
                if term.nulls_first {
                    this.push(" NULLS FIRST");
                }
            } else if term.sort == comparison.greater {
                this.push(" DESC");
                if !term.nulls_first {
                    this.push(" NULLS LAST");
                }
            } else if let Some(sort) = term.sort {
                let typed = target.expression.value_type().oid;
                let name = this.operator_name(sort, Some(typed), typed);
                this.push(" USING ");
                this.push(&name);
                this.push(if term.nulls_first {
                    " NULLS FIRST"
                } else {
                    " NULLS LAST"
                });
            }
        });
    }

    /// A term of ORDER BY or GROUP BY (`get_rule_sortgroupclause`).
    pub(super) fn sort_expression(&mut self, target: &Target, by_number: bool) {
        if by_number {
            self.push(&target.number.to_string());
            return;
        }
        match &target.expression {
            Expr::Constant(constant) => self.constant(constant, super::constant::Label::Always),
            // What looks like a function could be taken for part of the clause.
            Expr::Function(_) | Expr::Aggregate(_) | Expr::Window(_) => {
                self.push("(");
                self.expression(&target.expression, true);
                self.push(")");
            }
            expression => self.expression(expression, true),
        }
    }
}

/// A name that is not among those that are used: with `_1`, `_2`, … after it where it is.
fn unique(name: String, used: &[String]) -> String {
    if !used.contains(&name) {
        return name;
    }
    let numbered = (1_u32..).map(|number| format!("{name}_{number}"));
    numbered
        .into_iter()
        .find(|it| !used.contains(it))
        .unwrap_or(name)
}
