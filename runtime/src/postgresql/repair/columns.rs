//! Columns: adding them, and changing their types, defaults and the rest in place.

use super::super::client::Client;
use super::super::quote::literal;
use super::action::Action;
use super::build::Builder;
use super::definitions::Kind;
use super::parts::{self, find};
use super::{dependents, objects, values};
use crate::difference::{Difference, Object, shown};
use crate::error::Error;
use tablature_model::postgres::{Column, Schema, Table};

/// A column as CREATE TABLE and ADD COLUMN have it, without its constraints.
pub(super) fn definition<C: Client>(
    builder: &Builder<'_, '_, '_, C>,
    table: &str,
    it: &Column,
) -> String {
    let mut sql = format!("{} {}", parts::name(&it.name), it.data_type);
    if let Some(collation) = &it.collation {
        sql.push_str(&objects::collate(collation));
    }
    if let Some(generated) = &it.generated {
        let kind = if generated.kind == "v" {
            "VIRTUAL"
        } else {
            "STORED"
        };
        sql.push_str(&format!(
            " GENERATED ALWAYS AS ({}) {kind}",
            generated.expression
        ));
    }
    if let Some(default) = &it.default {
        sql.push_str(&format!(" DEFAULT {default}"));
    }
    if !it.identity.is_empty() {
        sql.push_str(&format!(" {}", identity(builder, table, it)));
    }
    if it.not_null {
        sql.push_str(" NOT NULL");
    }
    sql
}

/// GENERATED … AS IDENTITY, with the numbers that the migrations give it.
fn identity<C: Client>(builder: &Builder<'_, '_, '_, C>, table: &str, it: &Column) -> String {
    let definitions = builder.target.definitions.as_ref();
    let numbers = definitions
        .and_then(|known| known.statement(Kind::Identity, &format!("{table}.{}", it.name)));
    let numbers = numbers.map_or(String::new(), |numbers| format!(" ({numbers})"));
    format!("GENERATED {} AS IDENTITY{numbers}", always(it))
}

fn always(it: &Column) -> &'static str {
    match &*it.identity {
        "a" => "ALWAYS",
        _ => "BY DEFAULT",
    }
}

/// What adds a column.
pub(super) async fn missing<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    difference: &Difference,
    table: &str,
    name: &str,
    live: &Schema,
) -> Result<Option<Action>, Error> {
    let Some((of, column)) = column(&builder.target.expected, table, name) else {
        return Ok(None);
    };
    let sql = format!(
        "ALTER TABLE {} ADD COLUMN {}",
        parts::qualified(&of.name),
        definition(builder, table, column)
    );
    if find::table(live, table).is_some() {
        let rows = values::rows(builder, &of.name).await?;
        let is_told = column.generated.is_some() || !column.identity.is_empty();
        if rows > 0 && !is_told {
            builder.note(format!(
                "column `{table}.{name}` has its default in each of {rows} row{}; what a migration or the application would \
                 have written there is not known",
                if rows == 1 { "" } else { "s" }
            ));
        }
    }
    Ok(Some(Action::by(difference, sql)))
}

fn column<'a>(schema: &'a Schema, table: &str, name: &str) -> Option<(&'a Table, &'a Column)> {
    let table = find::table(schema, table)?;
    let mut columns = table.columns.iter();
    Some((table, columns.find(|it| it.name == name)?))
}

