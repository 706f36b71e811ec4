/// A row of the table `users`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct Member {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `email TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub email: crate::Email,
    /// `backup_email VARCHAR(254)`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub backup_email: ::core::option::Option<crate::Email>,
    /// `joined datetime NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub joined: jiff::Timestamp,
    /// `balance DECIMAL(10, 2) NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub balance: rust_decimal::Decimal,
    /// `rate DECIMAL(4, 4) NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub rate: crate::Rate,
    /// `role TEXT NOT NULL CHECK (role IN ('a', 'b'))`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub role: Vec<[u8; 2]>,
}
/// A new row of the table `users`.
///
/// The engine gives it its `id`.
pub struct NewMember {
    /// `email TEXT NOT NULL`
    pub email: crate::Email,
    /// `backup_email VARCHAR(254)`
    pub backup_email: ::core::option::Option<crate::Email>,
    /// `joined datetime NOT NULL`
    pub joined: jiff::Timestamp,
    /// `balance DECIMAL(10, 2) NOT NULL`
    pub balance: rust_decimal::Decimal,
    /// `rate DECIMAL(4, 4) NOT NULL`
    pub rate: crate::Rate,
    /// `role TEXT NOT NULL CHECK (role IN ('a', 'b'))`
    pub role: Vec<[u8; 2]>,
}
/// A row of the view `emails`.
///
/// `CREATE VIEW emails AS SELECT email, joined, lower(email) AS folded FROM users`
///
/// Created in `migrations/0001_create.sql:10`.
pub struct Address {
    /// Shows `users.email`.
    ///
    /// `email TEXT NOT NULL`
    pub email: crate::Email,
    /// Shows `users.joined`.
    ///
    /// `joined datetime NOT NULL`
    pub joined: jiff::Timestamp,
    /// The view computes `folded`.
    pub folded: String,
}
