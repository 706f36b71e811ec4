// error[T0101]: expected `,` or `)`, found `UNSIGNED`
//  --> migrations/0001_create.sql:3:20
//   |
// 3 |     age BIGINT(20) UNSIGNED NOT NULL,
//   |                    ^^^^^^^^ expected `,` or `)`
//
// error[T0101]: expected `,` or `)`, found `title`
//   --> migrations/0001_create.sql:10:5
//    |
// 10 |     title TEXT NOT NULL,
//    |     ^^^^^ expected `,` or `)`
//
// error[T0101]: expected `)`, found `NOT`
//   --> migrations/0001_create.sql:17:21
//    |
// 17 |     note VARCHAR(10 NOT NULL
//    |                     ^^^ expected `)`
//
// error[T0101]: expected a table name, found the keyword `nothing`
//   --> migrations/0001_create.sql:19:14
//    |
// 19 | CREATE TABLE nothing (;
//    |              ^^^^^^^ expected a table name
//    |
//    = help: to use it as a name, quote it: `"nothing"`
//
// error[T0102]: `!` begins nothing in SQL
//   --> migrations/0001_create.sql:20:44
//    |
// 20 | CREATE TABLE codes (code TEXT PRIMARY KEY, !) WITHOUT ROWID;
//    |                                            ^
/// A row of the table `users`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct User {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `age BIGINT(20) NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub age: ::core::primitive::i64,
    /// `email TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub email: ::core::option::Option<::std::string::String>,
    /// `role TEXT NOT NULL CHECK (role IN ('reader', 'writer'))`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub role: UserRole,
}
/// A new row of the table `users`.
///
/// The engine gives it its `id`.
pub struct NewUser {
    /// `age BIGINT(20) NOT NULL`
    pub age: ::core::primitive::i64,
    /// `email TEXT`
    pub email: ::core::option::Option<::std::string::String>,
    /// `role TEXT NOT NULL CHECK (role IN ('reader', 'writer'))`
    pub role: UserRole,
}
/// The values of `users.role`, as its CHECK constraint in `migrations/0001_create.sql:5` lists them.
pub enum UserRole {
    /// `'reader'`
    Reader,
    /// `'writer'`
    Writer,
}
/// A row of the table `posts`.
///
/// Created in `migrations/0001_create.sql:8`; last changed in `migrations/0002_more.sql:3`: column `body` added.
pub struct Post {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub id: ::core::primitive::i64,
    /// `title TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:10`.
    pub title: ::std::string::String,
    /// `price DECIMAL(10, 2) NOT NULL DEFAULT 0`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub price: ::core::primitive::f64,
    /// `author INTEGER REFERENCES users (id)`
    ///
    /// Declared in `migrations/0001_create.sql:13`.
    pub author: ::core::option::Option<::core::primitive::i64>,
    /// `body TEXT NOT NULL DEFAULT ''`
    ///
    /// Added in `migrations/0002_more.sql:3`.
    pub body: ::std::string::String,
}
/// A new row of the table `posts`.
///
/// The engine gives it its `id`.
pub struct NewPost {
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
    /// `price DECIMAL(10, 2) NOT NULL DEFAULT 0`
    ///
    /// `None` is the default, `0`.
    pub price: ::core::option::Option<::core::primitive::f64>,
    /// `author INTEGER REFERENCES users (id)`
    pub author: ::core::option::Option<::core::primitive::i64>,
    /// `body TEXT NOT NULL DEFAULT ''`
    ///
    /// `None` is the default, `''`.
    pub body: ::core::option::Option<::std::string::String>,
}
/// A row of the table `tags`.
///
/// Created in `migrations/0001_create.sql:15`.
pub struct Tag {
    /// `name TEXT PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:16`.
    pub name: ::core::option::Option<::std::string::String>,
    /// `note VARCHAR`
    ///
    /// Declared in `migrations/0001_create.sql:17`.
    pub note: ::core::option::Option<::std::string::String>,
    /// `WITHOUT ROWID`
    ///
    /// Declared in `migrations/0001_create.sql:18`.
    pub without: ::core::option::Option<::tablature::rusqlite::types::Value>,
}
/// A row of the table `nothing`.
///
/// Created in `migrations/0001_create.sql:19`.
pub struct Nothing {}
/// A row of the table `codes`.
///
/// Created in `migrations/0001_create.sql:20`.
pub struct Code {
    /// `code TEXT PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:20`.
    pub code: ::std::string::String,
}
