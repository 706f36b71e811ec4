CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE mood (id int);
