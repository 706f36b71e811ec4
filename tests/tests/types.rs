//! What views are said to hold, against what the engine gives.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::collections::BTreeSet;
use std::fmt::Write;
use tablature_schema::catalog::Key;
use tablature_schema::directory::Directory;
use tablature_schema::sqlite::catalog::{Content, Nullability, StorageClasses};
use tablature_schema::{Options, check};
use tablature_tests::random::Random;

/// Tables whose columns hold what their types are meant for: without rows, with some, and where the engine sees to it.
const TABLES: &str = "
CREATE TABLE loose (
    id INTEGER PRIMARY KEY, i INTEGER, r REAL, t TEXT, b BLOB, d DATETIME, f BOOLEAN, m DECIMAL, a
);
CREATE TABLE exact (
    wi INTEGER NOT NULL, wr REAL NOT NULL, wt TEXT NOT NULL, wb BLOB NOT NULL, wa ANY
) STRICT;
CREATE TABLE bare (r REAL NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (word, note, key UNINDEXED);
CREATE VIRTUAL TABLE old_words USING fts4 (word, note);
";

const ROWS: &str = "
INSERT INTO loose (i, r, t, b, d, f, m, a) VALUES
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (0, 0, '', x'', '2024-02-29 12:00:00', 0, 0, 1),
    (1, 1, '1', x'31', '2024-02-29', 1, 1.5, 1.5),
    (-1, -1.5, 'abc', x'616263', 'no date', 1, -2, 'abc'),
    (9223372036854775807, 9e999, '{\"a\": 1.5}', x'ff', '12:00', 0, 1e300, x'00'),
    (-9223372036854775808, -9e999, '[1, null]', x'7b7d', '2000-01-01', 1, 3, NULL),
    (7, 1e308, '1.0', x'00', 'subsec', 0, 2, '$.a');
INSERT INTO words VALUES ('one two three', 1.5, 7), ('one', NULL, x'00'), (1, 'one', 'key');
INSERT INTO old_words VALUES ('one two three', 1.5), ('one', NULL), (1, 'one');
INSERT INTO exact VALUES (1, 1, 'one', x'01', 1), (2, 9e999, '', x'', 'x'), (3, -1, '2', x'32', NULL);
";

/// What expressions begin with.
const COLUMNS: &[&str] = &[
    "id", "i", "r", "t", "b", "d", "f", "m", "a", "wi", "wr", "wt", "wb", "wa",
];
const LITERALS: &[&str] = &[
    "NULL",
    "0",
    "2",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "0x7f",
    "1.5",
    "9e999",
    "'x'",
    "'2'",
    "''",
    "'$.a'",
    "'subsec'",
    "x'31'",
    "TRUE",
    "CURRENT_TIMESTAMP",
];

const BINARY: &[&str] = &[
    "+",
    "-",
    "*",
    "/",
    "%",
    "||",
    "&",
    "|",
    "<<",
    ">>",
    "=",
    "<>",
    "<",
    "<=",
    "IS",
    "IS NOT",
    "IS DISTINCT FROM",
    "AND",
    "OR",
    "->>",
    "->",
    "LIKE",
    "NOT LIKE",
    "GLOB",
];

const TYPES: &[&str] = &[
    "INTEGER", "REAL", "TEXT", "BLOB", "NUMERIC", "BOOLEAN", "DATETIME", "",
];

/// Functions that nothing can be asked of here: they do more than give a value, or take literals only.
const LEFT_OUT: &[&str] = &["load_extension", "sqlite_log", "likelihood"];

/// An expression and what is read from.
struct Question {
    value: String,
    from: &'static str,
}

fn ask(value: impl Into<String>, from: &'static str) -> Question {
    Question {
        value: value.into(),
        from,
    }
}

/// Checks that the engine gives no value of another kind than the view of each question is said to hold.
fn agree(questions: &[Question]) {
    let claims = claims(questions);
    let connection = engine();
    let mut wrong = String::new();
    let mut values = 0;
    for (question, claim) in questions.iter().zip(&claims) {
        let Some((content, nullability)) = claim else {
            continue;
        };
        for got in given(&connection, question) {
            values += 1;
            let right = match got {
                Some(class) => content.classes.contains(class),
                None => *nullability == Nullability::Nullable,
            };
            if !right {
                let Question { value, from } = question;
                let classes = content.classes;
                writeln!(
                    wrong,
                    "{value} {from}: {got:?}, not {classes:?} {nullability:?}"
                )
                .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let known = claims.iter().flatten().count();
    assert!(known * 10 > questions.len() * 9, "{known} are accepted");
    assert!(values * 4 > questions.len(), "{values} values are given");
}

fn engine() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(TABLES).unwrap();
    connection.execute_batch(ROWS).unwrap();
    connection
}

/// What the views are said to hold; none where one is rejected.
fn claims(questions: &[Question]) -> Vec<Option<(Content, Nullability)>> {
    /// How many questions a view asks: with one each, replaying them all takes minutes.
    const EACH: usize = 50;
    let batches: Vec<&[Question]> = questions
        .chunk_by(|one, next| one.from == next.from)
        .flat_map(|same| same.chunks(EACH))
        .collect();
    let mut text = TABLES.to_owned();
    for (number, batch) in batches.iter().enumerate() {
        let values: Vec<&str> = batch.iter().map(|question| &*question.value).collect();
        let from = batch.first().map_or("", |question| question.from);
        writeln!(
            text,
            "CREATE VIEW v{number} AS SELECT {} {from};",
            values.join(", ")
        )
        .unwrap();
    }
    let directory = Directory::from_files("migrations", [("1_all.sql", text)]);
    let checked = check(directory, &Options::default());
    let mut claims = Vec::new();
    for (number, batch) in batches.iter().enumerate() {
        let key = Key::new(&format!("v{number}"));
        let view = checked.catalog.sqlite().unwrap().main().relations.get(&key);
        let columns = view.and_then(|view| view.view()?.columns.as_deref());
        claims.extend((0..batch.len()).map(|position| {
            let column = columns?.get(position)?;
            Some((column.content.clone(), column.nullability))
        }));
    }
    claims
}

/// The classes of what the engine gives, NULL as none. Where a row is an error the others are asked for one by one.
fn given(connection: &Connection, question: &Question) -> BTreeSet<Option<StorageClasses>> {
    let Question { value, from } = question;
    let mut given = BTreeSet::new();
    let whole = rows(
        connection,
        &format!("SELECT {value} AS x {from}"),
        &mut given,
    );
    if !whole && *from == EACH_ROW {
        for id in 1..=7 {
            for wi in 1..=3 {
                let sql = format!("SELECT {value} AS x {from} WHERE id = {id} AND wi = {wi}");
                rows(connection, &sql, &mut given);
            }
        }
    }
    given
}

/// Adds what the rows of a query give until one is an error; whether none was.
fn rows(connection: &Connection, sql: &str, given: &mut BTreeSet<Option<StorageClasses>>) -> bool {
    let sql = format!("SELECT x FROM ({sql})");
    let Ok(mut statement) = connection.prepare(&sql) else {
        return false;
    };
    let mut rows = statement.query([]).unwrap();
    loop {
        match rows.next() {
            Ok(Some(row)) => given.insert(class(row.get_ref(0).unwrap())),
            Ok(None) => return true,
            Err(_) => return false,
        };
    }
}

fn class(value: ValueRef<'_>) -> Option<StorageClasses> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(_) => Some(StorageClasses::INTEGER),
        ValueRef::Real(_) => Some(StorageClasses::REAL),
        ValueRef::Text(_) => Some(StorageClasses::TEXT),
        ValueRef::Blob(_) => Some(StorageClasses::BLOB),
    }
}

const EACH_ROW: &str = "FROM loose, exact";

/// Where aggregate functions are asked: over rows, none, groups.
const GROUPS: &[&str] = &[
    "FROM loose, exact",
    "FROM loose, exact WHERE id > 99",
    "FROM loose, exact GROUP BY f",
    "FROM loose, exact WHERE id > 99 GROUP BY f",
];

/// A function of the engine and how many arguments to call it with.
struct Function {
    name: String,
    kind: String,
    arguments: usize,
}

fn functions() -> Vec<Function> {
    /// What functions of modules begin with.
    const MODULES: &[&str] = &[
        "fts",
        "rtree",
        "snippet",
        "offsets",
        "optimize",
        "match",
        "bm25",
        "highlight",
    ];
    let connection = engine();
    let sql =
        "SELECT DISTINCT name, type, narg FROM pragma_function_list WHERE builtin ORDER BY 1, 2, 3";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?))
    });
    let mut functions = Vec::new();
    for row in rows.unwrap() {
        let (name, kind, arguments): (String, String, i64) = row.unwrap();
        let is_left_out = LEFT_OUT.contains(&name.as_str())
            || MODULES.iter().any(|module| name.starts_with(module))
            || name.starts_with('-');
        if is_left_out {
            continue;
        }
        let is_taken = |count: &usize| {
            // An aggregate function among the scalar ones.
            let is_other = kind == "s" && ["min", "max"].contains(&&*name) && *count == 1;
            let call = format!("SELECT {name}({})", vec!["1"; *count].join(", "));
            let sql = match kind.as_str() {
                "s" => call,
                _ => format!("{call} OVER ()"),
            };
            !is_other && connection.prepare(&sql).is_ok()
        };
        let counts = match usize::try_from(arguments) {
            Ok(count) => count..=count,
            Err(_) => 0..=4,
        };
        let counts: Vec<usize> = counts.filter(is_taken).collect();
        functions.extend(counts.into_iter().map(|arguments| Function {
            name: name.clone(),
            kind: kind.clone(),
            arguments,
        }));
    }
    functions
}

