CREATE TABLE jobs (state varchar(10) NOT NULL CHECK (state IN ('open', 'done')));

INSERT INTO jobs VALUES ('closed');
