//! What binds to what, and what is refused: each as the engine does it.

use super::cursor::Parser;
use crate::postgres::ast::{BooleanOperator, Expr, ExprKind, QueryBody};
use crate::postgres::split::split;
use crate::text::FileId;

/// An expression with parentheses around every part that has parts.
fn shape(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Column { parts, .. } => {
            let names: Vec<&str> = parts.iter().map(|part| &*part.name).collect();
            names.join(".")
        }
        ExprKind::Binary {
            operator,
            left,
            right,
        } => format!("({} {} {})", shape(left), operator.name, shape(right)),
        ExprKind::Unary { operator, operand } => format!("({} {})", operator.name, shape(operand)),
        ExprKind::Not(operand) => format!("(NOT {})", shape(operand)),
        ExprKind::Boolean { operator, operands } => {
            let word = match operator {
                BooleanOperator::And => " AND ",
                BooleanOperator::Or => " OR ",
            };
            let operands: Vec<String> = operands.iter().map(shape).collect();
            format!("({})", operands.join(word))
        }
        ExprKind::IsNull { value, .. } => format!("({} IS NULL)", shape(value)),
        ExprKind::Between {
            value, low, high, ..
        } => format!(
            "({} BETWEEN {} AND {})",
            shape(value),
            shape(low),
            shape(high)
        ),
        ExprKind::In { value, .. } => format!("({} IN)", shape(value)),
        ExprKind::Like { value, pattern, .. } => {
            format!("({} LIKE {})", shape(value), shape(pattern))
        }
        ExprKind::Cast { value, .. } => format!("({}::)", shape(value)),
        ExprKind::Collate { value, .. } => format!("({} COLLATE)", shape(value)),
        ExprKind::Function(call) => {
            let arguments = call.arguments.iter().map(|argument| shape(&argument.value));
            let arguments: Vec<String> = arguments.collect();
            format!("{}({})", call.name.name.name, arguments.join(", "))
        }
        ExprKind::Constant(constant) => format!("{constant:?}"),
        other => format!("{other:?}"),
    }
}

fn parsed(sql: &str) -> Result<Vec<String>, String> {
    let file = split(FileId(0), sql);
    let [statement] = file.statements.as_slice() else {
        return Err(format!("not one statement: {sql}"));
    };
    let mut parser = Parser::new(&statement.tokens, 15);
    let query = parser.query().map_err(|diagnostic| diagnostic.message)?;
    if parser.peek().is_some() {
        return Err(parser.expected("the end").message);
    }
    let QueryBody::Select(select) = query.body else {
        return Ok(Vec::new());
    };
    Ok(select
        .targets
        .iter()
        .map(|target| shape(&target.value))
        .collect())
}

#[test]
fn operators_bind_as_in_the_engine() {
    for (sql, expected) in [
        ("a + b * c ^ d", "(a + (b * (c ^ d)))"),
        ("a - b - c", "((a - b) - c)"),
        ("- a ^ b", "((- a) ^ b)"),
        ("- a::int", "(- (a::))"),
        ("@ - a + b", "(@ ((- a) + b))"),
        ("a || b + c", "(a || (b + c))"),
        ("NOT a = b AND c", "((NOT (a = b)) AND c)"),
        ("a AND b AND c OR d", "((a AND b AND c) OR d)"),
        ("a AND (b AND c)", "(a AND (b AND c))"),
        ("a = b IS NULL", "((a = b) IS NULL)"),
        ("a IS NULL = b", "((a IS NULL) = b)"),
        (
            "a BETWEEN b + c AND d AND e",
            "((a BETWEEN (b + c) AND d) AND e)",
        ),
        ("a = b IN (c)", "(a = (b IN))"),
        ("a IN (b) IN (c)", "((a IN) IN)"),
        ("a LIKE b || c", "(a LIKE (b || c))"),
        ("a || b AT TIME ZONE c", "(a || timezone(c, b))"),
        ("a AT TIME ZONE b::text", "timezone((b::), a)"),
        ("a COLLATE \"C\" || b", "((a COLLATE) || b)"),
        ("a * NOT b = c", "(a * (NOT (b = c)))"),
        ("- 2147483648", "Number(\"-2147483648\")"),
    ] {
        assert_eq!(
            parsed(&format!("SELECT {sql}")),
            Ok(vec![expected.to_owned()]),
            "{sql}"
        );
    }
}

#[test]
fn what_may_not_follow_its_like_is_refused() {
    for sql in [
        "a < b < c",
        "a = b = c",
        "a LIKE b LIKE c",
        "a BETWEEN b AND c BETWEEN d AND e",
        "a IS DISTINCT FROM b IS NULL",
        "f(a)[1]",
        "a.*.b",
        "f(a, VARIADIC b, c)",
        "(SELECT 1 INTO t)",
        "a OVERLAPS b",
        "left.a",
        "()",
    ] {
        assert!(parsed(&format!("SELECT {sql}")).is_err(), "{sql}");
    }
}

#[test]
fn words_of_operators_are_labels_at_the_end() {
    let sql = "SELECT 1 and, 2 or, 3 is, 4 not, 5 between, 6 in, 7 like, 8 collate, 9 at";
    assert_eq!(parsed(sql).map(|targets| targets.len()), Ok(9));
    assert!(parsed("SELECT 1 OR 2 and, 3").is_err());
}

#[test]
fn a_query_in_parentheses_is_told_from_an_expression() {
    for sql in [
        "SELECT ((SELECT 1) + 1)",
        "SELECT ((SELECT 1) UNION SELECT 2), ((SELECT 1), 2), ((SELECT 1))",
        "SELECT a IN ((SELECT 1)), a IN ((SELECT 1), 2), a IN (((SELECT 1) + 1))",
        "SELECT (values), exists FROM ((SELECT 1) UNION SELECT 2) AS a",
        "SELECT * FROM ((a JOIN b ON true) CROSS JOIN (SELECT 1) AS c)",
    ] {
        assert!(parsed(sql).is_ok(), "{sql}: {:?}", parsed(sql));
    }
}

#[test]
fn depth_is_bounded() {
    let check = || {
        let chain = |length: usize| format!("SELECT {}", vec!["1"; length].join(" + "));
        assert!(parsed(&chain(3_000)).is_ok());
        assert!(parsed(&chain(6_000)).is_err());
        let nested = |depth: usize| format!("SELECT {}1{}", "(".repeat(depth), ")".repeat(depth));
        assert!(parsed(&nested(500)).is_ok());
        assert!(parsed(&nested(100_000)).is_err());
        assert!(parsed(&"(SELECT ".repeat(100_000)).is_err());
    };
    let thread = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(check);
    assert!(thread.is_ok_and(|thread| thread.join().is_ok()));
}
