//! From text to tokens, byte by byte as `sqlite3GetToken` reads them.

use crate::{Keyword, Quote, Symbol, Token, TokenKind};

/// Splits a text into tokens that cover all of it.
///
/// A byte order mark at the start of a token is white space. A NUL byte is an illegal token of its own, because the
/// engine stops reading there; it also ends a comment or an open literal.
#[must_use]
pub fn tokenize(sql: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(sql.len() / 4);
    let mut cursor = Cursor {
        bytes: sql.as_bytes(),
        start: 0,
    };
    while cursor.start < sql.len() {
        let start = cursor.start;
        let (kind, length) = cursor.token();
        let mut end = start + length;
        if kind == TokenKind::Illegal {
            // An illegal character may be the first byte of several.
            end = sql.ceil_char_boundary((start + length.max(1)).min(sql.len()));
        }
        tokens.push(Token { kind, start, end });
        cursor.start = end;
    }
    tokens
}

/// A text and the place where the next token starts.
///
/// Macros run unoptimised: what is done for each byte is written as loops over tables, without calls.
struct Cursor<'a> {
    bytes: &'a [u8],
    start: usize,
}

impl Cursor<'_> {
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

    /// The first distance from `from` at which a byte is not one of a kind.
    fn skip(&self, from: usize, of_kind: &[bool; 256]) -> usize {
        let mut position = self.start + from;
        while position < self.bytes.len() && of_kind[self.bytes[position] as usize] {
            position += 1;
        }
        position - self.start
    }

    /// The first distance from `from` at which there is a byte, a NUL or the end of the text.
    fn find(&self, from: usize, byte: u8) -> usize {
        let mut position = self.start + from;
        while position < self.bytes.len() {
            let found = self.bytes[position];
            if found == byte || found == 0 {
                break;
            }
            position += 1;
        }
        position - self.start
    }

    /// The kind and the length in bytes of the token at the start.
    fn token(&self) -> (TokenKind, usize) {
        match self.at(0) {
            b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' => (TokenKind::Space, self.skip(1, &SPACE)),
            b'\xef' if self.at(1) == b'\xbb' && self.at(2) == b'\xbf' => (TokenKind::Space, 3),
            b'\'' | b'"' | b'`' => self.quoted(),
            b'[' => self.bracketed(),
            b'.' if self.at(1).is_ascii_digit() => self.number(),
            b'0'..=b'9' => self.number(),
            b'x' | b'X' if self.at(1) == b'\'' => self.blob(),
            b'?' => (TokenKind::Variable, self.skip(1, &DIGIT)),
            b'$' | b'@' | b':' | b'#' => self.variable(),
            byte if NAME[byte as usize] => self.word(),
            _ => self.symbol(),
        }
    }

    fn word(&self) -> (TokenKind, usize) {
        let length = self.skip(1, &NAME);
        match Keyword::of_bytes(&self.bytes[self.start..self.start + length]) {
            Some(keyword) => (TokenKind::Keyword(keyword), length),
            None => (TokenKind::Word, length),
        }
    }

    fn quoted(&self) -> (TokenKind, usize) {
        let quote = self.at(0);
        let mut distance = 1;
        loop {
            distance = self.find(distance, quote);
            if self.at(distance) == 0 {
                return (TokenKind::Illegal, distance);
            }
            if self.at(distance + 1) != quote {
                break;
            }
            distance += 2;
        }
        let kind = match quote {
            b'\'' => TokenKind::String,
            b'"' => TokenKind::QuotedName(Quote::Double),
            _ => TokenKind::QuotedName(Quote::Backtick),
        };
        (kind, distance + 1)
    }

    fn bracketed(&self) -> (TokenKind, usize) {
        let distance = self.find(1, b']');
        if self.at(distance) == 0 {
            (TokenKind::Illegal, distance)
        } else {
            (TokenKind::QuotedName(Quote::Bracket), distance + 1)
        }
    }

    fn number(&self) -> (TokenKind, usize) {
        let mut kind = TokenKind::Integer;
        let mut distance;
        let is_hexadecimal = self.at(0) == b'0'
            && matches!(self.at(1), b'x' | b'X')
            && self.at(2).is_ascii_hexdigit();
        if is_hexadecimal {
            distance = self.skip(3, &SEPARATED_HEXADECIMAL);
        } else {
            distance = self.skip(0, &SEPARATED_DIGIT);
            if self.at(distance) == b'.' {
                kind = TokenKind::Float;
                distance = self.skip(distance + 1, &SEPARATED_DIGIT);
            }
            let sign = usize::from(matches!(self.at(distance + 1), b'+' | b'-'));
            if matches!(self.at(distance), b'e' | b'E')
                && self.at(distance + 1 + sign).is_ascii_digit()
            {
                kind = TokenKind::Float;
                distance = self.skip(distance + 2, &SEPARATED_DIGIT);
            }
        }
        let end = self.skip(distance, &NAME);
        if end > distance || !self.separators_are_between_digits(end, is_hexadecimal) {
            kind = TokenKind::Illegal;
        }
        (kind, end)
    }

    /// Whether every `_` of a number stands between two digits. The engine says so when it reads the number's value.
    fn separators_are_between_digits(&self, length: usize, is_hexadecimal: bool) -> bool {
        let digits = if is_hexadecimal { &HEXADECIMAL } else { &DIGIT };
        let mut distance = 1;
        while distance < length {
            let is_between = |it: &Self| {
                digits[it.at(distance - 1) as usize] && digits[it.at(distance + 1) as usize]
            };
            if self.at(distance) == b'_' && !is_between(self) {
                return false;
            }
            distance += 1;
        }
        true
    }

    fn blob(&self) -> (TokenKind, usize) {
        let digits = self.skip(2, &HEXADECIMAL);
        let end = self.find(digits, b'\'');
        if self.at(end) == 0 {
            (TokenKind::Illegal, end)
        } else if end == digits && digits.is_multiple_of(2) {
            (TokenKind::Blob, end + 1)
        } else {
            (TokenKind::Illegal, end + 1)
        }
    }

    /// `:name`, `@name`, `$name`, and Tcl's `$namespace::name(index)`.
    fn variable(&self) -> (TokenKind, usize) {
        let mut has_name = false;
        let mut distance = 1;
        loop {
            let byte = self.at(distance);
            if NAME[byte as usize] {
                has_name = true;
                distance += 1;
            } else if byte == b'(' && has_name {
                let end = self.skip(distance + 1, &INDEX);
                if self.at(end) == b')' {
                    return (TokenKind::Variable, end + 1);
                }
                return (TokenKind::Illegal, end);
            } else if byte == b':' && self.at(distance + 1) == b':' {
                distance += 2;
            } else {
                break;
            }
        }
        let kind = if has_name {
            TokenKind::Variable
        } else {
            TokenKind::Illegal
        };
        (kind, distance)
    }

    fn symbol(&self) -> (TokenKind, usize) {
        let (symbol, length) = match (self.at(0), self.at(1)) {
            (b'-', b'-') => {
                let end = self.find(2, b'\n');
                return (TokenKind::Comment, end);
            }
            (b'/', b'*') if self.at(2) != 0 => return (TokenKind::Comment, self.block_comment()),
            (b'-', b'>') if self.at(2) == b'>' => (Symbol::LongArrow, 3),
            (b'-', b'>') => (Symbol::Arrow, 2),
            (b'=', b'=') => (Symbol::Equal, 2),
            (b'<', b'>') | (b'!', b'=') => (Symbol::NotEqual, 2),
            (b'<', b'=') => (Symbol::LessOrEqual, 2),
            (b'<', b'<') => (Symbol::ShiftLeft, 2),
            (b'>', b'=') => (Symbol::GreaterOrEqual, 2),
            (b'>', b'>') => (Symbol::ShiftRight, 2),
            (b'|', b'|') => (Symbol::Concat, 2),
            (b'-', _) => (Symbol::Minus, 1),
            (b'/', _) => (Symbol::Slash, 1),
            (b'=', _) => (Symbol::Equal, 1),
            (b'<', _) => (Symbol::Less, 1),
            (b'>', _) => (Symbol::Greater, 1),
            (b'|', _) => (Symbol::Pipe, 1),
            (b'(', _) => (Symbol::LeftParen, 1),
            (b')', _) => (Symbol::RightParen, 1),
            (b',', _) => (Symbol::Comma, 1),
            (b';', _) => (Symbol::Semicolon, 1),
            (b'.', _) => (Symbol::Dot, 1),
            (b'+', _) => (Symbol::Plus, 1),
            (b'*', _) => (Symbol::Star, 1),
            (b'%', _) => (Symbol::Percent, 1),
            (b'&', _) => (Symbol::Ampersand, 1),
            (b'~', _) => (Symbol::Tilde, 1),
            _ => return (TokenKind::Illegal, 1),
        };
        (TokenKind::Symbol(symbol), length)
    }

    /// The length of a block comment; one that is not closed ends with the text.
    fn block_comment(&self) -> usize {
        let mut distance = 2;
        loop {
            distance = self.find(distance, b'*');
            if self.at(distance) == 0 {
                return distance;
            }
            if self.at(distance + 1) == b'/' {
                return distance + 2;
            }
            distance += 1;
        }
    }
}

