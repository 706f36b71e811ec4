CREATE TABLE t (a int);
CREATE POLICY p ON t USING (max(a) > 1);