/// Makes expressions of some arguments for each function: all of them where there are few.
fn calls(function: &Function, atoms: &[&str], most: usize, random: &mut Random) -> Vec<String> {
    let Function {
        name, arguments, ..
    } = function;
    match arguments {
        0 => vec![format!("{name}()")],
        1 => atoms.iter().map(|atom| format!("{name}({atom})")).collect(),
        _ => {
            let call = |_| {
                let list: Vec<&str> = (0..*arguments)
                    .filter_map(|_| random.pick(atoms).copied())
                    .collect();
                format!("{name}({})", list.join(", "))
            };
            (0..most).map(call).collect()
        }
    }
}

#[test]
fn tables_of_json_values_hold_the_classes_that_are_said() {
    const FROM: [&str; 6] = [
        "FROM json_each('[1, null, {\"a\": \"b\"}, 1.5, true]')",
        "FROM json_tree('{\"a\": [1, null, {\"b\": []}], \"c\": {}}')",
        "FROM json_tree('1')",
        "FROM jsonb_each('{\"a\": [1, null, {\"b\": []}], \"c\": {}}')",
        "FROM jsonb_tree('{\"a\": [1, null, {\"b\": []}], \"c\": {}}', '$.a')",
        "FROM bare LEFT JOIN json_each('[1]')",
    ];
    let columns = [
        "key", "value", "type", "atom", "id", "parent", "fullkey", "path",
    ];
    let questions = FROM
        .iter()
        .flat_map(|from| columns.map(|column| ask(column, from)));
    agree(&questions.collect::<Vec<_>>());
}

