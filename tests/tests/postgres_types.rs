//! Which operator and which function a call means, and what becomes of a literal: asked of the type system and of a server.

use postgres::Client;
use tablature_schema::postgres::builtin::builtin;
use tablature_schema::postgres::catalog::Catalog;
use tablature_schema::postgres::tree::Value;
use tablature_schema::postgres::types::{
    Call, CallMistake, Callee, FunctionKind, Input, Oid, OperatorMistake, TypeKind, Typing,
    ValueType, well_known,
};
use tablature_test_server::{Database, shared};

/// As many calls as each test makes up.
const CALLS: usize = 1_500;

/// What the engine makes of an expression: the operator or function and the type, or the SQLSTATE.
const PROBE: &str = r"CREATE FUNCTION probe(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE tree text; name text; state text;
BEGIN
  EXECUTE 'CREATE TEMP VIEW probed AS SELECT ' || expression || ' AS value';
  SELECT ev_action INTO tree FROM pg_rewrite WHERE ev_class = 'pg_temp.probed'::regclass;
  SELECT format_type(atttypid, NULL) INTO name FROM pg_attribute
    WHERE attrelid = 'pg_temp.probed'::regclass AND attnum = 1;
  EXECUTE 'DROP VIEW pg_temp.probed';
  RETURN coalesce(substring(tree FROM '{OPEXPR :opno (\d+)'), substring(tree FROM '{FUNCEXPR :funcid (\d+)'), '-')
    || ' ' || name;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE;
  RETURN state;
