//! What stands in the way of a change: dropped and made again, if the migrations define it, with its privileges.

use super::super::client::Client;
use super::super::quote::literal;
use super::super::rows::text;
use super::action::Action;
use super::build::Builder;
use super::clear;
use super::definitions::qualifying;
use super::parts::{self, find};
use crate::difference::{Object, shown};
use crate::error::Error;
use tablature_model::postgres::{QualifiedName, Schema};
use tokio_postgres::SimpleQueryRow;

/// What depends on what a query gives: views and what depends on those, foreign keys, policies, triggers, rules, functions.
const DEPENDENTS: &str = "
WITH RECURSIVE found(classid, objid, sub) AS (
  SELECT * FROM start
  UNION
  SELECT CASE WHEN r.rulename = '_RETURN' THEN 'pg_class'::regclass::oid ELSE d.classid END,
    CASE WHEN r.rulename = '_RETURN' THEN r.ev_class ELSE d.objid END, 0
  FROM found f
  JOIN pg_depend d ON d.refclassid = f.classid AND d.refobjid = f.objid AND (f.sub = 0 OR d.refobjsubid = f.sub)
    AND d.deptype = 'n'
  LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
  WHERE d.classid IN ('pg_rewrite'::regclass, 'pg_constraint'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass,
    'pg_proc'::regclass)
)
SELECT 'view', n.nspname, c.relname, ''
FROM found JOIN pg_class c ON classid = 'pg_class'::regclass AND c.oid = objid AND c.relkind IN ('v', 'm')
JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT 'constraint', n.nspname, c.relname, k.conname
FROM found JOIN pg_constraint k ON classid = 'pg_constraint'::regclass AND k.oid = objid AND k.contype = 'f' AND k.conparentid = 0
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT 'policy', n.nspname, c.relname, y.polname
FROM found JOIN pg_policy y ON classid = 'pg_policy'::regclass AND y.oid = objid
JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT 'trigger', n.nspname, c.relname, g.tgname
FROM found JOIN pg_trigger g ON classid = 'pg_trigger'::regclass AND g.oid = objid AND NOT g.tgisinternal
JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT 'rule', n.nspname, c.relname, w.rulename
FROM found JOIN pg_rewrite w ON classid = 'pg_rewrite'::regclass AND w.oid = objid
JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT 'routine', n.nspname, format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)), ''
FROM found JOIN pg_proc p ON classid = 'pg_proc'::regclass AND p.oid = objid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE NOT EXISTS (SELECT FROM start WHERE start.classid = found.classid AND start.objid = found.objid)";

/// What drops that which depends on something and is to be made again: all that the migrations define.
pub(super) async fn of<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    object: &Object,
) -> Result<Vec<Action>, Error> {
    let look = builder.look().await?;
    let live = &look.live;
    let Some(start) = start(object, live) else {
        return Ok(Vec::new());
    };
    let query = DEPENDENTS.replacen(
        "WITH RECURSIVE ",
        &format!("WITH RECURSIVE start(classid, objid, sub) AS ({start}), "),
        1,
    );
    let rows = qualifying(builder.session.client, &query).await?;
    let mut actions = Vec::new();
    for dependent in rows.iter().filter_map(named) {
        let is_known = is_in(&builder.target.expected, &dependent);
        let Some(drop) = clear::drop(&dependent, live).filter(|_| is_known) else {
            continue;
        };
        let carried = carried(builder, &dependent, live).await?;
        builder.carried.insert(dependent.clone(), carried);
        actions.push(Action {
            says: vec![format!(
                "{dependent} stands in the way of {object}, and is made again below"
            )],
            object: dependent,
            ways: vec![vec![drop]],
        });
    }
    Ok(actions)
}

/// A query for what the search begins with; none for what nothing can depend on that could be made again.
fn start(object: &Object, live: &Schema) -> Option<String> {
    let class = |name: &QualifiedName| literal(&parts::qualified(name));
    Some(match object {
        Object::Table { name } => {
            let table = class(&find::table(live, name)?.name);
            format!("SELECT 'pg_class'::regclass::oid, {table}::regclass::oid, 0")
        }
        Object::View { name } => {
            let view = class(&find::view(live, name)?.name);
            format!("SELECT 'pg_class'::regclass::oid, {view}::regclass::oid, 0")
        }
        Object::Index { name } => {
            let index = class(&find::index(live, name)?.name);
            format!("SELECT 'pg_class'::regclass::oid, {index}::regclass::oid, 0")
        }
        Object::Column { table, name } => {
            let table = class(&find::table(live, table)?.name);
            format!(
                "SELECT 'pg_class'::regclass::oid, attrelid, attnum::integer FROM pg_attribute
                 WHERE attrelid = {table}::regclass AND attname = {}",
                literal(name)
            )
        }
        Object::NamedConstraint { owner, name } => {
            let table = class(&find::table(live, owner)?.name);
            format!(
                "SELECT 'pg_class'::regclass::oid, conindid, 0 FROM pg_constraint
                 WHERE conrelid = {table}::regclass AND conname = {} AND contype IN ('p', 'u')",
                literal(name)
            )
        }
        Object::Routine { name } => {
            let routine = find::routine(live, name)?;
            format!(
                "SELECT 'pg_proc'::regclass::oid, p.oid, 0 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                 WHERE n.nspname = {} AND p.proname = {} AND pg_get_function_identity_arguments(p.oid) = {}",
                literal(&routine.name.schema),
                literal(&routine.name.name),
                literal(&routine.arguments)
            )
        }
        Object::Trigger { .. }
        | Object::Policy { .. }
        | Object::Rule { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. } => return None,
    })
}