#[test]
fn functions_of_full_text_tables_give_the_classes_that_are_said() {
    const NEW: &str = "FROM words WHERE words MATCH 'one'";
    const OLD: &str = "FROM old_words WHERE old_words MATCH 'one'";
    let questions = [
        ask("word", NEW),
        ask("note", NEW),
        ask("key", NEW),
        ask("rank", NEW),
        ask("highlight(words, 0, '[', ']')", NEW),
        ask("highlight(words, 1, '[', ']')", NEW),
        ask("highlight(words, 2, '[', ']')", NEW),
        ask("highlight(words, 9, '[', ']')", NEW),
        ask("snippet(words, -1, '[', ']', '…', 4)", NEW),
        ask("snippet(words, 2, '[', ']', '…', 4)", NEW),
        ask("bm25(words)", NEW),
        ask("snippet(old_words)", OLD),
        ask("offsets(old_words)", OLD),
        ask("matchinfo(old_words)", OLD),
        ask("matchinfo(old_words, 'pcx')", OLD),
        ask("snippet(old_words)", "FROM old_words"),
        ask("offsets(old_words)", "FROM old_words"),
        ask("matchinfo(old_words)", "FROM old_words"),
    ];
    agree(&questions);
}

fn atoms() -> Vec<&'static str> {
    COLUMNS.iter().chain(LITERALS).copied().collect()
}

