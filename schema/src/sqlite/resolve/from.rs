//! FROM.

use super::common_table::{Recursion, recursive_reference};
use super::named::Named;
use super::output::{Columns, Naming, Rows};
use super::resolver::Resolver;
use super::scope::{Reach, Scope};
use super::source::{Join, Source, SourceColumn, SourceKind};
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{
    Expr, FromItem, FromSource, IndexHint, JoinConstraint, JoinKind, QualifiedName, Query,
};
use crate::text::{Ident, Span};

/// A FROM clause whose sources are known and whose conditions are not resolved yet.
#[derive(Debug, Default)]
pub(super) struct From<'a> {
    /// In order.
    pub(super) sources: Vec<Source>,
    /// The ON clauses, each with the position of the source that it joins.
    conditions: Vec<(usize, &'a Expr)>,
    /// The arguments of table-valued functions, with their positions.
    arguments: Vec<(usize, &'a [Expr])>,
}

/// A FROM item as the engine's parser keeps it: groups that say nothing are gone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<'a> {
    pub(super) source: &'a FromSource,
    alias: Option<&'a Ident>,
    join: &'a JoinKind,
    constraint: Option<&'a JoinConstraint>,
    span: Span,
}

/// Takes the parentheses away that make no group.
///
/// A group that begins FROM and has no alias is as good as its content. A group of one item is that item, under the
/// group's alias and not its own.
pub(super) fn terms(items: &[FromItem]) -> Vec<Term<'_>> {
    let mut terms = Vec::new();
    for item in items {
        let term = Term {
            source: &item.source,
            alias: item.alias.as_ref(),
            join: &item.join,
            constraint: item.constraint.as_ref(),
            span: item.span,
        };
        let FromSource::Group(inner) = &item.source else {
            terms.push(term);
            continue;
        };
        let inner = self::terms(inner);
        if terms.is_empty() && item.alias.is_none() && item.constraint.is_none() {
            terms = inner;
        } else if let [only] = inner.as_slice() {
            terms.push(Term {
                source: only.source,
                ..term
            });
        } else {
            terms.push(term);
        }
    }
    terms
}

