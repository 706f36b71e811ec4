CREATE TABLE tales (id integer);
ALTER TABLE tales ADD COLUMN rating numeric(3, 1) DEFAULT 99.94;
ALTER TABLE tales ADD COLUMN views bigint DEFAULT 1e18;
ALTER TABLE tales ADD COLUMN code char(2) DEFAULT 'ab   ';
ALTER TABLE tales ADD COLUMN ratio numeric(2, 4) DEFAULT 0.0042;
