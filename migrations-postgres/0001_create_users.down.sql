DROP TABLE users;
DROP DOMAIN email;
DROP TYPE user_role;
DROP SCHEMA tales;
