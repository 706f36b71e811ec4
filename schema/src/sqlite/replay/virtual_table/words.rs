//! Words as FTS5 reads them in its arguments.

/// The first word of a text, without its quotes, and what follows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: String,
    pub(super) quoted: bool,
    pub(super) rest: &'a str,
}

/// Takes a quoted word or a bare one off a text; nothing if it begins with neither.
pub(super) fn take(text: &str) -> Option<Word<'_>> {
    match text.chars().next()? {
        quote @ ('\'' | '"' | '`' | '[') => Some(take_quoted(text, quote)),
        _ => take_bare(text),
    }
}

/// A quoted word that is never closed goes on to the end.
fn take_quoted(text: &str, quote: char) -> Word<'_> {
    let close = if quote == '[' { ']' } else { quote };
    let mut word = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, char)) = chars.next() {
        if char != close {
            word.push(char);
            continue;
        }
        match chars.peek() {
            Some((_, next)) if *next == close => {
                word.push(close);
                chars.next();
            }
            Some(_) | None => {
                return Word {
                    text: word,
                    quoted: true,
                    rest: text.get(at + 1..).unwrap_or_default(),
                };
            }
        }
    }
    Word {
        text: word,
        quoted: true,
        rest: "",
    }
}

fn take_bare(text: &str) -> Option<Word<'_>> {
    let is_bare = |char: char| {
        char.is_ascii_alphanumeric() || char == '_' || !char.is_ascii() || char == '\u{1a}'
    };
    let end = text.find(|char| !is_bare(char)).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    (!word.is_empty()).then(|| Word {
        text: word.to_owned(),
        quoted: false,
        rest,
    })
}
