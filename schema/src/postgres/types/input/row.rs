//! Rows: `record_in`, and the lists of parts that ranges are written as, too.

use super::{Input, InputMistake, Outcome, number, value};
use crate::postgres::types::{Oid, Typing};

pub(super) fn malformed(kind: &str, text: &str, detail: &str) -> InputMistake {
    InputMistake::new(format!("malformed {kind} literal: \"{text}\"")).with_detail(detail)
}

/// The parts between commas up to one of the closing characters; a part that is empty and not quoted is none.
/// Gives the parts and what follows.
pub(super) fn parts<'a>(text: &'a str, closing: &[char]) -> Option<(Vec<Option<String>>, &'a str)> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    let mut in_quotes = false;
    let mut chars = text.char_indices().peekable();
    while let Some((position, c)) = chars.next() {
        match c {
            '\\' => {
                part.push(chars.next()?.1);
                quoted = true;
            }
            '"' if in_quotes && chars.peek().is_some_and(|(_, next)| *next == '"') => {
                part.push('"');
                chars.next();
            }
            '"' => {
                in_quotes = !in_quotes;
                quoted = true;
            }
            c if in_quotes => part.push(c),
            c if c == ',' || closing.contains(&c) => {
                let done = std::mem::take(&mut part);
                parts.push((quoted || !done.is_empty()).then_some(done));
                quoted = false;
                if c != ',' {
                    return Some((parts, text.get(position + c.len_utf8()..)?));
                }
            }
            c => part.push(c),
        }
    }
    None
}

pub(super) fn quote(text: &str, special: &[char], to: &mut String) {
    let plain = !text.is_empty()
        && !text.contains(|c: char| {
            matches!(c, '"' | '\\' | ',') || c.is_ascii_whitespace() || special.contains(&c)
        });
    if plain {
        to.push_str(text);
        return;
    }
    to.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            to.push(c);
        }
        to.push(c);
    }
    to.push('"');
}

impl Typing<'_> {
    /// `(1, abc, )` as a row of a relation's columns.
    pub(super) fn row_input(self, relation: Oid, text: &str, version: u16, depth: u16) -> Outcome {
        let wrong = |detail: &str| malformed("record", text, detail);
        let inner = number::trim(text);
        let inner = inner
            .strip_prefix('(')
            .ok_or_else(|| wrong("Missing left parenthesis."))?;
        let columns = self.objects.attributes(relation);
        let (fields, after) =
            parts(inner, &[')']).ok_or_else(|| wrong("Unexpected end of input."))?;
        if !number::trim(after).is_empty() {
            return Err(wrong("Junk after right parenthesis."));
        }
        let none = columns.is_empty() && fields.len() == 1 && fields.iter().all(Option::is_none);
        let fields = if none { Vec::new() } else { fields };
        if fields.len() < columns.len() {
            return Err(wrong("Too few columns."));
        }
        if fields.len() > columns.len() {
            return Err(wrong("Too many columns."));
        }
        let mut printed = String::from("(");
        for (position, (field, column)) in fields.iter().zip(&columns).enumerate() {
            if position > 0 {
                printed.push(',');
            }
            if let Some(field) = field {
                match self.part(column.value.oid, column.value.typmod, field, version, depth)? {
                    Ok(text) => quote(&text, &['(', ')'], &mut printed),
                    Err(reason) => return Ok(Input::Unsure(reason)),
                }
            }
        }
        printed.push(')');
        Ok(value(printed))
    }
}
