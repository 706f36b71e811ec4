//! Columns of views that are said to be never NULL, on a server whose tables hold NULL wherever they may.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use std::fmt::Write;
use tablature_schema::directory::Directory;
use tablature_schema::postgres::resolve::Nullability;
use tablature_schema::{Options, check};
use tablature_test_server::shared;

const TABLES: &str = "
CREATE TABLE a (id integer PRIMARY KEY, x integer, t text, s text NOT NULL, r int4range NOT NULL, j jsonb NOT NULL, l integer[] NOT NULL);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer, x integer, t text NOT NULL);
CREATE TABLE parent (id integer NOT NULL, n integer NOT NULL);
CREATE TABLE child (more text) INHERITS (parent);
CREATE VIEW inner_view AS SELECT a.id, a.x, a.s, b.t AS bt FROM a LEFT JOIN b ON b.a_id = a.id;
CREATE MATERIALIZED VIEW kept AS SELECT id, x AS s, count(*) AS n FROM a GROUP BY id, x;
";

const ROWS: &str = "
INSERT INTO a VALUES (1, NULL, NULL, 's', '(,)', 'null', '{1,NULL}'), (2, 5, 't', '', 'empty', '{\"k\": null}', '{}'),
    (3, NULL, 'u', 's', '[1,2)', '[]', '{NULL}');
INSERT INTO b VALUES (10, 1, NULL, 'b'), (11, NULL, 7, 'c'), (12, 9, NULL, 'd');
INSERT INTO parent VALUES (1, 1);
INSERT INTO child VALUES (2, 2, NULL);
REFRESH MATERIALIZED VIEW kept;
";

/// What is read from, with the names of two entries that have the columns of `a` and of `b`.
const SOURCES: [&str; 13] = [
    "a p JOIN b q ON true",
    "a p LEFT JOIN b q ON q.a_id = p.id",
    "a p RIGHT JOIN b q ON q.a_id = p.id",
    "a p FULL JOIN b q ON q.a_id = p.id",
    "(SELECT * FROM a) p LEFT JOIN (b q JOIN b z ON z.id = q.id) ON q.a_id = p.id",
    "a p LEFT JOIN LATERAL (SELECT * FROM b WHERE b.a_id = p.id) q ON true",
    "(SELECT * FROM a UNION ALL SELECT * FROM a) p, b q",
    "a p CROSS JOIN b q LEFT JOIN a z ON z.id = q.x",
    "a z LEFT JOIN (a p JOIN b q ON q.a_id = p.id) ON z.id = p.id",
    "(SELECT * FROM a EXCEPT SELECT * FROM a WHERE false) p, LATERAL (SELECT b.* FROM b LEFT JOIN a y ON y.id = b.id) q",
    "(SELECT y.* FROM b LEFT JOIN a y ON y.id = b.a_id) p, b q",
    "a p, (VALUES (1, 2, NULL, 't'), (NULL, 2, 3, 'u')) AS q (id, a_id, x, t)",
    "(WITH w AS (SELECT * FROM a) SELECT * FROM w) p NATURAL FULL JOIN (SELECT id, a_id, x, t FROM b) q",
];

const VALUES: [&str; 64] = [
    "p.id",
    "p.x",
    "p.s",
    "q.id",
    "q.t",
    "q.a_id",
    "1",
    "NULL::text",
    "p.id + q.id",
    "p.s || q.t",
    "p.x = 5",
    "p.id = ANY (ARRAY[NULL, 7])",
    "p.id = ANY (p.l)",
    "p.id = ANY (ARRAY[1, 2])",
    "p.id IN (1, NULL)",
    "p.id <> ALL (p.l)",
    "coalesce(p.x, 0)",
    "coalesce(p.x, q.x)",
    "coalesce(q.t, p.s)",
    "greatest(p.x, p.id)",
    "least(p.x, q.x)",
    "CASE WHEN p.id = 1 THEN 'a' END",
    "CASE WHEN p.id = 1 THEN 'a' ELSE p.s END",
    "CASE p.id WHEN 1 THEN p.x ELSE 0 END",
    "nullif(p.id, 1)",
    "lower(p.s)",
    "lower(p.r)",
    "upper(p.r)",
    "length(p.s)",
    "p.j -> 'k'",
    "p.j ->> 'k'",
    "p.l[1]",
    "(SELECT max(id) FROM b WHERE false)",
    "EXISTS (SELECT FROM b)",
    "ARRAY (SELECT x FROM b)",
    "ARRAY[p.x]",
    "ROW (p.x, q.x) < ROW (1, 2)",
    "p.x IS NULL",
    "p.x IS DISTINCT FROM 1",
    "(p.x > 1) IS TRUE",
    "NOT (p.x > 1)",
    "p.id > 1 AND p.x > 1",
    "p.id > 1 OR p.x > 1",
    "count(*) OVER ()",
    "sum(p.id) OVER ()",
    "lag(p.id) OVER (ORDER BY p.id)",
    "row_number() OVER ()",
    "first_value(p.id) OVER ()",
    "now()",
    "current_date",
    "current_schema",
    "p.id::text",
    "p.x::text",
    "p.s::varchar(3)",
    "p.id::bigint",
    "p.s COLLATE \"C\"",
    "'[(0,0),(1,1)]'::path + '((0,0),(1,1))'::path",
    "substring(p.s FROM 'x')",
    "array_length(p.l, 1)",
    "cardinality(p.l)",
    "to_jsonb(p.s)",
    "jsonb_build_object('k', p.s)",
    "concat(p.s, q.t)",
    "abs(p.id)",
];

