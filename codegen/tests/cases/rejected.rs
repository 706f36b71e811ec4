// error[T0009]: no table or view `not_there`
//  --> migrations/tablature.toml:1:9
//   |
// 1 | [tables.not_there]
//   |         ^^^^^^^^^ the migrations leave none of that name behind
/// A row of the table `users`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct User {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub id: ::core::primitive::i64,
    /// `email TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub email: ::std::string::String,
}
/// A row of the table `posts`.
///
/// Created in `migrations/0002_wrong.sql:2`.
pub struct Post {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0002_wrong.sql:2`.
    pub id: ::core::primitive::i64,
}
