//! WITH (`parse_cte.c`).

use super::resolver::{Resolver, is_untyped};
use super::scope::{CommonTable, Item, Level};
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::{self, DataStatement, Ident};
use crate::postgres::tree::{self, Command, Cycle, Materialized, Query, RangeKind, UNKNOWN};
use crate::postgres::types::{ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

type Columns = Vec<(Arc<str>, ValueType)>;

impl<'a> Resolver<'a> {
    /// The common table expressions of a WITH, which the query of the innermost level can name from then on.
    pub(super) fn with(&mut self, with: &'a ast::With) -> Vec<tree::CommonTable> {
        let mut names: Vec<&Ident> = Vec::new();
        for table in &with.tables {
            if let Some(first) = names.iter().find(|it| it.name == table.name.name) {
                let first = first.span;
                self.report(errors::duplicate_common_table(&table.name, first));
            }
            names.push(&table.name);
        }
        let mut resolved = Vec::new();
        let mut uses = Uses::default();
        for (position, table) in with.tables.iter().enumerate() {
            let later = with
                .tables
                .iter()
                .skip(position + usize::from(with.recursive));
            let later = later.map(|it| Arc::clone(&it.name.name)).collect();
            self.level_mut().later_common_tables = later;
            let found = self.common_table(table, with, position, &mut uses);
            resolved.push(found);
        }
        if let Some(position) = uses.in_a_circle()
            && let Some(table) = with.tables.get(position)
        {
            self.report(errors::mutual_recursion(&table.name));
        }
        self.level_mut().later_common_tables = Vec::new();
        resolved
    }

    /// What is kept of WITH, once it is known what refers to what.
    pub(super) fn finished_with(
        &mut self,
        tables: Vec<tree::CommonTable>,
    ) -> Vec<tree::CommonTable> {
        tables
    }

    fn common_table(
        &mut self,
        table: &'a ast::CommonTable,
        with: &'a ast::With,
        position: usize,
        uses: &mut Uses,
    ) -> tree::CommonTable {
        let name = &table.name;
        let changes = !matches!(&*table.statement, DataStatement::Query(_));
        if changes {
            let nested = self.levels().len() > 1;
            if nested {
                self.report(errors::changing_common_table(name));
            }
            self.level_mut().has_modifying_common_table = true;
        }
        if with.recursive {
            // Names of tables that come later mean these as well: their columns are not known yet.
            for later in with.tables.iter().skip(position + 1) {
                let later = CommonTable {
                    unknown: true,
                    ..CommonTable::new(&later.name.name)
                };
                self.level_mut().common_tables.push(later);
            }
            let own = CommonTable {
                aliases: table
                    .columns
                    .iter()
                    .map(|it| Arc::clone(&it.name))
                    .collect(),
                open: true,
                unknown: true,
                ..CommonTable::new(&name.name)
            };
            self.level_mut().common_tables.push(own);
        }
        let before = self.level().common_tables.len();
        let counts = self.counts_of_uses();
        let (query, incomplete) = self.common_query(table, with.recursive);
        let mut recursive = false;
        if with.recursive {
            let after = self.counts_of_uses();
            // Those that come later stand before this one, behind those that came earlier.
            let first = before.saturating_sub(with.tables.len());
            let used = counts.iter().zip(&after).enumerate().skip(first);
            for (at, _) in used.filter(|(_, (before, after))| before < after) {
                let at = at - first;
                let other = match at {
                    _ if at < position => at,
                    _ if at + 1 == with.tables.len() => continue,
                    _ => at + 1,
                };
                uses.edges.push((position, other));
            }
            let level = self.level_mut();
            if let Some(own) = before
                .checked_sub(1)
                .and_then(|at| level.common_tables.get(at))
            {
                recursive = own.referenced > 0;
            }
            let added = with.tables.len() - position;
            let keep = level.common_tables.len().saturating_sub(added);
            level.common_tables.truncate(keep);
        }
        let listed = match query.command {
            Command::Select => &query.targets,
            Command::Insert | Command::Update | Command::Delete | Command::Merge => {
                &query.returning
            }
        };
        let mut columns: Columns = listed
            .iter()
            .filter(|target| !target.junk)
            .map(|target| {
                let typed = match is_untyped(&target.expression) {
                    true => self.plain_type(well_known::TEXT),
                    false => target.expression.value_type(),
                };
                (target.name.clone().unwrap_or_default(), typed)
            })
            .collect();
        let without_rows = changes && columns.is_empty() && !incomplete;
        if table.columns.len() > columns.len() && !incomplete && !without_rows {
            self.report(errors::too_many_aliases(
                &name.name,
                columns.len(),
                &table.columns,
            ));
        }
        for (column, alias) in columns.iter_mut().zip(&table.columns) {
            column.0 = Arc::clone(&alias.name);
        }
        let search = table
            .search
            .as_ref()
            .map(|it| self.search(it, &mut columns));
        let cycle = table
            .cycle
            .as_deref()
            .and_then(|it| self.cycle(it, &mut columns));
        if !recursive && let Some(span) = clause_place(table) {
            self.report(errors::search_of_no_recursion(span));
        }
        self.level_mut().common_tables.push(CommonTable {
            columns: columns.clone(),
            without_rows: without_rows.then_some(name.span),
            unknown: incomplete,
            ..CommonTable::new(&name.name)
        });
        tree::CommonTable {
            name: Arc::clone(&name.name),
            aliases: table
                .columns
                .iter()
                .map(|it| Arc::clone(&it.name))
                .collect(),
            materialized: match table.materialized {
                None => Materialized::Default,
                Some(true) => Materialized::Always,
                Some(false) => Materialized::Never,
            },
            query,
            recursive,
            columns: columns.iter().map(|it| Arc::clone(&it.0)).collect(),
            types: columns.iter().map(|it| it.1).collect(),
            search,
            cycle,
        }
    }

    fn common_query(&mut self, table: &'a ast::CommonTable, recursive: bool) -> (Query, bool) {
        let is_union = matches!(
            &*table.statement,
            DataStatement::Query(query) if matches!(query.body, ast::QueryBody::SetOperation { .. })
        );
        self.enter(Level {
            common_table: (recursive && is_union).then(|| Arc::clone(&table.name.name)),
            ..Level::default()
        });
        let found = match &*table.statement {
            DataStatement::Query(query) => self.query_in_level(query),
            DataStatement::Insert(insert) => self.insert(insert),
            DataStatement::Update(update) => self.update(update),
            DataStatement::Delete(delete) => self.delete(delete),
            DataStatement::Merge(merge) => {
                if self.version < 17 {
                    self.report(errors::merge_in_with(merge.span));
                }
                self.merge_statement(merge)
            }
        };
        self.leave();
        found
    }

    /// The first part of a recursive query is known: the second can name its columns.
    pub(super) fn begin_recursion(&mut self, columns: &[(Arc<str>, ValueType)], incomplete: bool) {
        let Some(name) = self.level().common_table.clone() else {
            return;
        };
        let Some(around) = self.outer_mut(1) else {
            return;
        };
        let tables = around.common_tables.iter_mut().rev();
        let mut tables = tables.filter(|it| it.open && it.name == name);
        let Some(own) = tables.next() else {
            return;
        };
        own.columns = columns.to_vec();
        own.unknown = incomplete;
        own.begun = true;
        let wanted = own.aliases.clone();
        for (column, alias) in own.columns.iter_mut().zip(wanted) {
            column.0 = alias;
        }
    }

    /// The item of FROM for a name that is one of WITH (`scanNameSpaceForCTE`).
    pub(super) fn common_table_item(
        &mut self,
        name: &'a Ident,
        alias: Option<&'a ast::Alias>,
        span: Span,
    ) -> Option<Item> {
        let mut found = None;
        for levels_up in 0..self.levels().len() {
            let Some(level) = self.outer(levels_up) else {
                break;
            };
            let position = level
                .common_tables
                .iter()
                .rposition(|table| table.name == name.name);
            if let Some(position) = position {
                found = Some((levels_up, position));
                break;
            }
        }
        let (levels_up, position) = found?;
        let in_expression = self.is_in_expression(levels_up);
        let level = self.outer_mut(levels_up)?;
        let table = level.common_tables.get_mut(position)?;
        table.referenced += 1;
        let table = table.clone();
        if table.open {
            // The name of the query itself.
            let mistake = if !table.begun {
                Some(errors::recursive_reference(name, "its first part"))
            } else if in_expression {
                Some(errors::recursive_reference(
                    name,
                    "a subquery of an expression",
                ))
            } else if let Some(place) = self.barred_place(levels_up) {
                Some(errors::recursive_reference(name, place))
            } else if table.referenced > 1 {
                Some(errors::recursive_twice(name))
            } else {
                None
            };
            if let Some(mistake) = mistake {
                self.report(mistake);
                return Some(self.unknown_item(&name.name, alias, span));
            }
        }
        if let Some(declared) = table.without_rows {
            self.report(errors::common_table_without_rows(name, declared));
            return Some(self.unknown_item(&name.name, alias, span));
        }
        let kind = RangeKind::CommonTable {
            name: Arc::clone(&table.name),
            levels_up,
            recursive: table.open,
            columns: table.columns.iter().map(|it| it.1).collect(),
        };
        let columns = table.columns.clone();
        let mut item = self.derived_item(
            kind,
            &table.name,
            alias,
            columns,
            table.unknown,
            false,
            span,
        );
        item.aliased = true;
        Some(item)
    }

    /// How often each of the common tables that the innermost level can name was named.
    fn counts_of_uses(&self) -> Vec<usize> {
        let tables = self.level().common_tables.iter();
        tables.map(|table| table.referenced).collect()
    }

    /// ORDER BY and the like of a query that turned out to be recursive.
    pub(super) fn check_recursive_query(&mut self, query: &'a ast::Query) {
        let Some(name) = self.level().common_table.clone() else {
            return;
        };
        let is_recursive = self.outer(1).is_some_and(|around| {
            let mut tables = around.common_tables.iter();
            tables.any(|it| it.open && it.name == name && it.referenced > 0)
        });
        if !is_recursive {
            return;
        }
        let limit = &query.limit;
        let clauses = [
            ("ORDER BY", query.order_by.first().map(|it| it.span)),
            ("OFFSET", limit.offset.as_ref().map(|it| it.span)),
            ("LIMIT", limit.count.as_ref().map(|it| it.span)),
        ];
        for (clause, span) in clauses {
            if let Some(span) = span {
                return self.report(errors::clause_of_recursion(clause, span));
            }
        }
    }

    /// Resolves a part in which a recursive query may not name itself.
    pub(super) fn barring_recursion<T>(
        &mut self,
        place: Option<&'static str>,
        part: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.level().bars_recursion;
        self.level_mut().bars_recursion = place.or(before);
        let value = part(self);
        self.level_mut().bars_recursion = before;
        value
    }

    /// Why a recursive query that is so many levels further out cannot be named here.
    fn barred_place(&self, levels_up: usize) -> Option<&'static str> {
        let mut inner = self.levels().iter().rev().take(levels_up);
        inner.find_map(|level| level.bars_recursion)
    }

    fn is_in_expression(&self, levels_up: usize) -> bool {
        let inner = self.levels().iter().rev().take(levels_up);
        inner.into_iter().any(|level| level.in_expression)
    }

    fn search(&mut self, search: &'a ast::Search, columns: &mut Columns) -> tree::Search {
        for column in &search.columns {
            if !columns.iter().any(|it| it.0 == column.name) {
                self.report(errors::unknown_search_column(column));
            }
        }
        let oid = match search.breadth_first {
            true => well_known::RECORD,
            false => well_known::RECORD_ARRAY,
        };
        columns.push((Arc::clone(&search.sequence.name), ValueType::plain(oid)));
        tree::Search {
            breadth: search.breadth_first,
            columns: search
                .columns
                .iter()
                .map(|it| Arc::clone(&it.name))
                .collect(),
            sequence: Arc::clone(&search.sequence.name),
        }
    }

    fn cycle(&mut self, cycle: &'a ast::Cycle, columns: &mut Columns) -> Option<Box<Cycle>> {
        use super::context::Context;
        for column in &cycle.columns {
            if !columns.iter().any(|it| it.0 == column.name) {
                self.report(errors::unknown_search_column(column));
            }
        }
        let value = self.in_context(&cycle.mark_value, Context::CycleMark);
        let default = self.in_context(&cycle.mark_default, Context::CycleMark);
        let pair = [value, default];
        let spans = [cycle.mark_value.span, cycle.mark_default.span];
        let mark_type = self.common_type(&pair, &spans, "CYCLE").unwrap_or(UNKNOWN);
        columns.push((Arc::clone(&cycle.mark.name), mark_type));
        let path = ValueType::plain(well_known::RECORD_ARRAY);
        columns.push((Arc::clone(&cycle.path.name), path));
        let [value, default] = pair.map(|it| self.coerced_or_mistake(it, mark_type, cycle.span));
        let equality = self.orderings(mark_type.oid)?.equal;
        let catalog = self.catalog;
        let inequality = crate::postgres::types::Objects::operator(catalog, equality)?.negator?;
        Some(Box::new(Cycle {
            columns: cycle
                .columns
                .iter()
                .map(|it| Arc::clone(&it.name))
                .collect(),
            mark: Arc::clone(&cycle.mark.name),
            value,
            default,
            path: Arc::clone(&cycle.path.name),
            mark_type,
            inequality,
        }))
    }
}

/// Which tables of a WITH name which others.
#[derive(Default)]
struct Uses {
    edges: Vec<(usize, usize)>,
}

impl Uses {
    /// A table that is named by what it names.
    fn in_a_circle(&self) -> Option<usize> {
        let reaches = |from: usize| {
            let mut reached = vec![from];
            let mut next = 0;
            while let Some(at) = reached.get(next).copied() {
                next += 1;
                for (_, to) in self.edges.iter().filter(|(start, _)| *start == at) {
                    if *to == from {
                        return true;
                    }
                    if !reached.contains(to) {
                        reached.push(*to);
                    }
                }
            }
            false
        };
        let mut starts = self.edges.iter().map(|(from, _)| *from);
        starts.find(|from| reaches(*from))
    }
}

fn clause_place(table: &ast::CommonTable) -> Option<Span> {
    let search = table.search.as_ref().map(|it| it.span);
    search.or_else(|| table.cycle.as_ref().map(|it| it.span))
}
