CREATE TABLE t (a);
UPDATE t SET usage_count = 0;
ALTER TABLE t ADD COLUMN usage_count INTEGER;
