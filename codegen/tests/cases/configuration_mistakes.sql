-- file: 0001_create.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE customers (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- file: tablature.toml
derive = ["serde Serialize", "serde::Serialize, serde::Deserialize", "Box<Hash>"]
[types]
"users.emial" = "String"
"INTEGR" = "i32"
"users.email" = "&'static str"
"posts.title" = "Option<String>"
[tables.user]
struct = "Member"
[tables.posts]
struct = "type"
[tables.users]
struct = "Member"
[tables.orders]
struct = "Customer"
[tables.order]
derive = ["Eq"]
