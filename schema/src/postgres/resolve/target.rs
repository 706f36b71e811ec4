//! The columns of a result (`transformTargetList`), and what they are called (`FigureColname`).

use super::context::Context;
use super::relation::number_of;
use super::resolver::{Resolver, is_untyped};
use crate::postgres::ast::{self, CastSyntax, ExprKind, Indirection, TypeNameKind};
use crate::postgres::tree::{Column, Expr, Origin, Query, RangeKind, Target};
use crate::postgres::types::{ValueType, well_known};
use std::sync::Arc;

/// Columns of a result, and whether a mistake keeps from knowing all of them.
pub(super) struct Targets {
    pub(super) targets: Vec<Target>,
    pub(super) incomplete: bool,
}

impl<'a> Resolver<'a> {
    /// The columns of a result.
    pub(super) fn targets(&mut self, written: &'a [ast::Target], context: Context) -> Targets {
        let mut found = Targets {
            targets: Vec::new(),
            incomplete: false,
        };
        for target in written {
            let value = &target.value;
            let columns = match &value.kind {
                ExprKind::Column {
                    parts,
                    star: Some(_),
                } => {
                    let columns = self.within(context, |it| it.star(parts, value.span));
                    found.incomplete |= columns.is_none();
                    columns.unwrap_or_default()
                }
                ExprKind::Indirection {
                    value: inner,
                    steps,
                } if matches!(steps.last(), Some(Indirection::Star(_))) => {
                    let columns =
                        self.within(context, |it| it.star_of_value(inner, steps, value.span));
                    found.incomplete |= columns.is_empty();
                    columns
                }
                _ => {
                    let expression = self.in_context(value, context);
                    let name = match &target.label {
                        Some(label) => Arc::clone(&label.name),
                        None => column_name(value, self.version),
                    };
                    vec![(name, expression)]
                }
            };
            for (name, expression) in columns {
                let number = number_of(found.targets.len());
                found.targets.push(Target {
                    origin: self.origin(&expression),
                    expression,
                    name: Some(name),
                    number,
                    junk: false,
                    sort_reference: 0,
                });
            }
        }
        found
    }

    /// Strings whose type nothing decides become text (`resolveTargetListUnknowns`).
    pub(super) fn settle_unknowns(&mut self, targets: &mut [Target], span: crate::text::Span) {
        for target in targets {
            if is_untyped(&target.expression) {
                let value = std::mem::replace(&mut target.expression, Expr::Unknown);
                let text = ValueType::plain(well_known::TEXT);
                target.expression = self.coerced_or_mistake(value, text, span);
            }
        }
    }

    /// The column of a table that an expression is (`markTargetListOrigin`).
    pub(super) fn origin(&self, expression: &Expr) -> Option<Origin> {
        let Expr::Column(column) = expression else {
            return None;
        };
        let level = self.outer(column.levels_up)?;
        origin_in(&level.range_table, *column, 0)
    }
}

/// The column of a table that a column is, seen through joins and subqueries.
fn origin_in(
    range_table: &[crate::postgres::tree::RangeEntry],
    column: Column,
    depth: usize,
) -> Option<Origin> {
    if depth > 64 {
        return None;
    }
    let position = usize::try_from(column.number).ok()?.checked_sub(1)?;
    match &range_table.get(column.entry)?.kind {
        RangeKind::Relation { relation, .. } => Some(Origin {
            relation: *relation,
            column: column.number,
        }),
        RangeKind::Subquery { query, .. } => origin_of_target(query, position),
        RangeKind::Join(join) => match join.columns.get(position)? {
            Expr::Column(inner) => origin_in(range_table, *inner, depth + 1),
            _ => None,
        },
        RangeKind::Function { .. }
        | RangeKind::TableFunction(_)
        | RangeKind::Values { .. }
        | RangeKind::CommonTable { .. }
        | RangeKind::TransitionTable { .. }
        | RangeKind::Unknown => None,
    }
}

fn origin_of_target(query: &Query, position: usize) -> Option<Origin> {
    let mut targets = query.targets.iter().filter(|target| !target.junk);
    targets.nth(position)?.origin
}

/// What a column is called that is given no name (`FigureColname`).
pub(super) fn column_name(expression: &ast::Expr, version: u16) -> Arc<str> {
    match figure(expression, version) {
        Some((name, _)) => name,
        None => "?column?".into(),
    }
}

/// What a column of an index is called after an expression (`FigureIndexColname`); nothing if it says nothing.
#[must_use]
pub fn index_column_name(expression: &ast::Expr, version: u16) -> Option<Arc<str>> {
    figure(expression, version).map(|(name, _)| name)
}

