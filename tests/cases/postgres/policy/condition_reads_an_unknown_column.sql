CREATE TABLE t (a int);
CREATE POLICY p ON t USING (tenant = 1);
