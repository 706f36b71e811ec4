//! `jsonpath_in` and `jsonpath_out`: the grammar of `jsonpath_gram.y`, and the one form in which a path is printed.

mod parse;
mod print;
mod scan;

use super::InputMistake;

/// What a path is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// `null`, `true`, `false`, `$`, `@`, `last`
    Word(&'static str),
    Text(String),
    /// As `numeric` prints it.
    Number(String),
    Variable(String),
    /// `+`, `&&`, `==`, `starts with`, …
    Binary(Operator, Box<Item>, Box<Item>),
    /// `+ a`, `- a`
    Signed(char, Box<Item>),
    Not(Box<Item>),
    IsUnknown(Box<Item>),
    Exists(Box<Item>),
    LikeRegex {
        value: Box<Item>,
        pattern: String,
        flags: String,
    },
    /// Something and what is taken of it.
    Path(Box<Item>, Vec<Accessor>),
}

/// A step from a value to others.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Accessor {
    Key(String),
    /// `.*`
    AnyKey,
    /// `[*]`
    AnyElement,
    /// `[1, 2 to last]`
    Elements(Vec<(Item, Option<Item>)>),
    /// `.**{1 to 2}`; none is `last`.
    AnyLevel(Option<u32>, Option<u32>),
    /// `? (…)`
    Filter(Item),
    /// `.type()`, with what stands in its parentheses.
    Method(String, String),
}

/// An operator between two operands, and how tightly it binds when printed (`operationPriority`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Operator {
    symbol: &'static str,
    priority: u8,
}

/// The text that `jsonpath` prints; none if the path is nested too deeply to be looked into.
pub(super) fn normal_form(text: &str, version: u16) -> Result<Option<String>, InputMistake> {
    let Some((strict, item)) = parse::path(text, version)? else {
        return Ok(None);
    };
    let mut printed = String::from(if strict { "strict " } else { "" });
    print::item(&item, true, &mut printed);
    Ok(Some(printed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_printed_in_one_form() {
        for (written, printed) in [
            ("$.a.b[*]", r#"$."a"."b"[*]"#),
            ("LAX $.a", r#"$."a""#),
            (
                "$.a+1*2 == 3 || 1 == 1",
                r#"($."a" + 1 * 2 == 3 || 1 == 1)"#,
            ),
            ("1 + 2 + 3", "((1 + 2) + 3)"),
            ("(($.a+1)).type()", r#"($."a" + 1).type()"#),
            (
                "strict $ ? (@.a<>-(1))[last-1]",
                r#"strict $?(@."a" != -1)[last - 1]"#,
            ),
            ("$.**{0 to last}.**{2}", "$.**.**{2}"),
            (
                r#"$ ? (! exists($.b) && (@ == "x") is unknown)"#,
                r#"$?(!(exists ($."b")) && (@ == "x") is unknown)"#,
            ),
            (
                r#"$x ? (@ like_regex "^a" flag "qxi")"#,
                r#"$"x"?(@ like_regex "^a" flag "ixq")"#,
            ),
        ] {
            let read = normal_form(written, 15);
            assert_eq!(read, Ok(Some(printed.to_owned())), "{written}");
        }
        for text in [
            "",
            "$.",
            "@",
            "last",
            "$ ? (1)",
            "1 == 1 == 1",
            "!$.a == 1",
            "1a",
            "$[",
            "'a'",
            "\"a",
            "$.a.b()",
        ] {
            assert!(normal_form(text, 15).is_err(), "{text}");
        }
        assert_eq!(normal_form(&"(".repeat(100_000), 15), Ok(None));
    }
}
