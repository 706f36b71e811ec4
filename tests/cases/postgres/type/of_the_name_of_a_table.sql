CREATE TABLE mood (a int);
CREATE TYPE mood AS ENUM ('sad');
