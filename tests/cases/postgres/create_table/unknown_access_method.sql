CREATE TABLE users (id int) USING columnar;
