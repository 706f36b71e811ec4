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
fn normal_name(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::normal_form;

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
