//! Punctuation marks and the operators that the grammar names.

macro_rules! symbols {
    ($($variant:ident $text:literal,)*) => {
        /// A punctuation mark, or an operator that the grammar names; every other operator is one of a name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the variants are the marks of the language")]
        pub enum Symbol {
            $($variant,)*
        }

        impl Symbol {
            /// Every symbol.
            pub const ALL: &'static [Symbol] = &[$(Symbol::$variant,)*];

            /// The symbol as it is usually written: `!=` is `<>`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
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
    LeftBracket "[",
    RightBracket "]",
    Comma ",",
    Semicolon ";",
    Dot ".",
    DotDot "..",
    Colon ":",
    ColonEquals ":=",
    TypeCast "::",
    EqualsGreater "=>",
    Plus "+",
    Minus "-",
    Star "*",
    Slash "/",
    Percent "%",
    Caret "^",
    Less "<",
    Greater ">",
    Equal "=",
    LessOrEqual "<=",
    GreaterOrEqual ">=",
    NotEqual "<>",
}
