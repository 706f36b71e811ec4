CREATE TABLE users (a varchar(20000000));
