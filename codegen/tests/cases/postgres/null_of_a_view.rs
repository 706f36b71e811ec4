/// A row of the table `users`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct User {
    /// `id bigint NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub id: ::core::primitive::i64,
    /// `email text NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub email: ::std::string::String,
    /// `nick text`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub nick: ::core::option::Option<::std::string::String>,
}
/// A row of the table `posts`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct Post {
    /// `id bigint NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `user_id bigint`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub user_id: ::core::option::Option<::core::primitive::i64>,
    /// `body text NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub body: ::std::string::String,
}
/// A row of the view `plain`.
///
/// `SELECT u.id, u.email, u.nick, COALESCE(u.nick, u.email) AS shown, p.body FROM (users u JOIN posts p ON ((p.user_id = u.id)))`
///
/// Created in `migrations/0001_create.sql:3`.
pub struct Plain {
    /// Shows `users.id`.
    ///
    /// `id bigint NOT NULL`
    pub id: ::core::primitive::i64,
    /// Shows `users.email`.
    ///
    /// `email text NOT NULL`
    pub email: ::std::string::String,
    /// Shows `users.nick`.
    ///
    /// `nick text`
    pub nick: ::core::option::Option<::std::string::String>,
    /// `shown text`
    pub shown: ::std::string::String,
    /// Shows `posts.body`.
    ///
    /// `body text NOT NULL`
    pub body: ::std::string::String,
}
/// A row of the view `outer_join`.
///
/// `SELECT u.id, p.body, p.user_id, COALESCE(p.body, '-'::text) AS text FROM (users u LEFT JOIN posts p ON ((p.user_id = u.id)))`
///
/// Created in `migrations/0001_create.sql:5`.
pub struct OuterJoin {
    /// Shows `users.id`.
    ///
    /// `id bigint NOT NULL`
    pub id: ::core::primitive::i64,
    /// Shows `posts.body`.
    ///
    /// `body text NOT NULL`
    pub body: ::core::option::Option<::std::string::String>,
    /// Shows `posts.user_id`.
    ///
    /// `user_id bigint`
    pub user_id: ::core::option::Option<::core::primitive::i64>,
    /// `text text`
    pub text: ::std::string::String,
}
/// A row of the view `counted`.
///
/// `SELECT u.email, count(*) AS posts, max(p.id) AS last, sum(p.id) AS total FROM (users u JOIN posts p ON ((p.user_id = u.id))) GROUP BY u.email`
///
/// Created in `migrations/0001_create.sql:6`.
pub struct Counted {
    /// Shows `users.email`.
    ///
    /// `email text NOT NULL`
    pub email: ::std::string::String,
    /// `posts bigint`
    pub posts: ::core::primitive::i64,
    /// `last bigint`
    pub last: ::core::option::Option<::core::primitive::i64>,
    /// `total numeric`
    pub total: ::core::option::Option<::tablature::postgres_row::types::Numeric>,
}
/// A row of the view `union_all`.
///
/// `SELECT users.email FROM users UNION ALL SELECT users.nick AS email FROM users`
///
/// Created in `migrations/0001_create.sql:8`.
pub struct UnionAll {
    /// `email text`
    pub email: ::core::option::Option<::std::string::String>,
}
/// A row of the view `through`.
///
/// `SELECT counted.email AS address, counted.posts FROM counted`
///
/// Created in `migrations/0001_create.sql:9`.
pub struct Through {
    /// Shows `counted.email`.
    ///
    /// `email text`
    pub address: ::std::string::String,
    /// Shows `counted.posts`.
    ///
    /// `posts bigint`
    pub posts: ::core::primitive::i64,
}
/// A row of the view `rolled`.
///
/// `SELECT users.email, count(*) AS n, 1 AS one FROM users GROUP BY ROLLUP(users.email)`
///
/// Created in `migrations/0001_create.sql:10`.
pub struct Rolled {
    /// Shows `users.email`.
    ///
    /// `email text NOT NULL`
    pub email: ::core::option::Option<::std::string::String>,
    /// `n bigint`
    pub n: ::core::primitive::i64,
    /// `one integer`
    pub one: ::core::option::Option<::core::primitive::i32>,
}
/// A row of the materialized view `kept`.
///
/// `SELECT users.email, count(*) AS n FROM users GROUP BY users.email`
///
/// Created in `migrations/0001_create.sql:11`.
pub struct Kept {
    /// Shows `users.email`.
    ///
    /// `email text NOT NULL`
    pub email: ::core::option::Option<::std::string::String>,
    /// `n bigint`
    pub n: ::core::primitive::i64,
}
