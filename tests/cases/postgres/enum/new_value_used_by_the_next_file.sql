-- file: 0001_state.sql
CREATE TYPE state AS ENUM ('draft');
CREATE TABLE stories (id bigint PRIMARY KEY, state state);
-- file: 0002_told.sql
ALTER TYPE state ADD VALUE 'told';
-- file: 0003_default.sql
ALTER TABLE stories ALTER state SET DEFAULT 'told';
CREATE INDEX stories_told ON stories (id) WHERE state = 'told';