/// What brings a column to what it is to be, in one action.
pub(super) async fn changed<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    table: &str,
    name: &str,
    differences: &[&Difference],
    live: &Schema,
) -> Result<Option<Action>, Error> {
    let target = builder.target;
    let (Some((of, one)), Some((_, other))) = (
        column(&target.expected, table, name),
        column(live, table, name),
    ) else {
        return Ok(None);
    };
    let object = Object::Column {
        table: table.to_owned(),
        name: name.to_owned(),
    };
    let action = |ways: Vec<Vec<String>>| Action {
        object: object.clone(),
        says: differences.iter().map(ToString::to_string).collect(),
        ways,
    };
    let alter = format!("ALTER TABLE {}", parts::qualified(&of.name));
    let column = parts::name(name);
    if one.generated != other.generated {
        let Some(generated) = &one.generated else {
            let stays = other.generated.as_ref().is_some_and(|it| it.kind == "s");
            if !stays {
                builder.by_hand(&object, "what a virtual column shows is stored nowhere");
            }
            let keep = format!("{alter} ALTER COLUMN {column} DROP EXPRESSION");
            return Ok(stays.then(|| action(vec![vec![keep]])));
        };
        let expression = &generated.expression;
        if other.generated.is_none()
            && let Some(problem) =
                values::differ(builder, &of.name, name, &format!("({expression})")).await?
        {
            builder.fail(&object, problem);
            return Ok(None);
        }
        let mut ways = Vec::new();
        if other.generated.is_some() && one.data_type == other.data_type {
            // From version 17 on.
            ways.push(vec![format!(
                "{alter} ALTER COLUMN {column} SET EXPRESSION AS ({expression})"
            )]);
        }
        let mut anew = vec![
            format!("{alter} DROP COLUMN {column}"),
            format!("{alter} ADD COLUMN {}", definition(builder, table, one)),
        ];
        anew.extend(dependents::carried(builder, &object, live).await?);
        ways.push(anew);
        return Ok(Some(action(ways)));
    }
    if one.data_type != other.data_type
        && let Some(problem) = values::converted(builder, &of.name, one, other).await?
    {
        builder.fail(&object, problem);
        return Ok(None);
    }
    let steps = steps(builder, of, one, other);
    let mut ways = vec![steps.clone()];
    if one.data_type != other.data_type || one.collation != other.collation {
        let mut after = generated(builder, of, name, live).await?;
        if !after.is_empty() {
            after.extend(steps);
            ways.push(after);
        }
    }
    Ok(Some(action(ways)))
}

/// The statements that drop what is generated from a column: it is missing then, and is computed again.
async fn generated<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    of: &Table,
    name: &str,
    live: &Schema,
) -> Result<Vec<String>, Error> {
    let table = shown(&of.name);
    let Some(found) = find::table(live, &table) else {
        return Ok(Vec::new());
    };
    let mut statements = Vec::new();
    for column in found.columns.iter() {
        let Some(generated) = &column.generated else {
            continue;
        };
        let is_known = of.columns.iter().any(|it| it.name == column.name);
        if is_known && parts::reads(&generated.expression, name) {
            let object = Object::Column {
                table: table.clone(),
                name: column.name.to_string(),
            };
            let carried = dependents::carried(builder, &object, live).await?;
            builder.carried.insert(object, carried);
            statements.push(format!(
                "ALTER TABLE {} DROP COLUMN {}",
                parts::qualified(&of.name),
                parts::name(&column.name)
            ));
        }
    }
    Ok(statements)
}

/// The statements that bring a column that is written to what it is to be.
fn steps<C: Client>(
    builder: &Builder<'_, '_, '_, C>,
    of: &Table,
    one: &Column,
    other: &Column,
) -> Vec<String> {
    let table = parts::qualified(&of.name);
    let column = parts::name(&one.name);
    let alter = |what: &str| format!("ALTER TABLE {table} ALTER COLUMN {column} {what}");
    let mut statements = Vec::new();
    if !other.identity.is_empty() && one.identity.is_empty() {
        statements.push(alter("DROP IDENTITY"));
    }
    let is_retyped = one.data_type != other.data_type;
    let drops_default = other.default.is_some() && (is_retyped || one.default != other.default);
    if drops_default {
        statements.push(alter("DROP DEFAULT"));
    }
    if is_retyped || one.collation != other.collation {
        let collation = one.collation.as_ref();
        let collation = collation.map(objects::collate).unwrap_or_default();
        let using = match is_retyped {
            true => format!(" USING {column}::{}", one.data_type),
            false => String::new(),
        };
        statements.push(alter(&format!("TYPE {}{collation}{using}", one.data_type)));
    }
    match (one.not_null, other.not_null) {
        (true, false) => statements.push(alter("SET NOT NULL")),
        (false, true) => statements.push(alter("DROP NOT NULL")),
        (true, true) | (false, false) => {}
    }
    if let Some(default) = &one.default
        && (drops_default || one.default != other.default)
    {
        statements.push(alter(&format!("SET DEFAULT {default}")));
    }
    if one.identity != other.identity && !one.identity.is_empty() {
        let shown = shown(&of.name);
        if other.identity.is_empty() {
            statements.push(alter(&format!("ADD {}", identity(builder, &shown, one))));
            statements.push(format!(
                "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence({}, {}), pg_catalog.max({column})) \
                 FROM {table} HAVING pg_catalog.max({column}) IS NOT NULL",
                literal(&table),
                literal(&one.name)
            ));
        } else {
            statements.push(alter(&format!("SET GENERATED {}", always(one))));
        }
    }
    statements
}
