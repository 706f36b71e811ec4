CREATE TABLE a (id int);
VACUUM a;
