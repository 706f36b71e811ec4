//! Rust types and paths as the user writes them in `tablature.toml`.

use crate::names::Identifier;
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// The longest type that is read, in bytes; deeper nesting than that length allows cannot be written.
const LONGEST: usize = 512;

/// Reads a type: a path with generic arguments, an array, a tuple, or those in each other.
///
/// What else Rust knows (references, functions, trait objects) is nothing that a row can be read into. None for
/// everything that is not such a type, so that a mistake is reported at the configuration and not somewhere in the
/// generated code.
pub(crate) fn parse(text: &str) -> Option<TokenStream> {
    if text.len() > LONGEST {
        return None;
    }
    let mut parser = Parser { rest: text };
    let tokens = parser.ty()?;
    parser.end().then_some(tokens)
}

/// Reads a path without generic arguments, such as that of a derive macro.
pub(crate) fn parse_path(text: &str) -> Option<TokenStream> {
    parse(text).filter(|_| !text.contains(['<', '(', '[']))
}

/// Whether a type is an `Option`.
pub(crate) fn is_option(ty: &TokenStream) -> bool {
    let text = ty.to_string().replace(' ', "");
    let path = text.trim_start_matches("::");
    let path = path.strip_prefix("std::option::").unwrap_or(path);
    let path = path.strip_prefix("core::option::").unwrap_or(path);
    path.starts_with("Option<")
}

struct Parser<'a> {
    rest: &'a str,
}

/// Where a segment stands in its path, which decides what `crate`, `self` and `super` may do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    AfterSuper,
    Later,
}

impl Parser<'_> {
    fn ty(&mut self) -> Option<TokenStream> {
        if self.eat("(") {
            let inner = self.list(")")?;
            return Some(group(Delimiter::Parenthesis, inner));
        }
        if self.eat("[") {
            let mut inner = self.ty()?;
            self.eat(";").then_some(())?;
            inner.extend([punct(';', Spacing::Alone), self.integer()?]);
            self.eat("]").then_some(())?;
            return Some(group(Delimiter::Bracket, inner));
        }
        self.path()
    }

    fn path(&mut self) -> Option<TokenStream> {
        let mut tokens = TokenStream::new();
        let mut leading = self.eat("::");
        let mut place = if leading { Place::Later } else { Place::First };
        loop {
            if leading {
                tokens.extend(path_separator());
            }
            let segment = self.segment(place)?;
            place = if segment == "super" {
                Place::AfterSuper
            } else {
                Place::Later
            };
            tokens.extend([TokenTree::Ident(segment)]);
            if self.eat("<") {
                tokens.extend([punct('<', Spacing::Alone)]);
                tokens.extend(self.list(">")?);
                tokens.extend([punct('>', Spacing::Alone)]);
            }
            leading = self.eat("::");
            if !leading {
                return Some(tokens);
            }
        }
    }

    /// Types between commas, and what closes them.
    fn list(&mut self, close: &str) -> Option<TokenStream> {
        let mut tokens = TokenStream::new();
        while !self.eat(close) {
            tokens.extend(self.ty()?);
            if !self.eat(",") {
                self.eat(close).then_some(())?;
                // `(A)` is `A`, which is what was meant; `(A,)` keeps its comma.
                return Some(tokens);
            }
            tokens.extend([punct(',', Spacing::Alone)]);
        }
        Some(tokens)
    }

    fn segment(&mut self, place: Place) -> Option<Ident> {
        let word = self.word()?;
        match word.as_str() {
            "crate" | "self" if place == Place::First => Some(Ident::new(&word, Span::call_site())),
            "super" if place != Place::Later => Some(Ident::new(&word, Span::call_site())),
            "r" if self.rest.starts_with('#') => {
                self.rest = self.rest.get(1..)?;
                let raw = self.word()?;
                Identifier::snake(&raw).filter(|name| name.as_str() == raw)?;
                Some(Ident::new_raw(&raw, Span::call_site()))
            }
            _ => Identifier::exact(&word).map(|name| name.token()),
        }
    }

    fn word(&mut self) -> Option<String> {
        self.space();
        let belongs = |character: char| unicode_ident::is_xid_continue(character);
        let end = self.rest.find(|character| !belongs(character));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn integer(&mut self) -> Option<TokenTree> {
        let length: u64 = self.word()?.parse().ok()?;
        Some(TokenTree::Literal(Literal::u64_unsuffixed(length)))
    }

    fn eat(&mut self, text: &str) -> bool {
        self.space();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn end(&mut self) -> bool {
        self.space();
        self.rest.is_empty()
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

fn group(delimiter: Delimiter, inner: TokenStream) -> TokenStream {
    TokenTree::Group(Group::new(delimiter, inner)).into()
}

fn punct(character: char, spacing: Spacing) -> TokenTree {
    TokenTree::Punct(Punct::new(character, spacing))
}

fn path_separator() -> [TokenTree; 2] {
    [punct(':', Spacing::Joint), punct(':', Spacing::Alone)]
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn types_of_rows_are_read() {
        for (text, tokens) in [
            ("String", "String"),
            ("jiff::Timestamp", "jiff :: Timestamp"),
            ("::uuid::Uuid", ":: uuid :: Uuid"),
            ("crate::Email", "crate :: Email"),
            ("super::super::Email", "super :: super :: Email"),
            ("Vec<u8>", "Vec < u8 >"),
            (
                "Json<BTreeMap<String, Vec<u8>>>",
                "Json < BTreeMap < String , Vec < u8 > > >",
            ),
            ("[u8; 16]", "[u8 ; 16]"),
            ("(A, B)", "(A , B)"),
            ("r#type::T", "r#type :: T"),
        ] {
            let read = parse(text).map(|tokens| tokens.to_string());
            assert_eq!(read.as_deref(), Some(tokens), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let deep = "Vec<".repeat(200_000);
        for text in [
            "",
            " ",
            "i64 i64",
            "a::",
            "::",
            "a:b",
            "Vec<",
            "Vec<u8",
            "[u8]",
            "[u8; n]",
            "&str",
            "fn()",
            "dyn A",
            "type",
            "Self",
            "_",
            "a::self",
            "a::super",
            "\"",
            "x; struct Y",
            "A, B",
            "é🦀",
            "r#self",
            &deep,
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
