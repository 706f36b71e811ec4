//! What the expressions and names of a statement refer to, with the mistakes in them reported.

use super::Replay;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{tables as errors, values};
use crate::postgres::ast::{self, Expr, QualifiedName, Query, TypeName};
use crate::postgres::catalog::{Catalog, Relation};
use crate::postgres::constant::{Folded, fold};
use crate::postgres::resolve::{
    self, Context, Environment, OutputColumn, Place, Resolved, Rows, volatility,
};
use crate::postgres::tree::{self, Visitor, walk_expression};
use crate::postgres::types::{Input, Objects as _, Oid, Typing, ValueType, Volatility};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// What statements are resolved in.
    pub(crate) fn environment(&self) -> Environment<'_> {
        Environment {
            variables: self.variables.as_deref(),
            ..environment(&self.catalog)
        }
    }

    /// Reports the mistakes in something; nothing is left of it if there are any.
    pub(crate) fn settled<T>(&mut self, resolved: Resolved<T>) -> Option<T> {
        let is_sound = resolved.diagnostics.is_empty();
        self.diagnostics.extend(resolved.diagnostics);
        is_sound.then_some(resolved.value)
    }

    /// The type that a name stands for, unless a mistake was reported.
    pub(crate) fn type_named(&mut self, name: &TypeName) -> Option<ValueType> {
        let resolved = resolve::type_name(self.environment(), name);
        self.settled(resolved)?
    }

    /// The type of a name; nothing where a mistake that was told keeps from knowing it.
    ///
    /// # Errors
    ///
    /// What is wrong with the name.
    pub(super) fn type_or_mistake(
        &self,
        name: &TypeName,
    ) -> Result<Option<ValueType>, Box<Diagnostic>> {
        let resolved = resolve::type_name(self.environment(), name);
        match (resolved.value, resolved.diagnostics.into_iter().next()) {
            (Some(typed), _) => Ok(Some(typed)),
            (None, Some(diagnostic)) => Err(Box::new(diagnostic)),
            (None, None) => Ok(None),
        }
    }

    /// The collation that a name stands for, unless a mistake was reported.
    pub(crate) fn collation_named(&mut self, name: &QualifiedName) -> Option<Oid> {
        let namespaces = match &name.schema {
            Some(schema) => vec![self.schema_named(schema)?],
            None => self.catalog.search_path().to_vec(),
        };
        let catalog = &self.catalog;
        let found = namespaces
            .iter()
            .find_map(|it| catalog.collation_named(*it, &name.name.name));
        let found = found.map(|it| it.oid);
        if found.is_none() && !self.is_partly_unknown() {
            let message = format!("no collation `{}` exists", name.name.name);
            let diagnostic = errors::refused(Code::UnknownCollation, message, name.span);
            self.report(diagnostic);
        }
        found
    }

    /// A condition; nothing if it is wrong, which is reported.
    pub(super) fn condition_at(
        &mut self,
        place: Place<'_>,
        construct: &str,
        condition: &ast::Expr,
    ) -> Option<Arc<tree::Expr>> {
        let resolved = resolve::condition(self.environment(), place, construct, condition);
        self.settled(resolved).map(Arc::new)
    }

    /// The default of a column.
    pub(crate) fn default_expression(
        &mut self,
        value: &Expr,
        name: &str,
        typed: ValueType,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::ColumnDefault,
            rows: Rows::None,
            span: value.span,
        };
        let resolved = match typed.oid == tree::UNKNOWN.oid {
            true => resolve::expression(self.environment(), place, value),
            false => resolve::stored_expression(self.environment(), place, value, typed, name),
        };
        let is_known = typed.oid != tree::UNKNOWN.oid;
        self.stored(resolved).filter(|_| is_known)
    }

    /// The expression of a generated column of a table.
    pub(crate) fn generation_expression(
        &mut self,
        table: &Relation,
        value: &Expr,
        name: &str,
        typed: ValueType,
    ) -> Option<Arc<tree::Expr>> {
        if typed.oid == tree::UNKNOWN.oid {
            return None;
        }
        let place = Place {
            context: Context::Generated,
            rows: Rows::Of(table),
            span: value.span,
        };
        let resolved = resolve::stored_expression(self.environment(), place, value, typed, name);
        let expression = self.stored(resolved)?;
        for number in columns_of(&expression) {
            let column = table.column_at(number);
            if column.is_some_and(|it| it.generated.is_some()) {
                let message = "a generated column cannot be made of another one, or of itself";
                let code = Code::InvalidGeneratedColumn;
                self.report(errors::refused(code, message, value.span));
                return None;
            }
            if number == 0 {
                let message = "a generated column cannot be made of the whole row";
                let code = Code::InvalidGeneratedColumn;
                self.report(errors::refused(code, message, value.span));
                return None;
            }
            // Of the columns that every table has, the table's number alone is known before the row is stored.
            if number < 0 && number != TABLEOID {
                let message = "a generated column cannot be made of the system's columns";
                let code = Code::InvalidGeneratedColumn;
                self.report(errors::refused(code, message, value.span));
                return None;
            }
        }
        let found = volatility(&self.catalog, &expression);
        self.is_immutable(found, "the expression of a generated column", value.span)
            .then_some(expression)
            .filter(|it| self.can_be_computed(it, Some(name), value.span))
    }

    /// The condition of a CHECK of a table.
    pub(crate) fn check_expression(
        &mut self,
        table: &Relation,
        value: &Expr,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::Check,
            rows: Rows::Of(table),
            span: value.span,
        };
        let resolved = resolve::condition(self.environment(), place, "CHECK", value);
        self.stored(resolved)
    }

    /// The expression of a key of an index.
    pub(crate) fn index_expression(
        &mut self,
        table: Oid,
        value: &Expr,
        span: Span,
    ) -> Option<Arc<tree::Expr>> {
        let relation = self.relation_of(table)?;
        let place = Place {
            context: Context::IndexExpression,
            rows: Rows::Of(&relation),
            span,
        };
        let resolved = resolve::expression(self.environment(), place, value);
        let expression = self.stored(resolved)?;
        self.is_immutable(
            volatility(&self.catalog, &expression),
            "an index expression",
            value.span,
        )
        .then_some(expression)
        .filter(|it| self.can_be_computed(it, None, value.span))
    }

    /// The WHERE of an index.
    pub(crate) fn index_predicate(&mut self, table: Oid, value: &Expr) -> Option<Arc<tree::Expr>> {
        let relation = self.relation_of(table)?;
        let place = Place {
            context: Context::IndexPredicate,
            rows: Rows::Of(&relation),
            span: value.span,
        };
        let resolved = resolve::condition(self.environment(), place, "WHERE", value);
        let expression = self.stored(resolved)?;
        self.is_immutable(
            volatility(&self.catalog, &expression),
            "the WHERE of an index",
            value.span,
        )
        .then_some(expression)
        .filter(|it| self.can_be_computed(it, None, value.span))
    }

    /// The expression of a key of partitions.
    pub(crate) fn partition_expression(
        &mut self,
        table: &Relation,
        value: &Expr,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::PartitionKey,
            rows: Rows::Of(table),
            span: value.span,
        };
        let resolved = resolve::expression(self.environment(), place, value);
        let expression = self.stored(resolved)?;
        self.is_immutable(
            volatility(&self.catalog, &expression),
            "an expression of a partition key",
            value.span,
        )
        .then_some(expression)
    }

    /// A value of a bound of a partition.
    pub(crate) fn bound_expression(
        &mut self,
        value: &Expr,
        typed: ValueType,
        name: &str,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::PartitionBound,
            rows: Rows::None,
            span: value.span,
        };
        let resolved = resolve::stored_expression(self.environment(), place, value, typed, name);
        let bound = self.stored(resolved)?;
        self.can_be_computed(&bound, Some(name), value.span)
            .then(|| self.evaluated(bound))
    }

    /// What an expression comes to, if that is known: a bound is stored as its value (`evaluate_expr`).
    fn evaluated(&self, expression: Arc<tree::Expr>) -> Arc<tree::Expr> {
        use tree::{Constant, Expr, Value};
        let typed = expression.value_type();
        let version = self.catalog.version;
        if matches!(&*expression, Expr::Constant(_)) {
            return expression;
        }
        if let Ok(Folded::Known(value)) = fold(&self.catalog, version, &expression) {
            let value = value.map(Value::Text);
            return Arc::new(Expr::Constant(Constant { typed, value }));
        }
        let Expr::Io(conversion) = &*expression else {
            return expression;
        };
        let Expr::Constant(Constant {
            value: Some(Value::Text(text)),
            ..
        }) = &conversion.operand
        else {
            return expression;
        };
        match Typing::new(&self.catalog).input(typed, text, version) {
            Ok(Input::Value(value)) => Arc::new(Expr::Constant(Constant {
                typed,
                value: Some(value),
            })),
            Ok(Input::Moment | Input::Unsure(_)) | Err(_) => expression,
        }
    }

    /// Whether what is constant of an expression can be computed, where the engine plans it at once; what cannot be is
    /// reported. `column` is the one whose value it is.
    pub(crate) fn can_be_computed(
        &mut self,
        expression: &tree::Expr,
        column: Option<&str>,
        span: Span,
    ) -> bool {
        match fold(&self.catalog, self.catalog.version, expression) {
            Ok(_) => true,
            Err(mistake) => {
                let type_name = |oid| Typing::new(&self.catalog).name(oid);
                let diagnostic = values::cannot_compute(span, &mistake, type_name, column);
                self.report(diagnostic);
                false
            }
        }
    }

    /// The value of USING.
    pub(crate) fn using_expression(
        &mut self,
        table: &Relation,
        value: &Expr,
        typed: ValueType,
        name: &str,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::AlterUsing,
            rows: Rows::Of(table),
            span: value.span,
        };
        let resolved = resolve::stored_expression(self.environment(), place, value, typed, name);
        let expression = self.stored(resolved)?;
        self.can_be_computed(&expression, Some(name), value.span)
            .then_some(expression)
    }

    /// A query, which may be run at once, and its columns; nothing if a mistake was reported.
    pub(crate) fn query_of(
        &mut self,
        query: &Query,
        runs: bool,
    ) -> Option<(tree::Query, Vec<OutputColumn>)> {
        let resolved = match runs {
            true => resolve::planned_query(self.environment(), query),
            false => resolve::query(self.environment(), query),
        };
        let statement = self.settled(resolved)?;
        Some((statement.query, statement.columns?))
    }

    /// What names the index's column of an expression.
    pub(crate) fn column_label(&self, expression: &Expr) -> Option<Arc<str>> {
        resolve::index_column_name(expression, self.catalog.version)
    }

    /// An expression to be stored, unless something in it is unknown.
    fn stored(&mut self, resolved: Resolved<tree::Expr>) -> Option<Arc<tree::Expr>> {
        let expression = self.settled(resolved)?;
        let is_known = !Unknowns::in_expression(&expression);
        is_known.then(|| Arc::new(expression))
    }

    fn is_immutable(&mut self, found: Volatility, what: &str, span: Span) -> bool {
        let is_immutable = found == Volatility::Immutable;
        if !is_immutable {
            let message = format!("{what} may call functions only that are immutable");
            let diagnostic = errors::refused(Code::InvalidExpression, message, span);
            self.report(diagnostic.with_note(
                "its value is stored: it must be the same whenever and wherever it is computed",
            ));
        }
        is_immutable
    }
}