END $$;
CREATE FUNCTION printed(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
  EXECUTE 'SELECT (' || expression || ')::text' INTO result;
  RETURN result;
EXCEPTION WHEN OTHERS THEN RETURN NULL;
END $$;";

struct Oracle {
    client: Client,
    catalog: Catalog,
    _database: Database,
}

/// None where there is no server.
fn oracle() -> Option<Oracle> {
    let database = shared()?.database();
    let mut client = database.connect();
    let row = client.query_one(
        "SELECT current_setting('server_version_num')::int / 10000",
        &[],
    );
    let version: i32 = row.map(|row| row.get(0)).unwrap_or_default();
    let made = client.batch_execute(&format!("SET timezone = 'UTC'; {PROBE}"));
    assert!(made.is_ok(), "{made:?}");
    let catalog = Catalog::new(u16::try_from(version).unwrap_or(15));
    Some(Oracle {
        client,
        catalog,
        _database: database,
    })
}

impl Oracle {
    fn ask(&mut self, function: &str, expression: &str) -> Option<String> {
        let row = self
            .client
            .query_one(&format!("SELECT {function}($1)"), &[&expression]);
        row.ok().and_then(|row| row.get(0))
    }
}

/// An argument of a call: of the type that is declared, of another one, or a literal of none.
fn argument(random: &mut fastrand::Rng, typing: Typing<'_>, declared: Oid) -> Oid {
    const OTHERS: [Oid; 14] = [
        well_known::INT4,
        well_known::INT8,
        well_known::TEXT,
        well_known::NUMERIC,
        well_known::FLOAT8,
        well_known::TIMESTAMPTZ,
        well_known::DATE,
        well_known::JSONB,
        well_known::VARCHAR,
        well_known::BOOL,
        well_known::INTERVAL,
        well_known::TEXT_ARRAY,
        well_known::INT4_ARRAY,
        well_known::INT2,
    ];
    let kind = typing.objects.type_by_oid(declared).map(|found| found.kind);
    let usable = !matches!(
        kind,
        Some(TypeKind::Pseudo | TypeKind::Composite { .. }) | None
    );
    match random.u8(..10) {
        0..=4 if usable => declared,
        5..=6 => well_known::UNKNOWN,
        _ => random.choice(OTHERS).unwrap_or(well_known::TEXT),
    }
}

fn written(typing: Typing<'_>, oid: Oid) -> String {
    match oid {
        well_known::UNKNOWN => "'1'".to_owned(),
        oid => format!("NULL::{}", typing.name(oid)),
    }
}

/// What the type system chose, with the types of the call, those that are declared and that of the result; or a SQLSTATE.
type Chosen<'a> = Result<(Oid, &'a [Oid], &'a [Oid], Oid), &'a str>;

/// Whether the engine's answer is that of the type system.
fn agrees(typing: Typing<'_>, answer: &str, chosen: Chosen<'_>) -> bool {
    let is_state = answer.len() == 5 && !answer.contains(' ');
    let (oid, inputs, declared, result) = match chosen {
        Ok(chosen) => chosen,
        Err(state) => return answer == state,
    };
    match typing.polymorphic_types(inputs, declared, result) {
        // A literal that is refused, a view that cannot have such a column: then the choice was made.
        Ok(_) if is_state => !matches!(answer, "42883" | "42725"),
        Ok((_, result)) => {
            let result = if result == well_known::UNKNOWN {
                well_known::TEXT
            } else {
                result
            };
            let name = typing.name(result);
            // What is made of a constant may be folded away with its call.
            answer == format!("{oid} {name}") || answer == format!("- {name}")
        }
        Err(_) => is_state,
    }
}

#[test]
fn operators() {
    let Some(mut oracle) = oracle() else { return };
    let catalog = oracle.catalog.clone();
    let typing = Typing::new(&catalog);
    let mut random = fastrand::Rng::with_seed(5);
    let all = builtin(catalog.version).operators().all();
    let mut wrong = Vec::new();
    for _ in 0..CALLS {
        let Some(operator) = random.choice(all) else {
            return;
        };
        let left = operator
            .left
            .map(|left| argument(&mut random, typing, left));
        let right = argument(&mut random, typing, operator.right);
        let before = left.map(|left| written(typing, left)).unwrap_or_default();
        let expression = format!("{before} {} {}", operator.name, written(typing, right));
        let answer = oracle.ask("probe", &expression).unwrap_or_default();
        let inputs: Vec<Oid> = left.into_iter().chain([right]).collect();
        let declared;
        let chosen = match typing.find_operator(None, &operator.name, left, right) {
            Ok(found) => {
                declared = found
                    .left
                    .into_iter()
                    .chain([found.right])
                    .collect::<Vec<_>>();
                Ok((
                    found.oid,
                    inputs.as_slice(),
                    declared.as_slice(),
                    found.result.unwrap_or(Oid(0)),
                ))
            }
            Err(OperatorMistake::NotFound(_)) => Err("42883"),
            Err(OperatorMistake::Ambiguous(_)) => Err("42725"),
        };
        if !agrees(typing, &answer, chosen) {
            wrong.push(format!("{expression}: {answer}, not {chosen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions() {
    let Some(mut oracle) = oracle() else { return };
    let catalog = oracle.catalog.clone();
    let typing = Typing::new(&catalog);
    let mut random = fastrand::Rng::with_seed(6);
    let all: Vec<_> = builtin(catalog.version)
        .functions()
        .all()
        .iter()
        .filter(|it| {
            it.kind == FunctionKind::Function && !it.inputs.is_empty() && it.inputs.len() < 5
        })
        .filter(|it| it.namespace == well_known::PG_CATALOG && it.result != well_known::INTERNAL)
        // Internal ones that read the bytes of another type.
        .filter(|it| !it.name.starts_with("pg_") && !it.name.ends_with("in"))
        .collect();
    let mut wrong = Vec::new();
    for _ in 0..CALLS {
        let Some(function) = random.choice(&all) else {
            return;
        };
        let mut inputs: Vec<Oid> = function.inputs.to_vec();
        if let (Some(_), Some(last)) = (function.variadic, inputs.last().copied()) {
            let count = inputs.len() + random.usize(..2);
            inputs.resize(count, last);
        }
        let inputs: Vec<Oid> = inputs
            .into_iter()
            .map(|it| argument(&mut random, typing, it))
            .collect();
        let arguments: Vec<String> = inputs.iter().map(|it| written(typing, *it)).collect();
        let expression = format!("\"{}\"({})", function.name, arguments.join(", "));
        let answer = oracle.ask("probe", &expression).unwrap_or_default();
        let call = Call {
            schema: None,
            name: &function.name,
            inputs: &inputs,
            names: &[],
            expand_variadic: true,
            expand_defaults: true,
            include_outputs: false,
            is_literal: inputs == [well_known::UNKNOWN],
        };
        let declared;
        let chosen = match typing.find_function(&call) {
            Ok(Callee::Conversion(_)) => continue,
            Ok(Callee::Function(found)) => {
                declared = found.declared;
                Ok((
                    found.function.oid,
                    inputs.as_slice(),
                    declared.as_slice(),
                    found.function.result,
                ))
            }
            Err(CallMistake::NotFound(_)) => Err("42883"),
            Err(CallMistake::Ambiguous(_)) => Err("42725"),
        };
        // An argument may be a call itself: of the function that converts it.
        let name_of_result = answer.split_once(' ').map(|(_, name)| name);
        let only_result = chosen.is_ok_and(|(_, inputs, declared, result)| {
            let types = typing.polymorphic_types(inputs, declared, result);
            types.is_ok_and(|(_, result)| name_of_result == Some(&typing.name(result)))
        });
        if !only_result && !agrees(typing, &answer, chosen) {
            wrong.push(format!("{expression}: {answer}, not {chosen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn literals() {
    const LITERALS: &[(Oid, &[&str])] = &[
        (
            well_known::INT4,
            &["0", " 7 ", "-1", "2147483648", "x", "", "1 2", "+-1", "1.0"],
        ),
        (
            well_known::INT8,
            &["9223372036854775807", "9223372036854775808", "12a"],
        ),
        (
            well_known::FLOAT8,
            &[
                "1e15", "0.1", "1e-5", "1e400", "NaN", ".5", ".", "e5", "-inf",
            ],
        ),
        (
            well_known::FLOAT4,
            &["1.5", "1e6", "999999", "1e40", "1e-50"],
        ),
        (
            well_known::NUMERIC,
            &[
                "1.50",
                "-0.00",
                "1e5",
                "1e-5",
                "nan",
                "00012.3400",
                "1e",
                "5.",
                "--1",
            ],
        ),
        (
            well_known::BYTEA,
            &["\\x01ff", "\\xZZ", "\\x1", "a\\\\b", "\\001", "\\8"],
        ),
        (well_known::VARBIT, &["101", "2", "x1F", "B01"]),
        (
            well_known::UUID,
            &[
                "A0EEBC999C0B4EF8BB6D6BB9BD380A11",
                "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}",
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1",
                "a0eebc99--9c0b-4ef8-bb6d-6bb9bd380a11",
            ],
        ),
        (
            well_known::JSON,
            &[
                "{}",
                "{a:1}",
                "nul",
                "01",
                "[1,]",
                "\"\\u12\"",
                " true ",
                "",
            ],
        ),
        (
            well_known::JSONB,
            &[
                "{\"b\":1, \"a\":[1,2.50], \"b\":2}",
                "1e5",
                "\"\\u0000\"",
                "{\"aa\":1,\"b\":2}",
            ],
        ),
        (
            well_known::CIDR,
            &["10/8", "192.168", "10.1.2.3/8", "224", "::/0", "x"],
        ),
        (
            well_known::DATE,
            &[
                "2020-1-1",
                "2020-02-30",
                "2021-02-29",
                "x",
                "",
                "infinity",
                "epoch",
            ],
        ),
        (
            well_known::TIME,
            &["10:00", "24:00", "24:00:01", "10:60", "10:00:60", "x"],
        ),
        (
            well_known::TIMESTAMP,
            &[
                "2020-01-01",
                "2020-01-01 24:00",
                "2020-12-31 23:59:60",
                "2020-02-30 10:00",
            ],
        ),
        (
            well_known::TIMESTAMPTZ,
            &[
                "2020-01-01 00:30+02",
                "2020-01-01T10:00:00.000Z",
                "2020-01-01 10:00+16",
            ],
        ),
        (
            well_known::INTERVAL,
            &[
                "1 day",
                "1:30",
                "-1 mons +2 days",
                "1.5 hours",
                "2 weeks",
                "1 fortnight",
                "x",
                "",
                "PT1H",
                "1 hour ago",
            ],
        ),
        (
            well_known::TEXT_ARRAY,
            &[
                "{}",
                "{a,b}",
                "{\"a b\",NULL}",
                "{a",
                "x",
                "{{a},{b,c}}",
                "{a,}",
                "{ a b , c }",
                "{\"\"}",
                "{{}}",
            ],
        ),
        (
            well_known::INT4_ARRAY,
            &["{1,2}", "{1,x}", "{{1,2},{3,4}}", "{1 2}"],
        ),
    ];
    let Some(mut oracle) = oracle() else { return };
    let catalog = oracle.catalog.clone();
    let typing = Typing::new(&catalog);
    let mut wrong = Vec::new();
    for (oid, texts) in LITERALS {
        for text in *texts {
            let expression = format!("$literal${text}$literal$::{}", typing.name(*oid));
            let answer = oracle.ask("printed", &expression);
            let read = match typing.input(ValueType::plain(*oid), text, catalog.version) {
                Ok(Input::Value(Value::Text(text))) => Some(text.as_ref().to_owned()),
                Ok(_) | Err(_) => None,
            };
            if read != answer {
                wrong.push(format!("{expression}: {answer:?}, not {read:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