/// What a row of the query is about.
fn named(row: &SimpleQueryRow) -> Option<Object> {
    let of = shown(&QualifiedName {
        schema: text(row, 1).to_owned().into(),
        name: text(row, 2).to_owned().into(),
    });
    let name = text(row, 3).to_owned();
    Some(match text(row, 0) {
        "view" => Object::View { name: of },
        "constraint" => Object::NamedConstraint { owner: of, name },
        "policy" => Object::Policy { table: of, name },
        "trigger" => Object::Trigger {
            name: format!("{of}.{name}"),
        },
        "rule" => Object::Rule { table: of, name },
        "routine" => Object::Routine { name: of },
        _ => return None,
    })
}

/// Whether a schema has something that can stand in the way.
fn is_in(schema: &Schema, object: &Object) -> bool {
    match object {
        Object::View { name } => find::view(schema, name).is_some(),
        Object::NamedConstraint { owner, name } => find::constraint(schema, owner, name).is_some(),
        Object::Policy { table, name } => find::policy(schema, table, name).is_some(),
        Object::Trigger { name } => find::trigger(schema, name).is_some(),
        Object::Rule { table, name } => find::rule(schema, table, name).is_some(),
        Object::Routine { name } => find::routine(schema, name).is_some(),
        Object::Table { .. }
        | Object::Column { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::Index { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. } => false,
    }
}

/// The statements that give back, once something is made again, what the migrations do not say of it: its owner, its
/// privileges and its comment.
pub(super) async fn carried<C: Client>(
    builder: &mut Builder<'_, '_, '_, C>,
    object: &Object,
    live: &Schema,
) -> Result<Vec<String>, Error> {
    let Some(query) = carrying(object, live) else {
        return Ok(Vec::new());
    };
    let rows = qualifying(builder.session.client, &query).await?;
    Ok(rows.iter().map(|row| text(row, 0).to_owned()).collect())
}

fn carrying(object: &Object, live: &Schema) -> Option<String> {
    Some(match object {
        Object::View { name } => {
            let view = find::view(live, name)?;
            let kind = if view.materialized {
                "MATERIALIZED VIEW"
            } else {
                "VIEW"
            };
            let name = literal(&parts::qualified(&view.name));
            format!(
                "SELECT format('ALTER {kind} %s OWNER TO %I', {name}, r.rolname)
                 FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                 WHERE c.oid = {name}::regclass AND r.rolname <> current_user
                 UNION ALL {}
                 UNION ALL SELECT format('COMMENT ON {kind} %s IS %L', {name}, obj_description({name}::regclass, 'pg_class'))
                 WHERE obj_description({name}::regclass, 'pg_class') IS NOT NULL",
                grants("relacl", "relowner", "", &name, &format!("pg_class WHERE oid = {name}::regclass"))
            )
        }
        Object::Routine { name } => {
            let routine = find::routine(live, name)?;
            let name = literal(&parts::routine(routine));
            let row = format!(
                "pg_proc WHERE pronamespace = {}::regnamespace AND proname = {} AND pg_get_function_identity_arguments(oid) = {}",
                literal(&parts::name(&routine.name.schema)),
                literal(&routine.name.name),
                literal(&routine.arguments)
            );
            format!(
                "SELECT format('REVOKE ALL ON %s FROM PUBLIC', {name}) FROM {row} AND proacl IS NOT NULL
                 UNION ALL SELECT format('ALTER %s OWNER TO %s', {name}, proowner::regrole) FROM {row}
                   AND proowner <> current_user::regrole
                 UNION ALL {}
                 UNION ALL SELECT format('COMMENT ON %s IS %L', {name}, obj_description(oid, 'pg_proc')) FROM {row}
                   AND obj_description(oid, 'pg_proc') IS NOT NULL",
                grants("proacl", "proowner", "", &name, &row)
            )
        }
        Object::Column { table, name } => {
            let table = &find::table(live, table)?.name;
            let column = literal(&format!(
                "{}.{}",
                parts::qualified(table),
                parts::name(name)
            ));
            let table = literal(&parts::qualified(table));
            let row = format!(
                "(SELECT a.*, c.relowner FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid) AS a
                 WHERE attrelid = {table}::regclass AND attname = {}",
                literal(name)
            );
            format!(
                "{} UNION ALL SELECT format('COMMENT ON COLUMN %s IS %L', {column}, col_description(attrelid, attnum))
                 FROM {row} AND col_description(attrelid, attnum) IS NOT NULL",
                grants("attacl", "relowner", &format!(" ({})", parts::name(name)), &table, &row)
            )
        }
        Object::Table { .. }
        | Object::Index { .. }
        | Object::Trigger { .. }
        | Object::Policy { .. }
        | Object::Rule { .. }
        | Object::NamedConstraint { .. }
        | Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. } => return None,
    })
}

/// A query for the privileges that others have, as statements.
fn grants(list: &str, owner: &str, columns: &str, on: &str, row: &str) -> String {
    let columns = literal(columns);
    format!(
        "SELECT format('GRANT %s ON %s TO %s%s',
           (SELECT string_agg(privilege || {columns}, ', ' ORDER BY privilege) FROM unnest(privileges) AS privilege), {on},
           CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
           CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
         FROM (SELECT x.grantee, x.is_grantable, array_agg(x.privilege_type) AS privileges
               FROM (SELECT {list} AS list, {owner} AS owner FROM {row}) AS its, aclexplode(its.list) AS x
               WHERE x.grantee <> its.owner GROUP BY x.grantee, x.is_grantable) AS given"
    )
}
