CREATE TABLE users (id int DEFAULT nextval('nowhere'));
