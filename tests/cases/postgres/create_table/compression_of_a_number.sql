CREATE TABLE users (a int COMPRESSION pglz);
