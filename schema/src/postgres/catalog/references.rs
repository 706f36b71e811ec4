//! What an expression or a query cannot be without (`find_expr_references_walker`).

use super::{Address, Catalog, Class};
use crate::postgres::tree::{
    Command, Constant, Expr, JoinRange, Query, RangeKind, SortTerm, Value, Visitor,
    walk_expression, walk_query,
};
use crate::postgres::types::{Oid, TypeKind, ValueType, well_known};
use std::collections::BTreeSet;

/// What the entries of a range table are, as far as a column of one refers to something.
#[derive(Debug, Clone)]
enum Entry {
    /// A relation.
    Relation(Oid),
    /// A join: what its columns are made of.
    Join(Vec<Expr>),
    /// Functions: the type of the rows of each, and how many columns it gives.
    Functions(Vec<(Oid, usize)>),
    /// What has no object behind it.
    Other,
}

struct References<'a> {
    catalog: &'a Catalog,
    /// The range tables around, innermost last.
    tables: Vec<Vec<Entry>>,
    found: BTreeSet<Address>,
}

impl Catalog {
    /// What an expression over the columns of some relations refers to. Columns name a relation by its position in
    /// `relations`.
    #[must_use]
    pub fn references_of(&self, expression: &Expr, relations: &[Oid]) -> BTreeSet<Address> {
        let entries = relations.iter().map(|oid| Entry::Relation(*oid)).collect();
        let mut references = References {
            catalog: self,
            tables: vec![entries],
            found: BTreeSet::new(),
        };
        references.expression(expression);
        references.found
    }

    /// What a query refers to; `relations` are those of OLD and NEW around the action of a rule.
    #[must_use]
    pub fn references_of_query(&self, query: &Query, relations: &[Oid]) -> BTreeSet<Address> {
        let entries = relations.iter().map(|oid| Entry::Relation(*oid)).collect();
        let mut references = References {
            catalog: self,
            tables: vec![entries],
            found: BTreeSet::new(),
        };
        references.query(query);
        references.found
    }
}

impl References<'_> {
    fn add(&mut self, class: Class, oid: Oid) {
        self.found.insert(Address::new(class, oid));
    }

    fn type_of(&mut self, typed: ValueType) {
        self.add(Class::Type, typed.oid);
        self.collation(typed.collation);
    }

    fn collation(&mut self, collation: Option<Oid>) {
        if let Some(collation) = collation
            && collation != well_known::DEFAULT_COLLATION
        {
            self.add(Class::Collation, collation);
        }
    }

    /// A column of an entry so many range tables further out.
    fn column(&mut self, entry: usize, number: i16, levels_up: usize) {
        let level = self.tables.len().checked_sub(levels_up + 1);
        let Some(level) = level else {
            return;
        };
        let table = self.tables.get(level);
        match table.and_then(|table| table.get(entry)).cloned() {
            // Of a whole row the relation is enough, and that is in the range table.
            Some(Entry::Relation(relation)) => {
                self.found.insert(Address::column(relation, number));
            }
            Some(Entry::Join(columns)) => {
                let position = usize::try_from(number)
                    .ok()
                    .and_then(|it| it.checked_sub(1));
                if let Some(column) = position.and_then(|position| columns.get(position)) {
                    // The columns of the join count its levels from where it stands.
                    let inner = self.tables.split_off(level + 1);
                    self.expression(column);
                    self.tables.extend(inner);
                }
            }
            Some(Entry::Functions(functions)) => self.function_column(&functions, number),
            Some(Entry::Other) | None => {}
        }
    }

    fn function_column(&mut self, functions: &[(Oid, usize)], number: i16) {
        let Ok(mut position) = usize::try_from(number) else {
            return;
        };
        for (row, columns) in functions {
            if position <= *columns {
                if let Ok(column) = i16::try_from(position) {
                    self.field(*row, column);
                }
                return;
            }
            position -= columns;
        }
    }

    /// A field of a row type: the column of its relation, if it has one.
    fn field(&mut self, row: Oid, number: i16) {
        match self.catalog.type_of(row).map(|found| found.kind) {
            Some(TypeKind::Composite { relation }) => {
                self.found.insert(Address::column(relation, number));
            }
            Some(TypeKind::Domain { base }) => self.field(base.oid, number),
            Some(_) => self.add(Class::Type, row),
            None => {}
        }
    }

    fn constant(&mut self, constant: &Constant) {
        self.type_of(constant.typed);
        let Some(Value::Object(oid)) = constant.value else {
            return;
        };
        let class = match constant.typed.oid {
            well_known::REGPROC | well_known::REGPROCEDURE => Class::Routine,
            well_known::REGOPER | well_known::REGOPERATOR => Class::Operator,
            well_known::REGCLASS => Class::Relation,
            well_known::REGTYPE => Class::Type,
            well_known::REGCOLLATION => Class::Collation,
            well_known::REGCONFIG => Class::TextSearchConfiguration,
            well_known::REGDICTIONARY => Class::TextSearchDictionary,
            well_known::REGNAMESPACE => Class::Namespace,
            _ => return,
        };
        self.add(class, oid);
    }

    fn terms(&mut self, terms: &[SortTerm]) {
        for term in terms {
            self.add(Class::Operator, term.equality);
            if let Some(sort) = term.sort {
                self.add(Class::Operator, sort);
            }
        }
    }

    fn entries_of(query: &Query) -> Vec<Entry> {
        let entries = query.range_table.iter().map(|entry| match &entry.kind {
            RangeKind::Relation { relation, .. } => Entry::Relation(*relation),
            RangeKind::Join(join) => Entry::Join(join.columns.clone()),
            RangeKind::Function { functions, .. } => {
                let functions = functions.iter();
                Entry::Functions(
                    functions
                        .map(|it| (it.call.value_type().oid, it.column_count))
                        .collect(),
                )
            }
            RangeKind::Subquery { .. }
            | RangeKind::TableFunction(_)
            | RangeKind::Values { .. }
            | RangeKind::CommonTable { .. }
            | RangeKind::TransitionTable { .. }
            | RangeKind::Unknown => Entry::Other,
        });
        entries.collect()
    }
}

