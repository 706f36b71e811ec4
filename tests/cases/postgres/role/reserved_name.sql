CREATE ROLE pg_reader;
