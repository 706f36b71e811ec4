//! A text as a list of fields (`ParseDateTime`): what dates, times and intervals are decoded from.

/// How a field looks; what it means depends on those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::postgres::types::input) enum Shape {
    /// Digits, or digits with one point.
    Number,
    /// Digits, letters or both with `-`, `/` or `.` between them; it can be the name of a zone.
    Date,
    /// Digits with colons.
    Time,
    /// Digits after a sign.
    Signed,
    /// A word.
    Word,
    /// A word after a sign.
    SignedWord,
}

/// A field, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::postgres::types::input) struct Field {
    pub(in crate::postgres::types::input) shape: Shape,
    pub(in crate::postgres::types::input) text: String,
}

/// A text has no more fields than this, nor is it longer, for the engine.
const MOST_FIELDS: usize = 25;
const LONGEST: usize = 128;

struct Reader<'a> {
    rest: &'a str,
    text: String,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn at(&self, holds: impl FnOnce(char) -> bool) -> bool {
        self.peek().is_some_and(holds)
    }

    fn skip(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }

    fn take(&mut self) {
        if let Some(c) = self.peek() {
            self.text.push(c.to_ascii_lowercase());
            self.skip();
        }
    }

    fn take_while(&mut self, holds: impl Fn(char) -> bool) {
        while self.at(&holds) {
            self.take();
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '/' | '.')
}

/// The fields of a text; none if it cannot be one of a date, a time or an interval. `is_word` tells the words that may have
/// digits right after them.
pub(super) fn fields(text: &str, is_word: fn(&str) -> bool) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut length = 0;
    let mut reader = Reader {
        rest: text,
        text: String::new(),
    };
    while let Some(c) = reader.peek() {
        let shape = match c {
            c if c.is_ascii_whitespace() || c == '\x0b' => {
                reader.skip();
                continue;
            }
            '0'..='9' => digits(&mut reader),
            '.' => {
                reader.take();
                reader.take_while(is_digit);
                Shape::Number
            }
            c if c.is_ascii_alphabetic() => letters(&mut reader, is_word),
            '+' | '-' => {
                reader.take();
                while reader.at(|c| c.is_ascii_whitespace()) {
                    reader.skip();
                }
                if reader.at(is_digit) {
                    reader.take_while(|c| is_digit(c) || matches!(c, ':' | '.' | '-'));
                    Shape::Signed
                } else if reader.at(|c| c.is_ascii_alphabetic()) {
                    reader.take_while(|c| c.is_ascii_alphabetic());
                    Shape::SignedWord
                } else {
                    return None;
                }
            }
            c if c.is_ascii_punctuation() => {
                reader.skip();
                continue;
            }
            _ => return None,
        };
        let text = std::mem::take(&mut reader.text);
        length += text.len() + 1;
        fields.push(Field { shape, text });
        if fields.len() > MOST_FIELDS || length > LONGEST + MOST_FIELDS {
            return None;
        }
    }
    Some(fields)
}

/// A field that begins with a digit.
fn digits(reader: &mut Reader<'_>) -> Shape {
    reader.take_while(is_digit);
    match reader.peek() {
        Some(':') => {
            reader.take_while(|c| is_digit(c) || matches!(c, ':' | '.'));
            Shape::Time
        }
        Some(separator) if is_separator(separator) => {
            reader.take();
            if !reader.at(is_digit) {
                reader.take_while(|c| c.is_ascii_alphanumeric() || c == separator);
                return Shape::Date;
            }
            reader.take_while(is_digit);
            if reader.peek() == Some(separator) {
                reader.take_while(|c| is_digit(c) || c == separator);
                return Shape::Date;
            }
            match separator {
                '.' => Shape::Number,
                _ => Shape::Date,
            }
        }
        _ => Shape::Number,
    }
}

/// A field that begins with a letter.
fn letters(reader: &mut Reader<'_>, is_word: fn(&str) -> bool) -> Shape {
    reader.take_while(|c| c.is_ascii_alphabetic());
    let goes_on = reader.at(is_separator)
        || (reader.at(|c| c == '+' || is_digit(c)) && !is_word(&reader.text));
    if !goes_on {
        return Shape::Word;
    }
    reader.take_while(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '/' | '_' | '.' | ':')
    });
    Shape::Date
}
