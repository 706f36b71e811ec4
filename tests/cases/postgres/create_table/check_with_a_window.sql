CREATE TABLE users (id int CHECK (row_number() OVER () > 1));
