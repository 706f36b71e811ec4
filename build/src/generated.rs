//! The text of the generated file.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use tablature_codegen::expand;
use tablature_schema::Checked;

/// The items, one a line: a compiler message then shows one of them and not all.
pub(crate) fn text(checked: Checked) -> String {
    let mut text =
        String::from("// Generated from SQL migrations by `tablature_build::generate`.\n");
    let mut item = TokenStream::new();
    for token in expand(checked, Span::call_site()) {
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            // The body of a struct or an implementation; `= { … };` goes on to its semicolon.
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !is_value(&item),
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        };
        item.extend([token]);
        if ends {
            text.push_str(&std::mem::take(&mut item).to_string());
            text.push('\n');
        }
    }
    text.push_str(&item.to_string());
    text
}

/// Whether what was read of an item is a constant or a static, up to its value.
fn is_value(item: &TokenStream) -> bool {
    item.clone()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '='))
}

#[cfg(test)]
mod tests {
    use tablature_schema::directory::Directory;
    use tablature_schema::{Options, check};

    #[test]
    fn each_item_has_a_line() {
        let files = [("0001_a.sql", "CREATE TABLE users (name TEXT NOT NULL);")];
        let checked = check(
            Directory::from_files("migrations", files),
            &Options::default(),
        );
        let text = super::text(checked);
        let starts = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!(starts("const _ :"), 1);
        assert_eq!(starts("# [doc"), 2);
        assert_eq!(starts("# [allow"), 3);
        assert_eq!(text.lines().count(), 7);
    }
}
