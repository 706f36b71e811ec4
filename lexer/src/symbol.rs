//! Operators and punctuation marks.

macro_rules! symbols {
    ($($(#[$doc:meta])* $variant:ident $text:literal,)*) => {
        /// The operators and punctuation marks of SQLite.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the variants are the marks of the language")]
        pub enum Symbol {
            $($(#[$doc])* $variant,)*
        }

        impl Symbol {
            /// Every mark.
            pub const ALL: &'static [Symbol] = &[$(Symbol::$variant,)*];

            /// The mark, in its usual spelling where there are two.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Symbol::$variant => $text,)*
                }
            }
        }
    };
}

symbols! {
    LeftParen "(",
    RightParen ")",
    Comma ",",
    Semicolon ";",
    Dot ".",
    Plus "+",
    Minus "-",
    Star "*",
    Slash "/",
    Percent "%",
    /// `=` or `==`
    Equal "=",
    /// `<>` or `!=`
    NotEqual "!=",
    Less "<",
    LessOrEqual "<=",
    Greater ">",
    GreaterOrEqual ">=",
    ShiftLeft "<<",
    ShiftRight ">>",
    Ampersand "&",
    Pipe "|",
    /// `||`
    Concat "||",
    Tilde "~",
    /// `->`
    Arrow "->",
    /// `->>`
    LongArrow "->>",
}
