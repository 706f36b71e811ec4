CREATE SCHEMA app;
SET search_path TO app, public;
CREATE TABLE t (a int);
CREATE TYPE mood AS ENUM ('sad');
SET search_path = public;
CREATE TABLE u (a app.mood);
CREATE TABLE v (a mood);
