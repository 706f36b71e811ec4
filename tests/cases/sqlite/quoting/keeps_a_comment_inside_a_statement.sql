CREATE TABLE t ( -- the table; with a semicolon
  a INTEGER /* and; another */ NOT NULL
);
