//! Indexes (`pg_get_indexdef`).

use super::{Printer, Scope};
use crate::postgres::catalog::{Catalog, Index, IndexTerm, Relation, RelationKind};
use crate::postgres::tree::{CoercionForm, Expr};
use crate::postgres::types::{AccessMethod, AccessMethodKind, Objects, Oid};

/// The statement that makes an index.
#[must_use]
pub fn index_definition(catalog: &Catalog, oid: Oid) -> Option<String> {
    let relation = catalog.relation(oid)?;
    let index = relation.index()?;
    let mut printer = Printer::new(catalog);
    let method = method_of(catalog, index.method)?;
    let (namespace, table) = {
        let table = catalog.relation(index.table)?;
        (table.namespace, std::sync::Arc::clone(&table.name))
    };
    let table = printer.qualified(namespace, &table);
    let only = if matches!(relation.kind, RelationKind::PartitionedIndex(_)) {
        "ONLY "
    } else {
        ""
    };
    printer.push(&format!(
        "CREATE {}INDEX {} ON {only}{table} USING {} (",
        if index.unique { "UNIQUE " } else { "" },
        printer.typing.quoted(&relation.name),
        printer.typing.quoted(&method.name),
    ));
    printer.index_terms(catalog, relation, index, method, &[]);
    if let Some(predicate) = &index.predicate {
        printer.push(" WHERE ");
        printer.expression(predicate, false);
    }
    Some(printer.text)
}

/// An EXCLUDE constraint, by its index.
pub(super) fn exclusion(catalog: &Catalog, oid: Oid, operators: &[Oid]) -> Option<String> {
    let relation = catalog.relation(oid)?;
    let index = relation.index()?;
    let method = method_of(catalog, index.method)?;
    let mut printer = Printer::new(catalog);
    printer.push(&format!(
        "EXCLUDE USING {} (",
        printer.typing.quoted(&method.name)
    ));
    printer.index_terms(catalog, relation, index, method, operators);
    if let Some(predicate) = &index.predicate {
        printer.push(" WHERE (");
        printer.expression(predicate, false);
        printer.push(")");
    }
    Some(printer.text)
}

fn method_of(catalog: &Catalog, oid: Oid) -> Option<&AccessMethod> {
    let made = catalog.access_methods.get(oid).map(|found| &found.object);
    made.or_else(|| {
        catalog
            .builtin()
            .access_methods()
            .iter()
            .find(|method| method.oid == oid)
    })
}

impl Printer<'_> {
    fn index_terms(
        &mut self,
        catalog: &Catalog,
        relation: &Relation,
        index: &Index,
        method: &AccessMethod,
        operators: &[Oid],
    ) {
        self.scopes
            .push(Scope::of_relation(catalog, Some(index.table)));
        let orders = matches!(
            method.kind,
            AccessMethodKind::Index {
                can_order: true,
                ..
            }
        );
        let columns = self.typing.objects.attributes(index.table);
        for (position, key) in index.keys.iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            let typed = match &key.term {
                IndexTerm::Column(number) => {
                    let column = columns.iter().find(|column| column.number == *number);
                    self.name(column.map_or("", |column| &column.name));
                    column.map(|column| column.value)
                }
                IndexTerm::Expression(expression) => {
                    let call = looks_like_call(self.typing.objects, expression);
                    if !call {
                        self.push("(");
                    }
                    self.expression(expression, false);
                    if !call {
                        self.push(")");
                    }
                    Some(expression.value_type())
                }
            };
            if let Some(collation) = key.collation
                && typed.is_some_and(|typed| typed.collation != Some(collation))
            {
                let name = self.collation_name(collation);
                self.push(&format!(" COLLATE {name}"));
            }
            let own = typed
                .map(|typed| typed.oid)
                .filter(|_| key.class_options.is_empty());
            self.class_name(key.class, own);
            if !key.class_options.is_empty() {
                self.push(" (");
                self.list(&key.class_options, |this, (name, value)| {
                    this.option(name, value)
                });
                self.push(")");
            }
            match (key.descending, key.nulls_first) {
                _ if !orders => {}
                (true, true) => self.push(" DESC"),
                (true, false) => self.push(" DESC NULLS LAST"),
                (false, true) => self.push(" NULLS FIRST"),
                (false, false) => {}
            }
            if let (Some(operator), Some(typed)) = (operators.get(position), typed) {
                let name = self.operator_name(*operator, Some(typed.oid), typed.oid);
                self.push(&format!(" WITH {name}"));
            }
        }
        for (position, number) in index.included.iter().enumerate() {
            self.push(if position == 0 { ") INCLUDE (" } else { ", " });
            let column = columns.iter().find(|column| column.number == *number);
            self.name(column.map_or("", |column| &column.name));
        }
        self.push(")");
        if index.nulls_not_distinct {
            self.push(" NULLS NOT DISTINCT");
        }
        if !relation.options.is_empty() {
            self.push(" WITH (");
            self.list(&relation.options, |this, option| {
                this.option(&option.name, &option.value)
            });
            self.push(")");
        }
    }

    /// The operator class of a key, unless it is the one that the type has anyway (`get_opclass_name`).
    pub(super) fn class_name(&mut self, class: Oid, own: Option<Oid>) {
        let objects = self.typing.objects;
        let Some(class) = objects.operator_class(class) else {
            return;
        };
        let default = own.and_then(|own| self.typing.default_class(own, class.method));
        if default.is_some_and(|default| default.oid == class.oid) {
            return;
        }
        let classes = objects.operator_classes(class.method);
        let mut path = objects.search_path().iter();
        let first = path.find_map(|namespace| {
            classes
                .iter()
                .find(|it| it.namespace == *namespace && it.name == class.name)
        });
        let name = if first.is_some_and(|first| first.oid == class.oid) {
            self.typing.quoted(&class.name)
        } else {
            self.qualified(class.namespace, &class.name)
        };
        self.push(&format!(" {name}"));
    }

    /// A storage parameter (`flatten_reloptions`).
    fn option(&mut self, name: &str, value: &str) {
        self.name(name);
        self.push("=");
        if self.typing.quoted(value) == value {
            self.push(value);
        } else {
            self.quoted(value);
        }
    }
}

/// Whether an expression is printed as a call, which needs no parentheses in an index (`looks_like_function`).
pub(super) fn looks_like_call(objects: &dyn Objects, expression: &Expr) -> bool {
    match expression {
        Expr::Function(call) => match call.form {
            CoercionForm::Call => true,
            // `a AT TIME ZONE b`, `a IS NORMALIZED`.
            CoercionForm::SqlSyntax => {
                let function = objects.function(call.function);
                function.is_none_or(|it| {
                    !matches!(it.name.as_ref(), "timezone" | "is_normalized" | "overlaps")
                })
            }
            CoercionForm::Explicit | CoercionForm::Implicit => false,
        },
        Expr::Aggregate(_)
        | Expr::Grouping(_)
        | Expr::Window(_)
        | Expr::Coalesce(_)
        | Expr::MinMax(_)
        | Expr::NullIf(_)
        | Expr::SqlValue(_)
        | Expr::Xml(_) => true,
        _ => false,
    }
}