/// A name, and whether it is a strong one, before which that of a cast is not taken.
fn figure(expression: &ast::Expr, version: u16) -> Option<(Arc<str>, bool)> {
    let strong = |name: &str| Some((Arc::from(name), true));
    match &expression.kind {
        ExprKind::Column { parts, .. } => {
            let name = parts.last()?;
            Some((Arc::clone(&name.name), true))
        }
        ExprKind::Indirection { value, steps } => {
            let fields = steps.iter().rev().find_map(|step| match step {
                Indirection::Field(name) => Some(name),
                Indirection::Star(_) | Indirection::Subscript(_) | Indirection::Slice { .. } => {
                    None
                }
            });
            match fields {
                Some(field) => Some((Arc::clone(&field.name), true)),
                None => figure(value, version),
            }
        }
        ExprKind::Function(call) => Some((Arc::clone(&call.name.name.name), true)),
        ExprKind::NullIf(..) => strong("nullif"),
        ExprKind::Cast {
            value,
            type_name,
            syntax,
        } => {
            let inner = match syntax {
                CastSyntax::Cast | CastSyntax::DoubleColon | CastSyntax::Literal => {
                    figure(value, version)
                }
            };
            match inner {
                Some((name, true)) => Some((name, true)),
                _ => Some((type_label(type_name), false)),
            }
        }
        ExprKind::Collate { value, .. } => figure(value, version),
        ExprKind::Grouping(_) => strong("grouping"),
        ExprKind::Exists(_) => strong("exists"),
        ExprKind::ArrayQuery(_) => strong("array"),
        ExprKind::Subquery(query) => first_column(query, version).map(|name| (name, true)),
        ExprKind::Case { otherwise, .. } => {
            let inner = otherwise.as_deref().and_then(|it| figure(it, version));
            match inner {
                Some((name, true)) => Some((name, true)),
                _ => Some(("case".into(), false)),
            }
        }
        ExprKind::Array(_) => strong("array"),
        ExprKind::Row { .. } => strong("row"),
        ExprKind::Coalesce(_) => strong("coalesce"),
        ExprKind::MinMax { function, .. } => match function {
            ast::MinMax::Greatest => strong("greatest"),
            ast::MinMax::Least => strong("least"),
        },
        ExprKind::SqlValue { value, .. } => strong(match value {
            ast::SqlValue::CurrentDate => "current_date",
            ast::SqlValue::CurrentTime => "current_time",
            ast::SqlValue::CurrentTimestamp => "current_timestamp",
            ast::SqlValue::LocalTime => "localtime",
            ast::SqlValue::LocalTimestamp => "localtimestamp",
            ast::SqlValue::CurrentRole => "current_role",
            ast::SqlValue::CurrentUser => "current_user",
            ast::SqlValue::User => "user",
            ast::SqlValue::SessionUser => "session_user",
            ast::SqlValue::CurrentCatalog => "current_catalog",
            ast::SqlValue::CurrentSchema => "current_schema",
        }),
        ExprKind::XmlConcat(_) => strong("xmlconcat"),
        ExprKind::XmlElement { .. } => strong("xmlelement"),
        ExprKind::XmlForest(_) => strong("xmlforest"),
        ExprKind::XmlParse { .. } => strong("xmlparse"),
        ExprKind::XmlInstruction { .. } => strong("xmlpi"),
        ExprKind::XmlRoot { .. } => strong("xmlroot"),
        ExprKind::XmlSerialize { .. } => strong("xmlserialize"),
        // Before version 15 TRUE and FALSE were strings that are cast.
        ExprKind::Constant(ast::Constant::Boolean(_)) if version < 15 => {
            Some(("bool".into(), false))
        }
        ExprKind::Constant(_)
        | ExprKind::Parameter(_)
        | ExprKind::Unary { .. }
        | ExprKind::Binary { .. }
        | ExprKind::Boolean { .. }
        | ExprKind::Not(_)
        | ExprKind::IsNull { .. }
        | ExprKind::IsTruth { .. }
        | ExprKind::IsDistinct { .. }
        | ExprKind::IsDocument { .. }
        | ExprKind::Like { .. }
        | ExprKind::Between { .. }
        | ExprKind::In { .. }
        | ExprKind::InQuery { .. }
        | ExprKind::Quantified { .. }
        | ExprKind::Default
        | ExprKind::CurrentOf(_) => None,
    }
}

fn type_label(name: &ast::TypeName) -> Arc<str> {
    match &name.kind {
        TypeNameKind::Named { name, .. } => Arc::clone(&name.name.name),
        TypeNameKind::System { name, .. } => Arc::from(*name),
        TypeNameKind::Interval { .. } => "interval".into(),
        TypeNameKind::OfColumn(parts) => match parts.last() {
            Some(part) => Arc::clone(&part.name),
            None => Arc::default(),
        },
    }
}

/// What the column of a subquery is called.
fn first_column(query: &ast::Query, version: u16) -> Option<Arc<str>> {
    match &query.body {
        ast::QueryBody::Select(select) => {
            let target = select.targets.first()?;
            match &target.label {
                Some(label) => Some(Arc::clone(&label.name)),
                None => figure(&target.value, version).map(|(name, _)| name),
            }
        }
        // The engine looks into a simple SELECT only.
        ast::QueryBody::Values(_) | ast::QueryBody::SetOperation { .. } => None,
    }
}
