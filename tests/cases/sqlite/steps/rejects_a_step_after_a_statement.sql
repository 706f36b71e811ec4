-- engine accepts: it sees a comment
CREATE TABLE tales (id INTEGER PRIMARY KEY);
-- tablature: step crate::steps::fill_slugs
