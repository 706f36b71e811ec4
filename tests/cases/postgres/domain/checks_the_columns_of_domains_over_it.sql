CREATE DOMAIN amount AS int;
CREATE DOMAIN price AS amount;
CREATE TABLE sales (price price);
ALTER DOMAIN amount ADD CHECK (VALUE > 0);
ALTER DOMAIN amount SET NOT NULL;
CREATE DOMAIN amounts AS price[];
CREATE TABLE summed (amounts amounts);
ALTER DOMAIN price ADD CHECK (VALUE < 100);
