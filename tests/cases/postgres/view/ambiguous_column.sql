CREATE TABLE a (id int); CREATE TABLE b (id int);
CREATE VIEW v AS SELECT id FROM a, b;
