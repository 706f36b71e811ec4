//! The form in which two statements are equal when they say the same.

use super::literal::joined_literal;
use super::name::{fold_name, name_value, quote_name};
use super::{Keyword, Symbol, Token, TokenKind, tokenize};
use std::borrow::Cow;

/// Returns the normal form of a statement, or of several.
///
/// White space, comments and closing semicolons are dropped, and one space stands between tokens. Keywords and names
/// are folded as the engine folds them, and a name reads the same however it was quoted: bare where it can be bare, else
/// in double quotes. Literals stay as written, but for the layout between those that continue each other; `!=` is `<>`.
/// The normal form of a normal form is itself.
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
        TokenKind::Keyword(_) => Cow::Owned(text.to_ascii_lowercase()),
        TokenKind::Word => Cow::Owned(fold_name(text)),
        TokenKind::QuotedName => match name_value(token.kind, text, '\\') {
            // A keyword means more than the name.
            Ok(name) if Keyword::lookup(&name).is_some() => Cow::Owned(format!("\"{name}\"")),
            Ok(name) => Cow::Owned(quote_name(&name)),
            Err(_) => Cow::Borrowed(text),
        },
        TokenKind::String
        | TokenKind::EscapeString
        | TokenKind::UnicodeString
        | TokenKind::NationalString
        | TokenKind::BitString
        | TokenKind::HexString => joined_literal(token.kind, text),
        TokenKind::UnicodeName
        | TokenKind::DollarString
        | TokenKind::Integer
        | TokenKind::Numeric
        | TokenKind::Parameter
        | TokenKind::Operator
        | TokenKind::Illegal(_)
        | TokenKind::Space
        | TokenKind::Comment => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::normal_form;

    #[test]
    fn layout_case_and_quoting_do_not_count() {
        for form in [
            "CREATE TABLE \"users\" (ID Integer, \"Name\" TEXT, \"table\" int);",
            "create table Users(\n  id INTEGER, -- the key\n  \"Name\" text, /* a /* b */ */ \"table\" INT\n) ; ;",
        ] {
            assert_eq!(
                normal_form(form),
                "create table users ( id integer , \"Name\" text , \"table\" int )"
            );
        }
    }

    #[test]
    fn values_are_kept() {
        assert_eq!(
            normal_form(
                "SELECT 'It''s', E'\\n', X'AB', 1E3, $1, a!=b, $A$ x $A$, 'a'\n\n'b', U&\"A\""
            ),
            "select 'It''s' , E'\\n' , X'AB' , 1E3 , $1 , a <> b , $A$ x $A$ , 'a'\n'b' , U&\"A\""
        );
    }

    #[test]
    fn the_normal_form_of_a_normal_form_is_itself() {
        for sql in [
            "SELECT \"A b\",[x] ; ",
            "'open",
            "a # b",
            "",
            ";;",
            "\"\"",
            "\"end\"",
        ] {
            let once = normal_form(sql);
            assert_eq!(normal_form(&once), once);
        }
    }
}
