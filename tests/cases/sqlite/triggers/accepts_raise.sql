CREATE TABLE t (a);
CREATE TRIGGER x BEFORE INSERT ON t WHEN new.a < 0 BEGIN
  SELECT raise(ABORT, 'no') WHERE new.a = -1;
  SELECT CASE WHEN new.a = -2 THEN raise(FAIL, 'a' || new.a) ELSE raise(IGNORE) END;
END;
