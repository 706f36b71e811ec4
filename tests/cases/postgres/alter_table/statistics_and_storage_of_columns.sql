CREATE TABLE notes (id int, body text);
ALTER TABLE notes ALTER id SET STATISTICS 100, ALTER body SET STORAGE external, ALTER body SET COMPRESSION pglz, ALTER id SET (n_distinct = -0.5);
