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
    pub joined: ::tablature::rusqlite::types::Value,
}
/// A new row of the table `users`.
///
/// The engine gives it its `id`.
pub struct NewUser {
    /// `email TEXT NOT NULL`
    pub email: ::std::string::String,
    /// `age INT`
    pub age: ::core::option::Option<::core::primitive::i64>,
    /// `joined DATETIME NOT NULL`
    pub joined: ::tablature::rusqlite::types::Value,
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
/// A new row of the table `posts`.
///
/// The engine gives it its `id`.
pub struct NewPost {
    /// `author INTEGER REFERENCES users (id)`
    pub author: ::core::option::Option<::core::primitive::i64>,
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
}
/// A row of the view `authors`.
///
/// `CREATE VIEW authors AS SELECT users.id, email, title, count(*) AS posts, joined, CAST(age AS TEXT) AS age_text, 1 + 1, users.id AS id FROM users LEFT JOIN posts ON posts.author = users.id GROUP BY users.id`
///
/// Created in `migrations/0001_create.sql:3`.
pub struct Author {
    /// Shows `users.id`.
    ///
    /// `id INTEGER PRIMARY KEY`
    pub id: ::core::primitive::i64,
    /// Shows `users.email`.
    ///
    /// `email TEXT NOT NULL`
    pub email: ::std::string::String,
    /// Shows `posts.title`.
    ///
    /// `title TEXT NOT NULL`
    pub title: ::core::option::Option<::std::string::String>,
    /// The view computes `posts`.
    pub posts: ::core::primitive::i64,
    /// Shows `users.joined`.
    ///
    /// `joined DATETIME NOT NULL`
    pub joined: ::tablature::rusqlite::types::Value,
    /// The view computes `age_text`.
    pub age_text: ::core::option::Option<::std::string::String>,
    /// The view computes `1 + 1`.
    pub _1_1: ::tablature::rusqlite::types::Value,
    /// Shows `users.id`.
    ///
    /// `id INTEGER PRIMARY KEY`
    pub id_1: ::core::primitive::i64,
}
/// A row of the view `named`.
///
/// `CREATE VIEW named (a, b) AS SELECT id, title FROM posts`
///
/// Created in `migrations/0001_create.sql:7`.
pub struct Named {
    /// Shows `posts.id`.
    ///
    /// `id INTEGER PRIMARY KEY`
    pub a: ::core::primitive::i64,
    /// Shows `posts.title`.
    ///
    /// `title TEXT NOT NULL`
    pub b: ::std::string::String,
}
