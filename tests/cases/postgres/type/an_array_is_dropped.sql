CREATE TYPE mood AS ENUM ('sad');
DROP TYPE _mood;
