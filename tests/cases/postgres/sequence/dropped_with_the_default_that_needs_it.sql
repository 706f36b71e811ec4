CREATE SEQUENCE s;
CREATE TABLE users (id int DEFAULT nextval('s'), b bigint DEFAULT nextval('s'::text));
DROP SEQUENCE s CASCADE;
