//! The form in which two statements are equal when they say the same.

use crate::{Keyword, Symbol, Token, TokenKind, dequote, tokenize};
use std::borrow::Cow;

/// Returns the normal form of a statement, or of several.
///
/// White space, comments and closing semicolons are dropped, and one space stands between tokens. Keywords and names
/// are folded to lower case (ASCII only, as the engine compares them), and a name reads the same however it was quoted:
/// bare where it can be bare, else in double quotes. Strings and variables stay as written; numbers and blobs are folded
/// to lower case; `==` is `=` and `<>` is `!=`. The normal form of a normal form is itself.
#[must_use]
pub fn normal_form(sql: &str) -> String {
    let mut tokens = tokenize(sql);
    tokens.retain(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
    while let Some(TokenKind::Symbol(Symbol::Semicolon)) = tokens.last().map(|token| token.kind) {
        tokens.pop();
    }
    let mut normal = String::with_capacity(sql.len());
    for token in &tokens {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(&normal_token(sql, token));
    }
    normal
}

fn normal_token<'a>(sql: &'a str, token: &Token) -> Cow<'a, str> {
    let text = sql.get(token.start..token.end).unwrap_or_default();
    match token.kind {
        TokenKind::Symbol(symbol) => Cow::Borrowed(symbol.as_str()),
        TokenKind::QuotedName(_) => Cow::Owned(normal_name(&dequote(text))),
        TokenKind::Keyword(_)
        | TokenKind::Word
        | TokenKind::Integer
        | TokenKind::Float
        | TokenKind::Blob => Cow::Owned(text.to_ascii_lowercase()),
        TokenKind::String
        | TokenKind::Variable
        | TokenKind::Illegal
        | TokenKind::Space
        | TokenKind::Comment => Cow::Borrowed(text),
    }
}