#[test]
fn the_results_of_scalar_functions_are_of_the_classes_that_are_said() {
    let mut random = Random::new(1);
    let mut questions = Vec::new();
    for function in functions().iter().filter(|function| function.kind == "s") {
        let calls = calls(function, &atoms(), 60, &mut random);
        questions.extend(calls.into_iter().map(|call| ask(call, EACH_ROW)));
    }
    agree(&questions);
}

#[test]
fn the_results_of_aggregate_and_window_functions_are_of_the_classes_that_are_said() {
    const WINDOWS: &[&str] = &[
        "OVER ()",
        "OVER (ORDER BY id)",
        "OVER (PARTITION BY f ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
        "OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING)",
        "OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)",
    ];
    const ONLY_WINDOW: &[&str] = &[
        "row_number",
        "rank",
        "dense_rank",
        "percent_rank",
        "cume_dist",
        "ntile",
        "lag",
        "lead",
        "first_value",
        "last_value",
        "nth_value",
    ];
    let mut random = Random::new(2);
    let mut groups = Vec::new();
    let mut windows = Vec::new();
    for function in functions().iter().filter(|function| function.kind != "s") {
        for call in calls(function, &atoms(), 30, &mut random) {
            if !ONLY_WINDOW.contains(&function.name.as_str()) {
                for from in GROUPS {
                    groups.push(ask(call.clone(), from));
                    groups.push(ask(format!("{call} FILTER (WHERE f)"), from));
                }
            }
            for window in WINDOWS {
                windows.push(ask(format!("{call} {window}"), EACH_ROW));
            }
        }
    }
    groups.sort_by_key(|question| question.from);
    agree(&groups);
    agree(&windows);
}

#[test]
fn the_results_of_operators_are_of_the_classes_that_are_said() {
    let atoms = atoms();
    let mut questions = Vec::new();
    for left in &atoms {
        for form in [
            "-{}",
            "+{}",
            "~{}",
            "NOT {}",
            "- -{}",
            "{} IS NULL",
            "{} NOTNULL",
            "{} IN (1, 2.5, 'x')",
            "{} IN ()",
            "likelihood({}, 0.5)",
            "{} IN (SELECT wi FROM exact)",
            "EXISTS (SELECT {})",
            "{} COLLATE NOCASE",
            "(SELECT {})",
            "(SELECT {} FROM bare)",
            "(SELECT max(bare.r) + {} FROM bare)",
            "{} BETWEEN 1 AND 'x'",
            "CASE {} WHEN 1 THEN 'one' END",
            "CASE WHEN {} THEN 1 ELSE 0 END",
            "CASE WHEN id > 3 THEN {} ELSE 2 END",
            "CASE WHEN id > 3 THEN {} ELSE NULL END",
            "(SELECT {} UNION ALL SELECT 2)",
            "(1, 2) = ({}, 2)",
        ] {
            questions.push(ask(form.replace("{}", left), EACH_ROW));
        }
        for wanted in TYPES {
            questions.push(ask(format!("CAST({left} AS {wanted})"), EACH_ROW));
        }
        for right in &atoms {
            for operator in BINARY {
                questions.push(ask(format!("{left} {operator} {right}"), EACH_ROW));
            }
        }
    }
    agree(&questions);
}

