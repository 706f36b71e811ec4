/// A row of the table `users`.
///
/// Created in `migrations/0001_create.sql:7`.
pub struct User {
    /// `id bigint NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub id: ::core::primitive::i64,
    /// `state status NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub state: Status,
    /// `slugs slug[] NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub slugs: ::std::vec::Vec<::tablature::postgres_row::Domain<::std::string::String>>,
}
/// A row of the table `auth.users`.
///
/// Created in `migrations/0001_create.sql:8`.
pub struct AuthUser {
    /// `id bigint NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub id: ::core::primitive::i64,
    /// Where they are written to.
    ///
    /// `email text NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub email: crate::Email,
    /// `state auth.status NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub state: AuthStatus,
    /// `states auth.status[]`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub states: ::core::option::Option<::std::vec::Vec<AuthStatus>>,
    /// `home auth.address`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub home: ::core::option::Option<Address>,
    /// `homes auth.address[]`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub homes: ::core::option::Option<::std::vec::Vec<Address>>,
}
/// A row of the table `audit.users`.
///
/// Created in `migrations/0001_create.sql:9`.
pub struct AuditedUser {
    /// `id bigint NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub id: ::core::primitive::i64,
}
/// A row of the table `audit.notes`.
///
/// Created in `migrations/0001_create.sql:11`.
pub struct Note {
    /// `id bigint NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub id: ::core::primitive::i64,
}
/// Values of the enum `status`.
///
/// Created in `migrations/0001_create.sql:3`.
pub enum Status {
    /// `'on'`
    On,
    /// `'off'`
    Off,
}
/// Values of the enum `auth.status`.
///
/// Created in `migrations/0001_create.sql:4`.
pub enum AuthStatus {
    /// `'in'`
    In,
    /// `'out'`
    Out,
}
/// A value of the composite type `auth.address`.
///
/// Created in `migrations/0001_create.sql:6`.
pub struct Address {
    /// `street text`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub street: ::core::option::Option<::std::string::String>,
    /// `tags slug[]`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub tags: ::core::option::Option<
        ::std::vec::Vec<::tablature::postgres_row::Domain<::std::string::String>>,
    >,
    /// `state auth.status`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub state: ::core::option::Option<AuthStatus>,
}
