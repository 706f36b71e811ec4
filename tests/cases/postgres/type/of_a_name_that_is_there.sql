CREATE TYPE mood AS ENUM ('sad');
CREATE TYPE mood AS (a int);
