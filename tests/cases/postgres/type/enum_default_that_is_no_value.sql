CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (m mood DEFAULT 'Ok');
