CREATE TABLE users (a anyelement);
