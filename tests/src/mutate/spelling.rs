//! Names and words spelt in another way, which mostly changes nothing.

use crate::random::Random;
use tablature_lexer::{TokenKind, tokenize};

/// Puts a name into other quotes, or none.
pub(crate) fn quote(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    let place = a_token(random, tokens, |kind| {
        matches!(kind, TokenKind::Word | TokenKind::QuotedName(_))
    })?;
    let name = tokens.get_mut(place)?;
    let inner = name.trim_matches(['"', '[', ']', '`', '\'']).to_owned();
    *name = match random.below(6) {
        0 => inner,
        1 => format!("\"{inner}\""),
        2 => format!("[{inner}]"),
        3 => format!("`{inner}`"),
        4 => format!("'{inner}'"),
        _ => format!("\"{}\"", inner.to_ascii_uppercase()),
    };
    Some("a name quoted otherwise")
}

/// Writes a word in the other case.
pub(crate) fn change_case(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    let place = a_token(random, tokens, |kind| {
        matches!(kind, TokenKind::Word | TokenKind::QuotedName(_))
    })?;
    let name = tokens.get_mut(place)?;
    let upper = name.to_ascii_uppercase();
    *name = match upper == *name {
        true => name.to_ascii_lowercase(),
        false => upper,
    };
    Some("a case changed")
}

/// Misspells any word, such as a keyword.
pub(crate) fn misspell_a_word(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    let is_word = |token: &String| token.starts_with(|c: char| c.is_ascii_alphabetic());
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(is_word))
        .collect();
    let word = tokens.get_mut(*random.pick(&places)?)?;
    let at = random.below(word.len());
    if word.len() > 1 && word.is_char_boundary(at) && word.is_char_boundary(at + 1) {
        word.remove(at);
        return Some("a word misspelt");
    }
    None
}

/// Removes a comma or a parenthesis, or writes one.
pub(crate) fn punctuate(random: &mut Random, tokens: &mut Vec<String>) -> Option<&'static str> {
    const MARKS: &[&str] = &[",", "(", ")", ".", ";", "="];
    if random.once_in(3) {
        let mark = random.pick(MARKS)?;
        let place = random.below(tokens.len() + 1);
        tokens.insert(place, (*mark).to_owned());
        return Some("a mark added");
    }
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(|it| MARKS.contains(&&**it)))
        .collect();
    tokens.remove(*random.pick(&places)?);
    Some("a mark removed")
}

fn a_token(
    random: &mut Random,
    tokens: &[String],
    wanted: impl Fn(TokenKind) -> bool,
) -> Option<usize> {
    let is_wanted = |token: &String| {
        let tokens = tokenize(token);
        tokens.first().is_some_and(|token| wanted(token.kind))
    };
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(is_wanted))
        .collect();
    random.pick(&places).copied()
}
