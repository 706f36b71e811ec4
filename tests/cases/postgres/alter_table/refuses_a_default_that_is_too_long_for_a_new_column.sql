CREATE TABLE tales (id integer);
ALTER TABLE tales ADD COLUMN language varchar(2) DEFAULT 'english';