impl Visitor for References<'_> {
    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Column(it) if it.number != 0 => self.column(it.entry, it.number, it.levels_up),
            Expr::Constant(it) => self.constant(it),
            Expr::Parameter(it) => self.type_of(it.typed),
            Expr::Function(it) => self.add(Class::Routine, it.function),
            Expr::Aggregate(it) => {
                self.add(Class::Routine, it.function);
                self.terms(&it.order_by);
                self.terms(&it.distinct);
            }
            Expr::Window(it) => self.add(Class::Routine, it.function),
            Expr::Operator(it) | Expr::Distinct(it) | Expr::NullIf(it) => {
                self.add(Class::Operator, it.operator);
            }
            Expr::ArrayComparison(it) => self.add(Class::Operator, it.operator),
            Expr::SubLink(it) => {
                for operator in &it.operators {
                    self.add(Class::Operator, *operator);
                }
            }
            Expr::FieldSelect(it) => {
                self.field(it.row.value_type().oid, it.number);
                self.collation(it.typed.collation);
            }
            Expr::FieldStore(it) => {
                for (number, _) in &it.fields {
                    self.field(it.row_type, *number);
                }
            }
            Expr::Relabel(it) | Expr::Io(it) => self.type_of(it.typed),
            Expr::ConvertRow(it) | Expr::ToDomain(it) => self.add(Class::Type, it.typed.oid),
            Expr::ArrayCoercion(it) => self.type_of(it.typed),
            Expr::Collate(it) => self.collation(Some(it.collation)),
            Expr::Row(it) => self.add(Class::Type, it.row_type),
            Expr::RowComparison(it) => {
                for operator in &it.operators {
                    self.add(Class::Operator, *operator);
                }
                for family in &it.families {
                    self.add(Class::OperatorFamily, *family);
                }
            }
            Expr::Column(_)
            | Expr::Grouping(_)
            | Expr::Boolean(..)
            | Expr::Named(_)
            | Expr::Subscripts(_)
            | Expr::Case(_)
            | Expr::CaseTest(_)
            | Expr::Array(_)
            | Expr::Coalesce(_)
            | Expr::MinMax(_)
            | Expr::SqlValue(_)
            | Expr::Xml(_)
            | Expr::NullTest(_)
            | Expr::BooleanTest(_)
            | Expr::DomainValue(_)
            | Expr::Default(_)
            | Expr::CurrentOf(_)
            | Expr::Unknown => {}
        }
        walk_expression(self, expression);
    }

    fn query(&mut self, query: &Query) {
        let entries = References::entries_of(query);
        for entry in &entries {
            if let Entry::Relation(relation) = entry {
                self.add(Class::Relation, *relation);
            }
        }
        if let Some(Entry::Relation(relation)) = query.result.and_then(|it| entries.get(it))
            && matches!(query.command, Command::Insert | Command::Update)
        {
            let targets = query.targets.iter().filter(|target| !target.junk);
            let columns = targets.map(|target| Address::column(*relation, target.number));
            self.found.extend(columns);
        }
        for constraint in &query.constraint_dependencies {
            self.add(Class::Constraint, *constraint);
        }
        self.tables.push(entries);
        for terms in [&query.group_by, &query.order_by] {
            self.terms(terms);
        }
        for window in &query.windows {
            self.terms(&window.partition_by);
            self.terms(&window.order_by);
        }
        walk_query(self, query);
        self.tables.pop();
    }

    /// A column of the tables that are joined counts only where it is used. What merges two of them counts always, as
    /// the conversion in it may be an object.
    fn join(&mut self, join: &JoinRange) {
        for column in join.columns.iter().take(join.merged) {
            if !matches!(column, Expr::Column(_)) {
                self.expression(column);
            }
        }
    }
}
