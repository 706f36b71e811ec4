// error[T0009]: `serde Serialize` is no path of a derive macro
//  --> migrations/tablature.toml:1:11
//   |
// 1 | derive = ["serde Serialize", "serde::Serialize, serde::Deserialize", "Box<Hash>"]
//   |           ^^^^^^^^^^^^^^^^^ not such a path
//   |
//   = help: write a path such as `serde::Serialize`, one in each string
//
// error[T0009]: `serde::Serialize, serde::Deserialize` is no path of a derive macro
//  --> migrations/tablature.toml:1:30
//   |
// 1 | derive = ["serde Serialize", "serde::Serialize, serde::Deserialize", "Box<Hash>"]
//   |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not such a path
//   |
//   = help: write a path such as `serde::Serialize`, one in each string
//
// error[T0009]: `Box<Hash>` is no path of a derive macro
//  --> migrations/tablature.toml:1:70
//   |
// 1 | derive = ["serde Serialize", "serde::Serialize, serde::Deserialize", "Box<Hash>"]
//   |                                                                      ^^^^^^^^^^^ not such a path
//   |
//   = help: write a path such as `serde::Serialize`, one in each string
//
// error[T0009]: no column `users.emial`
//  --> migrations/tablature.toml:3:1
//   |
// 3 | "users.emial" = "String"
//   | ^^^^^^^^^^^^^ this type is never used
//   |
//   = help: write `users.email`
//
// error[T0009]: no column of type `INTEGR`
//  --> migrations/tablature.toml:4:1
//   |
// 4 | "INTEGR" = "i32"
//   | ^^^^^^^^ this type is never used
//   |
//   = help: write `INTEGER`
//
// error[T0009]: `&'static str` is no type that a column can have
//  --> migrations/tablature.toml:5:17
//   |
// 5 | "users.email" = "&'static str"
//   |                 ^^^^^^^^^^^^^^ not such a type
//   |
//   = help: write a path such as `crate::Email` or `Vec<u8>`
//
// error[T0009]: `Option<String>` would be an `Option` twice
//  --> migrations/tablature.toml:6:17
//   |
// 6 | "posts.title" = "Option<String>"
//   |                 ^^^^^^^^^^^^^^^^ an `Option`
//   |
//   = help: write the type of what is not NULL: a column that can be NULL is an `Option` of it
//
// error[T0009]: no table or view `user`
//  --> migrations/tablature.toml:7:9
//   |
// 7 | [tables.user]
//   |         ^^^^ the migrations leave none of that name behind
//   |
//   = help: write `users`
//
// error[T0009]: `type` is no name for a struct
//   --> migrations/tablature.toml:10:10
//    |
// 10 | struct = "type"
//    |          ^^^^^^ not an identifier, or a keyword, or a name that every module sees
//
// error[T0009]: two structs are named `Member`
//   --> migrations/tablature.toml:12:10
//    |
//  8 | struct = "Member"
//    |          -------- named here
// ...
// 12 | struct = "Member"
//    |          ^^^^^^^^ named again here
//
// error[T0009]: `Customer` is the struct of `customers`
//   --> migrations/tablature.toml:14:10
//    |
// 14 | struct = "Customer"
//    |          ^^^^^^^^^^ a second struct of that name
//    |
//    = help: choose another name here, or one for `customers` too, with `struct` in `[tables.customers]`
//
// error[T0009]: no table or view `order`
//   --> migrations/tablature.toml:15:9
//    |
// 15 | [tables.order]
//    |         ^^^^^ the migrations leave none of that name behind
//    |
//    = help: write `orders`
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
/// Created in `migrations/0001_create.sql:2`.
pub struct Post {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `title TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub title: ::std::string::String,
}
/// A new row of the table `posts`.
///
/// The engine gives it its `id`.
pub struct NewPost {
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
}
/// A row of the table `customers`.
///
/// Created in `migrations/0001_create.sql:3`.
pub struct Customers {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `customers`.
///
/// The engine gives it its `id`.
pub struct NewCustomers {}
/// A row of the table `orders`.
///
/// Created in `migrations/0001_create.sql:4`.
pub struct Customer {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `orders`.
///
/// The engine gives it its `id`.
pub struct NewCustomer {}
