CREATE TABLE users (id int);
CREATE SEQUENCE s OWNED BY users.id;
DROP TABLE users;
