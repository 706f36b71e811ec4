//! `tsvectorin`: words, quoted or not, with their positions.

use super::InputMistake;
use std::collections::BTreeMap;

/// The last position that is kept, and how many of them.
const LAST: u32 = 16_383;
const MOST: usize = 255;

fn wrong(text: &str) -> InputMistake {
    InputMistake::new(format!("syntax error in tsvector: \"{text}\""))
}

/// The words of a text in order, as `tsvectorout` prints them.
pub(super) fn vector(text: &str) -> Result<String, InputMistake> {
    let mut words: BTreeMap<String, BTreeMap<u32, char>> = BTreeMap::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let (word, after) = word(rest, text)?;
        let found = words.entry(word).or_default();
        rest = positions(after, text, found)?;
        // A word ends with a space, unless it was quoted.
        rest = rest.trim_start_matches(is_space);
    }
    let mut printed = String::new();
    for (word, positions) in words {
        if !printed.is_empty() {
            printed.push(' ');
        }
        printed.push('\'');
        printed.push_str(&word.replace('\\', "\\\\").replace('\'', "''"));
        printed.push('\'');
        for (count, (position, weight)) in positions.into_iter().take(MOST).enumerate() {
            printed.push(if count == 0 { ':' } else { ',' });
            printed.push_str(&position.to_string());
            // D is the weight where none is said.
            if weight != 'D' {
                printed.push(weight);
            }
        }
    }
    Ok(printed)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

/// A word, and what follows it.
fn word<'a>(rest: &'a str, text: &str) -> Result<(String, &'a str), InputMistake> {
    let quoted = rest.strip_prefix('\'');
    let source = quoted.unwrap_or(rest);
    let mut word = String::new();
    let mut chars = source.char_indices().peekable();
    let mut end = None;
    while let Some((position, c)) = chars.next() {
        match c {
            '\\' => {
                let message = format!("there is no escaped character: \"{text}\"");
                let (_, c) = chars.next().ok_or_else(|| InputMistake::new(message))?;
                word.push(c);
            }
            '\'' if quoted.is_some() => {
                if chars.peek().is_some_and(|(_, next)| *next == '\'') {
                    chars.next();
                    word.push('\'');
                    continue;
                }
                end = Some(position + 1);
                break;
            }
            c if quoted.is_none() && (is_space(c) || (c == ':' && !word.is_empty())) => {
                end = Some(position);
                break;
            }
            c => word.push(c),
        }
    }
    let end = match (end, quoted) {
        (Some(end), _) => end,
        (None, Some(_)) => return Err(wrong(text)),
        (None, None) => source.len(),
    };
    match word.is_empty() {
        true => Err(wrong(text)),
        false => Ok((word, source.get(end..).unwrap_or_default())),
    }
}

/// `:1A,2`, if there are such.
fn positions<'a>(
    rest: &'a str,
    text: &str,
    found: &mut BTreeMap<u32, char>,
) -> Result<&'a str, InputMistake> {
    let Some(mut rest) = rest.strip_prefix(':') else {
        return Ok(rest);
    };
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit());
        let (digits, after) = rest.split_at(end.unwrap_or(rest.len()));
        if digits.is_empty() {
            return Err(wrong(text));
        }
        let position = digits.parse().unwrap_or(LAST).min(LAST);
        if position == 0 {
            let message = format!("wrong position info in tsvector: \"{text}\"");
            return Err(InputMistake::new(message));
        }
        let mut weight = 'D';
        rest = after;
        while let Some(c) = rest.chars().next() {
            match c.to_ascii_uppercase() {
                '*' => weight = 'A',
                letter @ 'A'..='D' => weight = letter,
                _ => break,
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        // Of several weights of one position the heaviest stays.
        let kept = found.entry(position).or_insert(weight);
        *kept = (*kept).min(weight);
        match rest.chars().next() {
            Some(',') => rest = rest.get(1..).unwrap_or_default(),
            Some(c) if !is_space(c) => return Err(wrong(text)),
            Some(_) | None => return Ok(rest),
        }
    }
}
