//! Defaults: which of them ADD COLUMN can give to rows that are already there, and what a column holds by them.

use super::tokens;
use crate::sqlite::ast::{
    BinaryOperator, Expr, ExprKind, FunctionArguments, FunctionCall, Literal, UnaryOperator,
};
use crate::sqlite::catalog::{Affinity, StorageClasses};
use crate::sqlite::resolve;
use crate::text::{Ident, Token};

/// Whether the engine knows the value without running anything (`sqlite3ValueFromExpr`).
pub(super) fn is_constant(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(literal) => match literal {
            Literal::Null
            | Literal::Integer(_)
            | Literal::Float(_)
            | Literal::String(_)
            | Literal::Blob(_) => true,
            Literal::CurrentDate | Literal::CurrentTime | Literal::CurrentTimestamp => false,
        },
        // A bare word is a string, or TRUE or FALSE.
        ExprKind::Name(_) => true,
        ExprKind::Parenthesized(inner) => is_constant(inner),
        ExprKind::Cast { value, .. } => is_constant(value),
        ExprKind::Unary { operator, operand } => match operator {
            UnaryOperator::Plus => is_constant(operand),
            UnaryOperator::Minus => is_constant(operand) && !is_null(operand),
            UnaryOperator::Not | UnaryOperator::BitNot => false,
        },
        _ => false,
    }
}

/// Whether a value is the literal NULL.
pub(super) fn is_null(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(literal) => *literal == Literal::Null,
        ExprKind::Parenthesized(inner) => is_null(inner),
        _ => false,
    }
}

/// The expression that gives the value of a default in a statement.
pub(super) fn expression(value: &Expr, tokens: &[Token]) -> String {
    match &value.kind {
        ExprKind::Name(word) if !is_truth_value(word) => {
            format!("'{}'", word.name.replace('\'', "''"))
        }
        _ => {
            let words = tokens::within(tokens, value.span).iter();
            let words: Vec<&str> = words.map(|token| token.text.as_ref()).collect();
            words.join(" ")
        }
    }
}

/// What a column of an affinity holds by its default, NULL aside.
///
/// None where that depends on what is computed: the default is then trusted to suit the column.
pub(super) fn classes(value: &Expr, affinity: Affinity) -> StorageClasses {
    match &value.kind {
        ExprKind::Literal(literal) => match literal {
            Literal::Null => StorageClasses::NONE,
            Literal::Integer(_) => stored(StorageClasses::INTEGER, affinity),
            Literal::Float(text) => number(text).map_or(StorageClasses::NONE, |number| {
                stored(class_of(number, affinity), affinity)
            }),
            Literal::String(text) => text_class(text, affinity),
            Literal::Blob(_) => StorageClasses::BLOB,
            Literal::CurrentDate | Literal::CurrentTime | Literal::CurrentTimestamp => {
                StorageClasses::TEXT
            }
        },
        ExprKind::Name(word) if is_truth_value(word) => stored(StorageClasses::INTEGER, affinity),
        ExprKind::Name(word) => text_class(&word.name, affinity),
        ExprKind::Parenthesized(inner) => classes(inner, affinity),
        ExprKind::Unary { operator, operand } => match operator {
            UnaryOperator::Plus => classes(operand, affinity),
            UnaryOperator::Minus => match &operand.kind {
                ExprKind::Literal(Literal::Integer(_) | Literal::Float(_)) => {
                    classes(operand, affinity)
                }
                _ => StorageClasses::NONE,
            },
            UnaryOperator::Not | UnaryOperator::BitNot => StorageClasses::NONE,
        },
        ExprKind::Binary {
            operator: BinaryOperator::Concat,
            ..
        } => stored(StorageClasses::TEXT, affinity),
        ExprKind::Function(call) => of_call(call, affinity),
        _ => StorageClasses::NONE,
    }
}

fn of_call(call: &FunctionCall, affinity: Affinity) -> StorageClasses {
    let name = call.name.name.to_ascii_lowercase();
    // What they give is never a number to the engine, as other texts may be.
    if matches!(name.as_str(), "date" | "time" | "datetime") {
        return StorageClasses::TEXT;
    }
    let count = match &call.arguments {
        FunctionArguments::Star => 0,
        FunctionArguments::List(arguments) => arguments.len(),
    };
    match resolve::function_classes(&name, count) {
        Some(
            class @ (StorageClasses::INTEGER
            | StorageClasses::REAL
            | StorageClasses::TEXT
            | StorageClasses::BLOB),
        ) => stored(class, affinity),
        Some(_) | None => StorageClasses::NONE,
    }
}

/// What the affinity makes of a value of a class.
fn stored(class: StorageClasses, affinity: Affinity) -> StorageClasses {
    let is_number = StorageClasses::NUMBER.contains(class);
    match affinity {
        Affinity::Text if is_number => StorageClasses::TEXT,
        Affinity::Real if is_number => StorageClasses::REAL,
        // It is a number or a text, by what is in it.
        Affinity::Numeric | Affinity::Integer | Affinity::Real if class == StorageClasses::TEXT => {
            StorageClasses::NONE
        }
        Affinity::Text
        | Affinity::Real
        | Affinity::Numeric
        | Affinity::Integer
        | Affinity::Blob => class,
    }
}

/// What becomes of a text.
fn text_class(text: &str, affinity: Affinity) -> StorageClasses {
    match affinity {
        Affinity::Text | Affinity::Blob => StorageClasses::TEXT,
        Affinity::Numeric | Affinity::Integer | Affinity::Real => number(text)
            .map_or(StorageClasses::TEXT, |number| {
                stored(class_of(number, affinity), affinity)
            }),
    }
}

/// The class of a number that was written as a real or as text: where integers are preferred it may be one.
fn class_of(number: f64, affinity: Affinity) -> StorageClasses {
    let prefers_integers = matches!(affinity, Affinity::Numeric | Affinity::Integer);
    // 2^63
    if prefers_integers && number.fract() == 0.0 && number.abs() < 9_223_372_036_854_775_808.0 {
        StorageClasses::INTEGER
    } else {
        StorageClasses::REAL
    }
}

/// The number that a text is to the engine.
fn number(text: &str) -> Option<f64> {
    let text = text.trim_ascii();
    // Rust knows `inf` and `nan`.
    let digits = text.trim_start_matches(['+', '-', '.']);
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

fn is_truth_value(word: &Ident) -> bool {
    let name = &word.name;
    !word.is_quoted() && (name.eq_ignore_ascii_case("true") || name.eq_ignore_ascii_case("false"))
}
