CREATE TYPE mood AS ENUM ('sad');
DROP DOMAIN mood;
