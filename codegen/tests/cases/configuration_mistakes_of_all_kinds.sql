-- file: 0001_create.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
-- file: tablature.toml
deriv = ["Eq"]
[lints]
destructiv = "deny"
[types]
"tales.titel" = "String"
[tables.tale]
struct = "Story"
