CREATE TABLE t (a text);
ALTER TABLE t SET (toast.fillfactor = 70);
