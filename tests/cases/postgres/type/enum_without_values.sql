CREATE TYPE mood AS ENUM ();
CREATE TABLE people (m mood);
