CREATE TABLE tales (id smallint);
INSERT INTO tales (id) VALUES (30000::smallint + 30000::smallint);
