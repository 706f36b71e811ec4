// error[T0009]: `serde::Serialize` cannot be derived: column `born` of `tales` is `rusqlite::types::Value`
//  --> migrations/tablature.toml:1:11
//   |
// 1 | derive = ["serde::Serialize", "Eq"]
//   |           ^^^^^^^^^^^^^^^^^^ wanted of every column
//   |
//  ::: migrations/0001_create.sql:4:5
//   |
// 4 |     born DATETIME,
//   |     ------------- `rusqlite::types::Value`
//   |
//   = help: leave `serde::Serialize` out of `derive`, or give the column a type that has it in `[types]`
//
// error[T0009]: `Eq` cannot be derived: 2 columns are of types that lack it
//  --> migrations/tablature.toml:1:31
//   |
// 1 | derive = ["serde::Serialize", "Eq"]
//   |                               ^^^^ wanted of every column
//   |
//  ::: migrations/0001_create.sql:3:5
//   |
// 3 |     price REAL NOT NULL,
//   |     ------------------- `f64`
// 4 |     born DATETIME,
//   |     ------------- `rusqlite::types::Value`
//   |
//   = help: leave `Eq` out of `derive`, or give the column a type that has it in `[types]`
//
// error[T0009]: `Default` cannot be derived: column `mood` of `tales` is `TaleMood`
//  --> migrations/tablature.toml:3:11
//   |
// 3 | derive = ["Default", "PartialOrd"]
//   |           ^^^^^^^^^ wanted of every column
//   |
//  ::: migrations/0001_create.sql:5:5
//   |
// 5 |     mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))
//   |     ---------------------------------------------------- `TaleMood`
//   |
//   = help: leave `Default` out of `derive`, or give the column a type that has it in `[types]`
//
// error[T0009]: `PartialOrd` cannot be derived: column `born` of `tales` is `rusqlite::types::Value`
//  --> migrations/tablature.toml:3:22
//   |
// 3 | derive = ["Default", "PartialOrd"]
//   |                      ^^^^^^^^^^^^ wanted of every column
//   |
//  ::: migrations/0001_create.sql:4:5
//   |
// 4 |     born DATETIME,
//   |     ------------- `rusqlite::types::Value`
//   |
//   = help: leave `PartialOrd` out of `derive`, or give the column a type that has it in `[types]`
//
// error[T0009]: `Copy` cannot be derived: column `title` of `plain` is `String`
//  --> migrations/tablature.toml:5:11
//   |
// 5 | derive = ["Copy", "Hash"]
//   |           ^^^^^^ wanted of every column
//   |
//  ::: migrations/0001_create.sql:7:45
//   |
// 7 | CREATE TABLE plain (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
//   |                                             ------------------- `String`
//   |
//   = help: leave `Copy` out of `derive`, or give the column a type that has it in `[types]`
/// A row of the table `tales`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct Tale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `price REAL NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub price: ::core::primitive::f64,
    /// `born DATETIME`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub born: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub mood: TaleMood,
}
/// A new row of the table `tales`.
///
/// The engine gives it its `id`.
pub struct NewTale {
    /// `price REAL NOT NULL`
    pub price: ::core::primitive::f64,
    /// `born DATETIME`
    pub born: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))`
    pub mood: TaleMood,
}
/// The values of `tales.mood`, as its CHECK constraint in `migrations/0001_create.sql:5` lists them.
pub enum TaleMood {
    /// `'merry'`
    Merry,
    /// `'grim'`
    Grim,
}
/// A row of the table `plain`.
///
/// Created in `migrations/0001_create.sql:7`.
pub struct Plain {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub id: ::core::primitive::i64,
    /// `title TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub title: ::std::string::String,
}
/// A new row of the table `plain`.
///
/// The engine gives it its `id`.
pub struct NewPlain {
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
}
/// A row of the view `prices`.
///
/// `CREATE VIEW prices AS SELECT price FROM tales`
///
/// Created in `migrations/0001_create.sql:8`.
pub struct Price {
    /// Shows `tales.price`.
    ///
    /// `price REAL NOT NULL`
    pub price: ::core::primitive::f64,
}
