// error[T0010]: `crate::fn::fill_slugs` is no path of a function
//  --> migrations/0001_create.sql:1:20
//   |
// 1 | -- tablature: step crate::fn::fill_slugs
//   |                    ^^^^^^^^^^^^^^^^^^^^^ a keyword of Rust is in it
//   |
//   = help: write a path such as `crate::steps::fill_slugs`
//
// error[T0010]: `crate::steps::r#crate` is no path of a function
//  --> migrations/0002_again.sql:1:20
//   |
// 1 | -- tablature: step crate::steps::r#crate
//   |                    ^^^^^^^^^^^^^^^^^^^^^ a keyword of Rust is in it
//   |
//   = help: write a path such as `crate::steps::fill_slugs`
/// A row of the table `tales`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct Tale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `tales`.
///
/// The engine gives it its `id`.
pub struct NewTale {}
/// A row of the table `more_tales`.
///
/// Created in `migrations/0002_again.sql:2`.
pub struct MoreTale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0002_again.sql:2`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `more_tales`.
///
/// The engine gives it its `id`.
pub struct NewMoreTale {}
/// A row of the table `most_tales`.
///
/// Created in `migrations/0003_fine.sql:2`.
pub struct MostTale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0003_fine.sql:2`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `most_tales`.
///
/// The engine gives it its `id`.
pub struct NewMostTale {}
/// The rows of the schema that the step of migration 1 finds.
pub mod at_1 {
    /// A row of the table `tales`.
    ///
    /// Created in `migrations/0001_create.sql:2`.
    pub struct Tale {
        /// `id INTEGER PRIMARY KEY`
        ///
        /// Declared in `migrations/0001_create.sql:2`.
        pub id: ::core::primitive::i64,
    }
    /// A new row of the table `tales`.
    ///
    /// The engine gives it its `id`.
    pub struct NewTale {}
}
/// The rows of the schema that the step of migration 2 finds.
pub mod at_2 {
    /// A row of the table `tales`.
    ///
    /// Created in `migrations/0001_create.sql:2`.
    pub struct Tale {
        /// `id INTEGER PRIMARY KEY`
        ///
        /// Declared in `migrations/0001_create.sql:2`.
        pub id: ::core::primitive::i64,
    }
    /// A new row of the table `tales`.
    ///
    /// The engine gives it its `id`.
    pub struct NewTale {}
    /// A row of the table `more_tales`.
    ///
    /// Created in `migrations/0002_again.sql:2`.
    pub struct MoreTale {
        /// `id INTEGER PRIMARY KEY`
        ///
        /// Declared in `migrations/0002_again.sql:2`.
        pub id: ::core::primitive::i64,
    }
    /// A new row of the table `more_tales`.
    ///
    /// The engine gives it its `id`.
    pub struct NewMoreTale {}
}
/// The rows of the schema that the step of migration 3 finds.
pub mod at_3 {
    /// A row of the table `tales`.
    ///
    /// Created in `migrations/0001_create.sql:2`.
    pub struct Tale {
        /// `id INTEGER PRIMARY KEY`
        ///
        /// Declared in `migrations/0001_create.sql:2`.
        pub id: ::core::primitive::i64,
    }
    /// A new row of the table `tales`.
    ///
    /// The engine gives it its `id`.
    pub struct NewTale {}
    /// A row of the table `more_tales`.
    ///
    /// Created in `migrations/0002_again.sql:2`.
    pub struct MoreTale {
        /// `id INTEGER PRIMARY KEY`
        ///
        /// Declared in `migrations/0002_again.sql:2`.
        pub id: ::core::primitive::i64,
    }
    /// A new row of the table `more_tales`.
    ///
    /// The engine gives it its `id`.
    pub struct NewMoreTale {}
    /// A row of the table `most_tales`.
    ///
    /// Created in `migrations/0003_fine.sql:2`.
    pub struct MostTale {
        /// `id INTEGER PRIMARY KEY`
        ///
        /// Declared in `migrations/0003_fine.sql:2`.
        pub id: ::core::primitive::i64,
    }
    /// A new row of the table `most_tales`.
    ///
    /// The engine gives it its `id`.
    pub struct NewMostTale {}
}
