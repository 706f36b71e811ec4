-- engine accepts: the table belongs to the runner
CREATE TABLE t (a);
ALTER TABLE t RENAME TO _tablature_history;
