//! From text to tokens, byte by byte as the engine's scanner reads them with `standard_conforming_strings` on.
//!
//! Numbers are read by the rules of PostgreSQL 16 and later, which refuse nothing that 15 accepts; the parser refuses
//! what the oldest supported engine does not know.

use super::bytes::{
    BINARY, DIGIT, DOLLAR_TAG, HEXADECIMAL, IDENTIFIER, IDENTIFIER_START, NOT_NEWLINE, OCTAL,
    OPERATOR, SPACE,
};
use super::operator::operator;
use super::{Fault, Keyword, Symbol, Token, TokenKind};

/// Splits a text into tokens that cover all of it.
///
/// A byte order mark at the start of the text is white space. A NUL byte is an illegal token of its own.
#[must_use]
pub fn tokenize(sql: &str) -> Vec<Token> {
    Tokenizer::new(sql).collect()
}

/// The tokens of a text, one after the other.
///
/// Macros run unoptimised: what is done for each byte is written as loops over tables, without calls.
#[derive(Debug, Clone)]
pub struct Tokenizer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    start: usize,
}

impl Iterator for Tokenizer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.start;
        if start >= self.bytes.len() {
            return None;
        }
        let (kind, length) = self.token();
        // An illegal character may be the first byte of several.
        let end = (start + length.max(1)).min(self.bytes.len());
        self.start = self.text.ceil_char_boundary(end);
        Some(Token {
            kind,
            start,
            end: self.start,
        })
    }
}

