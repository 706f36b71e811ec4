//! How tables are partitioned: `pg_get_partkeydef`, and `pg_get_expr` of a partition's bound.

use super::constant::Label;
use super::index::looks_like_call;
use super::{Printer, Scope};
use crate::postgres::catalog::{
    BoundDatum, Catalog, IndexTerm, PartitionBound, PartitionKey, PartitionStrategy,
};
use crate::postgres::tree::Expr;
use crate::postgres::types::Oid;
use tablature_lexer::postgres::quote_name;

/// What stands behind PARTITION BY.
#[must_use]
pub fn partition_key_definition(catalog: &Catalog, table: Oid, key: &PartitionKey) -> String {
    let mut printer = Printer::new(catalog);
    printer
        .scopes
        .push(Scope::of_relation(catalog, Some(table)));
    printer.push(match key.strategy {
        PartitionStrategy::List => "LIST (",
        PartitionStrategy::Range => "RANGE (",
        PartitionStrategy::Hash => "HASH (",
    });
    let columns = super::scope::columns_of(catalog, table);
    printer.list(&key.terms, |this, term| {
        match &term.term {
            IndexTerm::Column(number) => {
                if let Some((_, name)) = columns.iter().find(|(its, _)| its == number) {
                    this.push(&quote_name(name));
                }
            }
            IndexTerm::Expression(expression) => {
                let call = looks_like_call(this.typing.objects, expression);
                this.push(if call { "" } else { "(" });
                this.expression(expression, false);
                this.push(if call { "" } else { ")" });
            }
        }
        let own = this.typing.collation_of(term.typed.oid);
        if let Some(collation) = term.typed.collation
            && own != Some(collation)
        {
            let name = this.collation_name(collation);
            this.push(&format!(" COLLATE {name}"));
        }
        this.class_name(term.class, Some(term.typed.oid));
    });
    printer.push(")");
    printer.text
}

/// FOR VALUES …, or DEFAULT.
#[must_use]
pub fn partition_bound(catalog: &Catalog, bound: &PartitionBound) -> String {
    let mut printer = Printer::new(catalog);
    match bound {
        PartitionBound::Default => printer.push("DEFAULT"),
        PartitionBound::List(values) => {
            printer.push("FOR VALUES IN (");
            printer.list(values, |this, value| this.bound_value(value));
            printer.push(")");
        }
        PartitionBound::Range { from, to } => {
            printer.push("FOR VALUES FROM (");
            printer.list(from, Printer::bound_datum);
            printer.push(") TO (");
            printer.list(to, Printer::bound_datum);
            printer.push(")");
        }
        PartitionBound::Hash { modulus, remainder } => printer.push(&format!(
            "FOR VALUES WITH (modulus {modulus}, remainder {remainder})"
        )),
    }
    printer.text
}

impl Printer<'_> {
    fn bound_datum(&mut self, datum: &BoundDatum) {
        match datum {
            BoundDatum::Minimum => self.push("MINVALUE"),
            BoundDatum::Maximum => self.push("MAXVALUE"),
            BoundDatum::Value(value) => self.bound_value(value),
        }
    }

    /// A constant without its type, which is the key's.
    fn bound_value(&mut self, value: &Expr) {
        match value {
            Expr::Constant(constant) => self.constant(constant, Label::Never),
            other => self.expression(other, false),
        }
    }
}
