-- file: 0001_create_tales.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
-- file: 0002_fill_slugs.sql
-- What a title is written like in an address is nothing that SQL knows.
-- tablature: step crate::steps::fill_slugs
