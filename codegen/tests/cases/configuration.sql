-- file: 0001_create.sql
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    backup_email VARCHAR(254),
    joined datetime NOT NULL,
    balance DECIMAL(10, 2) NOT NULL,
    rate DECIMAL(4, 4) NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('a', 'b'))
);
CREATE VIEW emails AS SELECT email, joined, lower(email) AS folded FROM users;
-- file: tablature.toml
[types]
"DATETIME" = "jiff::Timestamp"
"varchar(254)" = "crate::Email"
"decimal" = "rust_decimal::Decimal"
"Decimal(4,4)" = "crate::Rate"
"Users.Email" = "crate::Email"
"users.role" = "Vec<[u8; 2]>"
"emails.folded" = "String"
[tables.users]
struct = "Member"
[tables.emails]
struct = "Address"