#[test]
fn what_is_made_of_results_is_of_the_classes_that_are_said() {
    let mut random = Random::new(3);
    let functions: Vec<Function> = functions()
        .into_iter()
        .filter(|function| function.kind == "s" && function.arguments > 0)
        .collect();
    let mut known: Vec<String> = atoms().into_iter().map(str::to_owned).collect();
    let mut questions = Vec::new();
    for _ in 0..4_000 {
        let parts: Vec<&str> = known.iter().map(String::as_str).collect();
        let mut part = || random.pick(&parts).copied().unwrap_or("1");
        let (one, other) = (part(), part());
        let made = if random.once_in(2) {
            let operator = random.pick(BINARY).copied().unwrap_or("+");
            format!("({one} {operator} {other})")
        } else {
            let chosen = random.pick(&functions).into_iter();
            let made = chosen.flat_map(|function| calls(function, &parts, 1, &mut random));
            made.last().unwrap_or_default()
        };
        if made.len() < 120 {
            known.push(made.clone());
        }
        questions.push(ask(made, EACH_ROW));
    }
    agree(&questions);
}

#[test]
fn columns_keep_their_classes_on_the_way_through_queries() {
    let mut questions = Vec::new();
    for column in ["i", "r", "t", "b", "a"] {
        for from in [
            "FROM loose JOIN (SELECT w{} AS {} FROM exact) USING ({})",
            "FROM loose LEFT JOIN (SELECT w{} AS {} FROM exact) USING ({})",
            "FROM loose FULL JOIN (SELECT w{} AS {} FROM exact) USING ({})",
            "FROM (SELECT w{} AS {} FROM exact) FULL JOIN loose USING ({})",
            "FROM (SELECT {} FROM loose UNION ALL SELECT w{} FROM exact)",
            "FROM (SELECT {} FROM loose UNION SELECT 1)",
            "FROM (SELECT {} FROM loose INTERSECT SELECT wi FROM exact)",
            "FROM (SELECT {} FROM loose EXCEPT SELECT 'x')",
            "FROM (SELECT 1 AS {} UNION ALL SELECT {} FROM loose)",
            "FROM (SELECT max({}) AS {} FROM loose GROUP BY f)",
            "FROM (VALUES (1), (2.5)) JOIN loose",
        ] {
            let from: &'static str = from.replace("{}", column).leak();
            questions.push(ask(column, from));
        }
    }
    for (value, from) in [
        (
            "n",
            "FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 5) SELECT n FROM c)",
        ),
        (
            "n",
            "FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n || '.' FROM c LIMIT 5) SELECT n FROM c)",
        ),
        (
            "n",
            "FROM (WITH RECURSIVE c (n, m) AS (SELECT 1, 'x' UNION ALL SELECT m, n FROM c LIMIT 5) SELECT n FROM c)",
        ),
        ("column1", "FROM (VALUES (1), ('x'), (NULL))"),
        ("value", "FROM json_each('[1, 2.5, null, \"x\"]')"),
        ("type", "FROM json_tree('[1, 2.5, null, \"x\"]')"),
        ("rowid", "FROM loose"),
    ] {
        questions.push(ask(value, from));
    }
    agree(&questions);
}

