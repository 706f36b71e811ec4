//! Names in the lock, and names of files with another number.

/// A migration's name as the lock writes it: one word.
pub(super) fn written(name: &str) -> String {
    if name.is_empty() {
        return "_".to_owned();
    }
    name.chars()
        .map(|c| if c.is_whitespace() { '_' } else { c })
        .collect()
}

/// The name of a migration's file, or of its directory if it has one, with another number, written as the one that is
/// there. `path` is relative to the directory of the migrations.
pub(crate) fn with_number(path: &str, number: i64) -> String {
    let entry = path
        .split_once('/')
        .map_or(path, |(directory, _)| directory);
    let (prefix, old, rest) = parts(entry);
    format!("{prefix}{}{rest}", formed(old, number))
}

/// What stands before the number of an entry's name, the number, and the rest.
fn parts(entry: &str) -> (&str, &str, &str) {
    let (prefix, after) = match entry.strip_prefix('V') {
        Some(after) => ("V", after),
        None => ("", entry),
    };
    let end = after.find(|c: char| !(c.is_ascii_digit() || c == '-'));
    let (number, rest) = after.split_at(end.unwrap_or(after.len()));
    (prefix, number, rest)
}

fn formed(old: &str, number: i64) -> String {
    let width = old.bytes().filter(u8::is_ascii_digit).count();
    let mut digits = format!("{number:0width$}");
    if digits.len() == width {
        // Each dash of `2025-01-03-002434` goes where it was.
        for (at, _) in old.match_indices('-') {
            digits.insert(at, '-');
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word() {
        for (name, word) in [
            ("add_users", "add_users"),
            ("é 🦀\u{a0}x", "é_🦀_x"),
            ("", "_"),
        ] {
            assert_eq!(written(name), word);
        }
    }

    #[test]
    fn a_number_is_written_as_the_one_that_it_replaces() {
        for (path, number, expected) in [
            ("0006_a.sql", 8, "0008_a.sql"),
            ("6_a.up.sql", 12, "12_a.up.sql"),
            ("0999_a.sql", 12_345, "12345_a.sql"),
            ("V06__a.sql", 8, "V08__a.sql"),
            ("06_a/up.sql", 8, "08_a"),
            (
                "20250103002434_a.sql",
                20_250_103_002_435,
                "20250103002435_a.sql",
            ),
            (
                "2025-01-03-002434_a/up.sql",
                20_250_103_002_435,
                "2025-01-03-002435_a",
            ),
            (
                "2025-01-03-002434/up.sql",
                20_250_103_002_435,
                "2025-01-03-002435",
            ),
            (
                "2025-01-03-002434_a/up.sql",
                123_456_789_012_345,
                "123456789012345_a",
            ),
            ("", 3, "3"),
        ] {
            assert_eq!(with_number(path, number), expected);
        }
    }
}
