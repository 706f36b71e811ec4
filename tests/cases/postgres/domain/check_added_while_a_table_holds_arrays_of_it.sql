CREATE DOMAIN email AS text;
CREATE TABLE users (es email[]);
ALTER DOMAIN email ADD CONSTRAINT short CHECK (length(VALUE) < 50);