/// So that a function whose result is known does not come to hold anything by oversight.
#[test]
fn what_the_engine_guarantees_is_said() {
    const INTEGER: StorageClasses = StorageClasses::INTEGER;
    const REAL: StorageClasses = StorageClasses::REAL;
    const TEXT: StorageClasses = StorageClasses::TEXT;
    const BLOB: StorageClasses = StorageClasses::BLOB;
    const NUMBER: StorageClasses = StorageClasses::NUMBER;
    let wanted = [
        ("count(*)", "FROM loose", INTEGER, false),
        ("count(t) FILTER (WHERE f)", "FROM loose", INTEGER, false),
        ("sum(wi)", "FROM exact", INTEGER, true),
        ("sum(wr)", "FROM exact", REAL, true),
        ("sum(wa)", "FROM exact", NUMBER, true),
        ("total(wa)", "FROM exact", REAL, true),
        ("total(wi)", "FROM exact", REAL, false),
        ("avg(wi)", "FROM exact", REAL, true),
        ("max(wt)", "FROM exact", TEXT, true),
        ("max(wt)", "FROM exact GROUP BY wi", TEXT, true),
        ("max(d)", "FROM loose", StorageClasses::ANY, true),
        ("max(m)", "FROM loose", NUMBER, true),
        ("max(f)", "FROM loose", INTEGER, true),
        ("coalesce(sum(wi), 0)", "FROM exact", INTEGER, false),
        ("coalesce(t, 'none')", "FROM loose", TEXT, false),
        ("coalesce(i, 'none')", "FROM loose", INTEGER.or(TEXT), false),
        ("iif(f, wi, wr)", "FROM exact, loose", NUMBER, false),
        (
            "CASE WHEN wi > 1 THEN 'many' ELSE 'one' END",
            "FROM exact",
            TEXT,
            false,
        ),
        ("length(wt)", "FROM exact", INTEGER, false),
        ("length(t)", "FROM loose", INTEGER, true),
        ("upper(wt) || lower(wt)", "FROM exact", TEXT, false),
        ("substr(wb, 1)", "FROM exact", BLOB, true),
        ("substr(wt, 1)", "FROM exact", TEXT, false),
        ("replace(wt, 'a', 'b')", "FROM exact", TEXT, false),
        ("printf('%d', wi)", "FROM exact", TEXT, true),
        ("hex(wb)", "FROM exact", TEXT, false),
        ("date(wt)", "FROM exact", TEXT, true),
        ("julianday(wt)", "FROM exact", REAL, true),
        ("unixepoch(wt)", "FROM exact", NUMBER, true),
        ("json_object('a', wi)", "FROM exact", TEXT, false),
        ("row_number() OVER ()", "FROM exact", INTEGER, false),
        ("lag(wt) OVER (ORDER BY wi)", "FROM exact", TEXT, true),
        (
            "lag(wt, 1, 0) OVER (ORDER BY wi)",
            "FROM exact",
            TEXT.or(INTEGER),
            true,
        ),
        ("wi + 1", "FROM exact", NUMBER, false),
        ("wi + 1.5", "FROM exact", REAL, false),
        ("wi % 2", "FROM exact", INTEGER, true),
        ("wi = 1", "FROM exact", INTEGER, false),
        ("EXISTS (SELECT 1)", "", INTEGER, false),
        ("CAST(wa AS INTEGER)", "FROM exact", INTEGER, true),
        ("-1", "", INTEGER, false),
        ("CURRENT_TIMESTAMP", "", TEXT, false),
    ];
    let questions: Vec<Question> = wanted
        .iter()
        .map(|(value, from, ..)| ask(*value, from))
        .collect();
    agree(&questions);
    for ((value, from, classes, nullable), claim) in wanted.iter().zip(claims(&questions)) {
        let (content, nullability) = claim.unwrap();
        let nullability = nullability == Nullability::Nullable;
        assert_eq!(
            (content.classes, nullability),
            (*classes, *nullable),
            "{value} {from}"
        );
    }
}
