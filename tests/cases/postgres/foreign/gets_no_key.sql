CREATE EXTENSION postgres_fdw;
CREATE SERVER archive FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE tales (id integer) SERVER archive;
ALTER TABLE tales ADD CHECK (id > 0);
ALTER TABLE tales ADD PRIMARY KEY (id);