macro_rules! bytes {
    ($($(#[$doc:meta])* $name:ident: $pattern:pat,)*) => {
        $($(#[$doc])* static $name: [bool; 256] = {
            let mut table = [false; 256];
            let mut byte = 0;
            while byte < 256 {
                table[byte] = matches!(byte as u8, $pattern);
                byte += 1;
            }
            table
        };)*
    };
}

bytes! {
    /// The white space that continues white space; only the vertical tab does not also start it.
    SPACE: b' ' | b'\t' | b'\n' | b'\x0b' | b'\x0c' | b'\r',
    /// The bytes of a bare word.
    NAME: b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | 0x80..,
    DIGIT: b'0'..=b'9',
    SEPARATED_DIGIT: b'0'..=b'9' | b'_',
    HEXADECIMAL: b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F',
    SEPARATED_HEXADECIMAL: b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b'_',
    /// What may stand in the parentheses of a Tcl variable.
    INDEX: 1..=8 | 0x0e..=0x1f | 0x21..=b'(' | b'*'..,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(sql: &str) -> Vec<(TokenKind, &str)> {
        let tokens = tokenize(sql);
        let mut end = 0;
        for token in &tokens {
            assert_eq!(token.start, end, "tokens of {sql:?} leave a gap");
            end = token.end;
        }
        assert_eq!(end, sql.len());
        tokens
            .into_iter()
            .filter(|token| token.kind != TokenKind::Space)
            .map(|token| (token.kind, &sql[token.start..token.end]))
            .collect()
    }

    fn one(sql: &str) -> TokenKind {
        match kinds(sql).as_slice() {
            [(kind, text)] if *text == sql => *kind,
            other => panic!("{sql:?} is not one token but {other:?}"),
        }
    }

    #[test]
    fn words_take_dollars_and_every_byte_beyond_ascii() {
        for word in ["a", "_", "a$1", "é", "🦀", "x", "xyz", "selec", "a\u{feff}"] {
            assert_eq!(one(word), TokenKind::Word);
        }
        assert_eq!(one("SELECT"), TokenKind::Keyword(Keyword::Select));
        assert_eq!(one("select$"), TokenKind::Word);
    }

    #[test]
    fn numbers() {
        for integer in ["0", "12", "0x1F", "0Xa_b", "1_000"] {
            assert_eq!(one(integer), TokenKind::Integer);
        }
        for float in ["1.", ".5", "1.5", "1e3", "1E+3", "1.e-3", "1_0.0_1"] {
            assert_eq!(one(float), TokenKind::Float);
        }
        for illegal in ["1a", "0x", "1__0", "1_", "1_.5", "1e5x", "12é", "0x1_"] {
            assert_eq!(one(illegal), TokenKind::Illegal);
        }
        assert_eq!(kinds("1..2").len(), 2);
        assert_eq!(one("1e"), TokenKind::Illegal);
        assert_eq!(kinds("1-2").len(), 3);
    }

    #[test]
    fn literals_that_do_not_end_go_on_to_the_end() {
        for text in ["'a b", "\"a ''", "`a", "[a ]b"] {
            let expected = if text.starts_with('[') { 2 } else { 1 };
            assert_eq!(kinds(text).len(), expected, "{text}");
        }
        assert_eq!(one("'open ;\n"), TokenKind::Illegal);
        assert_eq!(one("[open ;\n"), TokenKind::Illegal);
        assert_eq!(one("x'0g"), TokenKind::Illegal);
        assert_eq!(one("x'0g'"), TokenKind::Illegal);
        assert_eq!(one("x'012'"), TokenKind::Illegal);
        assert_eq!(one("X'01aF'"), TokenKind::Blob);
        assert_eq!(one("''''"), TokenKind::String);
    }

    #[test]
    fn comments() {
        for comment in ["-- a; b", "--", "/* a\n; */", "/* open", "/**/", "/*/"] {
            assert_eq!(one(comment), TokenKind::Comment);
        }
        assert_eq!(kinds("/*").len(), 2);
        assert_eq!(kinds("-- a\nb").len(), 2);
        assert_eq!(kinds("-- a\rb").len(), 1);
    }

    #[test]
    fn variables() {
        for variable in [
            "?", "?12", ":a", "@a", "$a", "#a", "$a::b", "$a(b)", "$a::b(c)", "$1",
        ] {
            assert_eq!(one(variable), TokenKind::Variable);
        }
        for illegal in [":", "#", "$", "$::", "$a(b"] {
            assert_eq!(one(illegal), TokenKind::Illegal);
        }
    }

    #[test]
    fn what_begins_no_token() {
        for illegal in ["!", "\\", "{", "}", "^", "\u{b}", "\0", "]"] {
            assert_eq!(one(illegal), TokenKind::Illegal);
        }
        assert_eq!(
            kinds("'a\0b'"),
            [
                (TokenKind::Illegal, "'a"),
                (TokenKind::Illegal, "\0"),
                (TokenKind::Word, "b"),
                (TokenKind::Illegal, "'"),
            ]
        );
    }

    #[test]
    fn white_space() {
        assert!(kinds(" \t\n\x0c\r \u{b}").is_empty());
        assert_eq!(kinds("\u{feff}SELECT \u{feff}a").len(), 2);
    }
}
