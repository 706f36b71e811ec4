CREATE TABLE tales (id smallint DEFAULT 99999, title varchar(2) DEFAULT 'tale');
ALTER TABLE tales ALTER COLUMN id SET DEFAULT 1 / 0;
