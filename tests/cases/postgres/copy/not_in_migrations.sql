CREATE TABLE stories (id bigint PRIMARY KEY);
COPY stories FROM '/var/lib/stories.csv';
