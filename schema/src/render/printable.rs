//! Words of a message that a terminal and a compiler can print.

/// As long as a message may be: a name in it can be as long as its file.
const MAX_LENGTH: usize = 500;

/// The words on one line, without control characters, cut when they are very long.
///
/// Names in messages come from SQL, where a quoted name may hold anything.
pub(super) fn printable(words: &str) -> String {
    let mut text = String::with_capacity(words.len().min(MAX_LENGTH));
    for (count, character) in words.chars().enumerate() {
        if count == MAX_LENGTH {
            text.push('…');
            break;
        }
        if character.is_control() || is_invisible(character) {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
    text
}

/// Characters that change the direction of what follows, or show as nothing.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn words_stay_on_one_line_and_end() {
        assert_eq!(printable("no column `é`"), "no column `é`");
        assert_eq!(
            printable("`a\nb\u{1b}[0m\u{202e}`"),
            "`a\\nb\\u{1b}[0m\\u{202e}`"
        );
        assert_eq!(printable(&"é".repeat(1000)).chars().count(), 501);
    }
}
