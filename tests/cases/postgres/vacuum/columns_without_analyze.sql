-- no-transaction
CREATE TABLE stories (id bigint PRIMARY KEY, title text);
VACUUM stories (title);
