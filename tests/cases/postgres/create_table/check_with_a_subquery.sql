CREATE TABLE users (id int CHECK (id IN (SELECT 1)));
