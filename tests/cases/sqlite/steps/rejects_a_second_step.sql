-- engine accepts: it sees comments
-- tablature: step crate::steps::fill_slugs
-- tablature: step crate::steps::fill_sort_keys
CREATE TABLE tales (id INTEGER PRIMARY KEY);
