//! JSON: `json_in`, which keeps the text, and `jsonb_in`, which keeps the value.

use super::{InputMistake, number};

fn wrong(name: &str) -> InputMistake {
    InputMistake::new(format!("invalid input syntax for type {name}"))
}

/// A value of JSON.
enum Json {
    Word(&'static str),
    Number(String),
    Text(String),
    Array(Vec<Json>),
    /// Keys are in the engine's order, and of several members of one key the last is kept.
    Object(Vec<(String, Json)>),
}

/// Deeper than this the engine's own stack ends.
const DEEPEST: usize = 5000;

/// Whether a text is JSON.
pub(super) fn check(text: &str) -> Result<(), InputMistake> {
    read(text, false).map(|_| ())
}

/// The text that `jsonb` prints.
pub(super) fn normal_form(text: &str) -> Result<String, InputMistake> {
    let json = read(text, true)?;
    let mut printed = String::with_capacity(text.len());
    print(&json, &mut printed);
    Ok(printed)
}

fn read(text: &str, binary: bool) -> Result<Json, InputMistake> {
    let mut reader = Reader { rest: text, binary };
    let json = reader.value(0).ok_or_else(|| reader.mistake())?;
    reader.space();
    if reader.rest.is_empty() {
        Ok(json)
    } else {
        Err(reader.mistake())
    }
}

struct Reader<'a> {
    rest: &'a str,
    binary: bool,
}

impl Reader<'_> {
    fn mistake(&self) -> InputMistake {
        let token: String = self
            .rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let token = if token.is_empty() {
            self.rest.chars().take(1).collect()
        } else {
            token
        };
        let detail = if token.is_empty() {
            "The input string ended unexpectedly.".to_owned()
        } else {
            format!("Token \"{token}\" is invalid.")
        };
        // Both types name JSON alike.
        wrong("json").with_detail(detail)
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, c: char) -> bool {
        self.space();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.space();
        if depth > DEEPEST {
            return None;
        }
        match self.rest.chars().next()? {
            '{' => self.object(depth),
            '[' => self.array(depth),
            '"' => self.string().map(Json::Text),
            '-' | '0'..='9' => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Option<Json> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        let word = ["true", "false", "null"]
            .into_iter()
            .find(|it| *it == word)?;
        self.rest = rest;
        Some(Json::Word(word))
    }

    fn number(&mut self) -> Option<Json> {
        let end = self
            .rest
            .find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
        let (text, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|c| c.is_ascii_digit());
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let good = digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(digits)
            && exponent.is_none_or(|it| digits(it.strip_prefix(['+', '-']).unwrap_or(it)));
        // A word that goes on after a number is part of a bad token.
        if !good || rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let value = if self.binary {
            number::numeric(text, 15).ok()?
        } else {
            String::new()
        };
        self.rest = rest;
        Some(Json::Number(value))
    }

    fn string(&mut self) -> Option<String> {
        let mut value = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((position, c)) = chars.next() {
            match c {
                '"' => {
                    self.rest = self.rest.get(position + 1..)?;
                    return Some(value);
                }
                '\\' => match chars.next()?.1 {
                    c @ ('"' | '\\' | '/') => value.push(c),
                    'b' => value.push('\x08'),
                    'f' => value.push('\x0c'),
                    'n' => value.push('\n'),
                    'r' => value.push('\r'),
                    't' => value.push('\t'),
                    'u' => {
                        let mut unit = || {
                            let mut code = 0;
                            for _ in 0..4 {
                                code = code * 16 + chars.next()?.1.to_digit(16)?;
                            }
                            Some(code)
                        };
                        let code = unit()?;
                        if !self.binary {
                            continue;
                        }
                        let code = match code {
                            0 => return None,
                            0xD800..=0xDBFF => {
                                if chars.next()?.1 != '\\' || chars.next()?.1 != 'u' {
                                    return None;
                                }
                                let mut low = 0;
                                for _ in 0..4 {
                                    low = low * 16 + chars.next()?.1.to_digit(16)?;
                                }
                                0x10000
                                    + ((code - 0xD800) << 10)
                                    + low.checked_sub(0xDC00).filter(|it| *it < 0x400)?
                            }
                            code => code,
                        };
                        value.push(char::from_u32(code)?);
                    }
                    _ => return None,
                },
                c if u32::from(c) < 0x20 => return None,
                c => value.push(c),
            }
        }
        self.rest = "";
        None
    }

    fn array(&mut self, depth: usize) -> Option<Json> {
        self.take('[');
        let mut items = Vec::new();
        if self.take(']') {
            return Some(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(']') {
                return Some(Json::Array(items));
            }
            if !self.take(',') {
                return None;
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        self.take('{');
        let mut members: Vec<(String, Json)> = Vec::new();
        if self.take('}') {
            return Some(Json::Object(members));
        }
        loop {
            self.space();
            if !self.rest.starts_with('"') {
                return None;
            }
            let key = self.string()?;
            if !self.take(':') {
                return None;
            }
            members.push((key, self.value(depth + 1)?));
            if self.take('}') {
                break;
            }
            if !self.take(',') {
                return None;
            }
        }
        // Shorter keys come first; of one key the last member stays.
        members.reverse();
        members.sort_by(|(a, _), (b, _)| (a.len(), a.as_bytes()).cmp(&(b.len(), b.as_bytes())));
        members.dedup_by(|(later, _), (kept, _)| later == kept);
        Some(Json::Object(members))
    }
}

fn print(json: &Json, to: &mut String) {
    match json {
        Json::Word(word) => to.push_str(word),
        Json::Number(number) => to.push_str(number),
        Json::Text(text) => print_text(text, to),
        Json::Array(items) => {
            to.push('[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    to.push_str(", ");
                }
                print(item, to);
            }
            to.push(']');
        }
        Json::Object(members) => {
            to.push('{');
            for (position, (key, value)) in members.iter().enumerate() {
                if position > 0 {
                    to.push_str(", ");
                }
                print_text(key, to);
                to.push_str(": ");
                print(value, to);
            }
            to.push('}');
        }
    }
}

pub(super) fn print_text(text: &str, to: &mut String) {
    use std::fmt::Write as _;
    to.push('"');
    for c in text.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\x08' => to.push_str("\\b"),
            '\x0c' => to.push_str("\\f"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(to, "\\u{:04x}", u32::from(c));
            }
            c => to.push(c),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jsonb_keeps_the_value() {
        for (written, printed) in [
            ("{}", "{}"),
            (" [1,2.0 , 1e2] ", "[1, 2.0, 100]"),
            (r#"{"bb":1,"a":2,"a":3}"#, r#"{"a": 3, "bb": 1}"#),
            (r#""\u00e9\n""#, "\"é\\n\""),
            ("null", "null"),
        ] {
            assert_eq!(
                normal_form(written).ok().as_deref(),
                Some(printed),
                "{written}"
            );
        }
        for text in [
            "",
            "{",
            "{a:1}",
            "[1,]",
            "01",
            "tru",
            "'a'",
            "1 2",
            "{\"a\":1,}",
            "\"\n\"",
        ] {
            assert!(check(text).is_err() && normal_form(text).is_err(), "{text}");
        }
    }
}