impl Resolver<'_> {
    /// Finds the sources of FROM. What is around the query is around its subqueries too; the sources do not see each
    /// other.
    pub(super) fn from<'a>(
        &mut self,
        items: &'a [FromItem],
        outer: &Scope<'_>,
        recursion: Option<&Recursion<'_>>,
    ) -> From<'a> {
        let terms = terms(items);
        self.sources_of(&terms, outer, recursion)
    }

    fn sources_of<'a>(
        &mut self,
        terms: &[Term<'a>],
        outer: &Scope<'_>,
        recursion: Option<&Recursion<'_>>,
    ) -> From<'a> {
        let mut from = From::default();
        for (position, term) in terms.iter().enumerate() {
            let source = self.source_of(term, outer, recursion);
            let join = if position == 0 {
                Join::default()
            } else {
                Join {
                    keeps_left: term.join.keeps_left,
                    keeps_right: term.join.keeps_right,
                    ..Join::default()
                }
            };
            from.sources.push(Source {
                alias: term.alias.map(|alias| alias.name.clone()),
                join,
                span: Some(term.span),
                ..source
            });
            if let Some(JoinConstraint::On(condition)) = term.constraint {
                from.conditions.push((position, condition));
            }
            if let FromSource::Function { arguments, .. } = term.source {
                from.arguments.push((position, arguments));
            }
        }
        from.mark_right_joins();
        for (position, term) in terms.iter().enumerate().skip(1) {
            self.join(&mut from.sources, position, term.join, term.constraint);
        }
        from
    }

    /// Resolves ON and the arguments of table-valued functions.
    pub(super) fn conditions(&mut self, from: &From<'_>, scope: &Scope<'_>) {
        let sources = &from.sources;
        let any_right = sources.iter().any(|source| source.join.keeps_right);
        for (position, condition) in &from.conditions {
            let outer = sources
                .get(*position)
                .is_some_and(|source| source.join.keeps_left || source.join.keeps_right);
            let reach = (outer || any_right).then_some(Reach {
                last: *position,
                argument: false,
            });
            scope.reach.set(reach);
            self.filter(condition, scope);
        }
        for (position, arguments) in &from.arguments {
            scope.reach.set(from.argument_reach(*position));
            for argument in *arguments {
                self.scalar(argument, scope);
            }
        }
        scope.reach.set(None);
    }

    fn source_of(
        &mut self,
        term: &Term<'_>,
        outer: &Scope<'_>,
        recursion: Option<&Recursion<'_>>,
    ) -> Source {
        if let Some(recursion) = recursion
            && recursive_reference(term.source, recursion.name).is_some()
        {
            return Source {
                open: recursion.open,
                ..self.query_source(&recursion.name.name, recursion.columns.clone())
            };
        }
        match term.source {
            FromSource::Table { name, hint } => self.named_source(name, hint.as_ref(), None, outer),
            FromSource::Function { name, arguments } => {
                self.named_source(name, None, Some(arguments), outer)
            }
            FromSource::Query(query) => self.subquery_source(query, outer),
            FromSource::Group(items) => self.group_source(items, outer),
        }
    }

    /// A table, view or common table, or a table-valued function if it is called with arguments.
    pub(super) fn named_source(
        &mut self,
        name: &QualifiedName,
        hint: Option<&IndexHint>,
        arguments: Option<&[Expr]>,
        outer: &Scope<'_>,
    ) -> Source {
        let common = match (&name.database, outer.tables) {
            (None, Some(frame)) => frame.find(&name.name.name),
            (Some(_), _) | (None, None) => None,
        };
        let Some((frame, position)) = common else {
            return self.relation_source(name, hint, arguments, outer);
        };
        if arguments.is_some() {
            self.report_table(errors::not_a_function(name.name.span, &name.name.name));
        }
        if let Some(IndexHint::By(index)) = hint {
            self.report_table(crate::errors::sqlite::names::unknown_index(
                index.span,
                &index.name,
                &name.name.name,
                None,
                &[],
            ));
        }
        match self.common_table(frame, position, name.name.span, outer) {
            Some(table) => Source {
                open: table.open,
                ..self.query_source(&name.name.name, table.columns)
            },
            None => self.open_source(&name.name.name),
        }
    }

    fn subquery_source(&mut self, query: &Query, outer: &Scope<'_>) -> Source {
        let rows = self.query(query, outer);
        self.need_collations(&rows);
        let columns = rows.source_columns(Naming::Written);
        Source {
            open: !rows.columns.complete,
            ..self.query_source("", columns.into())
        }
    }

    /// `( a JOIN b )`: a query of everything in it, whose columns keep their names within.
    pub(super) fn group_source(&mut self, items: &[FromItem], outer: &Scope<'_>) -> Source {
        let from = self.from(items, outer, None);
        let scope = Scope::within(outer, &from.sources);
        self.conditions(&from, &scope);
        let mut columns = Columns {
            outputs: Vec::new(),
            complete: true,
        };
        self.group_star(&scope, &mut columns);
        let complete = columns.complete;
        let named: Vec<_> = columns
            .outputs
            .iter()
            .map(|output| self.named_column(output, &from.sources))
            .collect();
        let rows = Rows {
            columns,
            ..Rows::default()
        };
        let columns: Named<SourceColumn> = rows
            .source_columns(Naming::Written)
            .into_iter()
            .zip(named)
            .map(|(column, named)| SourceColumn {
                named: named.as_ref().and_then(|column| column.named.clone()),
                span: named.as_ref().and_then(|column| column.span),
                ..column
            })
            .collect();
        Source {
            kind: SourceKind::Group,
            open: !complete,
            ..self.query_source("", columns)
        }
    }

    /// The column of a source that an output of a group shows.
    fn named_column(
        &self,
        output: &super::output::Output,
        sources: &[Source],
    ) -> Option<SourceColumn> {
        let [cursor] = output.cursors.as_slice() else {
            return None;
        };
        let source = sources.iter().find(|source| source.cursor == *cursor)?;
        let name = output.inner.as_ref()?;
        let column = source.columns.iter().find(|column| {
            let within = column
                .inner
                .as_ref()
                .map_or(&column.name, |inner| &inner.column);
            within.eq_ignore_ascii_case(&name.column)
                && column
                    .inner
                    .as_ref()
                    .is_none_or(|inner| inner.table == name.table)
        });
        column.cloned()
    }

    /// A source that is a query. Without a name it gets one that nobody writes.
    pub(super) fn query_source(&mut self, name: &str, columns: Named<SourceColumn>) -> Source {
        let cursor = self.cursor();
        let name = match name {
            "" => format!("({cursor})").into(),
            name => name.into(),
        };
        Source {
            cursor,
            alias: None,
            name,
            database: None,
            relation: None,
            columns,
            rowid: false,
            rowid_alias: None,
            kind: SourceKind::Query,
            join: Join::default(),
            open: false,
            span: None,
        }
    }

    /// A source that a mistake has left unknown.
    pub(super) fn open_source(&mut self, name: &str) -> Source {
        Source {
            open: true,
            ..self.query_source(name, Named::default())
        }
    }

    /// The rows of `IN table`.
    pub(super) fn table_rows(
        &mut self,
        name: &QualifiedName,
        arguments: Option<&[Expr]>,
        scope: &Scope<'_>,
    ) -> Rows {
        // RENAME TO does not find the table here (`renameTableSelectCb`).
        let source =
            self.unrecorded(|resolver| resolver.named_source(name, None, arguments, scope));
        let from = From {
            sources: vec![source],
            arguments: arguments
                .map(|arguments| (0, arguments))
                .into_iter()
                .collect(),
            ..From::default()
        };
        let inner = Scope::within(scope, &from.sources);
        self.conditions(&from, &inner);
        let mut columns = Columns {
            outputs: Vec::new(),
            complete: true,
        };
        self.star(name.span(), None, &inner, &mut columns);
        Rows {
            columns,
            ..Rows::default()
        }
    }
}

