CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN percent AS positive CHECK (VALUE <= 100);
CREATE TABLE discounts (share percent);

INSERT INTO discounts VALUES (100);
INSERT INTO discounts VALUES (0);
