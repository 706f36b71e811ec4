/// A row of the table `tales`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct Tale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `title TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub title: ::std::string::String,
    /// `cover BLOB`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub cover: ::core::option::Option<::std::vec::Vec<::core::primitive::u8>>,
    /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub mood: TaleMood,
    /// `told DATETIME`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub told: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `author TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub author: ::core::option::Option<crate::Author>,
}
/// A row as [`Tale`] is one, whose texts and bytes are those of the statement that it is read from.
pub struct TaleRowRef<'row> {
    /// The column `id`.
    pub id: ::core::primitive::i64,
    /// The column `title`.
    pub title: &'row ::core::primitive::str,
    /// The column `cover`.
    pub cover: ::core::option::Option<&'row [::core::primitive::u8]>,
    /// The column `mood`.
    pub mood: TaleMood,
    /// The column `told`.
    pub told: ::core::option::Option<::tablature::rusqlite::types::ValueRef<'row>>,
    /// The column `author`.
    pub author: ::core::option::Option<crate::Author>,
}
/// A new row of the table `tales`.
///
/// The engine gives it its `id`.
pub struct NewTale {
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
    /// `cover BLOB`
    pub cover: ::core::option::Option<::std::vec::Vec<::core::primitive::u8>>,
    /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))`
    pub mood: TaleMood,
    /// `told DATETIME`
    pub told: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `author TEXT`
    pub author: ::core::option::Option<crate::Author>,
}
/// The values of `tales.mood`, as its CHECK constraint in `migrations/0001_create.sql:5` lists them.
pub enum TaleMood {
    /// `'merry'`
    Merry,
    /// `'grim'`
    Grim,
}
/// A row of the table `moods`.
///
/// Created in `migrations/0001_create.sql:9`.
pub struct Mood {
    /// `name TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub name: ::core::option::Option<::std::string::String>,
}
/// A row of the table `readings`.
///
/// Created in `migrations/0001_create.sql:10`.
pub struct Reading {
    /// `tale INTEGER NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:10`.
    pub tale: ::core::primitive::i64,
    /// `reader INTEGER NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:10`.
    pub reader: ::core::primitive::i64,
}
/// A row of the table `tale_refs`.
///
/// Created in `migrations/0001_create.sql:11`.
pub struct TaleRef {
    /// `name TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub name: ::core::option::Option<::std::string::String>,
}
/// A row as [`TaleRef`] is one, whose texts and bytes are those of the statement that it is read from.
pub struct TaleRefRef<'row> {
    /// The column `name`.
    pub name: ::core::option::Option<&'row ::core::primitive::str>,
}
/// A row of the view `titles`.
///
/// `CREATE VIEW titles AS SELECT title FROM tales`
///
/// Created in `migrations/0001_create.sql:12`.
pub struct Title {
    /// Shows `tales.title`.
    ///
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
}
/// A row as [`Title`] is one, whose texts and bytes are those of the statement that it is read from.
pub struct TitleRef<'row> {
    /// The column `title`.
    pub title: &'row ::core::primitive::str,
}
