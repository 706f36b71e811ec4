CREATE TABLE users (a text COMPRESSION pglz);
