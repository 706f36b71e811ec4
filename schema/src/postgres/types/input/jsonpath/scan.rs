//! The tokens of a path (`jsonpath_scan.l`).

use crate::postgres::types::InputMistake;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or a key without quotes.
    Word(String),
    Text(String),
    Variable(String),
    /// Digits, a point or an exponent among them.
    Number(String),
    /// Digits alone.
    Integer(String),
    Symbol(&'static str),
}

/// From the longest to the shortest, so that the first that fits is the one that is meant.
const SYMBOLS: [&str; 31] = [
    "&&", "||", "**", "<=", "==", "<>", "!=", ">=", "<", ">", "!", "?", "%", "$", ".", "[", "]",
    "{", "}", "(", ")", "|", "&", "=", "@", "#", ",", "*", ":", "-", "+",
];

pub(super) fn wrong(near: &str) -> InputMistake {
    InputMistake::new(match near {
        "" => "syntax error at end of jsonpath input".to_owned(),
        near => format!("syntax error at or near \"{near}\" of jsonpath input"),
    })
}

fn near(message: &str, text: &str) -> InputMistake {
    InputMistake::new(format!("{message} at or near \"{text}\" of jsonpath input"))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Whether a character can stand in a key without quotes.
fn is_other(c: char) -> bool {
    !is_blank(c) && !"?%$.[]{}()|&!=<>@#,*:-+/\\\"".contains(c)
}

pub(super) fn tokens(text: &str, version: u16) -> Result<Vec<Token>, InputMistake> {
    let mut scanner = Scanner {
        rest: text,
        version,
    };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Scanner<'a> {
    rest: &'a str,
    version: u16,
}

impl<'a> Scanner<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, holds: fn(char) -> bool) -> &'a str {
        self.take(self.rest.find(|c| !holds(c)).unwrap_or(self.rest.len()))
    }

    fn skip_space(&mut self) -> Result<(), InputMistake> {
        loop {
            self.take_while(is_blank);
            if !self.rest.starts_with("/*") {
                return Ok(());
            }
            let end = self.rest.get(2..).and_then(|it| it.find("*/"));
            let end = end.ok_or_else(|| {
                InputMistake::new("unexpected end of comment at end of jsonpath input")
            })?;
            self.take(end + 4);
        }
    }

    fn token(&mut self) -> Result<Option<Token>, InputMistake> {
        self.skip_space()?;
        let Some(first) = self.rest.chars().next() else {
            return Ok(None);
        };
        if let Some(number) = self.number()? {
            return Ok(Some(number));
        }
        if first == '"' {
            self.take(1);
            return self.quoted().map(|it| Some(Token::Text(it)));
        }
        if let Some(after) = self.rest.strip_prefix('$') {
            if after.starts_with('"') {
                self.take(2);
                return self.quoted().map(|it| Some(Token::Variable(it)));
            }
            if after.starts_with(is_other) {
                self.take(1);
                return Ok(Some(Token::Variable(self.take_while(is_other).to_owned())));
            }
        }
        if first == '\\' || is_other(first) {
            return self.word().map(|it| Some(Token::Word(it)));
        }
        match SYMBOLS.into_iter().find(|it| self.rest.starts_with(it)) {
            Some(symbol) => {
                self.take(symbol.len());
                Ok(Some(Token::Symbol(symbol)))
            }
            // A slash that begins no comment divides.
            None => {
                self.take(first.len_utf8());
                Ok(Some(Token::Symbol("/")))
            }
        }
    }

    /// A number; none if a longer word begins here, as the longest token is taken.
    fn number(&mut self) -> Result<Option<Token>, InputMistake> {
        let Some((length, is_whole)) = number_length(self.rest, self.version >= 16) else {
            return Ok(None);
        };
        let word = self.rest.find(|c| !is_other(c)).unwrap_or(self.rest.len());
        let after = self.rest.get(length..).unwrap_or_default();
        let junk = after.chars().next().filter(|c| is_other(*c));
        if word > length + junk.map_or(0, char::len_utf8) {
            return Ok(None);
        }
        let number = self.take(length);
        if let Some(junk) = junk {
            let text = format!("{number}{junk}");
            return Err(near("trailing junk after numeric literal", &text));
        }
        let number = number.to_owned();
        Ok(Some(match is_whole {
            true => Token::Integer(number),
            false => Token::Number(number),
        }))
    }

    fn word(&mut self) -> Result<String, InputMistake> {
        let mut word = String::new();
        loop {
            word.push_str(self.take_while(is_other));
            if !self.rest.starts_with('\\') {
                return Ok(word);
            }
            self.escape(&mut word)?;
        }
    }

    fn quoted(&mut self) -> Result<String, InputMistake> {
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| !matches!(c, '"' | '\\')));
            match self.rest.chars().next() {
                Some('"') => {
                    self.take(1);
                    return Ok(text);
                }
                Some(_) => self.escape(&mut text)?,
                None => {
                    let message = "unterminated quoted string at end of jsonpath input";
                    return Err(InputMistake::new(message));
                }
            }
        }
    }

    /// A backslash and what it stands for.
    fn escape(&mut self, to: &mut String) -> Result<(), InputMistake> {
        self.take(1);
        let c = self.rest.chars().next();
        let c = c.ok_or_else(|| near("unexpected end after backslash", "\\"))?;
        self.take(c.len_utf8());
        to.push(match c {
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            'u' => self.unicode()?,
            'x' => {
                let digits = self.rest.get(..2).unwrap_or_default();
                let code = hexadecimal(digits)
                    .and_then(char::from_u32)
                    .filter(|_| digits.len() == 2);
                let message = "invalid hexadecimal character sequence";
                let c = code
                    .filter(|c| *c != '\0')
                    .ok_or_else(|| near(message, digits))?;
                self.take(2);
                c
            }
            other => other,
        });
        Ok(())
    }

    fn unicode(&mut self) -> Result<char, InputMistake> {
        let wrong = || InputMistake::new("invalid Unicode escape sequence of jsonpath input");
        let code = self.code_unit().ok_or_else(wrong)?;
        let code = match code {
            0xD800..=0xDBFF if self.rest.starts_with("\\u") => {
                self.take(2);
                let low = self.code_unit().and_then(|it| it.checked_sub(0xDC00));
                let low = low.filter(|it| *it < 0x400).ok_or_else(wrong)?;
                0x10000 + ((code - 0xD800) << 10) + low
            }
            code => code,
        };
        char::from_u32(code)
            .filter(|it| *it != '\0')
            .ok_or_else(wrong)
    }

    fn code_unit(&mut self) -> Option<u32> {
        if let Some(braced) = self.rest.strip_prefix('{') {
            let digits = braced.split_once('}')?.0;
            self.take(digits.len() + 2);
            return hexadecimal(digits).filter(|_| (1..=6).contains(&digits.len()));
        }
        let digits = self.rest.get(..4)?;
        self.take(4);
        hexadecimal(digits)
    }
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let all = digits.bytes().all(|it| it.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| all)
}

