CREATE FUNCTION f(int) RETURNS int LANGUAGE sql SET serch_path = public AS 'SELECT 1';
