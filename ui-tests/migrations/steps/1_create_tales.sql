-- tablature: step crate::steps::fill_slugs
CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT);
