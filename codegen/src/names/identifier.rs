//! Rust identifiers from any text.

use heck::{ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Ident, Span};

/// An identifier's text without `r#`, valid in every case but that of a keyword.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Identifier(String);

/// Words of every edition that `r#` makes an identifier.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that not even `r#` makes an identifier.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Names that every module sees: a type of that name would hide the one that the user means.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "MIGRATIONS",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names that an application imports to use what is generated: a struct of that name beside the import is an error.
const IMPORTED: &[&str] = &[
    "Applied",
    "Connection",
    "DatabaseError",
    "Error",
    "ForeignKeyViolation",
    "Insert",
    "Migrations",
    "Report",
    "Row",
    "Runner",
    "StatementError",
    "UnknownValue",
    "Value",
];

impl Identifier {
    /// A field or a function: `createdAt` is `created_at`; none if no character can be kept.
    pub(crate) fn snake(text: &str) -> Option<Identifier> {
        Identifier::from_words(sanitize(text).to_snake_case())
    }

    /// A constant: `createdAt` is `CREATED_AT`; none if no character can be kept.
    pub(crate) fn shouty(text: &str) -> Option<Identifier> {
        Identifier::from_words(sanitize(text).to_shouty_snake_case())
    }

    /// A type or a variant: `fairy_tale` is `FairyTale`; none if no character can be kept.
    pub(crate) fn camel(text: &str) -> Option<Identifier> {
        let mut camel = String::new();
        for word in sanitize(text).to_snake_case().split('_') {
            let mut chars = word.chars();
            let Some(first) = chars.next() else { continue };
            // `1.5` and `15` are two names.
            if first.is_ascii_digit() && camel.ends_with(|last: char| last.is_ascii_digit()) {
                camel.push('_');
            }
            camel.extend(first.to_uppercase());
            camel.push_str(chars.as_str());
        }
        Identifier::from_words(camel)
    }

    /// A name that the user chose: none unless it is an identifier as it is, and no keyword.
    pub(crate) fn exact(text: &str) -> Option<Identifier> {
        let keyword = KEYWORDS.contains(&text) || NEVER.contains(&text);
        (is_identifier(text) && !keyword).then(|| Identifier(text.to_owned()))
    }

    /// A name with a number behind it, for what has no character that can be kept.
    pub(crate) fn numbered(word: &'static str, number: usize) -> Identifier {
        Identifier(format!("{word}{number}"))
    }

    /// The same name with something behind it.
    pub(crate) fn with_suffix(&self, suffix: &str) -> Identifier {
        Identifier(format!("{}{suffix}", self.0))
    }

    /// The same name with something before it.
    pub(crate) fn with_prefix(&self, prefix: &str) -> Identifier {
        Identifier(format!("{prefix}{}", self.0.trim_start_matches('_')))
    }

    /// Whether a type of that name would hide one that every module sees.
    pub(crate) fn is_prelude_type(&self) -> bool {
        PRELUDE.contains(&self.0.as_str())
    }

    /// Whether a type of that name would be in the way of one that the user imports.
    pub(crate) fn is_imported_type(&self) -> bool {
        IMPORTED.contains(&self.0.as_str())
    }

    /// The text without `r#`.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The token.
    pub(crate) fn token(&self) -> Ident {
        if KEYWORDS.contains(&self.0.as_str()) {
            Ident::new_raw(&self.0, Span::call_site())
        } else {
            Ident::new(&self.0, Span::call_site())
        }
    }

    fn from_words(mut text: String) -> Option<Identifier> {
        let first = text.chars().next()?;
        if !unicode_ident::is_xid_start(first) {
            text.insert(0, '_');
        }
        if NEVER.contains(&text.as_str()) {
            text.push('_');
        }
        // Changing the case of a letter may give what no identifier holds.
        is_identifier(&text).then_some(Identifier(text))
    }
}

/// Puts a space, which separates words, in the place of each character that no identifier holds.
fn sanitize(text: &str) -> String {
    text.chars()
        .map(|character| {
            if unicode_ident::is_xid_continue(character) {
                character
            } else {
                ' '
            }
        })
        .collect()
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    let start = |first: char| first == '_' || unicode_ident::is_xid_start(first);
    chars.next().is_some_and(start) && chars.all(unicode_ident::is_xid_continue) && text != "_"
}

#[cfg(test)]
mod tests {
    use super::Identifier;

    fn snake(text: &str) -> Option<String> {
        Identifier::snake(text).map(|name| name.token().to_string())
    }

    fn camel(text: &str) -> Option<String> {
        Identifier::camel(text).map(|name| name.token().to_string())
    }

    #[test]
    fn fields_are_snake_case() {
        assert_eq!(snake("createdAt").as_deref(), Some("created_at"));
        assert_eq!(snake("User ID").as_deref(), Some("user_id"));
        assert_eq!(snake("größe").as_deref(), Some("größe"));
        assert_eq!(snake("_rowid").as_deref(), Some("rowid"));
    }

    #[test]
    fn keywords_become_raw_and_those_that_cannot_take_an_underscore() {
        assert_eq!(snake("type").as_deref(), Some("r#type"));
        assert_eq!(snake("gen").as_deref(), Some("r#gen"));
        assert_eq!(snake("self").as_deref(), Some("self_"));
        assert_eq!(snake("crate").as_deref(), Some("crate_"));
        assert_eq!(snake("super").as_deref(), Some("super_"));
        assert_eq!(camel("self").as_deref(), Some("Self_"));
    }

    #[test]
    fn what_is_no_identifier_becomes_one_or_nothing() {
        assert_eq!(snake("2fa").as_deref(), Some("_2fa"));
        assert_eq!(snake("a-b/c").as_deref(), Some("a_b_c"));
        assert_eq!(snake("①"), None);
        assert_eq!(snake("🦀"), None);
        assert_eq!(snake(""), None);
        assert_eq!(snake("__"), None);
        assert_eq!(camel("🦀"), None);
    }

    #[test]
    fn types_are_camel_case_and_keep_numbers_apart() {
        assert_eq!(camel("fairy_tale").as_deref(), Some("FairyTale"));
        assert_eq!(camel("HTTPRequest").as_deref(), Some("HttpRequest"));
        assert_eq!(camel("1.5").as_deref(), Some("_1_5"));
        assert_eq!(camel("15").as_deref(), Some("_15"));
        assert_eq!(camel("v2").as_deref(), Some("V2"));
    }

    #[test]
    fn a_chosen_name_is_taken_as_it_is_or_refused() {
        assert!(Identifier::exact("UsageStats").is_some());
        for text in [
            "",
            "usage stats",
            "type",
            "Self",
            "_",
            "r#type",
            "2fa",
            "a::B",
        ] {
            assert_eq!(Identifier::exact(text), None, "{text}");
        }
    }
}
