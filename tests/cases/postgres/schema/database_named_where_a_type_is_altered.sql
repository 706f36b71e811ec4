CREATE TABLE tales (id integer);
CREATE TYPE mood AS ENUM ('glad');
ALTER TYPE app.public.mood ADD VALUE 'sad';
