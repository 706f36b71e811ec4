CREATE TYPE mood AS ENUM ('sad', 'sad');
