CREATE DOMAIN amount AS int;
CREATE DOMAIN price AS amount;
CREATE TABLE sales (prices price[]);
ALTER DOMAIN amount ADD CHECK (VALUE > 0);
