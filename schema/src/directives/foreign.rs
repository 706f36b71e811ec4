//! Marks of other tools that would change what a file does.
//!
//! A mark that changes nothing here, such as the one before the way up, is a comment like any other.

/// The tool whose mark a comment is, if reading past the mark would change what the file does.
pub(super) fn tool(words: &str) -> Option<&'static str> {
    /// As many words as a mark has, with its options.
    const MARK: usize = 8;
    let words: Vec<String> = words
        .split_whitespace()
        .take(MARK)
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["+goose", "down", ..] | ["+goose", "no", "transaction", ..] => Some("goose"),
        ["+migrate", "down", ..] | ["+migrate", "up", "notransaction", ..] => Some("sql-migrate"),
        ["migrate:down", ..] => Some("dbmate"),
        ["migrate:up", options @ ..] if options.contains(&"transaction:false") => Some("dbmate"),
        ["atlas:txmode", "none", ..] => Some("atlas"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::tool;

    #[test]
    fn marks_that_matter_are_known() {
        assert_eq!(tool("+goose Down"), Some("goose"));
        assert_eq!(tool("+goose  NO TRANSACTION"), Some("goose"));
        assert_eq!(tool("+migrate Down"), Some("sql-migrate"));
        assert_eq!(tool("+migrate Up notransaction"), Some("sql-migrate"));
        assert_eq!(tool("migrate:down"), Some("dbmate"));
        assert_eq!(tool("atlas:txmode none"), Some("atlas"));
        for words in ["+goose Up", "+migrate Up", "migrate:up", "goose down", ""] {
            assert_eq!(tool(words), None, "{words}");
        }
    }
}
