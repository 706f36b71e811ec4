// warning[T1008]: primary key column `id` of table `descending_is_no_alias` may hold NULL
//  --> migrations/0001_create.sql:2:38
//   |
// 2 | CREATE TABLE descending_is_no_alias (id INTEGER PRIMARY KEY DESC, x TEXT);
//   |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ NOT NULL is missing here
//   |
//   = note: to allow it, write `-- tablature: allow(nullable_primary_key) <reason>` before the statement
//
// warning[T1008]: primary key column `id` of table `text_key` may hold NULL
//  --> migrations/0001_create.sql:3:24
//   |
// 3 | CREATE TABLE text_key (id TEXT PRIMARY KEY, x TEXT);
//   |                        ^^^^^^^^^^^^^^^^^^^ NOT NULL is missing here
//
// warning[T1008]: primary key column `a` of table `pair_key` may hold NULL
//  --> migrations/0001_create.sql:4:24
//   |
// 4 | CREATE TABLE pair_key (a INTEGER, b TEXT, PRIMARY KEY (a, b));
//   |                        ^^^^^^^^^          ------------------ the primary key
//   |                        |
//   |                        NOT NULL is missing here
/// A row of the table `rowid_alias`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct RowidAlias {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub id: ::core::primitive::i64,
    /// `x TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub x: ::core::option::Option<::std::string::String>,
}
/// A new row of the table `rowid_alias`.
///
/// The engine gives it its `id`.
pub struct NewRowidAlias {
    /// `x TEXT`
    pub x: ::core::option::Option<::std::string::String>,
}
/// A row of the table `descending_is_no_alias`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct DescendingIsNoAlias {
    /// `id INTEGER PRIMARY KEY DESC`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::option::Option<::core::primitive::i64>,
    /// `x TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub x: ::core::option::Option<::std::string::String>,
}
/// A row of the table `text_key`.
///
/// Created in `migrations/0001_create.sql:3`.
pub struct TextKey {
    /// `id TEXT PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub id: ::core::option::Option<::std::string::String>,
    /// `x TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub x: ::core::option::Option<::std::string::String>,
}
/// A row of the table `pair_key`.
///
/// Created in `migrations/0001_create.sql:4`.
pub struct PairKey {
    /// `a INTEGER`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub a: ::core::option::Option<::core::primitive::i64>,
    /// `b TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub b: ::core::option::Option<::std::string::String>,
}
/// A row of the table `without_rowid`.
///
/// Created in `migrations/0001_create.sql:5`.
pub struct WithoutRowid {
    /// `a INTEGER`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub a: ::core::primitive::i64,
    /// `b TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub b: ::std::string::String,
    /// `c TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub c: ::core::option::Option<::std::string::String>,
}
/// A row of the table `strict_key`.
///
/// Created in `migrations/0001_create.sql:6`.
pub struct StrictKey {
    /// `a TEXT PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub a: ::std::string::String,
    /// `b TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub b: ::core::option::Option<::std::string::String>,
}
/// A row of the table `generated`.
///
/// Created in `migrations/0001_create.sql:7`.
pub struct Generated {
    /// `a INTEGER NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub a: ::core::primitive::i64,
    /// `b INTEGER AS (a + 1)`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub b: ::core::option::Option<::core::primitive::i64>,
    /// `c INTEGER NOT NULL AS (a + 2) STORED`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub c: ::core::primitive::i64,
}
/// A new row of the table `generated`.
///
/// The engine gives it its `b`, `c`.
pub struct NewGenerated {
    /// `a INTEGER NOT NULL`
    pub a: ::core::primitive::i64,
}
