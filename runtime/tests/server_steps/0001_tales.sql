CREATE SCHEMA stories;
CREATE TYPE stories.mood AS ENUM ('merry', 'grim');
CREATE TABLE stories.tales (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    mood  stories.mood NOT NULL
);
INSERT INTO stories.tales (title, mood) VALUES ('Der Froschkönig', 'merry'), ('Frau Holle', 'grim');
