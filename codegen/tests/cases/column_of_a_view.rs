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
    /// `age INT`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub age: ::core::option::Option<::core::primitive::i64>,
    /// `joined DATETIME NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub joined: ::std::string::String,
}
/// A row of the table `posts`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct Post {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `author INTEGER REFERENCES users (id)`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub author: ::core::option::Option<::core::primitive::i64>,
    /// `title TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub title: ::std::string::String,
}
