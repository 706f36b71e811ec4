CREATE TABLE mood (a int);
CREATE TYPE _mood AS ENUM ('sad');
CREATE TABLE other (m mood[], n _mood);