const AGGREGATES: [&str; 16] = [
    "count(*)",
    "count(q.x)",
    "sum(p.id)",
    "max(p.s)",
    "array_agg(p.id)",
    "bool_and(true)",
    "count(*) FILTER (WHERE false)",
    "coalesce(sum(p.x), 0)",
    "p.s",
    "lower(p.s)",
    "p.s || 'x'",
    "1",
    "'x'::text",
    "grouping(p.s)",
    "string_agg(q.t, ',')",
    "count(DISTINCT p.x) + 1",
];

const GROUPS: [&str; 5] = [
    "GROUP BY p.s",
    "GROUP BY ROLLUP (p.s)",
    "GROUP BY GROUPING SETS ((p.s), ())",
    "GROUP BY CUBE (p.s, q.t)",
    "GROUP BY p.s HAVING count(*) > 0",
];

/// Queries that stand alone.
const OTHERS: [&str; 16] = [
    "SELECT id FROM a UNION SELECT x FROM a",
    "SELECT x FROM a UNION ALL SELECT id FROM a",
    "SELECT s FROM a INTERSECT SELECT s FROM a",
    "SELECT s FROM a EXCEPT SELECT t FROM b",
    "SELECT * FROM inner_view",
    "SELECT i.s, i.bt, k.s AS ks, k.n, k.id FROM inner_view i, kept k",
    "SELECT i.s FROM b LEFT JOIN inner_view i ON i.id = b.a_id",
    "SELECT * FROM parent",
    "SELECT * FROM kept",
    "WITH RECURSIVE w (n) AS (SELECT 1 UNION ALL SELECT nullif(n + 1, 3) FROM w WHERE n < 4) SELECT n FROM w",
    "SELECT unnest(l) AS u, id FROM a",
    "SELECT g, o FROM generate_series(1, 2) WITH ORDINALITY AS t (g, o)",
    "SELECT sum(1) AS s, count(*) AS n, max(id) AS m FROM a WHERE false",
    "SELECT id, s FROM a JOIN b USING (id) RIGHT JOIN (SELECT 1 AS one) o ON true",
    "SELECT id FROM a FULL JOIN b USING (id)",
    "SELECT DISTINCT ON (x) x, s FROM a",
];

fn queries() -> Vec<String> {
    let mut queries: Vec<String> = OTHERS.map(str::to_owned).into();
    for source in SOURCES {
        let mut list = String::new();
        for (number, value) in VALUES.iter().enumerate() {
            let _ = write!(
                list,
                "{}{value} AS c{number}",
                if number > 0 { ", " } else { "" }
            );
        }
        queries.push(format!("SELECT {list} FROM {source}"));
        for group in GROUPS {
            let mut list = String::new();
            for (number, value) in AGGREGATES.iter().enumerate() {
                let _ = write!(
                    list,
                    "{}{value} AS c{number}",
                    if number > 0 { ", " } else { "" }
                );
            }
            queries.push(format!("SELECT {list} FROM {source} {group}"));
        }
        queries.push(format!(
            "SELECT count(*) AS n, max(p.s) AS m, 'x' AS k FROM {source}"
        ));
    }
    queries
}

#[test]
fn no_column_that_is_said_to_be_never_null_is_null() {
    let Some(server) = shared() else {
        return;
    };
    let database = server.database();
    let mut client = database.connect();
    client.batch_execute(TABLES).unwrap();
    let mut sql = TABLES.to_owned();
    for (number, query) in queries().iter().enumerate() {
        let view = format!("CREATE VIEW v{number} AS {query};\n");
        client
            .batch_execute(&view)
            .map_err(|error| format!("{view}: {error:?}"))
            .unwrap();
        sql.push_str(&view);
    }
    client.batch_execute(ROWS).unwrap();

    let files = [
        ("tablature.toml", "dialect = \"postgres\"\n"),
        ("1_views.sql", sql.as_str()),
    ];
    let checked = check(
        Directory::from_files("migrations", files),
        &Options::default(),
    );
    assert!(checked.accepted(), "{:#?}", checked.diagnostics);
    let catalog = checked.catalog.postgres().unwrap();
    let nullability = Nullability::new(catalog);
    let (mut never, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for relation in catalog.relations.iter().filter(|it| it.view().is_some()) {
        let columns = relation.live_columns();
        let claimed: Vec<_> = columns
            .filter(|column| nullability.is_never_null(relation, column.number))
            .map(|column| column.name.to_string())
            .collect();
        all += relation.live_columns().count();
        never += claimed.len();
        if claimed.is_empty() {
            continue;
        }
        let counts: Vec<String> = claimed
            .iter()
            .map(|name| format!("count(*) FILTER (WHERE \"{name}\" IS NOT DISTINCT FROM NULL)"))
            .collect();
        let count = format!("SELECT {} FROM {}", counts.join(", "), relation.name);
        let row = client.query_one(&count, &[]).unwrap();
        for (position, name) in claimed.iter().enumerate() {
            if row.get::<_, i64>(position) > 0 {
                wrong.push(format!("{}.{name}", relation.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // It is no proof of much if nothing is claimed.
    println!("{never} of {all} columns are said to be never NULL");
    assert!(never * 5 > all, "{never} of {all}");
}