impl<'a> Tokenizer<'a> {
    /// Starts at the beginning of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Tokenizer<'a> {
        Tokenizer {
            text,
            bytes: text.as_bytes(),
            start: 0,
        }
    }

    /// Goes on at a byte further on, which begins a character.
    pub fn skip_to(&mut self, offset: usize) {
        self.start = self.text.ceil_char_boundary(offset.max(self.start));
    }

    /// The byte at a distance from the start; 0 at the end of the text.
    #[inline(always)]
    fn at(&self, distance: usize) -> u8 {
        let position = self.start + distance;
        if position < self.bytes.len() {
            self.bytes[position]
        } else {
            0
        }
    }

    /// How many bytes are left.
    fn left(&self) -> usize {
        self.bytes.len() - self.start
    }

    /// The first distance from `from` at which a byte is not one of a kind.
    fn skip(&self, from: usize, of_kind: &[bool; 256]) -> usize {
        let mut position = self.start + from;
        while position < self.bytes.len() && of_kind[self.bytes[position] as usize] {
            position += 1;
        }
        position - self.start
    }

    /// The first distance from `from` at which there is a byte; none if there is none.
    fn find(&self, from: usize, byte: u8) -> Option<usize> {
        let mut position = self.start + from;
        while position < self.bytes.len() {
            if self.bytes[position] == byte {
                return Some(position - self.start);
            }
            position += 1;
        }
        None
    }

    /// The kind and the length in bytes of the token at the start.
    fn token(&self) -> (TokenKind, usize) {
        let next = self.at(1);
        match self.at(0) {
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => (TokenKind::Space, self.skip(1, &SPACE)),
            b'\xef' if self.start == 0 && next == b'\xbb' && self.at(2) == b'\xbf' => {
                (TokenKind::Space, 3)
            }
            b'-' if next == b'-' => (TokenKind::Comment, self.skip(2, &NOT_NEWLINE)),
            b'/' if next == b'*' => self.block_comment(),
            b'\'' => self.string(TokenKind::String, 1),
            b'e' | b'E' if next == b'\'' => self.string(TokenKind::EscapeString, 2),
            b'b' | b'B' if next == b'\'' => self.string(TokenKind::BitString, 2),
            b'x' | b'X' if next == b'\'' => self.string(TokenKind::HexString, 2),
            b'n' | b'N' if next == b'\'' => self.string(TokenKind::NationalString, 2),
            b'u' | b'U' if next == b'&' && self.at(2) == b'\'' => {
                self.string(TokenKind::UnicodeString, 3)
            }
            b'u' | b'U' if next == b'&' && self.at(2) == b'"' => {
                self.name(TokenKind::UnicodeName, 3)
            }
            b'"' => self.name(TokenKind::QuotedName, 1),
            b'$' => self.dollar(),
            b'.' if next.is_ascii_digit() => self.number(),
            b'0'..=b'9' => self.number(),
            b'\\' => {
                let end = self.skip(1, &NOT_NEWLINE);
                (TokenKind::Illegal(Fault::MetaCommand), end)
            }
            byte if IDENTIFIER_START[byte as usize] => self.word(),
            byte if OPERATOR[byte as usize] => {
                let end = self.skip(1, &OPERATOR);
                operator(&self.bytes[self.start..self.start + end])
            }
            _ => self.mark(),
        }
    }

    fn word(&self) -> (TokenKind, usize) {
        let length = self.skip(1, &IDENTIFIER);
        match Keyword::of_bytes(&self.bytes[self.start..self.start + length]) {
            Some(keyword) => (TokenKind::Keyword(keyword), length),
            None => (TokenKind::Word, length),
        }
    }

    fn mark(&self) -> (TokenKind, usize) {
        let (symbol, length) = match (self.at(0), self.at(1)) {
            (b'(', _) => (Symbol::LeftParen, 1),
            (b')', _) => (Symbol::RightParen, 1),
            (b'[', _) => (Symbol::LeftBracket, 1),
            (b']', _) => (Symbol::RightBracket, 1),
            (b',', _) => (Symbol::Comma, 1),
            (b';', _) => (Symbol::Semicolon, 1),
            (b'.', b'.') => (Symbol::DotDot, 2),
            (b'.', _) => (Symbol::Dot, 1),
            (b':', b':') => (Symbol::TypeCast, 2),
            (b':', b'=') => (Symbol::ColonEquals, 2),
            (b':', _) => (Symbol::Colon, 1),
            _ => return (TokenKind::Illegal(Fault::Character), 1),
        };
        (TokenKind::Symbol(symbol), length)
    }

    /// A literal in single quotes, the content of which begins at a distance, with the literals that continue it.
    fn string(&self, kind: TokenKind, content: usize) -> (TokenKind, usize) {
        let escapes = kind == TokenKind::EscapeString;
        let mut distance = content;
        loop {
            let Some(quote) = self.closing_quote(distance, escapes) else {
                return (TokenKind::Illegal(Fault::OpenString), self.left());
            };
            match self.continuation(quote + 1) {
                Some(next) => distance = next,
                None => return (kind, quote + 1),
            }
        }
    }

    /// The distance of the quote that closes a literal.
    fn closing_quote(&self, content: usize, escapes: bool) -> Option<usize> {
        let mut distance = content;
        while distance < self.left() {
            match self.at(distance) {
                b'\'' if self.at(distance + 1) == b'\'' => distance += 2,
                b'\'' => return Some(distance),
                b'\\' if escapes => distance += 2,
                _ => distance += 1,
            }
        }
        None
    }

    /// The distance after the quote of a literal that continues one that ended before `distance`: it begins on another
    /// line, after nothing but white space and `--` comments.
    fn continuation(&self, distance: usize) -> Option<usize> {
        let mut has_newline = false;
        let mut distance = distance;
        loop {
            match self.at(distance) {
                b'\n' | b'\r' => {
                    has_newline = true;
                    distance += 1;
                }
                b' ' | b'\t' | b'\x0c' => distance += 1,
                b'-' if self.at(distance + 1) == b'-' => {
                    distance = self.skip(distance, &NOT_NEWLINE)
                }
                b'\'' if has_newline => return Some(distance + 1),
                _ => return None,
            }
        }
    }

    /// A quoted name, the content of which begins at a distance.
    fn name(&self, kind: TokenKind, content: usize) -> (TokenKind, usize) {
        let mut distance = content;
        loop {
            let Some(quote) = self.find(distance, b'"') else {
                return (TokenKind::Illegal(Fault::OpenName), self.left());
            };
            if self.at(quote + 1) == b'"' {
                distance = quote + 2;
            } else if quote == content {
                return (TokenKind::Illegal(Fault::EmptyName), quote + 1);
            } else {
                return (kind, quote + 1);
            }
        }
    }

    /// A parameter or a literal between `$tag$` and `$tag$`.
    fn dollar(&self) -> (TokenKind, usize) {
        if self.at(1).is_ascii_digit() {
            return self.parameter();
        }
        let tag = self.skip(1, &DOLLAR_TAG);
        if self.at(tag) != b'$' {
            return (TokenKind::Illegal(Fault::Character), 1);
        }
        let delimiter = &self.bytes[self.start..=self.start + tag];
        let mut from = delimiter.len();
        while let Some(distance) = self.find(from, b'$') {
            let position = self.start + distance;
            if self.bytes[position..].starts_with(delimiter) {
                return (TokenKind::DollarString, distance + delimiter.len());
            }
            from = distance + 1;
        }
        (TokenKind::Illegal(Fault::OpenDollarString), self.left())
    }

    fn parameter(&self) -> (TokenKind, usize) {
        let digits = self.skip(1, &DIGIT);
        let end = self.skip(digits, &IDENTIFIER);
        let number = self.text.get(self.start + 1..self.start + digits);
        let fits = number.is_some_and(|number| number.parse::<i32>().is_ok());
        if end > digits || !fits {
            return (TokenKind::Illegal(Fault::JunkAfterParameter), end);
        }
        (TokenKind::Parameter, end)
    }

    fn number(&self) -> (TokenKind, usize) {
        let (digits, radix) = match (self.at(0), self.at(1)) {
            (b'0', b'x' | b'X') => (&HEXADECIMAL, 16),
            (b'0', b'o' | b'O') => (&OCTAL, 8),
            (b'0', b'b' | b'B') => (&BINARY, 2),
            _ => return self.decimal(),
        };
        let end = self.digits(2, digits);
        if end == 2 {
            return self.finish_number(TokenKind::Illegal(Fault::JunkAfterNumber), end);
        }
        let text = self.text.get(self.start + 2..self.start + end);
        self.finish_number(integer_kind(text.unwrap_or_default(), radix), end)
    }

    fn decimal(&self) -> (TokenKind, usize) {
        let mut kind = TokenKind::Numeric;
        let mut end = match self.at(0) {
            b'.' => 0,
            _ => self.first_digits(0),
        };
        if self.at(end) == b'.' && (end == 0 || self.at(end + 1) != b'.') {
            end = self.first_digits(end + 1);
        } else {
            let text = self.text.get(self.start..self.start + end);
            kind = integer_kind(text.unwrap_or_default(), 10);
        }
        let sign = usize::from(matches!(self.at(end + 1), b'+' | b'-'));
        if matches!(self.at(end), b'e' | b'E') && self.at(end + 1 + sign).is_ascii_digit() {
            kind = TokenKind::Numeric;
            end = self.first_digits(end + 1 + sign);
        }
        self.finish_number(kind, end)
    }

    /// Decimal digits, the first of which has no `_` before it.
    fn first_digits(&self, from: usize) -> usize {
        match self.at(from).is_ascii_digit() {
            true => self.digits(from + 1, &DIGIT),
            false => from,
        }
    }

    /// Digits, each perhaps with a `_` before it.
    fn digits(&self, from: usize, digits: &[bool; 256]) -> usize {
        let mut distance = from;
        loop {
            let separator = usize::from(self.at(distance) == b'_');
            if !digits[self.at(distance + separator) as usize] {
                return distance;
            }
            distance += separator + 1;
        }
    }

    /// A number must not be followed directly by a letter.
    fn finish_number(&self, kind: TokenKind, end: usize) -> (TokenKind, usize) {
        match IDENTIFIER_START[self.at(end) as usize] {
            true => {
                let end = self.skip(end, &IDENTIFIER);
                (TokenKind::Illegal(Fault::JunkAfterNumber), end)
            }
            false => (kind, end),
        }
    }

    /// A block comment, with those inside it.
    fn block_comment(&self) -> (TokenKind, usize) {
        let mut depth = 1_usize;
        let mut distance = 2;
        while distance < self.left() {
            match (self.at(distance), self.at(distance + 1)) {
                (b'*', b'/') if depth == 1 => return (TokenKind::Comment, distance + 2),
                (b'*', b'/') => {
                    depth -= 1;
                    distance += 2;
                }
                (b'/', b'*') => {
                    depth += 1;
                    distance += 2;
                }
                _ => distance += 1,
            }
        }
        (TokenKind::Illegal(Fault::OpenComment), self.left())
    }
}

/// An integer that does not fit into 32 bits is a number of another kind.
fn integer_kind(digits: &str, radix: u32) -> TokenKind {
    let mut value = 0_u32;
    for digit in digits.chars().filter_map(|digit| digit.to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
    }
    match i32::try_from(value) {
        Ok(_) => TokenKind::Integer,
        Err(_) => TokenKind::Numeric,
    }
}
