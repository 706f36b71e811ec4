//! What the documentation of generated items says: comments of the migrations, the SQL, and where it came from.

use crate::documentation::{beginning_and_last, code, history};
use tablature_schema::catalog::ChangeKind;
use tablature_schema::postgres::catalog::{
    Address, Catalog, Class, Column, Constraint, Generated, Identity, Relation, RelationKind,
};
use tablature_schema::postgres::print;
use tablature_schema::postgres::resolve::shown_column;
use tablature_schema::postgres::types::{Type, Typing, ValueType};
use tablature_schema::text::Sources;

/// The paragraphs about a row struct.
pub(super) fn of_relation(
    catalog: &Catalog,
    relation: &Relation,
    sources: &Sources,
) -> Vec<String> {
    let kind = match relation.kind {
        RelationKind::Table | RelationKind::Partitioned(_) => "table",
        RelationKind::Foreign(_) => "foreign table",
        RelationKind::View(_) => "view",
        RelationKind::MaterializedView(_) => "materialized view",
        RelationKind::Sequence(_)
        | RelationKind::Index(_)
        | RelationKind::PartitionedIndex(_)
        | RelationKind::Composite => "type",
    };
    let mut paragraphs = comment(catalog, Address::relation(relation.oid));
    let name = code(&catalog.relation_text(relation));
    paragraphs.push(format!("A row of the {kind} {name}."));
    if let Some(query) = relation.view().and_then(|view| view.query.as_deref()) {
        let names = relation.live_columns().map(|it| it.name.to_string());
        let names: Vec<String> = names.collect();
        let text = print::view_definition(catalog, query, &names);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        paragraphs.push(code(lines.join(" ").trim_end_matches(';')));
    }
    if let Some(provenance) = &relation.provenance {
        paragraphs.push(beginning_and_last(provenance, sources));
    }
    paragraphs
}

/// The paragraphs about a field.
pub(super) fn of_column(
    catalog: &Catalog,
    relation: &Relation,
    column: &Column,
    sources: &Sources,
) -> Vec<String> {
    let mut paragraphs = comment(catalog, Address::column(relation.oid, column.number));
    match shown_column(relation, column.number).map(|it| (it, catalog.relation(it.relation))) {
        Some((origin, Some(table))) => {
            if let Some(shown) = table.column_at(origin.column) {
                let name = format!("{}.{}", catalog.relation_text(table), shown.name);
                paragraphs.push(format!("Shows {}.", code(&name)));
                paragraphs.push(code(&definition(catalog, table, shown)));
            }
            return paragraphs;
        }
        Some((_, None)) | None => paragraphs.push(code(&definition(catalog, relation, column))),
    }
    if let Some(provenance) = &column.provenance {
        let added = relation.provenance.as_ref().is_some_and(|relation| {
            relation.changes.newest_first().any(|change| {
                matches!(&change.kind, ChangeKind::ColumnAdded(name) if *name == column.name)
            })
        });
        let verb = if added { "Added" } else { "Declared" };
        paragraphs.push(history(verb, provenance, sources));
    }
    paragraphs
}

/// The paragraphs about an enum or the struct of a composite type.
pub(super) fn of_type(
    catalog: &Catalog,
    found: &Type,
    what: &str,
    sources: &Sources,
) -> Vec<String> {
    let mut paragraphs = comment(catalog, Address::new(Class::Type, found.oid));
    let mut what = what.chars();
    let first = what.next().map(|first| first.to_ascii_uppercase());
    let what: String = first.into_iter().chain(what).collect();
    paragraphs.push(format!(
        "{what} {}.",
        code(&Typing::new(catalog).name(found.oid))
    ));
    let made = catalog.made_type(found.oid);
    if let Some(provenance) = made.and_then(|made| made.provenance.as_ref()) {
        paragraphs.push(beginning_and_last(provenance, sources));
    }
    paragraphs
}

/// A type as the engine prints it.
pub(super) fn sql_type(catalog: &Catalog, typed: ValueType) -> String {
    Typing::new(catalog).format(typed.oid, typed.typmod)
}

fn comment(catalog: &Catalog, address: Address) -> Vec<String> {
    let comment = catalog.comments.get(&address);
    comment.map(ToString::to_string).into_iter().collect()
}

/// A column as a statement would declare it.
fn definition(catalog: &Catalog, relation: &Relation, column: &Column) -> String {
    let mut sql = format!("{} {}", column.name, sql_type(catalog, column.typed));
    if column.not_null {
        sql.push_str(" NOT NULL");
    }
    let expression = column.default.as_ref();
    let expression = expression.map(|it| print::expression(catalog, it, Some(relation.oid)));
    match (column.generated, column.identity, expression) {
        (Some(kind), _, expression) => {
            let kind = match kind {
                Generated::Stored => "STORED",
                Generated::Virtual => "VIRTUAL",
            };
            let expression = expression.unwrap_or_default();
            sql.push_str(&format!(" GENERATED ALWAYS AS ({expression}) {kind}"));
        }
        (None, Some(Identity::Always), _) => sql.push_str(" GENERATED ALWAYS AS IDENTITY"),
        (None, Some(Identity::ByDefault), _) => sql.push_str(" GENERATED BY DEFAULT AS IDENTITY"),
        (None, None, Some(expression)) => sql.push_str(&format!(" DEFAULT {expression}")),
        (None, None, None) => {}
    }
    sql
}

/// The paragraph about the enum of a column of strings.
pub(super) fn of_check_enum(
    column: &str,
    constraint: &Constraint,
    sources: &Sources,
) -> Vec<String> {
    let mut text = format!(
        "The values of {}, as its CHECK constraint {} lists them",
        code(column),
        code(&constraint.name)
    );
    if let Some(provenance) = &constraint.provenance {
        let place = sources.place(provenance.first_created());
        text.push_str(&format!(" in {}", code(&place)));
    }
    vec![format!("{text}.")]
}
