CREATE TABLE a (id int); CREATE TABLE b (id int, a_id int);
CREATE VIEW v AS SELECT * FROM a JOIN b ON b.a_id = a.id;
