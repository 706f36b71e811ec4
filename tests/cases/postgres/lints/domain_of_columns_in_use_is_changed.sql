-- file: 0001_domains.sql
CREATE DOMAIN amount AS int;
CREATE DOMAIN price AS amount;
CREATE DOMAIN unused AS int;
CREATE TABLE sales (price price);
CREATE TABLE numbers (n int);
-- file: 0002_checks.sql
ALTER DOMAIN amount ADD CHECK (VALUE > 0);
ALTER DOMAIN price SET NOT NULL;
ALTER DOMAIN amount ADD CONSTRAINT small CHECK (VALUE < 100) NOT VALID;
ALTER DOMAIN unused ADD CHECK (VALUE > 0);
