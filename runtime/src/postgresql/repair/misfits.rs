//! The rows that stand in the way of a key, a check or NOT NULL, and a query that shows them.

use super::super::client::Client;
use super::super::outcome::{is, message};
use super::super::rows::{self, number};
use super::action::Action;
use super::build::Builder;
use super::parts::{self, find};
use crate::difference::{Object, shown};
use crate::error::Error;
use crate::repair::RepairProblem;
use tablature_lexer::postgres::{Symbol, TokenKind, tokenize};
use tablature_model::postgres::{QualifiedName, Schema};
use tokio_postgres::error::SqlState;

/// Remembers why something could not be done, with the rows if it lies in rows.
pub(super) async fn tell<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    action: &Action,
    error: &tokio_postgres::Error,
) -> Result<(), Error> {
    let object = &action.object;
    let codes = [
        &SqlState::NOT_NULL_VIOLATION,
        &SqlState::FOREIGN_KEY_VIOLATION,
        &SqlState::UNIQUE_VIOLATION,
        &SqlState::CHECK_VIOLATION,
    ];
    let found = match codes.iter().any(|code| is(error, code)) {
        true => queries(&builder.target.expected, object, error),
        false => None,
    };
    let Some((table, queries)) = found else {
        builder.refuse(object, error);
        return Ok(());
    };
    let mut shown_by = None;
    for query in queries {
        let count = format!("SELECT pg_catalog.count(*) FROM ({query}) AS found");
        if builder.try_run(&count).await?.is_some() {
            continue;
        }
        let rows = rows::last(builder.session.client, &count).await?;
        let count = rows.first().map_or(0, |row| number(row, 0));
        if count > 0 {
            shown_by = Some((count, query));
            break;
        }
    }
    let Some((count, query)) = shown_by else {
        builder.refuse(object, error);
        return Ok(());
    };
    let problem = RepairProblem::Rows {
        table: shown(&table),
        constraint: message(error),
        count: count.unsigned_abs(),
        rowids: Vec::new(),
        query: format!("{query};"),
    };
    builder.failures.insert(object.clone(), vec![problem]);
    Ok(())
}

/// The table, and queries for its rows that do not fit; the first that finds some tells.
fn queries(
    expected: &Schema,
    object: &Object,
    error: &tokio_postgres::Error,
) -> Option<(QualifiedName, Vec<String>)> {
    match object {
        Object::Column { table, name } => {
            let table = &find::table(expected, table)?.name;
            let all = format!("SELECT * FROM {}", parts::qualified(table));
            let without = format!("{all} WHERE {} IS NULL", parts::name(name));
            // A column that is not there yet would be NULL everywhere.
            Some((table.clone(), vec![without, all]))
        }
        Object::NamedConstraint { owner, name } => {
            let (_, of, constraint) = find::constraint(expected, owner, name)?;
            find::table(expected, owner)?;
            let query = of_constraint(&parts::qualified(of), &constraint.definition, error)?;
            Some((of.clone(), vec![query]))
        }
        Object::Index { name } => {
            let index = find::index(expected, name)?;
            let of = QualifiedName {
                schema: index.name.schema.clone(),
                name: index.table.clone(),
            };
            let lists = lists(&index.definition);
            let condition = index.definition.split(" WHERE ").nth(1);
            let query = repeated(&parts::qualified(&of), lists.first()?, condition);
            Some((of, vec![query]))
        }
        Object::Table { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::View { .. }
        | Object::Trigger { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. }
        | Object::Routine { .. }
        | Object::Policy { .. }
        | Object::Rule { .. } => None,
    }
}

/// A query for the rows that break a constraint, of which the server prints the definition.
fn of_constraint(table: &str, definition: &str, error: &tokio_postgres::Error) -> Option<String> {
    let lists = lists(definition);
    let first = lists.first()?;
    Some(match definition.split(' ').next()? {
        "CHECK" => format!("SELECT * FROM {table} WHERE NOT {first}"),
        "FOREIGN" => {
            let parent = definition.split(" REFERENCES ").nth(1)?;
            let parent = parent.split('(').next()?;
            format!(
                "SELECT * FROM {table} AS child WHERE {first} IS NOT NULL AND NOT EXISTS \
                 (SELECT FROM {parent} AS parent WHERE {} = {})",
                of_table("parent", lists.get(1)?),
                of_table("child", first)
            )
        }
        _ if is(error, &SqlState::NOT_NULL_VIOLATION) => {
            format!("SELECT * FROM {table} WHERE NOT (ROW{first} IS NOT NULL)")
        }
        _ => repeated(table, first, None),
    })
}

/// The rows of which there are several with the same values.
fn repeated(table: &str, list: &str, condition: Option<&str>) -> String {
    let inside = inside(list);
    let (first, second) = match condition {
        Some(condition) => (format!(" WHERE {condition}"), format!(" AND {condition}")),
        None => (String::new(), String::new()),
    };
    format!(
        "SELECT * FROM {table} WHERE {list} IN (SELECT {inside} FROM {table}{first} \
         GROUP BY {inside} HAVING pg_catalog.count(*) > 1){second}"
    )
}

/// What a list in parentheses has between them.
fn inside(list: &str) -> &str {
    list.get(1..list.len().saturating_sub(1))
        .unwrap_or_default()
}

/// The texts in parentheses that are not in others, with their parentheses.
fn lists(sql: &str) -> Vec<String> {
    let mut lists = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for token in tokenize(sql) {
        match token.kind {
            TokenKind::Symbol(Symbol::LeftParen) => {
                if depth == 0 {
                    start = token.start;
                }
                depth += 1;
            }
            TokenKind::Symbol(Symbol::RightParen) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    lists.extend(sql.get(start..token.end).map(str::to_owned));
                }
            }
            _ => {}
        }
    }
    lists
}

/// A list of columns as those of a table of the query.
fn of_table(table: &str, list: &str) -> String {
    let columns: Vec<String> = inside(list)
        .split(", ")
        .map(|column| format!("{table}.{column}"))
        .collect();
    format!("({})", columns.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{lists, of_table, repeated};

    #[test]
    fn lists_are_found_and_qualified() {
        let key = "FOREIGN KEY (a, \"b)\") REFERENCES public.t(c, d) ON DELETE CASCADE";
        assert_eq!(lists(key), ["(a, \"b)\")", "(c, d)"]);
        assert_eq!(of_table("p", "(c, d)"), "(p.c, p.d)");
        assert_eq!(
            repeated("t", "(lower(a))", None),
            "SELECT * FROM t WHERE (lower(a)) IN (SELECT lower(a) FROM t GROUP BY lower(a) HAVING pg_catalog.count(*) > 1)"
        );
    }
}