/// A quoted name without its quotes if it would be read as a name without them.
pub(crate) fn normal_name(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let is_bare = match tokenize(&name).as_slice() {
        [token] => match token.kind {
            TokenKind::Word => true,
            TokenKind::Keyword(keyword) => Keyword::can_be_name(keyword),
            _ => false,
        },
        _ => false,
    };
    if is_bare {
        name
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// A normal form without the parentheses that are around all of it.
pub(crate) fn without_parentheses(normal: &str) -> &str {
    let mut rest = normal;
    while let Some(inner) = rest
        .strip_prefix("( ")
        .and_then(|inner| inner.strip_suffix(" )"))
        .filter(|inner| is_balanced(inner))
    {
        rest = inner;
    }
    rest
}

/// Whether every parenthesis that is closed was opened before.
fn is_balanced(sql: &str) -> bool {
    let mut depth = 0_usize;
    for token in tokenize(sql) {
        match token.kind {
            TokenKind::Symbol(Symbol::LeftParen) => depth += 1,
            TokenKind::Symbol(Symbol::RightParen) => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// Returns the normal form of a column's default; none where it is NULL, as without a default.
///
/// The sign of a positive number does not count, nor that an integer is hexadecimal. A name is a string, as it is to the
/// engine.
#[must_use]
pub fn normal_default(sql: &str) -> Option<String> {
    if let Some(text) = named_text(sql) {
        return Some(format!("'{}'", text.replace('\'', "''")));
    }
    let normal = normal_form(sql);
    let mut value = without_parentheses(&normal);
    while let Some(rest) = value.strip_prefix("+ ") {
        value = rest;
    }
    let hexadecimal = value
        .strip_prefix("0x")
        .and_then(|digits| u64::from_str_radix(digits, 16).ok());
    match (value, hexadecimal) {
        ("null", _) => None,
        (_, Some(bits)) => Some(bits.cast_signed().to_string()),
        (value, None) => Some(value.to_owned()),
    }
}

/// The text that a default is if it is a name; none for the words that stand for a value.
fn named_text(sql: &str) -> Option<String> {
    const VALUES: [&str; 6] = [
        "null",
        "true",
        "false",
        "current_date",
        "current_time",
        "current_timestamp",
    ];
    let tokens = tokenize(sql).into_iter();
    let mut tokens =
        tokens.filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
    let (Some(token), None) = (tokens.next(), tokens.next()) else {
        return None;
    };
    let text = sql.get(token.start..token.end)?;
    match token.kind {
        TokenKind::QuotedName(_) => Some(dequote(text)),
        TokenKind::Word | TokenKind::Keyword(_) => {
            let is_value = VALUES.iter().any(|word| word.eq_ignore_ascii_case(text));
            (!is_value).then(|| text.to_owned())
        }
        TokenKind::Integer
        | TokenKind::Float
        | TokenKind::String
        | TokenKind::Blob
        | TokenKind::Variable
        | TokenKind::Symbol(_)
        | TokenKind::Space
        | TokenKind::Comment
        | TokenKind::Illegal => None,
    }
}

/// Returns the normal form of a CREATE INDEX statement as SQLite keeps it. ASC, which is the default, does not count.
#[must_use]
pub fn normal_index(sql: &str) -> String {
    let normal = normal_form(sql);
    let tokens: Vec<&str> = words(&normal).collect();
    let is_asc = |position: usize, token: &str| {
        let before = position.checked_sub(1).and_then(|at| tokens.get(at));
        let after = tokens.get(position + 1);
        token == "asc"
            && !matches!(before, Some(&("(" | ",")) | None)
            && matches!(after, Some(&("," | ")")))
    };
    let mut at = 0;
    let kept = tokens.iter().filter(|token| {
        at += 1;
        !is_asc(at - 1, token)
    });
    kept.copied().collect::<Vec<_>>().join(" ")
}

/// Returns the normal form of a CREATE TRIGGER statement as SQLite keeps it. BEFORE and FOR EACH ROW, which are the
/// defaults, do not count.
#[must_use]
pub fn normal_trigger(sql: &str) -> String {
    const NAME: usize = 2;
    let normal = normal_form(sql);
    let mut tokens: Vec<&str> = words(&normal).collect();
    if tokens.get(NAME + 1) == Some(&"before") {
        tokens.remove(NAME + 1);
    }
    let begin = tokens.iter().position(|token| *token == "begin");
    let head = tokens.get(..begin.unwrap_or(0)).unwrap_or_default();
    let each = head
        .windows(3)
        .skip(NAME + 1)
        .position(|words| words == ["for", "each", "row"]);
    if let Some(each) = each {
        tokens.drain(each + NAME + 1..each + NAME + 4);
    }
    tokens.join(" ")
}

/// The tokens of a normal form.
fn words(normal: &str) -> impl Iterator<Item = &str> {
    tokenize(normal)
        .into_iter()
        .filter(|token| token.kind != TokenKind::Space)
        .filter_map(|token| normal.get(token.start..token.end))
}

#[cfg(test)]
mod tests {
    use super::{normal_default, normal_form, normal_index, normal_trigger};

    #[test]
    fn defaults_of_one_value_are_equal() {
        for (sql, expected) in [
            ("NULL", None),
            ("(null)", None),
            ("+1", Some("1")),
            ("- 1", Some("- 1")),
            ("0x10", Some("16")),
            ("0xFFFFFFFFFFFFFFFF", Some("-1")),
            ("((1) + (2))", Some("( 1 ) + ( 2 )")),
            ("(1) + (2)", Some("( 1 ) + ( 2 )")),
            ("'0x10'", Some("'0x10'")),
            ("Abc", Some("'Abc'")),
            ("\"it's\" /* so */", Some("'it''s'")),
            ("TRUE", Some("true")),
            ("[true]", Some("'true'")),
            ("\"null\"", Some("'null'")),
            ("Current_Date", Some("current_date")),
            ("`Current_Date`", Some("'Current_Date'")),
        ] {
            assert_eq!(normal_default(sql).as_deref(), expected, "{sql}");
        }
    }

    #[test]
    fn what_is_the_default_in_an_index_or_a_trigger_does_not_count() {
        assert_eq!(
            normal_index("CREATE INDEX i ON t(asc, b ASC, 'x asc , y', asc ASC, d desc) WHERE a"),
            "create index i on t ( asc , b , 'x asc , y' , asc , d desc ) where a"
        );
        let trigger = "create trigger before insert on t begin select 'for each row' ; end";
        for sql in [
            "CREATE TRIGGER before BEFORE INSERT ON t FOR EACH ROW BEGIN SELECT 'for each row'; END",
            "CREATE TRIGGER before INSERT ON t BEGIN SELECT 'for each row'; END",
        ] {
            assert_eq!(normal_trigger(sql), trigger);
        }
        assert_eq!(
            normal_trigger(
                "CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW WHEN 1 BEGIN SELECT 1; END"
            ),
            "create trigger r after insert on t when 1 begin select 1 ; end"
        );
    }

    #[test]
    fn layout_case_and_quoting_do_not_count() {
        let forms = [
            "CREATE TABLE \"Users\" (id INTEGER, [name] TEXT, `x` INT);",
            "create table users(\n  ID integer, -- the key\n  name text, /* a */ X int\n) ; ;",
        ];
        for form in forms {
            assert_eq!(
                normal_form(form),
                "create table users ( id integer , name text , x int )"
            );
        }
    }

    #[test]
    fn a_name_that_needs_quotes_keeps_them() {
        assert_eq!(
            normal_form("SELECT [Order], `a b`, \"c\"\"d\", \"key\""),
            "select \"order\" , \"a b\" , \"c\"\"d\" , key"
        );
    }

    #[test]
    fn values_are_kept() {
        assert_eq!(
            normal_form("SELECT 'It''s', X'AB', 0XFF, 1E3, :Name, a==b, a<>b"),
            "select 'It''s' , x'ab' , 0xff , 1e3 , :Name , a = b , a != b"
        );
    }

    #[test]
    fn the_normal_form_of_a_normal_form_is_itself() {
        for sql in [
            "SELECT \"A b\",[x]]y] ; ",
            "'open",
            "\u{feff}a # b",
            "",
            ";;",
        ] {
            let once = normal_form(sql);
            assert_eq!(normal_form(&once), once);
        }
    }
}
