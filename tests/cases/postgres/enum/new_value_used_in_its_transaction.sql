CREATE TYPE state AS ENUM ('draft');
ALTER TYPE state ADD VALUE 'told';
CREATE TABLE stories (id bigint PRIMARY KEY, state state DEFAULT 'told');
