CREATE TABLE tales (id integer);
CREATE TYPE mood AS ENUM ('glad');
ALTER TABLE tales ADD COLUMN mood app.public.mood;
