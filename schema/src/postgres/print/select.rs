//! SELECT and FROM (`get_basic_select_query`, `get_target_list`, `get_sources`).

use super::{JOIN, Printer, STANDARD, VARIABLE};
use crate::postgres::tree::{
    Distinct, Expr, FrameBound, FrameExclusion, FrameMode, FromItem, GroupingSet, Join, JoinKind,
    Query, RangeEntry, RangeKind, SortTerm, Target, Window, WindowFrame,
};

impl Printer<'_> {
    pub(super) fn select(
        &mut self,
        query: &Query,
        columns: Option<&[String]>,
        names_visible: bool,
    ) {
        self.level += STANDARD;
        self.push(" ");
        if let Some(rows) = only_values(query) {
            self.values(rows);
            return;
        }
        self.push("SELECT");
        match &query.distinct {
            Distinct::No => {}
            Distinct::All(_) => self.push(" DISTINCT"),
            Distinct::On(terms) => {
                self.push(" DISTINCT ON (");
                self.group_terms(terms, &query.targets);
                self.push(")");
            }
        }
        self.targets(&query.targets, columns, names_visible);
        self.sources(query);
        if let Some(filter) = &query.filter {
            self.keyword(" WHERE ", -STANDARD, STANDARD, 1);
            self.expression(filter, false);
        }
        if !query.group_by.is_empty() || !query.grouping_sets.is_empty() {
            self.keyword(" GROUP BY ", -STANDARD, STANDARD, 1);
            if query.group_distinct {
                self.push("DISTINCT ");
            }
            if query.grouping_sets.is_empty() {
                self.group_terms(&query.group_by, &query.targets);
            } else {
                self.list(&query.grouping_sets, |this, set| {
                    this.grouping_set(set, query, true)
                });
            }
        }
        if let Some(having) = &query.having {
            self.keyword(" HAVING ", -STANDARD, STANDARD, 0);
            self.expression(having, false);
        }
        let named: Vec<&Window> = query
            .windows
            .iter()
            .filter(|window| window.name.is_some())
            .collect();
        for (position, window) in named.into_iter().enumerate() {
            if position == 0 {
                self.keyword(" WINDOW ", -STANDARD, STANDARD, 1);
            } else {
                self.push(", ");
            }
            if let Some(name) = &window.name {
                self.name(name);
            }
            self.push(" AS ");
            self.window(window, &query.targets);
        }
        self.window_targets.pop();
    }

    fn group_terms(&mut self, terms: &[SortTerm], targets: &[Target]) {
        self.list(terms, |this, term| {
            if let Some(target) = targets.iter().find(|it| it.sort_reference == term.target) {
                this.sort_expression(target, false);
            }
        });
    }

    fn grouping_set(&mut self, set: &GroupingSet, query: &Query, outermost: bool) {
        match set {
            GroupingSet::Empty => self.push("()"),
            GroupingSet::Simple(columns) => {
                let parentheses = !outermost || columns.len() != 1;
                if parentheses {
                    self.push("(");
                }
                self.list(columns, |this, column| {
                    if let Some(target) =
                        query.targets.iter().find(|it| it.sort_reference == *column)
                    {
                        this.sort_expression(target, false);
                    }
                });
                if parentheses {
                    self.push(")");
                }
            }
            GroupingSet::Rollup(sets) => {
                self.push("ROLLUP(");
                self.list(sets, |this, set| this.grouping_set(set, query, true));
                self.push(")");
            }
            GroupingSet::Cube(sets) => {
                self.push("CUBE(");
                self.list(sets, |this, set| this.grouping_set(set, query, true));
                self.push(")");
            }
            GroupingSet::Sets(sets) => {
                self.push("GROUPING SETS (");
                self.list(sets, |this, set| this.grouping_set(set, query, false));
                self.push(")");
            }
        }
    }

    fn targets(&mut self, targets: &[Target], columns: Option<&[String]>, names_visible: bool) {
        self.window_targets.push(targets.to_vec());
        for (position, target) in targets.iter().filter(|target| !target.junk).enumerate() {
            self.push(if position == 0 { " " } else { ", " });
            let before = std::mem::take(&mut self.text);
            let own = match &target.expression {
                Expr::Column(_) => {
                    self.top_level(&target.expression, true);
                    self.column_name(&target.expression)
                }
                expression => {
                    self.expression(expression, true);
                    (!names_visible).then(|| "?column?".to_owned())
                }
            };
            let given = columns.and_then(|columns| columns.get(position));
            let name = given.map(String::as_str).or(target.name.as_deref());
            if let Some(name) = name
                && own.as_deref() != Some(name)
            {
                self.push(" AS ");
                self.name(name);
            }
            let printed = std::mem::replace(&mut self.text, before);
            let starts_line = printed.starts_with('\n');
            if starts_line {
                self.trim();
            } else if position > 0 {
                self.keyword("", -STANDARD, STANDARD, VARIABLE);
            }
            self.push(&printed);
        }
    }

    /// The name of the column that an expression is.
    fn column_name(&self, expression: &Expr) -> Option<String> {
        let Expr::Column(column) = expression else {
            return None;
        };
        let index = self.scopes.len().checked_sub(column.levels_up + 1)?;
        let entry = self.scopes.get(index)?.entries.get(column.entry)?;
        entry.column(column.number).map(str::to_owned)
    }

    pub(super) fn values(&mut self, rows: &[Vec<Expr>]) {
        self.push("VALUES ");
        self.list(rows, |this, row| {
            this.push("(");
            for (position, value) in row.iter().enumerate() {
                if position > 0 {
                    this.push(",");
                }
                this.top_level(value, false);
            }
            this.push(")");
        });
    }

    fn sources(&mut self, query: &Query) {
        let items = query.from.iter().filter(|item| match item {
            FromItem::Entry(entry) => query.range_table.get(*entry).is_some_and(|it| it.in_from),
            FromItem::Join(_) => true,
        });
        for (position, item) in items.enumerate() {
            if position == 0 {
                self.keyword(" FROM ", -STANDARD, STANDARD, 2);
                self.source(item, query);
                continue;
            }
            self.push(", ");
            let before = std::mem::take(&mut self.text);
            self.source(item, query);
            let printed = std::mem::replace(&mut self.text, before);
            if printed.starts_with('\n') {
                self.trim();
            } else {
                self.keyword("", -STANDARD, STANDARD, VARIABLE);
            }
            self.push(&printed);
        }
    }

    fn source(&mut self, item: &FromItem, query: &Query) {
        match item {
            FromItem::Entry(entry) => {
                if let Some(found) = query.range_table.get(*entry) {
                    self.range_entry(found, *entry);
                }
            }
            FromItem::Join(join) => self.join(join, query),
        }
    }

    fn join(&mut self, join: &Join, query: &Query) {
        self.push("(");
        self.source(&join.left, query);
        let has_condition = join.condition.is_some() || !join.using.is_empty();
        let words = match join.kind {
            JoinKind::Inner if has_condition => " JOIN ",
            JoinKind::Inner => " CROSS JOIN ",
            JoinKind::Left => " LEFT JOIN ",
            JoinKind::Full => " FULL JOIN ",
            JoinKind::Right => " RIGHT JOIN ",
        };
        self.keyword(words, -STANDARD, STANDARD, JOIN);
        self.source(&join.right, query);
        if !join.using.is_empty() {
            self.push(" USING (");
            self.list(&join.using, |this, name| this.name(name));
            self.push(")");
            if let Some(alias) = &join.using_alias {
                self.push(" AS ");
                self.name(alias);
            }
        } else if let Some(condition) = &join.condition {
            self.push(" ON (");
            self.expression(condition, false);
            self.push(")");
        } else if join.kind != JoinKind::Inner {
            self.push(" ON TRUE");
        }
        self.push(")");
        if let Some(alias) = &join.alias {
            self.push(" ");
            self.name(&alias.name);
            self.column_aliases(&alias.columns);
        }
    }

    fn column_aliases<T: AsRef<str>>(&mut self, columns: &[T]) {
        if !columns.is_empty() {
            self.push("(");
            self.list(columns, |this, name| this.name(name.as_ref()));
            self.push(")");
        }
    }

    fn range_entry(&mut self, entry: &RangeEntry, position: usize) {
        if entry.lateral {
            self.push("LATERAL ");
        }
        let mut always = false;
        let mut definitions = None;
        match &entry.kind {
            RangeKind::Relation {
                relation,
                inherited,
                ..
            } => {
                if !inherited {
                    self.push("ONLY ");
                }
                let name = self.relation_name(*relation);
                self.push(&name);
            }
            RangeKind::Subquery { query, .. } => {
                self.push("(");
                self.query(query, None);
                self.push(")");
            }
            RangeKind::Function {
                functions,
                ordinality,
            } => {
                always = true;
                let single = functions.len() == 1
                    && functions
                        .iter()
                        .all(|function| function.definitions.is_empty() || !ordinality);
                if !single {
                    self.push("ROWS FROM(");
                }
                self.list(functions, |this, function| {
                    this.expression(&function.call, true);
                    if !single && !function.definitions.is_empty() {
                        this.push(" AS ");
                        this.definitions(&function.definitions);
                    }
                });
                if !single {
                    self.push(")");
                }
                if *ordinality {
                    self.push(" WITH ORDINALITY");
                }
                definitions = functions
                    .first()
                    .map(|it| &it.definitions)
                    .filter(|it| single && !it.is_empty());
            }
            RangeKind::Values { rows, .. } => {
                always = true;
                self.push("(");
                self.values(rows);
                self.push(")");
            }
            RangeKind::CommonTable { name, .. } => self.name(name),
            RangeKind::TransitionTable { .. } => self.name(&entry.reference.name),
            RangeKind::TableFunction(_) | RangeKind::Join(_) | RangeKind::Unknown => {}
        }
        let scope = self
            .scopes
            .last()
            .and_then(|scope| scope.entries.get(position));
        let name = scope.and_then(|it| it.name.clone());
        let columns: Vec<String> = scope
            .map(|it| it.columns.iter().map(|(_, name)| name.clone()).collect())
            .unwrap_or_default();
        let written = entry
            .alias
            .as_ref()
            .is_some_and(|alias| !alias.columns.is_empty());
        let lists_columns = match &entry.kind {
            RangeKind::Relation { .. } => written,
            RangeKind::Function { .. } => true,
            RangeKind::TableFunction(_) => false,
            _ => written,
        };
        let own = match &entry.kind {
            RangeKind::Relation { relation, .. } => self
                .typing
                .objects
                .relation_name(*relation)
                .map(|(_, name)| name.to_owned()),
            RangeKind::CommonTable { name, .. } => Some(name.as_ref().to_owned()),
            _ => name.clone(),
        };
        if let Some(name) = &name
            && (entry.alias.is_some() || always || lists_columns || own.as_ref() != Some(name))
        {
            self.push(" ");
            self.name(name);
        }
        if let Some(definitions) = definitions {
            self.definitions(definitions);
        } else if lists_columns {
            self.column_aliases(&columns);
        }
        if let RangeKind::Relation {
            sample: Some(sample),
            ..
        } = &entry.kind
        {
            let name = self.function_name(
                sample.method,
                &[crate::postgres::types::well_known::INTERNAL],
                &[],
                false,
            );
            self.push(" TABLESAMPLE ");
            self.push(&name);
            self.push(" (");
            self.list(&sample.arguments, |this, it| this.expression(it, false));
            self.push(")");
            if let Some(seed) = &sample.repeatable {
                self.push(" REPEATABLE (");
                self.expression(seed, false);
                self.push(")");
            }
        }
    }

    fn definitions(
        &mut self,
        definitions: &[(std::sync::Arc<str>, crate::postgres::types::ValueType)],
    ) {
        self.push("(");
        self.list(definitions, |this, (name, typed)| {
            this.name(name);
            this.push(" ");
            let type_name = this.typing.format(typed.oid, typed.typmod);
            this.push(&type_name);
        });
        self.push(")");
    }

    /// What stands after OVER.
    pub(super) fn window_reference(&mut self, index: usize) {
        let Some(window) = self.windows.get(index).cloned() else {
            return;
        };
        match &window.name {
            Some(name) => self.name(name),
            None => {
                let targets = self.window_targets.last().cloned().unwrap_or_default();
                self.window(&window, &targets);
            }
        }
    }

    fn window(&mut self, window: &Window, targets: &[Target]) {
        self.push("(");
        let mut separate = false;
        let mut space = |this: &mut Self| {
            if separate {
                this.push(" ");
            }
            separate = true;
        };
        if let Some(extends) = &window.extends {
            space(self);
            self.name(extends);
        }
        if window.extends.is_none() && !window.partition_by.is_empty() {
            space(self);
            self.push("PARTITION BY ");
            self.group_terms(&window.partition_by, targets);
        }
        if !window.copied_order && !window.order_by.is_empty() {
            space(self);
            self.push("ORDER BY ");
            self.order(&window.order_by, targets, false);
        }
        if let Some(frame) = &window.frame {
            space(self);
            self.frame(frame);
        }
        self.push(")");
    }

    fn frame(&mut self, frame: &WindowFrame) {
        self.push(match frame.mode {
            FrameMode::Range => "RANGE ",
            FrameMode::Rows => "ROWS ",
            FrameMode::Groups => "GROUPS ",
        });
        match &frame.end {
            Some(end) => {
                self.push("BETWEEN ");
                self.bound(&frame.start);
                self.push(" AND ");
                self.bound(end);
            }
            None => self.bound(&frame.start),
        }
        match frame.exclusion {
            Some(FrameExclusion::CurrentRow) => self.push(" EXCLUDE CURRENT ROW"),
            Some(FrameExclusion::Group) => self.push(" EXCLUDE GROUP"),
            Some(FrameExclusion::Ties) => self.push(" EXCLUDE TIES"),
            Some(FrameExclusion::NoOthers) | None => {}
        }
    }

    fn bound(&mut self, bound: &FrameBound) {
        match bound {
            FrameBound::UnboundedPreceding => self.push("UNBOUNDED PRECEDING"),
            FrameBound::CurrentRow => self.push("CURRENT ROW"),
            FrameBound::UnboundedFollowing => self.push("UNBOUNDED FOLLOWING"),
            FrameBound::Preceding(offset) => {
                self.expression(offset, false);
                self.push(" PRECEDING");
            }
            FrameBound::Following(offset) => {
                self.expression(offset, false);
                self.push(" FOLLOWING");
            }
        }
    }
}

/// The rows of a query that is nothing but VALUES (`get_simple_values_rte`).
fn only_values(query: &Query) -> Option<&[Vec<Expr>]> {
    let [FromItem::Entry(entry)] = query.from.as_slice() else {
        return None;
    };
    let found = query.range_table.get(*entry)?;
    let RangeKind::Values { rows, .. } = &found.kind else {
        return None;
    };
    let plain = query.filter.is_none()
        && query.group_by.is_empty()
        && query.having.is_none()
        && query.distinct == Distinct::No
        && found.alias.is_none()
        && query
            .targets
            .iter()
            .all(|target| matches!(target.expression, Expr::Column(_)) && !target.junk);
    plain.then_some(rows)
}
