//! The engine's keywords, and which of them also serve as names.

/// How far a keyword serves as a name where it is not quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameUse {
    /// Never: it must be quoted.
    Reserved,
    /// Wherever the grammar has no use for the keyword itself: the engine falls back to a name.
    Fallback,
    /// As a name or the start of an expression (a word that stands before JOIN), but not as an alias without AS or as a
    /// word of a type.
    Join,
    /// As [`Join`](Self::Join): the word INDEXED.
    Indexed,
    /// Everywhere, unless what follows makes it a keyword: WINDOW, OVER and FILTER.
    Contextual,
}

macro_rules! keywords {
    ($($variant:ident $text:literal $name_use:ident,)*) => {
        /// A keyword.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the variants are the keywords of the language")]
        pub enum Keyword {
            $($variant,)*
        }

        impl Keyword {
            /// Every keyword, in alphabetical order.
            pub const ALL: &'static [Keyword] = &[$(Keyword::$variant,)*];

            /// The keyword in upper case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Keyword::$variant => $text,)*
                }
            }

            /// How far the keyword serves as a name.
            #[must_use]
            pub fn name_use(self) -> NameUse {
                match self {
                    $(Keyword::$variant => NameUse::$name_use,)*
                }
            }
        }
    };
}

// SQLite's list, with its `%fallback ID` declaration and the token classes JOIN_KW and INDEXED beside each word.
keywords! {
    Abort "ABORT" Fallback,
    Action "ACTION" Fallback,
    Add "ADD" Reserved,
    After "AFTER" Fallback,
    All "ALL" Reserved,
    Alter "ALTER" Reserved,
    Always "ALWAYS" Fallback,
    Analyze "ANALYZE" Fallback,
    And "AND" Reserved,
    As "AS" Reserved,
    Asc "ASC" Fallback,
    Attach "ATTACH" Fallback,
    Autoincrement "AUTOINCREMENT" Reserved,
    Before "BEFORE" Fallback,
    Begin "BEGIN" Fallback,
    Between "BETWEEN" Reserved,
    By "BY" Fallback,
    Cascade "CASCADE" Fallback,
    Case "CASE" Reserved,
    Cast "CAST" Fallback,
    Check "CHECK" Reserved,
    Collate "COLLATE" Reserved,
    Column "COLUMN" Fallback,
    Commit "COMMIT" Reserved,
    Conflict "CONFLICT" Fallback,
    Constraint "CONSTRAINT" Reserved,
    Create "CREATE" Reserved,
    Cross "CROSS" Join,
    Current "CURRENT" Fallback,
    CurrentDate "CURRENT_DATE" Fallback,
    CurrentTime "CURRENT_TIME" Fallback,
    CurrentTimestamp "CURRENT_TIMESTAMP" Fallback,
    Database "DATABASE" Fallback,
    Default "DEFAULT" Reserved,
    Deferrable "DEFERRABLE" Reserved,
    Deferred "DEFERRED" Fallback,
    Delete "DELETE" Reserved,
    Desc "DESC" Fallback,
    Detach "DETACH" Fallback,
    Distinct "DISTINCT" Reserved,
    Do "DO" Fallback,
    Drop "DROP" Reserved,
    Each "EACH" Fallback,
    Else "ELSE" Reserved,
    End "END" Fallback,
    Escape "ESCAPE" Reserved,
    Except "EXCEPT" Reserved,
    Exclude "EXCLUDE" Fallback,
    Exclusive "EXCLUSIVE" Fallback,
    Exists "EXISTS" Reserved,
    Explain "EXPLAIN" Fallback,
    Fail "FAIL" Fallback,
    Filter "FILTER" Contextual,
    First "FIRST" Fallback,
    Following "FOLLOWING" Fallback,
    For "FOR" Fallback,
    Foreign "FOREIGN" Reserved,
    From "FROM" Reserved,
    Full "FULL" Join,
    Generated "GENERATED" Fallback,
    Glob "GLOB" Fallback,
    Group "GROUP" Reserved,
    Groups "GROUPS" Fallback,
    Having "HAVING" Reserved,
    If "IF" Fallback,
    Ignore "IGNORE" Fallback,
    Immediate "IMMEDIATE" Fallback,
    In "IN" Reserved,
    Index "INDEX" Reserved,
    Indexed "INDEXED" Indexed,
    Initially "INITIALLY" Fallback,
    Inner "INNER" Join,
    Insert "INSERT" Reserved,
    Instead "INSTEAD" Fallback,
    Intersect "INTERSECT" Reserved,
    Into "INTO" Reserved,
    Is "IS" Reserved,
    Isnull "ISNULL" Reserved,
    Join "JOIN" Reserved,
    Key "KEY" Fallback,
    Last "LAST" Fallback,
    Left "LEFT" Join,
    Like "LIKE" Fallback,
    Limit "LIMIT" Reserved,
    Match "MATCH" Fallback,
    Materialized "MATERIALIZED" Fallback,
    Natural "NATURAL" Join,
    No "NO" Fallback,
    Not "NOT" Reserved,
    Nothing "NOTHING" Reserved,
    Notnull "NOTNULL" Reserved,
    Null "NULL" Reserved,
    Nulls "NULLS" Fallback,
    Of "OF" Fallback,
    Offset "OFFSET" Fallback,
    On "ON" Reserved,
    Or "OR" Reserved,
    Order "ORDER" Reserved,
    Others "OTHERS" Fallback,
    Outer "OUTER" Join,
    Over "OVER" Contextual,
    Partition "PARTITION" Fallback,
    Plan "PLAN" Fallback,
    Pragma "PRAGMA" Fallback,
    Preceding "PRECEDING" Fallback,
    Primary "PRIMARY" Reserved,
    Query "QUERY" Fallback,
    Raise "RAISE" Fallback,
    Range "RANGE" Fallback,
    Recursive "RECURSIVE" Fallback,
    References "REFERENCES" Reserved,
    Regexp "REGEXP" Fallback,
    Reindex "REINDEX" Fallback,
    Release "RELEASE" Fallback,
    Rename "RENAME" Fallback,
    Replace "REPLACE" Fallback,
    Restrict "RESTRICT" Fallback,
    Returning "RETURNING" Reserved,
    Right "RIGHT" Join,
    Rollback "ROLLBACK" Fallback,
    Row "ROW" Fallback,
    Rows "ROWS" Fallback,
    Savepoint "SAVEPOINT" Fallback,
    Select "SELECT" Reserved,
    Set "SET" Reserved,
    Table "TABLE" Reserved,
    Temp "TEMP" Fallback,
    Temporary "TEMPORARY" Fallback,
    Then "THEN" Reserved,
    Ties "TIES" Fallback,
    To "TO" Reserved,
    Transaction "TRANSACTION" Reserved,
    Trigger "TRIGGER" Fallback,
    Unbounded "UNBOUNDED" Fallback,
    Union "UNION" Reserved,
    Unique "UNIQUE" Reserved,
    Update "UPDATE" Reserved,
    Using "USING" Reserved,
    Vacuum "VACUUM" Fallback,
    Values "VALUES" Reserved,
    View "VIEW" Fallback,
    Virtual "VIRTUAL" Fallback,
    When "WHEN" Reserved,
    Where "WHERE" Reserved,
    Window "WINDOW" Contextual,
    With "WITH" Fallback,
    Without "WITHOUT" Fallback,
}

