-- engine accepts: nothing is in the table when the block runs
CREATE TABLE s (a int);
DO $$ BEGIN IF (SELECT count(*) FROM s) = 0 THEN CREATE TABLE made (x int); END IF; END $$;
SELECT x FROM made;
DROP TABLE made;