/// How long the number is that a text begins with, and whether it is a whole one.
fn number_length(text: &str, underscores: bool) -> Option<(usize, bool)> {
    // Digits, with single underscores between them where the version knows these.
    let run = |text: &str, is_digit: fn(&u8) -> bool| {
        let bytes = text.as_bytes();
        let mut length = 0;
        while let Some(byte) = bytes.get(length) {
            let between = underscores && *byte == b'_' && length > 0;
            if is_digit(byte) {
                length += 1;
            } else if between && bytes.get(length + 1).is_some_and(is_digit) {
                length += 2;
            } else {
                break;
            }
        }
        length
    };
    if underscores && let (Some(prefix), Some(digits)) = (text.get(..2), text.get(2..)) {
        let length = match prefix {
            "0x" | "0X" => run(digits, u8::is_ascii_hexdigit),
            "0o" | "0O" => run(digits, |it| matches!(it, b'0'..=b'7')),
            "0b" | "0B" => run(digits, |it| matches!(it, b'0' | b'1')),
            _ => 0,
        };
        if length > 0 {
            return Some((length + 2, true));
        }
    }
    // No whole number but zero itself begins with a zero.
    let whole = match text.starts_with('0') {
        true => 1,
        false => run(text, u8::is_ascii_digit),
    };
    let mut length = whole;
    let mut is_whole = true;
    let after = text.get(length..)?;
    if let Some(fraction) = after.strip_prefix('.') {
        let digits = run(fraction, u8::is_ascii_digit);
        if whole + digits == 0 {
            return None;
        }
        length += 1 + digits;
        is_whole = false;
    } else if whole == 0 {
        return None;
    }
    let after = text.get(length..)?;
    if let Some(exponent) = after.strip_prefix(['e', 'E']) {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let digits = run(unsigned, u8::is_ascii_digit);
        if digits > 0 {
            length += 1 + exponent.len() - unsigned.len() + digits;
            is_whole = false;
        }
    }
    Some((length, is_whole))
}