impl Keyword {
    /// Finds the keyword that a bare word is, in any letter case.
    #[must_use]
    pub fn lookup(word: &str) -> Option<Keyword> {
        Keyword::of_bytes(word.as_bytes())
    }

    pub(crate) fn of_bytes(word: &[u8]) -> Option<Keyword> {
        if word.len() < SHORTEST || word.len() > LONGEST {
            return None;
        }
        let mut number = SLOTS[slot(word)];
        while number != NONE {
            let keyword = Keyword::ALL[number as usize];
            if is_keyword(word, keyword.as_str().as_bytes()) {
                return Some(keyword);
            }
            number = NEXT[number as usize];
        }
        None
    }

    /// Whether the bare word is a name wherever the grammar wants nothing but a name.
    #[must_use]
    pub fn can_be_name(self) -> bool {
        self.name_use() != NameUse::Reserved
    }
}

/// The length of AS.
const SHORTEST: usize = 2;
/// The length of CURRENT_TIMESTAMP.
const LONGEST: usize = 17;

/// No keyword.
const NONE: u8 = u8::MAX;

/// The number of the first keyword of each slot.
static SLOTS: [u8; 256] = TABLES.0;
/// The number of the next keyword of the same slot, by the number of a keyword.
static NEXT: [u8; Keyword::ALL.len()] = TABLES.1;

const TABLES: ([u8; 256], [u8; Keyword::ALL.len()]) = {
    let mut slots = [NONE; 256];
    let mut next = [NONE; Keyword::ALL.len()];
    let mut number = 0;
    while number < Keyword::ALL.len() {
        let slot = slot(Keyword::ALL[number].as_str().as_bytes());
        next[number] = slots[slot];
        slots[slot] = number as u8;
        number += 1;
    }
    (slots, next)
};

/// Where to look for a word: few keywords share a slot.
const fn slot(word: &[u8]) -> usize {
    let first = upper(word[0]) as usize;
    let last = upper(word[word.len() - 1]) as usize;
    ((first * 19) ^ (last * 7) ^ word.len()) % 256
}

const fn upper(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - 0x20,
        _ => byte,
    }
}

fn is_keyword(word: &[u8], keyword: &[u8]) -> bool {
    if word.len() != keyword.len() {
        return false;
    }
    let mut at = 0;
    while at < word.len() {
        if word[at] != keyword[at] && upper(word[at]) != keyword[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_each_word_is_found_in_any_case() {
        assert_eq!(Keyword::ALL.len(), 147);
        assert!(Keyword::ALL.is_sorted_by(|a, b| a.as_str() < b.as_str()));
        for keyword in Keyword::ALL {
            assert!((SHORTEST..=LONGEST).contains(&keyword.as_str().len()));
            assert_eq!(Keyword::lookup(keyword.as_str()), Some(*keyword));
            assert_eq!(
                Keyword::lookup(&keyword.as_str().to_lowercase()),
                Some(*keyword)
            );
        }
        assert_eq!(Keyword::lookup("selec"), None);
        assert_eq!(Keyword::lookup(""), None);
        assert_eq!(Keyword::lookup("current_timestamps"), None);
    }

    #[test]
    fn some_keywords_are_names() {
        assert!(Keyword::Action.can_be_name());
        assert!(Keyword::Left.can_be_name());
        assert!(Keyword::Window.can_be_name());
        assert!(!Keyword::Order.can_be_name());
        assert!(!Keyword::Nothing.can_be_name());
    }
}