/// What statements are resolved in.
pub(crate) fn environment(catalog: &Catalog) -> Environment<'_> {
    Environment {
        catalog,
        version: catalog.version,
        variables: None,
    }
}

/// The number of the column `tableoid`.
const TABLEOID: i16 = -6;

/// The columns that an expression of a table reads, by number, each once, in the order in which it first reads them.
pub(crate) fn columns_of(expression: &tree::Expr) -> Vec<i16> {
    struct Columns(Vec<i16>);
    impl Visitor for Columns {
        fn expression(&mut self, expression: &tree::Expr) {
            if let tree::Expr::Column(column) = expression
                && column.levels_up == 0
                && !self.0.contains(&column.number)
            {
                self.0.push(column.number);
            }
            walk_expression(self, expression);
        }
    }
    let mut columns = Columns(Vec::new());
    columns.expression(expression);
    columns.0
}

/// Looks for what a mistake has left unknown.
struct Unknowns(bool);

impl Unknowns {
    fn in_expression(expression: &tree::Expr) -> bool {
        let mut search = Unknowns(false);
        search.expression(expression);
        search.0
    }
}

impl Visitor for Unknowns {
    fn expression(&mut self, expression: &tree::Expr) {
        self.0 |= matches!(expression, tree::Expr::Unknown);
        walk_expression(self, expression);
    }
}
