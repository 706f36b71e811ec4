-- tablature: step crate::fn::fill_slugs
CREATE TABLE tales (id INTEGER PRIMARY KEY);
-- file: 0002_again.sql
-- tablature: step crate::steps::r#crate
CREATE TABLE more_tales (id INTEGER PRIMARY KEY);
-- file: 0003_fine.sql
-- tablature: step super::steps::r#type
CREATE TABLE most_tales (id INTEGER PRIMARY KEY);