impl<'a> Term<'a> {
    /// AS.
    pub(super) fn alias(&self) -> Option<&'a Ident> {
        self.alias
    }
}

impl From<'_> {
    /// A FROM clause of one source.
    pub(super) fn of(source: Source) -> Self {
        From {
            sources: vec![source],
            ..From::default()
        }
    }

    /// Adds a source before all others.
    pub(super) fn push_front(&mut self, source: Source) {
        self.sources.insert(0, source);
        for (position, _) in &mut self.conditions {
            *position += 1;
        }
        for (position, _) in &mut self.arguments {
            *position += 1;
        }
    }

    fn mark_right_joins(&mut self) {
        let last = self
            .sources
            .iter()
            .rposition(|source| source.join.keeps_right);
        for source in self.sources.iter_mut().take(last.unwrap_or(0)) {
            source.join.before_right = true;
        }
    }

    /// The last source that the arguments of a table-valued function may name.
    fn argument_reach(&self, position: usize) -> Option<Reach> {
        let join = &self.sources.get(position)?.join;
        let argument = true;
        if join.keeps_right || join.before_right {
            return Some(Reach {
                last: position,
                argument,
            });
        }
        let mut after = self.sources.iter().enumerate().skip(position + 1);
        let (outer, _) =
            after.find(|(_, source)| source.join.keeps_left || source.join.keeps_right)?;
        Some(Reach {
            last: outer - 1,
            argument,
        })
    }
}
