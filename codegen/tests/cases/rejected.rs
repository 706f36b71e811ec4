// error[T0203]: no column `mail` on table `users`
//  --> migrations/0002_wrong.sql:1:26
//   |
// 1 | CREATE INDEX i ON users (mail);
//   |                          ^^^^ no such column
//   |
//  ::: migrations/0001_create.sql:1:45
//   |
// 1 | CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
//   |                                             ------------------- a similar column is declared here
//   |
//   = help: write `email`
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
/// A new row of the table `users`.
///
/// The engine gives it its `id`.
pub struct NewUser {
    /// `email TEXT NOT NULL`
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
/// A new row of the table `posts`.
///
/// The engine gives it its `id`.
pub struct NewPost {}
