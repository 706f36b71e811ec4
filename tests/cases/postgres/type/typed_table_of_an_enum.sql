CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE moods OF mood;
