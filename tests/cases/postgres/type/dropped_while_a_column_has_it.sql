CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (m mood);
DROP TYPE mood;
