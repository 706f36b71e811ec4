//! The form in which the engine prints a path (`printJsonPathItem`).

use super::{Accessor, Item};
use crate::postgres::types::input::json::print_text;

/// What binds tighter than any operator.
const TIGHTEST: u8 = 6;
const SIGN: u8 = 5;
/// `like_regex` binds as everything else does; it is no operator to the engine.
const LIKE_REGEX: u8 = TIGHTEST;

fn priority(item: &Item) -> u8 {
    match item {
        Item::Binary(operator, ..) => operator.priority,
        Item::Signed(..) => SIGN,
        Item::LikeRegex { .. } => LIKE_REGEX,
        // What is taken of a value does not count: parentheses are then left out that were there, as the engine does.
        Item::Path(head, _) => priority(head),
        Item::Word(_)
        | Item::Text(_)
        | Item::Number(_)
        | Item::Variable(_)
        | Item::Not(_)
        | Item::IsUnknown(_)
        | Item::Exists(_) => TIGHTEST,
    }
}

pub(super) fn item(printed: &Item, parentheses: bool, to: &mut String) {
    let (open, close) = if parentheses { ("(", ")") } else { ("", "") };
    let operand = |it: &Item, around: u8, to: &mut String| item(it, priority(it) <= around, to);
    match printed {
        Item::Word(word) => to.push_str(word),
        Item::Text(text) => print_text(text, to),
        Item::Number(number) => to.push_str(number),
        Item::Variable(name) => {
            to.push('$');
            print_text(name, to);
        }
        Item::Binary(operator, left, right) => {
            to.push_str(open);
            operand(left, operator.priority, to);
            to.push_str(&format!(" {} ", operator.symbol));
            operand(right, operator.priority, to);
            to.push_str(close);
        }
        Item::Signed(sign, value) => {
            to.push_str(open);
            to.push(*sign);
            operand(value, SIGN, to);
            to.push_str(close);
        }
        Item::Not(value) => around("!(", value, ")", to),
        Item::IsUnknown(value) => around("(", value, ") is unknown", to),
        Item::Exists(value) => around("exists (", value, ")", to),
        Item::LikeRegex {
            value,
            pattern,
            flags,
        } => {
            to.push_str(open);
            operand(value, LIKE_REGEX, to);
            to.push_str(" like_regex ");
            print_text(pattern, to);
            if !flags.is_empty() {
                to.push_str(&format!(" flag \"{flags}\""));
            }
            to.push_str(close);
        }
        Item::Path(head, accessors) => {
            match &**head {
                Item::Number(number) => to.push_str(&format!("({number})")),
                head => item(head, parentheses, to),
            }
            for step in accessors {
                accessor(step, to);
            }
        }
    }
}

fn around(before: &str, value: &Item, after: &str, to: &mut String) {
    to.push_str(before);
    item(value, false, to);
    to.push_str(after);
}

fn accessor(printed: &Accessor, to: &mut String) {
    let level = |it: &Option<u32>| it.map_or("last".to_owned(), |it| it.to_string());
    match printed {
        Accessor::Key(key) => {
            to.push('.');
            print_text(key, to);
        }
        Accessor::AnyKey => to.push_str(".*"),
        Accessor::AnyElement => to.push_str("[*]"),
        Accessor::Elements(elements) => {
            to.push('[');
            for (position, (from, until)) in elements.iter().enumerate() {
                if position > 0 {
                    to.push(',');
                }
                item(from, false, to);
                if let Some(until) = until {
                    around(" to ", until, "", to);
                }
            }
            to.push(']');
        }
        Accessor::AnyLevel(Some(0), None) => to.push_str(".**"),
        Accessor::AnyLevel(first, last) if first == last => {
            to.push_str(&format!(".**{{{}}}", level(first)));
        }
        Accessor::AnyLevel(first, last) => {
            to.push_str(&format!(".**{{{} to {}}}", level(first), level(last)));
        }
        Accessor::Filter(condition) => around("?(", condition, ")", to),
        Accessor::Method(name, arguments) => to.push_str(&format!(".{name}({arguments})")),
    }
}
